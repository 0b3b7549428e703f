// Pulling. Pages of the feed until there is no more, each kept together with the cursor behind it.
//
// A number of the feed says where a record stands, not whether it may be read. Behind the cursor things can change: this laptop's scope or
// role became another one, or the county was put back from a backup and its numbers mean other records. The first shows in the county's
// tally of everything this laptop may read, the second in its epoch, or in the tally too where nobody raised the epoch. Then everything is
// asked for again; what is kept stays, and the register folds duplicates to one.

internal import Laptop
internal import Wire

extension SyncRun {
  mutating func pull() throws(SyncFault) {
    var pass = PullPass()
    while try pullPage(&pass) {}
  }

  /// What one sync has done with the feed.
  struct PullPass {
    var limit = Limits.feedItems
    /// Times the feed was begun again because of the epoch.
    var epochs = 0
    /// It was begun from its beginning in this sync: it is not begun again because of the tally.
    var isWhole = false
  }

  /// One page; false when there is nothing more to ask.
  private mutating func pullPage(_ pass: inout PullPass) throws(SyncFault) -> Bool {
    let cursor = shelf.feedCursor
    guard let (page, state) = try ask(after: cursor, &pass) else { return true }
    if page.epoch != cursor.epoch, cursor.next > 0 {
      pass.epochs += 1
      guard pass.epochs <= 2 else { throw .unexpected(status: 200) }
      try restart(epoch: page.epoch)
      return true
    }
    // A page that leads nowhere would be asked for without end.
    guard page.next >= cursor.next, page.next > cursor.next || !page.more,
      page.items.allSatisfy({ $0.record.utf8.count <= Limits.recordBytes })
    else { throw .unexpected(status: 200) }
    var tally = cursor.next == 0 ? FeedTally() : cursor.tally
    for item in page.items { tally?.add(item.record) }
    if cursor.next == 0 { pass.isWhole = true }
    try keep(page.items, FeedCursor(next: page.next, epoch: page.epoch, tally: tally))
    guard !page.more else { return true }
    guard let state, state != tally else { return false }
    // The tally is of a moment after the page: what came between is on the next one.
    guard page.items.isEmpty else { return true }
    if pass.isWhole {
      // Everything the county gives has been asked for just now: from here on its own tally counts.
      try keep([], FeedCursor(next: page.next, epoch: page.epoch, tally: state))
      return false
    }
    try restart(epoch: page.epoch)
    return true
  }

  /// Nil where the line was too slow for a page of this size.
  private mutating func ask(
    after cursor: FeedCursor, _ pass: inout PullPass
  ) throws(SyncFault) -> (page: FeedPage, state: FeedTally?)? {
    let request = TransferRequest(
      .get, Path.feed + "?cursor=\(cursor.next)&limit=\(pass.limit)", answerBytesMax: Limits.feedAnswerBytes)
    do throws(SyncFault) {
      switch try converse(request, signedIn: true, repeats: pass.limit == 1) {
      case .answer(let answer): return (try decode(answer), answer.header(Header.state).flatMap(FeedTally.init(text:)))
      case .refusal(let status, let refusal, let retryAfter): throw fault(status, refusal, retryAfter)
      }
    } catch {
      // A slow line gets smaller pages; the smallest is tried as often as anything else.
      guard case .transfer(let reason) = error, reason.mayHaveArrived || reason == .tooLarge, pass.limit > 1 else {
        throw error
      }
      pass.limit = max(1, pass.limit / 4)
      return nil
    }
  }

  /// Asks whose keys count, for exchanges over a stick. A county that is older than the question, or does not answer this role, knows nothing
  /// of sticks, and the sync is whole without.
  mutating func pullDevices() throws(SyncFault) {
    let request = TransferRequest(
      .get, Path.devices + "?known=" + shelf.devicesState, answerBytesMax: Limits.feedAnswerBytes)
    switch try converse(request, signedIn: true, repeats: true) {
    case .answer(let answer):
      let page: AttestationPage = try decode(answer)
      guard page.items.count <= Limits.attestedDevices, page.state.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
      else { throw .unexpected(status: 200) }
      do throws(LaptopFault) { try shelf.keep(page.items, state: page.state) } catch { throw .laptop(error) }
    case .refusal(404, _, _), .refusal(403, _, _): break
    case .refusal(let status, let refusal, let retryAfter): throw fault(status, refusal, retryAfter)
    }
  }

  private mutating func keep(_ items: [FeedItem], _ next: FeedCursor) throws(SyncFault) {
    do throws(LaptopFault) { try shelf.keep(items, next: next) } catch { throw .laptop(error) }
    report.received += items.count
    progress(.pulling(received: report.received))
  }

  private func restart(epoch: UInt64) throws(SyncFault) {
    do throws(LaptopFault) { try shelf.restartFeed(epoch: epoch) } catch { throw .laptop(error) }
  }
}
