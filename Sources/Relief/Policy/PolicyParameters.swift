// The policy parameters as they stand: dated values, looked up at the reference date of a rule, which is the visit's date
// (2.0). So the same visit gives the same answer however much later it is asked again, as long as nobody changes what was
// to hold on that day; what a visit concluded is kept with it, and stands beside what it would conclude now.

/// A value somebody stated: a fact of list `parameter`, or an entry of a file of seeds/policy.
public struct DatedValue: Hashable, Sendable {
  /// First day it holds; nil: from the beginning.
  public var from: CivilDate?
  /// In the parameter's own shape; empty says 未设定 from that day.
  public var value: String
  public var source: String
  public var certainty: Certainty
  public var note: String

  public init(from: CivilDate?, value: String, source: String, certainty: Certainty, note: String = "") {
    self.from = from
    self.value = value
    self.source = source
    self.certainty = certainty
    self.note = note
  }
}

public struct PolicyParameters: Equatable, Sendable {
  private var stated: [PolicyParameter: [DatedValue]] = [:]

  /// Only what the table ships.
  public init() {}

  /// Takes a value in. The order does not matter; saying the same twice says it once.
  public mutating func state(_ value: DatedValue, of parameter: PolicyParameter) {
    var values = stated[parameter, default: []]
    guard !values.contains(value) else { return }
    values.append(value)
    stated[parameter] = values.sorted { Self.key($0) < Self.key($1) }
  }

  /// Leaves a parameter to what ships.
  public mutating func forget(_ parameter: PolicyParameter) { stated[parameter] = nil }

  /// From the first day it holds.
  public func stated(of parameter: PolicyParameter) -> [DatedValue] { stated[parameter] ?? [] }

  private static func key(_ value: DatedValue) -> (Int, String, String) {
    (value.from?.dayNumber ?? .min, value.value, value.source)
  }
}

/// What a parameter is on a day.
public struct ParameterState: Equatable, Sendable {
  public enum Standing: Equatable, Sendable {
    case set(PolicyValue)
    /// 未设定
    case unset
    /// Several values hold from the same day: nobody can say which, so none does.
    case contested([String])
    /// Stated, but not in the parameter's shape.
    case malformed(String)
  }

  public var parameter: PolicyParameter
  public var standing: Standing
  /// In the parameter's own shape; empty where it is not set.
  public var text: String
  /// First day of what holds; nil: from the beginning.
  public var from: CivilDate?
  /// Empty where nobody stated anything.
  public var source: String
  public var certainty: Certainty?
  /// The figure that ships, not one the county stated.
  public var isDefault: Bool

  public var value: PolicyValue? {
    if case .set(let value) = standing { return value }
    return nil
  }
}

extension PolicyParameters {
  /// What holds on a day: the county's latest statement by then, even one that says 未设定; before its first, what ships.
  public func state(of parameter: PolicyParameter, on date: CivilDate) -> ParameterState {
    let values = stated(of: parameter).filter { $0.from.map { $0 <= date } ?? true }
    guard let latest = values.last, !parameter.definition.isYearly || latest.from?.year == date.year else {
      return shipped(parameter, on: date)
    }
    let rivals = values.filter { $0.from == latest.from }
    var state = ParameterState(
      parameter: parameter, standing: .unset, text: latest.value, from: latest.from, source: latest.source,
      certainty: latest.certainty, isDefault: false)
    if Set(rivals.map(\.value)).count > 1 {
      state.standing = .contested(rivals.map(\.value))
      state.text = ""
    } else {
      state.standing = read(latest.value, as: parameter)
    }
    return state
  }

  public subscript(_ parameter: PolicyParameter, on date: CivilDate) -> PolicyValue? {
    state(of: parameter, on: date).value
  }

  /// What ships without a date, whatever the county states.
  func undated(_ parameter: PolicyParameter) -> PolicyValue? {
    parameter.definition.defaults.first { $0.from == nil && $0.through == nil }
      .flatMap { parameter.definition.kind.value($0.value) }
  }

  /// Every parameter as it stands on a day, in the order of the table: what the county reads to see what it must still set.
  public func states(on date: CivilDate) -> [ParameterState] {
    PolicyParameter.allCases.map { state(of: $0, on: date) }
  }

  /// What a county must still set: parameters without a usable value on a day.
  public func open(on date: CivilDate) -> [ParameterState] { states(on: date).filter { $0.value == nil } }

  private func shipped(_ parameter: PolicyParameter, on date: CivilDate) -> ParameterState {
    let held = parameter.definition.defaults.last {
      ($0.from.map { $0 <= date } ?? true) && ($0.through.map { date <= $0 } ?? true)
    }
    guard let held else {
      return ParameterState(
        parameter: parameter, standing: .unset, text: "", from: nil, source: "", certainty: nil, isDefault: true)
    }
    return ParameterState(
      parameter: parameter, standing: read(held.value, as: parameter), text: held.value, from: held.from,
      source: held.source, certainty: held.certainty, isDefault: true)
  }

  private func read(_ text: String, as parameter: PolicyParameter) -> ParameterState.Standing {
    if text.trimmedBlanks.isEmpty { return .unset }
    return parameter.definition.kind.value(text).map { .set($0) } ?? .malformed(text)
  }
}

extension Register {
  /// The parameters that records of the county state. A name this program does not know, and an entity whose fields
  /// contradict each other, state nothing here: they stay visible as they are, and the rules answer 未设定.
  public var policyParameters: PolicyParameters {
    var known = Register()
    known.apply(contentsOf: parameterRecords.map { ($0, nil) })
    return known.statedParameters
  }

  /// Records that state parameters, or take back one that does, also void ones.
  fileprivate var parameterRecords: [Record] {
    let entities = store.texts.find(FactList.parameter).flatMap { store.entitiesOfList[$0]?.all } ?? []
    var indexes = Set(entities.flatMap { store.allFacts(of: Int($0)) }.map { Int(store.facts[$0].record) })
    var open = Array(indexes)
    while let next = open.popLast() {
      for voider in voiders[store.rows[next].id] ?? [] where indexes.insert(voider).inserted { open.append(voider) }
    }
    return indexes.filter { !store.rows[$0].marks.contains(.replaced) }.map { store.record(at: $0) }
  }

  fileprivate var statedParameters: PolicyParameters {
    var parameters = PolicyParameters()
    for id in entities(of: FactList.parameter) {
      guard let entity = entity(FactList.parameter, id), let name = entity.value("name").flatMap(PolicyParameter.init) else {
        continue
      }
      let from = entity.fields["from"]?.candidates.map(\.value) ?? [""]
      // A contested value is stated in all its forms, so that the look-up sees that it is contested.
      for value in entity.fields["value"]?.candidates.map(\.value) ?? [""] {
        for day in from where day.isEmpty || CivilDate(day)?.isWhole == true {
          parameters.state(
            DatedValue(
              from: CivilDate(day), value: value, source: entity.value("source") ?? "",
              certainty: entity.value("certainty").flatMap(Certainty.init) ?? .local, note: entity.value("note") ?? ""),
            of: name)
        }
      }
    }
    return parameters
  }
}

/// The parameters as they were known at any time: one that is taken back later has not been taken back yet. A list judges hundreds of
/// visits, and between two changes of the parameters all of them by the same ones.
struct ParameterHistory: Sendable {
  private let records: [(record: Record, at: Instant?)]
  /// By the ids of the records known then.
  private var known: [Set<String>: PolicyParameters] = [:]

  init(_ register: Register) { records = register.parameterRecords.map { ($0, Instant($0.wall)) } }

  /// Whether the same records are in both.
  func isSame(as other: ParameterHistory) -> Bool { Set(records.map(\.record.id)) == Set(other.records.map(\.record.id)) }

  /// Those that somebody who wrote at this time (RFC 3339) can have known.
  mutating func parameters(at wall: String) -> PolicyParameters {
    let time = Instant(wall)
    let before = records.filter { one in
      guard let at = one.at, let time else { return one.record.wall <= wall }
      return at <= time
    }
    let ids = Set(before.map(\.record.id))
    if let found = known[ids] { return found }
    var register = Register()
    register.apply(contentsOf: before.map { ($0.record, nil) })
    let stated = register.statedParameters
    known[ids] = stated
    return stated
  }
}
