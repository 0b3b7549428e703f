// Where a list speaks: a list that names everybody it is about says who is missing only in townships of which it names somebody (parts of a
// list come one file a township), and of two lists that speak of one township the one of the later day says it.

internal import Comparison
internal import Relief

/// Townships in which lists name, or may name, somebody: by any row, and by rows with a value of a property.
struct ListReach {
  private(set) var townships: Set<Substring> = []
  private var byValue: [String: Set<Substring>] = [:]
  /// The day of the newest list that names anybody.
  var asOf: String?

  /// - Parameter values: what the row says of the properties that a model asks about.
  mutating func note(_ township: Substring, _ values: [String: String] = [:]) {
    townships.insert(township)
    for (property, value) in values { byValue["\(property)=\(value)", default: []].insert(township) }
  }

  /// Where rows of the sort that a model asks for name somebody.
  func townships(of trigger: WarningModel.Trigger) -> Set<Substring> {
    guard case .unnamed(let property?, let codes) = trigger else { return townships }
    return codes.reduce(into: Set()) { $0.formUnion(byValue["\(property)=\($1)"] ?? []) }
  }
}

extension County {
  /// Compares a batch's rows, some thousands at a time.
  /// - Parameter body: sees each part and what it came to, and says whether to go on.
  func compareRows(
    of batch: String, by comparer: Comparer, into answer: inout Comparison.Answer,
    _ body: (_ rows: [KeptRow], _ answer: inout Comparison.Answer) -> Bool
  ) async throws(CountyFault) {
    var last = 0
    while true {
      let after = last
      let rows = try await guarded { try await store.rows(of: batch, after: after, limit: CountyLimits.comparedRows) }
      guard let end = rows.last else { return }
      last = end.line
      var bytes: [UInt8] = []
      let listed = rows.map {
        ListRow(
          line: UInt32($0.line), number: $0.number, name: $0.name, birth: $0.birth, village: $0.village, appendingTo: &bytes)
      }
      comparer.compare(listed, in: bytes.span, into: &answer)
      guard body(rows, &answer) else { return }
    }
  }

  /// Where these batches name, or may name, somebody. It reads no further than until every township in question is named.
  /// - Parameters:
  ///   - batches: of one profile, the newest first.
  ///   - people: those the comparer knows.
  ///   - townships: the ones in question.
  func reach(
    of batches: [ListBatch], by comparer: Comparer, _ people: [RegisteredPerson], until townships: Set<Substring>
  ) async throws(CountyFault) -> ListReach {
    var reach = ListReach()
    let isStanding = batches.first.map { WarningModels.standing.contains($0.profile) } ?? false
    let triggers = (batches.first.map { WarningModels.unnamed(in: $0.profile).map(\.trigger) } ?? []) + (isStanding ? [.unnamed()] : [])
    let asked = Set(triggers.compactMap { trigger -> String? in
      if case .unnamed(let property, _) = trigger { return property }
      return nil
    })
    func isWhole() -> Bool { triggers.allSatisfy { townships.isSubset(of: reach.townships(of: $0)) } }
    for batch in batches where !isWhole() {
      var answer = Comparison.Answer(for: comparer.population)
      try await compareRows(of: batch.id, by: comparer, into: &answer) { rows, answer in
        answer.drain { findings, _ in
          var next = 0
          for index in findings.indices {
            let finding = findings[index]
            while next < rows.count, rows[next].line < Int(finding.line) { next += 1 }
            guard next < rows.count, rows[next].line == Int(finding.line) else { continue }
            reach.note(people[Int(finding.person)].township, rows[next].values.filter { asked.contains($0.key) })
            if reach.asOf == nil { reach.asOf = batch.asOf }
          }
        }
        return !isWhole()
      }
    }
    return reach
  }

  /// What the table of divisions calls the townships a report speaks of.
  func nameTownships(_ report: inout ComparisonReport) async throws(CountyFault) {
    let codes = Set(report.townshipsUncovered.map(\.township) + report.townshipsNewer)
    guard !codes.isEmpty else { return }
    for division in try await own(.division).divisions() where codes.contains(division.code.code) {
      report.townshipNames[division.code.code] = division.name
    }
  }
}
