// A visit (走访) as the register sees it: one finished record, or the amendment that took its place.

public struct Visit: Equatable, Sendable {
  /// The record that holds now.
  public var record: String
  /// Entity of the visit, the same for a visit and its amendments.
  public var entity: String
  public var household: String
  public var division: String
  public var author: Author
  public var device: String
  /// The day people say it took place; from the clock only where the form does not say.
  public var date: CivilDate?
  public var wall: String
  public var clockTrusted: Bool
  public var form: FormStamp?
  /// Records this one took the place of.
  public var amends: [String]
  /// Why it was written again; nil of a visit that is no amendment.
  public var amendReason: String? = nil
  public var facts: [Fact]
  /// What was written beside the answers.
  public var notes: [VisitNote]
  public var review: Review?
  /// That the record was typed a second time; an amendment since is another record, and has not been.
  public var verification: Verification?
  /// Where the record with its submission can be read again.
  public var place: Place?
  public var hasSubmission: Bool
  /// Another amendment of the same visit holds as well.
  public var isContested: Bool

  /// A property of the visit itself.
  public func value(_ name: String) -> String? {
    facts.last { $0.list == FactList.visit && $0.value(name) != nil }?.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  public var result: String? { value("result") }
  public var urgency: String? { value("urgency") }

  /// The four marks of the household, A 残 B 劳 C 病 D 急, that the visit found.
  public var marks: [Mark] { Mark.allCases.filter { value($0.rawValue) == "yes" } }

  public enum Mark: String, CaseIterable, Sendable { case disability, labour, illness, emergency }
}

/// A supervisor's word on a visit (审核).
public struct Review: Equatable, Sendable {
  public enum Verdict: String, Sendable {
    /// 通过
    case passed
    /// 退回
    case returned
    /// 需复访
    case revisit
    /// 上报: to the township's leadership or the county's coordination.
    case escalated
    /// 交县
    case county
  }

  public var record: String
  /// The visit record it is about.
  public var reviewed: String
  public var verdict: Verdict
  public var reason: String?
  /// The question the comment is about: `list#property`, for a row of many a blank and its entity (docs/facts.md).
  public var question: String?
  /// Passed with others, after a sample had been opened.
  public var isBatch: Bool
  public var author: Author
  public var wall: String
}

extension Register {
  /// Visits of a household, newest first: by their day, then by the clock's time, then by id.
  public func visits(of household: String) -> [Visit] {
    newestFirst(records(about: household).compactMap { visit(at: $0) })
  }

  /// The same with what each visit says of itself alone (`value`), without members, income and whatever else it found: for lists
  /// over many households.
  func visitsAlone(of household: String) -> [Visit] {
    newestFirst(records(about: household).compactMap { visit(at: $0, alone: true) })
  }

  /// The last visit, and those of some days: for lists over many households, which cannot read every visit of each. Newest first.
  func lastVisits(of household: String, from: CivilDate, to: CivilDate) -> [Visit] {
    let all = records(about: household).filter { store.rows[$0].marks.contains(.isVisit) && store.holds($0) }
    let last = all.map { store.rows[$0].day }.max() ?? .min
    let (first, end) = (Int32(from.dayNumber), Int32(to.dayNumber))
    return newestFirst(
      all.filter { store.rows[$0].day == last || (first <= store.rows[$0].day && store.rows[$0].day <= end) }
        .compactMap { visit(at: $0) })
  }

  /// Visits whose day is this one, in a division: what a supervisor reads in the evening. Newest first.
  public func visits(on day: CivilDate, in division: Division) -> [Visit] {
    newestFirst(
      (visitsByDay[Int32(day.dayNumber)] ?? []).compactMap { index in
        guard let place = Division(store.texts.text(store.rows[index].division)), division.contains(place) else {
          return nil
        }
        guard let visit = visit(at: index), visit.date == day else { return nil }
        return visit
      })
  }

  /// One visit by its record, also one that was amended or withdrawn since.
  public func visit(_ record: String) -> Visit? {
    store.record(named: record).flatMap { visit(at: $0, evenVoid: true) }
  }

  /// The same with what it says of itself alone.
  func visitAlone(_ record: String) -> Visit? {
    store.record(named: record).flatMap { visit(at: $0, evenVoid: true, alone: true) }
  }

  /// The word on a record that counts now: of reviews that had not seen each other, the one that sends back.
  public func review(of record: String) -> Review? {
    guard let reviewed = store.texts.find(record), let all = reviews[reviewed] else { return nil }
    let writer = store.record(numbered: reviewed).map { store.head(at: $0).author }
    let holding = all.filter { store.holds($0) && isReviewers(store.head(at: $0), writer) }
    let seen = Set(holding.flatMap { store.supersedes($0) })
    let last = holding.filter { !seen.contains(store.rows[$0].id) }
    let found = (last.isEmpty ? holding : last).compactMap { review(at: $0) }
    return found.min { (order($0.verdict), $1.wall, $1.record) < (order($1.verdict), $0.wall, $0.record) }
  }

  /// Nobody reviews by writing the record alone.
  private func isReviewers(_ record: Record, _ writer: Author?) -> Bool {
    mayReview(record.author, on: CivilDate(startOf: record.wall), writtenBy: writer)
  }

  private func review(at index: Int) -> Review? {
    let record = store.head(at: index)
    guard let verdict = record.body["verdict"].flatMap({ Review.Verdict(rawValue: $0) }) else { return nil }
    return Review(
      record: record.id, reviewed: record.body["record"] ?? "", verdict: verdict, reason: record.body["reason"],
      question: record.body["question"], isBatch: record.body["batch"] == "yes", author: record.author, wall: record.wall)
  }

  private func order(_ verdict: Review.Verdict) -> Int {
    switch verdict {
    case .returned: 0
    case .revisit: 1
    case .county: 2
    case .escalated: 3
    case .passed: 4
    }
  }

  private func newestFirst(_ visits: [Visit]) -> [Visit] {
    visits.sorted { left, right in
      let one = (left.date?.dayNumber ?? .min, left.wall, left.record)
      let other = (right.date?.dayNumber ?? .min, right.wall, right.record)
      return one > other
    }
  }

  /// What others said of a visit, and where it can be read again, as it is now.
  func renew(_ visit: inout Visit) {
    guard let index = store.record(named: visit.record) else { return }
    visit.review = review(of: visit.record)
    visit.verification = verification(of: store.head(at: index))
    visit.place = store.rows[index].place
    visit.hasSubmission = store.rows[index].marks.contains(.hasSubmission)
  }

  /// - Parameter alone: only the facts about the visit itself.
  func visit(at index: Int, evenVoid: Bool = false, alone: Bool = false) -> Visit? {
    let row = store.rows[index]
    guard row.marks.contains(.isVisit), store.holds(index) || (evenVoid && !row.marks.contains(.replaced)) else {
      return nil
    }
    var record = store.head(at: index)
    let numbers = store.facts(of: index).filter { !alone || store.list(of: $0) == names.visit }
    record.facts = numbers.map { store.fact(at: $0) }
    guard let household = record.household,
      let position = record.facts.firstIndex(where: { $0.list == FactList.visit })
    else { return nil }
    let fact = record.facts[position]
    let amends = record.type == .amendment ? record.supersedes : []
    let entity = Int(store.facts[numbers[position]].entity)
    let isRivalled = store.liveFacts(of: entity).contains { other in
      let rival = Int(store.facts[other].record)
      return rival != index && store.rows[rival].marks.contains(.isVisit)
    }
    let date = fact.value("date").flatMap { CivilDate($0) } ?? CivilDate(startOf: record.wall)
    return Visit(
      record: record.id, entity: fact.entity, household: household, division: record.division, author: record.author,
      device: record.device, date: date, wall: record.wall, clockTrusted: record.clockTrusted, form: record.form,
      amends: amends, amendReason: record.type == .amendment ? record.body["reason"] : nil, facts: record.facts,
      notes: VisitNote.notes(in: record.body), review: review(of: record.id),
      verification: verification(of: record), place: row.place,
      hasSubmission: row.marks.contains(.hasSubmission), isContested: row.marks.contains(.contested) || isRivalled)
  }
}
