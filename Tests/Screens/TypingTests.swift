// Dates, folding and choices: what typing means, without a form.

import Testing
import XForm

@testable import Screens

@Suite struct TypedDateTests {
  @Test(arguments: [
    ("19620228", "1962-02-28"), ("620228", "1962-02-28"), ("260228", "2026-02-28"), ("271124", "2027-11-24"),
    ("271125", "1927-11-25"), ("1031", "2026-10-31"), ("2000-2-29", "2000-02-29"), ("1962.2.28", "1962-02-28"),
    ("1962年2月28日", "1962-02-28"),
  ])
  func reads(_ typed: String, _ date: String) {
    #expect(TypedDate(typed, today: "2026-11-24")?.description == date)
  }

  @Test(arguments: [
    "", "1", "19620230", "20261301", "62022", "1962-02", "abcd", "123456789", "99999999999999999999", "0000",
  ])
  func refuses(_ typed: String) {
    #expect(TypedDate(typed, today: "2026-11-24") == nil)
  }

  @Test(arguments: [
    ("2019", "2019"), ("201903", "2019-03"), ("2019-3", "2019-03"), ("20190312", "2019-03-12"),
    ("2019.3.12", "2019-03-12"),
  ])
  func readsWhatIsPartlyKnown(_ typed: String, _ date: String) {
    #expect(TypedDate.partial(typed) == date)
  }

  @Test(arguments: ["19", "201913", "2019-02-30", "9999999999", "x"]) func refusesPartial(_ typed: String) {
    #expect(TypedDate.partial(typed) == nil)
  }

  @Test func fullWidthDigitsAreDigits() {
    #expect(FieldKind.date.value(of: "１９６２０２２８", today: "2026-11-24") == .value("1962-02-28"))
    #expect(FieldKind.decimal.value(of: "１２。５", today: "2026-11-24") == .value("12.5"))
    #expect(FieldKind.whole.value(of: "012", today: "2026-11-24") == .value("12"))
    #expect(FieldKind.whole.value(of: "99999999999999999999", today: "2026-11-24") == .wrong(.notWhole))
  }

  @Test func namesAreNeverFoldedButTheirDotIsOne() {
    #expect(FieldKind.name.value(of: "Ａ阿卜杜拉•买买提 ", today: "") == .value("Ａ阿卜杜拉·买买提"))
    #expect(FieldKind.text.value(of: "１２号", today: "") == .value("１２号"))
  }
}

@Suite struct ChoiceListTests {
  static let relations = ChoiceList(
    ["户主", "配偶", "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子", "之外孙女", "之父", "之母"].enumerated().map {
      Choice(value: "r\($0.offset)", label: $0.element)
    })

  @Test func positionIsTheCodeWhereValuesAreWords() {
    #expect(Self.relations.entries.map(\.code) == (1...12).map(String.init))
  }

  @Test func theValueIsTheCodeWhereItIsOneDigit() {
    let grades = ChoiceList([Choice(value: "2", label: "二级"), Choice(value: "1", label: "一级")])
    #expect(grades.entries.map(\.code) == ["2", "1"])
    let national = ChoiceList([Choice(value: "10", label: "未婚"), Choice(value: "20", label: "已婚")])
    #expect(national.entries.map(\.code) == ["1", "2"])
  }

  @Test func aDigitPicksWhenNoLongerCodeBeginsWithIt() {
    #expect(Self.relations.pick(digits: "3") == .one(Self.relations.entries[2]))
    #expect(Self.relations.pick(digits: "1") == .waiting(Self.relations.entries[0]))
    #expect(Self.relations.pick(digits: "12") == .one(Self.relations.entries[11]))
    #expect(Self.relations.pick(digits: "0") == .noSuchCode)
  }

  @Test func initialsPinyinAndChineseFilter() {
    #expect(Self.relations.matching("zf").map(\.label) == ["之父"])
    #expect(Self.relations.matching("po").map(\.label) == ["配偶"])
    #expect(Self.relations.matching("孙").map(\.label) == ["之孙子", "之孙女", "之外孙子", "之外孙女"])
    #expect(Self.relations.matching("q").isEmpty)
  }
}
