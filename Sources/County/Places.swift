// Places somebody names at the keyboard: a code that the county's table of divisions does not have is a slip of the finger, and figures of
// nowhere are all zero.

internal import Relief

/// A row of the table of divisions.
public struct DivisionLine: Equatable, Sendable {
  public var code: String
  public var name: String
}

/// Which places there are. A county that has brought in no table yet has every place inside it.
struct PlaceTable: Sendable {
  private let county: String
  private let names: [String: String]
  /// Villages in which households stand, whatever the table says.
  private let inhabited: Set<String>

  /// - Parameter names: of the table's divisions, by code.
  init(county: String, _ names: [String: String], inhabited: Set<String> = []) {
    self.county = county
    self.inhabited = inhabited
    self.names = names.filter { $0.key.hasPrefix(county) && $0.key != county }
  }

  /// A township is there where a village of it is: a table may hold villages alone, or townships alone.
  func knows(_ code: String) -> Bool {
    if names.isEmpty || code == county { return true }
    if names.keys.contains(where: { $0.hasPrefix(code) }) || inhabited.contains(where: { $0.hasPrefix(code) }) { return true }
    let township = String(code.prefix(9))
    return code.utf8.count == 12 && names[township] != nil && !names.keys.contains { $0.hasPrefix(township) && $0 != township }
  }

  /// Some of the table that may be meant, code and name: those that share most digits, of the same kind first.
  func near(_ code: String) -> [String] {
    func shared(_ other: String) -> Int { zip(code, other).prefix { $0 == $1 }.count }
    return names.sorted { left, right in
      let (one, other) = (shared(left.key), shared(right.key))
      guard one == other else { return one > other }
      let (isSame, isOther) = (left.key.count == code.count, right.key.count == code.count)
      return isSame == isOther ? left.key < right.key : isSame
    }.prefix(CountyLimits.placesSaid).map { "\($0.key) \($0.value)" }
  }

  func check(_ code: String) throws(CountyFault) {
    guard knows(code) else { throw .noPlace(code, near: near(code)) }
  }
}

extension County {
  /// The table of divisions, by code: what was imported, and what the bureau's laptops wrote.
  public func divisions() async throws(CountyFault) -> [DivisionLine] {
    let records = try await guarded { try await store.records(.division) }
    var register = Register()
    register.apply(contentsOf: records.map { ($0, nil) })
    return register.divisions().map { DivisionLine(code: $0.code.code, name: $0.name) }
  }

  func placeTable() async throws(CountyFault) -> PlaceTable {
    let lines = try await divisions()
    return PlaceTable(
      county: configuration.division, Dictionary(lines.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first }),
      inhabited: try await guarded { try await store.villages() })
  }

  /// The place that is asked for; the county where none is said.
  /// - Throws: `badScope` for what is no code of this county, `noPlace` for one that its table does not have.
  func place(_ asked: String?) async throws(CountyFault) -> Division {
    let code = asked ?? configuration.division
    guard let place = Division(code), code.hasPrefix(configuration.division) else { throw .badScope(code) }
    try await placeTable().check(code)
    return place
  }

  /// Figures of days that have not begun are all zero, and look like idle villages.
  func checkBegun(_ first: CivilDate) throws(CountyFault) {
    if let today, today < first { throw .notBegun(from: first.description, today: today.description) }
  }
}
