// Red (紧急): a visit, emergency or capture that must not lie unread (R55). Somebody who may review acknowledges it; if
// nobody has within its clock it is the county's. It stands first in every list either way, and no batch passes it. Nobody
// makes it go away by withdrawing it or by amending it to another colour: what was red is seen once.

public struct RedMatter: Equatable, Sendable {
  public enum Stage: Equatable, Sendable {
    /// Seen, by whom and when.
    case acknowledged(by: Author, wall: String)
    /// Waiting; it goes to the county at this moment.
    case waiting(until: Instant)
    /// Nobody acknowledged it in time: it is the county's since then.
    case county(since: Instant)
    /// Waiting, and nobody has set the clock (or the record's own time cannot be read): it stays red and unacknowledged.
    case unset
  }

  /// What became of the record before anybody had seen it.
  public enum Fate: Equatable, Sendable {
    case holds
    /// This record took its place, and says another colour.
    case lowered(by: String)
    /// This record took it back.
    case withdrawn(by: String)
  }

  public var record: String
  public var household: String?
  public var division: String
  public var raised: Instant?
  public var stage: Stage
  public var fate = Fate.holds
}

extension Register {
  /// Whether a record says red.
  public func isRed(_ record: String) -> Bool { store.record(named: record).map { isRed($0) } ?? false }

  /// `reds` has them in the order they came, so no record is read to know.
  func isRed(_ index: Int) -> Bool {
    var (low, high) = (0, reds.count)
    while low < high {
      let middle = (low + high) / 2
      if reds[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low < reds.count && reds[low] == index
  }

  /// Where a red record stands; nil for one that is not red, or does not hold.
  public func redMatter(_ id: String, now: Instant, _ clocks: CaseClocks) -> RedMatter? {
    guard holds(id), isRed(id), let record = record(id) else { return nil }
    return redMatter(record, now: now, clocks)
  }

  private func redMatter(_ record: Record, now: Instant, _ clocks: CaseClocks) -> RedMatter {
    // Correcting a red record does not wind its clock up again.
    let raised = ([record] + versions(before: record)).filter(\.isRed).compactMap { Instant($0.wall) }.min()
    let stage: RedMatter.Stage
    if let answer = acknowledgement(of: record) {
      stage = .acknowledged(by: answer.author, wall: answer.wall)
    } else if let hours = clocks[.redHours], let raised {
      let end = raised.adding(hours: hours)
      // Its clock ran ahead by more than the wait itself: nobody waits for that day.
      stage = raised > now.adding(hours: hours) ? .county(since: now) : now <= end ? .waiting(until: end) : .county(since: end)
    } else {
      stage = .unset
    }
    return RedMatter(record: record.id, household: record.household, division: record.division, raised: raised, stage: stage)
  }

  /// Every red record of a division that nobody has acknowledged, also one that holds no more: the county's first, then the longest
  /// waiting.
  public func redMatters(in division: Division, now: Instant, _ clocks: CaseClocks) -> [RedMatter] {
    var found: [RedMatter] = []
    for record in redRecords(in: division) {
      let matter = redMatter(record, now: now, clocks)
      if case .acknowledged = matter.stage { continue }
      found.append(matter)
    }
    for (index, fate) in fallenReds(in: division) {
      var matter = redMatter(store.record(at: index), now: now, clocks)
      if case .acknowledged = matter.stage { continue }
      matter.fate = fate
      found.append(matter)
    }
    return found.sorted { left, right in
      let one = (left.isCounty ? 0 : 1, left.raised?.seconds ?? 0, left.record)
      return one < (right.isCounty ? 0 : 1, right.raised?.seconds ?? 0, right.record)
    }
  }

  /// Red records of a division that hold no more, with what became of each. What a red version took the place of is that version's
  /// matter; a lowered one is seen where what lowered it was judged.
  private func fallenReds(in division: Division) -> [(index: Int, fate: RedMatter.Fate)] {
    let fallen = Set(reds).filter { isFallen($0) && store.texts.text(store.rows[$0].division).utf8.starts(with: division.code.utf8) }
    guard !fallen.isEmpty else { return [] }
    let later = laterVersions(of: fallen)
    return fallen.sorted().compactMap { index in
      let after = later[index] ?? []
      let isAnothers = after.contains { isRed($0) } || versionNumbers(before: index).contains { isRed($0) && store.holds($0) }
      guard !isAnothers else { return nil }
      let standing = after.filter { store.holds($0) }.map { store.texts.text(store.rows[$0].id) }.sorted()
      if let one = standing.first {
        return standing.contains { review(of: $0) != nil || hasAcknowledgement($0) } ? nil : (index, .lowered(by: one))
      }
      let voiding = voiders(of: store.texts.text(store.rows[index].id)).sorted()
      return voiding.first { holds($0) }.map { (index, .withdrawn(by: $0)) }
    }
  }

  /// Void, and not merely another content under the same id.
  private func isFallen(_ index: Int) -> Bool {
    store.rows[index].marks.contains(.void) && !store.rows[index].marks.contains(.replaced)
  }

  /// The version of a record that holds: itself, or what amended it. Nil: nobody knows it, or it was withdrawn.
  func standingVersion(of id: String) -> String? {
    guard let index = store.record(named: id) else { return nil }
    if store.holds(index) { return id }
    return (laterVersions(of: [index])[index] ?? []).filter { store.holds($0) }.map { store.texts.text(store.rows[$0].id) }.min()
  }

  /// Of each of these the amendments that took its place, through every amendment between.
  private func laterVersions(of records: Set<Int>) -> [Int: Set<Int>] {
    var later: [Int: Set<Int>] = [:]
    for record in records {
      var open = [record]
      while let next = open.popLast() {
        for index in voiders[store.rows[next].id] ?? [] where index != record && versionNumbers(before: index).contains(record) {
          if later[record, default: []].insert(index).inserted { open.append(index) }
        }
      }
    }
    return later
  }

  private func hasAcknowledgement(_ id: String) -> Bool { record(id).flatMap { acknowledgement(of: $0) } != nil }

  /// An earlier version that was red, where this one is no more and nobody had acknowledged it.
  func unseenRed(before visit: Visit) -> String? {
    guard let index = store.record(named: visit.record), !isRed(index) else { return nil }
    let red = versionNumbers(before: index).filter { isRed($0) }.map { store.texts.text(store.rows[$0].id) }.min()
    guard let red, let record = record(visit.record), acknowledgement(of: record) == nil else { return nil }
    return red
  }

  /// The first word of somebody who may say it: a supervisor, the county, or who stood in for a supervisor that day.
  func acknowledgement(of record: Record) -> (author: Author, wall: String)? {
    // An amendment of a red record that was acknowledged does not raise it again: it is the same matter.
    let selves = [record.id] + versions(before: record).map(\.id)
    let valid = selves.flatMap { acknowledging($0) }.filter {
      mayReview($0.author, on: CivilDate(startOf: $0.wall), writtenBy: record.author)
    }
    return valid.min { ($0.wall, $0.id) < ($1.wall, $1.id) }.map { ($0.author, $0.wall) }
  }
}

extension Record {
  /// Red as its visit, its emergency, or, where it is neither, one of its risks says.
  var isRed: Bool {
    facts.contains { fact in
      (fact.list == FactList.visit || fact.list == FactList.emergency || fact.list == FactList.risk)
        && fact.value("urgency") == "red"
    }
  }
}

extension RedMatter {
  /// Whether a list that shows these records shows it, as itself or as what lowered it.
  public func isListed(_ records: Set<String>) -> Bool {
    if case .lowered(let by) = fate, records.contains(by) { return true }
    return records.contains(record)
  }

  /// Nobody acknowledged it in time: it is the county's.
  public var isCounty: Bool { if case .county = stage { true } else { false } }
}
