// The same rules said once more without any index: every row beside every person, with texts. Slow and plain.

import Comparison
import Pinyin
import Testing

private struct Naive {
  /// Eighteen characters or nothing.
  static func number(_ text: String) -> String {
    let kept = text.filter { $0.isNumber || $0 == "X" || $0 == "x" }.uppercased()
    if kept.count == 15 {
      let long = String(kept.prefix(6)) + "19" + String(kept.dropFirst(6))
      return long + check(of: long)
    }
    return kept.count == 18 ? kept : ""
  }

  static func birth(_ person: Someone) -> String {
    if !person.birth.isEmpty { return person.birth }
    let number = number(person.number)
    guard !number.isEmpty else { return "" }
    let day = String(number.dropFirst(6).prefix(8))
    guard let value = Int(day), (1_850...2_199).contains(value / 10_000) else { return "" }
    return (1...12).contains(value / 100 % 100) && (1...31).contains(value % 100) ? day : ""
  }

  static func name(_ one: String, _ other: String) -> String {
    if one.isEmpty || other.isEmpty { return "missing" }
    if one == other { return "same" }
    let (left, right) = (fold(one), fold(other))
    if left == right { return "variant" }
    if left.count != right.count { return "differs" }
    let places = left.indices.filter { left[$0] != right[$0] }
    let sounds = zip(spelt(left), spelt(right)).map { $0 == $1 }
    let loud = places.filter { !sounds[$0] || left[$0] == "?" || right[$0] == "?" }
    let isSurname = places == [0] && Set([left[0], right[0]]) == ["闫", "阎"]
    if isSurname { return "surname" }
    if loud.isEmpty { return "homophone" }
    guard places.count == 1, left.count > 1 else { return "differs" }
    let pair = [left[places[0]], right[places[0]]]
    if pair.contains("?") { return "unclear" }
    return Set(pair) == ["晴", "睛"] ? "lookAlike" : "oneCharacter"
  }

  static func fold(_ text: String) -> [Character] {
    var name: [Character] = []
    var isOpen = false
    for character in text where !" ·•".contains(character) {
      // Several question marks, also behind a 〇, are one character.
      if character != "?" || !isOpen { name.append(character == "峯" ? "峰" : character == "〇" ? "?" : character) }
      isOpen = "?〇".contains(character)
    }
    return name
  }

  static func spelt(_ name: [Character]) -> [Substring] { Pinyin.spelling(ofName: String(name)).split(separator: " ") }

  static func village(_ one: String, _ other: String) -> String {
    if one.isEmpty || other.isEmpty { return "unknown" }
    if one == other && !one.hasSuffix("000") { return "same" }
    let isTown = one.hasSuffix("000") || other.hasSuffix("000")
    return isTown && one.prefix(9) == other.prefix(9) ? "town" : "differs"
  }

  static func numbers(_ one: String, _ other: String) -> String {
    if one.isEmpty || other.isEmpty { return "none" }
    if one == other { return "number" }
    if one.dropLast() == other.dropLast() { return "check" }
    let (left, right) = (Array(one), Array(other))
    let isRight = String(one.last!) == check(of: String(one.dropLast()))
    let isOtherRight = String(other.last!) == check(of: String(other.dropLast()))
    let places = left.indices.filter { left[$0] != right[$0] }
    if isRight != isOtherRight {
      if places.count == 1 { return "near" }
      if places.count == 2, places[1] == places[0] + 1, places[1] < 17, left[places[0]] == right[places[1]],
        left[places[1]] == right[places[0]]
      { return "near" }
    }
    return isRight && isOtherRight ? "differs" : "damaged"
  }

  static func score(_ row: Someone, _ person: Someone) -> Int {
    let name = name(row.name, person.name)
    let village = village(row.village, person.village)
    let isBirth = !birth(row).isEmpty && birth(row) == birth(person)
    let close = ["same": 0, "variant": 0, "surname": 10, "homophone": 10, "lookAlike": 10, "unclear": 10]
    let byBirth: [String: [String: Int]] = [
      "same": ["same": 85, "variant": 80, "surname": 75, "homophone": 70, "lookAlike": 65, "unclear": 65],
      "town": ["same": 75, "variant": 70, "surname": 65, "homophone": 60], "unknown": ["same": 65, "variant": 60],
    ]
    let plain = isBirth ? byBirth[village]?[name] ?? 0 : 0
    switch numbers(number(row.number), number(person.number)) {
    case "check": return close[name].map { 95 - $0 } ?? (name == "differs" ? 60 : 75)
    case "near":
      if let less = close[name] { return 90 - less }
      return village != "same" ? 0 : name == "oneCharacter" ? 65 : name == "missing" ? 60 : 0
    case "damaged": return max(0, plain - 5)
    case "differs": return village == "same" && isBirth ? ["same": 60, "variant": 55][name] ?? 0 : 0
    default: return plain
    }
  }

  /// Persons with their scores, the best first.
  static func answer(_ row: Someone, _ register: [Someone]) -> [String] {
    let ownNumber = number(row.number)
    let exact = register.indices.filter { !ownNumber.isEmpty && number(register[$0].number) == ownNumber }
    let own = exact.filter { ["same", "variant"].contains(name(row.name, register[$0].name)) }
    if !own.isEmpty { return own.map { "\($0 + 100):100" } + exact.filter { !own.contains($0) }.map { "\($0 + 100):60" } }
    if !exact.isEmpty { return exact.map { "\($0 + 100):100" } }
    let scored = register.indices.map { (person: $0 + 100, score: score(row, register[$0])) }.filter { $0.score > 0 }
      .sorted { ($1.score, $0.person) < ($0.score, $1.person) }
    return scored.filter { $0.score + 20 >= scored[0].score }.prefix(8).map { "\($0.person):\($0.score)" }
  }
}

@Suite struct OracleTests {
  /// Few names, days and villages, so that everything meets everything.
  private func someone(_ random: inout Seeded) -> Someone {
    let surname = ["王", "闫", "阎", "李"].randomElement(using: &random)!
    let given = ["伟", "玮", "芳", "峰", "峯", "晴", "睛", "?", "〇", "·", " "]
    var name = surname
    for _ in 0..<Int.random(in: 1...2, using: &random) { name += given.randomElement(using: &random)! }
    if Int.random(in: 0..<12, using: &random) == 0 { name = "" }
    let days = ["19500307", "19500308", "19620228"]
    var text = Array(number(days.randomElement(using: &random)!, .random(in: 0..<6, using: &random)))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: text = []
    case 1: text[.random(in: 1..<17, using: &random)] = "0123456789".randomElement(using: &random)!
    case 2: text.swapAt(10, 11)
    case 3: text.swapAt(15, 16)
    case 4: text[17] = "0123456789X".randomElement(using: &random)!
    case 5: text = Array(text[..<6] + text[8..<17])
    default: break
    }
    let birth = Bool.random(using: &random) ? days.randomElement(using: &random)! : ""
    let village = ["", east, west, "130599100000", "130599200201"].randomElement(using: &random)!
    return Someone(String(text), name, birth, village)
  }

  @Test(arguments: 0..<20) func everyAnswerIsTheNaiveOne(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let register = (0..<50).map { _ in someone(&random) }
    let rows = (0..<120).map { _ in someone(&random) }
    let answer = Desk(register).answer(rows)
    var similar = 0
    for (place, row) in rows.enumerated() {
      let found = answer.findings.filter { $0.line == place + 2 }
      let expected = Naive.answer(row, register)
      let persons = expected.compactMap { Int($0.prefix(3)) } + found.map { Int($0.person) }
      #expect(
        found.map { "\($0.person):\($0.score)" } == expected, "\(row) beside \(persons.map { register[$0 - 100] })")
      #expect(answer.outcomes[place] == .unmatched ? expected.isEmpty : !expected.isEmpty)
      // Of several persons of one number one alone may be meant: the one of the name.
      let meant = answer.outcomes[place] == .matched ? found.filter { $0.outcome == .matched }.count : found.count
      let isNamed = found.contains { $0.score == 100 } && found.contains { $0.score == 60 }
      #expect(found.allSatisfy { $0.isAmbiguous == (isNamed ? meant > 1 : expected.count > 1) })
      similar += found.filter { $0.outcome == .similar }.count
    }
    #expect(similar > 5)
  }
}
