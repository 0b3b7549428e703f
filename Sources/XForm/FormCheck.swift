// FormCheck: what `zoufang form check` tells of a form: its questions, which calculations depend on which, and its problems.

public struct FormCheck: Sendable {
  public struct Item: Equatable, Sendable {
    /// Generic path of the bind.
    public var path: String
    public var dataType: String
    /// nil for a node no control shows.
    public var control: String?
    /// In the default language, outputs filled in as a fresh form fills them.
    public var label: String
    /// Which of relevant, calculate, readonly, required, constraint it has.
    public var rules: [String]
    /// Generic paths whose expressions read this node.
    public var dependants: [String]
  }

  /// Every node that has a control, a bind with an expression, dependants, a place among the entities, or an attribute of ours, in
  /// document order; groups and repeats are left out unless an expression stands on them.
  public var items: [Item]
  public var groups: Int
  public var repeats: Int
  public var expressions: Int
  public var languages: [String]
  /// Lists (secondary instances) with their number of items.
  public var lists: [(id: String, items: Int)]
  public var problems: [FormFault]

  public init(_ form: FormDefinition) {
    let model = form.model
    let blank = try? Session(
      form,
      surroundings: Surroundings(now: { Moment(year: 2000, month: 1, day: 1, offsetMinutes: 480) }, random: { 0 }))
    var items: [Item] = []
    for (number, node) in model.nodes.enumerated() where number > 0 {
      var control: String?
      var label: Text?
      if node.bodyItem >= 0 {
        label = model.body[node.bodyItem].label
        if case .question(let question) = model.body[node.bodyItem].kind { control = question.control.rawValue }
      }
      var rules = node.rules.map { "\(model.rules[$0].kind)" }
      if node.constraint != nil { rules.append("constraint") }
      // A hidden node that a program fills (zf:prefill) or that is only saved has neither control nor rule.
      guard control != nil || !rules.isEmpty || !node.readers.isEmpty || node.saveTo != nil
        || (node.bodyItem < 0 && !node.extensions.isEmpty)
      else { continue }
      let readers = Set(node.readers.map { model.rules[$0.reader].target }).sorted()
      let place = blank.flatMap { $0.nodes(of: number, below: 0).first } ?? 1
      items.append(
        Item(
          path: model.path(of: number), dataType: (node.dataType ?? .string).rawValue, control: control,
          label: label.flatMap { text in blank?.text(text, at: place) } ?? "", rules: rules,
          dependants: readers.map { model.path(of: $0) }))
    }
    self.items = items
    groups = model.body.count { if case .group = $0.kind { true } else { false } }
    repeats = model.body.count { $0.isRepeat }
    expressions = model.rules.count + model.nodes.count { $0.constraint != nil }
    languages = form.languages
    lists = model.instances.sorted { $0.key < $1.key }.map { id, place in
      guard place >= 0 else { return (id, 0) }
      let nodes = model.trees[place].nodes
      return (id, nodes.count { $0.parent == nodes[0].first })
    }
    problems = form.warnings
  }
}
