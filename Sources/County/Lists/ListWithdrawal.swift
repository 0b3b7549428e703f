// A list that should not have been taken in (the wrong day, the wrong profile, the wrong file) is withdrawn: it counts no more, as the
// newest one, as one that came, or as what a comparison reads. What it made is taken back by records, never by deletion: findings that
// nobody has touched, and what it says a department gave. What somebody already works on stays, and is named.

internal import Foundation
public import Relief
internal import Wire

/// What withdrawing a list came to.
public struct WithdrawalReport: Equatable, Sendable {
  public var profile: String
  public var file: String
  public var asOf: String
  /// It was withdrawn before: only what had been left over was looked at.
  public var isAgain = false
  /// Warnings that are gone with it, and others that lost findings.
  public var warnings = 0
  public var lessened = 0
  /// What departments gave, taken back; and what stays because others wrote about it too.
  public var assistance = 0
  public var assistanceKept = 0
  /// Warnings that somebody works on, with what the list said.
  public var kept: [Kept] = []

  public struct Kept: Equatable, Sendable {
    public var household: String
    /// Code and name of the village, and the head's name, as far as the register knows them.
    public var division: String
    public var village: String
    public var head: String
    public var state: WarningState
  }
}

extension County {
  /// Withdraws a list. Once more it changes nothing, but goes on where a power cut ended it.
  /// - Parameter reason: why, for whoever reads it later; one line, not empty.
  public func withdraw(batch id: String, reason: String) async throws(CountyFault) -> WithdrawalReport {
    let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !reason.isEmpty, reason.count <= CountyLimits.importField,
      !reason.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw .badReason }
    var report = try await noteWithdrawn(id, reason)
    let made = try await guarded {
      try await store.records(.warning, of: configuration.id) + store.records(.assistance, of: configuration.id)
    }.filter { $0.isMade(by: id) }
    let byHousehold = Dictionary(grouping: made) { $0.household ?? "" }
    let households = byHousehold.keys.sorted()
    for start in stride(from: 0, to: households.count, by: CountyLimits.comparedHouseholds) {
      let part = households[start..<min(households.count, start + CountyLimits.comparedHouseholds)]
      let before = report
      report = try await writing { () async throws(CountyFault) in
        let register = try await guarded { try await store.register(about: Set(part)) }
        var undoing = Undoing(reason, register, Scribe(self), before)
        for household in part { undoing.take(byHousehold[household] ?? [], household) }
        return (undoing.records, undoing.report)
      }
    }
    if !report.kept.isEmpty {
      let names = Dictionary(try await own(.division).divisions().map { ($0.code.code, $0.name) }) { first, _ in first }
      for index in report.kept.indices { report.kept[index].village = names[report.kept[index].division] ?? "" }
    }
    return report
  }

  /// Writes down that the list counts no more. Facts of the batch stay as they were: that it came is true.
  private func noteWithdrawn(_ id: String, _ reason: String) async throws(CountyFault) -> WithdrawalReport {
    let kept = try await guarded { try await store.batch(id) }
    return try await writing { () async throws(CountyFault) in
      let before = try await own(.batch)
      func said(_ name: String) -> String? { before.value(name, of: FactList.batch, id) }
      guard let profile = kept?.profile ?? (said("hash") == nil ? nil : said("profile")) else { throw .noSuchBatch(id) }
      var report = WithdrawalReport(
        profile: profile, file: kept?.file ?? said("file") ?? "", asOf: kept?.asOf ?? said("as_of") ?? "")
      report.isAgain = said("withdrawn") != nil
      guard !report.isAgain else { return ([], report) }
      let fact = Fact(
        list: FactList.batch, entity: id,
        properties: [Property("withdrawn", today?.description ?? ""), Property("reason", reason)])
      var scribe = Scribe(self)
      let audit = ["act": "withdraw", "subject": "list \(id)", "rows": String(kept?.accepted ?? 0)]
      return (
        [
          scribe.record(
            .batch, division: configuration.division, supersedes: before.recordsSeen(household: nil, facts: [fact]), facts: [fact],
            body: ["reason": reason]),
          scribe.record(.audit, division: configuration.division, facts: [], body: audit),
        ], report
      )
    }
  }
}

extension Record {
  /// Whether a comparison of the batch wrote it.
  fileprivate func isMade(by batch: String) -> Bool {
    type == .assistance
      ? body["batch"] == batch : facts.contains { $0.list == FactList.finding && $0.value("batch") == batch }
  }
}

/// Takes back what a list made, household by household.
private struct Undoing {
  private(set) var records: [Record] = []
  private(set) var report: WithdrawalReport
  private let reason: String
  private let register: Register
  private var scribe: County.Scribe

  init(_ reason: String, _ register: Register, _ scribe: County.Scribe, _ report: WithdrawalReport) {
    (self.reason, self.register, self.scribe, self.report) = (reason, register, scribe, report)
  }

  mutating func take(_ made: [Record], _ household: String) {
    let warnings = Dictionary(register.warnings(of: household).map { ($0.id, $0) }) { first, _ in first }
    var void: [Record] = []
    var touched: Set<String> = []
    for record in made where register.holds(record.id) {
      if record.type == .assistance {
        if isOthersToo(record) { report.assistanceKept += 1 } else { void.append(record) }
      } else if let id = record.facts.first(where: { $0.list == FactList.finding })?.value("warning"), let warning = warnings[id],
        !isUntouched(warning, record)
      {
        if touched.insert(id).inserted { report.kept.append(kept(warning)) }
      } else {
        void.append(record)
      }
    }
    guard let first = void.first else { return }
    report.assistance += void.count { $0.type == .assistance }
    let gone = Set(void.flatMap(\.facts).filter { $0.list == FactList.finding }.map(\.entity))
    let lessened = Set(void.flatMap(\.facts).compactMap { $0.value("warning") }).sorted().compactMap { warnings[$0] }
    let left = lessened.filter { one in one.findings.contains { !gone.contains($0.id) } || !one.history.isEmpty }
    let ended = lessened.filter { one in !left.contains(one) }
    report.warnings += ended.count
    report.lessened += left.count
    // A warning that an earlier withdrawal left standing for this list is raised by a record without findings.
    let all = Set(void.map(\.id) + ended.flatMap(\.heads).filter(register.holds))
    records.append(
      scribe.record(
        .withdrawal, household: household, division: first.division, supersedes: all.sorted(), facts: [], body: ["reason": reason]))
    for warning in left { raiseAnew(warning, without: void) }
  }

  /// Nobody has taken a step after what this record said.
  private func isUntouched(_ warning: RiskWarning, _ record: Record) -> Bool {
    if warning.history.isEmpty { return true }
    let isRaising = record.facts.contains { $0.list == FactList.warning }
    return !isRaising && warning.state == .new && warning.heads.contains(record.id)
  }

  private func isOthersToo(_ record: Record) -> Bool {
    record.facts.contains { fact in
      let fields = register.entity(fact.list, fact.entity)?.fields ?? [:]
      return fields.values.contains { $0.candidates.contains { $0.records.contains { $0 != record.id } } }
    }
  }

  private func kept(_ warning: RiskWarning) -> WithdrawalReport.Kept {
    let household = register.household(warning.household)
    let code = (warning.division ?? household?.division)?.code ?? ""
    return WithdrawalReport.Kept(
      household: warning.household, division: code, village: "", head: household?.headName ?? "", state: warning.state)
  }

  /// A warning that other lists have something to say in stands on, from the day it was raised on.
  private mutating func raiseAnew(_ warning: RiskWarning, without void: [Record]) {
    let raising = void.first { $0.facts.contains { $0.list == FactList.warning && $0.entity == warning.id } }
    guard let raising else { return }
    let stated = [("household", warning.household), ("raised", warning.raised?.description ?? "")].filter { !$0.1.isEmpty }
    let fact = Fact(list: FactList.warning, entity: warning.id, properties: stated.map { Property($0.0, $0.1) })
    records.append(scribe.record(.warning, household: warning.household, division: raising.division, facts: [fact], body: [:]))
  }
}
