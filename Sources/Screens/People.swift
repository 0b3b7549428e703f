// Whom this laptop knows of: the people the county gave a laptop to in this person's divisions, and whoever wrote a record that came here.
// Who is to stand in for somebody, or to be given a list, need not have written anything yet.

import Relief

extension Workspace {
  /// Each person once: with the role the county gave their laptop, where it is known; else as their records say. Nobody whose laptops
  /// were all taken back.
  var people: [Author] {
    let working = devices.filter { !$0.isRevoked }
    var seen: Set<String> = []
    var people: [Author] = []
    for device in working where seen.insert(device.person).inserted {
      people.append(Author(person: device.person, name: device.name, role: device.role))
    }
    let gone = Set(devices.map(\.person)).subtracting(seen)
    return people + register.people.filter { !gone.contains($0.person) && !seen.contains($0.person) }
  }

  /// Whether somebody has a laptop and none of theirs holds this division.
  func cannotSee(_ division: Division, _ person: String) -> Bool {
    devices.contains { $0.person == person && !$0.isRevoked } && !workers(in: division).contains(person)
  }

  /// Who works in a division, as far as the county's word on laptops says.
  func workers(in division: Division) -> Set<String> {
    Set(devices.filter { device in !device.isRevoked && device.scopes.contains { division.code.hasPrefix($0) } }.map(\.person))
  }
}
