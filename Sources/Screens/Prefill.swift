// Prefill: what is already known of a household when a visit begins: the last visit's answers and the roster. Nothing
// of it is an answer until somebody takes it, field by field with Enter or a section at once with 无变化; so what nobody
// looked at is never written down as seen today.

import Relief
import XForm

struct Prefill: Sendable, Equatable {
  enum Source: Sendable { case lastVisit, roster }

  struct Proposal: Sendable, Equatable {
    var value: String
    var source: Source
  }

  /// Offered in the field and taken by 无变化.
  private(set) var proposals: [InstancePath: Proposal] = [:]
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
  }

  /// The field is answered, or was emptied on purpose: nothing is offered there any more.
  mutating func settle(_ path: InstancePath) { proposals[path] = nil }

  /// Whether anything is offered inside a row.
  func proposes(in row: InstancePath) -> Bool { proposals.keys.contains { row.contains($0) } }

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

  /// A row went away: what was known of later rows moves up with them.
  mutating func removeRow(_ instance: InstancePath) {
    proposals = Self.shifted(proposals, without: instance)
    last = Self.shifted(last, without: instance)
    entities = Self.shifted(entities, without: instance)
    if let step = instance.steps.last, let path = instance.parent?.child(step.name), let count = rows[path] {
      rows[path] = max(0, count - 1)
    }
  }

  private static func shifted<Value>(
    _ known: [InstancePath: Value], without instance: InstancePath
  ) -> [InstancePath: Value] {
    guard let removed = instance.steps.last, let position = removed.position, let parent = instance.parent else {
      return known
    }
    let level = instance.steps.count - 1
    var kept: [InstancePath: Value] = [:]
    for (path, value) in known {
      guard path.steps.count > level, parent.contains(path), path.steps[level].name == removed.name else {
        kept[path] = value
        continue
      }
      let own = path.steps[level].position ?? 1
      if own == position { continue }
      var moved = path
      if own > position { moved.steps[level].position = own - 1 }
      kept[moved] = value
    }
    return kept
  }
}

extension InstancePath {
  /// Where a group or a row says which entity it writes to.
  var entityID: InstancePath { child("meta").child("entity").child("@id") }
}
