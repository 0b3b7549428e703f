import Relief
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: ["2024", "2024-02", "2024-02-29", "1000-01-01", "9999-12-31"])
  func whatIsReadIsWrittenTheSame(text: String) { #expect(CivilDate(text)?.description == text) }

  @Test(arguments: ["", "24", "2023-02-29", "2024-13", "2024-00-01", "2024-1-1", "2024/01/01", "２０２４", "0999"])
  func whatIsNoDateIsRefused(text: String) { #expect(CivilDate(text) == nil) }

  @Test func dayNumbersCountFrom1970AndComeBack() {
    #expect(CivilDate("1970-01-01")?.dayNumber == 0)
    #expect(CivilDate("2000-03-01")?.dayNumber == 11_017)
    for number in stride(from: -354_285, through: 2_932_896, by: 997) {
      #expect(CivilDate(dayNumber: number)?.dayNumber == number)
    }
    #expect(CivilDate(dayNumber: 2_932_897) == nil)
  }

  @Test func anAgeIsCompletedYears() {
    let birth = CivilDate("1966-11-24")
    #expect(birth?.age(on: CivilDate("2026-11-23") ?? CivilDate.today) == 59)
    #expect(birth?.age(on: CivilDate("2026-11-24") ?? CivilDate.today) == 60)
    #expect(CivilDate("1966-11")?.age(on: CivilDate.today) == nil)
    #expect(CivilDate("2027-01-01")?.age(on: CivilDate.today) == nil)
    // Born on 29 February: a year older on 1 March of ordinary years.
    let leap = CivilDate("2020-02-29")
    #expect(leap?.age(on: CivilDate(year: 2025, month: 2, day: 28) ?? CivilDate.today) == 4)
    #expect(leap?.age(on: CivilDate(year: 2025, month: 3, day: 1) ?? CivilDate.today) == 5)
  }

  @Test func theLessExactDateSortsFirst() {
    let sorted = ["2024-02-01", "2024-02", "2024", "2023-12-31"].compactMap { CivilDate($0) }.sorted()
    #expect(sorted.map(\.description) == ["2023-12-31", "2024", "2024-02", "2024-02-01"])
  }
}

extension CivilDate {
  /// The day of the made-up village.
  static var today: CivilDate { CivilDate(dayNumber: 20_781) ?? CivilDate.today }
}

@Suite struct SmallValueTests {
  @Test func phones() {
    #expect(Phone("13800000000")?.kind == .mobile)
    #expect(Phone("0319-6660000")?.kind == .landline)
    #expect(Phone("03196660000")?.kind == .landline)
    for bad in ["12800000000", "1380000000", "138000000000", "0319-666000", "", "无", "1３800000000"] {
      #expect(Phone(bad) == nil)
    }
    #expect(Phone("13800001234")?.masked == "*******1234")
  }

  @Test(arguments: [("0", 0), ("12", 1200), ("12.5", 1250), ("0.05", 5), ("99999999999999", 9_999_999_999_999_900)])
  func yuanBecomesFen(text: String, fen: Int64) { #expect(Money(yuan: text)?.fen == fen) }

  @Test(arguments: ["", ".", "1.", ".5", "1.234", "-1", "+1", "1e3", "1,000", "１", "999999999999999", "1.2.3"])
  func whatIsNoMoneyIsRefused(text: String) { #expect(Money(yuan: text) == nil) }

  @Test func moneyIsWrittenAsYuanAndNeverOverflows() {
    #expect(Money(fen: -105).yuan == "-1.05")
    #expect(Money(fen: 1200).yuan == "12")
    #expect(Money(fen: .max).adding(Money(fen: 1)) == nil)
    #expect(Money(fen: .min).yuan == "-92233720368547758.08")
  }

  @Test func everyMiddleDotBecomesOne() throws {
    for dot in [".", "•", "‧", "∙", "⋅", "・", "．", "･"] {
      let name = try PersonName("买买提\(dot)艾力")
      #expect(name.text == "买买提·艾力")
      #expect(name.wasNormalized)
    }
    #expect(try !PersonName("买买提·艾力").wasNormalized)
    #expect(try PersonName(" 李秀英 ").text == "李秀英")
    #expect(try PersonName("𠮷野").text == "𠮷野")
  }

  @Test func namesWithDigitsBlanksOrSignsAreRefused() {
    #expect(throws: PersonName.Fault.character(at: 2)) { try PersonName("李4英") }
    #expect(throws: PersonName.Fault.character(at: 2)) { try PersonName("李 英") }
    #expect(throws: PersonName.Fault.character(at: 1)) { try PersonName("·李英") }
    #expect(throws: PersonName.Fault.length(1)) { try PersonName("李") }
    #expect(throws: PersonName.Fault.length(26)) { try PersonName(String(repeating: "李", count: 26)) }
  }

  @Test func divisionsContainWhatBeginsWithThem() {
    let village = Division("130599100201")
    #expect(village?.level == .village)
    #expect(village?.parent == Division("130599100"))
    #expect(Division("130599")?.contains(Division("130599100201") ?? .everywhere) == true)
    #expect(Division("130599100")?.contains(Division("130599") ?? .everywhere) == false)
    for bad in ["1", "13059910", "1305991002011", "13059A", "１３"] { #expect(Division(bad) == nil) }
  }

  @Test func theDivisionOfSeveralIsTheNarrowestThatHoldsThem() {
    func common(_ codes: String...) -> String? { Division.common(codes.compactMap { Division($0) })?.code }
    #expect(common("130599100201") == "130599100201")
    #expect(common("130599100201", "130599100202") == "130599100")
    #expect(common("130599100", "130599101201") == "130599")
    #expect(common("130599100", "130599100201") == "130599100")
    #expect(common("130599", "440000000") == "")
    #expect(common() == nil)
  }

  @Test func nothingInScopeMeansNothing() {
    let village = Division("130599100201") ?? .everywhere
    let other = Division("130599100202") ?? .everywhere
    let county = Division("130599") ?? .everywhere
    #expect(!Scope(divisions: []).allows(division: village, household: "h"))
    let cadre = Scope(divisions: [village])
    #expect(cadre.allows(division: village, household: "h"))
    #expect(!cadre.allows(division: other, household: "h"))
    // What is published for the whole county is for everybody in it; a household filed there is not.
    #expect(cadre.allows(division: county))
    #expect(!cadre.allows(division: county, household: "h"))
    let visitor = Scope(divisions: [village], households: ["a"])
    #expect(visitor.allows(division: village, household: "a"))
    #expect(!visitor.allows(division: village, household: "h"))
  }

  @Test func idsAreVersion7AndNeverGoBack() {
    var maker = UUIDv7Maker()
    let first = maker.make(milliseconds: 0x0123_4567_89AB, random: { 0 })
    #expect(first == "01234567-89ab-7000-8000-000000000000")
    // The clock was set back: the time part stays.
    let second = maker.make(milliseconds: 5, random: { .max })
    #expect(second == "01234567-89ab-7fff-bfff-ffffffffffff")
    #expect(uuidV4(random: { .max }) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
  }
}

extension Division {
  static var everywhere: Division { Division("") ?? .everywhere }
}
