// One field and the keys pressed in it, without a form around it.

import Terminal
import Testing

@testable import Screens
@testable import XForm

@Suite struct FieldEditorTests {
  static func field(
    _ control: Control = .input, _ type: DataType = .string, value: String = "", attributes: [String: String] = [:],
    choices: [Choice] = [], proposal: String? = nil
  ) -> FieldEditor {
    FieldEditor(
      Question(
        path: InstancePath(steps: [.init(name: "d"), .init(name: "q")]), control: control, dataType: type, label: "q",
        value: value,
        isRequired: false, isReadOnly: false, appearance: [], choices: choices, attributes: attributes),
      proposal: proposal)
  }

  static let identity = field(attributes: ["kind": "idNumber", "length": "18"])

  static func type(_ text: String, into field: inout FieldEditor) -> FieldEditor.Reaction {
    var last = FieldEditor.Reaction.none
    for scalar in text.unicodeScalars { last = field.type(.character(scalar)) }
    return last
  }

  @Test func anIdentityNumberIsCompleteWithItsLastCharacter() {
    var field = Self.identity
    #expect(Self.type("13059919491003002", into: &field) == .edited)
    #expect(Self.type("x", into: &field) == .complete)
    #expect(field.line.text == "13059919491003002X")
    #expect(FieldNote.text(of: field, today: "2026-11-24", room: 30, columns: .locale) == "女 1949-10-03 77岁")
    #expect(FieldNote.text(of: field, today: "2026-11-24", room: 10, columns: .locale) == "女 77岁")
  }

  /// A mobile number is complete with its eleventh digit; a landline, with or without dash, is not.
  @Test func aLandlineIsTypedToItsEnd() {
    let phone = Self.field(attributes: ["kind": "phone", "length": "13"])
    var mobile = phone
    #expect(Self.type("1390000009", into: &mobile) == .edited)
    #expect(Self.type("9", into: &mobile) == .complete)
    for number in ["05991234567", "059912345678", "0599-1234567", "0599-12345678"] {
      var landline = phone
      #expect(Self.type(number, into: &landline) == .edited, "\(number) goes on with Enter")
      #expect(landline.accept(today: "2026-11-24") == .value(number))
    }
  }

  @Test func fullWidthDigitsCountInAnIdentityNumber() {
    var field = Self.identity
    #expect(Self.type("１３０５９９１９４９１００３００２Ｘ", into: &field) == .complete)
    #expect(field.accept(today: "2026-11-24") == .value("13059919491003002X"))
  }

  @Test func anIdentityNumberTakesNothingElse() {
    var field = Self.identity
    #expect(Self.type("张", into: &field) == .refused(.identityCharacters))
    #expect(field.line.text.isEmpty)
  }

  @Test func theFirstKeyReplacesAndAnArrowEdits() {
    var replaced = Self.field(value: "张三")
    _ = Self.type("李", into: &replaced)
    #expect(replaced.line.text == "李")
    var edited = Self.field(value: "张三")
    _ = edited.type(.left)
    _ = Self.type("小", into: &edited)
    #expect(edited.line.text == "张小三")
  }

  @Test func aFieldEnteredByGoingBackDoesNotAdvance() {
    var field = Self.field(attributes: ["kind": "year", "length": "4"])
    field.cameBack = true
    #expect(Self.type("2026", into: &field) == .edited)
  }

  @Test func aPasteDoesNotAdvance() {
    var field = Self.identity
    #expect(field.paste("１３０５９９１９４９１００３００２Ｘ") == .edited)
    #expect(field.line.text == "13059919491003002X")
    // Nor does what is typed behind one, though it makes the answer whole.
    var rest = Self.identity
    #expect(rest.paste("13059919491003002") == .edited)
    #expect(Self.type("X", into: &rest) == .edited)
    var typed = Self.identity
    #expect(Self.type("13059919491003002X", into: &typed) == .complete)
  }

  /// Whole or not at all: half an address looks like an address.
  @Test func aPasteThatDoesNotFitChangesNothing() {
    var field = Self.identity
    _ = Self.type("1305", into: &field)
    #expect(field.paste("99194910030021XX") == .refused(.pasteTooLong))
    #expect(field.line.text == "1305")
    #expect(field.paste(" 99194910030021\n") == .edited, "what stands around it is not part of it")
    #expect(field.line.text == "130599194910030021")
    var text = Self.field(attributes: [:])
    #expect(text.paste(String(repeating: "长", count: 1_001)) == .refused(.pasteTooLong))
    #expect(text.line.text.isEmpty && !text.isDirty)
  }

  @Test func aHeldFieldDropsCharactersUntilBackspace() {
    var field = Self.identity
    _ = Self.type("12", into: &field)
    field.isHeld = true
    #expect(Self.type("3", into: &field) == .refused(nil))
    #expect(field.type(.backspace) == .edited)
    #expect(field.line.text == "1")
    #expect(!field.isHeld)
  }

  @Test func aProposalIsTakenByEnterAndReplacedByTyping() {
    var field = Self.field(proposal: "张三")
    #expect(field.accept(today: "") == .value("张三"))
    _ = Self.type("李", into: &field)
    #expect(field.accept(today: "") == .value("李"))
  }

  static let few = ["有", "无", "不清楚"].map { Choice(value: $0, label: $0) }
  static let many = (1...12).map { Choice(value: "v\($0)", label: "第\($0)项") }

  @Test func aChoiceIsCompleteWithItsDigitAlsoAFullWidthOne() {
    var field = Self.field(.selectOne, choices: Self.few)
    #expect(Self.type("２", into: &field) == .complete)
    #expect(field.accept(today: "") == .value("无"))
  }

  @Test func aTwoDigitListWaitsForTheSecondDigitOrEnter() {
    var field = Self.field(.selectOne, choices: Self.many)
    #expect(Self.type("1", into: &field) == .edited)
    #expect(field.accept(today: "") == .value("v1"))
    var second = Self.field(.selectOne, choices: Self.many)
    #expect(Self.type("12", into: &second) == .complete)
    #expect(second.accept(today: "") == .value("v12"))
  }

  @Test func severalAreToggledByDigits() {
    var field = Self.field(.selectMultiple, value: "有", choices: Self.few)
    _ = Self.type("32", into: &field)
    #expect(field.accept(today: "") == .value("有 无 不清楚"))
    _ = Self.type("1", into: &field)
    #expect(field.accept(today: "") == .value("无 不清楚"))
  }

  @Test func aFilterWithOneLeftIsPickedByEnter() {
    var field = Self.field(.selectOne, choices: Self.few)
    _ = Self.type("bq", into: &field)
    #expect(field.accept(today: "") == .value("不清楚"))
  }

  @Test func aFilterThatLeavesSeveralAsksForMore() {
    var field = Self.field(.selectOne, choices: Self.many)
    _ = Self.type("第", into: &field)
    #expect(field.accept(today: "") == .wrong(.choicesLeft(12)))
  }

  @Test func clearingEmptiesAChoice() {
    var field = Self.field(.selectOne, value: "有", choices: Self.few)
    field.clear()
    #expect(field.accept(today: "") == .value(""))
  }
}
