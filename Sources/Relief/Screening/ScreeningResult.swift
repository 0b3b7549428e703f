// What a rule answered and how it came to it, as structure: the parts of the condition, the comparisons, the arithmetic step
// by step, every figure and parameter it used, what is missing and what is not set. Sentences are made of it elsewhere.

public struct ScreeningResult: Equatable, Sendable {
  public var rule: ScreeningRule
  /// Key of the member, of the emergency…; nil: the household.
  public var subject: String?
  public var outcome: Outcome
  /// What is not known and keeps the outcome open, sorted. Empty where the outcome is settled.
  public var missing: [MissingInput]
  /// Parameters that are not set and keep it open.
  public var unset: [PolicyParameter]
  /// The condition's parts in order; the outcome is made of theirs.
  public var parts: [Part]
  /// The arithmetic in order.
  public var steps: [Step]
  /// What the rule worked out, by name.
  public var figures: [Figure]
  /// What it looked at.
  public var inputs: [InputUse]
  public var parameters: [ParameterState]

  public func figure(_ name: Figure.Name) -> Figure? { figures.first { $0.name == name } }

  /// One part of a condition, with its comparison where it is one.
  public struct Part: Equatable, Sendable {
    public var name: PartName
    public var outcome: Outcome
    public var comparison: Comparison?
  }

  public struct Comparison: Equatable, Sendable {
    public var left: Figure
    public var order: Span.Order
    public var right: Figure
  }

  /// `result` = operands put together by `operation`.
  public struct Step: Equatable, Sendable {
    public enum Operation: String, Sendable {
      case sum
      case product
      /// First operand less the others, but not below zero.
      case lessened
      /// The smallest of them.
      case smallest
      /// How many of them there are.
      case count
      /// Not counted: shown because it was there.
      case excluded
      /// Between zero and it: whether it counts is open.
      case perhaps
    }
    public var result: Figure
    public var operation: Operation
    public var operands: [Figure]
  }

  /// A value that was looked at, as code or number; never a name or a number of a person.
  public struct InputUse: Hashable, Sendable {
    public var field: InputField
    public var member: String?
    /// Nil: not known.
    public var value: String?
  }
}

/// A named amount.
public struct Figure: Equatable, Sendable {
  public enum Unit: String, Sendable { case fen, people, times, years, months, days, items, share }

  public enum Name: String, CaseIterable, Sendable {
    case people, age
    case incomeItem = "income_item"
    case spendingItem = "spending_item"
    case countable, excluded
    case spending, cap, rigid
    case wages
    case employmentCost = "employment_cost"
    case employmentDeduction = "employment_deduction"
    case assessed
    case standardYear = "standard_year"
    case limit, multiplier
    case ownIncome = "own_income"
    case disposable, line, ratio
    case rigidSpending = "rigid_spending"
    case spendingFloor = "spending_floor"
    case fails
    case months
    case monthsNeeded = "months_needed"
    case amount, ceiling
    case supplementWorkdays = "supplement_workdays"
    case revisitDays = "revisit_days"
    case factor
  }

  public var name: Name
  /// Which one, where there are several: kind or code of an item.
  public var detail: String?
  public var member: String?
  public var value: Span
  public var unit: Unit

  public init(_ name: Name, _ value: Span, _ unit: Unit, detail: String? = nil, member: String? = nil) {
    (self.name, self.value, self.unit, self.detail, self.member) = (name, value, unit, detail, member)
  }
}

/// Names of the parts of conditions.
public enum PartName: String, CaseIterable, Sendable {
  case counted, excluded, head, spouse
  case minorChild = "minor_child"
  case dependentChild = "dependent_child"
  case dutyAndCoresidence = "duty_and_coresidence"
  case figureKnown = "figure_known"
  case oneHead = "one_head"
  case oneSpouse = "one_spouse"
  case oppositeSex = "opposite_sex"
  case oneHousehold = "one_household"
  case amountKnown = "amount_known"
  case wage, labour
  case property, item
  case income
  case notLb = "not_lb"
  case notTk = "not_tk"
  case notBy = "not_by"
  case isBy = "is_by"
  case severeDisability = "severe_disability"
  case majorDisease = "major_disease"
  case old, minor, disability
  case otherCircumstance = "other_circumstance"
  case noLabour = "no_labour"
  case noSource = "no_source"
  case noSupport = "no_support"
  case notOrphanScheme = "not_orphan_scheme"
  case obligor
  case othersUnknown = "others_unknown"
  case inSchool = "in_school"
  case needsCare = "needs_care"
  case kind, date, place
  case cannotSelfHelp = "cannot_self_help"
  case notCovered = "not_covered"
  case withinCeiling = "within_ceiling"
  case anyPlace = "any_place"
  case suddenSpending = "sudden_spending"
  case within
  case above
  case outOfPoverty = "out_of_poverty"
  case ordinary
  case risk
  case suddenEvent = "sudden_event"
  case severeDifficulty = "severe_difficulty"
  case stable
  case education, medical, housing, water
  case noOpenRisk = "no_open_risk"
  case someoneCanWork = "someone_can_work"
  case clearedLater = "cleared_later"
  case measure, development
  case covered
  case spending
  case ratio
  case due
}

/// Names of what screening looks at: what can be missing.
public enum InputField: String, CaseIterable, Sendable {
  case hukou, kind, holds, size, members
  case countedMembers = "counted_members"
  case relation, birth, sex, status, schooling, independent
  case legalDuty = "legal_duty"
  case coresident, elsewhere, labour, disability
  case disabilityKind = "disability_kind"
  case disabilityGrade = "disability_grade"
  /// 多重残疾 is not named in the text: a person must judge.
  case manualJudgement = "manual_judgement"
  case illness
  case majorDisease = "major_disease"
  case diseases
  case otherCircumstance = "other_circumstance"
  case orphanScheme = "orphan_scheme"
  case selfCare = "self_care"
  case obligors
  case obligorHolds = "obligor_holds"
  case obligorIncapable = "obligor_incapable"
  case obligorIncome = "obligor_income"
  case obligorProperty = "obligor_property"
  case income
  case incomeAmount = "income_amount"
  case incomeOwner = "income_owner"
  case spending
  case spendingAmount = "spending_amount"
  case property
  case propertyItem = "property_item"
  case emergency
  case emergencyKind = "emergency_kind"
  case emergencyDate = "emergency_date"
  case emergencyPlace = "emergency_place"
  case cannotSelfHelp = "cannot_self_help"
  case notCovered = "not_covered"
  case urgency
  case firstAid = "first_aid"
  case firstAidAmount = "first_aid_amount"
  case hukouPlace = "hukou_place"
  case mark, risk
  case suddenEvent = "sudden_event"
  case severeDifficulty = "severe_difficulty"
  case suddenSpending = "sudden_spending"
  case unstableIncome = "unstable_income"
  case lastCheck = "last_check"
  case identified
  case aboveSince = "above_since"
  case openRisk = "open_risk"
  case secured, cleared
  case clearMode = "clear_mode"
  case measure, development
  case noLabourCovered = "no_labour_covered"
}
