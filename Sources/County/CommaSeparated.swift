// The county's own tables (roster, divisions, sweep lists): .csv in UTF-8, commas, a header row, then rows. The room Tables reads the
// bytes; here they become texts with lines, and columns found by their names.
//
// A file is read whole or refused: there is no row "as far as it went".

internal import FoundationEssentials
internal import Tables

/// What makes a file unreadable as a table; lines count from 1.
public enum TableFault: Error, Equatable, Sendable {
  /// The bytes are not UTF-8; a spreadsheet saved the file as GBK, most often.
  case notUTF8(line: Int)
  /// A quote was opened and never closed.
  case openQuote(line: Int)
  /// Text between a closing quote and the next comma.
  case textAfterQuote(line: Int)
  case nulByte(line: Int)
  case tooManyColumns(line: Int, max: Int)
  case cellTooLong(line: Int, bytesMax: Int)
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
    do throws(TableFileFault) {
      // These tables are ours, and what they must be is written down: another encoding is a mistake here, not a habit of somebody else's.
      var reader = try CSVReader(file, delimiter: .comma, accepting: [.utf8])
      var rows: [CommaSeparatedRow] = []
      while try reader.next() {
        rows.append(CommaSeparatedRow(line: reader.row.number, fields: reader.texts()))
        if rows.count > CountyLimits.importRows { break }
      }
      guard rows.count <= CountyLimits.importRows else { throw TableFileFault(.tooManyRows(max: CountyLimits.importRows)) }
      return rows
    } catch { throw fault(error) }
  }

  private static func fault(_ fault: TableFileFault) -> TableFault {
    let line = fault.row ?? 1
    return switch fault.kind {
    case .openQuote: .openQuote(line: line)
    case .textAfterQuote: .textAfterQuote(line: line)
    case .nulByte: .nulByte(line: line)
    case .tooManyColumns(let max): .tooManyColumns(line: line, max: max)
    case .cellTooLong(let bytesMax): .cellTooLong(line: line, bytesMax: bytesMax)
    case .tooManyRows(let max): .tooLarge(limit: max)
    case .tooLarge(let bytesMax): .tooLarge(limit: bytesMax)
    default: .notUTF8(line: line)
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
