// The rules by their names in the policy reference, section 2, with what they rest on. docs/screening.md says each of them.

public enum ScreeningRule: String, CaseIterable, Sendable {
  /// 计入家庭成员 (a member), and how many count (the household).
  case member = "T-HH-1"
  case count = "T-HH"
  case oneHead = "T-HH-2"
  case oneHousehold = "T-HH-3"
  case countableIncome = "T-INC-1"
  case assessedIncome = "T-INC-2"
  case amountsKnown = "T-INC-3"
  case wageWithoutLabour = "T-INC-4"
  case property = "T-PROP-1"
  case propertyItems = "T-PROP-2"
  case lb = "T-LB-1"
  case recheck = "T-LB-3"
  case by = "T-BY-1"
  /// 单人保
  case singlePerson = "T-DRB-1"
  case noLabour = "T-TK-1"
  case noSource = "T-TK-2"
  case noSupport = "T-TK-3"
  case notOrphanScheme = "T-TK-4"
  case keepsAsMinor = "T-TK-5"
  case tk = "T-TK"
  case selfCare = "T-SC-1"
  case emergency = "T-LS-1"
  case firstAid = "T-LS-2"
  case anywhere = "T-LS-3"
  /// 支出型临时救助
  case suddenSpending = "T-LS-4"
  /// 监测范围
  case withinLine = "T-FP-1"
  case clearable = "T-FP-2"
  case clearedAtOnce = "T-FP-3"
  case noMeasure = "T-FP-4"
  case noLabourNotCovered = "T-FP-5"
  case tpbw = "T-FP-TPBW"
  case byyz = "T-FP-BYYZ"
  case tfyz = "T-FP-TFYZ"
  case zcx = "T-ZCX-1"

  public enum Kind: String, Sendable {
    /// 疑似符合 or 不符合 a condition.
    case condition
    /// Works a figure out; 疑似符合 says that it could be worked out.
    case figure
    /// Looks at the data; 不符合 is a warning and stops nothing.
    case check
  }

  public var kind: Kind {
    switch self {
    case .count, .countableIncome, .assessedIncome: .figure
    case .oneHead, .oneHousehold, .amountsKnown, .wageWithoutLabour, .clearedAtOnce, .noMeasure, .noLabourNotCovered: .check
    default: .condition
    }
  }

  /// Every outcome it can have; the tests have a case of each.
  public var outcomes: [Outcome] {
    switch self {
    case .count: [.met, .toCheck, .unset]
    case .countableIncome, .assessedIncome: [.met, .toCheck, .unset]
    case .oneHead, .oneHousehold, .amountsKnown, .wageWithoutLabour, .clearedAtOnce, .noLabourNotCovered,
      .notOrphanScheme, .selfCare, .emergency, .property, .propertyItems, .keepsAsMinor:
      [.met, .notMet, .toCheck]
    case .noMeasure, .recheck: [.met, .notMet, .toCheck, .unset]
    case .anywhere: [.met]
    default: Outcome.allCases
    }
  }

  /// Section of the policy reference.
  public var section: String {
    switch self {
    case .member, .count, .oneHead, .oneHousehold: "2.1"
    case .countableIncome, .assessedIncome, .amountsKnown, .wageWithoutLabour: "2.2"
    case .property, .propertyItems: "2.3"
    case .lb, .recheck: "2.4"
    case .by, .singlePerson: "2.5"
    case .noLabour, .noSource, .noSupport, .notOrphanScheme, .keepsAsMinor, .tk, .selfCare: "2.6"
    case .emergency, .firstAid, .anywhere, .suddenSpending: "2.7"
    case .withinLine, .clearable, .clearedAtOnce, .noMeasure, .noLabourNotCovered, .tpbw, .byyz, .tfyz: "2.8"
    case .zcx: "2.9"
    }
  }

  /// What the rule rests on, as it is cited on screen and paper.
  public struct Basis: Equatable, Sendable {
    public var text: String
    public var certainty: Certainty
  }

  public var basis: Basis {
    switch self {
    case .member, .count: Basis(text: "民发〔2021〕57号 第7条", certainty: .recalled)
    case .oneHead, .oneHousehold, .wageWithoutLabour, .clearedAtOnce, .noMeasure, .noLabourNotCovered:
      Basis(text: "防返贫监测数据核查规则", certainty: .recalled)
    case .countableIncome, .amountsKnown: Basis(text: "民发〔2021〕57号 第13条", certainty: .recalled)
    case .assessedIncome: Basis(text: "隆民〔2022〕1号 四（一）", certainty: .stated)
    case .property, .propertyItems: Basis(text: "民发〔2021〕57号 第14条", certainty: .recalled)
    case .lb, .recheck: Basis(text: "民发〔2021〕57号", certainty: .recalled)
    case .by: Basis(text: "隆民〔2022〕1号 二（三）", certainty: .stated)
    case .singlePerson: Basis(text: "隆民〔2022〕1号 四（一）；民发〔2021〕57号 第8条", certainty: .recalled)
    case .noLabour, .noSource, .noSupport, .notOrphanScheme, .keepsAsMinor, .tk:
      Basis(text: "隆民〔2022〕1号 二（二）；民发〔2021〕43号", certainty: .recalled)
    case .selfCare: Basis(text: "民发〔2021〕43号；豫民〔2021〕7号", certainty: .stated)
    case .emergency, .firstAid, .anywhere: Basis(text: "隆民〔2022〕1号 四（三）", certainty: .stated)
    case .suddenSpending: Basis(text: "民发〔2018〕23号", certainty: .recalled)
    case .withinLine, .tpbw: Basis(text: "隆民〔2022〕1号 二（四）；中农组发〔2021〕7号", certainty: .stated)
    case .byyz: Basis(text: "隆民〔2022〕1号 二（五）；中农组发〔2021〕7号", certainty: .stated)
    case .tfyz: Basis(text: "隆民〔2022〕1号 二（六）", certainty: .stated)
    case .clearable: Basis(text: "中农组发〔2021〕7号", certainty: .recalled)
    case .zcx: Basis(text: "隆民〔2022〕1号 五（二）", certainty: .stated)
    }
  }
}
