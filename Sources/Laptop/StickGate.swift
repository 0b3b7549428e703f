// StickGate: records that came on a stick, before they count. The county asks of every pushed record what its writer may act on; of one that
// came past the county this laptop asks it itself, against what the register holds: a review by somebody who is no reviewer counts where
// they stand in for one, nobody takes back what another person wrote, and no second content comes in under an id that is there. What may
// not count yet waits: what it stands on may come, from a stick or from the county, in any order.

internal import Relief

struct StickGate {
  private(set) var held: [(record: Record, place: Place?)] = []

  mutating func add(_ record: Record, _ place: Place?) { held.append((record, place)) }

  /// Takes out what may count by now. Asked again until nothing comes: what is let in may let others in.
  mutating func admitted(by register: Register) -> [(record: Record, place: Place?)] {
    var admitted: [(record: Record, place: Place?)] = []
    var left: [(record: Record, place: Place?)] = []
    var ids: Set<String> = []
    for entry in held where !register.contains(entry.record.id) {
      // The first content of an id is the one that counts here, as at the county.
      if ids.contains(entry.record.id) { continue }
      if Self.counts(entry.record, in: register) {
        ids.insert(entry.record.id)
        admitted.append(entry)
      } else {
        left.append(entry)
      }
    }
    held = left
    return admitted
  }

  private static func counts(_ record: Record, in register: Register) -> Bool {
    if [.review, .acknowledgement].contains(record.type), !record.author.role.reviewsVisits,
      !register.mayReview(record.author, on: CivilDate(startOf: record.wall))
    {
      return false
    }
    guard record.type.replacesWhole, !record.author.role.reviewsVisits else { return true }
    return record.supersedes.allSatisfy { register.record($0)?.author.person == record.author.person }
  }
}
