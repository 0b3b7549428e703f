// DoubleEntry: one paper form typed twice (核对录入), compared question by question, and the form that comes of it once somebody has said
// which typing is right where they differ. Pure: two sessions in, differences and a session out.
//
// What is compared is what somebody can type: questions by their path, those of a row by its position. What the form computes, hides or
// shows only for reading is left out; it follows from the rest. A row in which nothing is filled in is no row.

import XForm

struct DoubleEntry: Sendable {
  struct Difference: Equatable, Sendable {
    var path: InstancePath
    /// One typing has the row and the other has not; what stands in it is not compared.
    var isRow: Bool
    var label: String
    /// As people read them.
    var first: String
    var second: String
    /// What the second typing says, for `Comparison.second`.
    var secondValue: String
  }

  /// The first typing with what was settled for the second put into it.
  struct Merged: Sendable {
    var session: Session
    /// What the form does not take: the answers of the second typing hold together only with others of it.
    var refused: [InstancePath]
    /// Rows of the first typing that went away, in the order of their going.
    var removed: [InstancePath]
  }

  private let one: Sheet
  private let two: Sheet
  let differences: [Difference]

  init(first: Session, second: Session) {
    let one = Sheet(first)
    let two = Sheet(second)
    self.one = one
    self.two = two
    let lone = one.rows.symmetricDifference(two.rows)
    differences = Self.order(one.order, two.order).compactMap { path in
      if lone.contains(where: { $0 != path && $0.contains(path) }) { return nil }
      if lone.contains(path) { return Self.row(path, one, two) }
      return Self.question(path, one, two)
    }
  }

  /// Every path once: the first typing's in their order, the second's others each behind what it follows there.
  private static func order(_ one: [InstancePath], _ two: [InstancePath]) -> [InstancePath] {
    var order = one
    let known = Set(one)
    var previous: InstancePath?
    for path in two {
      if !known.contains(path) {
        let place = previous.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        order.insert(path, at: place)
      }
      previous = path
    }
    return order
  }

  private static func row(_ path: InstancePath, _ one: Sheet, _ two: Sheet) -> Difference {
    let side = one.rows.contains(path) ? one : two
    func shown(_ sheet: Sheet) -> String { sheet.rows.contains(path) ? sheet.rowTexts[path] ?? "" : Words.Verify.noRow }
    let inside = two.order.filter { path.contains($0) }.map { "\($0)=\(two.questions[$0]?.value ?? "")" }
    return Difference(
      path: path, isRow: true, label: side.rowLabel(path), first: shown(one), second: shown(two),
      secondValue: inside.joined(separator: "\n"))
  }

  private static func question(_ path: InstancePath, _ one: Sheet, _ two: Sheet) -> Difference? {
    let (first, second) = (one.questions[path], two.questions[path])
    guard let known = first ?? second, meaning(first) != meaning(second) else { return nil }
    let side = first == nil ? two : one
    func shown(_ question: Question?) -> String {
      guard let question else { return Words.Verify.notAsked }
      return question.value.isEmpty ? Words.Evening.nothing : ReadScreen.shown(question)
    }
    return Difference(
      path: path, isRow: false, label: side.row(around: path).map { side.rowLabel($0) + " " + known.label } ?? known.label,
      first: shown(first), second: shown(second), secondValue: second?.value ?? "")
  }

  /// Two texts that mean the same are the same: choices in another order, a number with other zeros.
  private static func meaning(_ question: Question?) -> String {
    guard let question else { return "" }
    let value = Folding.trimmed(question.value)
    switch FieldKind(question) {
    case .chooseMany where question.control != .rank: return value.split(separator: " ").sorted().joined(separator: " ")
    case .whole: return Int(value).map(String.init) ?? value
    case .decimal:
      guard value.contains(".") else { return value }
      var digits = Substring(value)
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
      return String(digits)
    default: return value
    }
  }

  // MARK: What comes of it

  func merged(_ right: [InstancePath: Typing]) -> Merged {
    var merged = Merged(session: one.session, refused: [], removed: [])
    var waiting: [InstancePath] = []
    for difference in differences where right[difference.path] == .second {
      if !difference.isRow {
        waiting.append(difference.path)
      } else if two.rows.contains(difference.path) {
        waiting += two.order.filter { difference.path.contains($0) }
      } else {
        merged.removed.append(difference.path)
      }
    }
    // Some are asked only once another is answered: as often as that brings any further.
    var left = waiting.count + 1
    while waiting.count < left {
      left = waiting.count
      waiting.removeAll { take($0, into: &merged.session) }
    }
    merged.refused = waiting.filter { path in
      merged.session.isRelevant(path) || (two.rows.contains(path) && path.parent.map { merged.session.isRelevant($0) } ?? false)
    }
    // From the last, so that what goes moves nothing that is still to go.
    merged.removed.reverse()
    for row in merged.removed { _ = merged.session.removeRepeat(row) }
    return merged
  }

  /// Whether the form still asks for what differs, once the rest was settled: an answer that opened it may have been wrong.
  func isAsked(_ difference: Difference, in merged: Merged) -> Bool {
    guard difference.isRow else { return merged.session.isRelevant(difference.path) }
    return one.rows.contains(difference.path) || difference.path.parent.map { merged.session.isRelevant($0) } ?? true
  }

  /// Puts a question's answer or a row of the second typing in; false where the form does not take it as it stands.
  private func take(_ path: InstancePath, into session: inout Session) -> Bool {
    guard !two.rows.contains(path) else { return place(path, &session) }
    let value = two.questions[path]?.value ?? ""
    return session.value(at: path) == value || session.answer(path, value) == .accepted
  }

  /// A row that only the second typing has is about whom or what it is about there: a member of the roster stays the same person.
  private func place(_ row: InstancePath, _ session: inout Session) -> Bool {
    guard let position = row.steps.last?.position, let repeatPath = row.parent?.child(row.name) else { return false }
    while let count = session.repeatCount(repeatPath), count < position, session.addRepeat(repeatPath) != nil {
      let added = repeatPath.instance(count + 1)
      if let id = two.session.value(at: added.entityID), !id.isEmpty { _ = session.preset(added.entityID, id) }
    }
    return (session.repeatCount(repeatPath) ?? 0) >= position
  }
}

/// What stands in one typing.
private struct Sheet: Sendable {
  let session: Session
  /// Filled rows and questions that can be typed, as the form has them.
  private(set) var order: [InstancePath] = []
  private(set) var rows: Set<InstancePath> = []
  private(set) var rowTexts: [InstancePath: String] = [:]
  private(set) var questions: [InstancePath: Question] = [:]

  init(_ session: Session) {
    self.session = session
    for section in VisitOutline(session).sections {
      for (index, item) in section.items.enumerated() {
        switch item.kind {
        case .group, .addRepeat: continue
        case .question:
          guard let question = session.question(at: item.path), question.canBeTyped else { continue }
          questions[item.path] = question
          order.append(item.path)
        case .repeatInstance:
          let inside = section.inside(rowAt: index)
          let isFilled = inside.contains { item in
            item.kind == .question && session.question(at: item.path).map { $0.canBeTyped && !$0.value.isEmpty } ?? false
          }
          guard isFilled else { continue }
          rows.insert(item.path)
          rowTexts[item.path] = VisitSheet.rowText(inside, session, Prefill())
          order.append(item.path)
        }
      }
    }
  }

  /// The innermost row around a question.
  func row(around path: InstancePath) -> InstancePath? {
    rows.filter { $0 != path && $0.contains(path) }.max { $0.steps.count < $1.steps.count }
  }

  /// What the form calls the rows, and which one it is.
  func rowLabel(_ row: InstancePath) -> String {
    let name = session.label(at: row) ?? row.parent.flatMap { session.label(at: $0.child(row.name)) } ?? ""
    return name + String(row.steps.last?.position ?? 1)
  }
}
