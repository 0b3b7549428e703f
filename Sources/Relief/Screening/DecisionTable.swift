// The decision table (2.10): the first row that matches leads, all that match are shown. Advice for the people who decide.
//
// Decisions, each with cases under Tests/Policy/cases:
//  * Whoever is in a category already gets no suggestion of it; a person who is 特困 none of 低保 of their own (2.11 decision 14).
//  * A row that only waits for the property check is likely, and may lead: no village can supply that check, and the
//    application is what brings it about. It never counts as 疑似符合.
//  * While 低保 is suggested, rows 4 and 5 are shown only where they are 疑似符合 themselves.
//  * Nothing found (row 11) is said only where every other row is 不符合; else the answer is open.

/// What the table suggests.
public struct Suggestion: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// 急难型临时救助（先行救助）
    case firstAid = "first_aid"
    case tk, lb
    /// 低保（单人保）和边缘家庭
    case singlePerson = "drb"
    case by, tpbw, byyz
    /// 提请乡村振兴部门认定
    case tfyz
    /// 支出型困难（待县定标准）
    case zcx
    /// 列入重点关注
    case attention
    /// 未发现困难
    case none

    public var row: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
  }

  public enum Strength: String, Sendable {
    /// 疑似符合
    case suspected
    /// 疑似符合, once the property has been checked.
    case likely
  }

  public var kind: Kind
  public var strength: Strength
  /// Key of the member or emergency; nil: the household.
  public var subject: String?
  /// Rules it rests on.
  public var rules: [ScreeningRule]
  public var isRed: Bool { kind == .firstAid }
  /// 重点关注: the next visit, nil while the county has not set when.
  public var revisitDays: Int?
  public var revisitOn: CivilDate?
}

/// A row that is neither matched nor ruled out.
public struct OpenRow: Equatable, Sendable {
  public var kind: Suggestion.Kind
  public var subject: String?
  public var outcome: Outcome
  public var missing: [MissingInput]
  public var unset: [PolicyParameter]
}

extension Screening {
  /// What the table as a whole is where nothing leads: 未设定 outranks 待核; a card nobody answered is 待核 too.
  public var openOutcome: Outcome { open.contains { $0.outcome == .unset } ? .unset : .toCheck }
}

struct DecisionTable {
  private let worksheet: Worksheet
  private let results: [ScreeningResult]

  init(_ worksheet: Worksheet, _ results: [ScreeningResult]) {
    (self.worksheet, self.results) = (worksheet, results)
  }

  private struct Row {
    var kind: Suggestion.Kind
    var subject: String?
    var rules: [ScreeningRule]
    var judgement: Judgement

    /// Waits for the property check and for nothing else.
    var isLikely: Bool {
      judgement.outcome == .toCheck && !judgement.missing.isEmpty && judgement.missing.allSatisfy { $0.field == .property }
    }
  }

  func answer() -> (suggestions: [Suggestion], open: [OpenRow]) {
    let rows = emergencies + destitute + household
    let lb = rows.contains { $0.kind == .lb && ($0.judgement.outcome == .met || $0.isLikely) }
    var suggestions: [Suggestion] = []
    var open: [OpenRow] = []
    for row in rows {
      let isBelowLb = lb && (row.kind == .singlePerson || row.kind == .by)
      if row.judgement.outcome == .met || (row.isLikely && !isBelowLb) {
        suggestions.append(
          Suggestion(
            kind: row.kind, strength: row.judgement.outcome == .met ? .suspected : .likely, subject: row.subject,
            rules: row.rules))
      } else if !row.judgement.isSettled {
        open.append(
          OpenRow(
            kind: row.kind, subject: row.subject, outcome: row.judgement.outcome, missing: row.judgement.missing.sorted(),
            unset: row.judgement.unset.sorted { $0.rawValue < $1.rawValue }))
      }
    }
    suggestions.sort { $0.kind.row < $1.kind.row }
    if suggestions.isEmpty { suggestions = rest(open) }
    return (suggestions, open)
  }

  /// Rows 10 and 11.
  private func rest(_ open: [OpenRow]) -> [Suggestion] {
    let isTicked = Visit.Mark.allCases.contains { worksheet.input.marks[$0] == .yes }
    if isTicked {
      var suggestion = Suggestion(kind: .attention, strength: .suspected, rules: [])
      if case .count(let days)? = worksheet.state(.attentionRevisitDays).value {
        suggestion.revisitDays = days
        suggestion.revisitOn = CivilDate(dayNumber: worksheet.input.visitDate.dayNumber + days)
      }
      return [suggestion]
    }
    let isKnown = Visit.Mark.allCases.allSatisfy { worksheet.input.marks[$0] == .no }
    return open.isEmpty && isKnown ? [Suggestion(kind: .none, strength: .suspected, rules: [])] : []
  }

  // MARK: Rows

  /// Row 1: an open emergency that cannot wait.
  private var emergencies: [Row] {
    guard let emergencies = worksheet.input.emergencies else {
      return [Row(kind: .firstAid, rules: [.emergency], judgement: .missing(.emergency))]
    }
    return emergencies.map { emergency in
      let red: Judgement = emergency.urgency.map { .of($0 == .red) } ?? .missing(.urgency, of: emergency.key)
      return Row(
        kind: .firstAid, subject: emergency.key, rules: [.emergency], judgement: .all([.of(!emergency.isClosed), red]))
    }
  }

  /// Row 2, for each member.
  private var destitute: [Row] {
    worksheet.members.map { member in
      Row(
        kind: .tk, subject: member.key, rules: [.tk],
        judgement: .all([judgement(.tk, of: member.key), !holds(.tk, member)]))
    }
  }

  /// Rows 3 to 9.
  private var household: [Row] {
    let everybodyTk = Judgement.all(counted.map { holds(.tk, $0) } + [.of(!counted.isEmpty)])
    var rows = [
      Row(
        kind: .lb, rules: [.lb],
        judgement: .all([judgement(.lb), !holds(.lb), !everybodyTk]))
    ]
    rows += counted.map { member in
      Row(
        kind: .singlePerson, subject: member.key, rules: [.by, .singlePerson],
        judgement: .all([judgement(.singlePerson, of: member.key), !holds(.tk, member), !holds(.lb, member), !holds(.lb)]))
    }
    let single: [(Suggestion.Kind, ScreeningRule, ReliefCategory)] = [
      (.by, .by, .by), (.tpbw, .tpbw, .tpbw), (.byyz, .byyz, .byyz), (.tfyz, .tfyz, .tfyz), (.zcx, .zcx, .zcx),
    ]
    return rows
      + single.map { kind, rule, category in
        Row(kind: kind, rules: [rule], judgement: .all([judgement(rule), !holds(category)]))
      }
  }

  private var counted: [MemberInput] {
    zip(worksheet.members, worksheet.membership).filter { $0.1.outcome != .notMet }.map(\.0)
  }

  private func judgement(_ rule: ScreeningRule, of subject: String? = nil) -> Judgement {
    results.first { $0.rule == rule && (subject == nil || $0.subject == subject) }?.judgement ?? .notMet
  }

  private func holds(_ category: ReliefCategory) -> Judgement {
    worksheet.input.household.holds.map { .of($0.contains(category)) } ?? .missing(.holds)
  }

  private func holds(_ category: ReliefCategory, _ member: MemberInput) -> Judgement {
    member.holds.map { .of($0.contains(category)) } ?? .missing(.holds, of: member.key)
  }
}
