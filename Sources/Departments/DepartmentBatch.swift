// One file of one department, read by one profile: where it comes from, what was counted, its rows, and the rows set aside.
//
// Rows are made for comparing a million of them: an identity number is an integer, a date is an integer, a text is a range of bytes
// (most of them the file's own). A String is made only where somebody asks for one.

public import Tables

/// A row that was taken.
public struct DepartmentRow: Equatable, Sendable {
  /// Of the file, from 1.
  public var number: UInt32
  /// `.none`: no number, or a doubtful one.
  public var identity: IdentityKey
  public var findings: ValueFindings
}

/// What is wrong in a row that was set aside.
public struct RowFinding: Equatable, Sendable {
  /// From 1.
  public var column: Int
  /// As the file names the column.
  public var header: String
  public var reason: RowReason
}

public struct RejectedRow: Equatable, Sendable {
  /// Of the file, from 1.
  public var number: Int
  public var problems: [RowFinding]
  /// The row's cells as they stand.
  public var texts: [String]
}

/// What a batch was made of, beside its rows.
public struct BatchSource: Equatable, Sendable {
  /// What the file was called.
  public var name: String
  /// Of the file's bytes, hex; whoever read the file computed it. The same hash is the same batch.
  public var sha256: String
  /// The day the list is of, where whoever brings it knows.
  public var date: DateNumber?

  public init(name: String, sha256: String, date: DateNumber? = nil) { (self.name, self.sha256, self.date) = (name, sha256, date) }
}

public struct BatchCounts: Equatable, Sendable {
  /// Rows below the header that hold something: taken + rejected + totals.
  public var read = 0
  public var taken = 0
  public var rejected = 0
  /// Rows of sums (合计), which are nobody's.
  public var totals = 0
  /// Rows taken without an identity number to compare by.
  public var withoutNumber = 0
  /// Rows taken with each finding, by its name; only those that were found.
  public var findings: [String: Int] = [:]
}

/// One column of a batch: the profile's, and where it stands in the file.
public struct BatchColumn: Equatable, Sendable {
  public var column: ProfileColumn
  /// As the file names it.
  public var header: String
  /// From 1.
  public var position: Int
}

public struct DepartmentBatch: Sendable {
  public let profile: DepartmentProfile
  public let source: BatchSource
  public let encoding: TextEncoding?
  /// Name of the sheet; nil for a .csv file.
  public let sheet: String?
  /// It is the one that is read where nobody chooses; so is a .csv file.
  public let isOwnSheet: Bool
  /// Sheets of the file that are hidden; what stands there was not read.
  public let hiddenSheets: [String]
  /// The others that are not hidden; they were not read either.
  public let unreadSheets: [String]
  public let headerRow: Int
  /// Every name the file's header has, in order; `""` for a column without one.
  public let headers: [String]
  /// The profile's columns that the file has.
  public let columns: [BatchColumn]
  public let counts: BatchCounts
  public let rows: [DepartmentRow]
  public let rejected: [RejectedRow]

  /// The date of a row that has none of its own.
  public let defaultDate: DateNumber?

  let values: [PackedValue]
  let arenas: Arenas

  /// Where the column of a name stands among `columns`.
  public func column(_ name: String) -> Int? { columns.firstIndex { $0.column.name == name } }

  private func value(_ row: Int, _ column: Int) -> PackedValue { values[row * columns.count + column] }

  /// The bytes of a text, an identity number, a name, a division or a code: UTF-8, cleaned. Empty where the cell is.
  public func withBytes<Result>(row: Int, column: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    arenas.withBytes(value(row, column), body)
  }

  public func date(row: Int, column: Int) -> DateNumber? {
    let value = value(row, column)
    return value == .absent ? nil : DateNumber(rawValue: Int32(truncatingIfNeeded: value.rawValue))
  }

  /// 分 of an amount, or a number.
  public func integer(row: Int, column: Int) -> Int64? {
    let value = value(row, column)
    return value == .absent ? nil : Int64(bitPattern: value.rawValue)
  }

  /// Any value as docs/facts.md writes it; empty where the cell is.
  public func text(row: Int, column: Int) -> String {
    switch columns[column].column.type {
    case .date: date(row: row, column: column)?.text ?? ""
    case .amount, .number: integer(row: row, column: column).map { String($0) } ?? ""
    default: withBytes(row: row, column: column) { bytes in
      var text: [UInt8] = []
      for index in bytes.indices { text.append(bytes[index]) }
      return String(decoding: text, as: UTF8.self)
    }
    }
  }

  /// The rows set aside as a table to hand back: row, column, reason, then the row as it stood.
  /// - Parameters:
  ///   - titles: what the first three columns are called.
  ///   - cut: what stands in the last column of a row of more columns than a table may have: what comes from outside must not keep
  ///     the table from being written.
  ///   - words: a reason as a sentence.
  public func rejectedTable(
    name: String, title: String?, titles: (row: String, column: String, reason: String), cut: String, words: (RowReason) -> String
  ) -> Sheet {
    let whole = max(headers.count, rejected.map(\.texts.count).max() ?? 0)
    let width = min(whole, TablesLimits.columns - 3)
    let original = (0..<width).map { TableColumn($0 < headers.count ? headers[$0] : "", width: 18) }
    let head = SheetHead(
      name: name, title: title,
      columns: [TableColumn(titles.row), TableColumn(titles.column, width: 16), TableColumn(titles.reason, width: 40)] + original)
    let rows = rejected.map { row -> [TableValue] in
      // Several columns of one row are one line each of the two cells.
      let columns = row.problems.map { $0.header.isEmpty ? String($0.column) : $0.header }.joined(separator: "\n")
      let reasons = row.problems.map { words($0.reason) }.joined(separator: "\n")
      var texts = Array(row.texts.prefix(width))
      if row.texts.count > width { texts[width - 1] = cut }
      return [.integer(Int64(row.number)), .text(columns), .text(reasons)] + texts.map { $0.isEmpty ? .empty : .text($0) }
    }
    return Sheet(head, rows: rows)
  }
}

/// A range of text, a date, or a number, in eight bytes; the column's type says which.
struct PackedValue: Equatable, Sendable {
  var rawValue: UInt64

  /// No cell, or an empty one. No range, date or amount is this.
  static let absent = PackedValue(rawValue: 1 << 63)

  init(rawValue: UInt64) { self.rawValue = rawValue }
  init(_ date: DateNumber) { rawValue = UInt64(date.rawValue) }
  init(_ number: Int64) { rawValue = UInt64(bitPattern: number) }

  /// - Parameter isExtra: whether it stands in the second arena.
  init(_ range: Range<Int>, isExtra: Bool) {
    rawValue = UInt64(range.lowerBound) << 24 | UInt64(range.count) | (isExtra ? 1 << 62 : 0)
  }

  var isExtra: Bool { rawValue & 1 << 62 != 0 }
  var range: Range<Int> {
    let start = Int(rawValue >> 24 & 0x3F_FFFF_FFFF), count = Int(rawValue & 0xFF_FFFF)
    return start..<start + count
  }
}

/// The bytes texts stand in: the file's own, and what had to be written otherwise.
struct Arenas: Sendable {
  var file: [UInt8] = []
  var extra: [UInt8] = []

  func withBytes<Result>(_ value: PackedValue, _ body: (Span<UInt8>) -> Result) -> Result {
    guard value != .absent else { return body([UInt8]().span) }
    return value.isExtra ? body(extra.span.extracting(value.range)) : body(file.span.extracting(value.range))
  }
}
