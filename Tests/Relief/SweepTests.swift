import Relief
import Testing

@Suite struct SweepTests {
  func assignment(_ number: Int, from: String, to: String, reason: String, household: String = Village.household)
    -> Record
  {
    Village.record(
      number, .sweep, household: household,
      facts: [
        Village.fact(
          FactList.sweep, "s\(number)",
          ["household": household, "from": from, "to": to, "reason": reason, "order": "\(number)"])
      ])
  }

  @Test func aRowGoesFromUnvisitedToDraftToVisitedToReturnedAndBack() throws {
    var register = Register([assignment(1, from: "2026-11-20", to: "2026-11-30", reason: "残疾人家庭")])
    let village = try #require(Division(Village.code))
    func state(drafts: Set<String> = []) -> SweepState? {
      register.sweep(on: .today, in: village, drafts: drafts).first?.state
    }
    #expect(state() == .unvisited)
    #expect(state(drafts: [Village.household]) == .draft)
    register.apply(Village.visit(2, on: "2026-11-24", ["head_name": "李秀英"]))
    #expect(state() == .visited)
    register.apply(
      Village.record(3, .review, body: ["record": Village.id(2), "verdict": "returned", "reason": "缺残疾证号"]))
    #expect(state() == .returned)
    #expect(register.visits(of: Village.household).first?.review?.reason == "缺残疾证号")
    #expect(state(drafts: [Village.household]) == .draft)
    register.apply(Village.visit(4, .amendment, on: "2026-11-24", supersedes: [2], [:]))
    #expect(state() == .visited)
  }

  /// What came back waits for its amendment: neither a later visit nor a newer list hides it.
  @Test func aReturnedVisitStandsOnTheListWhateverCameAfterIt() throws {
    let returned = Village.record(3, .review, body: ["record": Village.id(2), "verdict": "returned", "reason": "缺残疾证号"])
    let before = [Village.visit(2, on: "2026-11-10", entity: "v-2"), returned]
    let list = assignment(1, from: "2026-11-20", to: "2026-11-30", reason: "残疾人家庭")
    let later = Village.visit(4, on: "2026-11-24", entity: "v-4")
    for records in [before, before + [list], before + [list, later], before + [later]] {
      let rows = Register(records).sweep(on: .today, in: .everywhere)
      #expect(rows.map(\.state) == [.returned])
      #expect(rows.first?.returned == Village.id(2), "the one that came back, not the newest")
    }
    let answer = Village.visit(5, .amendment, on: "2026-11-10", supersedes: [2], entity: "v-2")
    #expect(Register(before + [list, later, answer]).sweep(on: .today, in: .everywhere).map(\.state) == [.visited])
  }

  @Test func whereNobodyWasMetTheHouseholdStaysOpen() throws {
    var register = Register([assignment(1, from: "2026-11-20", to: "2026-11-30", reason: "独居老人")])
    func state() -> SweepState? { register.sweep(on: .today, in: .everywhere).first?.state }
    func visit(_ number: Int, on date: String, _ method: String) -> Record {
      var record = Village.visit(number, on: date)
      for index in record.facts.indices where record.facts[index].list == FactList.visit {
        record.facts[index].properties.append(Property("method", method))
      }
      return record
    }
    register.apply(visit(2, on: "2026-11-23", "not_met"))
    #expect(state() == .notMet)
    register.apply(visit(3, on: "2026-11-24", "home"))
    #expect(state() == .visited)
    register.apply(visit(4, on: "2026-11-25", "not_met"))
    #expect(state() == .visited, "who was met was visited, though a later call found nobody")
  }

  @Test func aVisitBeforeTheCampaignIsTheLastVisitButDoesNotCount() throws {
    let register = Register([
      assignment(1, from: "2026-11-20", to: "2026-11-30", reason: "重病患者"), Village.visit(2, on: "2026-08-01"),
    ])
    let row = try #require(register.sweep(on: .today, in: .everywhere).first)
    #expect(row.state == .unvisited)
    #expect(row.lastVisit?.date == CivilDate("2026-08-01"))
  }

  @Test func onlyTheDaysAndTheDivisionAskedFor() throws {
    let register = Register([assignment(1, from: "2026-11-20", to: "2026-11-23", reason: "弱劳动力")])
    #expect(register.sweep(on: .today, in: .everywhere).isEmpty)
    let last = try #require(CivilDate("2026-11-23"))
    #expect(register.sweep(on: last, in: .everywhere).count == 1)
    let other = try #require(Division("130599100202"))
    #expect(register.sweep(on: last, in: other).isEmpty)
  }

  /// A household was on an earlier list, was visited for it, and is on a new one: the earlier days are over, so neither their reason nor
  /// their visit counts. Counted, the household would look visited and nobody would go.
  @Test func aListWhoseDaysAreOverSaysNothingOfAHouseholdOnANewOne() throws {
    let register = Register([
      assignment(1, from: "2026-11-01", to: "2026-11-15", reason: "残疾人家庭"), Village.visit(2, on: "2026-11-10"),
      assignment(3, from: "2026-11-20", to: "2026-11-30", reason: "急难事项"),
    ])
    let row = try #require(register.sweep(on: .today, in: .everywhere).first)
    #expect(row.reasons == ["急难事项"])
    #expect(row.from == CivilDate("2026-11-20"))
    #expect(row.state == .unvisited)
  }

  /// A list was imported before its households: nothing is known of one but the village the list was made for.
  @Test func aHouseholdNobodyKnowsIsListedInTheVillageOfItsList() throws {
    var imported = assignment(1, from: "2026-11-20", to: "2026-11-30", reason: "弱劳动力", household: "h-unknown")
    imported.household = nil
    let register = Register([imported])
    let (village, other) = (try #require(Division(Village.code)), try #require(Division("130599100202")))
    #expect(register.sweep(on: .today, in: village).map(\.household.id) == ["h-unknown"])
    #expect(register.sweep(on: .today, in: other).isEmpty)
  }

  @Test func aHouseholdOfTwoCampaignsStandsOnce() {
    let register = Register([
      assignment(2, from: "2026-11-20", to: "2026-11-30", reason: "残疾人家庭"),
      assignment(1, from: "2026-11-24", to: "2026-11-24", reason: "急难事项"),
      assignment(5, from: "2026-11-24", to: "2026-11-24", reason: "慢性病", household: "h2"),
    ])
    let rows = register.sweep(on: .today, in: .everywhere)
    #expect(rows.map(\.household.id) == [Village.household, "h2"])
    #expect(rows.first?.reasons == ["急难事项", "残疾人家庭"])
    #expect(rows.first?.order == 1)
  }

  @Test func visitsComeNewestFirstAndByDay() throws {
    let register = Register([
      Village.visit(1, on: "2026-11-20", entity: "a"), Village.visit(2, on: "2026-11-24", entity: "b"),
      Village.visit(3, on: "2026-10-01", entity: "c"),
    ])
    #expect(register.visits(of: Village.household).map(\.record) == [2, 1, 3].map { Village.id($0) })
    let village = try #require(Division(Village.code))
    #expect(register.visits(on: .today, in: village).map(\.record) == [Village.id(2)])
    let other = try #require(Division("130599100202"))
    #expect(register.visits(on: .today, in: other).isEmpty, "another village's")
  }

  /// Whichever came last: nobody's 退回 is lost because somebody else passed the same visit.
  @Test(arguments: [["returned", "passed"], ["passed", "returned"], ["passed", "revisit", "county"]])
  func ofReviewsThatHadNotSeenEachOtherTheStricterCounts(verdicts: [String]) {
    var register = Register([Village.visit(1, on: "2026-11-24")])
    for (index, verdict) in verdicts.enumerated() {
      register.apply(Village.record(2 + index, .review, body: ["record": Village.id(1), "verdict": verdict, "reason": "r"]))
    }
    #expect(register.review(of: Village.id(1))?.verdict == (verdicts.contains("returned") ? .returned : .revisit))
    let last = 2 + verdicts.count
    let seen = Village.record(last, .review, supersedes: Array(2..<last), body: ["record": Village.id(1), "verdict": "passed"])
    register.apply(seen)
    #expect(register.review(of: Village.id(1))?.verdict == .passed, "a later word that had seen them all")
  }

  @Test func twoAmendmentsOfOneVisitAreBothShown() {
    let register = Register([
      Village.visit(1, on: "2026-11-24"), Village.visit(2, .amendment, on: "2026-11-24", supersedes: [1]),
      Village.visit(3, .amendment, on: "2026-11-24", supersedes: [1]),
    ])
    let visits = register.visits(of: Village.household)
    #expect(visits.count == 2)
    #expect(visits.map(\.isContested) == [true, true])
  }

  @Test func marksAreTheFourCardsFound() {
    let facts = [
      Village.fact(
        FactList.visit, Village.visitEntity,
        ["date": "2026-11-24", "disability": "yes", "labour": "no", "illness": "yes", "emergency": "unknown"])
    ]
    let register = Register([Village.record(1, .visit, facts: facts)])
    #expect(register.visits(of: Village.household).first?.marks == [.disability, .illness])
  }
}

@Suite struct HouseholdTests {
  func person(_ entity: String, _ properties: [String: String]) -> Fact {
    Village.fact(FactList.person, entity, properties)
  }

  @Test func theHeadComesFirstAndWhoLeftIsNoMember() {
    let register = Register([
      Village.record(
        1, .roster,
        facts: [
          person("b", ["name": "王试儿", "relation": "20", "birth": "2001"]),
          person("a", ["name": "李秀英", "relation": "02"]),
          person("c", ["name": "王试女", "relation": "30"]), person("d", ["name": "王亡", "membership": "left"]),
        ])
    ])
    #expect(register.persons(of: Village.household).map(\.id) == ["a", "b", "c"])
  }

  @Test func whoMarriedIntoAnotherHouseholdIsCountedThere() {
    let register = Register([
      Village.record(1, .roster, facts: [person("c", ["name": "王试女", "household": Village.household])]),
      Village.record(2, .visit, supersedes: [1], household: "h2", facts: [person("c", ["household": "h2"])]),
    ])
    #expect(register.persons(of: Village.household).isEmpty)
    #expect(register.persons(of: "h2").map(\.name) == ["王试女"])
  }

  @Test func birthAndSexComeFromTheNumberWhereThereIsOne() {
    let register = Register([
      Village.record(
        1, .roster, facts: [person("a", ["id_number": "13059919491003002X", "birth": "1950", "sex": "1"])])
    ])
    let member = register.person("a")
    #expect(member?.birth == CivilDate("1949-10-03"))
    #expect(member?.sex == .female)
    #expect(member?.age(on: .today) == 77)
  }

  @Test func householdsAreFoundByNameByMemberAndByTheEndOfANumber() {
    let register = Register([
      Village.record(
        1, .roster,
        facts: [
          Village.householdFact(["head_name": "李秀英", "phone": "13800001234"]),
          person("a", ["name": "王试儿", "id_number": "13059919491003002X"]),
        ])
    ])
    let index = NameIndex(register)
    #expect(index.find("秀英").map(\.household) == [Village.household])
    #expect(index.find("王").first?.person == "a")
    #expect(index.find("002x").first?.reason == .number)
    #expect(index.find("1234").first?.person == nil)
    #expect(index.find("02X").isEmpty)
    #expect(index.find("").isEmpty)
    #expect(index.find("张").isEmpty)
    #expect(NameIndex(register, in: Division("130599200")).find("李").isEmpty)
  }

  @Test func divisionsHaveTheNamesOfTheTable() throws {
    let town = Village.fact(FactList.division, "130599100", ["name": "示范镇"])
    let village = Village.fact(FactList.division, Village.code, ["name": "示范村"])
    let register = Register([Village.record(1, .division, household: nil, facts: [town, village])])
    let code = try #require(Division(Village.code))
    #expect(register.fullName(of: code) == "示范镇 示范村")
    #expect(register.divisions(in: code).map(\.name) == ["示范村"])
    #expect(register.fullName(of: try #require(Division("130599300"))) == "130599300")
  }

  @Test func theNewestFormInForceIsTypedInto() {
    func form(_ number: Int, _ version: String, from: String) -> Record {
      Village.record(
        number, .form, household: nil,
        facts: [Village.fact(FactList.form, "f", ["version": version, "hash": version, "from": from])],
        body: ["xform": "<x/>", "media/list.csv": "a,b"])
    }
    let register = Register([
      form(1, "9", from: "2026-01-01"), form(2, "10", from: "2026-06-01"), form(3, "11", from: "2027-01-01"),
    ])
    #expect(register.form("f", on: .today)?.version == "10")
    #expect(register.form("f", on: .today)?.media["list.csv"] == "a,b")
    #expect(register.form(FormStamp(id: "f", version: "9", hash: "9"))?.record == Village.id(1))
    #expect(register.form("g", on: .today) == nil)
  }
}
