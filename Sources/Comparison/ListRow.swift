// What a reader of a list hands over: where the cells of a row stand in the bytes, so that no text is made for a row.

/// Where the bytes of one cell (UTF-8) stand. A missing cell has no bytes.
public struct Cell: Hashable, Sendable {
  public var start: UInt32
  /// Bytes.
  public var length: UInt32

  public static let missing = Cell(start: 0, length: 0)

  @inlinable public init(start: UInt32, length: UInt32) {
    self.start = start
    self.length = length
  }
}

/// One row of a list, or one person of the register.
public struct ListRow: Sendable {
  /// The row's line in its file, as it is reported.
  public var line: UInt32
  /// 身份证号.
  public var number: Cell
  /// 姓名.
  public var name: Cell
  /// 出生日期.
  public var birth: Cell
  /// 村: its code of 12 digits; a township's of 9 is known for less.
  public var village: Cell

  @inlinable public init(line: UInt32, number: Cell, name: Cell = .missing, birth: Cell = .missing, village: Cell = .missing) {
    self.line = line
    self.number = number
    self.name = name
    self.birth = birth
    self.village = village
  }
}

extension ListRow {
  /// Appends the texts to `bytes` and says where they stand: for rows that do not come out of a file's bytes.
  public init(line: UInt32, number: String, name: String, birth: String, village: String, appendingTo bytes: inout [UInt8]) {
    func cell(_ text: String) -> Cell {
      let start = UInt32(bytes.count)
      bytes.append(contentsOf: text.utf8)
      return Cell(start: start, length: UInt32(bytes.count) - start)
    }
    self.init(line: line, number: cell(number), name: cell(name), birth: cell(birth), village: cell(village))
  }
}

extension Span where Element == UInt8 {
  /// Where the bytes of a cell are; nowhere where it leaves the bytes or is longer than any cell that can be read.
  func range(of cell: Cell) -> Range<Int> {
    let start = Int(cell.start)
    let length = Int(cell.length)
    guard length <= ComparisonLimits.cellBytesMax, start <= count, length <= count - start else { return 0..<0 }
    return start..<start + length
  }

  func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for place in indices where self[place] != other[place] { return false }
    return true
  }
}
