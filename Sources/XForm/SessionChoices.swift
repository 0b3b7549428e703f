// Session, choices: the lists of selects after their filters, and what happens to values that fell out of them.

extension Session {
  private func question(of node: Int32) -> BodyQuestion? {
    let item = form.model.nodes[Int(instance[node].model)].bodyItem
    guard item >= 0, case .question(let question) = form.model.body[item].kind else { return nil }
    return question
  }

  /// The choices of the select at a node, in the form's order (or as its randomize() says).
  func choices(at node: Int32) -> [Choice] {
    guard let question = question(of: node) else { return [] }
    guard let itemset = question.itemset else {
      return question.choices.map { choice in
        Choice(value: choice.value, label: choice.label.map { text($0, at: node) } ?? "")
      }
    }
    let environment = environment
    return items(of: itemset, at: node, environment).map { item in
      Choice(
        value: string(itemset.value, at: item, environment), label: string(itemset.label, at: item, environment))
    }
  }

  private func items(of itemset: Itemset, at node: Int32, _ environment: XPathEnvironment) -> [NodeRef] {
    (try? itemset.nodeset.nodes(in: InstanceView(session: self), at: .primary(node), environment: environment)) ?? []
  }

  /// The values alone.
  func choiceValues(at node: Int32) -> [String] {
    guard let question = question(of: node) else { return [] }
    guard let itemset = question.itemset else { return question.choices.map(\.value) }
    let environment = environment
    return items(of: itemset, at: node, environment).map { string(itemset.value, at: $0, environment) }
  }

  /// The label of one value among the choices of a question; nil where it has no such choice.
  func choiceLabel(_ value: String, at node: Int32) -> String? {
    guard let question = question(of: node) else { return nil }
    guard let itemset = question.itemset else {
      guard let choice = question.choices.first(where: { $0.value == value }) else { return nil }
      return choice.label.map { text($0, at: node) } ?? ""
    }
    let environment = environment
    for item in items(of: itemset, at: node, environment)
    where string(itemset.value, at: item, environment) == value {
      return string(itemset.label, at: item, environment)
    }
    return nil
  }

  /// A node's value as far as its select still offers it: lists from itemsets only, as JavaRosa does.
  func offered(_ node: Int32) -> String {
    let value = instance[node].value
    guard !value.isEmpty, let question = question(of: node), question.itemset != nil else { return value }
    let values = Set(choiceValues(at: node))
    if question.control == .selectOne { return values.contains(value) ? value : "" }
    return value.words.filter { values.contains($0) }.joined(separator: " ")
  }

  // MARK: Settling

  /// Clears what a select no longer offers; true when something went. Dependants are the caller's affair.
  @discardableResult
  mutating func settleChoices(at node: Int32) -> Bool {
    let left = offered(node)
    guard left != instance[node].value else { return false }
    instance.setValue(node, left, kind: .text)
    return true
  }

  /// Carries out what an agenda collected, with the dependants of what it clears, until nothing changes.
  mutating func settle(_ agenda: Agenda) {
    guard settling == .atOnce else { return }
    var agenda = agenda
    var rounds = 0
    while !agenda.choices.isEmpty || !agenda.counts.isEmpty, rounds < Limits.actionRounds {
      rounds += 1
      var next = Agenda()
      for node in agenda.choices.sorted() where node < instance.nodes.count && settleChoices(at: node) {
        note(node, in: &next)
      }
      for place in agenda.counts { settleCount(place.item, under: place.parent, &next) }
      run(&next)
      agenda = next
    }
  }

  /// Clears every value that its select no longer offers, dependants included.
  mutating func settleAll() {
    var agenda = Agenda()
    for node in instance.subtree(of: 0) where instance[node].flags.contains(.relevant) && settleChoices(at: node) {
      note(node, in: &agenda)
    }
    run(&agenda)
    settle(agenda)
  }
}
