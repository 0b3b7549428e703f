// How one person came into a household and out of it. Every record that holds and places the person says one of three things of
// this household: is here, has left, is counted elsewhere. Those that say the same and had seen the same other words are one
// row: the later of them corrects the earlier, and two that had not seen each other and differ are both shown, contested.

struct MemberHistory {
  private enum Word: Hashable { case here, left, elsewhere }

  /// One record's word.
  private struct Node {
    var record: Record
    var word: Word
    var household: String
    var reason: String?
    var date: CivilDate?
    /// Places in `nodes` of what it had seen.
    var seen: Set<Int> = []
  }

  /// Words that belong to one row.
  private struct Turn: Hashable {
    var word: Word
    var before: Set<Int>
  }

  let person: String
  let household: String
  private var nodes: [Node] = []

  init(_ person: String, at household: String, in register: Register) {
    self.person = person
    self.household = household
    let statements = register.statements(of: FactList.person, person)
    let placesItself = statements.contains { !($0.fact.value("household") ?? "").isEmpty }
    for statement in statements {
      if let node = node(statement, placesItself) { nodes.append(node) }
    }
    let seen = register.seen(among: Set(nodes.map(\.record.id)))
    for place in nodes.indices {
      let earlier = seen[nodes[place].record.id] ?? []
      nodes[place].seen = Set(nodes.indices.filter { $0 != place && earlier.contains(nodes[$0].record.id) })
    }
  }

  private func node(_ statement: Statement, _ placesItself: Bool) -> Node? {
    let fact = statement.fact
    func text(_ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }
    let membership = text("membership")
    // Where people place themselves, a record that merely speaks of one of them places nobody.
    let place = text("household") ?? (placesItself && membership == nil ? nil : statement.record.household)
    guard let place else { return nil }
    if membership == "left" {
      guard place == household else { return nil }
      return Node(
        record: statement.record, word: .left, household: place, reason: text("left_reason"),
        date: text("left_date").flatMap { CivilDate($0) })
    }
    return Node(
      record: statement.record, word: place == household ? .here : .elsewhere, household: place, reason: text("joined_reason"),
      date: text("joined_date").flatMap { CivilDate($0) })
  }

  func rows() -> [HouseholdHistory.Row] {
    var turns: [Turn: [Int]] = [:]
    for place in nodes.indices {
      let others = nodes[place].seen.filter { nodes[$0].word != nodes[place].word }
      turns[Turn(word: nodes[place].word, before: others), default: []].append(place)
    }
    return turns.flatMap { turn, places in
      // Who never was here did not leave for anywhere.
      if turn.word == .elsewhere, !turn.before.contains(where: { nodes[$0].word == .here }) { return [HouseholdHistory.Row]() }
      return rows(of: turn, places)
    }
  }

  private func rows(of turn: Turn, _ places: [Int]) -> [HouseholdHistory.Row] {
    let written = places.compactMap { CivilDate(startOf: nodes[$0].record.wall) }.min()
    // Who says when or why outweighs what it had seen and who says neither.
    let saying = places.filter { nodes[$0].date != nil || nodes[$0].reason != nil || turn.word == .elsewhere }
    let weighed = saying.isEmpty ? places : saying
    var last = weighed.filter { place in
      !weighed.contains { $0 != place && nodes[$0].seen.contains(place) && !nodes[place].seen.contains($0) }
    }
    if last.isEmpty { last = weighed }
    var found: [HouseholdHistory.Row] = []
    for place in last {
      let kind = kind(of: nodes[place])
      let date = nodes[place].date
      guard !found.contains(where: { $0.kind == kind && $0.date == date }) else { continue }
      // Those who said the same, and whom nobody corrected, stand behind it together.
      let same = last.filter { self.kind(of: nodes[$0]) == kind && nodes[$0].date == date }
      let silent = saying.isEmpty ? [] : places.filter { !saying.contains($0) }
      let records = Set((same + silent).map { nodes[$0].record.id }).sorted()
      found.append(HouseholdHistory.Row(kind: kind, date: date, written: written, records: records))
    }
    for place in found.indices where found.count > 1 { found[place].isContested = true }
    return found
  }

  private func kind(of node: Node) -> HouseholdHistory.Kind {
    switch node.word {
    case .here: .joined(person: person, reason: node.reason)
    case .elsewhere: .movedTo(person: person, households: [node.household])
    case .left where node.reason == "dead": .died(person: person)
    case .left: .left(person: person, reason: node.reason)
    }
  }
}

extension Register {
  func memberRows(of household: String) -> [HouseholdHistory.Row] {
    peopleNear(household).sorted().flatMap { person in
      MemberHistory(person, at: household, in: self).rows() + doubleRows(of: person, at: household)
    }
  }

  /// A person in two households at once.
  private func doubleRows(of id: String, at household: String) -> [HouseholdHistory.Row] {
    guard let person = person(id), person.entity.value("membership") != "left" else { return [] }
    let households = households(ofPerson: id)
    guard households.contains(household) else { return [] }
    var rows: [HouseholdHistory.Row] = []
    if households.count > 1 {
      rows.append(row(.inSeveralHouseholds(person: id, households: households), statements(of: FactList.person, id)))
    }
    guard let number = person.entity.value("id_number") else { return rows }
    for other in personsNumbered(number).sorted() where other != id && !areSame(id, other) {
      // The index knows who ever had the number; a corrected one counts no more.
      guard value("id_number", of: FactList.person, other) == number, value("membership", of: FactList.person, other) != "left"
      else { continue }
      for elsewhere in self.households(ofPerson: other) where elsewhere != household {
        let kind = HouseholdHistory.Kind.sameNumberElsewhere(person: id, other: other, household: elsewhere)
        let saying = (statements(of: FactList.person, id) + statements(of: FactList.person, other)).filter {
          $0.fact.value("id_number") == number
        }
        rows.append(row(kind, saying))
      }
    }
    return rows
  }

  /// Somebody said that the two entities are one human being.
  private func areSame(_ one: String, _ other: String) -> Bool {
    value("same_as", of: FactList.person, one) == other || value("same_as", of: FactList.person, other) == one
  }

  /// A row about something no single day belongs to, written down when the last of its records was.
  func row(_ kind: HouseholdHistory.Kind, _ saying: [Statement]) -> HouseholdHistory.Row {
    HouseholdHistory.Row(
      kind: kind, date: nil, written: saying.compactMap { CivilDate(startOf: $0.record.wall) }.max(),
      records: Set(saying.map(\.record.id)).sorted())
  }
}
