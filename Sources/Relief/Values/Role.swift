// Roles and scope: what a person may see and do. Scope is a set of division-code prefixes; nothing in it means nothing
// may be read (default deny). The county enforces it where data is read; the laptop shows it.

/// A role. One that this program does not know may do nothing.
public struct Role: RawRepresentable, Hashable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// 村干部: visits and types.
  public static let cadre = Role(rawValue: "cadre")
  /// 乡镇经办人员: visits, types, takes applications.
  public static let clerk = Role(rawValue: "clerk")
  /// 乡镇审核人: reads the day's list, reviews.
  public static let supervisor = Role(rawValue: "supervisor")
  /// 县民政局.
  public static let county = Role(rawValue: "county")
  /// Reads the audit log only.
  public static let auditor = Role(rawValue: "auditor")
  /// 社会工作机构: named households only.
  public static let visitor = Role(rawValue: "visitor")

  public static let known: [Role] = [.cadre, .clerk, .supervisor, .county, .auditor, .visitor]

  public var writesVisits: Bool {
    switch self {
    case .cadre, .clerk, .supervisor, .visitor: true
    default: false
    }
  }

  public var reviewsVisits: Bool { self == .supervisor || self == .county }
  public var readsHouseholds: Bool { writesVisits || self == .county }
}

/// The part of the county somebody may read.
public struct Scope: Hashable, Sendable {
  /// Division-code prefixes; an empty list allows nothing.
  public var divisions: [Division]
  /// Set for a visitor: only these households, inside the divisions.
  public var households: [String]?

  public init(divisions: [Division], households: [String]? = nil) {
    self.divisions = divisions
    self.households = households
  }

  /// Whether a record of this division and household may be read. Records of a wider division than the scope's (a form
  /// for the whole county) are read by everybody under it.
  public func allows(division: Division, household: String? = nil) -> Bool {
    guard divisions.contains(where: { $0.contains(division) || (household == nil && division.contains($0)) }) else {
      return false
    }
    guard let households, let household else { return true }
    return households.contains(household)
  }
}
