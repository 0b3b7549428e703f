// Recompute: after a change, exactly the expressions that read what changed, each once for each node it is stored in, in the order
// of their dependence.
//
// A change is told as "this node's value changed", "this node came", "this node went" or "its relevance changed". Each reader of
// the node's generic path is found with the number of leading steps it shares with the changed node (Reader.bound): from the
// shared ancestor down, every node of the reader's target is dirty. Rules are taken in the order the form reader sorted them.

/// What is still to be evaluated: rule numbers in order, each with the nodes to evaluate it at.
struct Agenda {
  private var heap: [Int] = []
  private var nodes: [Int: [Int32]] = [:]
  private var known: [Int: Set<Int32>] = [:]
  /// Selects whose choices and repeats whose counts may have changed.
  var choices: Set<Int32> = []
  var counts: Set<CountPlace> = []

  struct CountPlace: Hashable {
    var item: Int
    var parent: Int32
  }

  mutating func add(_ rule: Int, at node: Int32) {
    guard known[rule, default: []].insert(node).inserted else { return }
    if nodes[rule]?.append(node) == nil {
      nodes[rule] = [node]
      push(rule)
    }
  }

  /// The first rule in order, with its nodes.
  mutating func next() -> (rule: Int, nodes: [Int32])? {
    guard let rule = pop() else { return nil }
    return (rule, nodes.removeValue(forKey: rule) ?? [])
  }

  private mutating func push(_ rule: Int) {
    heap.append(rule)
    var place = heap.count - 1
    while place > 0, heap[(place - 1) / 2] > heap[place] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func pop() -> Int? {
    guard let top = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return top }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      guard least != place else { return top }
      heap.swapAt(place, least)
      place = least
    }
  }
}

extension Session {
  /// Evaluates every rule at every node, in order: when a session begins.
  mutating func computeAll() {
    var agenda = Agenda()
    for (number, rule) in form.model.rules.enumerated() {
      for node in nodes(of: rule.target, below: 0) { agenda.add(number, at: node) }
    }
    run(&agenda)
  }

  /// A value changed.
  mutating func recompute(from node: Int32) {
    var agenda = Agenda()
    note(node, in: &agenda)
    run(&agenda)
    settle(agenda)
  }

  /// Puts the readers of a node on the agenda.
  func note(_ node: Int32, in agenda: inout Agenda) {
    let model = form.model.nodes[Int(instance[node].model)]
    for reader in model.readers { note(reader, target: form.model.rules[reader.reader].target, from: node, &agenda) }
    guard settling == .atOnce else { return }
    for reader in model.choiceReaders {
      let target = form.model.body[reader.reader].node
      let top = ancestor(of: node, depth: min(reader.bound, model.depth))
      for question in nodes(of: target, below: top) { agenda.choices.insert(question) }
    }
    for reader in model.countReaders {
      let target = form.model.body[reader.reader].node
      let parent = form.model.nodes[target].parent
      let depth = min(reader.bound, model.depth, form.model.nodes[parent].depth)
      for place in nodes(of: parent, below: ancestor(of: node, depth: depth)) {
        agenda.counts.insert(Agenda.CountPlace(item: reader.reader, parent: place))
      }
    }
  }

  private func note(_ reader: Reader, target: Int, from node: Int32, _ agenda: inout Agenda) {
    let top = ancestor(of: node, depth: min(reader.bound, depth(of: node)))
    for place in nodes(of: target, below: top) { agenda.add(reader.reader, at: place) }
  }

  /// Evaluates until nothing is dirty.
  mutating func run(_ agenda: inout Agenda) {
    let environment = environment
    while let (number, places) = agenda.next() {
      let rule = form.model.rules[number]
      for node in places {
        recomputedCount += 1
        switch rule.kind {
        case .calculate:
          let value = computed(rule, at: node, environment)
          instance.setValue(node, value.text, kind: value.kind)
          note(node, in: &agenda)
        case .relevant:
          let isOn = isTrue(rule.expression, at: node, environment)
          let changed = setRelevance(isOn, of: node)
          // JavaRosa evaluates the readers of everything below even where nothing changed: a replay shows what it shows.
          for below in settling == .onVisit ? instance.subtree(of: node) : changed { note(below, in: &agenda) }
        case .readOnly: setReadOnly(isTrue(rule.expression, at: node, environment), of: node)
        case .required: instance.setFlag(node, .required, isTrue(rule.expression, at: node, environment))
        }
      }
    }
  }

  private func computed(_ rule: Rule, at node: Int32, _ environment: XPathEnvironment) -> AnswerValue {
    let type = form.model.nodes[rule.target].valueType
    return evaluated(rule.expression, at: node, as: type, environment)
  }

  /// Own relevance of a node; gives the nodes below (itself included) whose relevance changed by it.
  private mutating func setRelevance(_ isOn: Bool, of node: Int32) -> [Int32] {
    instance.setFlag(node, .ownRelevant, isOn)
    let parent = instance[node].parent
    let above = parent < 0 || instance[parent].flags.contains(.relevant)
    guard (above && isOn) != instance[node].flags.contains(.relevant) else { return [] }
    var changed: [Int32] = []
    for below in instance.subtree(of: node) {
      let parent = instance[below].parent
      let now =
        instance[below].flags.contains(.ownRelevant) && (parent < 0 || instance[parent].flags.contains(.relevant))
      guard now != instance[below].flags.contains(.relevant) else { continue }
      instance.setFlag(below, .relevant, now)
      changed.append(below)
    }
    return changed
  }

  private mutating func setReadOnly(_ isOn: Bool, of node: Int32) {
    instance.setFlag(node, .ownReadOnly, isOn)
    for below in instance.subtree(of: node) {
      let parent = instance[below].parent
      let above = parent >= 0 && instance[parent].flags.contains(.readOnly)
      instance.setFlag(below, .readOnly, above || instance[below].flags.contains(.ownReadOnly))
    }
  }

  // MARK: Evaluating

  /// False where the expression has no value.
  func isTrue(_ expression: XPathExpression, at node: Int32, _ environment: XPathEnvironment) -> Bool {
    (try? expression.isTrue(in: InstanceView(session: self), at: .primary(node), environment: environment)) ?? false
  }

  /// Empty where the expression has no value.
  func evaluated(
    _ expression: XPathExpression, at node: Int32, as type: ValueType, _ environment: XPathEnvironment
  ) -> AnswerValue {
    let scope = XPathScope(node: NodeRef.primary(node), current: .primary(node), position: 0)
    let tree = expression.tree
    guard let atom = try? tree.atom(tree.top, InstanceView(session: self), scope, environment) else { return .empty }
    return AnswerValue.wrap(atom, as: type, offsetMinutes: environment.now.offsetMinutes)
  }

  func string(_ expression: XPathExpression, at node: NodeRef, _ environment: XPathEnvironment) -> String {
    (try? expression.string(in: InstanceView(session: self), at: node, environment: environment)) ?? ""
  }
}
