// .csv as RFC 4180 has it: commas, CR LF, quotes where they are needed; with a byte order mark, without which Chinese spreadsheets read
// UTF-8 as GBK.

public struct CSVWriter: ~Copyable {
  public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  private let columns: Int
  private var rows = 0

  public init(_ head: SheetHead) throws(TableFileFault) {
    columns = head.columns.count
    try add(head.columns.map { .text($0.header) })
  }

  public mutating func add(_ row: [TableValue]) throws(TableFileFault) {
    rows += 1
    guard row.count <= columns else { throw TableFileFault(.tooManyCells(columns: columns), row: rows) }
    for column in 0..<columns {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      guard column < row.count else { continue }
      switch row[column] {
      case .empty: break
      case .text(let text): append(text)
      case .integer(let number): bytes.append(contentsOf: String(number).utf8)
      case .amountFen(let fen): bytes.append(contentsOf: AmountText.yuan(fen).utf8)
      case .date(let year, let month, let day): bytes.append(contentsOf: AmountText.date(year, month, day).utf8)
      }
    }
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// Takes the bytes that were collected, so that a long table can be written piece by piece.
  public mutating func drain() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  private mutating func append(_ text: String) {
    let isFormula = FormulaText.looksLikeFormula(text)
    let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      || text.utf8.first == 0x20 || text.utf8.last == 0x20
    if needsQuotes { bytes.append(0x22) }
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(0x22) }
  }
}

extension Sheet {
  /// The whole sheet as a .csv file.
  public func csv() throws(TableFileFault) -> [UInt8] {
    var writer = try CSVWriter(head)
    for row in rows { try writer.add(row) }
    return writer.drain()
  }
}

enum AmountText {
  static func yuan(_ fen: Int64) -> String {
    let cents = fen.magnitude % 100
    return (fen < 0 ? "-" : "") + String(fen.magnitude / 100) + (cents < 10 ? ".0" : ".") + String(cents)
  }

  static func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    [(year, 4), (month, 2), (day, 2)].map { number, width in
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }.joined(separator: "-")
  }
}
