// Papers (台账、报表, policy §7.4): what townships and the county hand in, each a function from the register to sheets. A paper opens no
// file and asks no clock; who may have it, where it is written and that it is written down is for whoever calls. What a paper takes
// each column from stands in docs/papers.md.

public import Relief
public import Tables

/// What a paper is made of.
public struct PaperContext: Sendable {
  public var register: Register
  /// A county, a township or a village.
  public var division: Division
  public var days: PaperDays
  /// The day lateness is counted to: the last of the days, or today where that has not come yet.
  public var asOf: CivilDate
  public var rules: CaseRules
  public var labels: CodeLabels
  /// Whether numbers stand in full in the papers of the office. Extracts for others never have any.
  public var showsNumbers: Bool
  /// Orders what must stand in an order that tells nothing.
  public var seed: UInt64

  public init(
    _ register: Register, in division: Division, _ days: PaperDays, _ rules: CaseRules, today: CivilDate? = nil,
    labels: CodeLabels = CodeLabels(), showsNumbers: Bool = false, seed: UInt64 = 0
  ) {
    asOf = today.map { min($0, days.to) } ?? days.to
    (self.register, self.division, self.days, self.rules) = (register, division, days, rules)
    (self.labels, self.showsNumbers, self.seed) = (labels, showsNumbers, seed)
  }
}

public struct Paper: Sendable {
  /// Whom it is for.
  public enum Audience: Equatable, Sendable {
    /// The county and its townships.
    case office
    /// 公示, 部门, 慈善, 督查: a fixed choice of fields (P10).
    case extract
  }

  /// ASCII, as a command names it.
  public var name: String
  public var title: String
  public var audience: Audience
  /// One sheet, or one for each who gets one; a sheet is a file.
  public var sheets: @Sendable (PaperContext) -> [Sheet]

  init(_ name: String, _ title: String, _ audience: Audience = .office, sheets: @escaping @Sendable (PaperContext) -> [Sheet]) {
    (self.name, self.title, self.audience, self.sheets) = (name, title, audience, sheets)
  }

  /// Every paper, in the order of docs/papers.md.
  public static let all: [Paper] =
    GrantedPaper.all + StoppedPaper.all + [
      .afterStop, .naturalLoss, .temporaryRelief, .nearRelatives,
      .sweepTotals, .lowIncomeRegister, .warnings, .referrals, .reserve, .supplements, .monitored, .publicity, .supervision,
      .publicNotice, .departmentSlips, .charityNeeds, .inspection,
    ]

  /// By its name or its title.
  public static func named(_ name: String) -> Paper? { all.first { $0.name == name || $0.title == name } }
}

/// What a code is called: list → code → label, as `seeds/codes.csv` has it. A code without a label is shown as it is.
public struct CodeLabels: Equatable, Sendable {
  private var labels: [String: [String: String]] = [:]

  public init() {}

  public mutating func name(_ code: String, in list: String, _ label: String) { labels[list, default: [:]][code] = label }

  public var isEmpty: Bool { labels.isEmpty }

  /// The codes of a list, sorted.
  public func codes(in list: String) -> [String] { labels[list, default: [:]].keys.sorted() }

  public func label(_ code: String?, in list: String) -> String? { code.map { labels[list]?[$0] ?? $0 } }

  public func labels(_ codes: [String], in list: String) -> String? {
    codes.isEmpty ? nil : codes.map { labels[list]?[$0] ?? $0 }.joined(separator: "、")
  }
}
