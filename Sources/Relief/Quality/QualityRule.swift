// 数据质量 (policy reference 4.5): soft checks of what the register holds. A finding says where to look; it refuses nothing, changes
// nothing and decides nothing. docs/data-quality.md has the table, with what of 4.5 this program cannot see.

public enum QualityRule: String, CaseIterable, Sendable {
  // One person.
  case badID = "bad_id"
  case duplicateID = "duplicate_id"
  case unknownProvince = "unknown_province"
  case sexDiffers = "sex_differs"
  case birthDiffers = "birth_differs"
  case badRelation = "bad_relation"
  case badCode = "bad_code"
  case educationAndSchooling = "education_and_schooling"
  case healthEmpty = "health_empty"
  case workWithoutMonths = "work_without_months"
  case badPhone = "bad_phone"
  case insuranceEmpty = "insurance_empty"
  case notInsured = "not_insured"
  case noSeriousInsurance = "no_serious_insurance"
  case certificateShape = "certificate_shape"
  case certificateShort = "certificate_short"
  case certificateChecksum = "certificate_checksum"
  case certificateOfAnother = "certificate_of_another"
  case certificateDiffers = "certificate_differs"
  case healthyWithoutLabour = "healthy_without_labour"
  case childWorks = "child_works"
  case youngPostgraduate = "young_postgraduate"

  // One household.
  case noHead = "no_head"
  case severalHeads = "several_heads"
  case severalSpouses = "several_spouses"
  case sameSexCouple = "same_sex_couple"
  case schemesEmpty = "schemes_empty"
  case noLabourNotCovered = "no_labour_not_covered"

  // One visit.
  case waterEmpty = "water_empty"
  case visitorEmpty = "visitor_empty"
  case tinyWage = "tiny_wage"
  case wageWithoutLabour = "wage_without_labour"
  case schemeWithoutTransfer = "scheme_without_transfer"
  case highIncomeMonitored = "high_income_monitored"
  case belowLineNotMonitored = "below_line_not_monitored"
  case clearedBelowLine = "cleared_below_line"
  case clearedAtOnce = "cleared_at_once"
  case clearedOutOfSchool = "cleared_out_of_school"
  case noMeasure = "no_measure"

  public enum Weight: String, Sendable {
    /// Something nobody filled in: worth asking next time.
    case gap
    /// What is written cannot well be so.
    case doubt
  }

  public var weight: Weight {
    switch self {
    case .healthEmpty, .insuranceEmpty, .notInsured, .noSeriousInsurance, .schemesEmpty, .waterEmpty, .visitorEmpty, .certificateShort: .gap
    default: .doubt
    }
  }

  /// Where it comes from: keys of the reference's list of sources, or another section.
  public var source: String {
    switch self {
    case .badID, .duplicateID, .badRelation, .badCode, .educationAndSchooling, .healthEmpty, .workWithoutMonths, .badPhone,
      .insuranceEmpty, .notInsured, .noSeriousInsurance, .noHead, .severalHeads, .severalSpouses, .sameSexCouple, .schemesEmpty:
      "4.5 S:dq28"
    case .unknownProvince: "4.1"
    case .sexDiffers, .birthDiffers: "2.11 decision 15"
    case .certificateShort: "2.11 decision 15; 4.2"
    case .certificateOfAnother, .certificateDiffers: "4.2"
    case .tinyWage, .highIncomeMonitored: "4.4 S:dq-gz"
    case .wageWithoutLabour: "2.2 T-INC-4 S:dq-gz"
    case .noLabourNotCovered: "2.8 T-FP-5 S:dq-gz"
    case .clearedAtOnce: "2.8 T-FP-3 S:dq-gz"
    case .noMeasure: "2.8 T-FP-4 S:dq-gz"
    default: "4.5 S:dq-gz"
    }
  }
}

/// One thing noticed. It names places, never values: a finding may be logged.
public struct QualityFinding: Hashable, Comparable, Sendable {
  public var rule: QualityRule
  /// Entity of the person; nil: the household, or the visit.
  public var person: String?
  /// `list.property` to look at.
  public var field: String

  public init(_ rule: QualityRule, of person: String? = nil, _ field: String) {
    (self.rule, self.person, self.field) = (rule, person, field)
  }

  /// By rule as they are listed, then by person.
  public static func < (left: QualityFinding, right: QualityFinding) -> Bool {
    (left.order, left.person ?? "", left.field) < (right.order, right.person ?? "", right.field)
  }

  private var order: Int { QualityRule.allCases.firstIndex(of: rule) ?? 0 }
}
