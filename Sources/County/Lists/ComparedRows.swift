// The rows of a batch beside the people they name: what the warning models say of each household, and what a department gave it (R37).

internal import Comparison
internal import Relief
internal import Wire

/// Rows that name people of the register, by household.
struct ComparedRows {
  private(set) var report = ComparisonReport()
  private let batch: ListBatch
  private var rows: [String: [(row: ListedRow, township: Substring)]] = [:]
  /// By household, whom the list leaves out, and the models that ask.
  private var unnamed: [String: [(model: WarningModel, person: String)]] = [:]
  /// How many people a line names by their number.
  private var peopleOfLine: [Int: Int] = [:]
  /// To whom no gift is written down: who may be another, or live in another household.
  private var giftless: Set<String> = []
  /// Townships of which a list of a later day says how things stand.
  private var superseded: Set<Substring> = []

  init(_ batch: ListBatch) { self.batch = batch }

  var households: [String] { Set(rows.keys).union(unnamed.keys).sorted() }

  /// - Parameter rows: those that the findings' lines are of, in their order.
  mutating func take(
    _ rows: [KeptRow], _ findings: Swift.Span<Comparison.Finding>, _ outcomes: Swift.Span<Comparison.Outcome>, _ people: [RegisteredPerson]
  ) {
    for index in outcomes.indices { count(outcomes[index]) }
    var lineBefore = 0
    Comparison.Finding.each(findings, of: rows) { finding, row in
      let person = people[Int(finding.person)]
      // Two people of one number are two people both found; one row that may be several people's says nothing of any of them.
      let isFirstOfLine = lineBefore != row.line
      lineBefore = row.line
      if finding.isAnybodys {
        if isFirstOfLine { report.ambiguous += 1 }
        return
      }
      let isSimilar = finding.outcome == .similar
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
    report.contestedCut = people.count(where: \.isCut)
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

  /// Leaves it to lists of a later day what they say, and finds whom the list leaves out where it says so itself.
  mutating func settle(_ list: ListedPeople, _ asked: [AskedPeople], _ later: LaterWord) {
    superseded = later.standing.townships
    report.newerStanding = later.standing.lists
    for (one, word) in zip(asked, later.missing) { report.newerMissing[one.model.code] = word.lists }
    guard batch.rejected == 0 else {
      // Any row that was set aside may name who seems to be missing.
      let isOpen = zip(asked, later.missing).contains { !$0.townships.isSubset(of: $1.townships) }
      report.rejectedUnlooked = isOpen ? batch.rejected : 0
      return
    }
    for (place, one) in asked.enumerated() where list.speaks[place] {
      let shares = one.shares(of: list.named[place]).filter { !later.missing[place].townships.contains(Substring($0.township)) }
      report.townshipsUncovered += shares.filter { !$0.isCovered }
      for share in shares where share.isCovered {
        // Who stands on any later list, or may, is not missing now.
        for person in one.missing(Substring(share.township), from: list.named[place].union(later.named[place])) {
          unnamed[person.household, default: []].append((one.model, person.person))
        }
      }
    }
  }

  /// What the models say of a household.
  func risks(of household: String, by judge: inout WarningJudge, unnamed words: String) -> [FoundRisk] {
    var found: [FoundRisk] = []
    for one in rows[household] ?? [] where !superseded.contains(one.township) { found += judge.findings(of: one.row) }
    for (model, person) in unnamed[household] ?? [] {
      if let one = judge.finding(ofUnnamed: person, by: model, evidence: "\(batch.asOf) \(words)") { found.append(one) }
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
