// Tables: the files that departments exchange, .csv and .xlsx, read row by row and written. Knows nobody of ours. A file is read
// whole or refused: what is wrong with it is a value with the sheet, the row and the column. What a cell means (an identity number,
// an amount) is for whoever asks; what is odd about the cell itself is named here (`CellFindings`) and never repaired by a guess.
// docs/tables.md has the formats, bounds and findings in words.

/// What makes a file unreadable, and where. Rows and columns count from 1; a row of a .csv file is the line it starts on, as a text
/// editor counts.
public struct TableFileFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case empty
    case tooLarge(bytesMax: Int)
    case tooManyRows(max: Int)
    case tooManyColumns(max: Int)
    case cellTooLong(bytesMax: Int)

    // .csv
    /// Neither UTF-8 nor GB18030 (or not what was asked for).
    case wrongEncoding
    /// This system's C library brings no converter for it.
    case encodingUnavailable(String)
    case nulByte
    /// A quote that is opened here and never closed.
    case openQuote
    /// Text between a closing quote and the next separator.
    case textAfterQuote
    /// The header line has several characters that may part columns.
    case ambiguousDelimiter([Delimiter])

    // Files of another kind
    /// .xls of Excel 97–2003 and old WPS.
    case oldWorkbook
    /// Locked with a password.
    case encrypted
    /// .ods
    case openDocument
    /// .xlsb
    case binaryWorkbook
    /// A web page, or XML of Excel 2003, named like a workbook.
    case markupFile
    /// A zip file, or something else, that holds no table.
    case notATable
    /// The package says that its main part is something else.
    case wrongContentType(String)

    // .xlsx
    /// What libzip says, by its own number.
    case badArchive(code: Int)
    case tooManyParts(max: Int)
    case missingPart(String)
    /// More bytes than a part may unpack to.
    case partTooLarge(String, bytesMax: Int)
    /// A part unpacks to more than so many times its packed size.
    case partTooDense(String, ratioMax: Int)
    case badMarkup(part: String, line: Int, word: String)
    case documentTypeRefused(part: String)
    case tooManySheets(max: Int)
    case tooManyStrings(max: Int)
    case tooManyStyles(max: Int)
    /// `available`: the sheets that there are, in order.
    case noSuchSheet(String, available: [String])
    /// Rows or cells not in order, or a reference that is none.
    case badReference(String)
    /// A cell names a shared text that is not there.
    case noSuchString

    // Writing
    case cannotWrite(String)
    /// A row has more cells than the table has columns.
    case tooManyCells(columns: Int)
    /// A sheet's name that a workbook cannot have, or has twice.
    case badSheetName(String)
  }

  public var kind: Kind
  public var sheet: String?
  public var row: Int?
  public var column: Int?

  public init(_ kind: Kind, sheet: String? = nil, row: Int? = nil, column: Int? = nil) {
    (self.kind, self.sheet, self.row, self.column) = (kind, sheet, row, column)
  }
}

/// What parts the columns of a .csv file.
public enum Delimiter: UInt8, Sendable, CaseIterable {
  case comma = 0x2C
  case tab = 0x09
  case semicolon = 0x3B
}

/// What kind of file the bytes are, by the bytes alone: names of files lie.
public enum TableFormat: Equatable, Sendable {
  case csv
  case xlsx

  public init(of file: [UInt8]) throws(TableFileFault) {
    guard !file.isEmpty else { throw TableFileFault(.empty) }
    if file.starts(with: [0x50, 0x4B, 0x03, 0x04]) || file.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .xlsx
      return
    }
    // A compound file of OLE: an old workbook, or a new one inside an envelope with a password.
    if file.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      throw TableFileFault(Self.contains(file, utf16: "EncryptedPackage") ? .encrypted : .oldWorkbook)
    }
    // BIFF 2–4 without an envelope.
    if file.count > 4, file[0] == 0x09, [0x00, 0x02, 0x04].contains(file[1]), [0x04, 0x06].contains(file[2]), file[3] == 0 {
      throw TableFileFault(.oldWorkbook)
    }
    let isTagged = Self.startsWithTag(file)
    if isTagged { throw TableFileFault(.markupFile) }
    // JPEG, gzip, 7-Zip, PNG; PDF, RAR, RTF, SQLite.
    let magics: [[UInt8]] = [[0xFF, 0xD8, 0xFF], [0x1F, 0x8B], [0x37, 0x7A, 0xBC, 0xAF], [0x89, 0x50, 0x4E, 0x47]]
      + ["%PDF-", "Rar!", "{\\rtf", "SQLite format 3"].map { Array($0.utf8) }
    if magics.contains(where: { file.starts(with: $0) }) { throw TableFileFault(.notATable) }
    self = .csv
  }

  /// `<html`, `<?xml`, `<table` and the like behind a mark and blanks.
  private static func startsWithTag(_ file: [UInt8]) -> Bool {
    var rest = file.prefix(1_024)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 <= 0x20 }
    guard rest.first == UInt8(ascii: "<"), let next = rest.dropFirst().first else { return false }
    return next == UInt8(ascii: "?") || next == UInt8(ascii: "!") || (65...90).contains(next) || (97...122).contains(next)
  }

  /// Names in a compound file's directory are UTF-16.
  private static func contains(_ file: [UInt8], utf16 name: String) -> Bool {
    let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard file.count >= wanted.count else { return false }
    let bytes = file.span
    var at = 0
    // Directory entries stand at multiples of 128 bytes.
    while at + wanted.count <= bytes.count {
      var same = 0
      while same < wanted.count, bytes[at + same] == wanted[same] { same += 1 }
      if same == wanted.count { return true }
      at += 128
    }
    return false
  }
}
