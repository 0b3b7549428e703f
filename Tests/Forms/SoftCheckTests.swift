import Testing
import XForm

/// Unlikely is not impossible: a soft check says so and lets the answer stand.
@Suite struct SoftCheckTests {
  private static let head = "/household-visit/members/member[1]/"
  private static let second = "/household-visit/members/member[2]/"

  /// Answers in order; gives the messages at the last path.
  private static func warnings(_ answers: [(String, String)]) throws -> [String?] {
    var visit = try VisitForm.session()
    visit.addRepeat(try #require(InstancePath("/household-visit/members/member")))
    for (path, value) in answers {
      let outcome = visit.answer(try #require(InstancePath(path)), value)
      #expect(outcome == .accepted, "\(path)")
    }
    return visit.warnings(at: try #require(InstancePath(answers.last?.0 ?? ""))).map(\.message)
  }

  @Test func oneNumberForTwoPeopleIsDoubtful() throws {
    let number = "130599196301010014"
    #expect(try Self.warnings([(Self.head + "id_number", number)]).isEmpty)
    let twice = try Self.warnings([(Self.head + "id_number", number), (Self.second + "id_number", number)])
    #expect(twice == ["地区码少见或号码重复：请核对"])
  }

  @Test func twoHeadsOrTwoSpousesAreDoubtful() throws {
    #expect(try Self.warnings([(Self.second + "relation", "10")]).isEmpty)
    #expect(try Self.warnings([(Self.second + "relation", "02")]).count == 1)
    #expect(try Self.warnings([(Self.head + "relation", "10"), (Self.second + "relation", "10")]).count == 1)
    #expect(try Self.warnings([(Self.head + "relation", "70"), (Self.second + "relation", "70")]).isEmpty)
  }

  @Test func aHealthyAdultWithoutLabourIsDoubtful() throws {
    let adult = (Self.head + "id_number", "130599200611240017")
    #expect(try Self.warnings([adult, (Self.head + "labour", "ordinary")]).isEmpty)
    #expect(try Self.warnings([adult, (Self.head + "labour", "none")]).count == 1)
    let ill = [("/household-visit/four/illness", "yes"), adult, (Self.head + "c/has_illness", "yes")]
    #expect(try Self.warnings(ill + [(Self.head + "labour", "none")]).isEmpty)
    let old = (Self.head + "id_number", "130599195003070030")
    #expect(try Self.warnings([old, (Self.head + "labour", "none")]).isEmpty)
  }

  @Test func aCertificateOfSomebodyElseIsDoubtful() throws {
    let disabled = [
      ("/household-visit/four/disability", "yes"), (Self.head + "id_number", "130599196301010014"),
      (Self.head + "a/has_disability", "yes"), (Self.head + "a/has_certificate", "yes"),
    ]
    let certificate = Self.head + "certificate_other"
    #expect(try Self.warnings(disabled + [(certificate, "13059919630101001441")]).isEmpty)
    #expect(try Self.warnings(disabled + [(certificate, "13059919630101001441B1")]).isEmpty)
    #expect(try Self.warnings(disabled + [(certificate, "130599196301010014")]).count == 1)
    #expect(try Self.warnings(disabled + [(certificate, "13059919950307003041")]).count == 1)
  }

  @Test func aYearlyIncomeUnderAHundredYuanIsDoubtful() throws {
    let collected = ("/household-visit/economy/income_collected", "yes")
    let amount = "/household-visit/economy/income[1]/income_yuan"
    #expect(try Self.warnings([collected, (amount, "3.6")]).count == 1)
    #expect(try Self.warnings([collected, (amount, "0")]).isEmpty)
    #expect(try Self.warnings([collected, (amount, "36000")]).isEmpty)
  }

  @Test func noHardshipBesideAnEmergencyIsDoubtful() throws {
    let result = ("/household-visit/conclusion/result", "none")
    #expect(try Self.warnings([("/household-visit/four/emergency", "no"), result]).isEmpty)
    #expect(try Self.warnings([("/household-visit/four/emergency", "yes"), result]) == ["有急难却未发现困难：请核对"])
  }
}
