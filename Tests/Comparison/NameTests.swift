import Comparison
import Testing

/// Without a number: name, birth and village.
@Suite struct NameTests {
  let desk = Desk([
    Someone("130599195003070030", "李秀英", "19500307", east), Someone("", "买买提·吐尔逊", "19810102", east),
    Someone("", "闫伟", "19700501", west), Someone("", "张䶮", "19720501", west), Someone("", "陈晴晴", "19730501", west),
    Someone("", "高峯", "19740501", west),
  ])

  @Test(arguments: [
    (Someone("", "李秀英", "1950-03-07", east), 100, 85, Reasons.name), (Someone("", "李 秀 英", "1950年3月7日", east), 100, 80, .nameVariant),
    (Someone("", "李秀瑛", "1950/3/7", east), 100, 70, .nameHomophone), (Someone("", "李xiu英", "1950.3.7", east), 100, 70, .nameHomophone),
    (Someone("", "李?英", "19500307", east), 100, 65, .nameUnclear), (Someone("", "李???英", "19500307", east), 100, 65, .nameUnclear),
    (Someone("", "李〇英", "19500307", east), 100, 65, .nameUnclear), (Someone("", "李（生僻字）英", "19500307", east), 100, 65, .nameUnclear),
    (Someone("", "买买提•吐尔逊", "19810102", east), 101, 80, .nameVariant), (Someone("", "买买提．吐尔逊", "19810102", east), 101, 80, .nameVariant),
    (Someone("", "买买提・吐尔逊", "19810102", east), 101, 80, .nameVariant), (Someone("", "买买提吐尔逊", "19810102", east), 101, 80, .nameVariant),
    (Someone("", "阎伟", "19700501", west), 102, 75, .nameSurname), (Someone("", "张\u{E82A}", "19720501", west), 103, 65, .nameUnclear),
    (Someone("", "张炎", "19720501", west), 103, 70, .nameHomophone),
    (Someone("", "陈睛晴", "19730501", west), 104, 65, .nameLookAlike), (Someone("", "高峰", "19740501", west), 105, 80, .nameVariant),
  ] as [(Someone, UInt32, UInt8, Reasons)])
  func namesThatMeanOnePersonAreSimilar(row: Someone, person: UInt32, score: UInt8, reason: Reasons) {
    let finding = desk.finding(row)
    #expect(finding?.outcome == .similar)
    #expect(finding?.person == person)
    #expect(finding?.score == score)
    #expect(finding?.reasons == [reason, .birth, .village])
    #expect(finding?.isAmbiguous == false)
  }

  @Test(arguments: [
    Someone("", "李秀荣", "19500307", east),  // a sister
    Someone("", "李秀英", "19500308", east), Someone("", "李秀英", "19500307", west), Someone("", "李秀英", "", east),
    Someone("", "李秀", "19500307", east), Someone("", "", "19500307", east), Someone("", "李??秀英", "19500307", east),
    Someone("", "李??", "19500307", east), Someone("", "李?瑛", "19500307", east), Someone("", "阎伟强", "19700501", west),
    Someone("", "陈睛睛", "19730501", west),  // two characters
    Someone("", "李秀英", "19501307", east), Someone("", "李秀英", "50.3.7.1", east),
  ])
  func whatOnlyNearlyAgreesIsNobody(row: Someone) {
    #expect(desk.outcome(row) == .unmatched)
  }

  @Test func theBirthMayComeOutOfANumberThatIsDamaged() {
    let finding = desk.finding(Someone("130599195003070988", "李秀英", "", east))
    #expect(finding?.reasons == [.numberDamaged, .name, .birth, .village])
    #expect(finding?.score == 80)
  }

  /// 姓名同证件异.
  @Test func anotherValidNumberSpeaksAgainst() {
    let other = number("19500307", 777)
    #expect(desk.finding(Someone(other, "李秀英", "", east))?.reasons == [.numberDiffers, .name, .birth, .village])
    #expect(desk.finding(Someone(other, "李秀英", "", east))?.score == 60)
    #expect(desk.outcome(Someone(other, "李秀瑛", "", east)) == .unmatched)
    #expect(desk.outcome(Someone(other, "李秀英", "", "")) == .unmatched)
  }

  @Test(arguments: [
    ("", 65), ("130599100", 75), ("130599100000", 75), ("东庄村", 65), ("130599", 65), ("130599200", 0), ("130598", 0),
  ] as [(String, UInt8)])
  func lessThanAVillageIsWorthLess(village: String, score: UInt8) {
    #expect(desk.finding(Someone("", "李秀英", "19500307", village))?.score ?? 0 == score)
  }

  @Test func aSoundIsNotEnoughWithoutAPlace() {
    #expect(desk.outcome(Someone("", "李秀瑛", "19500307", "")) == .unmatched)
    #expect(desk.finding(Someone("", "李秀瑛", "19500307", "130599100"))?.score == 60)
  }

  @Test func twoWhoMayBeMeantAreBothNamed() {
    let desk = Desk([
      Someone("", "王伟", "19900101", east), Someone("", "王玮", "19900101", east), Someone("", "王芳", "19900101", east),
      Someone("", "王伟", "19900101", west),
    ])
    let answer = desk.answer([Someone("", "王伟", "19900101", east)])
    #expect(answer.findings.map(\.person) == [100, 101])
    #expect(answer.findings.map(\.score) == [85, 70])
    #expect(answer.findings.allSatisfy { $0.isAmbiguous })
  }

  @Test func whatIsFarBehindTheBestIsNotNamed() {
    let desk = Desk([Someone(number("19900101", 1), "王伟", "", east), Someone(number("19900101", 2), "王玮", "", east)])
    var text = Array(number("19900101", 1))
    text[17] = text[17] == "0" ? "1" : "0"
    let answer = desk.answer([Someone(String(text), "王伟", "", east)])
    #expect(answer.findings.map(\.person) == [100])
    #expect(answer.findings[0].isAmbiguous == false)
  }
}

@Suite struct HostileTests {
  /// Everybody born on 1 January 1900, as in a register nobody filled in.
  @Test func aThousandOfOneNameBirthAndVillageStayCheap() {
    let crowd = Array(repeating: Someone("", "王伟", "19000101", east), count: 3_000)
    let others = "孙晴 李芳 赵强 钱多 周玉 吴刚 郑和 冯春 陈诺 杨光".split(separator: " ").map { Someone("", String($0), "19000101", east) }
    let desk = Desk(crowd + others)
    var answer = Answer(for: desk.comparer.population)
    let spent = ContinuousClock().measure { answer = desk.answer(crowd + others) }
    #expect(answer.findings.prefix { $0.line < 3_002 }.count == 3_000 * ComparisonLimits.candidatesMax)
    #expect(answer.findings.suffix(others.count).map(\.person) == (3_100..<3_110).map { UInt32($0) })
    #expect(answer.cutLines.count == 3_010)
    #expect(spent < .seconds(30))
  }

  @Test func aNumberThatManyShareIsCut() {
    let desk = Desk((0..<1_000).map { _ in Someone("130599195003070030", "李秀英") })
    let answer = desk.answer([Someone("130599195003070030", "李秀英"), Someone("130599195003070031", "李秀英")])
    #expect(answer.findings.filter { $0.line == 2 }.count == ComparisonLimits.personsOfNumberMax)
    #expect(answer.findings.filter { $0.line == 3 }.count == ComparisonLimits.candidatesMax)
    #expect(answer.cutLines == [2, 3])
  }

  @Test func howManyWrongNumbersOfTheRegisterWereNotRepairedIsKnown() {
    var population = Population()
    for (label, name) in ["甲", "乙", "丙"].enumerated() {
      population.add(number: "130599195003070031", name: name, birth: "", village: "", label: UInt32(label))
    }
    #expect(Comparer(population).unrepairedPersons == 0)
    #expect(Comparer(population, repairedPersonsMax: 1).unrepairedPersons == 2)
    #expect(Comparer(population, similar: false, repairedPersonsMax: 1).unrepairedPersons == 0, "nothing is looked for")
  }

  @Test func anyBytesAreARow() {
    let desk = Desk([Someone("130599195003070030", "李秀英", "19500307", east), Someone("", "", "", "")])
    var random = Seeded(state: 7)
    for _ in 0..<3_000 {
      let bytes = (0..<64).map { _ in [0x30, 0x58, 0xE6, 0xEF, 0xBC, 0x99, 0xFF, 0xF0, 0x3F, 0x2E].randomElement(using: &random)! as UInt8 }
      func cell() -> Cell { Cell(start: .random(in: 0..<80, using: &random), length: .random(in: 0..<80, using: &random)) }
      let rows = (0..<3).map { ListRow(line: $0, number: cell(), name: cell(), birth: cell(), village: cell()) }
        + [ListRow(line: 3, number: Cell(start: .max, length: .max), name: Cell(start: 1, length: .max))]
      var answer = Answer(for: desk.comparer.population)
      desk.comparer.compare(rows, in: bytes.span, into: &answer)
      #expect(answer.outcomes.count == 4)
      #expect(answer.findings.allSatisfy { $0.person != 101 })
    }
  }

  @Test func aCellThatIsTooLongIsNotRead() {
    let desk = Desk([Someone("130599195003070030", "李秀英", "19500307", east)])
    #expect(desk.outcome(Someone(String(repeating: " ", count: 200) + "130599195003070030", "李秀英")) == .matched)
    #expect(desk.outcome(Someone(String(repeating: " ", count: 300) + "130599195003070030", "李秀英")) == .unmatched)
    #expect(desk.outcome(Someone("", String(repeating: "李秀英", count: 30), "19500307", east)) == .unmatched)
  }
}

/// The same numbers in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}
