// The figures of the page. They come from one snapshot of the register, never from a request: a thread of its own takes in the
// records that have come (looked for once a minute), computes what stands open and the reports that people look at, and puts the
// result in place of the last one. A request reads it under a lock that is held for microseconds. A report of days that nobody
// asked for is computed on that thread once and kept until the next snapshot.

internal import Dispatch
internal import Foundation
internal import Relief
internal import Synchronization

/// What a page shows: one moment of the register.
struct PageSnapshot: Sendable {
  /// Before the first record was read.
  var asOf: Date
  var day: CivilDate
  var records: Int
  var standing: PageStanding
  /// Those that run on the day, by their first day.
  var campaigns: [PageCampaign] = []
  /// Of divisions, by code.
  var names: [String: String]
}

struct PageRange: Hashable, Sendable {
  var division: Division
  var from: CivilDate
  var to: CivilDate
}

final class PageBoard: Sendable {
  private struct Work {
    var register = Register()
    /// The county's cases as they stood at the last snapshot: each report goes through them.
    var book: CaseBook?
    var through: Int64 = 0
    var records = 0
  }

  private struct Shown {
    var snapshot: PageSnapshot
    var reports: [PageRange: SupervisionReport] = [:]
    /// The last asked at the end.
    var asked: [PageRange] = []

    mutating func note(_ range: PageRange) {
      asked.removeAll { $0 == range }
      asked.append(range)
      while asked.count > CountyLimits.pageReports { reports[asked.removeFirst()] = nil }
    }
  }

  private let store: Store
  /// Nil where county.yaml names no such code: then there are no figures.
  private let county: Division?
  private let surroundings: CountySurroundings
  private let queue = DispatchQueue(label: "page", qos: .utility)
  /// Touched on `queue` alone: nobody ever waits for this lock.
  private let work = Mutex(Work())
  private let shown = Mutex<Shown?>(nil)

  init(store: Store, county: Division?, surroundings: CountySurroundings) {
    self.store = store
    self.county = county
    self.surroundings = surroundings
  }

  var snapshot: PageSnapshot? { shown.withLock { $0?.snapshot } }

  /// The report of these days and its snapshot; nil before the first snapshot.
  func report(_ range: PageRange) async throws -> (SupervisionReport, PageSnapshot)? {
    if let found = ready(range) { return found }
    return try await onQueue { [self] in
      // Another request may have been first, or a snapshot.
      if let found = ready(range) { return found }
      guard let day = snapshot?.day else { return nil }
      let report = work.withLock { Self.report(range, $0.register, $0.book, on: day) }
      return shown.withLock { shown in
        shown?.reports[range] = report
        shown?.note(range)
        return shown.map { (report, $0.snapshot) }
      }
    }
  }

  private func ready(_ range: PageRange) -> (SupervisionReport, PageSnapshot)? {
    shown.withLock { shown in
      guard let found = shown?.reports[range], let snapshot = shown?.snapshot else { return nil }
      shown?.note(range)
      return (found, snapshot)
    }
  }

  /// Looks for new records as long as it is not cancelled. Without an account of the page nothing is read: the register in
  /// memory is for people who look at it.
  func keepFresh(_ failed: @Sendable (any Error) -> Void) async {
    while !Task.isCancelled {
      do {
        if try await !store.pageUsers().isEmpty { try await refresh() }
      } catch {
        failed(error)
      }
      try? await Task.sleep(for: .seconds(CountyLimits.pageRefreshSeconds))
    }
  }

  /// Takes in what has come, and shows it. Nothing new on the same day: nothing is computed.
  func refresh() async throws { try await onQueue { [self] in try refreshNow() } }

  private func refreshNow() throws {
    let now = surroundings.now()
    guard let county, let day = CivilDate(startOf: CountySurroundings.text(now)) else { return }
    try work.withLock { work in
      let before = work.records
      while true {
        let (records, through) = try store.records(after: work.through, limit: CountyLimits.pageFoldBatch)
        guard through > work.through else { break }
        work.register.apply(contentsOf: records.lazy.map { ($0, nil) })
        work.through = through
        work.records += records.count
      }
      let last = shown.withLock { $0 }
      if let last, last.snapshot.day == day, before == work.records {
        // As of now nothing has come.
        shown.withLock { $0?.snapshot.asOf = now }
        return
      }
      show(&work, county, asOf: now, day, after: last)
    }
  }

  private func show(_ work: inout Work, _ county: Division, asOf now: Date, _ day: CivilDate, after last: Shown?) {
    let rules = CaseRules(work.register.policyParameters, on: day)
    let book = work.register.caseBook(in: county)
    work.book = book
    var next = Shown(
      snapshot: PageSnapshot(
        asOf: now, day: day, records: work.records, standing: PageStanding(work.register, in: county, on: day, rules, book),
        campaigns: PageCampaign.running(work.register, in: county, on: day),
        names: Dictionary(work.register.divisions().map { ($0.code.code, $0.name) }, uniquingKeysWith: { first, _ in first })))
    let own = PageRange(division: county, from: CivilDate(year: day.year, month: day.month, day: 1) ?? day, to: day)
    for range in [own] + (last?.asked.suffix(CountyLimits.pageReportsAhead) ?? []) where next.reports[range] == nil {
      next.reports[range] = Self.report(range, work.register, book, on: day)
      next.note(range)
    }
    shown.withLock { $0 = next }
  }

  /// What is overdue is judged by the rules of today.
  private static func report(_ range: PageRange, _ register: Register, _ book: CaseBook?, on day: CivilDate) -> SupervisionReport {
    register.supervision(
      from: range.from, to: range.to, today: day, in: range.division, CaseRules(register.policyParameters, on: day), cases: book)
  }

  private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
