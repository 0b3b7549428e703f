import Foundation
import Relief
import Testing

/// The desk's lists are kept from record to record: whatever comes, in whatever order, they are what they would be made from nothing.
@Suite struct DeskBookTests {
  private static let town = Division("130599100") ?? .everywhere
  private static let homes = (1...4).map { "10000000-0000-4000-8000-00000000000\($0)" }
  private static let people = (1...6).map { "20000000-0000-4000-8000-00000000000\($0)" }
  private static let tracks: [CaseTrack] = [.lowIncome, .temporary]

  /// Everything the lists say.
  private struct Lists: Equatable {
    var cases: [Case]
    var warnings: [RiskWarning]
    var waiting: [AgeingRow]
    var chased: [Referral]
    var uncovered: [UncoveredHousehold]
    var clashes: [PersonClash]

    /// From nothing.
    init(_ register: Register, _ rules: CaseRules) {
      cases = register.caseBook(in: town).entries.flatMap(\.cases)
      warnings = register.openWarnings(in: town, on: .today, rules)
      waiting = register.ageing(on: .today, in: town, rules)
      chased = register.referralsToChase(on: .today, in: town, rules)
      uncovered = register.uncovered(in: town)
      clashes = register.personClashes(in: town)
    }

    init(_ book: DeskBook, _ register: Register, _ rules: CaseRules) {
      let matters = DeskMatters(register, in: town)
      cases = book.caseBook.entries.flatMap(\.cases)
      warnings = book.openWarnings(on: .today)
      waiting = book.ageing(matters)
      chased = matters.slipsToChase(on: .today, rules)
      uncovered = book.uncovered(register)
      clashes = book.personClashes(register)
    }

    var sizes: [Int] { [cases.count, warnings.count, waiting.count, chased.count, uncovered.count, clashes.count] }
  }

  // MARK: What may come

  /// Writes what people of a county may write, and what no honest program would; each record is of the register as its writer had it.
  private struct Pen {
    var random: SystemSeeded
    /// All that happens happens in March.
    var isOneMonth = false
    var register = Register()
    var written: [Record] = []

    private mutating func one<Element>(of all: [Element]) -> Element { all[Int.random(in: 0..<all.count, using: &random)] }
    private mutating func dice(_ sides: Int) -> Bool { Int.random(in: 0..<sides, using: &random) == 0 }

    private mutating func day() -> String {
      if isOneMonth { return "2026-03-1\(Int.random(in: 0...2, using: &random))" }
      return "2026-0\(Int.random(in: 1...9, using: &random))-1\(Int.random(in: 0...9, using: &random))"
    }

    mutating func write() {
      let home = one(of: homes)
      let number = written.count + 1
      var (type, facts, role, body) = (RecordType.visit, [Fact](), Role.cadre, [String: String]())
      var supersedes = register.recordsSeen(household: home, facts: [])
      let date = day()
      // In an evening a third of what is written are words on visits.
      switch isOneMonth && dice(3) ? 15 : Int.random(in: 0..<19, using: &random) {
      case 0: (type, facts) = (.roster, roster(home))
      case 1, 2: facts = visit(home, date)
      case 3:
        type = .amendment
        facts = visit(home, date)
        supersedes = written.isEmpty ? [] : [one(of: written).id]
      case 4:
        type = .withdrawal
        supersedes = written.isEmpty ? [] : [one(of: written).id]
      case 5, 6, 7, 8:
        guard let step = step(home, date) else { return }
        (type, role) = (.caseStep, .county)
        facts = [step.fact(entity: "s-\(number)")]
        if !dice(4) { supersedes = CaseDesk.supersedes(step, in: register) }
      case 9:
        (type, role) = (.warning, .county)
        facts = [
          Village.fact(FactList.warning, "w-\(home.suffix(1))", ["household": home, "raised": date]),
          Village.fact(FactList.finding, "f-\(number)", ["warning": "w-\(home.suffix(1))", "model": "m", "department": "health", "date": date]),
        ]
      case 10:
        (type, role) = (.warningStep, .clerk)
        let step = WarningStep("w-\(home.suffix(1))", from: nil, to: one(of: [.dispatched, .ignored]), date: CivilDate(date), reason: "核实")
        facts = [step.fact(entity: "t-\(number)")]
        supersedes = WarningDesk.supersedes(step, in: register)
      case 11:
        (type, role) = (.referral, .clerk)
        facts = [Village.fact(FactList.referral, one(of: ["r-1", "r-2"]), ["need": "medical", "date": date])]
      case 12:
        type = one(of: [.referralAnswer, .emergency])
        facts =
          type == .emergency
          ? [Village.fact(FactList.emergency, one(of: ["u-1", "u-2"]), ["kind": "fire", "date": date, "first_aid": "yes"])]
          : [Village.fact(FactList.referral, one(of: ["r-1", "r-2"]), ["outcome": one(of: ["helped", "sent_back"]), "answered": date])]
      case 13:
        type = .householdChange
        facts = change(home)
      case 14:
        type = .category
        facts = [Village.fact(FactList.category, "c-\(home.suffix(1))", ["household": home, "kind": "lb", "from": date])]
      case 15, 16:
        // A word of a supervisor, or of a cadre who may or may not stand in for one.
        type = one(of: [.review, .review, .review, .acknowledgement, .verification])
        role = one(of: [.supervisor, .supervisor, .cadre, .clerk])
        let visits = written.filter { $0.type == .visit || $0.type == .amendment }
        body = ["record": visits.isEmpty ? "" : one(of: visits).id, "verdict": one(of: ["passed", "returned"]), "reason": "请补"]
      case 17:
        (type, role) = (.deputy, .supervisor)
        body = ["for": "p-supervisor", "person": one(of: ["p-cadre", "p-clerk"]), "from": date, "to": date]
      default:
        type = .application
        facts = [Village.fact(FactList.application, "a-\(home.suffix(1))", ["schemes": "lb", "date": date])]
      }
      let isUnfiled = dice(25)
      let record = Record(
        id: Village.id(number), type: type, household: isUnfiled ? nil : home, division: dice(20) ? "130599200201" : Village.code,
        author: Way.author(role), device: "d1", wall: date + "T10:00:00+08:00", supersedes: supersedes, facts: facts,
        body: body)
      register.apply(record)
      written.append(record)
    }

    private mutating func roster(_ home: String) -> [Fact] {
      var facts = [
        Village.fact(
          FactList.household, home,
          ["category": one(of: ["lb", "", "tk"]), "division": dice(8) ? "130599200201" : Village.code, "head_name": "李"])
      ]
      for _ in 0..<2 { facts.append(person(home)) }
      return facts
    }

    private mutating func person(_ home: String) -> Fact {
      var properties = ["household": home, "name": "李小明", "labour": one(of: ["ordinary", "lost", "none"])]
      if dice(2) { properties["id_number"] = one(of: ["130599196604185655", "13059919660418565x", "130599199001011234"]) }
      return Village.fact(FactList.person, one(of: people), properties)
    }

    private mutating func visit(_ home: String, _ date: String) -> [Fact] {
      var facts = [
        Village.fact(
          FactList.visit, dice(6) ? "v" : "v-\(written.count)",
          [
            "date": date, "method": one(of: ["home", "not_met"]), "result": one(of: ["none", "suspected", "emergency"]), "unstable_income": "no",
            "urgency": one(of: ["red", "blue", "blue"]), "words": one(of: ["孩子过年才回来，地里没人", "没有别的难处", "房子漏雨还没有修好呢"]),
          ])
      ]
      if dice(3) {
        let cleared = dice(3) ? ["cleared": date] : [:]
        facts.append(
          Village.fact(FactList.risk, one(of: ["k-1", "k-2", "k-3"]), ["kind": "illness", "found": date].merging(cleared) { one, _ in one }))
      }
      if dice(3) { facts.append(person(home)) }
      return facts
    }

    private mutating func change(_ home: String) -> [Fact] {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: [Village.fact(FactList.person, one(of: people), ["membership": "left"])]
      case 1: [Village.fact(FactList.person, one(of: people), ["same_as": one(of: people)])]
      case 2: [Village.fact(FactList.household, home, ["merged_into": one(of: homes)])]
      default: [person(home)]
      }
    }

    private mutating func step(_ home: String, _ date: String) -> CaseStep? {
      let key = CaseKey(household: home, track: dice(3) ? nil : one(of: tracks))
      let choices = CaseDesk(Way.rules).choices(for: key, by: .county, in: register)
      guard !choices.isEmpty else { return nil }
      let row = one(of: choices)
      var step = CaseStep(
        key, from: row.from, to: row.to, date: CivilDate(date), basis: dice(3) && !written.isEmpty ? one(of: written).id : nil, reason: "核实")
      if row.to == .publicity { step.publicFrom = step.date }
      return step
    }
  }

  private static func written(_ count: Int, _ seed: UInt64) -> [Record] {
    var pen = Pen(random: SystemSeeded(seed: seed))
    for _ in 0..<count { pen.write() }
    return pen.written
  }

  private static var seed: UInt64 {
    ProcessInfo.processInfo.environment["ZOUFANG_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
  }

  // MARK: The proof

  /// As they come from people who saw what they spoke of: no book is ever made anew.
  @Test func whatIsKeptIsWhatWouldBeMadeFromNothing() {
    let seed = Self.seed
    let rules = Way.rules
    var most = [0, 0, 0, 0, 0, 0]
    for turn in 0..<8 {
      var register = Register()
      var book = DeskBook(register, in: Self.town, rules)
      for (place, record) in Self.written(120, seed &+ UInt64(turn)).enumerated() {
        register.apply(record)
        book.follow(register, rules)
        let (kept, made) = (Lists(book, register, rules), Lists(register, rules))
        most = zip(most, made.sizes).map { max($0, $1) }
        guard kept == made else {
          Issue.record("seed \(seed), turn \(turn), record \(place): \(record.type) \(kept.sizes) \(made.sizes)")
          return
        }
      }
      #expect(book.fillCount == 1, "seed \(seed), turn \(turn)")
      #expect(book.againCount < 120 * 3, "seed \(seed), turn \(turn): \(book.againCount) households were looked at again")
    }
    #expect(most.allSatisfy { $0 > 0 }, "the test means nothing where a list stays empty: \(most)")
  }

  /// What is said of one household by a record about another one.
  @Test func aHouseholdIsMergedByARecordAboutAnother() {
    let rules = Way.rules
    var register = Register()
    func write(_ number: Int, _ type: RecordType, _ home: String, _ facts: [Fact]) {
      register.apply(
        Record(
          id: Village.id(number), type: type, household: home, division: Village.code, author: Way.author(.county), device: "d1",
          wall: "2026-03-01T10:00:00+08:00", supersedes: [], facts: facts, body: [:]))
    }
    let (one, other) = (Self.homes[0], Self.homes[1])
    for (number, home) in [one, other].enumerated() {
      write(number + 1, .roster, home, [Village.fact(FactList.household, home, ["category": "lb", "division": Village.code])])
      write(number + 3, .roster, home, [
        Village.fact(
          FactList.person, "p-\(number)", ["household": home, "name": "李小明"].merging(number == 0 ? ["id_number": "130599196604185655"] : [:]) { $1 })
      ])
    }
    var book = DeskBook(register, in: Self.town, rules)
    #expect(book.uncovered(register).map(\.household) == [one, other] && book.personClashes(register).isEmpty)
    write(5, .householdChange, other, [Village.fact(FactList.person, "p-1", ["id_number": "130599196604185655"])])
    book.follow(register, rules)
    #expect(book.personClashes(register).map(\.kind) == [.sameNumber], "two people who gave one number since")
    write(6, .householdChange, other, [Village.fact(FactList.household, one, ["merged_into": other])])
    book.follow(register, rules)
    #expect(book.uncovered(register).map(\.household) == [other] && book.uncovered(register) == register.uncovered(in: Self.town))
  }

  /// Late, again and several at a time, as they come over sticks; what came after another that speaks of it makes the book anew.
  @Test func soItIsInEveryOrderAndInParcels() {
    let seed = Self.seed
    let rules = Way.rules
    var random = SystemSeeded(seed: seed)
    for turn in 0..<8 {
      var records = Self.written(90, seed &+ UInt64(turn))
      if turn.isMultiple(of: 2) { records += records.filter { _ in Bool.random(using: &random) } }
      // Mostly in order, some of them late.
      for _ in 0..<12 {
        let place = Int.random(in: 0..<records.count, using: &random)
        let late = records.remove(at: place)
        records.insert(late, at: Int.random(in: place...records.count, using: &random))
      }
      var register = Register()
      var book = DeskBook(register, in: Self.town, rules)
      var rest = records[...]
      while !rest.isEmpty {
        let parcel = rest.prefix(Int.random(in: 1...4, using: &random))
        rest = rest.dropFirst(parcel.count)
        register.apply(contentsOf: parcel.map { (record: $0, place: Place?.none) })
        book.follow(register, rules)
        guard Lists(book, register, rules) == Lists(register, rules) else {
          Issue.record("seed \(seed), turn \(turn), \(records.count - rest.count) records")
          return
        }
      }
    }
  }

  /// The scenes of the permutations, shuffled: three machines that met now and then.
  @Test func soItIsForTheCaseOfThreeMachines() {
    let seed = Self.seed
    let rules = Way.rules
    var random = SystemSeeded(seed: seed)
    for turn in 0..<40 {
      var register = Register()
      var book = DeskBook(register, in: Self.town, rules)
      for record in PermutationTests.many.shuffled(using: &random) {
        register.apply(record)
        book.follow(register, rules)
        guard Lists(book, register, rules) == Lists(register, rules) else {
          Issue.record("seed \(seed), turn \(turn)")
          return
        }
      }
    }
  }

  /// The evening's list remembers in the same way: what others say of a visit, and who stands in for whom, is no word on its household.
  @Test func anEveningThatIsShownAgainIsWhatWouldBeMadeFromNothing() throws {
    let seed = Self.seed
    let rules = Way.rules
    let now = try #require(Instant("2026-03-12T20:00:00+08:00"))
    let day = try #require(CivilDate("2026-03-12"))
    var (rows, reviewed) = (0, 0)
    for turn in 0..<3 {
      var pen = Pen(random: SystemSeeded(seed: seed &+ UInt64(turn)), isOneMonth: true)
      for _ in 0..<90 { pen.write() }
      var register = Register()
      var memory = EveningMemory()
      for (place, record) in pen.written.enumerated() {
        register.apply(record)
        var none = EveningMemory()
        let shown = Evening(on: day, in: Self.town, of: register, now: now, rules: rules, memory: &memory).rows
        let made = Evening(on: day, in: Self.town, of: register, now: now, rules: rules, memory: &none).rows
        (rows, reviewed) = (max(rows, made.count), max(reviewed, made.count(where: \.isReviewed)))
        guard shown == made else {
          Issue.record("seed \(seed), turn \(turn), record \(place): \(record.type)")
          return
        }
      }
    }
    #expect(rows > 4 && reviewed > 1, "the test means nothing on empty evenings: \(rows), \(reviewed)")
  }

  /// What was found out of one register says nothing of another one that has taken in as many records.
  @Test func anotherRegisterMakesItAnew() {
    let (one, other) = (Register(Self.written(40, 1)), Register(Self.written(40, 2)))
    var book = DeskBook(one, in: Self.town, Way.rules)
    book.follow(other, Way.rules)
    #expect(Lists(book, other, Way.rules) == Lists(other, Way.rules))
    #expect(Lists(one, Way.rules) != Lists(other, Way.rules))
  }

  @Test func otherRulesMakeItAnew() {
    var register = Register()
    for record in Self.written(120, 7) { register.apply(record) }
    var book = DeskBook(register, in: Self.town, Way.rules)
    var other = Way.rules
    other.clocks[.referralWorkdays] = 1
    other.clocks[.checkDaysBlue] = 1
    other.clocks[.revisitMonths] = 1
    book.follow(register, other)
    #expect(Lists(book, register, other) == Lists(register, other))
    #expect(book.fillCount == 2)
  }

  /// Two contents of one id, of two households, each of which something rests on.
  @Test func twoContentsOfOneIdMakeItAnew() {
    let rules = Way.rules
    var other = PermutationTests.seven[0]
    other.household = Self.homes[1]
    var register = Register(PermutationTests.seven)
    var book = DeskBook(register, in: Self.town, rules)
    register.apply(other)
    book.follow(register, rules)
    #expect(Lists(book, register, rules) == Lists(register, rules))
    #expect(book.fillCount == 2)
  }

  @Test func aRecordThatIsHeardAgainIsNoNews() {
    var register = Register(PermutationTests.many)
    var book = DeskBook(register, in: Self.town, Way.rules)
    for record in PermutationTests.many { register.apply(record) }
    book.follow(register, Way.rules)
    #expect(book.fillCount == 1 && book.againCount == 0)
  }
}
