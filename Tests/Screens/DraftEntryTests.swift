// What a draft is made of: every entry comes back from its bytes, and broken bytes are nothing.

import Testing

@testable import Screens

@Suite struct DraftEntryTests {
  static let beginning = DraftBeginning(
    purpose: .visit, household: "h-1", division: "130599100201", form: FormKey(id: "household-visit", version: "2026"),
    instance: "<data>\n\t<name>a\\b</name>\n</data>")

  static let entries: [DraftEntry] = [
    .begun(beginning),
    .begun(
      DraftBeginning(
        purpose: .amendment(of: "r-1", reason: "收入\t写错了\\"), household: "h", division: "",
        form: FormKey(id: "f", version: nil), instance: "")),
    .begun(
      DraftBeginning(
        purpose: .visit, household: "h", head: "阿卜杜拉·买买提", division: "", form: FormKey(id: "f", version: "1"), instance: "<d/>")),
    .step(
      [.answered(path: "/d/a", value: "第一行\n第二行"), .rowAdded(repeatPath: "/d/m"), .rowRemoved(instance: "/d/m[2]")],
      place: "f /d/b"),
    .step([.forced(ForcedAnswer(path: "/d/a", check: "偏大", reason: "已核对\t账本"))], place: ""),
    .step([.remarked(Remark(path: "/d/a", text: "门锁着\t邻居说的"))], place: "f /d/a"),
    .step([.answered(path: "/d/a", value: "甲\r"), .answered(path: "/d/b", value: "\u{301}乙\r")], place: "f /d/c"),
    .step([], place: "a /d/m"), .moved(place: "r /d/m[1]"), .typed(place: "f /d/a", text: "张\\n"), .undone, .redone,
  ]

  @Test(arguments: entries) func comesBackFromItsBytes(_ entry: DraftEntry) {
    #expect(DraftEntry(decoding: entry.encoded()) == entry)
  }

  @Test(arguments: [
    "", "step", "begun", "begun\nvisit", "begun\nvisit\nhousehold\th\td\nform\tf\ninstance\tx\nother\ty", "step\ta\n?\tb", "moved\ta\\", "typed\ta", "undone\tx", "later\tkind",
    "step\ta\n=\tb\t\\q",
  ])
  func brokenBytesAreNothing(_ text: String) {
    #expect(DraftEntry(decoding: Array(text.utf8)) == nil)
  }

  @Test func bytesThatAreNoTextAreNothing() {
    #expect(DraftEntry(decoding: [0x73, 0xFF, 0xFE]) == nil)
  }
}

@Suite struct DraftSaverTests {
  static func saver() -> DraftSaver { DraftSaver(id: "d", beginning: DraftEntryTests.beginning, exists: false) }
  static let answer = DraftEntry.step([.answered(path: "/d/a", value: "1")], place: "f /d/b")

  @Test func aCursorThatOnlyMovesMakesNoDraft() {
    var saver = Self.saver()
    #expect(saver.append([.moved(place: "f /d/a")]) == nil)
    #expect(saver.state == .empty)
  }

  @Test func theFirstAnswerBeginsTheDraft() {
    var saver = Self.saver()
    #expect(
      saver.append([Self.answer]) == .appendDraft(id: "d", entries: [.begun(DraftEntryTests.beginning), Self.answer]))
    #expect(saver.state == .saving)
    #expect(saver.saved() == nil)
    #expect(saver.state == .saved)
  }

  @Test func whatFailedGoesOutAgainBeforeWhatIsNewer() {
    var saver = Self.saver()
    _ = saver.append([Self.answer])
    saver.failed(.diskFull)
    #expect(saver.state == .notSaved(.diskFull))
    let again = saver.append([.undone])
    #expect(again == .appendDraft(id: "d", entries: [.begun(DraftEntryTests.beginning), Self.answer, .undone]))
    #expect(saver.state == .notSaved(.diskFull), "not saved until the runner says so")
    _ = saver.saved()
    #expect(saver.state == .saved)
  }

  @Test func whatWasTypedWhileABatchFailedGoesOutBehindIt() {
    var saver = Self.saver()
    _ = saver.append([Self.answer])
    #expect(saver.append([.moved(place: "f /d/b")]) == nil)
    saver.failed(.diskFull)
    #expect(
      saver.append([.undone])
        == .appendDraft(id: "d", entries: [.begun(DraftEntryTests.beginning), Self.answer, .moved(place: "f /d/b"), .undone]))
  }

  @Test func oneBatchIsOnItsWayAtATime() {
    var saver = Self.saver()
    _ = saver.append([Self.answer])
    #expect(saver.append([.undone]) == nil)
    #expect(saver.saved() == .appendDraft(id: "d", entries: [.undone]))
  }
}
