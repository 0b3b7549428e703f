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
    var seesClue = false
    var standing: CaseEvent.Standing = .moved
    var position: CasePosition?

    var isMoving: Bool { standing == .moved || standing == .skipped }
  }

  private var nodes: [Node] = []
  private var order: StepOrder
  /// By case, of these the steps that moved it.
  private var moved: [CaseKey: [Int]] = [:]

  init(_ household: String, in register: Register) {
    self.init(household, register.statements(in: FactList.caseStep, about: household, alone: true), in: register)
  }

  /// - Parameter statements: every step that records about the household state, in the order they came.
  init(_ household: String, _ statements: [Statement], in register: Register) {
    for statement in statements {
      guard let step = CaseStep(statement.fact, household: household), step.key.household == household else { continue }
      nodes.append(Node(step: step, statement: statement))
    }
    let clues = nodes.isEmpty ? [] : Set(register.everyClue(about: household))
    order = StepOrder(of: nodes.map { ($0.statement, $0.step.date) }, besides: clues, in: register)
    for place in nodes.indices {
      let basis = nodes[place].step.basis.flatMap { register.store.record(named: $0) }
      nodes[place].seesClue = order.sawBesides[place] || basis.map { clues.contains($0) } ?? false
    }
    for place in order.places { judge(place) }
  }

  // MARK: One step

  private mutating func judge(_ place: Int) {
    let node = nodes[place]
    let standing = standings(of: node.step.key, before: node, having: order.seen[place])
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
  private func standings(of key: CaseKey, before node: Node, having seen: PlaceSet) -> [CasePosition?] {
    var found: [CasePosition?] = positions(of: key, among: seen)
    let isOpen = found.contains { $0.map { !$0.state.isClosed } ?? false }
    if found.isEmpty { found = [nil] }
    if !isOpen {
      if key.track != nil { found += positions(of: CaseKey(household: key.household, person: key.person), among: seen) }
      if node.seesClue { found.append(CasePosition(.found)) }
    }
    return found
  }

  private func positions(of key: CaseKey, among seen: PlaceSet) -> [CasePosition] {
    heads(of: key, among: seen).compactMap { nodes[$0].position }
  }

  /// Steps that moved the case and that no other such step had seen.
  private func heads(of key: CaseKey, among places: PlaceSet?) -> [Int] {
    order.heads((moved[key] ?? []).filter { places?.contains($0) ?? true })
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
    let steps = Dictionary(grouping: order.places) { nodes[$0].step.key }
    return steps.keys.sorted().map { made($0, steps[$0] ?? [], clues: steps[CaseKey(household: $0.household, person: $0.person)] ?? []) }
  }

  /// - Parameters:
  ///   - own: the steps of the case.
  ///   - clues: the steps of the same unit's clue.
  private func made(_ key: CaseKey, _ own: [Int], clues: [Int]) -> Case {
    // The clue a case began with, or was opened again by, is part of its way.
    let before = key.track == nil ? [] : clues.filter { place in own.contains { order.seen[$0].contains(place) } }
    let parts = Set(own).union(before)
    let all = before.isEmpty ? own : order.places.filter { parts.contains($0) }
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
      nodes[place].standing == .proposed && !own.contains { nodes[$0].isMoving && order.seen[$0].contains(place) }
    }
  }

  private func isAbsorbed(_ key: CaseKey, _ heads: [Int]) -> Bool {
    guard key.track == nil, !heads.isEmpty else { return false }
    return heads.allSatisfy { head in
      nodes.indices.contains { place in
        nodes[place].step.key.track != nil && nodes[place].step.key.person == key.person && nodes[place].isMoving
          && order.seen[place].contains(head)
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
