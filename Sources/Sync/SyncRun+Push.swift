// Pushing. For every journal of the laptop, the oldest first: ask where the county stands, see that both mean the same line
// by it, then send batches until it has everything. A journal that cannot go on is reported and the next one goes on.
// Batches begin at 32 KiB, double on success up to 1 MiB, and are halved when a line is too slow for them.

internal import Laptop
internal import Wire

extension SyncRun {
  mutating func push() throws(SyncFault) {
    let all = shelf.journals.reduce(UInt64(0)) { $0 &+ $1.lastSeq }
    var size = Limits.pushBytesFirst
    for journal in shelf.journals where journal.lastSeq > 0 || journal.brokenFrom != nil {
      do throws(Stop) { try push(journal, of: all, &size) } catch {
        switch error {
        case .journal(let reason):
          if reason.needsNewJournal {
            do throws(LaptopFault) { try shelf.end(journal.journalID) } catch { throw .laptop(error) }
          }
          report.problems.append(.init(journalID: journal.journalID, reason: reason))
        case .sync(let fault): throw fault
        }
      }
    }
  }

  /// Why pushing one journal stops: for this journal only, or for the whole sync.
  enum Stop: Error {
    case journal(JournalProblem.Reason)
    case sync(SyncFault)
  }

  private mutating func push(_ journal: ShelfExtent, of all: UInt64, _ size: inout Int) throws(Stop) {
    var next = try meet(journal)
    tell(all)
    var tries = 0
    while next <= journal.lastSeq, let batch = try batch(journal, from: next, bytesMax: size) {
      let reply: Reply
      do throws(SyncFault) {
        reply = try converse(request(batch, journal), signedIn: true, repeats: false)
      } catch {
        guard case .transfer(let reason) = error, reason.mayHaveArrived, tries < pace.triesMax else {
          throw .sync(error)
        }
        tries += 1
        if reason == .timedOut { size = max(Limits.pushBytesLeast, size / 2) }
        pace.pause(pace.wait(before: tries))
        // It may have arrived: the county is asked, so that nothing it has is sent again.
        next = try meet(journal)
        continue
      }
      switch reply {
      case .answer(let answer):
        tries = 0
        next = try keep(answer, of: batch, journal, from: next)
        size = min(size * 2, pushBytesMax)
        tell(all)
      case .refusal(let status, let refusal, let retryAfter):
        tries += 1
        guard tries <= pace.triesMax else { throw .sync(fault(status, refusal, retryAfter)) }
        try understand(status, refusal, retryAfter, batch, &size)
        next = try meet(journal)
      }
    }
    // What lies behind a lost line is saved and cannot be sent; a sync that did not say so would pass for a whole one.
    if next <= journal.lastSeq || journal.brokenFrom != nil { throw .journal(.damaged(seq: journal.brokenFrom ?? next)) }
  }

  private func request(_ batch: PushBatch, _ journal: ShelfExtent) -> TransferRequest {
    TransferRequest(
      .post, Path.entries(journal: journal.journalID) + "?from=\(batch.firstSeq)",
      headers: [
        .lines, .init(name: Header.checkpoint, value: batch.checkpoint),
        .init(name: Header.clock, value: String(pace.now())),
      ], body: batch.bytes,
      answerBytesMax: Limits.answerBytes)
  }

  /// Asks where the county stands, compares the last line both have, and gives the number to go on with.
  private mutating func meet(_ journal: ShelfExtent) throws(Stop) -> UInt64 {
    let cursor: JournalCursor
    do throws(SyncFault) {
      cursor = try ask(
        TransferRequest(.get, Path.cursor(journal: journal.journalID), answerBytesMax: Limits.answerBytes),
        signedIn: true)
    } catch {
      // A journal of an earlier enrolment: not this device's any more.
      if case .refused(.notAllowed) = error { throw .journal(.closed) }
      throw .sync(error)
    }
    switch cursor.state {
    case .open: break
    case .forked: throw .journal(.forked)
    case .revoked: throw .journal(.closed)
    }
    guard cursor.nextSeq > 0 else { throw .sync(.unexpected(status: 200)) }
    let through = cursor.nextSeq - 1
    // The county was put back from a backup, or begun anew: what it does not have any more is not uploaded, and goes up again below.
    if through < shelf.confirmed[journal.journalID] ?? 0 {
      do throws(LaptopFault) { try shelf.lower(journal.journalID, to: through) } catch { throw .sync(.laptop(error)) }
    }
    guard through <= journal.lastSeq else {
      throw .journal(.countyHasMore(countyThrough: through, localThrough: journal.lastSeq))
    }
    if through > 0 {
      guard let last = try batch(journal, from: through, bytesMax: 1), last.lastSeq == through,
        last.chain == cursor.chain
      else { throw .journal(.forked) }
      // The county has it and the receipt was lost on the way.
      if through > shelf.confirmed[journal.journalID] ?? 0 {
        try keep(through: through, chain: cursor.chain, receipt: "cursor", journal)
      }
    }
    return cursor.nextSeq
  }

  /// Keeps the receipt, and gives the number to go on with.
  private mutating func keep(
    _ answer: TransferAnswer, of batch: PushBatch, _ journal: ShelfExtent, from next: UInt64
  ) throws(Stop) -> UInt64 {
    let receipt: PushReceipt
    do throws(SyncFault) { receipt = try decode(answer) } catch { throw .sync(error) }
    guard receipt.journal == journal.journalID, receipt.acceptedThrough >= next else {
      throw .sync(.unexpected(status: answer.status))
    }
    if receipt.acceptedThrough == batch.lastSeq, receipt.chain != batch.chain { throw .journal(.forked) }
    let through = min(receipt.acceptedThrough, batch.lastSeq)
    let chain = through == batch.lastSeq ? batch.chain : receipt.chain
    try keep(through: through, chain: chain, receipt: receipt.receipt, journal)
    report.parked += receipt.items.filter { $0.state == .parked }.map {
      .init(journalID: journal.journalID, seq: $0.seq, code: $0.code)
    }
    return through + 1
  }

  private mutating func keep(
    through: UInt64, chain: String, receipt: String, _ journal: ShelfExtent
  ) throws(Stop) {
    let before = shelf.confirmed[journal.journalID] ?? 0
    // One line is one field of the receipt journal: nothing of the county may break it.
    let number = String(receipt.unicodeScalars.filter { $0.value >= 32 }.map(Character.init).prefix(100))
    let kept = UploadReceipt(
      journalID: journal.journalID, acceptedThrough: through, chain: chain, receipt: number)
    do throws(LaptopFault) { try shelf.keep(kept) } catch { throw .sync(.laptop(error)) }
    if through > before { report.confirmed += through - before }
  }

  /// Takes a refusal as the protocol means it; returns where another try makes sense.
  private mutating func understand(
    _ status: Int, _ refusal: Refusal, _ retryAfter: Int?, _ batch: PushBatch, _ size: inout Int
  ) throws(Stop) {
    switch (status, refusal.reason) {
    case (409, .gap): break
    case (409, .fork): throw .journal(.forked)
    case (413, _):
      guard batch.lastSeq > batch.firstSeq else { throw .journal(.recordTooLarge(seq: batch.firstSeq)) }
      pushBytesMax = max(Limits.pushBytesLeast, min(size / 2, refusal.maxBytes ?? size))
      size = size > Limits.pushBytesLeast ? pushBytesMax : 1
    case (422, .badLine): throw .journal(.badLine(seq: refusal.seq))
    case (422, _): throw .journal(.badLine(seq: nil))
    case (403, .notAllowed): throw .journal(.closed)
    default: throw .sync(fault(status, refusal, retryAfter))
    }
  }

  private func batch(_ journal: ShelfExtent, from seq: UInt64, bytesMax: Int) throws(Stop) -> PushBatch? {
    do throws(LaptopFault) {
      return try shelf.batch(journalID: journal.journalID, from: seq, bytesMax: bytesMax)
    } catch { throw .sync(.laptop(error)) }
  }

  private func tell(_ all: UInt64) {
    let done = shelf.journals.reduce(UInt64(0)) { sum, journal in
      sum &+ min(shelf.confirmed[journal.journalID] ?? 0, journal.lastSeq)
    }
    progress(.pushing(done: done, of: all))
  }
}
