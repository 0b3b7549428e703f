// The line editor as triples: the line with its cursor drawn as |, the keys, the line after them.

import Terminal
@testable import TerminalProbe
import Testing

@Suite struct LineEditorTests {
  struct Triple: Sendable, CustomTestStringConvertible {
    var before: String
    var keys: [Key]
    var after: String
    init(_ before: String, _ keys: [Key], _ after: String) {
      self.before = before
      self.keys = keys
      self.after = after
    }
    var testDescription: String { "\(before) \(keys) \(after)" }
  }

  static let triples = [
    Triple("|", [.character("张")], "张|"),
    Triple("张|三", [.backspace], "|三"),
    Triple("张|三", [.delete], "张|"),
    Triple("|张三", [.backspace], "|张三"),
    Triple("张三|", [.delete], "张三|"),
    Triple("张三|", [.left, .left, .left], "|张三"),
    Triple("|张三", [.right, .right, .right], "张三|"),
    Triple("张三丰|", [.home, .character("李")], "李|张三丰"),
    Triple("|张三丰", [.end, .backspace], "张三|"),
    Triple("张|三", [.control("u")], "|"),
    // Extension B: one character though it is four bytes of UTF-8.
    Triple("𠮷|田", [.backspace, .character("\u{20000}")], "\u{20000}|田"),
    // Marks join the character before them, also when typed later.
    Triple("e|x", [.character("\u{301}")], "e\u{301}|x"),
    Triple("e\u{301}|x", [.backspace], "|x"),
    Triple("|", [.character("\u{301}")], "\u{301}|"),
    // Between the two halves of a flag: removing what stands between joins them.
    Triple("🇨a|🇳", [.backspace], "🇨🇳|"),
    // Full-width characters are kept as typed; folding is a matter of the field.
    Triple("|", [.character("１"), .character("Ａ")], "１Ａ|"),
    Triple("阿卜杜拉|", [.character("·"), .character("买")], "阿卜杜拉·买|"),
    Triple("👨‍👩‍👧|", [.backspace], "|"),
  ]

  @Test(arguments: triples) func edits(_ triple: Triple) {
    var editor = editor(triple.before)
    for key in triple.keys {
      let isUnderstood = editor.apply(key)
      #expect(isUnderstood)
    }
    #expect(drawn(editor) == triple.after)
  }

  @Test(arguments: [Key.enter, .tab, .up, .escape, .function(2), .control("s"), .unknown, .character("\u{7}")])
  func leavesOtherKeysAlone(_ key: Key) {
    var editor = editor("张|三")
    expect(editor.apply(key), false)
    #expect(drawn(editor) == "张|三")
  }

  /// Typed one by one or given whole, a text has the same clusters: flags, joined emoji, Hangul, Indic conjuncts, marks.
  @Test func typedTextHasTheClustersOfTheWhole() {
    let pieces: [Unicode.Scalar] = [
      "a", "中", "\u{20000}", "\u{301}", "\u{200D}", "🇨", "🇳", "👩", "🌾", "\u{1F3FD}", "\u{FE0F}", "\u{1100}", "\u{1161}", "\u{11A8}", "क",
      "\u{94D}", "ष", "ت", "·",
    ]
    var chance = Chance(11)
    for _ in 0..<2_000 {
      var editor = LineEditor(charactersMax: 1_000)
      var text = String.UnicodeScalarView()
      for _ in 0..<12 {
        let scalar = pieces[chance.below(pieces.count)]
        text.append(scalar)
        expect(editor.apply(.character(scalar)), true)
      }
      let whole = String(text)
      #expect(Array(editor.text.unicodeScalars) == Array(whole.unicodeScalars))
      #expect(editor.cursor == whole.count, "\(text.map { String($0.value, radix: 16) })")
    }
  }

  @Test func pasteTurnsLineEndsIntoSpacesAndDropsControls() {
    var editor = editor("甲|乙")
    expect(editor.insert("一\r\n二\n三\t四\u{1B}[31m\u{0}五\u{2028}六"), true)
    #expect(drawn(editor) == "甲一 二 三 四[31m五 六|乙")
  }

  @Test func pasteIsCutAtFourKibibytesOfWholeCharacters() {
    var editor = LineEditor(charactersMax: 10_000)
    expect(editor.insert(String(repeating: "中", count: 2000)), false)
    #expect(editor.text == String(repeating: "中", count: 4096 / 3))
    #expect(editor.overflowed)
  }

  @Test func fullLineTakesWhatFitsAndSaysSo() {
    var editor = LineEditor("12345", charactersMax: 8)
    expect(editor.insert("6789"), false)
    #expect(drawn(editor) == "12345678|")
    expect(editor.apply(.character("9")), true)
    #expect(editor.overflowed)
    #expect(drawn(editor) == "12345678|")
    expect(editor.apply(.backspace), true)
    #expect(!editor.overflowed)
  }

  @Test func marksWithoutEndAreRefused() {
    var editor = LineEditor("e", charactersMax: 2)
    for _ in 0..<100 { _ = editor.apply(.character("\u{301}")) }
    #expect(editor.text.unicodeScalars.count == 8)
    #expect(editor.overflowed)
  }

  @Test func firstCharacterReplacesAFilledField() {
    var editor = LineEditor("旧值", replacesOnFirstKey: true)
    #expect(editor.willReplace)
    expect(editor.apply(.character("新")), true)
    #expect(drawn(editor) == "新|")
    expect(editor.apply(.character("的")), true)
    #expect(drawn(editor) == "新的|")
  }

  @Test func pasteReplacesAFilledField() {
    var editor = LineEditor("旧值", replacesOnFirstKey: true)
    expect(editor.insert("新值"), true)
    #expect(drawn(editor) == "新值|")
  }

  @Test(arguments: [Key.left, .right, .home, .end, .backspace, .delete])
  func arrowMeansEdit(_ key: Key) {
    var editor = LineEditor("旧值", replacesOnFirstKey: true)
    expect(editor.apply(key), true)
    #expect(!editor.willReplace)
    expect(editor.apply(.character("x")), true)
    #expect(editor.text.contains("旧"))
  }

  @Test func cursorAndTextStayTogether() {
    var editor = LineEditor("张三丰")
    editor.cursor = 99
    #expect(editor.cursor == 3)
    editor.cursor = -1
    #expect(editor.cursor == 0)
    editor.cursor = 3
    editor.text = "李"
    #expect(editor.cursor == 1)
  }

  /// `#expect` cannot take a mutating call.
  private func expect(_ answer: Bool, _ wanted: Bool, at location: SourceLocation = #_sourceLocation) {
    #expect(answer == wanted, sourceLocation: location)
  }

  // MARK: The window

  @Test func shortLineIsShownWhole() {
    let window = editor("张|三").window(columnsMax: 5)
    #expect(window.text == "张三")
    #expect(window.cursorColumn == 2)
  }

  @Test func cursorIsAlwaysInsideTheWindow() {
    var chance = Chance(7)
    for _ in 0..<2000 {
      var editor = LineEditor(RandomFrame.text(&chance, upTo: 30))
      editor.cursor = chance.below(40)
      let columnsMax = 1 + chance.below(20)
      let window = editor.window(columnsMax: columnsMax)
      #expect(window.cursorColumn >= 0 && window.cursorColumn < columnsMax)
      #expect(Columns.locale.width(of: window.text) <= columnsMax)
      // What is drawn left of the cursor is the end of what stands left of it in the line.
      let left = drawnScalars(Columns.locale.clip(window.text, to: window.cursorColumn))
      let before = drawnScalars(String(Array(editor.text)[..<editor.cursor]))
      #expect(columnsMax < 2 || before.suffix(left.count) == left)
    }
  }

  private func drawnScalars(_ text: String) -> ArraySlice<Unicode.Scalar> {
    text.unicodeScalars.filter { Columns.locale.width(of: $0) != 0 }[...]
  }

  @Test func longLineMovesInSteps() {
    let starts = (0..<60).map { $0 - LineEditor(String(repeating: "x", count: $0)).window(columnsMax: 20).cursorColumn }
    #expect(Set(starts) == [0, 10, 20, 30, 40])
  }

  private func editor(_ marked: String) -> LineEditor {
    // Scalars, because a mark after | would join it.
    let scalars = Array(marked.unicodeScalars)
    let cut = scalars.firstIndex(of: "|") ?? scalars.endIndex
    var before = String.UnicodeScalarView()
    before.append(contentsOf: scalars[..<cut])
    var after = String.UnicodeScalarView()
    after.append(contentsOf: scalars[min(cut + 1, scalars.count)...])
    var editor = LineEditor(String(before) + String(after))
    editor.cursor = String(before).count
    return editor
  }

  private func drawn(_ editor: LineEditor) -> String {
    let characters = Array(editor.text)
    return String(characters[..<editor.cursor]) + "|" + String(characters[editor.cursor...])
  }
}
