import Relief
import Testing

@Suite struct RegisterTests {
  @Test func aVisitReplacesWhatItHadSeen() {
    let roster = Village.record(1, .roster, facts: [Village.householdFact(["phone": "A", "head_name": "李秀英"])])
    let visit = Village.visit(2, on: "2026-11-24", supersedes: [1], ["phone": "B"])
    let register = Register([roster, visit])
    #expect(register.phone() == ["B"])
    // The visit did not state the head: the roster still does.
    #expect(register.household(Village.household)?.headName == "李秀英")
    #expect(register.conflicts().isEmpty)
  }

  @Test func valuesThatHadNotSeenEachOtherAreAConflictUntilResolved() {
    let roster = Village.record(1, .roster, facts: [Village.householdFact(["phone": "A"])])
    let one = Village.visit(2, on: "2026-11-23", supersedes: [1], ["phone": "B"])
    let other = Village.visit(3, on: "2026-11-24", supersedes: [1], entity: "v2", ["phone": "C"])
    var register = Register([roster, one, other])
    #expect(register.phone() == ["B", "C"])
    #expect(register.household(Village.household)?.phone == "B / C")
    #expect(register.conflicts(household: Village.household).map(\.property) == ["phone"])
    register.apply(
      Village.record(4, .resolution, supersedes: [2, 3], facts: [Village.householdFact(["phone": "C"])]))
    #expect(register.phone() == ["C"])
  }

  @Test func equalValuesAreNoConflict() {
    let one = Village.visit(2, on: "2026-11-23", ["phone": "B"])
    let other = Village.visit(3, on: "2026-11-24", entity: "v2", ["phone": "B"])
    let register = Register([one, other])
    #expect(register.phone() == ["B"])
    #expect(register.conflicts().isEmpty)
  }

  @Test func whatIsSeenThroughAnotherRecordIsSuperseded() {
    let roster = Village.record(1, .roster, facts: [Village.householdFact(["phone": "A"])])
    let first = Village.visit(2, on: "2026-11-20", supersedes: [1], [:])
    let second = Village.visit(3, on: "2026-11-24", supersedes: [2], entity: "v2", ["phone": "C"])
    #expect(Register([roster, first, second]).phone() == ["C"])
  }

  @Test func aWithdrawalTakesBackAndCanBeTakenBack() {
    let roster = Village.record(1, .roster, facts: [Village.householdFact(["phone": "A"])])
    let visit = Village.visit(2, on: "2026-11-24", supersedes: [1], ["phone": "B"])
    let withdrawal = Village.record(3, .withdrawal, supersedes: [2], body: ["reason": "typed into the wrong house"])
    var register = Register([roster, visit, withdrawal])
    #expect(register.phone() == ["A"])
    #expect(register.visits(of: Village.household).isEmpty)
    register.apply(Village.record(4, .withdrawal, supersedes: [3]))
    #expect(register.phone() == ["B"])
    #expect(register.visits(of: Village.household).count == 1)
    // It holds again, and nothing about that is doubtful.
    #expect(register.flags.isEmpty)
  }

  @Test func anAmendmentStandsForTheWholeRecord() {
    let visit = Village.visit(1, on: "2026-11-24", ["phone": "B", "address": "东头"])
    let amendment = Village.visit(2, .amendment, on: "2026-11-24", supersedes: [1], ["phone": "C"])
    let register = Register([visit, amendment])
    #expect(register.phone() == ["C"])
    // The amended visit no longer says anything about the address.
    #expect(register.household(Village.household)?.address == nil)
    let visits = register.visits(of: Village.household)
    #expect(visits.map(\.record) == [Village.id(2)])
    #expect(visits.first?.amends == [Village.id(1)])
  }

  /// Corrected twice: the first version does not come back because the second took the place of the correction.
  @Test func anAmendmentOfAnAmendmentStandsForBoth() {
    let visit = Village.visit(1, on: "2026-11-24", ["phone": "A"])
    let first = Village.visit(2, .amendment, on: "2026-11-24", supersedes: [1], ["phone": "B"])
    let second = Village.visit(3, .amendment, on: "2026-11-24", supersedes: [2], ["phone": "C"])
    let back = Village.record(4, .withdrawal, supersedes: [3])
    let firstBack = Village.record(5, .withdrawal, supersedes: [2])
    for order in [[visit, first, second], [second, visit, first], [first, second, visit]] {
      let register = Register(order)
      #expect(register.phone() == ["C"])
      #expect(register.visits(of: Village.household).map(\.record) == [Village.id(3)])
      #expect(register.visits(of: Village.household).first?.isContested == false)
    }
    #expect(Register([visit, first, second, back]).phone() == ["B"], "the last correction is taken back, not the one before")
    #expect(Register([visit, first, second, back, firstBack]).phone() == ["A"])
    #expect(Register([visit, first, second, firstBack]).phone() == ["C"])
  }

  @Test func amendingAnOldVisitDoesNotReviveItAgainstANewerOne() {
    let old = Village.visit(1, on: "2026-11-01", ["phone": "A", "address": "东头"])
    let newer = Village.visit(2, on: "2026-11-24", supersedes: [1], entity: "v2", ["phone": "B", "address": "西头"])
    let amendment = Village.visit(
      3, .amendment, on: "2026-11-01", supersedes: [1], ["phone": "A", "address": "东头 3 号"])
    let register = Register([old, newer, amendment])
    #expect(register.phone() == ["B"])
    // This one was changed by the amendment, which had not seen the newer visit: somebody must say.
    #expect(register.household(Village.household)?.entity.conflicts == ["address"])
  }

  @Test func recordsThatVoidEachOtherAreKeptAndFlagged() {
    let one = Village.visit(1, .amendment, on: "2026-11-24", supersedes: [2], ["phone": "A"])
    let other = Village.visit(2, .amendment, on: "2026-11-24", supersedes: [1], ["phone": "B"])
    let register = Register([one, other])
    #expect(register.flags == [.voidedInCircle(record: Village.id(1)), .voidedInCircle(record: Village.id(2))])
    #expect(register.phone() == ["A", "B"])
  }

  @Test func twoContentsOfOneIdAreFlaggedAndOneIsKept() {
    let one = Village.visit(1, on: "2026-11-24", ["phone": "A"])
    let other = Village.visit(1, on: "2026-11-24", ["phone": "B"])
    for order in [[one, other], [other, one], [one, other, one], [other, one, other]] {
      let register = Register(order)
      #expect(register.count == 1)
      #expect(register.phone() == ["A"])
      #expect(register.flags == [.twoContents(record: Village.id(1))])
    }
  }

  @Test func recordsSeenAreTheNewestOfEachLine() {
    let roster = Village.record(1, .roster, facts: [Village.householdFact(["phone": "A"])])
    let visit = Village.visit(2, on: "2026-11-24", supersedes: [1], ["phone": "B"])
    let person = Village.record(
      3, .roster, household: "other", facts: [Village.fact(FactList.person, Village.head, ["name": "李秀英"])])
    let register = Register([roster, visit, person])
    #expect(register.recordsSeen(household: Village.household, facts: []) == [Village.id(2)])
    let facts = [Village.fact(FactList.person, Village.head, ["name": "李秀荣"])]
    #expect(register.recordsSeen(household: Village.household, facts: facts) == [Village.id(2), Village.id(3)])
  }

  @Test func anyOrderAndAnyDuplicationGivesTheSameRegister() {
    let records = Self.mixture
    let expected = Register(records).portrait
    var random = SystemSeeded(seed: 20_261_124)
    for _ in 0..<300 {
      var order = records.shuffled(using: &random)
      order += records.filter { _ in Bool.random(using: &random) }
      order.shuffle(using: &random)
      var register = Register()
      if Bool.random(using: &random) {
        register.apply(contentsOf: order.map { ($0, nil) })
      } else {
        for record in order { register.apply(record) }
      }
      #expect(register.portrait == expected)
    }
  }

  @Test func aTownshipFoldsInAMomentAndOneHouseholdWithManyRecordsToo() {
    var register = Register()
    let records = (0..<4_000).map { number in
      (
        record: Village.record(
          number, .visit, supersedes: number > 0 ? [number - 1] : [],
          facts: [
            Village.fact(FactList.visit, "v\(number)", ["date": "2026-11-24"]),
            Village.householdFact(["phone": "\(number)"]),
          ]),
        place: Place?.none
      )
    }
    let time = ContinuousClock().measure {
      register.apply(contentsOf: records)
      #expect(register.phone() == ["3999"])
      #expect(register.recordsSeen(household: Village.household, facts: []) == [Village.id(3_999)])
      #expect(register.conflicts(household: Village.household).isEmpty)
    }
    #expect(time < .seconds(20))
  }

  /// One of everything, with conflicts, voids, circles and two contents of one id.
  static var mixture: [Record] {
    let person = Village.fact(
      FactList.person, Village.head, ["name": "李秀英", "id_number": "13059919491003002X", "relation": "02"])
    let moved = Village.fact(FactList.person, Village.head, ["household": "h2", "membership": "member"])
    return [
      Village.record(1, .roster, facts: [Village.householdFact(["phone": "A", "division": Village.code]), person]),
      Village.visit(2, on: "2026-11-20", supersedes: [1], ["phone": "B"]),
      Village.visit(3, on: "2026-11-24", supersedes: [1], entity: "v2", ["phone": "C"], more: [moved]),
      Village.visit(4, .amendment, on: "2026-11-20", supersedes: [2], ["phone": "D", "address": "东头"]),
      Village.visit(5, .amendment, on: "2026-11-20", supersedes: [2], ["phone": "B", "address": "西头"]),
      Village.record(6, .withdrawal, supersedes: [5]),
      Village.record(7, .withdrawal, supersedes: [6]),
      Village.record(8, .review, body: ["record": Village.id(3), "verdict": "returned"]),
      Village.record(9, .review, supersedes: [8], body: ["record": Village.id(3), "verdict": "passed"]),
      Village.record(10, .amendment, supersedes: [11], facts: [Village.householdFact(["group": "一组"])]),
      Village.record(11, .amendment, supersedes: [10], facts: [Village.householdFact(["group": "二组"])]),
      Village.record(12, .roster, facts: [Village.householdFact(["kind": "ordinary"])]),
      Village.record(12, .roster, facts: [Village.householdFact(["kind": "out_of_poverty"])]),
      Village.record(
        13, .sweep,
        facts: [
          Village.fact(
            FactList.sweep, "s1",
            ["household": Village.household, "from": "2026-11-20", "to": "2026-11-30", "reason": "残疾人家庭"])
        ]),
      Village.record(
        14, .division, household: nil, facts: [Village.fact(FactList.division, Village.code, ["name": "示范村"])]),
      Village.record(
        15, .form, household: nil, facts: [Village.fact(FactList.form, "f", ["version": "9", "hash": "a"])],
        body: ["xform": "<x/>"]),
    ]
  }
}

/// SplitMix64: the same numbers in every run.
struct SystemSeeded: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
