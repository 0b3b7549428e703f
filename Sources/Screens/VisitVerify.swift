// VisitVerify: 核对录入: the second typing of a paper form, once it is finished: what differs from the first, and which of the two is right.
// No second visit comes of it. Where the first typing was wrong the visit is amended; in every case it is written down that it was typed
// twice.
//
// What was found and settled is in the draft (`DraftEntry.compared`), so a killed program loses none of it. A choice counts for what the
// second typing said then: typed anew since, the question is to be settled anew.

import Terminal
import XForm

/// What the second typing is compared with.
struct FirstTyping: Sendable {
  var session: Session
  var notes: VisitNotes

  struct VisitNotes: Sendable {
    var forced: [ForcedAnswer]
    var remarks: [Remark]
  }
}

/// The differences as they are being settled.
struct DifferenceList: Sendable {
  let entry: DoubleEntry
  var merged: DoubleEntry.Merged
  var cursor = ListCursor()

  var selected: DoubleEntry.Difference? {
    entry.differences.indices.contains(cursor.selected) ? entry.differences[cursor.selected] : nil
  }
}

extension VisitScreen {
  /// The second typing is whole: says what differs, or that nothing does.
  mutating func beginComparing(with first: FirstTyping) -> Step {
    let entry = DoubleEntry(first: first.session, second: session)
    // What was typed anew since it was settled is found anew.
    let new = entry.differences.filter { compared[$0.path.description]?.second != $0.secondValue }
      .map { Comparison(path: $0.path.description, right: nil, second: $0.secondValue) }
    note(new)
    var list = DifferenceList(entry: entry, merged: entry.merged(settled(entry)))
    guard !entry.differences.isEmpty else { return finishVerifying(list, first) }
    list.cursor.selected = open(list).first ?? 0
    mode = .comparing(list)
    message = .differences(entry.differences.count)
    return Step()
  }

  private mutating func note(_ comparisons: [Comparison]) {
    guard !comparisons.isEmpty else { return }
    for comparison in comparisons { compared[comparison.path] = comparison }
    entries.append(.compared(comparisons))
  }

  /// What counts of what was said.
  private func settled(_ entry: DoubleEntry) -> [InstancePath: Typing] {
    var settled: [InstancePath: Typing] = [:]
    for difference in entry.differences { settled[difference.path] = right(difference) }
    return settled
  }

  func right(_ difference: DoubleEntry.Difference) -> Typing? { compared[difference.path.description]?.right }

  /// Numbers of the differences that somebody must still settle.
  private func open(_ list: DifferenceList) -> [Int] {
    list.entry.differences.indices.filter { index in
      let difference = list.entry.differences[index]
      return right(difference) == nil && list.entry.isAsked(difference, in: list.merged)
    }
  }

  mutating func comparing(_ input: Input, _ list: DifferenceList) -> Step {
    var list = list
    switch input {
    case .idle, .leaving: return Step()
    case .paste: return .beep
    case .key(.character(let scalar)):
      switch Folding.digit(scalar) {
      case "1": return settle(.first, list)
      case "2": return settle(.second, list)
      case "3": return typeAnew(list)
      default: return .beep
      }
    case .key: return .beep
    case .command(.back):
      mode = .typing
      message = nil
      return Step()
    case .command(.accept): return typeAnew(list)
    case .command(.finish): return finishComparing(list)
    case .command(.help): return Step(move: .push(HelpScreen(context: keyContext)))
    case .command(let command):
      guard list.cursor.move(command, count: list.entry.differences.count) else { return .beep }
      mode = .comparing(list)
      message = nil
      return Step()
    }
  }

  private mutating func settle(_ typing: Typing, _ list: DifferenceList) -> Step {
    guard let difference = list.selected else { return .beep }
    var list = list
    note([Comparison(path: difference.path.description, right: typing, second: difference.secondValue)])
    list.merged = list.entry.merged(settled(list.entry))
    let left = open(list)
    message = left.isEmpty ? .differencesSettled : nil
    list.cursor.selected = left.first { $0 > list.cursor.selected } ?? left.first ?? list.cursor.selected
    mode = .comparing(list)
    return Step()
  }

  /// Back to the question in the second typing: what both have wrong is typed there, and F10 compares again.
  private mutating func typeAnew(_ list: DifferenceList) -> Step {
    guard let difference = list.selected else { return .beep }
    let place: VisitPlace? =
      if !difference.isRow {
        session.isRelevant(difference.path) ? .field(difference.path) : nil
      } else if outline.index(of: .row(difference.path)) != nil {
        .row(difference.path)
      } else {
        difference.path.parent.map { .add($0.child(difference.path.name)) }
      }
    guard let place, outline.index(of: place) != nil else {
      message = .notAskedAgain
      return .beep
    }
    mode = .typing
    message = nil
    move(to: place)
    noteMove()
    return Step()
  }

  private mutating func finishComparing(_ list: DifferenceList) -> Step {
    guard let firstTyping else { return .beep }
    let left = open(list)
    if let next = left.first { return stop(at: next, .differencesLeft(left.count), list) }
    let differences = list.entry.differences
    if let refused = list.merged.refused.first {
      return stop(at: differences.firstIndex { $0.path.contains(refused) }, .settledRefused, list)
    }
    let violations = list.merged.session.validate()
    if let first = violations.first {
      return stop(at: differences.firstIndex { $0.path.contains(first.path) }, .problems(violations.count, Message(first.outcome)), list)
    }
    return finishVerifying(list, firstTyping)
  }

  private mutating func stop(at index: Int?, _ message: Message, _ list: DifferenceList) -> Step {
    var list = list
    list.cursor.selected = index ?? list.cursor.selected
    mode = .comparing(list)
    self.message = message
    return .beep
  }

  private mutating func finishVerifying(_ list: DifferenceList, _ first: FirstTyping) -> Step {
    let corrected = list.entry.differences.filter { difference in
      right(difference) == .second && (difference.isRow || list.entry.isAsked(difference, in: list.merged))
    }
    let counts = ComparisonCounts(differences: compared.count, corrected: corrected.count)
    mode = .finishing
    message = .finishing
    outcome = counts
    var visit = FinishedVisit(
      draft: saver.id, purpose: saver.beginning.purpose, household: saver.beginning.household, division: saver.beginning.division,
      formID: form.key.id, formVersion: form.key.version, submission: "", entities: [], forced: [], remarks: [], comparison: counts)
    if !corrected.isEmpty { correct(&visit, list.merged, first) }
    return Step([.finishVisit(visit)])
  }

  /// The visit as it is written again: the first typing with what was put right, and what stood beside its answers.
  private func correct(_ visit: inout FinishedVisit, _ merged: DoubleEntry.Merged, _ first: FirstTyping) {
    var known = Prefill()
    known.begin(with: first.session)
    for row in merged.removed { known.removeRow(row) }
    var done = merged.session
    done.finish()
    visit.submission = String(decoding: done.instanceXML(submission: true), as: UTF8.self)
    visit.entities = done.entities()
    visit.uncleared = known.uncleared(done)?.entities() ?? []
    visit.division = division(of: done)
    var notes = first.notes
    for row in merged.removed { notes.forget(row) }
    visit.forced = Self.standing(notes.forced, in: done)
    visit.remarks = notes.remarks
  }
}

extension FirstTyping.VisitNotes {
  /// A row went away: what was said of it goes with it, what was said of later ones moves up.
  mutating func forget(_ row: InstancePath) {
    forced = forced.compactMap { answer in
      InstancePath(answer.path)?.shifted(without: row).map {
        ForcedAnswer(path: $0.description, check: answer.check, reason: answer.reason)
      }
    }
    remarks = remarks.compactMap { remark in
      InstancePath(remark.path)?.shifted(without: row).map { Remark(path: $0.description, text: remark.text) }
    }
  }
}
