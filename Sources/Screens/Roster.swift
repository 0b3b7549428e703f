// Roster: what the register knows of a household, laid onto the fields of a form. A field says where its value comes
// from: `zf:prefill="list#property"` (household or person), `zf:prefill="household"` or `"person"` for the entity's
// id, or, where it only says `zf:carry="prefill"`, the property it is saved to.

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
  /// Path of the repeat whose instances are the members.
  let memberRepeat: InstancePath?
  /// Campaign of the sweep list the household is on today.
  let campaign: String
  /// Row of each member, by person.
  private var rows: [String: Int] = [:]

  /// - Parameter session: of this form; it is only asked which attributes its nodes carry.
  init(_ workspace: Workspace, household id: String, form: VisitForm, session: Session) {
    household = workspace.register.household(id)
    householdID = id
    persons = workspace.register.persons(of: id)
    division = household?.division?.code ?? workspace.identity.onlyDivision.flatMap { $0.level == .village ? $0.code : nil } ?? ""
    let sample = Self.withOneRowEach(session)
    var sources: [Source] = []
    var members: InstancePath?
    let repeatPaths = sample.outline.filter { $0.kind == .repeatInstance }.map(\.path)
    for generic in form.paths {
      guard var path = InstancePath(generic) else { continue }
      let row = repeatPaths.first {
        $0.steps.count <= path.steps.count && InstancePath($0.generic)?.contains(path) == true
      }
      if let row { path = InstancePath(steps: row.steps + path.steps.dropFirst(row.steps.count)) }
      guard let source = Self.source(generic, sample.attributes(at: path), isInRow: row != nil) else { continue }
      sources.append(source)
      if members == nil, source.list == FactList.person, let row, let parent = row.parent {
        members = parent.child(row.name)
      }
    }
    self.sources = sources
    memberRepeat = members
    let sweeps = CivilDate(workspace.today).map { today in
      workspace.identity.scopes.compactMap { Division($0) }.flatMap { workspace.register.sweep(on: today, in: $0) }
    }
    campaign = sweeps?.first { $0.household.id == id }?.campaigns.first ?? ""
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

  /// Rows for the members: those of the last visit who still are, in its order, then those who joined since.
  mutating func placeMembers(_ session: inout Session, _ prefill: inout Prefill) {
    guard let memberRepeat else { return }
    let known = Set(persons.map(\.id))
    for position in stride(from: prefill.rows[memberRepeat] ?? 0, to: 0, by: -1) {
      let row = memberRepeat.instance(position)
      if let id = prefill.entities[row], !known.contains(id) { prefill.removeRow(row) }
    }
    var next = (prefill.rows[memberRepeat] ?? 0) + 1
    for person in persons {
      if let row = prefill.row(of: person.id, in: memberRepeat) {
        rows[person.id] = row
      } else {
        rows[person.id] = next
        next += 1
      }
    }
    while let count = session.repeatCount(memberRepeat), count < next - 1, session.addRepeat(memberRepeat, unasked: true) != nil {}
  }

  /// Of a draft: each member's row is the one that was about them when the draft began.
  mutating func findMembers(in draft: Session) {
    guard let memberRepeat else { return }
    for position in 0..<(draft.repeatCount(memberRepeat) ?? 0) {
      if let id = draft.value(at: memberRepeat.instance(position + 1).entityID), !id.isEmpty { rows[id] = position + 1 }
    }
  }

  /// The ids a visit keeps writing to, set before anything is typed.
  func setIdentities(_ session: inout Session, _ prefill: Prefill) {
    for source in sources where source.list == FactList.household {
      guard let path = InstancePath(source.generic) else { continue }
      if source.property.isEmpty { _ = session.preset(path, householdID) }
      if source.property == "known", household != nil { _ = session.preset(path, "yes") }
    }
    for (path, id) in prefill.entities { _ = session.preset(path.entityID, id) }
    guard let memberRepeat else { return }
    for (person, row) in rows {
      _ = session.preset(memberRepeat.instance(row).entityID, person)
    }
  }

  /// The same of a form that is typed a second time: the ids the first typing began with, and rows for the members who are known
  /// besides it, in its order. Of a visit that met nobody the submission has no rows; the second typing may still say otherwise.
  func setIdentities(_ session: inout Session, asIn first: Session, isKnown: (String) -> Bool) {
    let isKept = { (source: Source) in
      source.list == FactList.warning || source.list == FactList.household && (source.property.isEmpty || source.property == "known")
    }
    for source in sources where isKept(source) {
      guard let path = InstancePath(source.generic), let value = first.value(at: path), !value.isEmpty else { continue }
      _ = session.preset(path, value)
    }
    guard let memberRepeat else { return }
    let typed = (0..<(first.repeatCount(memberRepeat) ?? 0)).compactMap { first.value(at: memberRepeat.instance($0 + 1).entityID) }
    let members = (typed + persons.map(\.id).filter { !typed.contains($0) }).filter(isKnown)
    for (index, id) in members.enumerated() {
      while let count = session.repeatCount(memberRepeat), count <= index, session.addRepeat(memberRepeat) != nil {}
      _ = session.preset(memberRepeat.instance(index + 1).entityID, id)
    }
  }

  /// What the list of the day says of the visit, and nothing of the household.
  func proposeCampaign(to prefill: inout Prefill) {
    for source in sources where source.list == FactList.visit && source.property == "campaign" {
      if let path = InstancePath(source.generic) { prefill.propose(campaign, at: path, from: .roster) }
    }
  }

  /// What the screen that opens the form knows, written into the fields that ask for it, before anything is typed.
  func preset(_ presets: [String: String], _ session: inout Session) {
    for (path, value) in told(presets) { _ = session.preset(path, value) }
  }

  /// The fields that ask for it.
  func paths(of presets: [String: String]) -> Set<InstancePath> { Set(told(presets).map(\.path)) }

  private func told(_ presets: [String: String]) -> [(path: InstancePath, value: String)] {
    sources.filter { $0.list != FactList.household && $0.list != FactList.person }.compactMap { source in
      let name = source.property.isEmpty ? source.list : source.list + "#" + source.property
      guard let value = presets[name], let path = InstancePath(source.generic) else { return nil }
      return (path, value)
    }
  }

  /// Whether a form was told exactly this before anything was typed into it.
  func holds(_ presets: [String: String], in session: Session) -> Bool {
    var isTold = false
    for source in sources where ![FactList.household, FactList.person, "here"].contains(source.list) {
      let name = source.property.isEmpty ? source.list : source.list + "#" + source.property
      guard let path = InstancePath(source.generic) else { continue }
      guard session.value(at: path) ?? "" == presets[name] ?? "" else { return false }
      isTold = isTold || presets[name] != nil
    }
    return isTold
  }

  /// Values of the roster where the last visit said nothing.
  /// - Parameter withCampaign: the list of the day says what this visit is part of.
  func propose(to prefill: inout Prefill, withCampaign: Bool = true) {
    for source in sources where !source.property.isEmpty && source.property != "known" {
      switch source.list {
      case FactList.household:
        let value = source.property == "division" ? division : household?.entity.value(source.property) ?? ""
        if let path = InstancePath(source.generic) { prefill.propose(value, at: path, from: .roster) }
      case FactList.person:
        for person in persons {
          guard let row = rows[person.id], let path = path(source, row: row) else { continue }
          prefill.propose(person.entity.value(source.property) ?? "", at: path, from: .roster)
        }
      case FactList.visit where withCampaign && source.property == "campaign":
        if let path = InstancePath(source.generic) { prefill.propose(campaign, at: path, from: .roster) }
      default: continue
      }
    }
  }

  /// The name somebody searched for and did not find, as that of the first member.
  func propose(head name: String, to prefill: inout Prefill, _ session: Session) {
    guard !name.isEmpty, persons.isEmpty, let memberRepeat, session.repeatCount(memberRepeat) ?? 0 > 0,
      let source = sources.first(where: { $0.list == FactList.person && $0.property == "name" }), let path = path(source, row: 1)
    else { return }
    prefill.propose(name, at: path, from: .search)
  }

  private func path(_ source: Source, row: Int) -> InstancePath? {
    guard let memberRepeat, var path = InstancePath(source.generic), path.steps.count > memberRepeat.steps.count else {
      return nil
    }
    path.steps[memberRepeat.steps.count - 1].position = row
    return path
  }
}
