import Relief
import Testing

/// Everything a register answers about a few households, as values: two registers are the same if these are.
struct Answers: Equatable {
  var count: Int
  var households: [Household]
  var persons: [[Person]]
  var visits: [[Visit]]
  var histories: [HouseholdHistory]
  var cases: [[Case]]
  var seen: [[String]]
  var conflicts: [Conflict]
  var flags: [RegisterFlag]
  var summaries: [HouseholdSummary]

  init(_ register: Register) {
    count = register.count
    households = register.households()
    let ids = households.map(\.id)
    persons = ids.map { register.persons(of: $0) }
    visits = ids.map { register.visits(of: $0) }
    histories = ids.map { register.history(of: $0) }
    cases = ids.map { register.cases(of: $0) }
    seen = ids.map { register.recordsSeen(household: $0, facts: []) }
    conflicts = register.conflicts()
    flags = register.flags
    summaries = register.summaries()
  }
}

/// The fold of the register itself: every order of few records, every way to hear one of them again, and many shuffles of all.
@Suite struct FoldPermutationTests {
  private static let elsewhere = "10000000-0000-4000-8000-000000000002"

  private static func device(_ name: String, _ record: Record) -> Record {
    var record = record
    record.device = name
    return record
  }

  /// One household's spring on three devices: a visit with a risk, its amendment, a withdrawal taken back, a death, a person whom two
  /// villages count, a step, help.
  static var spring: [Record] {
    let son = "20000000-0000-4000-8000-000000000002"
    let person = Village.fact(FactList.person, son, ["household": Village.household, "name": "李小明"])
    let risk = Village.fact(FactList.risk, "r1", ["kind": "illness", "found": "2026-04-01"])
    let moved = Village.fact(FactList.person, son, ["household": elsewhere, "joined_date": "2026-04-03"])
    let step = CaseStep(
      CaseKey(household: Village.household), from: nil, to: .found, date: CivilDate("2026-04-02"), basis: Village.id(1))
    return [
      device("d1", Village.visit(1, on: "2026-04-01", ["phone": "A"], more: [person, risk])),
      device("d1", Village.visit(2, .amendment, on: "2026-04-01", supersedes: [1], ["phone": "B"], more: [person, risk])),
      device("d2", Village.record(3, .householdChange, household: elsewhere, facts: [moved])),
      device("d2", Village.record(4, .withdrawal, supersedes: [2], body: ["reason": "错户"])),
      device("d3", Village.record(5, .withdrawal, supersedes: [4])),
      device("d3", Village.record(6, .caseStep, supersedes: [1], facts: [step.fact(entity: "e1")])),
      device(
        "d3",
        Village.record(
          7, .assistance, supersedes: [2], facts: [Village.fact(FactList.assistance, "a1", ["risk": "r1", "date": "2026-05"])])),
    ]
  }

  /// Every order, one after another (Heap's way).
  private func everyOrder(of count: Int, _ each: ([Int]) -> Void) {
    var order = Array(0..<count)
    func permute(_ length: Int) {
      guard length > 1 else { return each(order) }
      for index in 0..<length {
        permute(length - 1)
        order.swapAt(length % 2 == 0 ? index : 0, length - 1)
      }
    }
    permute(count)
  }

  @Test func everyOrderOfSevenRecordsGivesOneRegister() {
    let records = Self.spring
    let expected = Answers(Register(records))
    // The test means nothing unless there is something to lose.
    #expect(expected.histories.contains { !$0.conflicts.isEmpty })
    #expect(expected.cases.contains { !$0.isEmpty })
    var orders = 0
    var wrong: [Int]?
    everyOrder(of: records.count) { order in
      orders += 1
      if wrong == nil, Answers(Register(order.map { records[$0] })) != expected { wrong = order }
    }
    #expect(orders == 5_040)
    #expect(wrong == nil)
  }

  // MARK: What voids what

  /// The rule of `Register+Standing` said at length, for records that name only what is older: the newest first, each holds unless one
  /// that holds voids it.
  private static func held(_ records: [Record]) -> Set<String> {
    let known = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
    var void: Set<String> = []
    var held: Set<String> = []
    for record in records.sorted(by: { $0.id > $1.id }) where !void.contains(record.id) {
      held.insert(record.id)
      guard record.type.replacesWhole else { continue }
      var open = record.supersedes
      while let id = open.popLast() {
        guard let target = known[id] else { continue }
        void.insert(id)
        if record.type == .amendment, target.type == .amendment { open += target.supersedes }
      }
    }
    return held
  }

  /// - Parameter isHonest: names only what came before; else also what comes after, and there are circles.
  private static func tangle(isHonest: Bool, _ random: inout SystemSeeded) -> [Record] {
    let count = Int.random(in: 2...9, using: &random)
    return (1...count).map { number in
      let type = [RecordType.visit, .amendment, .amendment, .withdrawal].randomElement(using: &random) ?? .visit
      let named = (1...count).filter { other in
        other < number ? Int.random(in: 0..<3, using: &random) == 0 : other > number && !isHonest && Int.random(in: 0..<9, using: &random) == 0
      }
      return Village.record(number, type, supersedes: type == .visit ? [] : named)
    }
  }

  @Test func amendmentsAndWithdrawalsOfEachOtherStandByTheRule() {
    var random = SystemSeeded(seed: 3)
    var voided = 0
    for _ in 0..<3_000 {
      let records = Self.tangle(isHonest: true, &random)
      let register = Register(records.shuffled(using: &random))
      let expected = Self.held(records)
      #expect(Set(records.map(\.id).filter { register.holds($0) }) == expected, "\(records.map { ($0.id, $0.type, $0.supersedes) })")
      #expect(register.flags.isEmpty)
      voided += records.count - expected.count
    }
    #expect(voided > 3_000, "the test means nothing where nothing is void")
  }

  @Test func circlesAreTheSameInEveryOrder() {
    var random = SystemSeeded(seed: 4)
    var contested = 0
    for _ in 0..<1_000 {
      let records = Self.tangle(isHonest: false, &random)
      let register = Register(records)
      for _ in 0..<5 {
        let other = Register(records.shuffled(using: &random))
        #expect(register.flags == other.flags)
        #expect(records.map { register.holds($0.id) } == records.map { other.holds($0.id) })
      }
      for case .voidedInCircle(let id) in register.flags {
        contested += 1
        #expect(register.holds(id), "it is kept")
      }
    }
    #expect(contested > 100, "the test means nothing without circles")
  }

  /// Amended again and again, by a program that runs wild or means harm: the time and the room it takes grow with the records alone.
  @Test(.timeLimit(.minutes(1))) func aVisitThatWasAmendedThirtyThousandTimesIsOneVisit() {
    let count = 30_000
    var records = [Village.visit(1, on: "2026-04-01", ["phone": "A"])]
    records += (2...count).map { Village.visit($0, .amendment, on: "2026-04-01", supersedes: [$0 - 1], ["phone": "A"]) }
    var register = Register()
    register.apply(contentsOf: records.map { (record: $0, place: Place?.none) })
    #expect(register.visits(of: Village.household).map(\.record) == [Village.id(count)])
    register.apply(Village.record(count + 1, .withdrawal, supersedes: [count]))
    #expect(register.visits(of: Village.household).map(\.record) == [Village.id(count - 1)])
  }

  /// One person was entered three times, and three laptops each kept another entry: in every order all of them stay, in the views and in
  /// the lines that lists are made of, and come together again when one word is taken back.
  @Test func entriesSaidToBeEachOtherAllStayInEveryOrder() {
    let people = (1...3).map { "20000000-0000-4000-8000-00000000010\($0)" }
    let homes = [Village.household, Self.elsewhere, "10000000-0000-4000-8000-000000000003"]
    func same(_ number: Int, _ one: Int, _ other: Int) -> Record {
      Village.record(
        number, .householdChange, household: homes[one],
        facts: [
          Village.fact(
            FactList.person, people[one], ["household": homes[one], "name": "李小明", "same_as": people[other]])
        ])
    }
    func members(_ register: Register) -> [[String]] { homes.map { register.persons(of: $0).map(\.id) } }
    let circle = [same(1, 0, 1), same(2, 1, 2), same(3, 2, 0)]
    let broken = circle + [Village.record(4, .withdrawal, supersedes: [3], household: homes[2])]
    let kept = Village.record(
      5, .roster, household: homes[2],
      facts: [Village.fact(FactList.person, people[2], ["household": homes[2], "name": "李小明"])])
    for (records, expected) in [(circle, people.map { [$0] }), (broken + [kept], [[], [], [people[2]]])] {
      everyOrder(of: records.count) { order in
        var register = Register()
        for place in order { register.apply(records[place]) }
        #expect(members(register) == expected)
        #expect(homes.map { register.summary(of: $0)?.members.map(\.person) ?? [] } == expected)
      }
    }
    #expect(members(Register([same(1, 0, 0)]))[0] == [people[0]], "the same as itself")
    let void = [same(1, 0, 1), Village.record(2, .roster, household: homes[1], facts: [Village.fact(FactList.person, people[1], ["name": "李"])])]
    #expect(members(Register(void))[0] == [])
    #expect(
      members(Register(void + [Village.record(3, .withdrawal, supersedes: [2], household: homes[1])]))[0] == [people[0]],
      "whom the other entry was taken back from stays")
  }

  @Test func hearingAnyRecordAgainAnywhereChangesNothing() {
    let records = Array(Self.spring.prefix(5))
    let expected = Answers(Register(records))
    var heard = 0
    var wrong: [Int]?
    everyOrder(of: records.count) { order in
      for again in records.indices {
        for place in 0...order.count {
          var stream = order
          stream.insert(again, at: place)
          heard += 1
          if wrong == nil, Answers(Register(stream.map { records[$0] })) != expected { wrong = stream }
        }
      }
    }
    #expect(heard == 120 * 5 * 6)
    #expect(wrong == nil)
  }

  @Test func everyOrderOfTwoContentsOfOneIdAndWhatVoidsThemGivesOneRegister() {
    var other = Village.visit(1, on: "2026-04-01", ["phone": "Z"])
    other.supersedes = [Village.id(9)]
    let records = [
      Village.visit(1, on: "2026-04-01", ["phone": "A"]), other, Village.record(2, .withdrawal, supersedes: [1]),
      Village.record(2, .withdrawal, supersedes: [3]), Village.visit(3, on: "2026-04-02", entity: "v3", ["phone": "C"]),
    ]
    let expected = Answers(Register(records))
    #expect(expected.flags.count == 2)
    var wrong: [Int]?
    everyOrder(of: records.count) { order in
      if wrong == nil, Answers(Register(order.map { records[$0] })) != expected { wrong = order }
    }
    #expect(wrong == nil)
  }

  /// The lines of lists are kept as records come; they must say what the views say, whatever came last.
  @Test func theLinesOfListsSayWhatTheViewsSay() {
    // Taken back by a record that is filed under no household: the line of the visit's own household must change all the same.
    let away = Village.record(8, .withdrawal, supersedes: [5, 2], household: nil)
    let other = Village.record(9, .roster, household: "h9", facts: [Village.fact(FactList.household, "h9", ["phone": "9"])])
    let records = [other] + Self.spring + [away]
    for count in 0...records.count {
      let register = Register(Array(records.suffix(count)))
      #expect(register.summaries().map(\.id) == register.households().map(\.id))
      for line in register.summaries() {
        let household = register.household(line.id)
        #expect(line.division == household?.division)
        #expect(line.headName == household?.headName)
        #expect(line.phone == household?.entity.value("phone"))
        let members = register.persons(of: line.id).sorted { $0.id < $1.id }
        #expect(line.members.map(\.person) == members.map(\.id))
        #expect(line.members.map(\.name) == members.map(\.name))
      }
    }
    var register = Register(records.dropLast())
    #expect(register.summary(of: Village.household)?.phone == "B")
    register.apply(away)
    #expect(register.summary(of: Village.household)?.phone == "A", "the amended visit stands again")
  }

  /// Seeds are new in every run, and printed where it fails.
  @Test func shufflesWithDuplicatesInOneGoOrOneByOneGiveOneRegister() {
    let records = RegisterTests.mixture + Self.spring.map { record in
      var record = record
      record.id = "01900000-0000-7000-9000-" + record.id.suffix(12)
      record.supersedes = record.supersedes.map { "01900000-0000-7000-9000-" + $0.suffix(12) }
      return record
    }
    let expected = Answers(Register(records))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SystemSeeded(seed: seed)
    for round in 0..<100 {
      var order = records.shuffled(using: &random)
      order += records.filter { _ in Bool.random(using: &random) }
      order.shuffle(using: &random)
      var register = Register()
      let cut = Int.random(in: 0...order.count, using: &random)
      if Bool.random(using: &random) {
        register.apply(contentsOf: order[..<cut].map { (record: $0, place: Place?.none) })
      } else {
        register.apply { take in for record in order[..<cut] { take(record, nil) } }
      }
      for record in order[cut...] { register.apply(record) }
      guard Answers(register) == expected else {
        Issue.record("seed \(seed), round \(round)")
        return
      }
    }
  }
}
