// The fold of steps into cases. It does not depend on the order of records: a step stands after every step its record had
// seen, directly or through other records, and steps that had not seen each other stand side by side. Date and record id
// only decide which of those is shown first.
//
// What it judges is what a step itself says: whether it starts where the case stood, whether the table has it, whether
// its author may, and whether a skip gives its reason. Figures of the policy are the desk's matter when the step is typed
// (`CaseDesk`); a parameter that changes later changes no step that was taken.

struct CaseFold {
  private struct Node {
    var step: CaseStep
    var statement: Statement
    /// Places in `nodes` of the steps it had seen.
    var seen = PlaceSet(count: 0)
    /// Places of the steps that had seen it.
    var seenBy = PlaceSet(count: 0)
    var seesClue = false
    var standing: CaseEvent.Standing = .moved
    var position: CasePosition?

    var isMoving: Bool { standing == .moved || standing == .skipped }
  }

  private var nodes: [Node] = []
  /// Places in `nodes`, each after all it had seen.
  private var order: [Int] = []
  /// By case, of these the steps that moved it.
  private var moved: [CaseKey: [Int]] = [:]

  init(_ household: String, in register: Register) {
    for statement in register.statements(in: FactList.caseStep, about: household) {
      guard let step = CaseStep(statement.fact, household: household), step.key.household == household else { continue }
      nodes.append(Node(step: step, statement: statement))
    }
    guard !nodes.isEmpty else { return }
    link(register.everyClue(about: household), register)
    sort()
    for place in order { judge(place) }
  }

  /// What each step had seen.
  private mutating func link(_ clues: [String], _ register: Register) {
    let steps = nodes.map(\.statement.record.id)
    let places = Dictionary(grouping: nodes.indices) { steps[$0] }
    let seen = register.seen(among: Set(steps).union(clues))
    let clues = Set(clues)
    for (record, own) in places {
      let records = seen[record] ?? []
      let seesClue = !records.isDisjoint(with: clues)
      var before = PlaceSet(count: nodes.count)
      for other in records { for place in places[other] ?? [] { before.insert(place) } }
      // Two steps of one record: the later fact follows the earlier.
      for place in own {
        nodes[place].seen = before
        nodes[place].seesClue = seesClue || nodes[place].step.basis.map { clues.contains($0) } ?? false
        before.insert(place)
      }
    }
    var seenBy = Array(repeating: PlaceSet(count: nodes.count), count: nodes.count)
    for place in nodes.indices { nodes[place].seen.forEach { seenBy[$0].insert(place) } }
    for place in nodes.indices { nodes[place].seenBy = seenBy[place] }
  }

  private mutating func sort() {
    let byDate = nodes.indices.map { (place: $0, key: key($0)) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.place)
    var missing = nodes.map(\.seen.count)
    var waiting = byDate
    while !waiting.isEmpty {
      // Records that had seen each other, in a circle: no honest program writes that; they stand by date.
      let index = waiting.firstIndex { missing[$0] == 0 } ?? 0
      let next = waiting.remove(at: index)
      order.append(next)
      for place in waiting where nodes[place].seen.contains(next) { missing[place] -= 1 }
    }
  }

  private func key(_ place: Int) -> [String] {
    let node = nodes[place]
    return [node.step.date?.description ?? "", node.statement.record.id, node.statement.fact.entity]
  }

  // MARK: One step

  private mutating func judge(_ place: Int) {
    let node = nodes[place]
    let standing = standings(of: node.step.key, before: node)
    guard let at = standing.first(where: { $0?.state == node.step.from }) else {
      nodes[place].standing = .flagged([.notFrom(stated: node.step.from, standing: standing.map { $0?.state })])
      return
    }
    nodes[place].standing = Self.standing(
      of: node.step, from: at, by: node.statement.record.author.role)
    guard nodes[place].isMoving else { return }
    nodes[place].position = (at ?? CasePosition(.found)).moved(to: node.step.to)
    moved[node.step.key, default: []].append(place)
  }

  /// Where a step may start: where its case stood by what its author had seen; for a case that is not open also where a clue
  /// of the same unit stood, and 发现 where a record that is a clue was seen.
  private func standings(of key: CaseKey, before node: Node) -> [CasePosition?] {
    var found: [CasePosition?] = positions(of: key, among: node.seen)
    let isOpen = found.contains { $0.map { !$0.state.isClosed } ?? false }
    if found.isEmpty { found = [nil] }
    if !isOpen {
      if key.track != nil { found += positions(of: CaseKey(household: key.household, person: key.person), among: node.seen) }
      if node.seesClue { found.append(CasePosition(.found)) }
    }
    return found
  }

  private func positions(of key: CaseKey, among seen: PlaceSet) -> [CasePosition] {
    heads(of: key, among: seen).compactMap { nodes[$0].position }
  }

  /// Steps that moved the case and that no other such step had seen.
  private func heads(of key: CaseKey, among places: PlaceSet?) -> [Int] {
    let moving = (moved[key] ?? []).filter { places?.contains($0) ?? true }
    var all = PlaceSet(count: nodes.count)
    for place in moving { all.insert(place) }
    // Who had seen each other, in a circle, stand side by side.
    return moving.filter { !nodes[$0].seenBy.meets(all, outside: nodes[$0].seen) }
  }

  /// What a step is by itself: by the table, the author's role, and the reason of a skip.
  static func standing(of step: CaseStep, from: CasePosition?, by role: Role) -> CaseEvent.Standing {
    let refused = StepPower(step, from: from, by: role, isDelegated: step.isDelegated || step.key.track == .temporary)
    switch refused.answer {
    case .takes(let isSkip): return isSkip ? .skipped : .moved
    case .proposes: return .proposed
    case .refused(let why): return .flagged([why])
    }
  }

  // MARK: Cases

  func cases() -> [Case] {
    let steps = Dictionary(grouping: order) { nodes[$0].step.key }
    return steps.keys.sorted().map { made($0, steps[$0] ?? [], clues: steps[CaseKey(household: $0.household, person: $0.person)] ?? []) }
  }

  /// - Parameters:
  ///   - own: the steps of the case.
  ///   - clues: the steps of the same unit's clue.
  private func made(_ key: CaseKey, _ own: [Int], clues: [Int]) -> Case {
    // The clue a case began with, or was opened again by, is part of its way.
    let before = key.track == nil ? [] : clues.filter { place in own.contains { nodes[$0].seen.contains(place) } }
    let parts = Set(own).union(before)
    let all = before.isEmpty ? own : order.filter { parts.contains($0) }
    let heads = heads(of: key, among: nil)
    let positions = heads.compactMap { nodes[$0].position }
    let last = heads.last
    return Case(
      key: key, position: last.flatMap { nodes[$0].position }, since: last.flatMap { nodes[$0].step.date },
      history: all.map { event($0) }, proposals: openProposals(own).map { event($0) },
      heads: Set(heads.map { nodes[$0].statement.record.id }).sorted(),
      contested: Set(positions).count > 1 ? positions : [], isAbsorbed: isAbsorbed(key, heads))
  }

  private func openProposals(_ own: [Int]) -> [Int] {
    own.filter { place in
      nodes[place].standing == .proposed && !own.contains { nodes[$0].isMoving && nodes[$0].seen.contains(place) }
    }
  }

  private func isAbsorbed(_ key: CaseKey, _ heads: [Int]) -> Bool {
    guard key.track == nil, !heads.isEmpty else { return false }
    return heads.allSatisfy { head in
      nodes.indices.contains { place in
        nodes[place].step.key.track != nil && nodes[place].step.key.person == key.person && nodes[place].isMoving
          && nodes[place].seen.contains(head)
      }
    }
  }

  private func event(_ place: Int) -> CaseEvent {
    let node = nodes[place]
    return CaseEvent(
      step: node.step, record: node.statement.record.id, entity: node.statement.fact.entity,
      author: node.statement.record.author, wall: node.statement.record.wall, standing: node.standing)
  }
}

/// What the table and the role alone say to a step: the part of the judgement that never changes.
struct StepPower {
  enum Answer: Equatable {
    case takes(isSkip: Bool)
    case proposes
    case refused(CaseRefusal)
  }

  let answer: Answer
  let row: CaseTransition?

  init(_ step: CaseStep, from: CasePosition?, by role: Role, isDelegated: Bool) {
    row = CaseTable.row(from: from, to: step.to)
    guard let row else {
      let skipping = CaseTable.skipping(from: from, to: step.to)
      var enterers = skipping.takes
      if isDelegated, skipping.isDelegable { enterers.insert(.supervisor) }
      answer =
        if from?.state == step.to {
          .refused(.noSuchStep(from: from?.state, to: step.to))
        } else if !enterers.contains(role) {
          .refused(.roleMayNot(role, allowed: Self.sorted(enterers)))
        } else if step.reason == nil {
          .refused(.skipNeedsReason(from: from?.state, to: step.to))
        } else {
          .takes(isSkip: true)
        }
      return
    }
    var takers = row.takes
    if row.isDelegable, isDelegated { takers.insert(.supervisor) }
    if takers.contains(role) {
      // A reason is part of the step itself; without it the step is not whole.
      answer = row.needs.contains(.reason) && step.reason == nil ? .refused(.needsReason) : .takes(isSkip: false)
    } else if row.proposes.contains(role) {
      answer = .proposes
    } else {
      answer = .refused(.roleMayNot(role, allowed: Self.sorted(takers)))
    }
  }

  private static func sorted(_ roles: Set<Role>) -> [Role] { Role.known.filter { roles.contains($0) } }
}
