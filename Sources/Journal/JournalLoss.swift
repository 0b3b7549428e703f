// JournalLoss: acknowledged records that are lost: which, and whether a person has been told.
//
// A lost line ends its journal id (JournalHealing), and after that nothing on the disk would say that anything is missing. So
// every header from then on names what was lost, signed as it is, and a second list names what a person has confirmed to know.
// `verify`, which has no key, reads both: it says 1 until the second list covers the first, and lists the losses for ever. All
// readable headers count, so one damaged header forgets nothing.

/// What one journal id has lost.
public struct JournalLoss: Hashable, Sendable, Codable {
  /// Nil where not even a header was left to say which journal it was.
  public var journalID: String?
  /// The records that nothing could read any more.
  public var numbers: RecordNumbers
  /// The watermark could not be read, so whether more had been acknowledged is not known.
  public var isTailUnknown: Bool

  public init(journalID: String?, numbers: RecordNumbers = RecordNumbers(), isTailUnknown: Bool = false) {
    self.journalID = journalID
    self.numbers = numbers
    self.isTailUnknown = isTailUnknown
  }

  public var isEmpty: Bool { numbers.isEmpty && !isTailUnknown }
}

/// Losses of a directory by journal id.
public struct JournalLosses: Equatable, Sendable, Codable {
  /// In the order they were found.
  public private(set) var all: [JournalLoss] = []

  public init(_ losses: [JournalLoss] = []) { for loss in losses { insert(loss) } }

  public var isEmpty: Bool { all.isEmpty }

  public mutating func insert(_ loss: JournalLoss) {
    guard !loss.isEmpty else { return }
    if let place = all.firstIndex(where: { $0.journalID == loss.journalID }) {
      all[place].numbers.formUnion(loss.numbers)
      all[place].isTailUnknown = all[place].isTailUnknown || loss.isTailUnknown
    } else {
      all.append(loss)
    }
  }

  public mutating func formUnion(_ other: JournalLosses) { for loss in other.all { insert(loss) } }

  /// What is here and not there.
  public func subtracting(_ other: JournalLosses) -> JournalLosses {
    JournalLosses(
      all.map { loss in
        guard let known = other.all.first(where: { $0.journalID == loss.journalID }) else { return loss }
        return JournalLoss(
          journalID: loss.journalID, numbers: loss.numbers.subtracting(known.numbers),
          isTailUnknown: loss.isTailUnknown && !known.isTailUnknown)
      })
  }

  var bounded: JournalLosses {
    var result = self
    for place in all.indices { result.all[place].numbers = all[place].numbers.bounded }
    return result
  }
}

/// What headers carry about losses.
public struct LossRecord: Equatable, Sendable {
  /// Everything this directory has ever lost.
  public var known = JournalLosses()
  /// What a person has confirmed to know of it.
  public var seen = JournalLosses()

  public init(known: JournalLosses = JournalLosses(), seen: JournalLosses = JournalLosses()) {
    self.known = known
    self.seen = seen
  }

  /// What nobody has confirmed yet.
  public var unseen: JournalLosses { known.subtracting(seen) }

  mutating func formUnion(_ other: LossRecord) {
    known.formUnion(other.known)
    seen.formUnion(other.seen)
  }
}
