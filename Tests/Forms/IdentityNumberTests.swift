import Testing
import XForm

/// The form itself knows a citizen's number (GB 11643-1999), so that a phone refuses what the laptop refuses.
@Suite struct IdentityNumberTests {
  private static let member = "/household-visit/members/member[1]"

  private static func outcome(_ number: String, on day: String = "2026-11-24") throws -> AnswerOutcome {
    var visit = try VisitForm.session()
    let date = try #require(InstancePath("/household-visit/heading/visit_date"))
    #expect(visit.answer(date, day) == .accepted)
    return visit.answer(try #require(InstancePath(member + "/id_number")), number)
  }

  @Test(arguments: [
    "13059919491003002X", "130599195003070030", "130599196202280027", "130599196301010014", "130599200611240017",
    "130599201011230004",
    "130599201011240018", "130599202002290026", "13059919610101001X", "130525190001010002", "130525190001010010",
    "13052519000101007X",
    "13059919491003002x",
  ]) func rightNumbersAreAccepted(_ number: String) throws {
    #expect(try Self.outcome(number) == .accepted)
  }

  @Test(arguments: [
    "130599195003070031",  // check character
    "130599202102290012",  // no such day
    "130599190002290017",  // 1900 was no leap year
    "130599195013070030",  // month 13
    "130599195004310030",  // 31 April
    "13059919500307003",  // 17 characters
    "1305991950030700300",  // 19
    "１３０５９９１９５００３０７００３０",  // full-width: the screen folds it, the form does not guess
    "13059919500307A030",  // a letter inside
    "030599195003070030",  // no region begins with 0
    "130599185003070030",  // 1850
  ]) func wrongNumbersAreRefused(_ number: String) throws {
    guard case .constraintViolated(let message) = try Self.outcome(number) else {
      Issue.record("accepted")
      return
    }
    #expect(message == "身份证号不对：请核对18位号码")
  }

  @Test func nobodyIsBornAfterTheVisit() throws {
    #expect(try Self.outcome("130599201011240018", on: "2010-11-24") == .accepted)
    #expect(try Self.outcome("130599201011240018", on: "2010-11-23") != .accepted)
  }

  @Test func theNumberAnswersSexBirthAndAge() throws {
    var visit = try VisitForm.session()
    let number = try #require(InstancePath(Self.member + "/id_number"))
    let value = { (name: String) in InstancePath(Self.member + "/" + name).flatMap { visit.value(at: $0) } }
    for (typed, sex, birth, age) in [
      ("13059919491003002x", "2", "1949-10-03", "77"), ("130599200611240017", "1", "2006-11-24", "20"),
    ] {
      #expect(visit.answer(number, typed) == .accepted)
      #expect(value("id_number_upper") == typed.uppercased())
      #expect(value("sex") == sex)
      #expect(value("birth") == birth)
      #expect(value("age") == age)
    }
    let asked = try #require(InstancePath(Self.member + "/sex_asked"))
    #expect(!visit.isRelevant(asked))
    #expect(visit.answer(number, "") == .accepted)
    #expect(visit.isRelevant(asked))
  }

  /// A person is a year older on the birthday; who was born on 29 February, on 1 March.
  @Test(arguments: [
    ("130599200611240017", "2026-11-23", "19"), ("130599200611240017", "2026-11-24", "20"),
    ("130599202002290026", "2026-02-28", "5"),
    ("130599202002290026", "2026-03-01", "6"),
  ]) func ageIsThatOfTheDayOfTheVisit(_ number: String, _ day: String, _ age: String) throws {
    var visit = try VisitForm.session()
    #expect(visit.answer(try #require(InstancePath("/household-visit/heading/visit_date")), day) == .accepted)
    #expect(visit.answer(try #require(InstancePath(Self.member + "/id_number")), number) == .accepted)
    #expect(visit.value(at: try #require(InstancePath(Self.member + "/age"))) == age)
  }
}
