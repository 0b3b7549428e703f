// Finding a household: by a name, by its pinyin, by the end of an identity or telephone number. Made from a register once
// and asked at every keystroke; make it anew when the register has changed.

public struct NameIndex: Sendable {
  /// One way to find a household.
  struct Handle: Sendable {
    var household: String
    var person: String?
    var name: String
    var numbers: [String]
  }

  public struct Found: Equatable, Sendable {
    public enum Reason: Equatable, Sendable { case name, number }

    public var household: String
    /// The member that matched, nil where the head or the household itself did.
    public var person: String?
    public var name: String
    public var reason: Reason
  }

  let handles: [Handle]

  public init(_ register: Register, in division: Division? = nil) {
    var handles: [Handle] = []
    for id in register.householdIDs.sorted() {
      if let division {
        let stated = register.value("division", of: FactList.household, id)
        guard let place = register.division(of: id, stated), division.contains(place) else { continue }
      }
      let head = register.value("head_name", of: FactList.household, id) ?? ""
      let own = ["head_id_number", "phone"].compactMap { register.value($0, of: FactList.household, id) }
      handles.append(Handle(household: id, person: nil, name: head, numbers: own))
      for person in register.personsNear(id).map({ register.store.texts.text(register.store.entities[$0].id) }).sorted() {
        guard register.value("membership", of: FactList.person, person) != "left",
          register.households(ofPerson: person).contains(id)
        else { continue }
        let name = register.value("name", of: FactList.person, person) ?? ""
        let numbers = ["id_number", "phone"].compactMap { register.value($0, of: FactList.person, person) }
        if name == head, numbers.isEmpty { continue }
        handles.append(Handle(household: id, person: person, name: name, numbers: numbers))
      }
    }
    self.handles = handles
  }

  /// - Parameters:
  ///   - query: Chinese, pinyin, or at least four digits (the last may be `X`) of the end of a number.
  ///   - rank: how well a name matches, smaller is better, nil is not at all; the pinyin room's matcher stands here. The
  ///     plain one finds a part of the name.
  /// - Returns: each household once, best first, then by id.
  public func find(_ query: String, limit: Int = 50, rank: ((_ name: String) -> Int?)? = nil) -> [Found] {
    guard !query.isEmpty, limit > 0 else { return [] }
    let suffix = query.uppercased()
    let digits = suffix.utf8.dropLast().allSatisfy(isDigit) && suffix.utf8.last.map { isDigit($0) || $0 == 88 } == true
    let asNumber = suffix.utf8.count >= 4 && digits
    let rank = rank ?? { name in Self.plainRank(query, name) }
    var best: [String: (rank: Int, found: Found)] = [:]
    for handle in handles {
      var match: (rank: Int, reason: Found.Reason)?
      if asNumber, handle.numbers.contains(where: { $0.hasSuffix(suffix) }) { match = (0, .number) }
      if match == nil, !handle.name.isEmpty, let rank = rank(handle.name) { match = (rank, .name) }
      guard let match, match.rank < best[handle.household]?.rank ?? .max else { continue }
      let found = Found(
        household: handle.household, person: handle.person, name: handle.name, reason: match.reason)
      best[handle.household] = (match.rank, found)
    }
    let sorted = best.values.sorted { ($0.rank, $0.found.household) < ($1.rank, $1.found.household) }
    return sorted.prefix(limit).map(\.found)
  }

  private static func plainRank(_ query: String, _ name: String) -> Int? {
    if name == query { return 0 }
    if name.hasPrefix(query) { return 1 }
    return name.contains(query) ? 2 : nil
  }
}
