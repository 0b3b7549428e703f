// 预警: what rows of a department's list mean for the people of the register they are about. It reads the register as it stands and the
// parameters of the day, writes nothing, and says of what it did not look at why.

/// A row of a department's list, and the person it is about.
public struct ListedRow: Equatable, Sendable {
  /// The profile, `department/list`.
  public var list: String
  public var department: String
  public var batch: String
  public var line: Int
  public var person: String
  /// 疑似: by name, birth and village, not by number.
  public var isSimilar: Bool
  /// 证件同、姓名异
  public var nameDiffers: Bool
  /// The row speaks of the person's household, not of the person alone.
  public var isOfHousehold: Bool
  /// What the row says, by property, in the register's words (docs/department-data.md).
  public var values: [String: String]
  /// The same for people: titles and cells.
  public var evidence: String

  public init(
    list: String, department: String, batch: String, line: Int, person: String, isSimilar: Bool = false, nameDiffers: Bool = false,
    isOfHousehold: Bool = false, values: [String: String] = [:], evidence: String = ""
  ) {
    self.list = list
    self.department = department
    self.batch = batch
    self.line = line
    self.person = person
    self.isSimilar = isSimilar
    self.nameDiffers = nameDiffers
    self.isOfHousehold = isOfHousehold
    self.values = values
    self.evidence = evidence
  }
}

/// What one model says of one person; `Finding` once it has an id and a warning.
public struct FoundRisk: Equatable, Sendable {
  public var model: String
  public var household: String
  public var person: String
  public var level: WarningLevel?
  public var isSimilar: Bool
  public var evidence: String
  /// Nil: no row said it, but that none names the person.
  public var line: Int?
  var isByAbsence: Bool { line == nil }
  /// What makes it another finding than last time: the row's own words.
  public var substance: String
  /// The row has a day of its own.
  var hasDay = false
  var repeats = WarningModel.Repeats.year
  /// It is said of the household, whoever of it is named.
  public var isOfHousehold = false
}

public struct WarningJudge {
  private let register: Register
  private let parameters: PolicyParameters
  private let levels: WarningLevels
  private let day: CivilDate
  /// Parameters that a model asked for and nobody has set.
  public private(set) var unset: Set<PolicyParameter> = []
  private var kinds: [String: [Grant]] = [:]

  public init(_ register: Register, _ parameters: PolicyParameters, on day: CivilDate) {
    self.register = register
    self.parameters = parameters
    self.day = day
    if case .levels(let levels)? = parameters[.warningLevels, on: day] { self.levels = levels } else { levels = WarningLevels() }
  }

  /// What a row says of the person it names. Nothing of somebody who is in no household.
  public mutating func findings(of row: ListedRow) -> [FoundRisk] {
    guard let person = register.person(row.person), let household = person.household else { return [] }
    var found = WarningModels.named(in: row.list).filter { applies($0, to: person, in: household, row) }.map { ($0.code, $0.repeats) }
    // Another name under a number is asked about first, and once.
    if row.nameDiffers { found.append((WarningModels.nameDiffers, .year)) }
    let substance = row.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    let hasDay = WarningModels.days.contains { row.values[$0] != nil }
    return found.map { model, repeats in
      FoundRisk(
        model: model, household: household, person: row.person, level: levels[model], isSimilar: row.isSimilar, evidence: row.evidence,
        line: row.line, substance: substance, hasDay: hasDay, repeats: repeats,
        isOfHousehold: row.isOfHousehold && model != WarningModels.nameDiffers)
    }
  }

  /// What a model says of a person whom a list leaves out (`WarningModel.Trigger.unnamed`).
  public mutating func finding(ofUnnamed id: String, by model: WarningModel, evidence: String) -> FoundRisk? {
    guard let person = register.person(id), let household = person.household, applies(model, to: person, in: household, nil)
    else { return nil }
    return FoundRisk(
      model: model.code, household: household, person: id, level: levels[model.code], isSimilar: false, evidence: evidence, line: nil,
      substance: "", repeats: model.repeats)
  }

  private mutating func applies(_ model: WarningModel, to person: Person, in household: String, _ row: ListedRow?) -> Bool {
    switch model.audience {
    case .anybody: break
    case .covered: guard isCovered(person.id, household) else { return false }
    case .uncovered: guard !isCovered(person.id, household) else { return false }
    }
    switch model.condition {
    case .none: return true
    case .amountAtLeast(let parameter):
      guard case .money(let line)? = parameters[parameter, on: day] else {
        unset.insert(parameter)
        return false
      }
      return row?.values["amount_fen"].flatMap { Money(fen: $0) }.map { $0 >= line } ?? false
    case .oneOf(let property, let codes): return row?.values[property].map { codes.contains($0) } ?? false
    case .severelyDisabled: return isSeverelyDisabled(person, row)
    case .stillMember: return person.entity.value("membership") != "left"
    case .categoryNotHeld:
      guard let named = row?.values["kind"], WarningModels.categories.contains(named) else { return false }
      return !held(person.id, household).contains(named)
    case .categoryHeld: return row?.values["kind"].map { held(person.id, household).contains($0) } ?? false
    case .otherExclusiveCategoryHeld:
      guard let named = row?.values["kind"], let other = ["lb": "tk", "tk": "lb"][named] else { return false }
      return held(person.id, household).contains(other)
    }
  }

  private func isSeverelyDisabled(_ person: Person, _ row: ListedRow?) -> Bool {
    let grade = row?.values["disability_grade"] ?? person.entity.value("disability_grade")
    let kind = row?.values["disability_kind"] ?? person.entity.value("disability_kind")
    return WarningModels.isSevere(disability: grade, kind: kind)
  }

  /// Categories of the household as a whole, and of this person.
  private mutating func held(_ person: String, _ household: String) -> Set<String> {
    let all = kinds[household] ?? Array(register.grants(of: household, on: day))
    kinds[household] = all
    return Set(all.filter { $0.person == nil || $0.person == person }.map(\.kind))
  }

  private mutating func isCovered(_ person: String, _ household: String) -> Bool { !held(person, household).isEmpty }
}
