// Roster: what the register knows of a household, laid onto the fields of a form. A field says where its value comes from:
// `zf:prefill="list#property"` (household or person), `zf:prefill="household"` or `"person"` for the entity's id, or, where it only
// says `zf:carry="prefill"`, the property it is saved to.

import Relief
import XForm

struct Roster {
  /// A field and the property it is filled from; an empty property is the entity's id.
  struct Source: Equatable {
    var generic: String
    var list: String
    var property: String
  }

  let household: Household?
  let householdID: String
  let persons: [Person]
  let division: String
  let sources: [Source]
  /// Generic path of the repeat whose instances are the members.
  let memberRepeat: InstancePath?

  /// - Parameter session: of this form; it is only asked which attributes its nodes carry.
  init(_ workspace: Workspace, household id: String, form: VisitForm, session: Session) {
    household = workspace.register.household(id)
    householdID = id
    persons = workspace.register.persons(of: id)
    division = household?.division?.code ?? workspace.identity.scopes.first { $0.utf8.count == 12 } ?? ""
    let sample = Self.withOneRowEach(session)
    var sources: [Source] = []
    var repeats: [InstancePath] = []
    let repeatPaths = sample.outline.filter { $0.kind == .repeatInstance }.map(\.path)
    for generic in form.paths {
      guard var path = InstancePath(generic) else { continue }
      let row = repeatPaths.first { $0.steps.count < path.steps.count && InstancePath($0.generic)?.contains(path) == true }
      if let row { path = InstancePath(steps: row.steps + path.steps.dropFirst(row.steps.count)) }
      guard let source = Self.source(generic, sample.attributes(at: path), isInRow: row != nil) else { continue }
      sources.append(source)
      if source.list == FactList.person, let row, let parent = row.parent { repeats.append(parent.child(row.name)) }
    }
    self.sources = sources
    memberRepeat = repeats.first
  }

  private static func source(_ generic: String, _ attributes: [String: String], isInRow: Bool) -> Source? {
    if let stated = attributes["prefill"], !stated.isEmpty {
      let parts = stated.split(separator: "#", maxSplits: 1).map(String.init)
      return Source(generic: generic, list: parts[0], property: parts.count > 1 ? parts[1] : "")
    }
    guard attributes["carry"] == "prefill", let property = attributes["saveto"], !property.isEmpty else { return nil }
    return Source(generic: generic, list: isInRow ? FactList.person : FactList.household, property: property)
  }

  /// A copy in which every repeat has an instance, so that the nodes inside can be asked for.
  private static func withOneRowEach(_ session: Session) -> Session {
    var sample = session
    for item in session.outline where item.kind == .addRepeat && (session.repeatCount(item.path) ?? 0) == 0 {
      _ = sample.addRepeat(item.path)
    }
    return sample
  }

  /// The ids a visit keeps writing to, set before anything is typed, and a row for every member.
  func setIdentities(_ session: inout Session) {
    if let memberRepeat {
      while let count = session.repeatCount(memberRepeat), count < persons.count, session.addRepeat(memberRepeat) != nil {}
    }
    for source in sources {
      if source.list == FactList.household, source.property.isEmpty, let path = InstancePath(source.generic) {
        _ = session.preset(path, householdID)
      }
      guard source.list == FactList.person else { continue }
      for (index, person) in persons.enumerated() {
        guard let path = path(source, row: index + 1) else { continue }
        let isHidden = session.isRelevant(path) && session.question(at: path) == nil
        if source.property.isEmpty {
          _ = session.preset(path, person.id)
        } else if isHidden, let value = person.entity.value(source.property) {
          _ = session.preset(path, value)
        }
      }
    }
  }

  /// Values of the roster where the last visit said nothing.
  func propose(to prefill: inout Prefill, _ session: Session) {
    for source in sources where !source.property.isEmpty {
      switch source.list {
      case FactList.household:
        let value = source.property == "division" ? division : household?.entity.value(source.property) ?? ""
        if let path = InstancePath(source.generic) { prefill.propose(value, at: path, from: .roster) }
      case FactList.person:
        for (index, person) in persons.enumerated() {
          guard let path = path(source, row: index + 1), let value = person.entity.value(source.property) else { continue }
          prefill.propose(value, at: path, from: .roster)
        }
      default: continue
      }
    }
  }

  private func path(_ source: Source, row: Int) -> InstancePath? {
    guard let memberRepeat, var path = InstancePath(source.generic), path.steps.count > memberRepeat.steps.count else { return nil }
    path.steps[memberRepeat.steps.count - 1].position = row
    return path
  }
}
