import Journal
import Relief
import Testing
import Wire

@testable import Laptop

/// The n-th call to the disk fails, or the power goes there, for every n.
@Suite struct LaptopFaultTests {
  /// A draft of three fields becomes a record. Whatever happens in between: one visit, and never none.
  @Test(arguments: [false, true]) func finishingADraftGivesOneVisit(continuously: Bool) throws {
    let whole = MemoryDisk()
    try Desk.enrolled(whole)
    let laptop = try Desk.open(whole)
    let id = laptop.makeID()
    try laptop.appendDraft(id, [[1], [2], [3]])
    laptop.close()
    for failing in 1...200 {
      let disk = whole.copy()
      let laptop = try Desk.open(disk)
      _ = try laptop.draftEntries(id)
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let saved = (try? laptop.finish(draft: id, with: Desk.record(laptop))) != nil
      let done = disk.operations < failing
      laptop.close()
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        // Before anything is healed: a draft on its way out is no damage.
        for journal in try Desk.directory.journals(disk: after) {
          let report = try JournalVerify.report(directory: journal.path, disk: after)
          #expect(report?.isClean ?? true, "\(journal.name) at \(failing)")
        }
        let again = try Desk.open(after)
        let drafts = try again.draftBeginnings().map(\.id)
        let visits = again.register.count
        #expect(visits + drafts.count == 1, "at \(failing): \(visits) visits, \(drafts.count) drafts")
        if saved { #expect(visits == 1, "at \(failing)") }
        if visits == 0 { #expect(try again.draftEntries(id) == [[1], [2], [3]]) }
        again.close()
        #expect(!(visits == 1 && after.paths.contains { $0.contains(id) }), "files of the draft stay, at \(failing)")
      }
      if done { return }
    }
    Issue.record("finishing never came through")
  }

  @Test(arguments: [false, true]) func everyFieldThatWasAcceptedIsThere(continuously: Bool) throws {
    let whole = MemoryDisk()
    try Desk.enrolled(whole)
    for failing in 1...200 {
      let disk = whole.copy()
      let laptop = try Desk.open(disk)
      let id = laptop.makeID()
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(28)))
      var accepted: [[UInt8]] = []
      for field in UInt8(1)...8 where (try? laptop.appendDraft(id, [[field]])) != nil { accepted.append([field]) }
      let done = disk.operations < failing
      laptop.close()
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        let again = try Desk.open(after)
        let found = (try? again.draftEntries(id)) ?? []
        #expect(Set(found).count == found.count, "doubled at \(failing)")
        #expect(Set(accepted).isSubset(of: Set(found)), "lost at \(failing)")
        again.close()
      }
      if done { return }
    }
    Issue.record("the draft never came through")
  }

  /// What one key wrote down together is there together, or not at all; what was refused is nowhere, also not on the screen.
  @Test(arguments: [false, true]) func entriesOfOneActAndRecordsAreThereWholeOrNotAtAll(continuously: Bool) throws {
    let whole = MemoryDisk()
    try Desk.enrolled(whole)
    for failing in 1...200 {
      let disk = whole.copy()
      let laptop = try Desk.open(disk)
      let id = laptop.makeID()
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let record = Desk.record(laptop)
      let isWritten = (try? laptop.append(record)) != nil
      #expect(laptop.register.contains(record.id) == isWritten && laptop.pendingUploadCount == (isWritten ? 1 : 0), "at \(failing)")
      let isNoted = (try? laptop.appendDraft(id, [[1], [2], [3]])) != nil
      let done = disk.operations < failing
      laptop.close()
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        let again = try Desk.open(after)
        let found = (try? again.draftEntries(id)) ?? []
        #expect(found.isEmpty || found == [[1], [2], [3]], "half an act, at \(failing)")
        if isNoted { #expect(found.count == 3, "lost at \(failing)") }
        if isWritten { #expect(again.register.contains(record.id), "lost at \(failing)") }
        again.close()
      }
      if done { return }
    }
    Issue.record("it never came through")
  }

  /// A page of the feed and the place behind it: never the place without the page, for then the page would never be asked for again.
  @Test(arguments: [false, true]) func aPlaceInTheFeedMeansThatWhatIsBeforeItIsHere(continuously: Bool) throws {
    let whole = MemoryDisk()
    try Desk.enrolled(whole)
    let maker = try Desk.open(whole)
    let pulled = (1...2).map { Desk.record(maker, household: "h-\($0)") }
    let keys = try #require(UnlockedKeys.decode(maker.keys.encode()))
    maker.close()
    let items = try pulled.enumerated().map {
      FeedItem(seq: UInt64($0.offset + 1), record: String(decoding: try RecordCodec.encode($0.element), as: UTF8.self))
    }
    for failing in 1...200 {
      let disk = whole.copy()
      let desk = try SyncDesk(Desk.directory, keys: keys, disk: disk)
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let isKept = (try? desk.inbox.append(items, next: FeedCursor(next: 2, epoch: 1))) != nil
      let done = disk.operations < failing
      desk.close()
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        let again = try SyncDesk(Desk.directory, keys: keys, disk: after)
        let isPast = again.inbox.cursor.next == 2
        again.close()
        let laptop = try Desk.open(after)
        if isPast { #expect(pulled.allSatisfy { laptop.register.contains($0.id) }, "passed over at \(failing)") }
        if isKept { #expect(isPast, "lost at \(failing)") }
        laptop.close()
      }
      if done { return }
    }
    Issue.record("the page never came through")
  }

  /// Thrown away is gone for good; what could not be thrown away is what it was, or a shorter beginning of it, and can be thrown away later.
  @Test(arguments: [false, true]) func discardingADraftLeavesItOrNothing(continuously: Bool) throws {
    let whole = MemoryDisk()
    try Desk.enrolled(whole)
    let laptop = try Desk.open(whole)
    let id = laptop.makeID()
    for field in UInt8(1)...3 { try laptop.appendDraft(id, [[field]]) }
    laptop.close()
    for failing in 1...200 {
      let disk = whole.copy()
      let laptop = try Desk.open(disk)
      _ = try laptop.draftEntries(id)
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let discarded = (try? laptop.discardDraft(id)) != nil
      let done = disk.operations < failing
      laptop.close()
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        let again = try Desk.open(after)
        let drafts = try again.draftBeginnings().map(\.id)
        #expect(again.register.count == 0)
        if discarded, !drafts.isEmpty { Issue.record("at \(failing): said to be gone") }
        if drafts == [id] {
          #expect([[1], [2], [3]].starts(with: try again.draftEntries(id)), "at \(failing)")
          try again.discardDraft(id)
        }
        #expect(try again.draftBeginnings().isEmpty)
        again.close()
      }
      if done { return }
    }
    Issue.record("discarding never came through")
  }
}
