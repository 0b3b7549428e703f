import Comparison
import Testing

@Suite struct NumberTests {
  let desk = Desk([
    Someone("130599195003070030", "李秀英", "19500307", east), Someone("13059919491003002X", "王建国", "19491003", east),
    Someone("", "赵四", "19600101", west),
  ])

  @Test(arguments: [
    "130599195003070030", " 130599195003070030 ", "'130599195003070030", "１３０５９９１９５００３０７００３０", "130599 19500307 0030",
    "\u{FEFF}130599195003070030\t", "‘130599195003070030", "130599500307003",
  ])
  func theSameNumberIsFoundInEveryWriting(text: String) {
    let finding = desk.finding(Someone(text, "李秀英"))
    #expect(finding?.person == 100)
    #expect(finding?.outcome == .matched)
    #expect(finding?.reasons == [.number, .name])
  }

  @Test(arguments: ["13059919491003002X", "13059919491003002x", "13059919491003002Ｘ", "13059919491003002ｘ", "130599491003002"])
  func xIsOneCharacterSmallOrLarge(text: String) {
    #expect(desk.finding(Someone(text, "王建国"))?.person == 101)
    #expect(desk.outcome(Someone(text, "王建国")) == .matched)
  }

  @Test(arguments: [
    "", "   ", "无", "13059919500307003", "1305991950030700300", "130599195003X70030", "1.30599E+17", "130599050307003",
    "000000000000000000", "111111111111111111", "护照G1234567",
  ])
  func whatIsNoOrAnotherNumberFindsNobody(text: String) {
    #expect(desk.outcome(Someone(text, "李秀英")) == .unmatched)
  }

  /// What is typed where a form insists on a number joins nobody.
  @Test(arguments: ["111111111111111111", "000000000000000000", "012345678901234567"]) func aFillerIsNobodysNumber(text: String) {
    let desk = Desk([Someone(text, "李秀英"), Someone(text, "王建国")])
    #expect(desk.outcome(Someone(text, "李秀英")) == .unmatched)
  }

  @Test func anotherNameUnderTheNumberIsAFindingOfItsOwn() {
    #expect(desk.outcome(Someone("130599195003070030", "李秀荣")) == .matchedOtherName)
    #expect(desk.finding(Someone("130599195003070030", "李秀荣"))?.reasons == [.number, .nameOneCharacter])
    #expect(desk.outcome(Someone("130599195003070030", "李 秀英")) == .matched)
    #expect(desk.finding(Someone("130599195003070030", "李 秀英"))?.reasons == [.number, .nameVariant])
    #expect(desk.finding(Someone("130599195003070030", ""))?.reasons == [.number, .nameMissing])
  }

  @Test func aWrongCheckCharacterIsSimilarOnly() {
    let finding = desk.finding(Someone("130599195003070031", "李秀英"))
    #expect(finding?.outcome == .similar)
    #expect(finding?.reasons == [.numberButCheck, .name, .birth])
    #expect(finding?.score == 95)
    #expect(desk.outcome(Someone("130599195003070031", "张三丰")) == .similar)
  }

  @Test func withoutSimilarOnlyTheWholeNumberCounts() {
    let desk = Desk([Someone("130599195003070030", "李秀英")], similar: false)
    #expect(desk.outcome(Someone("130599195003070031", "李秀英")) == .unmatched)
    #expect(desk.outcome(Someone("130599195003070030", "李秀英")) == .matched)
  }

  /// 李秀荣 first, so that the order of the register decides nothing; one without a name; and one who is not of the number.
  private static let shared = Desk([
    Someone("130599195003070030", "李秀荣"), Someone("130599196202280027", "钱多"), Someone("130599500307003", "李秀英"),
    Someone("130599195003070030", ""),
  ])

  @Test(arguments: ["李秀英", "李 秀英"]) func ofTwoPersonsOfOneNumberTheNamedOneIsExactAndTheOtherSimilar(name: String) {
    let answer = Self.shared.answer([Someone("130599195003070030", name)])
    #expect(answer.findings.map(\.person) == [102, 100, 103])
    #expect(answer.findings.map(\.outcome) == [.matched, .similar, .similar])
    #expect(answer.findings.map(\.score) == [100, 60, 60] && answer.findings.allSatisfy { !$0.isAmbiguous })
    #expect(answer.outcomes == [.matched])
    let population = Self.shared.comparer.population
    #expect(population.unmatched(by: answer, countingSimilar: false) == [100, 101, 103])
    #expect(population.unmatched(by: answer, countingSimilar: true) == [101])
  }

  @Test func twoPersonsOfOneNumberWhomNoNameTellsApartAreBothReported() {
    for name in ["", "王二"] {
      let answer = Self.shared.answer([Someone("130599195003070030", name)])
      #expect(answer.findings.map(\.person) == [100, 102, 103] && answer.findings.allSatisfy { $0.isAmbiguous && $0.score == 100 })
      #expect(answer.findings.map(\.outcome) == (name.isEmpty ? [.matched, .matched, .matched] : [.matchedOtherName, .matchedOtherName, .matched]))
      #expect(Self.shared.comparer.population.unmatched(by: answer, countingSimilar: false) == [101])
    }
    let twins = Desk([Someone("130599195003070030", "李秀英"), Someone("130599195003070030", "李秀英"), Someone("130599195003070030", "王二")])
    let answer = twins.answer([Someone("130599195003070030", "李秀英")])
    #expect(answer.findings.map(\.outcome) == [.matched, .matched, .similar] && answer.findings.allSatisfy(\.isAmbiguous))
  }

  @Test func onePersonInManyRowsIsReportedInEach() {
    let answer = desk.answer(Array(repeating: Someone("130599195003070030", "李秀英"), count: 200))
    #expect(answer.findings.map(\.line) == (2..<202).map(UInt32.init))
    #expect(answer.findings.allSatisfy { $0.person == 100 && !$0.isAmbiguous })
  }

  @Test func whoWasNotMatchedIsKnown() {
    let answer = desk.answer([Someone("130599195003070030", "李秀英"), Someone("", "赵四", "1960-1-1", west)])
    #expect(desk.comparer.population.unmatched(by: answer, countingSimilar: false) == [101, 102])
    #expect(desk.comparer.population.unmatched(by: answer, countingSimilar: true) == [101])
  }

  @Test func answersOfPartsAreOneAnswer() {
    var first = desk.answer([Someone("130599195003070030", "李秀英")])
    let second = desk.answer([Someone("130599000101000", "李"), Someone("13059919491003002X", "王建国")])
    first.append(second)
    #expect(first.outcomes == [.matched, .unmatched, .matched])
    #expect(first.findings.map(\.person) == [100, 101])
    #expect(desk.comparer.population.unmatched(by: first, countingSimilar: false) == [102])
  }
}

/// One fault in the number: only one of the two numbers can be right.
@Suite struct NumberFaultTests {
  let desk = Desk([Someone("130599196202280027", "刘志强", "", east), Someone(number("19800512", 123), "刘志强", "", west)])

  @Test func oneWrongDigitIsFoundWhereverItStands() {
    let right = Array("130599196202280027")
    var found = 0
    for place in 0..<17 {
      for digit in "0123456789" where digit != right[place] {
        var text = right
        text[place] = digit
        // Nobody's number begins with 0.
        if place == 0 && digit == "0" { continue }
        let finding = desk.finding(Someone(String(text), "刘志强"))
        #expect(finding?.person == 100 && finding?.outcome == .similar)
        #expect(finding?.reasons.contains(.numberOneDigit) == true)
        found += 1
      }
    }
    #expect(found == 17 * 9 - 1)
  }

  @Test func twoNeighboursThatChangedPlacesAreFound() {
    let right = Array("130599196202280027")
    for place in 0..<16 where right[place] != right[place + 1] {
      var text = right
      text.swapAt(place, place + 1)
      if text[0] == "0" { continue }
      let finding = desk.finding(Someone(String(text), "刘志强"))
      #expect(finding?.person == 100)
      #expect(finding?.reasons.contains(.numberSwapped) == true)
    }
  }

  @Test func twoWrongDigitsAreAnotherNumber() {
    #expect(desk.outcome(Someone("130599196202291027", "刘志强")) == .unmatched)
  }

  /// Brothers are registered one after the other: both numbers are valid.
  @Test func aValidNumberIsNoTypingFault() {
    #expect(desk.outcome(Someone(number("19620228", 3), "刘志强")) == .unmatched)
  }

  @Test func theNameMustAgree() {
    #expect(desk.finding(Someone("130599196202280127", "刘志强"))?.score == 90)
    #expect(desk.finding(Someone("130599196202280127", "刘智强"))?.score == 80)
    #expect(desk.outcome(Someone("130599196202280127", "孙悟空")) == .unmatched)
    #expect(desk.outcome(Someone("130599196202280127", "刘志刚")) == .unmatched)
    #expect(desk.finding(Someone("130599196202280127", "刘志刚", "", east))?.score == 65)
    #expect(desk.finding(Someone("130599196202280127", "", "", east))?.score == 60)
    #expect(desk.outcome(Someone("130599196202280127", "", "", west)) == .unmatched)
  }

  @Test func theFaultMayBeTheRegisters() {
    let desk = Desk([Someone("130599196202280127", "刘志强")])
    #expect(desk.finding(Someone("130599196202280027", "刘志强"))?.reasons.contains(.numberOneDigit) == true)
    #expect(desk.outcome(Someone("130599196202280027", "孙悟空")) == .unmatched)
  }
}
