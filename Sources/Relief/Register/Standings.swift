// What voids what, in one pass whose cost is the number of names, however long the chains are.
//
// Two things are asked of a record: whether it holds, and, of an amendment, whether it is passed on: amended by an amendment that
// holds, or by one that is passed on itself. What is passed on still voids what it amends, through the amendment that took its place.
// Each is answered as soon as those who name the record have answers that settle it; who stands in a circle gets none.

struct Standings {
  private struct Node {
    var isAmendment = false
    /// What it names.
    var named: Set<Int> = []
    var holds: Bool?
    var isPassedOn: Bool?
    /// Answers of those who name it that are still missing and could void it; and of the amendments among them.
    var missing = 0
    var missingOfAmendments = 0
  }

  private enum Question { case holds, passedOn }

  private var nodes: [Int: Node] = [:]
  private var answered: [(record: Int, question: Question, answer: Bool)] = []

  /// Whether each record holds; nil where nobody can say.
  var verdicts: [(record: Int, holds: Bool?)] { nodes.map { ($0.key, $0.value.holds) } }

  mutating func add(_ record: Int, isAmendment: Bool, naming named: Set<Int> = []) {
    nodes[record, default: Node()].isAmendment = isAmendment
    nodes[record, default: Node()].named.formUnion(named)
    for target in named where nodes[target] == nil { nodes[target] = Node() }
  }

  mutating func settle() {
    for node in nodes.values {
      for target in node.named {
        nodes[target]?.missing += node.isAmendment ? 2 : 1
        if node.isAmendment { nodes[target]?.missingOfAmendments += 2 }
      }
    }
    for (record, node) in nodes {
      if node.missing == 0 { answer(record, .holds, true) }
      if node.isAmendment, node.missingOfAmendments == 0 { answer(record, .passedOn, false) }
    }
    while let next = answered.popLast() {
      guard let node = nodes[next.record] else { continue }
      for target in node.named { hear(target, next.answer, isOfAmendment: node.isAmendment) }
    }
  }

  private mutating func answer(_ record: Int, _ question: Question, _ answer: Bool) {
    guard let node = nodes[record] else { return }
    switch question {
    case .holds where node.holds == nil: nodes[record]?.holds = answer
    case .passedOn where node.isPassedOn == nil && node.isAmendment: nodes[record]?.isPassedOn = answer
    default: return
    }
    answered.append((record, question, answer))
  }

  /// One who names the record holds or is passed on (yes), or not (no).
  private mutating func hear(_ record: Int, _ isYes: Bool, isOfAmendment: Bool) {
    if isYes {
      answer(record, .holds, false)
      if isOfAmendment { answer(record, .passedOn, true) }
      return
    }
    nodes[record]?.missing -= 1
    if isOfAmendment { nodes[record]?.missingOfAmendments -= 1 }
    guard let node = nodes[record] else { return }
    if node.missing == 0 { answer(record, .holds, true) }
    if node.missingOfAmendments == 0 { answer(record, .passedOn, false) }
  }
}
