// How far the word of a list goes when one of the same profile and a later day has come: who stands in it is said by a later one that names
// at least half as many people of the township; who is missing, by a later one that covers the township by the test the list itself must
// pass. A stray row of another township's list silences nobody (docs/warnings.md).

internal import Comparison
internal import Relief

/// What lists of a later day say instead of an older one.
struct LaterWord {
  /// Townships in which one of them says something, and the day of the newest that does.
  struct Reach {
    private(set) var townships: Set<Substring> = []
    private var asOf = ""

    mutating func note(_ township: Substring, _ asOf: String) {
      townships.insert(township)
      self.asOf = max(self.asOf, asOf)
    }

    /// Nil where it is nowhere.
    var lists: NewerLists? { townships.isEmpty ? nil : NewerLists(townships.map(String.init).sorted(), asOf: asOf) }
  }

  /// Where one says who stands in it.
  private(set) var standing = Reach()
  /// By model, where one says who is missing.
  private(set) var missing: [Reach]
  /// By model, whom any of them names or may name.
  private(set) var named: [Set<String>]
  private let old: ListedPeople
  private let asked: [AskedPeople]

  init(than old: ListedPeople, _ asked: [AskedPeople]) {
    (self.old, self.asked) = (old, asked)
    missing = asked.map { _ in Reach() }
    named = asked.map { _ in [] }
  }

  /// No further list could say more.
  var isWhole: Bool {
    standing.townships.isSuperset(of: old.surely.keys) && zip(asked, missing).allSatisfy { $0.townships.isSubset(of: $1.townships) }
  }

  /// Each list is judged alone: parts come one file a township.
  mutating func take(_ list: ListedPeople, of batch: ListBatch) {
    for (township, people) in old.surely {
      let count = list.surely[township]?.count ?? 0
      if count > 0, count * 2 >= people.count { standing.note(township, batch.asOf) }
    }
    for (place, one) in asked.enumerated() {
      named[place].formUnion(list.named[place])
      // Any row that was set aside may name who seems to be missing.
      guard batch.rejected == 0 else { continue }
      for share in one.shares(of: list.named[place]) where share.isCovered { missing[place].note(Substring(share.township), batch.asOf) }
    }
  }
}

/// The register's people, and what compares lists with them.
struct ListReader {
  let people: [RegisteredPerson]
  let comparer: Comparer
  private let hasVariants: Bool

  init(_ people: [RegisteredPerson]) {
    self.people = people
    hasVariants = people.hasVariants
    var population = Population(capacity: people.count)
    for (label, person) in people.enumerated() {
      population.add(number: person.number, name: person.name, birth: person.birth, village: person.village, label: UInt32(label))
    }
    comparer = Comparer(population)
  }

  /// What rows came to.
  typealias Body = (
    _ rows: [KeptRow], _ findings: Swift.Span<Comparison.Finding>, _ outcomes: Swift.Span<Comparison.Outcome>, _ cut: [UInt32]
  ) -> Void

  fileprivate func compare(_ rows: [KeptRow], into answer: inout Comparison.Answer, _ body: Body) {
    var bytes: [UInt8] = []
    let listed = rows.map {
      ListRow(line: UInt32($0.line), number: $0.number, name: $0.name, birth: $0.birth, village: $0.village, appendingTo: &bytes)
    }
    comparer.compare(listed, in: bytes.span, into: &answer)
    let cut = answer.cutLines
    answer.drain { findings, outcomes in
      guard hasVariants else { return body(rows, findings, outcomes, cut) }
      let once = Comparison.Finding.once(findings, people)
      body(rows, once.span, outcomes, cut)
    }
  }
}

extension County {
  /// Compares a batch's rows, some thousands at a time.
  func read(_ batch: String, by reader: ListReader, _ body: ListReader.Body) async throws(CountyFault) {
    var answer = Comparison.Answer(for: reader.comparer.population)
    var last = 0
    while true {
      let after = last
      let rows = try await guarded { try await store.rows(of: batch, after: after, limit: CountyLimits.comparedRows) }
      guard let end = rows.last else { return }
      last = end.line
      reader.compare(rows, into: &answer, body)
    }
  }

  /// What lists of a later day say instead of an older one. It reads no further than until nothing more can be said.
  /// - Parameter batches: of the same profile, the newest first.
  func laterWord(
    _ batches: [ListBatch], than old: ListedPeople, _ asked: [AskedPeople], by reader: ListReader
  ) async throws(CountyFault) -> LaterWord {
    var word = LaterWord(than: old, asked)
    for batch in batches where !word.isWhole {
      var list = ListedPeople(batch.profile)
      try await read(batch.id, by: reader) { rows, findings, _, _ in list.take(rows, findings, reader.people) }
      word.take(list, of: batch)
    }
    return word
  }

  /// What the table of divisions calls the townships a report speaks of.
  func nameTownships(_ report: inout ComparisonReport) async throws(CountyFault) {
    let newer = [report.newerStanding].compactMap { $0 } + report.newerMissing.values
    let codes = Set(report.townshipsUncovered.map(\.township) + newer.flatMap(\.townships))
    guard !codes.isEmpty else { return }
    for division in try await own(.division).divisions() where codes.contains(division.code.code) {
      report.townshipNames[division.code.code] = division.name
    }
  }
}
