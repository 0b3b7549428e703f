// 部门数据: a department's list, read by its profile and kept as a batch (docs/department-data.md). The file is read whole before
// anything is written; rows that are wrong are set aside, to be handed back; the same file under the same profile again changes nothing.
// The record `batch` in the county's own journal says that the list came.

public import Departments
internal import Foundation
internal import Relief
internal import Synchronization
public import Tables
internal import Wire

/// What taking a list in did.
public struct ListReport: Sendable {
  /// Entity of the batch, for `compare`.
  public var batch: String
  /// The file was taken in before: nothing was written.
  public var isKnown: Bool
  /// Days for which the same bytes came before, the first one first: the same list is good for another day, or one of the days is wrong.
  public var otherDays: [String]
  public var counts: BatchCounts
  public var hiddenSheets: [String]
  /// Sheets that are not hidden and were not read either.
  public var unreadSheets: [String]
  /// Names of the file's header that no column of the profile has.
  public var unknownHeaders: [String]
  /// The rows set aside, as a table to hand back; nil where there are none.
  public var rejected: Sheet?
}

extension County {
  /// One profile of a folder.
  /// - Parameter name: its id, or its title, with its department's before it where two have the same.
  /// - Throws: `.profile` with file, line and key; `.noProfile` where the folder has none of that name, or several.
  public func profile(_ name: String, in folder: String) throws(CountyFault) -> DepartmentProfile {
    let profiles = try profiles(in: folder)
    if let profile = profiles.first(where: { $0.id == name }) { return profile }
    let titled = profiles.filter { one in
      [one.title, one.departmentTitle + "：" + one.title, one.departmentTitle + "/" + one.title].contains(name)
    }
    guard titled.count == 1 else {
      throw .noProfile(name, known: (titled.isEmpty ? profiles : titled).map { "\($0.id)  \($0.departmentTitle)：\($0.title)" })
    }
    return titled[0]
  }

  /// The profiles of a folder, by name of the file.
  public func profiles(in folder: String) throws(CountyFault) -> [DepartmentProfile] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { throw .cannotRead(path: folder) }
    var profiles: [DepartmentProfile] = []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { throw .cannotRead(path: folder + "/" + name) }
      do throws(ProfileFault) { profiles += try DepartmentProfile.read([UInt8](data), file: name) } catch { throw .profile(error) }
    }
    return profiles
  }

  /// Takes a list in.
  /// - Parameters:
  ///   - name: what the file is called, without its folder.
  ///   - asOf: the day the list speaks of; today at the latest. The same file for another day is another list: what is paid every month
  ///     may be the same every month.
  ///   - choices: the sheet, and the profiles that may be meant instead.
  ///   - words: what the table of rows set aside calls things, and a reason as a sentence.
  public func importList(
    _ file: [UInt8], name: String, by profile: DepartmentProfile, asOf: String, _ choices: BatchChoices = BatchChoices(),
    words: RejectWords
  ) async throws(CountyFault) -> ListReport {
    guard let day = CivilDate(asOf), day.isWhole else { throw .badDate(asOf) }
    guard let today, day <= today else { throw .futureDate(asOf, today: today?.description ?? "") }
    let hash = Digest.sha256(file).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let date = DateNumber(year: day.year, month: day.month ?? 1, day: day.day ?? 1)
    let batch: DepartmentBatch
    do throws(BatchFault) {
      batch = try DepartmentBatch.read(file, by: profile, from: BatchSource(name: name, sha256: hash, date: date), choices)
    } catch { throw .list(error) }
    let arrivals = try await guarded {
      try await store.batches(hash: hash, profile: profile.id, sheet: batch.sheet ?? "", isOwn: batch.isOwnSheet)
    }
    let known = arrivals.first { $0.asOf == asOf }
    let id = if let known { known.id } else { try await newBatch([profile.id, hash, asOf] + (batch.sheet.map { [$0] } ?? [])) }
    if known == nil {
      let villages = VillageNames(try await own(.division))
      let rejects = batch.rejected.flatMap { row in
        row.problems.map { ListReject(line: row.number, column: $0.header, reason: words.reason($0.reason)) }
      }
      let kept = ListBatch(
        id: id, profile: profile.id, department: profile.department, kind: profile.asserts, file: name, hash: hash, asOf: asOf,
        sheet: batch.sheet ?? "", rows: batch.counts.read, accepted: batch.counts.taken, rejected: batch.counts.rejected,
        isOfHousehold: profile.isOfHousehold, defaultDate: profile.dateColumn == nil ? "" : batch.defaultDate?.text ?? "")
      let rows = BatchRows(batch, villages)
      try await guarded { try await store.keep(kept, rejects: rejects, next: { rows.next() }) }
      try await sayThatItCame(kept, profile)
    } else if let known {
      // The rows were kept, and then the power went.
      try await sayThatItCame(known, profile)
    }
    return Self.report(batch, id, known, among: arrivals, words)
  }

  /// An id for a list that comes: the same one after a power cut, another one than that of a list that was withdrawn.
  private func newBatch(_ name: [String]) async throws(CountyFault) -> String {
    let before = try await own(.batch)
    var name = name
    var id = NamedID.make(county: configuration.id, kind: "batch", name)
    while before.value("withdrawn", of: FactList.batch, id) != nil {
      name.append("anew")
      id = NamedID.make(county: configuration.id, kind: "batch", name)
    }
    return id
  }

  private static func report(
    _ batch: DepartmentBatch, _ id: String, _ known: ListBatch?, among arrivals: [ListBatch], _ words: RejectWords
  ) -> ListReport {
    let columns = Set(batch.columns.map(\.position))
    let unknown = batch.headers.enumerated().filter { !columns.contains($0.offset + 1) && !$0.element.isEmpty }.map(\.element)
    let rejected =
      batch.rejected.isEmpty
      ? nil
      : batch.rejectedTable(name: words.sheet, title: batch.source.name, titles: words.titles, cut: words.cut, words: words.reason)
    return ListReport(
      batch: id, isKnown: known != nil, otherDays: arrivals.map(\.asOf).filter { $0 != known?.asOf }.sorted(), counts: batch.counts,
      hiddenSheets: batch.hiddenSheets, unreadSheets: batch.unreadSheets, unknownHeaders: unknown, rejected: rejected)
  }

  private func sayThatItCame(_ batch: ListBatch, _ profile: DepartmentProfile) async throws(CountyFault) {
    try await writing { () async throws(CountyFault) in
      let followed = try await following([profile], all: true)
      let before = try await own(.batch)
      guard before.entity(FactList.batch, batch.id) == nil else { return (followed, ()) }
      var scribe = Scribe(self)
      let stated: [(String, String)] = [
        ("department", batch.department), ("profile", batch.profile), ("file", batch.file), ("hash", batch.hash), ("as_of", batch.asOf),
        ("date", today?.description ?? ""), ("rows", String(batch.rows)), ("accepted", String(batch.accepted)),
        ("rejected", String(batch.rejected)),
      ]
      let fact = Fact(list: FactList.batch, entity: batch.id, properties: stated.map { Property($0.0, $0.1) })
      guard let news = Self.news(fact, beside: before) else { return (followed, ()) }
      return (followed + [scribe.record(.batch, division: configuration.division, facts: [news], body: [:])], ())
    }
  }
}

/// What the table of rows set aside says, in the words of whoever hands it back.
public struct RejectWords: Sendable {
  public var sheet: String
  public var titles: (row: String, column: String, reason: String)
  /// In the last column of a row that has more columns than a table may have.
  public var cut: String
  public var reason: @Sendable (RowReason) -> String

  public init(
    sheet: String, titles: (row: String, column: String, reason: String), cut: String = "…",
    reason: @escaping @Sendable (RowReason) -> String
  ) {
    (self.sheet, self.titles, self.cut, self.reason) = (sheet, titles, cut, reason)
  }
}

/// Codes of divisions by name, where a name is one's alone.
struct VillageNames: Sendable {
  private var codes: [String: String?] = [:]

  init(_ register: Register) {
    for division in register.divisions() where division.code.code.utf8.count == 12 {
      codes.updateValue(codes.keys.contains(division.name) ? nil : division.code.code, forKey: division.name)
    }
  }

  /// A code as it stands, a name as its code, else nothing: a village nobody can tell is none.
  func code(_ text: String) -> String {
    if text.utf8.allSatisfy({ (48...57).contains($0) }), !text.isEmpty { return text }
    return (codes[text] ?? nil) ?? ""
  }
}

/// Rows of a batch as the store keeps them, some thousands at a time.
private final class BatchRows: Sendable {
  private static let atOnce = 5_000

  private let batch: DepartmentBatch
  private let villages: VillageNames
  private let given = Mutex(0)
  private let number: Int?
  private let name: Int?
  private let birth: Int?
  private let village: Int?
  /// Columns that say something, and are not only there to find the person.
  private let saying: [Int]
  /// The column of the row's date, where the file has it, and what stands in a row without one, as people read it.
  private let date: Int?
  private let dateless: String?

  init(_ batch: DepartmentBatch, _ villages: VillageNames) {
    self.batch = batch
    self.villages = villages
    (number, name, birth, village) = (batch.column("id_number"), batch.column("name"), batch.column("birth"), batch.column("division"))
    // An address that states nothing is there for whoever looks at the file.
    let address = batch.column("address").flatMap { batch.columns[$0].column.property == nil ? $0 : nil }
    let finding = Set([number, name, birth, village, address].compactMap { $0 })
    saying = batch.columns.indices.filter { !finding.contains($0) }
    date = batch.column("date")
    let title = date.map { batch.columns[$0].header } ?? batch.profile.dateColumn?.headers.first
    dateless = batch.defaultDate.flatMap { day in batch.profile.dateColumn.flatMap { _ in title.map { "\($0) \(day.text)（按名单）" } } }
  }

  func next() -> [KeptRow] {
    let range = given.withLock { given in
      defer { given = min(batch.rows.count, given + Self.atOnce) }
      return given..<min(batch.rows.count, given + Self.atOnce)
    }
    return range.map(row)
  }

  private func text(_ row: Int, _ column: Int?) -> String { column.map { batch.text(row: row, column: $0) } ?? "" }

  private func row(_ index: Int) -> KeptRow {
    let row = batch.rows[index]
    var values: [String: String] = [:]
    for constant in batch.profile.set { values[constant.property] = constant.value }
    var evidence: [String] = []
    for column in saying {
      let value = batch.text(row: index, column: column)
      guard !value.isEmpty else { continue }
      let one = batch.columns[column].column
      values[one.property.map { String($0.split(separator: ".").last ?? "") } ?? one.name] = value
      evidence.append("\(batch.columns[column].header) \(shown(value, one))")
    }
    if let dateless, text(index, date).isEmpty { evidence.append(dateless) }
    return KeptRow(
      line: Int(row.number), number: row.identity.isNone ? text(index, number) : row.identity.text, name: text(index, name),
      birth: text(index, birth), village: villages.code(text(index, village)), values: values,
      evidence: String(evidence.joined(separator: "；").prefix(CountyLimits.evidenceCharacters)))
  }

  /// As the department would write it: 元, and the label of a code.
  private func shown(_ value: String, _ column: ProfileColumn) -> String {
    switch column.type {
    case .amount: Int64(value).map { Money(fen: $0).yuan + " 元" } ?? value
    case .code: column.codes.filter { $0.value == value }.keys.min { ($0.count, $0) < ($1.count, $1) } ?? value
    default: value
    }
  }
}
