// A .csv file (RFC 4180), row by row. Fields may stand in double quotes and hold separators, line breaks and doubled quotes. Lines end
// with LF, CR LF or CR. Every separator is ASCII, so no character can be cut.
//
// The reader owns the file's bytes and hands out ranges of them. A field with doubled quotes is shortened where it stands, so a range
// is always the field's text; that is why a file can be read only once, and why the reader cannot be copied.

public struct CSVReader: ~Copyable, RowSource {
  /// UTF-8. Ranges of earlier rows stay valid.
  public private(set) var bytes: [UInt8]
  public private(set) var row = TableRow()
  public let encoding: TextEncoding
  public let delimiter: Delimiter
  public var sheet: String? { nil }

  private var position: Int
  private var line = 1
  private var rows = 0

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameter delimiter: nil looks for it in the first line that has any.
  public init(
    _ file: consuming [UInt8], delimiter: Delimiter? = nil, accepting encodings: [TextEncoding] = TextEncoding.allCases
  ) throws(TableFileFault) {
    guard file.count <= TablesLimits.csvBytes else { throw TableFileFault(.tooLarge(bytesMax: TablesLimits.csvBytes)) }
    let text = try DecodedText(file, accepting: encodings)
    if let nul = Self.firstNul(text.bytes) { throw DecodedText.fault(.nulByte, in: text.bytes, at: nul) }
    let found = if let delimiter { delimiter } else { try Self.delimiter(of: text.bytes, from: text.start) }
    (bytes, position, encoding, self.delimiter) = (text.bytes, text.start, text.encoding, found)
  }

  /// The bytes that all rows' ranges point to, once the reader is done with.
  public consuming func takeBytes() -> [UInt8] { bytes }

  /// Goes to the next row that is not empty; false at the end.
  public mutating func next() throws(TableFileFault) -> Bool {
    repeat {
      guard position < bytes.count else { return false }
      try readRow()
    } while row.isEmpty
    rows += 1
    guard rows <= TablesLimits.csvRows else {
      throw TableFileFault(.tooManyRows(max: TablesLimits.csvRows), row: row.number)
    }
    return true
  }

  private mutating func readRow() throws(TableFileFault) {
    row.cells.removeAll(keepingCapacity: true)
    row.number = line
    row.isEmpty = true
    while true {
      let start = position
      if start < bytes.count, bytes[start] == Self.quote {
        try readQuoted()
      } else {
        position = Self.fieldEnd(bytes, from: start, delimiter: delimiter.rawValue)
        try append(start, position - start)
      }
      guard position < bytes.count else { return }
      let byte = bytes[position]
      position += 1
      if byte == delimiter.rawValue { continue }
      line += 1
      if byte == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
      return
    }
  }

  @inline(__always)
  private mutating func append(_ start: Int, _ count: Int) throws(TableFileFault) {
    guard count <= TablesLimits.cellBytes else {
      throw fault(.cellTooLong(bytesMax: TablesLimits.cellBytes), column: row.cells.count + 1)
    }
    if count > 0 {
      row.isEmpty = false
      guard row.cells.count < TablesLimits.columns else {
        throw fault(.tooManyColumns(max: TablesLimits.columns), column: row.cells.count + 1)
      }
    } else if row.cells.count >= TablesLimits.columns {
      return
    }
    row.cells.append(TableCell(start: start, count: count, kind: count == 0 ? .empty : .text))
  }

  /// Where a field without quotes ends: at a separator, or the end of the file.
  private static func fieldEnd(_ bytes: borrowing [UInt8], from start: Int, delimiter: UInt8) -> Int {
    let span = bytes.span
    var at = start
    let end = span.count
    while at < end {
      let byte = unsafe span[unchecked: at]
      // Every separator is below the comma or is the semicolon; most bytes are neither.
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { return at }
      at += 1
    }
    return end
  }

  /// A field in quotes; its doubled quotes become single ones in place.
  private mutating func readQuoted() throws(TableFileFault) {
    let opened = (row: line, column: row.cells.count + 1)
    let start = position + 1
    var from = start, into = start
    while true {
      guard from < bytes.count else { throw TableFileFault(.openQuote, row: opened.row, column: opened.column) }
      let byte = bytes[from]
      from += 1
      if byte == Self.quote {
        guard from < bytes.count, bytes[from] == Self.quote else { break }
        from += 1
      } else if byte == Self.lineFeed || (byte == Self.carriageReturn && !(from < bytes.count && bytes[from] == Self.lineFeed)) {
        line += 1
      }
      if into != from - 1 { bytes[into] = byte }
      into += 1
    }
    position = from
    if from < bytes.count, bytes[from] != delimiter.rawValue, bytes[from] != Self.lineFeed, bytes[from] != Self.carriageReturn {
      throw fault(.textAfterQuote, row: line, column: opened.column)
    }
    try append(start, into - start)
  }

  private func fault(_ kind: TableFileFault.Kind, row number: Int? = nil, column: Int) -> TableFileFault {
    TableFileFault(kind, row: number ?? row.number, column: column)
  }

  private static func firstNul(_ bytes: borrowing [UInt8]) -> Int? {
    let span = bytes.span
    var at = 0
    // Eight at a time: a byte of zero makes a borrow that reaches its high bit.
    let words = unsafe span.bytes
    while at + 8 <= span.count {
      let word = unsafe words.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      at += 8
    }
    while at < span.count {
      if span[at] == 0 { return at }
      at += 1
    }
    return nil
  }

  /// The one separator of the first line that has any; a comma where none has.
  private static func delimiter(of bytes: borrowing [UInt8], from start: Int) throws(TableFileFault) -> Delimiter {
    let span = bytes.span
    var found: [Delimiter] = []
    var line = 1, isQuoted = false, at = start
    while at < span.count, line <= TablesLimits.delimiterLines {
      let byte = span[at]
      at += 1
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == lineFeed || byte == carriageReturn {
        if !found.isEmpty { break }
        if byte == lineFeed || !(at < span.count && span[at] == lineFeed) { line += 1 }
      } else if let delimiter = Delimiter(rawValue: byte), !found.contains(delimiter) {
        found.append(delimiter)
      }
    }
    guard found.count <= 1 else { throw TableFileFault(.ambiguousDelimiter(found), row: line) }
    return found.first ?? .comma
  }
}
