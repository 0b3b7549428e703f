import Relief
import Testing

/// What was known of a household when.
@Suite struct HistoryTests {
  private static let other = "10000000-0000-4000-8000-000000000002"
  private static let son = "20000000-0000-4000-8000-000000000002"

  private func person(_ id: String, _ properties: [String: String]) -> Fact { Village.fact(FactList.person, id, properties) }

  private func member(_ number: Int, on day: String, supersedes: [Int] = [], household: String = Village.household, _ facts: Fact...)
    -> Record
  {
    Village.record(
      number, .householdChange, supersedes: supersedes, household: household, wall: day + "T10:00:00+08:00", facts: facts)
  }

  private func lines(_ history: HouseholdHistory) -> [String] {
    history.rows.map { "\($0.date?.description ?? "?") \($0.isContested ? "contested " : "")\($0.kind)" }
  }

  @Test func whoLeftAndCameBackStandsInThreeRows() {
    let register = Register([
      member(1, on: "2026-01-10", person(Self.son, ["household": Village.household])),
      member(
        2, on: "2026-03-05", supersedes: [1],
        person(Self.son, ["household": Village.household, "membership": "left", "left_reason": "moved", "left_date": "2026-03"])),
      member(
        3, on: "2026-07-01", supersedes: [2],
        person(
          Self.son,
          ["household": Village.household, "membership": "member", "joined_reason": "returned", "joined_date": "2026-06-30"])),
    ])
    let rows = register.history(of: Village.household).rows
    #expect(
      rows.map(\.kind) == [
        .joined(person: Self.son, reason: nil), .left(person: Self.son, reason: "moved"),
        .joined(person: Self.son, reason: "returned"),
      ])
    #expect(rows.map(\.date) == [nil, CivilDate("2026-03"), CivilDate("2026-06-30")])
    #expect(rows.map(\.written) == ["2026-01-10", "2026-03-05", "2026-07-01"].map { CivilDate($0) })
    #expect(rows.map(\.records) == [[Village.id(1)], [Village.id(2)], [Village.id(3)]])
  }

  @Test func aCorrectedDayIsOneRowAndTwoThatHadNotSeenEachOtherAreBothShown() {
    let here = member(1, on: "2026-01-10", person(Village.head, ["household": Village.household]))
    func death(_ number: Int, _ day: String, supersedes: [Int]) -> Record {
      member(
        number, on: "2026-05-0\(number)", supersedes: supersedes,
        person(Village.head, ["membership": "left", "left_reason": "dead", "left_date": day]))
    }
    let corrected = Register([here, death(2, "2026-05-01", supersedes: [1]), death(3, "2026-04-30", supersedes: [2])])
    let died = corrected.history(of: Village.household).rows.filter { $0.kind == .died(person: Village.head) }
    #expect(died.map(\.date) == [CivilDate("2026-04-30")])
    #expect(died.first?.isContested == false)

    let contested = Register([here, death(2, "2026-05-01", supersedes: [1]), death(3, "2026-04-30", supersedes: [1])])
    let both = contested.history(of: Village.household).rows.filter { $0.kind == .died(person: Village.head) }
    #expect(both.map(\.date) == [CivilDate("2026-04-30"), CivilDate("2026-05-01")])
    #expect(both.filter(\.isContested).count == 2)
  }

  @Test func whoIsCountedElsewhereLaterHasMovedAndWhoIsCountedTwiceIsAConflict() {
    let here = member(1, on: "2026-01-10", person(Self.son, ["household": Village.household]))
    let moved = member(
      2, on: "2026-02-01", supersedes: [1], household: Self.other,
      person(Self.son, ["household": Self.other, "joined_reason": "split", "joined_date": "2026-01-31"]))
    let later = Register([here, moved])
    #expect(
      lines(later.history(of: Village.household)) == [
        "? joined(person: \"\(Self.son)\", reason: nil)",
        "2026-01-31 movedTo(person: \"\(Self.son)\", households: [\"\(Self.other)\"])",
      ])
    #expect(later.history(of: Village.household).conflicts.isEmpty)

    let unseen = member(2, on: "2026-02-01", household: Self.other, person(Self.son, ["household": Self.other]))
    let twice = Register([here, unseen])
    let households = [Village.household, Self.other].sorted()
    for household in households {
      let conflicts = twice.history(of: household).conflicts
      #expect(conflicts.map(\.kind) == [.inSeveralHouseholds(person: Self.son, households: households)])
      #expect(conflicts.first?.records == [Village.id(1), Village.id(2)])
      // Neither household loses the person meanwhile.
      #expect(twice.persons(of: household).map(\.id) == [Self.son])
    }
    let settled = Register([here, unseen, member(3, on: "2026-02-03", supersedes: [1, 2], person(Self.son, ["household": Self.other]))])
    #expect(settled.history(of: Village.household).conflicts.isEmpty)
  }

  @Test func oneNumberInTwoHouseholdsIsAConflictUntilSomebodySaysThatItIsOnePerson() {
    let number = "13059919491003002X"
    let twin = "20000000-0000-4000-8000-000000000009"
    let here = member(1, on: "2026-01-10", person(Village.head, ["id_number": number]))
    let there = member(2, on: "2026-01-11", household: Self.other, person(twin, ["id_number": number]))
    var register = Register([here, there])
    #expect(
      register.history(of: Village.household).conflicts.map(\.kind) == [
        .sameNumberElsewhere(person: Village.head, other: twin, household: Self.other)
      ])
    register.apply(member(3, on: "2026-01-12", supersedes: [2], household: Self.other, person(twin, ["same_as": Village.head])))
    #expect(register.history(of: Village.household).conflicts.isEmpty)
    // A number that was corrected is nobody's any more.
    let corrected = member(4, on: "2026-01-12", supersedes: [2], household: Self.other, person(twin, ["id_number": ""]))
    #expect(Register([here, there, corrected]).history(of: Village.household).conflicts.isEmpty)
  }

  @Test func aSplitAndAMergerStandAtBothHouseholds() {
    let split = member(
      1, on: "2026-02-01", household: Self.other,
      Village.fact(
        FactList.household, Self.other,
        ["formed_from": Village.household, "formed_reason": "split", "formed_date": "2026-01-20"]))
    let merged = member(
      2, on: "2026-09-01", supersedes: [1], household: Self.other,
      Village.fact(FactList.household, Self.other, ["merged_into": Village.household, "merged_date": "2026-08"]))
    let register = Register([split, merged])
    #expect(
      lines(register.history(of: Village.household)) == [
        "2026-01-20 splitOff(household: \"\(Self.other)\", reason: Optional(\"split\"))",
        "2026-08 tookIn(household: \"\(Self.other)\")",
      ])
    #expect(
      register.history(of: Self.other).rows.map(\.kind) == [
        .formedFrom(household: Village.household, reason: "split"), .mergedInto(household: Village.household),
      ])
  }

  @Test func categoriesSchemesRisksAndHelpStandWithTheirDates() {
    let category = Village.record(
      1, .category, wall: "2026-03-02T10:00:00+08:00",
      facts: [
        Village.fact(
          FactList.category, "c1", ["kind": "lb", "from": "2026-03-01", "to": "2026-12-01", "end_reason": "income", "source": "decision"])
      ])
    let visit = Village.visit(
      2, on: "2026-04-01",
      more: [
        Village.fact(FactList.risk, "r1", ["kind": "illness", "found": "2026-04-01"]),
        Village.fact(FactList.scheme, "s1", ["kind": "medical", "state": "enjoying", "since": "2025"]),
      ])
    func help(_ number: Int, _ entity: String, _ department: String, _ day: String) -> Record {
      Village.record(
        number, .assistance, supersedes: [2], wall: day + "T10:00:00+08:00",
        facts: [
          Village.fact(
            FactList.assistance, entity, ["risk": "r1", "department": department, "amount_fen": "50000", "form": "money", "date": day])
        ])
    }
    let register = Register([
      category, visit, help(3, "a1", "medical_insurance", "2026-04-20"), help(4, "a2", "charity", "2026-05-06"),
      help(5, "a3", "medical_insurance", "2026-06-20"),
    ])
    let history = register.history(of: Village.household)
    let row = HouseholdHistory.CategoryRow(entity: "c1", kind: "lb", source: "decision")
    #expect(history.rows.contains { $0.kind == .categoryFrom(row) && $0.date == CivilDate("2026-03-01") })
    #expect(history.rows.contains { $0.kind == .categoryEnded(row, reason: "income") && $0.date == CivilDate("2026-12-01") })
    #expect(history.rows.first?.kind == .scheme(person: nil, kind: "medical", state: "enjoying"))
    let risk = history.rows.filter { row in
      switch row.kind {
      case .riskFound, .riskHelped: true
      default: false
      }
    }
    #expect(risk.map(\.date) == ["2026-04-01", "2026-04-20", "2026-05-06", "2026-06-20"].map { CivilDate($0) })
    #expect(history.assistanceByDepartment.map(\.department) == ["medical_insurance", "charity"])
    #expect(history.assistanceByDepartment.map { $0.given.map(\.entity) } == [["a1", "a3"], ["a2"]])
    #expect(history.assistanceByDepartment.first?.given.first?.amountFen == 50_000)
    #expect(history.rows.contains { $0.kind == .visit(record: Village.id(2), method: nil, result: "none") })
  }

  @Test func aStepOfACaseStandsOnce() {
    func step(_ number: Int, _ from: CaseState?, _ to: CaseState, supersedes: [Int]) -> Record {
      let step = CaseStep(
        CaseKey(household: Village.household, track: from == nil ? nil : CaseTrack(rawValue: "lb")), from: from, to: to,
        date: CivilDate("2026-05-0\(number)"))
      return Village.record(
        number, .caseStep, supersedes: supersedes, wall: "2026-05-0\(number)T10:00:00+08:00", facts: [step.fact(entity: "e\(number)")])
    }
    let register = Register([step(1, nil, .found, supersedes: []), step(2, .found, .toCheck, supersedes: [1])])
    let steps = register.history(of: Village.household).rows.compactMap { row -> String? in
      if case .step(let event) = row.kind { return event.entity }
      return nil
    }
    #expect(steps == ["e1", "e2"])
  }

  @Test func whatWasKnownThenIsNotWhatIsKnownNow() {
    let first = Village.visit(1, on: "2026-03-01", ["phone": "A"])
    let second = Village.visit(2, .amendment, on: "2026-03-01", supersedes: [1], ["phone": "B"])
    var amended = second
    amended.wall = "2026-03-09T10:00:00+08:00"
    let register = Register([first, amended])
    guard let before = CivilDate("2026-03-08"), let after = CivilDate("2026-03-09"), let never = CivilDate("2026-02-01") else { return }
    #expect(register.history(of: Village.household, writtenBy: before).rows.map(\.records) == [[Village.id(1)]])
    #expect(register.history(of: Village.household, writtenBy: after).rows.map(\.records) == [[Village.id(2)]])
    #expect(register.history(of: Village.household, writtenBy: never).rows.isEmpty)
    #expect(register.history(of: Village.household, writtenBy: after) == register.history(of: Village.household))
  }

  @Test func whatIsContestedOfTheHouseholdIsARow() {
    let one = Village.visit(1, on: "2026-11-23", ["phone": "B", "category": "lb"])
    let other = Village.visit(2, on: "2026-11-24", entity: "v2", ["phone": "C", "category": "tk"])
    let history = Register([one, other]).history(of: Village.household)
    let fields = history.conflicts.compactMap { row -> String? in
      switch row.kind {
      case .conflict(let conflict): conflict.property
      case .categoryStated(let kind): kind
      default: nil
      }
    }
    #expect(fields.sorted() == ["lb", "phone", "tk"])
  }
}
