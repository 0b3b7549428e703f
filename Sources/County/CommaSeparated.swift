// A table in a .csv file (RFC 4180): a header row, then rows; fields may stand in double quotes and hold commas, line
// breaks and doubled quotes. UTF-8, with or without byte order mark. Lines end with LF, CR LF or CR.
//
// Every row carries the number of the line it starts on, as a text editor counts, so that a problem can be found. A
// file is read whole or refused: there is no row "as far as it went".

internal import FoundationEssentials

/// What makes a file unreadable as a table; lines count from 1.
public enum TableFault: Error, Equatable, Sendable {
  /// The bytes are not UTF-8; a spreadsheet saved the file as GBK, most often.
  case notUTF8(line: Int)
  /// A quote was opened and never closed.
  case openQuote(line: Int)
  /// Text between a closing quote and the next comma.
  case textAfterQuote(line: Int)
  /// No header row.
  case empty
  /// A column that cannot be done without; `anyOf` lists the names it may have.
  case noColumn(name: String, anyOf: [String])
  /// Two columns mean the same.
  case twoColumns(name: String)
  /// More bytes or rows than `CountyLimits` allows.
  case tooLarge(limit: Int)
}

/// A row: its fields as they stand, and the line it starts on.
struct CommaSeparatedRow: Equatable {
  var line: Int
  var fields: [String]
}

enum CommaSeparated {
  /// All rows that are not empty.
  static func rows(of file: [UInt8]) throws(TableFault) -> [CommaSeparatedRow] {
    guard file.count <= CountyLimits.importBytes else { throw .tooLarge(limit: CountyLimits.importBytes) }
    let bytes = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file[3...] : file[...]
    if let bad = lineThatIsNotUTF8(in: bytes) { throw .notUTF8(line: bad) }
    var scanner = Scanner()
    for byte in bytes { try scanner.take(byte) }
    let rows = try scanner.finish()
    guard rows.count <= CountyLimits.importRows else { throw .tooLarge(limit: CountyLimits.importRows) }
    return rows
  }

  /// Line of the first bytes that are no UTF-8, nil when all are.
  private static func lineThatIsNotUTF8(in bytes: ArraySlice<UInt8>) -> Int? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): if scalar == "\n" { line += 1 }
      case .emptyInput: return nil
      case .error: return line
      }
    }
  }

  /// Byte by byte: every separator is ASCII, so no character can be cut.
  private struct Scanner {
    enum State { case fieldStart, plain, quoted, quoteInQuoted, afterReturn }

    var state = State.fieldStart
    var rows: [CommaSeparatedRow] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var line = 1
    var rowLine = 1
    var quoteLine = 1

    mutating func take(_ byte: UInt8) throws(TableFault) {
      if state == .afterReturn {
        state = .fieldStart
        if byte == UInt8(ascii: "\n") { return }
      }
      switch (state, byte) {
      case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
      case (.quoted, _):
        field.append(byte)
        if byte == UInt8(ascii: "\n") { line += 1 }
      case (.quoteInQuoted, UInt8(ascii: "\"")):
        field.append(byte)
        state = .quoted
      case (.fieldStart, UInt8(ascii: "\"")):
        quoteLine = line
        state = .quoted
      case (_, UInt8(ascii: ",")): endField()
      case (_, UInt8(ascii: "\n")): endRow()
      case (_, UInt8(ascii: "\r")):
        endRow()
        state = .afterReturn
      case (.quoteInQuoted, _): throw .textAfterQuote(line: line)
      default:
        field.append(byte)
        state = .plain
      }
    }

    mutating func finish() throws(TableFault) -> [CommaSeparatedRow] {
      if state == .quoted { throw .openQuote(line: quoteLine) }
      if !(fields.isEmpty && field.isEmpty && state != .quoteInQuoted) { endRow() }
      return rows
    }

    private mutating func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      state = .fieldStart
    }

    private mutating func endRow() {
      endField()
      if fields.contains(where: { !$0.isEmpty }) { rows.append(CommaSeparatedRow(line: rowLine, fields: fields)) }
      fields.removeAll(keepingCapacity: true)
      line += 1
      rowLine = line
    }
  }
}

/// A table whose columns were found by their header names. A column has one name in the program and several in files:
/// counties name them as their own registers do.
struct Table {
  struct Column: Equatable {
    var name: String
    var aliases: [String]
    var isRequired: Bool

    init(_ name: String, _ aliases: [String], required: Bool = false) {
      self.name = name
      self.aliases = aliases
      self.isRequired = required
    }
  }

  struct Row {
    var line: Int
    fileprivate var values: [String: String]

    /// The value in one line, without the blanks around it; empty when the column or the value is not there.
    subscript(_ column: String) -> String { values[column] ?? "" }
  }

  /// Header names that no column has; an importer reports them, it never guesses.
  var unknownHeaders: [String]
  var rows: [Row]
  var present: Set<String>

  init(file: [UInt8], columns: [Column]) throws(TableFault) {
    let raw = try CommaSeparated.rows(of: file)
    guard let header = raw.first else { throw .empty }
    var positions: [String: Int] = [:]
    unknownHeaders = []
    for (position, title) in header.fields.enumerated() {
      let name = Self.folded(title)
      guard
        let column = columns.first(where: {
          Self.folded($0.name) == name || $0.aliases.contains { Self.folded($0) == name }
        })
      else {
        if !name.isEmpty { unknownHeaders.append(Self.trimmed(title)) }
        continue
      }
      guard positions.updateValue(position, forKey: column.name) == nil else { throw .twoColumns(name: column.name) }
    }
    for column in columns where column.isRequired && positions[column.name] == nil {
      throw .noColumn(name: column.name, anyOf: column.aliases)
    }
    present = Set(positions.keys)
    rows = raw.dropFirst().map { row in
      var values: [String: String] = [:]
      for (name, position) in positions where position < row.fields.count {
        values[name] = Self.oneLine(Self.trimmed(row.fields[position]))
      }
      return Row(line: row.line, values: values)
    }
  }

  /// A line break or tab inside a cell (a spreadsheet allows both) is one blank: names and reasons are one line everywhere else.
  private static func oneLine(_ text: String) -> String {
    guard text.contains(where: { $0.isNewline || $0 == "\t" }) else { return text }
    return text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }

  /// Header names compare without blanks and without regard to case.
  private static func folded(_ title: String) -> String {
    title.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }.lowercased()
  }

  /// Blanks around a value mean nothing; the ideographic blank (U+3000) is one of them.
  static func trimmed(_ text: String) -> String {
    var slice = Substring(text)
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }
}
