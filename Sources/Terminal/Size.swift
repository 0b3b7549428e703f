// Size and Position: how big the screen is and where on it something stands.
// Both count cells from the upper left corner, rows and columns from 0.

/// The size of a screen in character cells.
public struct Size: Equatable, Hashable, Sendable {
  public var rows: Int
  public var columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// A screen is never taken to be larger than this: a terminal may report 65,535 × 65,535, and a frame of
  /// that size would be 32 GiB. The C module clamps to the same numbers (`CT_ROWS_MAX`, `CT_COLUMNS_MAX`).
  public static let largest = Size(rows: 300, columns: 500)

  /// The smallest screen the program is designed for. Below it a screen shows one sentence; that is the
  /// screen's decision, `Terminal` only reports the size.
  public static let smallest = Size(rows: 18, columns: 60)
}

/// A cell of a screen, counted from 0 in the upper left corner.
public struct Position: Equatable, Hashable, Sendable {
  public var row: Int
  public var column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}
