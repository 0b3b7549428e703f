// Grantee: a device's holder as the county granted it: who they are, and what they may write and read. The county judges every pushed
// record by it, and a laptop every record that came on a stick, by the same lines.

/// Why somebody may not say what a record says.
public enum WriterObjection: Hashable, Sendable {
  /// The author is not the person of the grant.
  case notAuthor
  /// A kind of record that this program does not know.
  case unknownType
  case outsideScope
  /// The role may not write this kind.
  case notAllowed
}

public struct Grantee: Hashable, Sendable {
  public var person: String
  public var role: Role
  /// Division-code prefixes; none reaches nothing.
  public var scopes: [String]
  /// For a visitor: only these households.
  public var households: [String]?

  public init(person: String, role: Role, scopes: [String], households: [String]? = nil) {
    self.person = person
    self.role = role
    self.scopes = scopes
    self.households = households
  }

  /// Whether a division lies in the scope.
  public func reaches(_ division: String) -> Bool { scopes.contains { division.hasPrefix($0) } }

  /// Whether the scopes of both have a division in common.
  public func meets(_ other: Grantee) -> Bool {
    scopes.contains { mine in other.scopes.contains { mine.hasPrefix($0) || $0.hasPrefix(mine) } }
  }

  /// What the record alone shows against its having been written by this grantee; nil: nothing.
  /// - Parameter standsIn: whether a record names the person as a deputy where this record stands.
  public func objection(to record: Record, standsIn: Bool = false) -> WriterObjection? {
    guard record.author.person == person, mayCall(itself: record.author.role, in: record) else { return .notAuthor }
    guard RecordType.known.contains(record.type) else { return reaches(record.division) ? .unknownType : .outsideScope }
    guard reaches(record.division, record.type) else { return .outsideScope }
    guard role.writes(record.type) || (standsIn && mayStandIn(record)) else { return .notAllowed }
    // Facts of what is a record type of its own are its writers' alone: a visit grants no category and moves no fund.
    for fact in record.facts {
      let type = RecordType(rawValue: fact.list)
      guard !RecordType.known.contains(type) || role.writes(type) else { return .notAllowed }
      // A household said to lie elsewhere would stand on another village's lists; a campaign would send its cadres out.
      for property in fact.properties where property.name == "division" || (property.name == "villages" && fact.list == FactList.campaign) {
        guard property.value.split(separator: " ").allSatisfy({ reaches(String($0)) }) else { return .outsideScope }
      }
    }
    if let households {
      // Who sees households by name says nothing that is about none, but that somebody looked.
      guard let household = record.household else {
        return record.type == .audit && record.facts.isEmpty ? nil : .outsideScope
      }
      guard households.contains(household) else { return .outsideScope }
    }
    return nil
  }

  /// Whether a device may write under this role: the register counts reviews, and judges the steps of a case, by the role that a
  /// record names. Its own of an earlier grant is no fault where nothing is judged by it, or it could do no more than what it has now.
  private func mayCall(itself other: Role, in record: Record) -> Bool {
    if other == role || role == .county { return true }
    guard !other.reviewsVisits else { return false }
    let isJudged = record.facts.contains { $0.list == FactList.caseStep }
    return !isJudged || RecordType.known.allSatisfy { !other.writes($0) || role.writes($0) }
  }

  /// Whether the record is one that a deputy (代理审核) writes in a supervisor's place, and the role one that may be a
  /// deputy. Who is one, and on which days, the register says (`Register.mayReview`).
  public func mayStandIn(_ record: Record) -> Bool {
    [.review, .acknowledgement].contains(record.type) && [.cadre, .clerk].contains(role)
  }

  /// What speaks for an area may stand above the county's own code (its province, its city).
  private func reaches(_ division: String, _ type: RecordType) -> Bool {
    if reaches(division) { return true }
    return role == .county && RecordType.ofAnArea.contains(type) && scopes.contains { $0.hasPrefix(division) }
  }

  /// Whether the record is one that the county's feed would give to this grantee.
  public func reads(_ record: Record) -> Bool {
    let isOfAnArea = RecordType.ofAnArea.contains(record.type)
    let comesDown = RecordType.readBelow.contains(record.type) && scopes.contains { $0.hasPrefix(record.division) }
    guard reaches(record.division) || comesDown else { return false }
    switch role {
    case .county, .clerk, .supervisor: return true
    case .cadre: return role.readsTypes?.contains(record.type) ?? false
    case .visitor:
      let isNamed = isOfAnArea || (record.household.flatMap { households?.contains($0) } ?? false)
      return isNamed && role.readsTypes?.contains(record.type) ?? false
    default: return false
    }
  }
}
