import Relief
import Testing

@Suite struct IdentityNumberTests {
  @Test(arguments: [
    ("13059919491003002X", "1949-10-03", IdentityNumber.Sex.female),
    ("130599195003070030", "1950-03-07", .male), ("130599196202280027", "1962-02-28", .female),
    ("130599196301010014", "1963-01-01", .male), ("130599200611240017", "2006-11-24", .male),
    ("130599201011230004", "2010-11-23", .female), ("130599201011240018", "2010-11-24", .male),
    ("130599202002290026", "2020-02-29", .female), ("13059919610101001X", "1961-01-01", .male),
  ])
  func goodNumbersGiveBirthAndSex(text: String, birth: String, sex: IdentityNumber.Sex) throws {
    let number = try IdentityNumber(text)
    #expect(number.birth.description == birth)
    #expect(number.sex == sex)
    #expect(number.masked == "**************" + text.suffix(4))
  }

  @Test func aSmallXIsTakenAsACapital() throws {
    #expect(try IdentityNumber("13059919491003002x").text == "13059919491003002X")
  }

  @Test(arguments: [
    ("130599194910030020", IdentityNumber.Fault.checksum), ("130599202102290029", .date),
    ("130599202013010020", .date), ("13059920200229002", .length(17)), ("1305992020022９0026", .length(18)),
    ("1305992020022A0026", .character(at: 14)), ("1305991949100300X2", .character(at: 17)),
    ("130599189910030029", .tooEarly), ("", .length(0)), ("130599491003002", .oldNumber),
  ])
  func badNumbersSayWhatIsWrong(text: String, fault: IdentityNumber.Fault) {
    #expect(throws: fault) { try IdentityNumber(text) }
  }

  @Test func nobodyIsBornAfterTheVisit() {
    let day = CivilDate("2020-02-28")
    #expect(throws: IdentityNumber.Fault.inTheFuture) { try IdentityNumber("130599202002290026", on: day) }
  }

  @Test func anOldNumberIsConvertedOnlyWhenAsked() throws {
    let number = try IdentityNumber.converting(old: "130599491003002")
    #expect(number.text == "13059919491003002X")
    #expect(throws: IdentityNumber.Fault.character(at: 3)) { try IdentityNumber.converting(old: "13x599491003002") }
  }

  @Test func anUnknownRegionIsNoReasonToRefuse() throws {
    #expect(try IdentityNumber("13059919491003002X").provinceIsKnown)
    #expect(try !IdentityNumber("99059919491003002X").provinceIsKnown)
  }

  @Test func certificateHoldsKindAndGrade() {
    let certificate = DisabilityCertificate("13059919491003002x42B1")
    #expect(certificate?.text == "13059919491003002X42B1")
    #expect(certificate?.kind == 4)
    #expect(certificate?.grade == 2)
    for bad in ["13059919491003002X", "13059919491003002X82", "13059919491003002X45", "13059919491003002X42B", ""] {
      #expect(DisabilityCertificate(bad) == nil)
    }
  }
}
