import Testing
import XForm

/// What is asked depends on what was said before: a gate first, details only behind 有.
@Suite struct BranchTests {
  private static let root = "/household-visit/"

  private static func visit(_ answers: [(String, String)]) throws -> Session {
    var visit = try VisitForm.session()
    for (path, value) in answers {
      let outcome = visit.answer(try #require(InstancePath(root + path)), value)
      #expect(outcome == .accepted, "\(path)")
    }
    return visit
  }

  private static func isAsked(_ path: String, _ visit: Session) throws -> Bool {
    visit.isRelevant(try #require(InstancePath(root + path)))
  }

  private static func value(_ path: String, _ visit: Session) throws -> String? {
    visit.value(at: try #require(InstancePath(root + path)))
  }

  @Test(arguments: [
    ("four/disability", "members/member[1]/a/has_disability"), ("four/illness", "members/member[1]/c/has_illness"),
    ("four/labour_loss", "four/labour_risk/labour_reason"), ("four/emergency", "four/emergency_risk/emergency_kind"),
    ("needs_group/needs_gate", "needs_group/needs"), ("secured/property_gate", "secured/property_kinds"),
    ("household/has_schemes", "household/schemes"),
  ]) func onlyYesOpensTheDetails(_ gate: String, _ detail: String) throws {
    #expect(try !Self.isAsked(detail, Self.visit([])))
    #expect(try !Self.isAsked(detail, Self.visit([(gate, "no")])))
    #expect(try !Self.isAsked(detail, Self.visit([(gate, "unknown")])))
    #expect(try Self.isAsked(detail, Self.visit([(gate, "yes")])))
  }

  /// R24 to R27: what sections A to D ask reaches the register: of the member who is disabled or ill, of the household whose labour is
  /// lost or who is struck.
  @Test func everySectionReachesTheRegister() throws {
    let member = "members/member[1]/"
    let facts = try Self.visit([
      (member + "name", "钱二妹"), (member + "id_number", "130599198505050025"),
      ("four/disability", "yes"), (member + "a/has_disability", "yes"), (member + "a/disability_kind", "4"),
      (member + "a/disability_grade", "2"), (member + "a/care_need", "yes"),
      ("four/labour_loss", "yes"), ("four/labour_risk/labour_reason", "illness"), (member + "labour", "lost"),
      ("four/illness", "yes"), (member + "c/has_illness", "yes"), (member + "c/illness_class", "chronic"),
      (member + "c/chronic", "diabetes"), (member + "c/illness_yuan", "3200"),
      ("four/emergency", "yes"), ("four/emergency_risk/emergency_kind", "other"),
      ("four/emergency_risk/emergency_date", "2026-11-20"), ("four/emergency_risk/emergency_urgency", "red"),
    ]).entities()
    let person = try #require(facts.first { $0.list == "person" })
    #expect(person.property("disability_kind") == "4" && person.property("disability_grade") == "2" && person.property("care_need") == "yes")
    #expect(person.property("labour") == "lost")
    #expect(person.property("illness_kinds") == "diabetes" && person.property("illness_out_of_pocket_fen") == "320000")
    func risk(_ section: String) -> EntityDeclaration? { facts.first { $0.list == "risk" && $0.property("section") == section } }
    #expect(risk("labour")?.property("cause") == "illness")
    let struck = try #require(risk("emergency"))
    #expect(struck.property("kind") == "other" && struck.property("date") == "2026-11-20" && struck.property("urgency") == "red")
  }

  @Test func whenNobodyWasMetOnlyTheReasonIsAsked() throws {
    var visit = try Self.visit([("heading/method", "not_met"), ("heading/not_met_reason", "away")])
    for path in ["heading/notice_read", "household", "four", "members", "economy", "secured", "needs_group", "signing"]
    {
      #expect(try !Self.isAsked(path, visit), "\(path)")
    }
    let violations = visit.validate()
    #expect(violations.isEmpty)
    visit.finish()
    #expect(visit.entities().map(\.list) == ["visit"])
  }

  /// What a whole household without difficulty must be asked, and no more: what a repeat visit stands on.
  @Test func requiredQuestionsAreFew() throws {
    let visit = try VisitForm.session()
    let required = visit.validate().map { $0.path.description.replacing("[1]", with: "") }
    #expect(
      required.map { String($0.dropFirst(Self.root.count)) } == [
        "heading/notice_read", "four/disability", "four/labour_loss", "four/illness", "four/emergency",
        "members/member/name", "members/member/id_kind_asked", "members/member/sex_asked", "members/member/birth_asked",
        "conclusion/result", "signing/signature",
      ])
  }

  @Test func sectionsWithCarriedAnswersAreAtMostEight() throws {
    let visit = try VisitForm.session()
    let sections = visit.outline.filter { $0.kind == .group && visit.attributes(at: $0.path)["section"] != nil }
    #expect(
      sections.map { visit.attributes(at: $0.path)["section"] ?? "" }.joined(separator: " ")
        == "抬头 户情 四项 成员 收支 保障 需求 结论 签字")
    let carried = sections.filter { section in
      visit.outline.contains { item in
        item.kind == .question && item.path.description.hasPrefix(section.path.description + "/")
          && visit.attributes(at: item.path)["carry"] == "carry"
      }
    }
    #expect(carried.count <= 8)
  }

  @Test(arguments: [("0", "全自理"), ("1", "半护理"), ("3", "半护理"), ("4", "全护理"), ("6", "全护理")])
  func careGradeCountsWhatCannotBeDoneAlone(_ fails: String, _ grade: String) throws {
    let items = ["eating", "dressing", "bed", "toilet", "walking", "washing"]
    var answers = [
      ("members/member[1]/id_number", "130599195003070030"), ("members/member[1]/self_care_gate", "some"),
    ]
    for (index, item) in items.enumerated() {
      let isFail = index < Int(fails) ?? 0
      answers.append(("members/member[1]/self_care/\(item)_asked", isFail ? index == 0 ? "help" : "unable" : "able"))
    }
    #expect(try Self.value("members/member[1]/self_care/self_care_grade", Self.visit(answers)) == grade)
  }

  @Test func noCareGradeBeforeAllSixAreAnswered() throws {
    let note = "members/member[1]/self_care/self_care_note"
    var answers = [
      ("members/member[1]/id_number", "130599195003070030"), ("members/member[1]/self_care_gate", "some"),
    ]
    for item in ["eating", "dressing", "bed", "toilet", "walking", "washing"] {
      #expect(try !Self.isAsked(note, Self.visit(answers)), "before \(item)")
      answers.append(("members/member[1]/self_care/\(item)_asked", "able"))
    }
    #expect(try Self.isAsked(note, Self.visit(answers)))
  }

  /// 自理六项 only from 60 on, or with a severe disability (grades 1 and 2; 3 of 智力 and 精神).
  @Test func selfCareIsAskedOfTheOldAndTheSeverelyDisabled() throws {
    let gate = "members/member[1]/self_care_gate"
    let young = [("four/disability", "yes"), ("members/member[1]/id_number", "130599200611240017")]
    #expect(try !Self.isAsked(gate, Self.visit(young)))
    #expect(try Self.isAsked(gate, Self.visit([("members/member[1]/id_number", "130599195003070030")])))
    let disabled = young + [("members/member[1]/a/has_disability", "yes")]
    for (kind, grade, isAsked) in [("4", "2", true), ("4", "3", false), ("6", "3", true), ("5", "4", false)] {
      let answers =
        disabled + [
          ("members/member[1]/a/disability_kind", kind), ("members/member[1]/a/disability_grade", grade),
        ]
      #expect(try Self.isAsked(gate, Self.visit(answers)) == isAsked, "\(kind) \(grade)")
    }
  }

  @Test func urgencyFollowsTheConclusionWhereItCan() throws {
    #expect(try Self.value("conclusion/urgency", Self.visit([("conclusion/result", "emergency")])) == "red")
    #expect(try Self.value("conclusion/urgency", Self.visit([("conclusion/result", "none")])) == "blue")
    let asked = try Self.visit([("conclusion/result", "suspected"), ("conclusion/urgency_asked", "orange")])
    #expect(try Self.value("conclusion/urgency", asked) == "orange")
  }

  @Test func aSignatureIsDoubtedWhereNoPrintedFormCarriesIt() throws {
    let signature = try #require(InstancePath(Self.root + "signing/signature"))
    for (kind, isDoubted) in [("signed", true), ("print", true), ("refused", false)] {
      let visit = try Self.visit([("signing/signature", kind)])
      #expect(visit.warnings(at: signature).isEmpty != isDoubted, "\(kind)")
    }
    let numbered = try Self.visit([("heading/form_number", "A-1"), ("signing/signature", "signed")])
    #expect(numbered.warnings(at: signature).isEmpty)
  }

  @Test func refusingToSignNeedsAReason() throws {
    let visit = try Self.visit([("heading/form_number", "A-1"), ("signing/signature", "refused")])
    #expect(visit.validate().contains { $0.path.description.hasSuffix("/signature_reason") })
    #expect(visit.entities().first { $0.list == "visit" }?.property("signature_form") == "A-1")
  }

  /// A new member's row begins as nobody's relative; the first one as head.
  @Test func theFirstMemberIsTheHead() throws {
    var visit = try VisitForm.session()
    visit.addRepeat(try #require(InstancePath(Self.root + "members/member")))
    #expect(try Self.value("members/member[1]/relation", visit) == "02")
    #expect(try Self.value("members/member[2]/relation", visit) == "")
  }

  /// What only some rules ask for is asked only where they may apply, and reaches the facts under the register's words.
  @Test func theScreeningsOwnQuestionsStandWhereTheyMatter() throws {
    let (severe, unsteady, rose) = (
      "four/emergency_risk/severe_difficulty", "economy/unstable_income", "economy/sudden_spending"
    )
    let plain = [("economy/income_collected", "yes"), ("household/has_schemes", "yes"), ("household/schemes", "temporary")]
    for path in [severe, unsteady, rose] { #expect(try !Self.isAsked(path, Self.visit(plain)), "\(path)") }
    let visit = try Self.visit([
      ("four/emergency", "yes"), (severe, "yes"), ("household/has_schemes", "yes"), ("household/schemes", "lb"),
      ("economy/income_collected", "yes"), (unsteady, "no"), ("economy/expense_gate", "yes"), (rose, "unknown"),
    ])
    let entities = visit.entities()
    #expect(entities.first { $0.list == "risk" }?.property("severe_difficulty") == "yes")
    let own = try #require(entities.first { $0.list == "visit" })
    #expect(own.property("unstable_income") == "no" && own.property("sudden_spending") == "unknown")
    let uncollected = try Self.visit([("household/has_schemes", "yes"), ("household/schemes", "lb")])
    for path in [unsteady, rose] { #expect(try !Self.isAsked(path, uncollected), "\(path): 收支 was not asked") }
  }

  @Test func moneyBecomesFen() throws {
    let visit = try Self.visit([
      ("economy/income_collected", "yes"), ("economy/income[1]/income_kind", "wage"),
      ("economy/income[1]/income_yuan", "0.29"),
    ])
    #expect(visit.entities().first { $0.list == "income" }?.property("amount_fen") == "29")
    var refused = visit
    let path = try #require(InstancePath(Self.root + "economy/income[1]/income_yuan"))
    for wrong in ["-1", "1.234"] { #expect(refused.answer(path, wrong) != .accepted, "\(wrong)") }
  }
}
