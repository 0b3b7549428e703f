// A fact: properties of one entity of a list, as a form or an import declared them. docs/facts.md has the vocabulary.

public struct Fact: Equatable, Sendable {
  /// Name of the list, `household`, `person`, `visit`…
  public var list: String
  public var entity: String
  public var label: String?
  /// In the order they were declared; the later of two with one name holds.
  public var properties: [Property]

  public init(list: String, entity: String, label: String? = nil, properties: [Property] = []) {
    self.list = list
    self.entity = entity
    self.label = label
    self.properties = properties
  }

  public func value(_ name: String) -> String? { properties.last { $0.name == name }?.value }
}

/// One property. An empty value says that somebody emptied it; a property that is absent says nothing.
public struct Property: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Names of the lists. A list that is not named here is kept all the same.
public enum FactList {
  public static let household = "household"
  public static let person = "person"
  public static let visit = "visit"
  public static let risk = "risk"
  public static let income = "income"
  public static let expense = "expense"
  public static let need = "need"
  public static let scheme = "scheme"
  public static let property = "property_seen"
  public static let propertyCheck = "property_check"
  public static let selfCare = "self_care"
  public static let sweep = "sweep"
  public static let division = "division"
  public static let form = "form"
  public static let parameter = "parameter"
  public static let category = "category"
  public static let caseStep = "case_step"
  public static let application = "application"
  public static let emergency = "emergency"
  public static let referral = "referral"
  public static let assistance = "assistance"
  public static let fund = "fund"
  public static let plan = "plan"
  public static let carePlan = "care_plan"
  public static let careVisit = "care_visit"
  public static let match = "match"
  public static let publicity = "publicity"
  public static let training = "training"
  public static let team = "team"
  public static let batch = "batch"
  public static let warning = "warning"
  public static let finding = "finding"
  public static let warningStep = "warning_step"
  public static let campaign = "campaign"
  public static let campaignVillage = "campaign_village"
  public static let campaignRound = "campaign_round"
  /// What of a household was typed into the provincial system (R30).
  public static let provincialEntry = "provincial_entry"
}
