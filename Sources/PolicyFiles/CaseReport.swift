// Results as JSON: every figure, part and parameter as structure, keys in alphabetical order, so that two runs give the same bytes.

internal import FoundationEssentials
public import Relief

public enum CaseReport {
  /// One document for a file: its cases with their results, and whether what they expect came out.
  public static func json(_ file: CaseFile) -> (text: String, failed: Int) {
    var failed = 0
    let cases = file.cases.map { one -> JSONValue in
      let screening = one.screen()
      let checks = one.expectations.map { screening.check($0) }
      if checks.contains(where: { !$0.passed }) { failed += 1 }
      return value(one, screening, checks)
    }
    let document = JSONValue.object([
      "file": .text(file.name), "failed": .number(Int128(failed)), "passed": .number(Int128(file.cases.count - failed)),
      "cases": .list(cases),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let bytes = (try? encoder.encode(document)).map { Array($0) } ?? []
    return (String(decoding: bytes, as: UTF8.self), failed)
  }

  private static func value(_ one: ScreeningCase, _ screening: Screening, _ checks: [ExpectationCheck]) -> JSONValue {
    var object: [String: JSONValue] = [
      "case": .text(one.name), "clause": .text(one.clause), "line": .number(Int128(one.line)),
      "visit_date": .text(one.input.visitDate.description), "results": .list(screening.results.map(value)),
      "suggestions": .list(screening.suggestions.map(value)), "open": .list(screening.open.map(value)),
      "lead": screening.lead.map(value) ?? .null,
      "lead_outcome": .text(word(screening.lead == nil ? screening.openOutcome : .met)),
    ]
    if !one.expectations.isEmpty {
      object["expect"] = .object([
        "passed": .flag(checks.allSatisfy(\.passed)),
        "checks": .list(
          checks.map {
            .object([
              "what": .text($0.what), "expected": .text($0.expected), "actual": .text($0.actual), "passed": .flag($0.passed),
              "line": .number(Int128($0.line)),
            ])
          }),
      ])
    }
    return .object(object)
  }

  /// 疑似符合, never 符合.
  public static func word(_ outcome: Outcome) -> String {
    switch outcome {
    case .met: "疑似符合"
    case .notMet: "不符合"
    case .toCheck: "待核"
    case .unset: "未设定"
    }
  }

  private static func value(_ result: ScreeningResult) -> JSONValue {
    var object: [String: JSONValue] = [
      "rule": .text(result.rule.rawValue), "kind": .text(result.rule.kind.rawValue), "section": .text(result.rule.section),
      "clause": .text(result.rule.section + " " + result.rule.rawValue),
      "basis": .text(result.rule.basis.text), "certainty": .text(result.rule.basis.certainty.rawValue),
      "outcome": .text(word(result.outcome)), "code": .text(result.outcome.rawValue),
      "subject": result.subject.map { .text($0) } ?? .null, "missing": .list(result.missing.map(value)),
      "unset": .list(result.unset.map { .text($0.rawValue) }), "parts": .list(result.parts.map(value)),
      "steps": .list(
        result.steps.map {
          .object([
            "result": value($0.result), "operation": .text($0.operation.rawValue), "operands": .list($0.operands.map(value)),
          ])
        }),
      "figures": .list(result.figures.map(value)),
      "inputs": .list(
        result.inputs.map {
          .object([
            "field": .text($0.field.rawValue), "of": $0.member.map { .text($0) } ?? .null,
            "value": $0.value.map { .text($0) } ?? .null,
          ])
        }),
      "parameters": .list(result.parameters.map(value)),
    ]
    if result.rule.kind == .check { object["warning"] = .flag(result.outcome == .notMet) }
    if let grade = result.rule == .selfCare ? result.selfCareGrade : nil { object["grade"] = .text(grade.rawValue) }
    return .object(object)
  }

  private static func value(_ missing: MissingInput) -> JSONValue {
    .object(["field": .text(missing.field.rawValue), "of": missing.member.map { .text($0) } ?? .null])
  }

  private static func value(_ part: ScreeningResult.Part) -> JSONValue {
    var object: [String: JSONValue] = ["name": .text(part.name.rawValue), "outcome": .text(word(part.outcome))]
    if let comparison = part.comparison {
      object["comparison"] = .object([
        "left": value(comparison.left), "order": .text(comparison.order.rawValue), "right": value(comparison.right),
      ])
    }
    return .object(object)
  }

  /// Known: `value`. Open: `low` and, where it is bounded, `high`. Amounts also in 元.
  private static func value(_ figure: Figure) -> JSONValue {
    var object: [String: JSONValue] = ["name": .text(figure.name.rawValue), "unit": .text(figure.unit.rawValue)]
    if let detail = figure.detail { object["detail"] = .text(detail) }
    if let member = figure.member { object["of"] = .text(member) }
    if let exact = figure.value.exact {
      object["value"] = .scaled(exact)
      if figure.unit == .fen { object["yuan"] = .text(yuan(exact)) }
    } else {
      object["low"] = .scaled(figure.value.low)
      object["high"] = figure.value.high.map { .scaled($0) } ?? .null
    }
    return .object(object)
  }

  /// 分 in ten-thousandths as 元 with two decimals, more where there is a fraction of a 分.
  private static func yuan(_ tenThousandths: Int128) -> String {
    let (yuan, rest) = tenThousandths.quotientAndRemainder(dividingBy: 1_000_000)
    var digits = String(rest)
    digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    while digits.utf8.count > 2, digits.hasSuffix("0") { digits.removeLast() }
    return "\(yuan).\(digits)"
  }

  private static func value(_ state: ParameterState) -> JSONValue {
    let standing =
      switch state.standing {
      case .set: "set"
      case .unset: "unset"
      case .contested: "contested"
      case .malformed: "malformed"
      }
    return .object([
      "name": .text(state.parameter.rawValue), "standing": .text(standing),
      "value": state.value == nil ? .null : .text(state.text), "from": state.from.map { .text($0.description) } ?? .null,
      "source": .text(state.source), "certainty": state.certainty.map { .text($0.rawValue) } ?? .null,
      "default": .flag(state.isDefault),
    ])
  }

  private static func value(_ suggestion: Suggestion) -> JSONValue {
    .object([
      "row": .number(Int128(suggestion.kind.row)), "kind": .text(suggestion.kind.rawValue),
      "strength": .text(suggestion.strength.rawValue), "outcome": .text(word(suggestion.strength == .suspected ? .met : .toCheck)),
      "subject": suggestion.subject.map { .text($0) } ?? .null, "red": .flag(suggestion.isRed),
      "rules": .list(suggestion.rules.map { .text($0.rawValue) }),
      "revisit_on": suggestion.revisitOn.map { .text($0.description) } ?? .null,
    ])
  }

  private static func value(_ row: OpenRow) -> JSONValue {
    .object([
      "row": .number(Int128(row.kind.row)), "kind": .text(row.kind.rawValue), "outcome": .text(word(row.outcome)),
      "subject": row.subject.map { .text($0) } ?? .null, "missing": .list(row.missing.map(value)),
      "unset": .list(row.unset.map { .text($0.rawValue) }),
    ])
  }
}

/// JSON as a value.
indirect enum JSONValue: Encodable {
  case null
  case flag(Bool)
  case number(Int128)
  /// Ten-thousandths of a number: whole where it is whole.
  case scaled(Int128)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    switch self {
    case .null: try single.encodeNil()
    case .flag(let flag): try single.encode(flag)
    case .number(let number): try encode(number, into: &single)
    case .scaled(let scaled):
      let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Span.scale)
      if rest == 0 { try encode(whole, into: &single) } else { try single.encode(Decimal4.text(scaled)) }
    case .text(let text): try single.encode(text)
    case .list(let list): try single.encode(list)
    case .object(let object): try single.encode(object)
    }
  }

  /// A number where JSON's readers agree on it, text where it is longer.
  private func encode(_ number: Int128, into single: inout any SingleValueEncodingContainer) throws {
    if number.magnitude <= 9_007_199_254_740_992 { try single.encode(Int64(number)) } else { try single.encode(String(number)) }
  }
}
