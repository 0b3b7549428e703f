// Session, answers: taking one, checking it, and the check of the whole at the end. Order as in JavaRosa: is it required and empty,
// then the constraint, which an empty answer always passes.

extension Session {
  /// Takes an answer as XForms lexical text; "" empties. Rejected answers change nothing.
  public mutating func answer(_ path: InstancePath, _ value: String) -> AnswerOutcome {
    recomputedCount = 0
    guard let node = node(at: path), let question = shownQuestion(node) else { return .noSuchQuestion }
    guard !instance[node].flags.contains(.readOnly) else { return .readOnly }
    return answer(node, question, value)
  }

  /// The question that shows a node, where it is relevant.
  func shownQuestion(_ node: Int32) -> BodyQuestion? {
    let item = form.model.nodes[Int(instance[node].model)].bodyItem
    guard item >= 0, instance[node].flags.contains(.relevant),
      case .question(let question) = form.model.body[item].kind
    else { return nil }
    return question
  }

  mutating func answer(_ node: Int32, _ question: BodyQuestion, _ value: String) -> AnswerOutcome {
    guard let answer = typed(value, question, at: node) else {
      return .notOfType(form.model.nodes[Int(instance[node].model)].dataType ?? .string)
    }
    let old = instance[node]
    instance.setValue(node, answer.text, kind: answer.kind)
    let isAllowed = mayStand(node)
    instance.setValue(node, old.value, kind: old.kind)
    if !isAllowed { return refusal(of: answer.text, at: node) }
    commit(answer, at: node)
    return .accepted
  }

  /// The answer as the question's type writes it; nil when it is none.
  private func typed(_ value: String, _ question: BodyQuestion, at node: Int32) -> AnswerValue? {
    guard value.utf8.count <= Limits.answerBytes, !value.utf8.contains(0) else { return nil }
    if value.isEmpty { return .empty }
    switch question.control {
    case .trigger: return AnswerValue(text: value, kind: .text)
    case .selectOne:
      return choiceValues(at: node).contains(value) ? AnswerValue(text: value, kind: .text) : nil
    case .selectMultiple, .rank:
      let values = value.words
      guard Set(values).count == values.count, Set(values).isSubset(of: choiceValues(at: node)) else { return nil }
      return AnswerValue(text: values.joined(separator: " "), kind: .text)
    case .input, .range, .upload:
      let type = form.model.nodes[Int(instance[node].model)].valueType
      return AnswerValue.read(value, as: type, offsetMinutes: offsetMinutes)
    }
  }

  /// Whether the value that a node has now may stand: required first, then the constraint, which an empty value passes.
  private func mayStand(_ node: Int32) -> Bool {
    if instance[node].value.isEmpty { return !instance[node].flags.contains(.required) }
    guard let constraint = form.model.nodes[Int(instance[node].model)].constraint else { return true }
    return isTrue(constraint, at: node, environment)
  }

  /// What to say of a value that may not stand; messages are filled in from the instance as it is.
  private func refusal(of text: String, at node: Int32) -> AnswerOutcome {
    let model = form.model.nodes[Int(instance[node].model)]
    if text.isEmpty { return .requiredButEmpty(message: model.requiredMessage.map { self.text($0, at: node) }) }
    return .constraintViolated(message: model.constraintMessage.map { self.text($0, at: node) })
  }

  /// Stores a value, recomputes what reads it, then does what value-changed actions say.
  mutating func commit(_ answer: AnswerValue, at node: Int32) {
    let changed = instance[node].value != answer.text
    guard changed || !answer.text.isEmpty else { return }
    instance.setValue(node, answer.text, kind: answer.kind)
    recompute(from: node)
    if changed { fireValueChanged(at: node, round: 0) }
  }

  /// Every relevant question that is required and empty, or whose constraint fails, in document order.
  public func validate() -> [Violation] {
    var violations: [Violation] = []
    var walk = BodyWalk(self)
    while let stop = walk.next(in: self) {
      guard stop.kind == .question, let outcome = standing(stop.node) else { continue }
      violations.append(Violation(path: path(of: stop.node), outcome: outcome))
    }
    return violations
  }

  /// The objection to a node's own value; a value that its select no longer offers counts as empty.
  func standing(_ node: Int32) -> AnswerOutcome? {
    let value = offered(node)
    if value == instance[node].value { return mayStand(node) ? nil : refusal(of: value, at: node) }
    var trial = self
    trial.instance.setValue(node, value, kind: .text)
    return trial.mayStand(node) ? nil : refusal(of: value, at: node)
  }

  /// The soft checks of the question that fail now.
  public func warnings(at path: InstancePath) -> [SoftWarning] {
    guard let node = node(at: path), instance[node].flags.contains(.relevant), !instance[node].value.isEmpty else {
      return []
    }
    let model = form.model.nodes[Int(instance[node].model)]
    guard let check = model.softCheck, !isTrue(check, at: node, environment) else { return [] }
    let message = model.extensions["warnMsg"] ?? model.extensions["warnMessage"]
    let text = message.map { text in FormReader.itextID(text.trimmed).map { translated($0, at: node) ?? "" } ?? text }
    return [SoftWarning(path: path, message: text)]
  }
}
