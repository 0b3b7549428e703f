// Session, questions: what a screen asks of one node.

extension Session {
  public func question(at path: InstancePath) -> Question? {
    guard let node = node(at: path) else { return nil }
    let number = Int(instance[node].model)
    let model = form.model.nodes[number]
    guard model.bodyItem >= 0, case .question(let question) = form.model.body[model.bodyItem].kind else { return nil }
    let item = form.model.body[model.bodyItem]
    return Question(
      path: self.path(of: node), control: question.control, dataType: model.dataType ?? .string,
      label: item.label.map { text($0, at: node) } ?? "", hint: question.hint.map { text($0, at: node) },
      guidance: question.hint.flatMap { guidance($0, at: node) }, value: offered(node),
      isRequired: instance[node].flags.contains(.required), isReadOnly: instance[node].flags.contains(.readOnly),
      appearance: item.appearance, choices: choices(at: node), rows: question.rows, range: question.range,
      requiredMessage: model.requiredMessage.map { text($0, at: node) },
      constraintMessage: model.constraintMessage.map { text($0, at: node) }, mediaType: question.mediaType,
      attributes: model.extensions)
  }

  /// nil where there is no such node.
  public func value(at path: InstancePath) -> String? {
    node(at: path).map { instance[$0].value }
  }

  public func isRelevant(_ path: InstancePath) -> Bool {
    node(at: path).map { instance[$0].flags.contains(.relevant) } ?? false
  }

  /// Our own attributes (namespace `https://zoufang.cn/xforms`) of the node's bind and control, by local name.
  public func attributes(at path: InstancePath) -> [String: String] {
    modelNode(at: path).map { form.model.nodes[$0].extensions } ?? [:]
  }

  /// The entity property a node is saved to (`entities:saveto`), where it is.
  public func savedProperty(at path: InstancePath) -> String? {
    modelNode(at: path).flatMap { form.model.nodes[$0].saveTo }
  }

  /// The appearance's words of a question, group or repeat.
  public func appearance(at path: InstancePath) -> [String] {
    guard let model = modelNode(at: path), form.model.nodes[model].bodyItem >= 0 else { return [] }
    return form.model.body[form.model.nodes[model].bodyItem].appearance
  }
}
