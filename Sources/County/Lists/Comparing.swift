// 比对 (policy §7.2; R33, R36–R39): the rows of a batch beside the people of the register. Who is found by number, and by what is
// similar; what that means by the warning models; and of what departments gave, to whom (R37). Everything it finds becomes records in
// the county's own journal, household by household; comparing again adds nothing.

internal import Comparison
public import Relief
public import struct Relief.Record
internal import Wire

/// What comparing a batch came to.
public struct ComparisonReport: Sendable, Equatable {
  public var rows = 0
  /// 命中: rows whose number is a person's; of those, rows of another name.
  public var exact = 0
  public var otherName = 0
  /// 疑似, and of those rows that may be several people's: nothing is made of these.
  public var similar = 0
  public var ambiguous = 0
  public var unmatched = 0
  /// Warnings raised, and open ones that got findings more.
  public var raised = 0
  public var joined = 0
  /// What departments gave, written down (R37).
  public var assistance = 0
  /// Rows of which people were left out because a limit was reached, and the lines of the first of them.
  public var cut = 0
  public var cutLines: [Int] = []
  /// Persons of the register with a wrong number that no row was compared with by what it may have been.
  public var unrepaired = 0
  /// Persons of whom the register says several things at once, compared under each of them.
  public var contested = 0
  /// Rows that were set aside: any of them may name who seems to be missing, so nobody was looked for who is not on the list.
  public var rejectedUnlooked = 0
  /// The day of the newest list of the same profile that names somebody where this one was to say who is missing, and the townships (nine
  /// digits) where such a list, not this one, says it now.
  public var newerAsOf: String?
  public var townshipsNewer: [String] = []
  /// Townships of the county's people of which the list names nobody, or fewer than it leaves out: a part of a list, delivered by itself,
  /// leaves out nobody elsewhere.
  public var townshipsUncovered: [TownshipShare] = []
  /// What the county's table of divisions calls these townships, by code.
  public var townshipNames: [String: String] = [:]
  /// Parameters a model asked for that nobody has set.
  public var unset: [PolicyParameter] = []
}

/// How many people of a township a list names, and how many of those looked for it leaves out.
public struct TownshipShare: Sendable, Equatable {
  /// Nine digits.
  public var township: String
  public var named: Int
  public var missing: Int

  public init(township: String, named: Int, missing: Int) { (self.township, self.named, self.missing) = (township, named, missing) }

  /// The list is one of this township.
  public var isCovered: Bool { named > 0 && named >= missing }
}

extension County {
  /// Batches that were taken in, the oldest first: entity, file and the day they speak of.
  public func batches() async throws(CountyFault) -> [(batch: String, profile: String, file: String, asOf: String)] {
    try await guarded { try await store.batches() }.map { ($0.id, $0.profile, $0.file, $0.asOf) }
  }

  /// - Parameter words: what is said of a person whom a list leaves out.
  public func compare(batch id: String, unnamed words: String) async throws(CountyFault) -> ComparisonReport {
    let batches = try await guarded { try await store.batches() }
    guard let batch = batches.first(where: { $0.id == id }) else { throw .noSuchBatch(id) }
    guard let day = today else { throw .store(detail: "no date") }
    let newer = batches.filter { $0.profile == batch.profile && $0.asOf > batch.asOf }.sorted { $0.asOf > $1.asOf }
    let found = try await match(batch, newer: newer)
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
  private func match(_ batch: ListBatch, newer: [ListBatch]) async throws(CountyFault) -> ComparedRows {
    let people = try await guarded { try await store.population() }
    var population = Population(capacity: people.count)
    for (label, person) in people.enumerated() {
      population.add(number: person.number, name: person.name, birth: person.birth, village: person.village, label: UInt32(label))
    }
    let comparer = Comparer(population)
    var compared = ComparedRows(batch)
    compared.note(unrepaired: comparer.unrepairedPersons)
    compared.note(contested: people.once.filter { !$0.contested.isEmpty })
    var answer = Comparison.Answer(for: population)
    try await compareRows(of: batch.id, by: comparer, into: &answer) { rows, answer in
      compared.note(cut: answer.cutLines)
      answer.drain { findings, outcomes in
        guard people.hasVariants else { return compared.take(rows, findings, outcomes, people) }
        let once = Comparison.Finding.once(findings, people)
        compared.take(rows, once.span, outcomes, people)
      }
      return true
    }
    let isStanding = WarningModels.standing.contains(batch.profile)
    guard isStanding || !WarningModels.unnamed(in: batch.profile).isEmpty else { return compared }
    let followed = try await guarded { try await store.householdsWithCategory() }
    // Whom no row could have named (no number, no birth) is not missing from a list.
    let isLookedFor = { (person: RegisteredPerson) in
      followed.contains(person.household) && ((try? IdentityNumber(person.number)) != nil || !person.birth.isEmpty)
    }
    let all = people.filter(isLookedFor).once
    let asked = isStanding ? people : all
    compared.silence(try await reach(of: newer, by: comparer, people, until: Set(asked.map(\.township))), among: asked)
    let left = population.unmatched(by: answer, countingSimilar: true).map { people[Int($0)] }.whole
    let townships = (everybody: Dictionary(grouping: people.once, by: \.township), left: Dictionary(grouping: left, by: \.township))
    let named = townships.everybody.mapValues(\.count).merging(townships.left.mapValues { -$0.count }, uniquingKeysWith: +)
    compared.takeUnnamed(left.filter(isLookedFor), all: all, named: named)
    return compared
  }
}

/// Rows that name people of the register, by household.
struct ComparedRows {
  private(set) var report = ComparisonReport()
  private let batch: ListBatch
  private var rows: [String: [(row: ListedRow, township: Substring)]] = [:]
  /// By household, whom the list leaves out.
  private var unnamed: [String: [RegisteredPerson]] = [:]
  /// By household, everybody who may be left out of a part of the list.
  private var all: [String: [RegisteredPerson]] = [:]
  /// Persons named by rows with a value of a property: `kind=disabled_care`.
  private var namedWith: [String: Set<String>] = [:]
  /// How many people a line names by their number.
  private var peopleOfLine: [Int: Int] = [:]
  /// To whom no gift is written down: who may be another, or live in another household.
  private var giftless: Set<String> = []
  private var reach = ListReach()
  /// Where lists of a later day say who is missing.
  private var newer = ListReach()
  /// Townships of which a list of a later day says how things stand.
  private var superseded: Set<Substring> = []

  init(_ batch: ListBatch) { self.batch = batch }

  var households: [String] { Set(rows.keys).union(unnamed.keys).union(all.keys).sorted() }

  /// - Parameter rows: those that the findings' lines are of, in their order.
  mutating func take(
    _ rows: [KeptRow], _ findings: Swift.Span<Comparison.Finding>, _ outcomes: Swift.Span<Comparison.Outcome>, _ people: [RegisteredPerson]
  ) {
    for index in outcomes.indices { count(outcomes[index]) }
    var next = 0
    for index in findings.indices {
      let finding = findings[index]
      while next < rows.count, rows[next].line < Int(finding.line) { next += 1 }
      guard next < rows.count, rows[next].line == Int(finding.line) else { continue }
      let isSimilar = finding.outcome == .similar
      let (row, person) = (rows[next], people[Int(finding.person)])
      reach.note(person.township)
      // Also where it may be somebody else: who may be on the list is not said to be missing from it.
      for (property, value) in row.values { namedWith["\(property)=\(value)", default: []].insert(person.person) }
      // Two people of one number are two people both found; one row that may be several people's says nothing of any of them.
      if isSimilar, finding.isAmbiguous {
        // Not by `||`: a span inside its autoclosure crashes the optimizer (Swift 6.3.1, release builds only).
        let lineBefore = index > 0 ? findings[index - 1].line : nil
        if lineBefore != finding.line { report.ambiguous += 1 }
        continue
      }
      if !isSimilar { peopleOfLine[row.line, default: 0] += 1 }
      let listed = ListedRow(
        list: batch.profile, department: batch.department, batch: batch.id, line: row.line, person: person.person,
        isSimilar: isSimilar, nameDiffers: finding.outcome == .matchedOtherName, isOfHousehold: batch.isOfHousehold,
        values: row.values, evidence: evidence(row, isSimilar) + person.contestedWords)
      self.rows[person.household, default: []].append((listed, person.township))
    }
  }

  /// What whoever looks into it reads: the day the list speaks of, where it may be somebody else whom it names, and its cells.
  private func evidence(_ row: KeptRow, _ isSimilar: Bool) -> String {
    let named = isSimilar ? [row.name, row.birth].filter { !$0.isEmpty }.joined(separator: " ") : ""
    return "\(batch.asOf) 名单：" + [named, row.evidence].filter { !$0.isEmpty }.joined(separator: "；")
  }

  /// Lines of rows of which not everybody was looked at.
  mutating func note(cut lines: [UInt32]) {
    report.cut += lines.count
    report.cutLines += lines.prefix(CountyLimits.cutLinesSaid - report.cutLines.count).map { Int($0) }
  }

  mutating func note(contested people: [RegisteredPerson]) {
    report.contested = people.count
    // By name a gift is given as before: the number is the person's, whatever the name.
    giftless = Set(people.filter { $0.contested.contains(.number) || $0.contested.contains(.household) }.map(\.person))
  }

  mutating func note(unrepaired persons: Int) { report.unrepaired = persons }

  private mutating func count(_ outcome: Comparison.Outcome) {
    report.rows += 1
    switch outcome {
    case .matched: report.exact += 1
    case .matchedOtherName:
      report.exact += 1
      report.otherName += 1
    case .similar: report.similar += 1
    case .unmatched: report.unmatched += 1
    }
  }

  /// Leaves it to lists of a later day to say who is missing where they name somebody; and of a list that says how things stand on its
  /// day also who stands in it.
  mutating func silence(_ newer: ListReach, among people: [RegisteredPerson]) {
    self.newer = newer
    if WarningModels.standing.contains(batch.profile) { superseded = newer.townships }
    let spoken = WarningModels.unnamed(in: batch.profile).map { newer.townships(of: $0.trigger) }.reduce(superseded) { $0.union($1) }
    report.townshipsNewer = Set(people.map(\.township)).intersection(spoken).map(String.init).sorted()
    report.newerAsOf = report.townshipsNewer.isEmpty ? nil : newer.asOf
  }

  /// - Parameters:
  ///   - people: whom the list leaves out; `all`: everybody it might.
  ///   - named: by township, how many people of the register it names.
  mutating func takeUnnamed(_ people: [RegisteredPerson], all: [RegisteredPerson], named: [Substring: Int]) {
    // A list in which nobody stands says nothing of who does not.
    guard report.rows > 0 else { return }
    let open = all.filter { !report.townshipsNewer.contains(String($0.township)) }
    if batch.rejected > 0 {
      // Any row that was set aside may name who seems to be missing.
      report.rejectedUnlooked = open.isEmpty && !all.isEmpty ? 0 : batch.rejected
      return
    }
    // Somebody may be insured in another township than they live in: one row is no list of that township. It is one where it names at least
    // as many people as it leaves out.
    let missing = Dictionary(grouping: people, by: \.township)
    let shares = Set(all.map(\.township)).map { township in
      TownshipShare(township: String(township), named: named[township] ?? 0, missing: missing[township]?.count ?? 0)
    }
    let covered = Set(shares.filter(\.isCovered).map(\.township))
    for person in people where covered.contains(String(person.township)) { unnamed[person.household, default: []].append(person) }
    for person in all where covered.contains(String(person.township)) { self.all[person.household, default: []].append(person) }
    let uncovered = Set(open.map { String($0.township) }).subtracting(covered)
    report.townshipsUncovered = shares.filter { uncovered.contains($0.township) }.sorted { $0.township < $1.township }
  }

  /// What the models say of a household.
  func risks(of household: String, by judge: inout WarningJudge, unnamed words: String) -> [FoundRisk] {
    var found: [FoundRisk] = []
    for one in rows[household] ?? [] where !superseded.contains(one.township) { found += judge.findings(of: one.row) }
    for model in WarningModels.unnamed(in: batch.profile) {
      guard case .unnamed(let property, let codes) = model.trigger else { continue }
      var people = unnamed[household] ?? []
      if let property {
        let sets = codes.compactMap { namedWith["\(property)=\($0)"] }
        guard !sets.isEmpty else { continue }
        people = (all[household] ?? []).filter { person in !sets.contains { $0.contains(person.person) } }
      }
      let later = newer.townships(of: model.trigger)
      found += people.filter { !later.contains($0.township) }.compactMap {
        judge.finding(ofUnnamed: $0.person, by: model, evidence: "\(batch.asOf) \(words)")
      }
    }
    return found
  }

  /// R37: what a department gave a household, or of it a person. Only of people found by their number and name; one row is one gift, and
  /// none where it finds several. A gift is known by what the row says of it, not by its place: a list that comes again, longer or as
  /// another file, gives nothing twice. Where the row has no day, the one its profile says for such rows, or the day the list speaks of,
  /// tells the gifts of two months apart.
  func assistance(of household: String, in register: Register, county: String) -> [Gift] {
    guard batch.kind == FactList.assistance, let division = register.household(household)?.division else { return [] }
    var times: [[String]: Int] = [:]
    let surely = (rows[household] ?? []).map(\.row).filter { row in
      !row.isSimilar && !row.nameDiffers && peopleOfLine[row.line] == 1 && !giftless.contains(row.person)
    }
    return surely.compactMap { row in
      let said = row.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let day = row.values["date"] ?? batch.defaultDate
      let gift = [batch.profile, batch.isOfHousehold ? household : row.person, day.isEmpty ? batch.asOf : day] + said
      times[gift, default: 0] += 1
      let entity = NamedID.make(county: county, kind: "assistance", gift + [String(times[gift, default: 0])])
      guard register.entity(FactList.assistance, entity) == nil else { return nil }
      var own = ["household": household, "department": batch.department]
      if !batch.isOfHousehold { own["person"] = row.person }
      if !day.isEmpty { own["date"] = day }
      let properties = row.values.merging(own) { _, own in own }
      return Gift(
        household: household, division: division.code,
        fact: Fact(
          list: FactList.assistance, entity: entity, properties: properties.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) }))
    }
  }

  struct Gift {
    var household: String
    var division: String
    var fact: Fact
  }
}
