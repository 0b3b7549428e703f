// 比对 (policy §7.2; R33, R36–R39): the rows of a batch beside the people of the register. Who is found by number, and by what is
// similar; what that means by the warning models; and of what departments gave, to whom (R37). Everything it finds becomes records in
// the county's own journal, household by household; comparing again adds nothing.

internal import Comparison
internal import Relief
internal import struct Relief.Record
internal import Wire

extension County {
  /// Batches that were taken in, the oldest first: entity, file and the day they speak of.
  public func batches() async throws(CountyFault) -> [(batch: String, profile: String, file: String, asOf: String)] {
    try await guarded { try await store.batches() }.map { ($0.id, $0.profile, $0.file, $0.asOf) }
  }

  /// - Parameter words: what is said of a person whom a list leaves out.
  public func compare(batch id: String, unnamed words: String) async throws(CountyFault) -> ComparisonReport {
    let batches = try await guarded { try await store.batches() }
    guard let batch = batches.first(where: { $0.id == id }) else { throw .noSuchBatch(id) }
    return try await compare(batch, among: batches, by: ListReader(try await guarded { try await store.population() }), unnamed: words)
  }

  /// Compares every list again, the oldest first: what a list that was withdrawn said first, others may say too, also those of another
  /// department, for a finding is known by its model, its person and the row's words, whoever brought it.
  public func compareAgain(unnamed words: String) async throws(CountyFault) -> [ComparedAgain] {
    let batches = try await guarded { try await store.batches() }
    let reader = ListReader(try await guarded { try await store.population() })
    var found: [ComparedAgain] = []
    for batch in batches {
      let report = try await compare(batch, among: batches, by: reader, unnamed: words)
      found.append(ComparedAgain(batch: batch.id, profile: batch.profile, file: batch.file, asOf: batch.asOf, report: report))
    }
    return found
  }

  private func compare(
    _ batch: ListBatch, among batches: [ListBatch], by reader: ListReader, unnamed words: String
  ) async throws(CountyFault) -> ComparisonReport {
    guard let day = today else { throw .store(detail: "no date") }
    let newer = batches.filter { $0.profile == batch.profile && $0.asOf > batch.asOf }.sorted { ($0.asOf, $0.id) > ($1.asOf, $1.id) }
    let found = try await match(batch, newer: newer, by: reader)
    var report = found.report
    try await nameTownships(&report)
    let parameters = try await own(.parameter).policyParameters
    var unset: Set<PolicyParameter> = []
    let households = found.households
    for start in stride(from: 0, to: households.count, by: CountyLimits.comparedHouseholds) {
      let part = households[start..<min(households.count, start + CountyLimits.comparedHouseholds)]
      let (raised, joined, given) = try await writing { () async throws(CountyFault) in
        let register = try await guarded { try await store.register(about: Set(part)) }
        var judge = WarningJudge(register, parameters, on: day)
        let risks = part.flatMap { found.risks(of: $0, by: &judge, unnamed: words) }
        unset.formUnion(judge.unset)
        let drafts = register.warningDrafts(for: risks, from: (batch.department, batch.id, CivilDate(batch.asOf)), raised: day) {
          NamedID.make(county: configuration.id, kind: $0, $1)
        }
        var scribe = Scribe(self)
        var records = drafts.map { draft in
          scribe.record(
            .warning, household: draft.household, division: draft.division.code, supersedes: draft.supersedes, facts: draft.facts,
            body: [:])
        }
        let help = part.flatMap { found.assistance(of: $0, in: register, county: configuration.id) }
        records += help.map {
          scribe.record(
            .assistance, household: $0.household, division: $0.division, facts: [$0.fact], body: ["batch": batch.id])
        }
        return (records, (drafts.count(where: \.isNew), drafts.count { !$0.isNew }, help.count))
      }
      report.raised += raised
      report.joined += joined
      report.assistance += given
    }
    report.unset = unset.sorted { $0.rawValue < $1.rawValue }
    return report
  }

  /// Whom the rows are about, and whom they leave out.
  /// - Parameter newer: lists of the same profile that speak of a later day, the newest first.
  private func match(_ batch: ListBatch, newer: [ListBatch], by reader: ListReader) async throws(CountyFault) -> ComparedRows {
    let people = reader.people
    var compared = ComparedRows(batch)
    compared.note(unrepaired: reader.comparer.unrepairedPersons)
    compared.note(contested: people.once.filter { !$0.contested.isEmpty })
    var list = ListedPeople(batch.profile)
    try await read(batch.id, by: reader) { rows, findings, outcomes, cut in
      compared.note(cut: cut)
      compared.take(rows, findings, outcomes, people)
      list.take(rows, findings, people)
    }
    guard list.mayBeOutdated else { return compared }
    let followed = list.models.isEmpty ? [] : try await guarded { try await store.householdsWithCategory() }
    let asked = list.models.map { AskedPeople($0, people, followed) }
    compared.settle(list, asked, try await laterWord(newer, than: list, asked, by: reader))
    return compared
  }
}
