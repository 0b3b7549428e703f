// ChoiceList: the choices of one question with the code each is picked by, and what typing does to the list.
//
// Codes: the position counts, so that a short list always takes one key whatever its national codes are; only where
// every value is itself one digit (残疾类别, 等级) the value is the code, as the paper form prints it. Digits pick: as soon
// as no longer code begins with them the choice is made, otherwise the next digit or Enter decides. Anything else
// filters: pinyin initials, full pinyin or Chinese text; digits after it pick among what it leaves.

import Pinyin
import XForm

struct ChoiceList: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    var code: String
    var value: String
    var label: String
  }

  var entries: [Entry]

  init(_ choices: [Choice]) {
    let areNumbers = choices.allSatisfy { choice in
      choice.value.utf8.count == 1 && choice.value.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
    entries = choices.enumerated().map { index, choice in
      Entry(code: areNumbers ? choice.value : String(index + 1), value: choice.value, label: choice.label)
    }
  }

  func entry(value: String) -> Entry? { entries.first { $0.value == value } }

  enum Pick: Equatable {
    case one(Entry)
    /// More than one code begins so; the exact one, if there is one, is what Enter takes.
    case waiting(Entry?)
    case noSuchCode
  }

  func pick(digits: String) -> Pick { Self.pick(digits: digits, among: entries) }

  /// A code typed after a filter, as the shown entries have it. nil: no digits end `typed`, nothing but digits is in it, or the whole of
  /// it is found in a label.
  func pick(after typed: String) -> Pick? {
    guard let (filter, digits) = Self.codeAfterFilter(typed), ranked(typed).isEmpty else { return nil }
    return Self.pick(digits: digits, among: ranked(filter))
  }

  private static func codeAfterFilter(_ typed: String) -> (filter: String, digits: String)? {
    let digits = String(typed.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    let filter = String(typed.dropLast(digits.count))
    return digits.isEmpty || filter.isEmpty ? nil : (filter, digits)
  }

  private static func pick(digits: String, among entries: [Entry]) -> Pick {
    let begun = entries.filter { $0.code.hasPrefix(digits) }
    let exact = begun.first { $0.code == digits }
    if begun.count == 1, let only = begun.first, only.code == digits { return .one(only) }
    return begun.isEmpty ? .noSuchCode : .waiting(exact)
  }

  /// The entries a filter leaves, best first: exact code, label begins so, initials begin so, the rest.
  func matching(_ filter: String) -> [Entry] {
    guard !filter.isEmpty else { return entries }
    if filter.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return entries.filter { $0.code.hasPrefix(filter) } }
    let found = ranked(filter)
    guard found.isEmpty, let (filter, digits) = Self.codeAfterFilter(filter) else { return found }
    return ranked(filter).filter { $0.code.hasPrefix(digits) }
  }

  private func ranked(_ filter: String) -> [Entry] {
    let query = PinyinQuery(filter)
    var ranked: [(rank: PinyinQuery.Rank, offset: Int, entry: Entry)] = []
    for (offset, entry) in entries.enumerated() {
      if let rank = query.rank(entry.label) { ranked.append((rank, offset, entry)) }
    }
    return ranked.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }.map(\.entry)
  }
}
