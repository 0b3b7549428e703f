// Who may do what: one table, default deny. Every request asks it; nothing else in the server decides.
//
// A scope is a list of division-code prefixes. Writing is bound to the device's own journal; reading to the scope,
// enforced in the query that reads (`StoreFeed`).

internal import Relief
internal import Wire

/// What a request wants to do.
enum Act: CaseIterable, Hashable {
  /// Push lines of one's own journal, ask its cursor, open a new one.
  case writeOwnJournal
  /// Read the feed.
  case readFeed
  /// Read what the county says of the devices one exchanges sticks with.
  case readDevices
  /// Look at the page of figures with a browser.
  case readPage
}

/// Which records of the scope a role reads.
enum Reading: Equatable {
  /// Nothing at all.
  case nothing
  /// Every type of record in the scope.
  case all
  /// Only these types.
  case types([RecordType])
  /// Only these types, and only of these households.
  case households([String], types: [RecordType])
}

enum Access {
  static func allows(_ role: Role, _ act: Act) -> Bool {
    switch act {
    case .writeOwnJournal: [.cadre, .clerk, .supervisor, .county, .visitor].contains(role)
    case .readFeed: [.cadre, .clerk, .supervisor, .county, .visitor].contains(role)
    // A visitor's households come from the county alone.
    case .readDevices: [.cadre, .clerk, .supervisor, .county].contains(role)
    case .readPage: [.county, .auditor].contains(role)
    }
  }

  /// What of its scope a device reads. A role that is not in the table reads nothing.
  static func reading(_ role: Role, households: [String]?) -> Reading {
    switch role {
    case .county, .clerk, .supervisor: .all
    // A record type made later is withheld until it stands in Relief's table.
    case .cadre: .types(role.readsTypes ?? [])
    // A social-work organisation: households by name, never a village.
    case .visitor: households.map { .households($0, types: role.readsTypes ?? []) } ?? .nothing
    default: .nothing
    }
  }
}
