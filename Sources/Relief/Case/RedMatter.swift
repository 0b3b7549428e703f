// Red (紧急): a visit, emergency or capture that must not lie unread (R55). Somebody who may review acknowledges it; if
// nobody has within its clock it is the county's. It stands first in every list either way, and no batch passes it.

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

  public var record: String
  public var household: String?
  public var division: String
  public var raised: Instant?
  public var stage: Stage
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
    return RedMatter(
      record: id, household: record.household, division: record.division, raised: raised, stage: stage)
  }

  /// Every red record of a division that nobody has acknowledged: the county's first, then the longest waiting.
  public func redMatters(in division: Division, now: Instant, _ clocks: CaseClocks) -> [RedMatter] {
    var found: [RedMatter] = []
    for record in redRecords(in: division) {
      guard let matter = redMatter(record.id, now: now, clocks) else { continue }
      if case .acknowledged = matter.stage { continue }
      found.append(matter)
    }
    return found.sorted { left, right in
      let one = (left.isCounty ? 0 : 1, left.raised?.seconds ?? 0, left.record)
      return one < (right.isCounty ? 0 : 1, right.raised?.seconds ?? 0, right.record)
    }
  }

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
  var isCounty: Bool { if case .county = stage { true } else { false } }
}
