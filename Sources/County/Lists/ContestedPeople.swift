// People of whom the register says two things at once: two laptops wrote another number, name, birth or household, and nobody has settled
// it yet. They are compared under each of what is said, so that nobody is out of a comparison's sight because of a quarrel in the
// register; what comes of it is said of the person once, and says what is contested.

internal import Comparison
internal import Relief

/// What may be contested about a person that a comparison goes by.
enum ContestedValue: String, CaseIterable, Sendable {
  case number = "id_number"
  case name
  case birth
  case household

  /// As the evidence of a warning says it.
  var words: String {
    switch self {
    case .number: "证号"
    case .name: "姓名"
    case .birth: "出生日期"
    case .household: "所在户"
    }
  }
}

extension RegisteredPerson {
  /// A person under each number, name and birth that is said of the person; the household that sorts first stands for all. Each number
  /// stands there once, and each name and each birth, before two of them are put together in another way.
  /// - Parameter said: values by property, each in order; the household at least.
  static func variants(
    of person: String, _ said: [String: [String]], village: (_ household: String) -> String
  ) -> [RegisteredPerson] {
    func values(_ value: ContestedValue) -> [String] { said[value.rawValue] ?? [] }
    func some(_ value: ContestedValue) -> [String] { values(value).isEmpty ? [""] : values(value) }
    guard let household = values(.household).first else { return [] }
    let isSevere = (said["disability_grade"] ?? []).contains { grade in
      (said["disability_kind"] ?? [""]).contains { WarningModels.isSevere(disability: grade, kind: $0) }
    }
    let one = RegisteredPerson(
      person: person, household: household, number: "", name: "", birth: "", village: village(household), isSeverelyDisabled: isSevere,
      contested: ContestedValue.allCases.filter { values($0).count > 1 })
    let (numbers, names, births) = (some(.number), some(.name), some(.birth))
    var found: [RegisteredPerson] = []
    var taken: Set<[String]> = []
    func add(_ number: String, _ name: String, _ birth: String) {
      guard found.count < CountyLimits.comparedVariants, taken.insert([number, name, birth]).inserted else { return }
      var next = one
      (next.number, next.name, next.birth) = (number, name, birth)
      found.append(next)
    }
    for place in 0..<max(numbers.count, names.count, births.count) {
      add(numbers[place % numbers.count], names[place % names.count], births[place % births.count])
    }
    for number in numbers { for name in names { for birth in births { add(number, name, birth) } } }
    let isCut = numbers.count * names.count * births.count > found.count
    for index in found.indices { (found[index].variants, found[index].isCut) = (found.count, isCut) }
    return found
  }

  /// What the evidence says behind a row's own words; empty where nothing is contested.
  var contestedWords: String {
    contested.isEmpty ? "" : "（台账里这个人的\(contested.map(\.words).joined(separator: "、"))说法不一）"
  }
}

extension [RegisteredPerson] {
  var hasVariants: Bool { contains { $0.variants > 1 } }

  /// Each person once, under the first of what is said. Variants of one stand beside each other.
  var once: [RegisteredPerson] {
    var last = ""
    return filter { one in
      defer { last = one.person }
      return one.person != last
    }
  }
}

extension Comparison.Finding {
  /// One finding for each row and person: the best of the person's variants. Where a row meant several variants and no other person, it
  /// means one person.
  /// - Parameter findings: those of one row beside each other.
  static func once(_ findings: Swift.Span<Comparison.Finding>, _ people: [RegisteredPerson]) -> [Comparison.Finding] {
    var kept: [Comparison.Finding] = []
    var start = 0
    while start < findings.count {
      var end = start
      var best: [String: Comparison.Finding] = [:]
      while end < findings.count, findings[end].line == findings[start].line {
        let one = findings[end]
        let person = people[Int(one.person)].person
        if best[person].map({ $0.rank < one.rank }) ?? true { best[person] = one }
        end += 1
      }
      var ofRow = best.values.sorted { ($1.rank, $0.person) < ($0.rank, $1.person) }
      if end - start > 1, ofRow.count == 1 { ofRow[0].isAmbiguous = false }
      kept += ofRow
      start = end
    }
    return kept
  }

  /// By number and name, by number, by what is similar.
  private var rank: Int {
    switch outcome {
    case .matched: 2_000
    case .matchedOtherName: 1_000
    case .similar, .unmatched: Int(score)
    }
  }
}
