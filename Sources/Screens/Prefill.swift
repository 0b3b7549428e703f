// Prefill: what is already known of a household when a visit begins: the last visit's answers, the roster, a name that was
// searched for. Nothing of it is an answer until somebody takes it, field by field with Enter or a section at once with
// 无变化; so what nobody looked at is never written down as seen today.

import Relief
import XForm

struct Prefill: Sendable, Equatable {
  enum Source: Sendable { case lastVisit, roster, search }

  struct Proposal: Sendable, Equatable {
    var value: String
    var source: Source
  }

  /// Offered in the field and taken by 无变化.
  private(set) var proposals: [InstancePath: Proposal] = [:]
  /// Every value a field began with: a proposal, a default, of an amendment the answer of then. Where one of these was cleared, somebody
  /// emptied something; where a field never had one, an empty field is only a question left open.
  private(set) var known: [InstancePath: String] = [:]
  /// Where what was proposed came from, also once it is taken.
  private var told: [InstancePath: Source] = [:]
  /// Everything the last visit said, also what is asked anew each time: only 同上 fetches it.
  private(set) var last: [InstancePath: String] = [:]
  /// Instances each repeat begins with.
  private(set) var rows: [InstancePath: Int] = [:]
  /// Entity ids of the last visit's groups and rows: what is written again keeps its id.
  private(set) var entities: [InstancePath: String] = [:]

  init() {}

  mutating func propose(_ value: String, at path: InstancePath, from source: Source) {
    guard !value.isEmpty, proposals[path] == nil else { return }
    proposals[path] = Proposal(value: value, source: source)
    known[path] = value
    told[path] = source
  }

  /// Values that stand in the form before anybody typed.
  mutating func begin(with session: Session) {
    for item in session.outline where item.kind == .question {
      if let value = session.value(at: item.path), !value.isEmpty { known[item.path] = known[item.path] ?? value }
    }
  }

  /// The form as it would stand had nobody cleared what a field began with; nil where nobody cleared anything.
  func uncleared(_ session: Session) -> Session? {
    var trial = session
    var hasCleared = false
    for item in session.outline where item.kind == .question {
      guard let value = known[item.path], proposals[item.path] == nil, session.value(at: item.path)?.isEmpty == true else { continue }
      if trial.answer(item.path, value) == .accepted { hasCleared = true }
    }
    return hasCleared ? trial : nil
  }

  /// What is offered at a question: of a choice only what can be chosen there. What cannot stays known, and is neither shown nor taken.
  func proposal(for question: Question) -> Proposal? {
    guard let proposal = proposals[question.path] else { return nil }
    switch FieldKind(question) {
    case .chooseOne: return question.choices.contains { $0.value == proposal.value } ? proposal : nil
    case .chooseMany:
      let values = proposal.value.split(separator: " ").filter { value in question.choices.contains { $0.value == value } }
      return values.isEmpty ? nil : Proposal(value: values.joined(separator: " "), source: proposal.source)
    default: return proposal
    }
  }

  /// The same, of the question at a path; nil where there is none.
  func proposal(at path: InstancePath, _ session: Session) -> Proposal? {
    guard proposals[path] != nil else { return nil }
    return session.question(at: path).flatMap(proposal(for:))
  }

  /// The field is answered, or was emptied on purpose: nothing is offered there any more.
  mutating func settle(_ path: InstancePath) { proposals[path] = nil }

  /// There is a last visit that says anything.
  var hasLastVisit: Bool { !last.isEmpty }

  /// Whether anything is known of a row. A name that was searched for is not: the row is still to be filled in.
  func proposes(in row: InstancePath) -> Bool { proposals.contains { $0.value.source != .search && row.contains($0.key) } }

  /// Whether the roster or the last visit said anything of a row. A name that was searched for says nothing of who it is.
  func knows(_ row: InstancePath) -> Bool {
    told.contains { $0.value != .search && row.contains($0.key) } || last.contains { row.contains($0.key) }
  }

  /// Reads the last visit: `zf:carry="carry"` fields are proposed, all others kept for 同上.
  mutating func take(lastVisit: Session) {
    for item in lastVisit.outline {
      switch item.kind {
      case .question:
        guard let value = lastVisit.value(at: item.path), !value.isEmpty else { continue }
        last[item.path] = value
        if ["carry", "prefill"].contains(lastVisit.attributes(at: item.path)["carry"] ?? "") {
          propose(value, at: item.path, from: .lastVisit)
        }
      case .addRepeat:
        if let count = lastVisit.repeatCount(item.path) { rows[item.path] = max(rows[item.path] ?? 0, count) }
      case .repeatInstance:
        takeEntity(of: item.path, lastVisit)
        if let step = item.path.steps.last, let position = step.position, let parent = item.path.parent {
          let path = parent.child(step.name)
          rows[path] = max(rows[path] ?? 0, position)
        }
      case .group: takeEntity(of: item.path, lastVisit)
      }
    }
  }

  private mutating func takeEntity(of path: InstancePath, _ lastVisit: Session) {
    if let id = lastVisit.value(at: path.entityID), !id.isEmpty { entities[path] = id }
  }

  /// The row of a repeat that was about an entity.
  func row(of entity: String, in repeatPath: InstancePath) -> Int? {
    entities.first { $0.value == entity && $0.key.generic == repeatPath.generic }?.key.steps.last?.position
  }

  /// A draft's rows are about the entities they were about when it began, whatever the last visit and the roster say by now: what is
  /// known of a row goes to the row of the same entity. What is known of nobody in the draft goes away.
  mutating func align(to draft: Session) {
    var moved: [InstancePath: InstancePath?] = [:]
    var rows: [InstancePath: Int] = [:]
    for (row, id) in entities where row.steps.last?.position != nil {
      guard let step = row.steps.last, let repeatPath = row.parent?.child(step.name) else { continue }
      let count = draft.repeatCount(repeatPath) ?? 0
      rows[repeatPath] = count
      let position = (0..<count).first { draft.value(at: repeatPath.instance($0 + 1).entityID) == id }
      moved[row] = .some(position.map { repeatPath.instance($0 + 1) })
    }
    func placed(_ path: InstancePath) -> InstancePath? {
      guard let (row, target) = moved.first(where: { $0.key.contains(path) }) else { return path }
      return target.map { InstancePath(steps: $0.steps + path.steps.dropFirst(row.steps.count)) }
    }
    func aligned<Value>(_ values: [InstancePath: Value]) -> [InstancePath: Value] {
      Dictionary(values.compactMap { path, value in placed(path).map { ($0, value) } }, uniquingKeysWith: { first, _ in first })
    }
    proposals = aligned(proposals)
    known = aligned(known)
    told = aligned(told)
    last = aligned(last)
    entities = aligned(entities)
    for (repeatPath, count) in rows { self.rows[repeatPath] = count }
  }

  /// A row went away: what was known of later rows moves up with them.
  mutating func removeRow(_ instance: InstancePath) {
    proposals = Self.shifted(proposals, without: instance)
    known = Self.shifted(known, without: instance)
    told = Self.shifted(told, without: instance)
    last = Self.shifted(last, without: instance)
    entities = Self.shifted(entities, without: instance)
    if let step = instance.steps.last, let path = instance.parent?.child(step.name), let count = rows[path] {
      rows[path] = max(0, count - 1)
    }
  }

  private static func shifted<Value>(
    _ known: [InstancePath: Value], without instance: InstancePath
  ) -> [InstancePath: Value] {
    var kept: [InstancePath: Value] = [:]
    for (path, value) in known { if let path = path.shifted(without: instance) { kept[path] = value } }
    return kept
  }
}

extension InstancePath {
  /// One instance of a repeat.
  func instance(_ position: Int) -> InstancePath {
    var path = self
    path.steps[path.steps.count - 1].position = position
    return path
  }

  /// Where the node stands once an instance of a repeat is gone: instances behind it move up. Nil inside the instance.
  func shifted(without instance: InstancePath) -> InstancePath? {
    guard let removed = instance.steps.last, let position = removed.position, let parent = instance.parent else { return self }
    let level = instance.steps.count - 1
    guard steps.count > level, parent.contains(self), steps[level].name == removed.name else { return self }
    let own = steps[level].position ?? 1
    if own == position { return nil }
    guard own > position else { return self }
    var moved = self
    moved.steps[level].position = own - 1
    return moved
  }

  /// Where a group or a row says which entity it writes to.
  var entityID: InstancePath { child("meta").child("entity").child("@id") }
}
