// The warning models (policy §7.2): what a row of a department's list may mean for a person of the register, or what it means that a
// list which names everybody does not name them. Thresholds and levels are parameters; one that is unset raises nothing and says so.
// The table is docs/warnings.md; a test compares the two.

public struct WarningModel: Equatable, Sendable {
  public enum Trigger: String, Sendable {
    /// A row names the person.
    case named
    /// A list that names everybody it is about does not.
    case unnamed
  }

  /// Whom it is about.
  public enum Audience: String, Sendable {
    /// Who holds a category (三（三）三: 已经纳入).
    case covered
    /// Who holds none (未纳入).
    case uncovered
    case anybody
  }

  /// What the row, or the register of the person, must say besides.
  public enum Condition: Equatable, Sendable {
    case none
    /// `amount_fen` of the row is at least this parameter.
    case amountAtLeast(PolicyParameter)
    /// A property of the row is one of these codes.
    case oneOf(String, Set<String>)
    /// 重残: grade 1 or 2, or 3 of 智力 or 精神 (policy §2.5).
    case severelyDisabled
    /// The register does not say yet that the person has left.
    case stillMember
    /// The category the row names is none that the person holds.
    case categoryNotHeld
    /// The row names 低保 and the person holds 特困, or the other way.
    case otherExclusiveCategoryHeld
  }

  public var code: String
  /// What the list is of: `kind` of the profile (docs/department-data.md).
  public var list: String
  public var trigger: Trigger
  public var audience: Audience
  public var condition: Condition
}

public enum WarningModels {
  public static let table: [WarningModel] = [
    // 未纳入: may be entitled (R39).
    .init(code: "disability_new", list: "disability", trigger: .named, audience: .uncovered, condition: .severelyDisabled),
    .init(code: "unemployed", list: "unemployment", trigger: .named, audience: .anybody, condition: .none),
    .init(
      code: "medical_cost", list: "medical_cost", trigger: .named, audience: .anybody, condition: .amountAtLeast(.warningMedical)),
    .init(code: "serious_illness", list: "illness", trigger: .named, audience: .anybody, condition: .none),
    .init(code: "mental_illness", list: "mental_illness", trigger: .named, audience: .anybody, condition: .none),
    .init(code: "dropout", list: "student", trigger: .named, audience: .anybody, condition: .oneOf("status", ["dropout"])),
    .init(code: "freshman", list: "student", trigger: .named, audience: .covered, condition: .oneOf("status", ["freshman"])),
    .init(
      code: "housing_danger", list: "housing", trigger: .named, audience: .anybody, condition: .oneOf("grade", ["c", "d", "none"])),
    .init(code: "disaster", list: "disaster", trigger: .named, audience: .anybody, condition: .none),
    .init(code: "appeal", list: "appeal", trigger: .named, audience: .anybody, condition: .none),
    // 已纳入: is everything delivered (R38).
    .init(code: "uninsured", list: "insured", trigger: .unnamed, audience: .covered, condition: .stillMember),
    .init(
      code: "not_delivered", list: "disability_subsidy", trigger: .unnamed, audience: .covered, condition: .severelyDisabled),
    // 已纳入: no longer entitled.
    .init(code: "deceased_paid", list: "death", trigger: .named, audience: .covered, condition: .stillMember),
    .init(code: "property_found", list: "property", trigger: .named, audience: .covered, condition: .none),
    .init(code: "double_scheme", list: "scheme", trigger: .named, audience: .covered, condition: .otherExclusiveCategoryHeld),
    // The register does not know what a department does.
    .init(code: "death", list: "death", trigger: .named, audience: .uncovered, condition: .stillMember),
    .init(code: "moved_out", list: "moved_out", trigger: .named, audience: .anybody, condition: .stillMember),
    .init(code: "imprisoned", list: "prison", trigger: .named, audience: .anybody, condition: .none),
    .init(code: "missing", list: "missing", trigger: .named, audience: .anybody, condition: .none),
    .init(code: "scheme", list: "scheme", trigger: .named, audience: .anybody, condition: .categoryNotHeld),
  ]

  /// Beside the models: the number is the same and the name another.
  public static let nameDiffers = "name_differs"

  public static func of(list: String, _ trigger: WarningModel.Trigger) -> [WarningModel] {
    table.filter { $0.list == list && $0.trigger == trigger }
  }
}

/// Levels by model, as the parameter `warning_levels` writes them: `deceased_paid=red medical_cost=orange`.
public struct WarningLevels: Equatable, Sendable {
  public private(set) var byModel: [String: WarningLevel] = [:]

  public init() {}

  /// Nil where a word is no `model=level` of this program, or a model stands twice.
  public init?(_ text: String) {
    let known = Set(WarningModels.table.map(\.code) + [WarningModels.nameDiffers])
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "，" || $0 == "；" }) {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, known.contains(parts[0]), let level = WarningLevel(rawValue: parts[1]),
        byModel.updateValue(level, forKey: parts[0]) == nil
      else { return nil }
    }
  }

  public subscript(_ model: String) -> WarningLevel? { byModel[model] }
}
