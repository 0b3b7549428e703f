// Pulling. Pages of the feed until there is no more, each kept together with the cursor behind it. Where the county's epoch
// has changed (it was put back from a backup) its numbers mean other records, so everything is asked for again; what is
// kept stays, and the register folds duplicates to one.

internal import Laptop
internal import Wire

extension SyncRun {
  mutating func pull() throws(SyncFault) {
    var limit = Limits.feedItems
    var restarts = 0
    while true {
      let cursor = shelf.feedCursor
      let page: FeedPage
      do throws(SyncFault) {
        page = try ask(
          TransferRequest(
            .get, Path.feed + "?cursor=\(cursor.next)&limit=\(limit)", answerBytesMax: Limits.feedAnswerBytes),
          signedIn: true, repeats: limit == 1)
      } catch {
        // A slow line gets smaller pages; the smallest is tried as often as anything else.
        guard case .transfer(let reason) = error, reason.mayHaveArrived || reason == .tooLarge, limit > 1 else {
          throw error
        }
        limit = max(1, limit / 4)
        continue
      }
      if page.epoch != cursor.epoch, cursor.next > 0 {
        restarts += 1
        guard restarts <= 2 else { throw .unexpected(status: 200) }
        do throws(LaptopFault) { try shelf.restartFeed(epoch: page.epoch) } catch { throw .laptop(error) }
        continue
      }
      // A page that leads nowhere would be asked for without end.
      guard page.next >= cursor.next, page.next > cursor.next || !page.more,
        page.items.allSatisfy({ $0.record.utf8.count <= Limits.recordBytes })
      else { throw .unexpected(status: 200) }
      do throws(LaptopFault) {
        try shelf.keep(page.items, next: FeedCursor(next: page.next, epoch: page.epoch))
      } catch { throw .laptop(error) }
      report.received += page.items.count
      progress(.pulling(received: report.received))
      guard page.more else { return }
    }
  }
}
