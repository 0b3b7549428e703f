// 电脑和登记: who holds a laptop of the county's and when it wrote last, and who should and does not. Laptops are given out at the server
// alone (docs/decisions/0004): the desk says for whom, and with which command.

public import Relief

/// A laptop as the county speaks of it.
public struct KnownDevice: Equatable, Sendable {
  public var id: String
  public var person: String
  public var name: String
  public var role: Role
  /// Division-code prefixes.
  public var scopes: [String]
  public var isRevoked: Bool

  public init(id: String, person: String, name: String, role: Role, scopes: [String], isRevoked: Bool) {
    (self.id, self.person, self.name) = (id, person, name)
    (self.role, self.scopes, self.isRevoked) = (role, scopes, isRevoked)
  }
}

/// One line of the list.
enum DeviceRow: Equatable, Sendable {
  /// A village that no cadre's working laptop reaches.
  case village(Division, name: String)
  /// Somebody whose laptops were all taken back.
  case without(KnownDevice)
  case working(KnownDevice)

  var isMissing: Bool {
    if case .working = self { return false }
    return true
  }

  /// Villages first, then people, then the laptops that work, by their place.
  static func rows(_ workspace: Workspace) -> [DeviceRow] {
    guard let division = workspace.division, !workspace.devices.isEmpty else { return [] }
    let working = workspace.devices.filter { !$0.isRevoked }
    let villages = workspace.register.divisions(in: division).filter { $0.code.level == .village && workspace.isWithoutLaptop($0.code) }
    let holders = Set(working.map(\.person))
    var seen: Set<String> = []
    let without = workspace.devices.filter { $0.isRevoked && !holders.contains($0.person) && seen.insert($0.person).inserted }
    func place(_ one: KnownDevice, _ other: KnownDevice) -> Bool { (one.scopes.first ?? "", one.id) < (other.scopes.first ?? "", other.id) }
    return villages.map { .village($0.code, name: $0.name) } + without.sorted(by: place).map { .without($0) }
      + working.sorted(by: place).map { .working($0) }
  }

  /// What is typed at the server: a slip for whoever has none, the end of a laptop that works.
  var command: String {
    switch self {
    case .village(let division, _):
      return "zoufangd enrol-code \(Words.Devices.directory) --person \(Words.Devices.number) --name \(Words.Devices.name)"
        + " --role cadre --scope \(division.code)"
    case .without(let device):
      // A name typed at some keyboard goes into a shell here: between quotes, without any of its own.
      let name = device.name.filter { $0 != "'" }
      return "zoufangd enrol-code \(Words.Devices.directory) --person '\(device.person.filter { $0 != "'" })' --name '\(name)' --role "
        + device.role.rawValue + " --scope " + device.scopes.joined(separator: " ")
    case .working(let device): return "zoufangd revoke \(Words.Devices.directory) \(device.id)"
    }
  }
}

extension Workspace {
  /// No cadre's working laptop reaches this village; false where the county has said nothing of laptops.
  func isWithoutLaptop(_ village: Division) -> Bool {
    guard village.level == .village, !devices.isEmpty else { return false }
    return !devices.contains { device in
      !device.isRevoked && device.role == .cadre && device.scopes.contains { village.code.hasPrefix($0) }
    }
  }
}

extension Ledger {
  static func devices(_ workspace: Workspace) -> [Line] {
    let rows = DeviceRow.rows(workspace)
    let last = rows.isEmpty ? [:] : workspace.register.lastWritten()
    func places(_ device: KnownDevice) -> String {
      device.scopes.compactMap { Division($0) }.map { workspace.register.name(of: $0) ?? $0.code }.joined(separator: "、")
    }
    return rows.map { row in
      switch row {
      case .village(let division, let name):
        let town = division.parent.flatMap { workspace.register.name(of: $0) } ?? ""
        return Line(
          cells: [Words.Devices.none, "", town + name, Words.Cases.role(.cadre), ""], isLate: true, device: row)
      case .without(let device), .working(let device):
        return Line(
          cells: [
            row.isMissing ? Words.Devices.revoked : Words.Devices.working, device.name, places(device), Words.Cases.role(device.role),
            last[device.id]?.description ?? Words.Devices.nothing,
          ], isLate: row.isMissing, device: row)
      }
    }
  }
}
