// What a reader hands out: rows whose cells are ranges of bytes. No cell becomes a String unless somebody asks for it.

/// What a cell holds, as its file says. A .csv file says nothing: its cells are `text`.
public enum CellKind: UInt8, Sendable {
  case empty
  case text
  /// The number's text, plain (`1234.56`), as far as a spreadsheet shows digits: fifteen.
  case number
  /// A number shown as a date: `yyyy-MM-dd`, with `THH:mm:ss` behind it where it has a time of day; only `HH:mm:ss` where it has no date.
  case date
  /// `true` or `false`.
  case boolean
  /// An error value of the spreadsheet as its text: `#N/A`.
  case error
}

/// What is odd about a cell. Facts of the file, each with a name; what to make of them is for whoever reads the column.
public struct CellFindings: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The value was computed by a formula when the file was saved.
  public static let formula = CellFindings(rawValue: 1 << 0)
  /// A formula without its value: the program that wrote the file computed nothing.
  public static let formulaWithoutValue = CellFindings(rawValue: 1 << 1)
  /// A whole number of more than fifteen digits whose last ones are gone (`1.30599198001011E+17`, `130599198001011000`).
  public static let lostDigits = CellFindings(rawValue: 1 << 2)
  /// A whole number of more than fifteen digits that stands in full in the file, though as a number: a spreadsheet loses digits on
  /// the next save.
  public static let longNumber = CellFindings(rawValue: 1 << 3)
  /// A date that no calendar has, or before 1900: the text is the number.
  public static let impossibleDate = CellFindings(rawValue: 1 << 4)
  /// Covered by a merged range that begins in another cell: the value stands there, and whether it is meant here too nobody says.
  public static let covered = CellFindings(rawValue: 1 << 5)
  /// First cell of a merged range.
  public static let merged = CellFindings(rawValue: 1 << 6)
  /// Said to be a number, but is none: taken as text.
  public static let notANumber = CellFindings(rawValue: 1 << 7)
}

/// One cell: where its text stands in the reader's `bytes`.
public struct TableCell: Equatable, Sendable {
  public var start: UInt32
  public var count: UInt32
  public var kind: CellKind
  public var findings: CellFindings

  public init(start: Int, count: Int, kind: CellKind, findings: CellFindings = []) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.count = UInt32(truncatingIfNeeded: count)
    (self.kind, self.findings) = (kind, findings)
  }

  public static let empty = TableCell(start: 0, count: 0, kind: .empty)

  public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// One row. Valid until the reader goes on, and so are the bytes its cells point to.
public struct TableRow: Sendable {
  /// From 1: the row of a sheet, or the line of a .csv file it starts on.
  public var number = 0
  /// From the first column on; what is missing at the end is not there.
  public var cells: [TableCell] = []
  /// Whether any cell has text or a finding worth one.
  public var isEmpty = true

  public init() {}
}

/// What both readers are.
public protocol RowSource: ~Copyable {
  /// The texts; the cells of `row` point here.
  var bytes: [UInt8] { get }
  /// The row at hand.
  var row: TableRow { get }
  /// The sheet's name; nil for a .csv file.
  var sheet: String? { get }
  /// Goes to the next row that holds something; false at the end.
  mutating func next() throws(TableFileFault) -> Bool
}

extension RowSource where Self: ~Copyable {
  /// The texts of the row at hand.
  public func texts() -> [String] {
    let bytes = self.bytes
    return row.cells.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }
}

/// A rectangle of cells, rows and columns from 1.
public struct CellSpan: Equatable, Sendable {
  public var rows: ClosedRange<Int>
  public var columns: ClosedRange<Int>

  public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) { (self.rows, self.columns) = (rows, columns) }
}
