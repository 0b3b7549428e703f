// Soft checks of the data (policy reference 4.5): each on its own, on the side that is doubtful and on the side that is not.

import Relief
import Testing

@Suite struct QualityTests {
  private static let other = "20000000-0000-4000-8000-000000000002"
  /// Digit 17 is odd for a man.
  private static let man = "130599196301010014"
  private static let secondMan = "130599195003070030"
  private static let endsInX = "13059919491003002X"
  private static let woman = "130599196202280027"

  /// Somebody of whom nothing is doubtful.
  private static let sound = [
    "household": Village.household, "relation": "02", "id_kind": "id", "id_number": man, "sex": "1", "birth": "1963-01-01",
    "education": "primary", "schooling": "none", "health": "healthy", "labour": "ordinary", "insurance_medical": "resident",
    "insurance_pension": "resident", "insurance_serious": "yes", "political": "masses", "phone": "13800000000",
  ]
  private static let house = ["schemes": "none", "phone": "none"]

  private static func findings(
    _ person: [String: String?] = [:], _ household: [String: String?] = [:], more: [String: String]? = nil
  ) throws -> [QualityRule] {
    func laid(_ changes: [String: String?], over base: [String: String]) -> [String: String] {
      var all = base
      for (name, value) in changes { all[name] = value }
      return all
    }
    var facts = [
      Village.householdFact(laid(household, over: house)), Village.fact(FactList.person, Village.head, laid(person, over: sound)),
    ]
    if let more { facts.append(Village.fact(FactList.person, other, more)) }
    let register = Register([Village.record(1, .roster, facts: facts)])
    let date = try #require(CivilDate("2022-06-01"))
    return register.qualityFindings(ofHousehold: Village.household, on: date).map(\.rule)
  }

  @Test func nothingIsDoubtfulAboutSoundData() throws { #expect(try Self.findings() == []) }

  /// Changes of the sound person, and what is noticed then; `nil` takes a value away.
  static let persons: [([String: String?], [QualityRule])] = [
    (["id_number": "130599196301010015"], [.badID]),
    (["id_number": "1305991963010100"], [.badID]),
    // Another kind of paper has no check character.
    (["id_number": "AB123", "id_kind": "passport"], []),
    (["sex": "2"], [.sexDiffers]), (["sex": "9"], []),
    (["birth": "1963-01-02"], [.birthDiffers]), (["birth": "1963"], []), (["birth": "1963-02"], [.birthDiffers]),
    (["relation": "04"], [.badRelation, .noHead]), (["relation": "10"], [.noHead]), (["relation": nil], []),
    (["political": "none"], [.badCode]), (["labour": "some"], [.badCode]), (["education": "phd"], [.badCode]),
    (["schooling": "senior4"], [.badCode, .educationAndSchooling]),
    (["schooling": "bachelor1"], [.educationAndSchooling]), (["schooling": "bachelor1", "education": nil], []),
    (["education": nil], [.educationAndSchooling]),
    (["health": nil], [.healthEmpty]), (["health": ""], [.healthEmpty]),
    (["work_place": "石家庄"], [.workWithoutMonths]), (["work_months": "6"], [.workWithoutMonths]),
    (["work_place": "石家庄", "work_months": "6"], []), (["work_months": "0"], []),
    (["phone": "1380000000"], [.badPhone]), (["phone": "none"], []), (["phone": "0319-1234567"], []),
    (["insurance_medical": nil], [.insuranceEmpty]), (["insurance_medical": "none"], [.notInsured]),
    (["insurance_pension": nil], [.insuranceEmpty]), (["insurance_serious": nil], [.insuranceEmpty]),
    (["insurance_serious": "no"], [.noSeriousInsurance]),
    (["disability_certificate": man + "41"], []), (["disability_certificate": man + "41B1"], []),
    (["disability_certificate": man], [.certificateShort]),
    (["disability_certificate": man + "4"], [.certificateShape]), (["disability_certificate": man + "81"], [.certificateShape]),
    (["disability_certificate": "13059919630101001541"], [.certificateChecksum]),
    (["disability_certificate": secondMan + "41"], [.certificateOfAnother]),
    (["disability_certificate": man + "41", "disability_kind": "4", "disability_grade": "1"], []),
    (["disability_certificate": man + "41", "disability_kind": "5"], [.certificateDiffers]),
    (["disability_certificate": man + "41", "disability_grade": "2"], [.certificateDiffers]),
    // 59 on 1 June 2022.
    (["labour": "none"], [.healthyWithoutLabour]), (["labour": "weak"], [.healthyWithoutLabour]), (["labour": "lost"], []),
    (["labour": "none", "illness": "yes"], []), (["labour": "none", "disability": "yes"], []),
    (["labour": "none", "health": "chronic"], []),
    (["labour": "none", "schooling": "bachelor1", "education": nil], []),
  ]

  @Test(arguments: persons) func aPerson(_ changes: [String: String?], _ expected: [QualityRule]) throws {
    #expect(try Self.findings(changes) == expected)
  }

  /// The same without a number, by the birth date: on both sides of a birthday. The day is 1 June 2022.
  @Test(arguments: [
    ("1962-06-02", "none", [QualityRule.healthyWithoutLabour]), ("1962-06-01", "none", []),
    ("2006-06-01", "none", [.healthyWithoutLabour]), ("2006-06-02", "none", []),
  ])
  func labourByAge(_ birth: String, _ labour: String, _ expected: [QualityRule]) throws {
    #expect(try Self.findings(["id_number": nil, "birth": birth, "labour": labour]) == expected)
  }

  @Test(arguments: [("2006-06-02", [QualityRule.childWorks]), ("2006-06-01", [])])
  func workByAge(_ birth: String, _ expected: [QualityRule]) throws {
    #expect(try Self.findings(["id_number": nil, "birth": birth, "work_place": "石家庄", "work_months": "2"]) == expected)
  }

  @Test(arguments: [("2002-06-02", [QualityRule.youngPostgraduate]), ("2002-06-01", [])])
  func aPostgraduateByAge(_ birth: String, _ expected: [QualityRule]) throws {
    #expect(
      try Self.findings(["id_number": nil, "birth": birth, "schooling": "postgraduate", "education": nil]) == expected)
  }

  // MARK: Households

  private static func second(_ changes: [String: String]) -> [String: String] {
    var person = sound
    (person["id_number"], person["sex"], person["birth"], person["relation"]) = (woman, "2", "1962-02-28", "10")
    for (name, value) in changes { person[name] = value }
    return person
  }

  @Test func aCouple() throws {
    #expect(try Self.findings(more: Self.second([:])) == [])
    let man = ["id_number": Self.secondMan, "sex": "1", "birth": "1950-03-07"]
    #expect(try Self.findings(more: Self.second(man)) == [.sameSexCouple])
    // As a brother nobody minds.
    #expect(try Self.findings(more: Self.second(man.merging(["relation": "73"]) { $1 })) == [])
    #expect(try Self.findings(more: Self.second(["relation": "01"])) == [.severalHeads])
    #expect(try Self.findings(["relation": "10"], more: Self.second([:])) == [.noHead, .severalSpouses])
  }

  @Test func oneNumberOfTwoPeople() throws {
    let twin = Self.second(["id_number": Self.man, "sex": "1", "birth": "1963-01-01", "relation": "73"])
    #expect(try Self.findings(more: twin) == [.duplicateID, .duplicateID])
    // Said to be the same human being.
    #expect(try Self.findings(more: twin.merging(["same_as": Village.head]) { $1 }) == [])
  }

  @Test func theHouseholdItself() throws {
    #expect(try Self.findings([:], ["schemes": nil]) == [.schemesEmpty])
    #expect(try Self.findings([:], ["phone": "12345"]) == [.badPhone])
    let lost: [String: String?] = ["labour": "lost"]
    #expect(try Self.findings(lost, ["no_labour_covered": "no"]) == [.noLabourNotCovered])
    #expect(try Self.findings(lost, ["no_labour_covered": "yes"]) == [])
    #expect(try Self.findings([:], ["no_labour_covered": "no"]) == [])
  }

  @Test func oneNumberInTwoHouseholds() throws {
    let here = Village.record(
      1, .roster,
      facts: [Village.fact(FactList.person, Village.head, ["household": Village.household, "id_number": Self.man])])
    let there = Village.record(
      2, .roster, household: "h2", facts: [Village.fact(FactList.person, Self.other, ["household": "h2", "id_number": Self.man])])
    let village = try #require(Division(Village.code))
    let clash = try #require(Register([here, there]).personClashes(in: village).first)
    #expect(clash.kind == .sameNumber && clash.persons == [Village.head, Self.other].sorted())
    #expect(clash.number == Self.man && clash.households == [Village.household, "h2"].sorted())
    let gone = Village.record(
      3, .householdChange, supersedes: [2], household: "h2",
      facts: [Village.fact(FactList.person, Self.other, ["membership": "left"])])
    #expect(Register([here, there, gone]).personClashes(in: village) == [])
    // The same number written otherwise is the same number.
    let small = Village.record(
      4, .roster, household: "h3", facts: [Village.fact(FactList.person, "p-3", ["household": "h3", "id_number": Self.endsInX.lowercased()])])
    let large = Village.record(
      5, .roster, household: "h4", facts: [Village.fact(FactList.person, "p-4", ["household": "h4", "id_number": Self.endsInX])])
    #expect(Register([small, large]).personClashes(in: village).map(\.number) == [Self.endsInX])
    #expect(Register([here, there]).personClashes(in: try #require(Division("130599200"))) == [], "each township sees its own")
  }

  /// Two cadres place one person in their village's household, and neither had seen the other's word.
  @Test func onePersonInTwoHouseholds() throws {
    let village = try #require(Division(Village.code))
    func places(_ number: Int, _ household: String, supersedes: [Int] = []) -> Record {
      Village.record(
        number, .roster, supersedes: supersedes, household: household,
        facts: [Village.fact(FactList.person, Self.other, ["household": household])])
    }
    let both = Register([places(1, Village.household), places(2, "h2")])
    let clash = try #require(both.personClashes(in: village).first)
    #expect(clash.kind == .severalHouseholds && clash.persons == [Self.other] && clash.number == nil)
    #expect(clash.households == [Village.household, "h2"].sorted())
    // Who had seen the first word moved the person.
    #expect(Register([places(1, Village.household), places(2, "h2", supersedes: [1])]).personClashes(in: village) == [])
  }
}

/// Checks that need a visit: income, monitoring, clearing.
@Suite struct VisitQualityTests {
  private static func findings(
    household: [String: String] = [:], person: [String: String] = [:], visit: [String: String] = [:],
    income: [[String: String]]? = nil, category: [String: String]? = nil
  ) throws -> Set<QualityRule> {
    var facts = [
      Village.householdFact(["hukou": "rural", "kind": "ordinary", "schemes": "none"].merging(household) { $1 }),
      Village.fact(
        FactList.person, Village.head,
        ["household": Village.household, "relation": "02", "birth": "1980-01-01", "labour": "ordinary"].merging(person) { $1 }),
    ]
    if let category { facts.append(Village.fact(FactList.category, "c1", category)) }
    let line = Village.record(
      3, .parameter, household: nil, wall: "2026-01-01T09:00:00+08:00",
      facts: [Village.fact(FactList.parameter, "p1", ["name": "fp_line", "value": "9000", "from": "2026-01-01"])])
    let told = [
      "date": "2026-11-24", "result": "none", "method": "home", "visitors": "赵试用", "water_secured": "yes",
      "income_collected": income == nil ? "no" : "yes",
    ].merging(visit) { $1 }
    let visitFacts = [Village.fact(FactList.visit, Village.visitEntity, told)]
      + (income ?? []).enumerated().map { Village.fact(FactList.income, "i\($0.offset)", $0.element) }
    let register = Register([
      Village.record(1, .roster, wall: "2026-01-05T09:00:00+08:00", facts: facts), line,
      Village.record(2, .visit, supersedes: [1], wall: "2026-11-24T10:00:00+08:00", facts: visitFacts),
    ])
    let found = register.qualityFindings(of: try #require(register.visit(Village.id(2)))).map(\.rule)
    // What the bare person leaves out is another test's.
    return Set(found).subtracting([.healthEmpty, .insuranceEmpty])
  }

  private static func wage(_ fen: String, period: String = "year") -> [String: String] {
    ["kind": "wage", "amount_fen": fen, "period": period, "person": Village.head]
  }

  @Test func nothingIsDoubtfulAboutASoundVisit() throws {
    #expect(try Self.findings() == [])
    #expect(try Self.findings(income: [Self.wage("3000000")]) == [])
  }

  /// The evening shows doubts, each once, and no gaps.
  @Test func theEveningShowsDoubtsOnly() throws {
    let persons = [Village.head, "20000000-0000-4000-8000-000000000002"].map {
      Village.fact(FactList.person, $0, ["household": Village.household, "relation": "02", "phone": "1"])
    }
    let register = Register([
      Village.record(1, .roster, facts: persons), Village.visit(2, on: "2026-11-24", supersedes: [1], [:]),
    ])
    let visit = try #require(register.visit(Village.id(2)))
    #expect(register.doubts(about: visit) == ["bad_phone", "several_heads"])
    #expect(register.qualityFindings(of: visit).contains { $0.rule.weight == .gap })
  }

  @Test func whatNobodyAsked() throws {
    #expect(try Self.findings(visit: ["water_secured": ""]) == [.waterEmpty])
    #expect(try Self.findings(visit: ["visitors": ""]) == [])
    #expect(try Self.findings(household: ["category": "byyz"], visit: ["visitors": ""]).contains(.visitorEmpty))
    // Nobody was met: there is nothing to ask about.
    #expect(try Self.findings(visit: ["method": "not_met", "water_secured": ""]) == [])
  }

  @Test func wages() throws {
    #expect(try Self.findings(income: [Self.wage("9999")]) == [.tinyWage])
    #expect(try Self.findings(income: [Self.wage("10000")]) == [])
    #expect(try Self.findings(income: [Self.wage("0")]) == [])
    #expect(try Self.findings(income: [Self.wage("9999", period: "month")]) == [])
    #expect(try Self.findings(person: ["labour": "lost"], income: [Self.wage("3000000")]) == [.wageWithoutLabour])
  }

  @Test func aSchemeThatPaysComesWithTransferIncome() throws {
    let transfer = { (fen: String) in ["kind": "transfer", "amount_fen": fen, "item": "relief"] }
    #expect(try Self.findings(household: ["schemes": "lb"], income: [Self.wage("3000000")]) == [.schemeWithoutTransfer])
    #expect(try Self.findings(household: ["schemes": "lb"], income: [transfer("0")]) == [.schemeWithoutTransfer])
    #expect(try Self.findings(household: ["schemes": "disabled_care"], income: []) == [.schemeWithoutTransfer])
    #expect(try Self.findings(household: ["schemes": "lb"], income: [transfer("100")]) == [])
    #expect(try Self.findings(household: ["schemes": "lb"]) == [])
    #expect(try Self.findings(household: ["schemes": "temporary"], income: [Self.wage("3000000")]) == [])
  }

  /// One person; the limit is 20000 元 a head, the line 9000.
  @Test func incomeBesideMonitoring() throws {
    let monitored = ["category": "byyz"]
    #expect(try Self.findings(household: monitored, income: [Self.wage("2000001")]) == [.highIncomeMonitored])
    #expect(try Self.findings(household: monitored, income: [Self.wage("2000000")]) == [])
    let poor = ["kind": "out_of_poverty"]
    #expect(try Self.findings(household: poor, income: [Self.wage("899999")]) == [.belowLineNotMonitored])
    #expect(try Self.findings(household: poor, income: [Self.wage("900000")]) == [])
    #expect(try Self.findings(income: [Self.wage("899999")]) == [])
    #expect(try Self.findings(household: poor.merging(["category": "tpbw"]) { $1 }, income: [Self.wage("899999")]) == [])
  }

  @Test func afterTheRiskWasCleared() throws {
    func cleared(
      _ from: String, _ to: String, person: [String: String] = [:], fen: String = "3000000"
    ) throws -> Set<QualityRule> {
      try Self.findings(
        person: person, income: [Self.wage(fen)], category: ["kind": "byyz", "from": from, "to": to, "end_reason": "cleared"])
    }
    #expect(try cleared("2026-01-31", "2026-03-01") == [])
    #expect(try cleared("2026-01-31", "2026-02-28") == [.clearedAtOnce])
    #expect(try cleared("2025-12-31", "2026-01-01") == [.clearedAtOnce])
    #expect(try cleared("2025-12-01", "2026-06-01", fen: "899999") == [.clearedBelowLine])
    #expect(try cleared("2025-12-01", "2026-06-01", fen: "900000") == [])
    // Ten years old and not in school.
    let child = ["birth": "2016-01-01", "schooling": "none", "labour": ""]
    #expect(try cleared("2025-12-01", "2026-06-01", person: child).contains(.clearedOutOfSchool))
    let pupil = ["birth": "2016-01-01", "schooling": "primary", "labour": ""]
    #expect(try !cleared("2025-12-01", "2026-06-01", person: pupil).contains(.clearedOutOfSchool))
    // Not cleared yet on the day of the visit.
    #expect(try !cleared("2025-12-01", "2026-11-25", person: child).contains(.clearedOutOfSchool))
  }

  @Test func aMonthWithoutAMeasure() throws {
    let late = try Self.findings(category: ["kind": "byyz", "from": "2026-10-23"])
    #expect(late.contains(.noMeasure))
    #expect(try !Self.findings(category: ["kind": "byyz", "from": "2026-10-24"]).contains(.noMeasure))
  }
}
