// What is written: a table as a value. One value, two forms: a workbook (XlsxWriter) and a .csv file (CSVWriter).
//
// A text stays a text. An identity number is written as text, so no spreadsheet takes digits from it. A text that begins like a formula
// (= + - @, a tab, a line break, and their wide forms) is never one:
//   .xlsx  the cell is typed as text and has the number format “text” (@): it is not computed, not when the file is opened and not when
//          somebody edits the cell and leaves it. The text itself is not changed, so what is read back is what was written.
//   .csv   has no types, and a spreadsheet takes what begins like that for a formula; an apostrophe before it prevents that. Readers of
//          ours take the apostrophe away again and name it (docs/tables.md).

public enum TableValue: Equatable, Sendable {
  case empty
  case text(String)
  case integer(Int64)
  /// Written as 元 with two decimals, a number that can be summed.
  case amountFen(Int64)
  /// A whole date of the Gregorian calendar, 1900-03-01 or later; the caller has checked it.
  case date(year: Int, month: Int, day: Int)
}

public struct TableColumn: Equatable, Sendable {
  public var header: String
  /// In characters of the spreadsheet's font; a Chinese one counts two.
  public var width: Double

  /// - Parameter width: nil fits the header.
  public init(_ header: String, width: Double? = nil) {
    self.header = header
    self.width = width ?? Double(header.unicodeScalars.reduce(4) { $0 + ($1.value < 0x1100 ? 1 : 2) })
  }
}

/// The head of a sheet: everything but its rows.
public struct SheetHead: Equatable, Sendable {
  public var name: String
  /// One merged row above the header; a .csv file has none, so that its first line names the columns.
  public var title: String?
  public var columns: [TableColumn]
  /// Below each printed page, in the spreadsheet's own codes (`&P` page, `&N` pages); nil: nothing.
  public var footer: String?
  /// Points a row is high at least; nil: as high as its text. For rows that somebody writes in with a pen.
  public var rowHeight: Double?

  /// Whether the format takes a text for a sheet's name.
  public static func mayBeNamed(_ name: String) -> Bool {
    !name.isEmpty && name.utf16.count <= TablesLimits.sheetNameCharacters && !name.contains { "[]:*?/\\".contains($0) } && !name.hasPrefix("'")
      && !name.hasSuffix("'")
  }

  public init(name: String, title: String? = nil, columns: [TableColumn], footer: String? = nil, rowHeight: Double? = nil) {
    (self.name, self.title, self.columns, self.footer, self.rowHeight) = (name, title, columns, footer, rowHeight)
  }
}

public struct Sheet: Equatable, Sendable {
  public var head: SheetHead
  /// No row longer than the columns; a shorter one ends with empty cells.
  public var rows: [[TableValue]]
  /// How many of the rows add others up (合计, 小计, medians) and are nobody's own.
  public var summaryRows: Int

  public init(_ head: SheetHead, rows: [[TableValue]], summaryRows: Int = 0) {
    (self.head, self.rows, self.summaryRows) = (head, rows, summaryRows)
  }
}

public struct TableDocument: Equatable, Sendable {
  public var sheets: [Sheet]

  public init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// A workbook in memory.
  /// - Parameter created: seconds since 1970, what the file says of itself; the same document and time give the same bytes.
  public func xlsx(created: Int64) throws(TableFileFault) -> [UInt8] {
    let file = try NamelessFile()
    try write(to: file.path, created: created)
    return try file.bytes()
  }

  /// A workbook as a file, written over what is there. Whoever needs it whole or not at all writes beside and renames.
  public func write(to path: String, created: Int64) throws(TableFileFault) {
    let writer = try XlsxWriter(path: path, created: created)
    for sheet in sheets {
      try writer.begin(sheet.head)
      for row in sheet.rows { try writer.add(row) }
    }
    try writer.finish()
  }
}

/// Texts that a spreadsheet would take for a formula.
enum FormulaText {
  /// The wide forms too: Chinese and Japanese programs take them for the narrow ones.
  private static let first: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

  static func looksLikeFormula(_ text: String) -> Bool {
    text.unicodeScalars.first { $0 != " " && $0 != "\u{3000}" && $0 != "\u{A0}" }.map { first.contains($0) } ?? false
  }
}
