// The warning models (policy §7.2): what a row of a department's list may mean for a person of the register, or what it means that a
// list which names everybody does not name them. Thresholds and levels are parameters; one that is unset raises nothing and says so.
// The table is docs/warnings.md; a test compares the two.

public struct WarningModel: Equatable, Sendable {
  public enum Trigger: Equatable, Sendable {
    /// A row names the person.
    case named
    /// No row names the person, of a list that names everybody it is about: of all its rows, or of those whose property is one of these
    /// codes. A list without a single such row says nothing.
    case unnamed(String? = nil, Set<String> = [])

    public var isNamed: Bool { self == .named }
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
    /// `WarningModels.isSevere`
    case severelyDisabled
    /// The register does not say yet that the person has left.
    case stillMember
    /// The row's `kind` is a category, and none that the person holds.
    case categoryNotHeld
    /// The row's `kind` is one that the person holds.
    case categoryHeld
    /// The row names 低保 and the person holds 特困, or the other way.
    case otherExclusiveCategoryHeld
  }

  /// When a later list may say the same again, after the warning of it is over (docs/warnings.md).
  public enum Repeats: String, Sendable {
    /// It contradicts the register: put right, it is not found any more.
    case nextList = "next list"
    /// It lasts, whatever the register says, and whatever days the row has.
    case year
    /// What a row with a day tells happened on that day and is never news twice; a row without one, after a year.
    case event
  }

  public var code: String
  /// Profiles whose rows it reads: `department/list` (docs/department-data.md).
  public var lists: [String]
  public var trigger: Trigger
  public var audience: Audience
  public var condition: Condition
  public var repeats: Repeats

  init(
    _ code: String, _ lists: [String], _ trigger: Trigger, _ audience: Audience, _ condition: Condition = .none, _ repeats: Repeats = .year
  ) {
    self.repeats = repeats
    self.code = code
    self.lists = lists
    self.trigger = trigger
    self.audience = audience
    self.condition = condition
  }

  init(_ code: String, _ lists: [String], _ audience: Audience, _ condition: Condition = .none, _ repeats: Repeats = .year) {
    self.init(code, lists, .named, audience, condition, repeats)
  }
}

public enum WarningModels {
  /// Categories a department's row may name (docs/facts.md, `household.category`).
  static let categories: Set<String> = ["lb", "tk", "by", "tpbw", "byyz", "tfyz", "zcx", "other"]

  public static let table: [WarningModel] = [
    // 未纳入: may be entitled (R39).
    .init("disability_new", ["disabled/certificates"], .uncovered, .severelyDisabled),
    .init("unemployed", ["labour/unemployed"], .anybody),
    .init("medical_cost", ["medical_insurance/expense"], .anybody, .amountAtLeast(.warningMedical), .event),
    .init("serious_illness", ["medical_insurance/chronic", "health/illness"], .anybody),
    .init("mental_illness", ["health/mental"], .anybody),
    .init("dropout", ["education/dropout"], .anybody),
    .init("housing_danger", ["housing/appraisal"], .anybody, .oneOf("housing_grade", ["c", "d", "none"])),
    .init("disaster", ["emergency/disaster"], .anybody, .none, .event),
    .init("appeal", ["own/appeals"], .anybody, .none, .event),
    // 已纳入: is everything delivered (R38).
    .init("freshman", ["education/freshmen"], .covered, .none, .event),
    .init("uninsured", ["medical_insurance/uninsured"], .covered, .stillMember, .nextList),
    .init("uninsured", ["medical_insurance/insured"], .unnamed(), .covered, .stillMember, .nextList),
    .init("not_delivered", ["civil_affairs/in_scheme"], .unnamed("kind", ["disabled_care"]), .covered, .severelyDisabled, .nextList),
    // 已纳入: no longer entitled.
    .init("deceased_paid", ["police/deaths", "health/deaths"], .covered, .stillMember, .nextList),
    .init("property_found", ["police/vehicles", "housing/houses"], .covered),
    .init("double_scheme", ["civil_affairs/in_scheme"], .covered, .otherExclusiveCategoryHeld, .nextList),
    .init("stopped", ["civil_affairs/stopped"], .covered, .categoryHeld, .nextList),
    // The register does not know what a department does.
    .init("death", ["police/deaths", "health/deaths"], .uncovered, .stillMember, .nextList),
    .init("moved_out", ["police/moves"], .anybody, .oneOf("change", ["moved", "married_out"]), .event),
    .init("imprisoned", ["justice/prison"], .anybody, .oneOf("presence", ["prison"])),
    .init("missing", ["justice/missing"], .anybody, .none, .event),
    .init("scheme", ["civil_affairs/in_scheme", "rural/monitored"], .anybody, .categoryNotHeld, .nextList),
  ]

  /// Lists that say how things stand on their day: where a later one speaks, an earlier one says nothing any more. The others tell of what
  /// happened, and that stays true.
  public static let standing: Set<String> = [
    "civil_affairs/in_scheme", "medical_insurance/insured", "medical_insurance/uninsured", "labour/unemployed", "rural/monitored",
    "education/dropout",
  ]

  /// 重残 (policy §2.5): grade 1 or 2, or 3 of 智力 or 精神.
  public static func isSevere(disability grade: String?, kind: String?) -> Bool {
    grade == "1" || grade == "2" || grade == "3" && (kind == "5" || kind == "6")
  }

  /// What a row calls the day of which it tells: `until` of the months that it adds up, `year` of an admission.
  static let days = ["date", "until", "year"]

  /// Beside the models: the number is the same and the name another.
  public static let nameDiffers = "name_differs"

  /// Models that read the rows of a profile.
  public static func named(in list: String) -> [WarningModel] { table.filter { $0.trigger.isNamed && $0.lists.contains(list) } }

  /// Models that ask whom a profile's rows leave out.
  public static func unnamed(in list: String) -> [WarningModel] { table.filter { !$0.trigger.isNamed && $0.lists.contains(list) } }
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
