// Session, repeats: adding, removing, counting.

extension Session {
  /// The body item of a repeat and the node its instances stand under.
  private func place(of path: InstancePath) -> (item: Int, parent: Int32)? {
    guard let model = modelNode(at: path), form.model.nodes[model].isRepeat, form.model.nodes[model].bodyItem >= 0,
      form.model.body[form.model.nodes[model].bodyItem].isRepeat, let above = path.parent,
      let parent = node(at: above)
    else { return nil }
    return (form.model.nodes[model].bodyItem, parent)
  }

  /// Instances of a repeat now; nil where it is no repeat.
  public func repeatCount(_ repeatPath: InstancePath) -> Int? {
    place(of: repeatPath).map { instance.childCount(of: $0.parent, form.model.body[$0.item].node, form.model.nodes) }
  }

  /// Whether the user may add an instance here (no jr:count, no jr:noAddRemove, relevant, below the limit).
  public func canAddRepeat(_ repeatPath: InstancePath) -> Bool {
    place(of: repeatPath).map { canAdd(item: $0.item, under: $0.parent) } ?? false
  }

  func canAdd(item: Int, under parent: Int32) -> Bool {
    guard instance[parent].flags.contains(.relevant), hasRoom(item, under: parent) else { return false }
    return mayBeRelevant(form.model.body[item].node, under: parent)
  }

  private func hasRoom(_ item: Int, under parent: Int32) -> Bool {
    isOpen(item) && instance.childCount(of: parent, form.model.body[item].node, form.model.nodes) < Limits.repeatInstances
  }

  /// Neither counted nor closed.
  private func isOpen(_ item: Int) -> Bool {
    if case .repeat(let count, let noAddRemove) = form.model.body[item].kind { count == nil && !noAddRemove } else { false }
  }

  /// Whether a new instance would be relevant: judged by a trial where the repeat's own node has a relevance.
  private func mayBeRelevant(_ model: Int, under parent: Int32) -> Bool {
    let rules = form.model.nodes[model].rules.filter { form.model.rules[$0].kind == .relevant }
    guard !rules.isEmpty else { return true }
    var trial = self
    guard let new = trial.plantRepeat(model, under: parent) else { return false }
    let environment = environment
    return rules.allSatisfy { trial.isTrue(form.model.rules[$0].expression, at: new, environment) }
  }

  public func canRemoveRepeat(_ instance: InstancePath) -> Bool {
    guard let place = place(of: instance), node(at: instance) != nil else { return false }
    return isOpen(place.item)
  }

  /// Adds an instance at the end; gives its path, or nil when it may not be added.
  /// - Parameter unasked: also where it is not relevant now: for a program that lays out rows before anybody answers.
  @discardableResult
  public mutating func addRepeat(_ repeatPath: InstancePath, unasked: Bool = false) -> InstancePath? {
    recomputedCount = 0
    guard let place = place(of: repeatPath),
      unasked ? hasRoom(place.item, under: place.parent) : canAdd(item: place.item, under: place.parent)
    else { return nil }
    return create(place.item, under: place.parent).map { path(of: $0) }
  }

  /// Makes an instance: preloads, new-repeat actions, then its rules and all that reads it.
  mutating func create(_ item: Int, under parent: Int32) -> Int32? {
    guard let new = plantRepeat(form.model.body[item].node, under: parent) else { return nil }
    preload(below: new)
    fire(.newRepeat, at: new)
    var agenda = Agenda()
    for node in instance.subtree(of: new) {
      for rule in form.model.nodes[Int(instance[node].model)].rules { agenda.add(rule, at: node) }
      note(node, in: &agenda)
    }
    run(&agenda)
    settle(agenda)
    if settling == .atOnce { settleCounts(below: new) }
    return new
  }

  @discardableResult
  public mutating func removeRepeat(_ instance: InstancePath) -> Bool {
    recomputedCount = 0
    guard canRemoveRepeat(instance), let node = node(at: instance) else { return false }
    remove(node)
    return true
  }

  /// Takes an instance out; what reads its nodes from outside and what reads the places of later instances is computed again.
  mutating func remove(_ node: Int32) {
    let gone = instance[node]
    var readers: Set<Reader> = []
    var choiceReaders: Set<Reader> = []
    var countReaders: Set<Reader> = []
    for below in instance.subtree(of: node) {
      let model = form.model.nodes[Int(instance[below].model)]
      readers.formUnion(model.readers)
      choiceReaders.formUnion(model.choiceReaders)
      countReaders.formUnion(model.countReaders)
    }
    var later: [Int32] = []
    var sibling = gone.next
    while sibling >= 0 {
      if instance[sibling].model == gone.model { later.append(sibling) }
      sibling = instance[sibling].next
    }
    instance.remove(node, form.model.nodes)
    var agenda = Agenda()
    let depth = form.model.nodes[Int(gone.model)].depth
    for reader in readers where reader.bound < depth {
      let top = ancestor(of: gone.parent, depth: min(reader.bound, depth - 1))
      for place in nodes(of: form.model.rules[reader.reader].target, below: top) { agenda.add(reader.reader, at: place) }
    }
    if settling == .atOnce {
      for reader in choiceReaders where reader.bound < depth {
        let top = ancestor(of: gone.parent, depth: min(reader.bound, depth - 1))
        for place in nodes(of: form.model.body[reader.reader].node, below: top) { agenda.choices.insert(place) }
      }
      for reader in countReaders {
        let parent = form.model.nodes[form.model.body[reader.reader].node].parent
        let bound = min(reader.bound, depth - 1, form.model.nodes[parent].depth)
        for place in nodes(of: parent, below: ancestor(of: gone.parent, depth: bound)) {
          agenda.counts.insert(Agenda.CountPlace(item: reader.reader, parent: place))
        }
      }
    }
    for sibling in later { note(sibling, in: &agenda) }
    run(&agenda)
    settle(agenda)
  }

  // MARK: jr:count

  /// The number jr:count asks for; nil where it is empty or no number.
  func wantedCount(_ item: Int, under parent: Int32) -> Int? {
    guard case .repeat(let count?, _) = form.model.body[item].kind else { return nil }
    // Read as if from an instance of the repeat, so that `../n` means what it does there.
    let scope = instance.child(of: parent, form.model.body[item].node, position: 1, form.model.nodes) ?? parent
    let environment = environment
    let number: Double?
    if scope == parent {
      var trial = self
      guard let new = trial.plantRepeat(form.model.body[item].node, under: parent) else { return nil }
      number = try? count.number(in: InstanceView(session: trial), at: .primary(new), environment: environment)
    } else {
      number = try? count.number(in: InstanceView(session: self), at: .primary(scope), environment: environment)
    }
    guard let number, number.isFinite else { return nil }
    return Int(min(max(number, 0), Double(Limits.repeatInstances)))
  }

  /// Grows or shrinks a counted repeat to its count.
  mutating func settleCount(_ item: Int, under parent: Int32, _ agenda: inout Agenda) {
    guard let wanted = wantedCount(item, under: parent) else { return }
    let model = form.model.body[item].node
    var count = instance.childCount(of: parent, model, form.model.nodes)
    while count < wanted, create(item, under: parent) != nil { count += 1 }
    while count > wanted, let last = instance.child(of: parent, model, position: count, form.model.nodes) {
      remove(last)
      count -= 1
    }
  }

  /// All counted repeats below a node: when a session begins or an instance is new.
  mutating func settleCounts(below top: Int32 = 0) {
    for (number, item) in form.model.body.enumerated() {
      guard case .repeat(.some, _) = item.kind else { continue }
      let parent = form.model.nodes[item.node].parent
      for place in nodes(of: parent, below: top) {
        var agenda = Agenda()
        settleCount(number, under: place, &agenda)
      }
    }
  }
}
