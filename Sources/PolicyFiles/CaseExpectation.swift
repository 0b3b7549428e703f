// What a case expects of its screening, and whether it came out.

public import Relief
internal import Yaml

/// One thing that should come out.
public struct CaseExpectation: Equatable, Sendable {
  public enum What: Equatable, Sendable {
    /// A rule's outcome; of a rule that has results of several members or emergencies, theirs joined by "or" where no
    /// subject is named.
    case outcome(ScreeningRule, subject: String?, Outcome)
    /// The rule gives no result here.
    case noResult(ScreeningRule, subject: String?)
    case missing(ScreeningRule, subject: String?, [String])
    case unset(ScreeningRule, subject: String?, [String])
    /// A figure in its own unit, amounts in 分; nil: it should be open.
    case figure(ScreeningRule?, subject: String?, Figure.Name, Span?)
    case grade(subject: String?, SelfCareGrade)
    case lead(Suggestion.Kind)
    /// Nothing leads, because something is open.
    case leadOpen(Outcome)
    case strength(Suggestion.Strength)
    /// Exactly these.
    case suggestions([Suggestion.Kind])
  }

  public var what: What
  public var line: Int
}

/// One expectation beside what came out.
public struct ExpectationCheck: Equatable, Sendable {
  public var what: String
  public var expected: String
  public var actual: String
  public var passed: Bool
  public var line: Int
}

extension Screening {
  public func check(_ expectation: CaseExpectation) -> ExpectationCheck {
    let (what, expected, actual) = compare(expectation.what)
    return ExpectationCheck(
      what: what, expected: expected, actual: actual, passed: expected == actual, line: expectation.line)
  }

  private func compare(_ what: CaseExpectation.What) -> (String, String, String) {
    switch what {
    case .outcome(let rule, let subject, let outcome):
      (label(rule, subject), outcome.rawValue, joined(results(rule, subject))?.rawValue ?? "no result")
    case .noResult(let rule, let subject):
      (label(rule, subject), "no result", joined(results(rule, subject))?.rawValue ?? "no result")
    case .missing(let rule, let subject, let names):
      (label(rule, subject) + " missing", names.sorted().joined(separator: " "), missing(rule, subject))
    case .unset(let rule, let subject, let names):
      (label(rule, subject) + " unset", names.sorted().joined(separator: " "), unset(rule, subject))
    case .figure(let rule, let subject, let name, let value):
      (
        (rule.map { label($0, subject) + " " } ?? "") + name.rawValue, value.map(Self.text) ?? "open",
        figure(rule, subject, name)
      )
    case .grade(let subject, let grade):
      (
        label(.selfCare, subject) + " grade", grade.rawValue,
        results(.selfCare, subject).first?.selfCareGrade?.rawValue ?? "open"
      )
    case .lead(let kind): ("lead", kind.rawValue, leadText)
    case .leadOpen(let outcome): ("lead", outcome.rawValue, leadText)
    case .strength(let strength): ("strength", strength.rawValue, lead?.strength.rawValue ?? "none")
    case .suggestions(let kinds):
      (
        "suggestions", kinds.sorted { $0.row < $1.row }.map(\.rawValue).joined(separator: " "),
        suggestions.map(\.kind).sorted { $0.row < $1.row }.map(\.rawValue).joined(separator: " ")
      )
    }
  }

  private func results(_ rule: ScreeningRule, _ subject: String?) -> [ScreeningResult] {
    results(of: rule).filter { subject == nil || $0.subject == subject }
  }

  private func joined(_ results: [ScreeningResult]) -> Outcome? {
    guard !results.isEmpty else { return nil }
    let parts = results.map { Judgement(outcome: $0.outcome) }
    // Of checks every one must stand, of conditions one is enough.
    return (results[0].rule.kind == .check ? Judgement.all(parts) : Judgement.any(parts)).outcome
  }

  private func missing(_ rule: ScreeningRule, _ subject: String?) -> String {
    Set(results(rule, subject).flatMap(\.missing).map(\.field.rawValue)).sorted().joined(separator: " ")
  }

  private func unset(_ rule: ScreeningRule, _ subject: String?) -> String {
    Set(results(rule, subject).flatMap(\.unset).map(\.rawValue)).sorted().joined(separator: " ")
  }

  private func figure(_ rule: ScreeningRule?, _ subject: String?, _ name: Figure.Name) -> String {
    let found = results.filter { (rule == nil || $0.rule == rule) && (subject == nil || $0.subject == subject) }
      .compactMap { $0.figure(name) }.first
    guard let found else { return "no figure" }
    return found.value.isExact ? Self.text(found.value) : "open"
  }

  private static func text(_ span: Span) -> String { Decimal4.text(span.low) }

  private var leadText: String { lead?.kind.rawValue ?? openOutcome.rawValue }

  private func label(_ rule: ScreeningRule, _ subject: String?) -> String {
    rule.rawValue + (subject.map { "@" + $0 } ?? "")
  }
}

/// `expect`
struct ExpectationReader {
  let file: String

  init(_ file: String) { self.file = file }

  func read(_ entry: YamlNode.Entry?, _ input: ScreeningInput) throws(CaseFault) -> [CaseExpectation] {
    guard let entry, !entry.value.isNull else { return [] }
    guard let entries = entry.value.entries else {
      throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .wrongShape(.map))
    }
    var expectations: [CaseExpectation] = []
    for one in entries {
      for what in try self.what(one, input) { expectations.append(CaseExpectation(what: what, line: one.line)) }
    }
    return expectations
  }

  private func what(_ entry: YamlNode.Entry, _ input: ScreeningInput) throws(CaseFault) -> [CaseExpectation.What] {
    switch Spelling.key(entry.key) {
    case "lead", "首要建议", "lead_suggestion": return [try lead(entry)]
    case "strength": return [.strength(entry.value.text == "likely" ? .likely : .suspected)]
    case "suggestions", "建议", "all_suggestions":
      var kinds: [Suggestion.Kind] = []
      for text in try Fields.texts(of: entry, file) where !(entry.value.list?.isEmpty ?? false) {
        guard let kind = Vocabulary.suggestions[text] else {
          throw bad(entry, text, Vocabulary.suggestions.shown)
        }
        kinds.append(kind)
      }
      return [.suggestions(kinds)]
    case "results", "rules", "结果", "规则":
      var all: [CaseExpectation.What] = []
      for one in entry.value.entries ?? [] { all += try what(one, input) }
      return all
    case "figures", "数字": return try figures(entry, rule: nil, subject: nil)
    default: break
    }
    if let name = figureName(entry.key) { return [.figure(nil, subject: nil, name, try span(entry, name))] }
    let parts = entry.key.split(separator: "@", maxSplits: 1).map(String.init)
    guard let rule = rule(parts[0]) else {
      throw CaseFault(
        file: file, line: entry.line, key: entry.key,
        kind: .unknownKey(allowed: ["lead", "suggestions", "figures"] + ScreeningRule.allCases.map(\.rawValue)))
    }
    return try outcome(entry, rule, subject: parts.count == 2 ? parts[1] : nil)
  }

  private func rule(_ text: String) -> ScreeningRule? {
    let wanted = text.uppercased().replacing("_", with: "-")
    return ScreeningRule.allCases.first { $0.rawValue == wanted || "T-" + wanted == $0.rawValue }
  }

  private func lead(_ entry: YamlNode.Entry) throws(CaseFault) -> CaseExpectation.What {
    let text = entry.value.text ?? ""
    if let kind = Vocabulary.suggestions[text] { return .lead(kind) }
    if let outcome = Vocabulary.outcomes[text], outcome == .toCheck || outcome == .unset { return .leadOpen(outcome) }
    throw bad(entry, text, Vocabulary.suggestions.shown)
  }

  private static let detailNames: [String: [String]] = [
    "outcome": ["结果", "result"], "missing": ["缺", "missing_inputs"], "unset": ["未设定", "unset_parameters"], "figures": ["数字"],
    "grade": ["等级", "自理等级"], "person": ["subject", "member", "谁", "成员"],
  ]

  /// A word; a map with `outcome` and more; or a map from members to either.
  private func outcome(
    _ entry: YamlNode.Entry, _ rule: ScreeningRule, subject: String?
  ) throws(CaseFault) -> [CaseExpectation.What] {
    if let text = entry.value.text {
      if text == "no result" || text == "不适用" { return [.noResult(rule, subject: subject)] }
      if rule == .selfCare, let grade = Self.grades[text] { return [.grade(subject: subject, grade)] }
      guard let outcome = Vocabulary.outcomes[text] else { throw bad(entry, text, Vocabulary.outcomes.shown) }
      return [.outcome(rule, subject: subject, outcome)]
    }
    guard let entries = entry.value.entries else { throw bad(entry, "", Vocabulary.outcomes.shown) }
    let details = Set(Self.detailNames.flatMap { [$0.key] + $0.value }.map(Spelling.key))
    guard entries.allSatisfy({ details.contains(Spelling.key($0.key)) }) else {
      var all: [CaseExpectation.What] = []
      for one in entries { all += try outcome(one, rule, subject: one.key) }
      return all
    }
    let fields = try Fields(entry.value, file, key: entry.key, Self.detailNames)
    let subject = try fields.text("person") ?? subject
    var all: [CaseExpectation.What] = []
    if let entry = fields["outcome"] { all += try outcome(entry, rule, subject: subject) }
    if let names = try fields.texts("missing") { all.append(.missing(rule, subject: subject, names)) }
    if let names = try fields.texts("unset") { all.append(.unset(rule, subject: subject, names)) }
    if let figures = fields["figures"] { all += try self.figures(figures, rule: rule, subject: subject) }
    if let entry = fields["grade"], let text = try fields.text("grade") {
      guard let grade = Self.grades[text] else { throw bad(entry, text, Self.grades.shown) }
      all.append(.grade(subject: subject, grade))
    }
    return all
  }

  private static let grades = Words<SelfCareGrade>([
    "full 具备 全自理": .full, "partial 部分丧失 半护理": .partial, "none 完全丧失 全护理": SelfCareGrade.none,
  ])

  private func figures(
    _ entry: YamlNode.Entry, rule: ScreeningRule?, subject: String?
  ) throws(CaseFault) -> [CaseExpectation.What] {
    var all: [CaseExpectation.What] = []
    for one in entry.value.entries ?? [] {
      guard let name = figureName(one.key) else {
        throw CaseFault(
          file: file, line: one.line, key: one.key, kind: .unknownKey(allowed: Figure.Name.allCases.map(\.rawValue)))
      }
      all.append(.figure(rule, subject: subject, name, try span(one, name)))
    }
    return all
  }

  private func figureName(_ text: String) -> Figure.Name? {
    let others: [String: Figure.Name] = [
      "n": .people, "人数": .people, "计入人数": .people, "可计收入": .countable, "核定收入": .assessed, "income": .countable, "fails": .fails,
    ]
    return Figure.Name(rawValue: Spelling.key(text)) ?? others[Spelling.key(text)]
  }

  /// What the figure should be: amounts are typed in 元.
  private func span(_ entry: YamlNode.Entry, _ name: Figure.Name) throws(CaseFault) -> Span? {
    guard let text = entry.value.text, !entry.value.isNull, !Spelling.isUnknown(text) else { return nil }
    let counts: [Figure.Name] = [
      .people, .age, .fails, .months, .monthsNeeded, .supplementWorkdays, .revisitDays, .multiplier, .ratio, .factor,
    ]
    if counts.contains(name) {
      guard let number = Decimal4(text) else { throw bad(entry, text, ["2", "1.5"]) }
      return Span(low: number.tenThousandths, high: number.tenThousandths)
    }
    guard let amount = Amount(text) else { throw bad(entry, text, ["11999.99"]) }
    return Span(whole: amount.fen)
  }

  private func bad(_ entry: YamlNode.Entry, _ text: String, _ allowed: [String]) -> CaseFault {
    CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .badValue(text, allowed: allowed))
  }
}
