// The one table of keys: what may be a key, that every F-key has a twin, and that the manual's page is made from it.

import Support
import Terminal
import Testing

@testable import Screens

@Suite struct KeyTableTests {
  @Test func noLetterDigitOrPunctuationIsACommand() {
    for binding in KeyTable.bindings {
      for key in binding.keys {
        if case .character(let scalar) = key { Issue.record("\(binding.command) is bound to \(scalar)") }
      }
    }
  }

  @Test func everyFunctionKeyHasAControlTwin() {
    for binding in KeyTable.bindings {
      let hasFunction = binding.keys.contains { if case .function = $0 { true } else { false } }
      let hasControl = binding.keys.contains { if case .control = $0 { true } else { false } }
      #expect(!hasFunction || hasControl, "\(binding.command) has no Ctrl twin")
    }
  }

  @Test func noKeyMeansTwoThingsInOneContext() {
    for context in KeyContext.allCases {
      var seen: Set<Key> = []
      for binding in KeyTable.bindings where binding.contexts.contains(context) {
        for key in binding.keys { #expect(seen.insert(key).inserted, "\(KeyTable.name(of: key)) twice in \(context)") }
      }
    }
  }

  /// Ctrl-C is copying to everybody; H, I, J, M are other keys to a terminal; the rest belongs to input methods.
  @Test func keysOfOthersStayFree() {
    let taken = Set<Character>(["c", "h", "i", "j", "m", "v", "x", "q"])
    for binding in KeyTable.bindings {
      for key in binding.keys {
        if case .control(let letter) = key { #expect(!taken.contains(letter), "Ctrl-\(letter) is bound") }
      }
    }
  }

  @Test func everyCommandIsInTheTableAndHasALabelOfAtMostFourCharacters() {
    for command in Command.allCases {
      let label = KeyTable.bindings.first { $0.command == command }?.label ?? ""
      #expect(1...4 ~= label.count, "\(command): \(label)")
    }
  }

  @Test func aKeyThatMeansSomethingElsewhereSaysSo() {
    #expect(KeyTable.meaning(of: .function(5), in: .list) == .elsewhere(.unchanged))
    #expect(KeyTable.meaning(of: .function(5), in: .field) == .command(.unchanged))
    #expect(KeyTable.meaning(of: .control("e"), in: .choice) == .command(.unchanged))
    #expect(KeyTable.meaning(of: .character("a"), in: .list) == .none)
  }

  @Test("What edits a line is nobody else's in a field, whatever a list does with the key", arguments: [KeyContext.text, .field])
  func editing(_ context: KeyContext) {
    for key in [Key.left, .right, .home, .end, .backspace, .delete] {
      #expect(KeyTable.meaning(of: key, in: context) == .none, "\(key)")
    }
  }

  @Test func theHintBarFitsTheNarrowestScreenInTwoRows() {
    for context in KeyContext.allCases {
      var canvas = Canvas(size: Size(rows: 18, columns: 60), columns: .locale)
      canvas.hints(in: context)
      let shown = canvas.frame.line(16) + canvas.frame.line(17)
      for hint in KeyTable.hints(in: context) { #expect(shown.contains(hint.label), "\(hint.label) in \(context)") }
    }
  }

  @Test func thePageOfKeysIsFresh() throws {
    let path = Forms.root + "/docs/keys.md"
    try Page.check(KeyTable.page, path)
  }
}
