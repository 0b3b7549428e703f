// Reads one file by one profile. The file is taken whole or refused; nothing is handed out before its last row has been read.

public import Tables

/// What whoever brings a file says of it beside the profile.
public struct BatchChoices: Sendable {
  /// The sheet to read; nil: the profile's.
  public var sheet: String?
  /// Profiles that the file may be meant for: where one of the same department fits better, it is refused.
  public var others: [DepartmentProfile] = []
  /// Nil finds it.
  public var delimiter: Delimiter?
  /// Whether a file of which no row can be read is read all the same, for what is wrong in each.
  public var takesNone = false

  public init(sheet: String? = nil, others: [DepartmentProfile] = [], delimiter: Delimiter? = nil) {
    (self.sheet, self.others, self.delimiter) = (sheet, others, delimiter)
  }
}

extension DepartmentBatch {
  /// - Parameter file: a .csv or .xlsx file, known by its bytes.
  public static func read(
    _ file: consuming [UInt8], by profile: DepartmentProfile, from source: BatchSource, _ choices: BatchChoices = BatchChoices()
  ) throws(BatchFault) -> DepartmentBatch {
    switch try format(of: file) {
    case .csv: try csv(file, profile, source, choices)
    case .xlsx: try xlsx(file, profile, source, choices)
    }
  }

  private static func format(of file: borrowing [UInt8]) throws(BatchFault) -> TableFormat {
    do throws(TableFileFault) { return try TableFormat(of: copy file) } catch { throw BatchFault(error) }
  }

  private static func csv(
    _ file: consuming [UInt8], _ profile: DepartmentProfile, _ source: BatchSource, _ choices: BatchChoices
  ) throws(BatchFault) -> DepartmentBatch {
    if let sheet = choices.sheet { throw BatchFault(.table(.noSuchSheet(sheet, available: []))) }
    var reader = try csvReader(file, choices.delimiter)
    var collector = BatchCollector(profile, source, keepsBytes: true, merges: [], sheet: nil)
    try collector.collect(&reader, choices.others)
    let encoding = reader.encoding
    return try collector.batch(file: reader.takeBytes(), encoding: encoding, sheets: BatchSheets(), takesNone: choices.takesNone)
  }

  private static func csvReader(_ file: consuming [UInt8], _ delimiter: Delimiter?) throws(BatchFault) -> CSVReader {
    do throws(TableFileFault) { return try CSVReader(file, delimiter: delimiter) } catch { throw BatchFault(error) }
  }

  private static func xlsx(
    _ file: [UInt8], _ profile: DepartmentProfile, _ source: BatchSource, _ choices: BatchChoices
  ) throws(BatchFault) -> DepartmentBatch {
    let workbook: Workbook
    let entry: SheetEntry
    do throws(TableFileFault) {
      workbook = try Workbook(file)
      entry = try workbook.sheet(named: choices.sheet ?? profile.sheet)
    } catch { throw BatchFault(error) }
    let sheets = BatchSheets(of: workbook, beside: entry, profile)
    // Where nobody has said which sheet is meant, another one may be as much meant as the first.
    if choices.sheet == nil, profile.sheet == nil {
      let fitting = sheets.unreadEntries.prefix(DepartmentsLimits.sheetsLooked).filter { hasHeader($0, of: workbook, profile) }
      if !fitting.isEmpty {
        let first = hasHeader(entry, of: workbook, profile) ? [entry.name] : []
        throw BatchFault(.severalSheets(first + fitting.map(\.name)))
      }
    }
    var reader: SheetReader
    do throws(TableFileFault) { reader = try SheetReader(entry, of: workbook) } catch { throw BatchFault(error) }
    var collector = BatchCollector(profile, source, keepsBytes: false, merges: reader.merges, sheet: reader.sheet)
    try collector.collect(&reader, choices.others)
    return try collector.batch(file: [], encoding: nil, sheets: sheets, takesNone: choices.takesNone)
  }

  /// Whether a sheet has a header that fits the profile. One that cannot be read has none: it is named among those that were not.
  private static func hasHeader(_ entry: SheetEntry, of workbook: Workbook, _ profile: DepartmentProfile) -> Bool {
    guard let reader = try? SheetReader(entry, of: workbook) else { return false }
    var search = HeaderSearch(profile, sheet: entry.name, merges: reader.merges)
    while let hasRow = try? reader.next(), hasRow {
      do throws(BatchFault) {
        if try search.look(at: reader.row.number, reader.texts()) != nil { return true }
      } catch {
        // Two columns of one name are a header too, and one that somebody must look at; rows without one are none.
        switch error.kind {
        case .doubledColumn, .mergedHeader: return true
        default: return false
        }
      }
    }
    return false
  }
}

/// The sheets of a file that were not read.
struct BatchSheets {
  var hidden: [String] = []
  var unread: [String] { unreadEntries.map(\.name) }
  fileprivate var unreadEntries: [SheetEntry] = []
  /// The one that was read is the profile's.
  var isOwn = true

  init() {}

  init(of workbook: Workbook, beside read: SheetEntry, _ profile: DepartmentProfile) {
    isOwn = (try? workbook.sheet(named: profile.sheet))?.name == read.name
    let others = workbook.sheets.filter { $0.name != read.name }
    hidden = others.filter(\.isHidden).map(\.name)
    unreadEntries = others.filter { !$0.isHidden && $0.hasCells }
  }
}

/// Collects rows. Lives for one file.
struct BatchCollector {
  private let profile: DepartmentProfile
  private let source: BatchSource
  private let sheet: String?
  private var search: HeaderSearch
  private var header: HeaderSearch.Found?
  private var plans: [CellPlan] = []
  private var reader: ValueReader
  private var counts = BatchCounts()
  private var rows: [DepartmentRow] = []
  private var values: [PackedValue] = []
  private var rejected: [RejectedRow] = []
  /// Rows whose number ends in three zeros: rightly so, or because a spreadsheet put them there. Where another row of the file shows
  /// that digits were lost, these are set aside too.
  private var suspects: [(index: Int, row: RejectedRow)] = []
  private var hasLostDigits = false

  init(_ profile: DepartmentProfile, _ source: BatchSource, keepsBytes: Bool, merges: [CellSpan], sheet: String?) {
    (self.profile, self.source, self.sheet) = (profile, source, sheet)
    search = HeaderSearch(profile, sheet: sheet, merges: merges)
    reader = ValueReader(keepsBytes: keepsBytes)
  }

  /// - Parameter others: profiles of which none may fit the header better.
  mutating func collect<Source: RowSource & ~Copyable>(_ table: inout Source, _ others: [DepartmentProfile]) throws(BatchFault) {
    while try next(&table) {
      if header == nil {
        guard let found = try search.look(at: table.row.number, table.texts()) else { continue }
        try search.refuse(found, whereFits: others)
        header = found
        plans = found.columns.map { CellPlan($0) }
      } else {
        try take(table.row, table.bytes)
      }
    }
    guard header != nil else { throw search.failure() }
  }

  private func next<Source: RowSource & ~Copyable>(_ table: inout Source) throws(BatchFault) -> Bool {
    do throws(TableFileFault) { return try table.next() } catch { throw BatchFault(error) }
  }

  private mutating func take(_ row: TableRow, _ bytes: [UInt8]) throws(BatchFault) {
    counts.read += 1
    reader.startRow()
    var problems: [RowFinding] = []
    let first = values.count
    var hasValue = false
    let span = bytes.span
    for index in plans.indices {
      let plan = plans[index]
      let cell = plan.position <= row.cells.count ? row.cells[plan.position - 1] : .empty
      if let value = reader.readPlain(cell, of: span, plan.type) {
        values.append(value)
        hasValue = true
        continue
      }
      guard let place = header?.columns[index] else { continue }
      var reason: RowReason?
      switch reader.read(cell, of: bytes, place.column, at: index) {
      case .value(let value):
        values.append(value)
        hasValue = true
      case .absent:
        values.append(.absent)
        if place.column.isRequired { reason = .missing }
      case .wrong(let wrong):
        values.append(.absent)
        if wrong != .coveredByMerge || place.column.isRequired || !place.column.type.mayBeCovered { reason = wrong }
      }
      if let reason { problems.append(RowFinding(column: place.position, header: place.header, reason: reason)) }
    }
    // A note beside the table is nobody.
    if !hasValue, isEmptyBelowHeader(row, bytes) {
      values.removeLast(values.count - first)
      counts.read -= 1
      return
    }
    if let column = beyondHeader(row, bytes), hasValue || !problems.isEmpty {
      problems.append(RowFinding(column: column, header: "", reason: .beyondHeader(column: column)))
    }
    // A sum has a name (合计) and an amount, but is nobody.
    let isTotal = (reader.identity.isNone || !problems.isEmpty) && isTotal(row, bytes)
    if problems.isEmpty, hasValue, !isTotal {
      add(row, bytes)
      return
    }
    values.removeLast(values.count - first)
    if isTotal {
      counts.totals += 1
    } else if hasValue || !problems.isEmpty {
      try setAside(RejectedRow(number: row.number, problems: problems, texts: texts(row, bytes)))
    } else {
      // Cells in columns that nobody asked for.
      counts.read -= 1
    }
  }

  private mutating func add(_ row: TableRow, _ bytes: [UInt8]) {
    if reader.endsInZeros, let place = header?.columns.first(where: { $0.column.type == .idNumber }) {
      let problem = RowFinding(column: place.position, header: place.header, reason: .lostDigits)
      suspects.append((rows.count, RejectedRow(number: row.number, problems: [problem], texts: texts(row, bytes))))
    }
    rows.append(DepartmentRow(number: UInt32(row.number), identity: reader.identity, findings: reader.findings))
  }

  private mutating func setAside(_ row: RejectedRow) throws(BatchFault) {
    if row.problems.contains(where: { $0.reason == .lostDigits }) { hasLostDigits = true }
    rejected.append(row)
    guard rejected.count <= DepartmentsLimits.rejectedRows else {
      throw BatchFault(.tooManyRejected(max: DepartmentsLimits.rejectedRows), sheet: sheet, row: row.number)
    }
  }

  private func texts(_ row: TableRow, _ bytes: [UInt8]) -> [String] {
    row.cells.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  /// 合计 and the like in the first cell that holds something.
  private func isTotal(_ row: TableRow, _ bytes: [UInt8]) -> Bool {
    guard let cell = row.cells.first(where: { $0.count > 0 }), cell.count <= 60 else { return false }
    return HeaderText.isTotal(String(decoding: bytes[cell.range], as: UTF8.self))
  }

  /// The first cell with something in it to the right of the header. In a .csv file it is most often what an amount's unquoted comma
  /// has parted from it (25,000 is 25, and 000), and then every value behind it stands in another's place.
  private func beyondHeader(_ row: TableRow, _ bytes: [UInt8]) -> Int? {
    guard let width = header?.width, row.cells.count > width else { return nil }
    return row.cells[width...].firstIndex { Self.holds($0, bytes) }.map { $0 + 1 }
  }

  private func isEmptyBelowHeader(_ row: TableRow, _ bytes: [UInt8]) -> Bool {
    guard let width = header?.width else { return false }
    return !row.cells.prefix(width).contains { Self.holds($0, bytes) || !$0.findings.isEmpty }
  }

  private static func holds(_ cell: TableCell, _ bytes: [UInt8]) -> Bool {
    cell.count > 0 && !HeaderText.folded(String(decoding: bytes[cell.range], as: UTF8.self)).isEmpty
  }

  consuming func batch(
    file: consuming [UInt8], encoding: TextEncoding?, sheets: BatchSheets, takesNone: Bool = false
  ) throws(BatchFault) -> DepartmentBatch {
    guard let header else { throw search.failure() }
    try dropSuspects(columns: header.columns.count)
    guard counts.read > 0 else { throw BatchFault(.noRows, sheet: sheet, row: header.row) }
    if rows.isEmpty, !takesNone, let first = rejected.first?.problems.first {
      throw BatchFault(
        .everyRowRejected(count: rejected.count, first: first.reason), sheet: sheet, row: rejected[0].number, column: first.column)
    }
    count()
    let date: DateNumber? =
      switch profile.defaultDate {
      case .given: source.date
      case .none: nil
      case .fixed(let text): if case .whole(let date, _) = DateText.read(Array(text.utf8)) { date } else { nil }
      }
    return DepartmentBatch(
      profile: profile, source: source, encoding: encoding, sheet: sheet, isOwnSheet: sheets.isOwn, hiddenSheets: sheets.hidden,
      unreadSheets: sheets.unread, headerRow: header.row, headers: header.headers, columns: header.columns, counts: counts, rows: rows,
      rejected: rejected, defaultDate: date,
      values: values, arenas: Arenas(file: file, extra: reader.extra))
  }

  private mutating func dropSuspects(columns: Int) throws(BatchFault) {
    guard hasLostDigits, !suspects.isEmpty else { return }
    for (_, row) in suspects { try setAside(row) }
    rejected.sort { $0.number < $1.number }
    let gone = Set(suspects.map(\.index))
    var kept = 0
    for index in rows.indices where !gone.contains(index) {
      rows[kept] = rows[index]
      for column in 0..<columns { values[kept * columns + column] = values[index * columns + column] }
      kept += 1
    }
    rows.removeLast(rows.count - kept)
    values.removeLast(values.count - kept * columns)
  }

  private mutating func count() {
    counts.taken = rows.count
    counts.rejected = rejected.count
    var found: [UInt32: Int] = [:]
    for row in rows {
      if row.identity.isNone { counts.withoutNumber += 1 }
      if !row.findings.isEmpty { found[row.findings.rawValue, default: 0] += 1 }
    }
    for (rawValue, number) in found {
      for (name, finding) in ValueFindings.named where ValueFindings(rawValue: rawValue).contains(finding) {
        counts.findings[name, default: 0] += number
      }
    }
  }
}
