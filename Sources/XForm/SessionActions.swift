// Session, actions: setvalue on first load, on a new repeat, on a changed value. A target inside a repeat is the context's own
// instance; a target that the context does not single out is left alone, as JavaRosa leaves it.

extension Session {
  /// Fires the actions of an event: `at` is the new repeat instance, nil when a session begins.
  mutating func fire(_ event: Action.Event, at node: Int32?) {
    for action in form.model.actions where action.events.contains(event) {
      if let node {
        // In a repeat's own body, or in the model.
        guard action.bodyItem < 0 || isInside(action.bodyItem, repeat: Int(instance[node].model)) else { continue }
        let target = targets(of: action, near: node)
        guard target.count == 1, isBelow(target[0], node) else { continue }
        carryOut(action, at: target[0], round: 0)
      } else {
        for target in nodes(of: action.target, below: 0).prefix(1) { carryOut(action, at: target, round: 0) }
      }
    }
  }

  private func isInside(_ item: Int, repeat model: Int) -> Bool {
    var item = item
    while item >= 0 {
      if form.model.body[item].isRepeat { return form.model.body[item].node == model }
      item = form.model.body[item].parent
    }
    return false
  }

  private func isBelow(_ node: Int32, _ top: Int32) -> Bool {
    var node = node
    while node >= 0 {
      if node == top { return true }
      node = instance[node].parent
    }
    return false
  }

  private func targets(of action: Action, near node: Int32) -> [Int32] {
    let shared = form.model.sharedDepth(Int(instance[node].model), action.target)
    return nodes(of: action.target, below: ancestor(of: node, depth: shared))
  }

  /// The actions nested in a question whose value has changed.
  mutating func fireValueChanged(at node: Int32, round: Int) {
    let item = form.model.nodes[Int(instance[node].model)].bodyItem
    guard item >= 0, round < Limits.actionRounds else { return }
    for number in form.model.body[item].actions {
      let action = form.model.actions[number]
      guard action.events.contains(.valueChanged) else { continue }
      let targets = targets(of: action, near: node)
      guard targets.count == 1 else { continue }
      carryOut(action, at: targets[0], round: round + 1)
    }
  }

  private mutating func carryOut(_ action: Action, at target: Int32, round: Int) {
    let type = form.model.nodes[action.target].valueType
    let offset = offsetMinutes
    let value: AnswerValue
    if let expression = action.expression {
      let result = evaluated(expression, at: target, as: type, environment)
      value = AnswerValue.read(result.text, as: type, offsetMinutes: offset) ?? result
    } else {
      value =
        AnswerValue.read(action.literal, as: type, offsetMinutes: offset)
        ?? AnswerValue(text: action.literal, kind: .text)
    }
    let changed = instance[target].value != value.text
    instance.setValue(target, value.text, kind: value.kind)
    recompute(from: target)
    if changed { fireValueChanged(at: target, round: round) }
  }
}
