// RuleOrder: who reads whom, and an order in which every rule comes after the rules it reads from. A circle is refused, with the
// names of the nodes in it.
//
// A relevance counts for its node and for everything below it; the other kinds for their node alone. As in JavaRosa only
// calculations and relevances are read by others; nobody can read whether a node is required or read-only.

extension FormReader {
  mutating func orderRules() throws(FormFault) {
    var reads: [[ReferenceWalk.Found]] = []
    for rule in model.rules {
      reads.append(Array(ReferenceWalk(rule.expression, at: rule.target, in: model.nodes).found))
    }
    let order = try sorted(reads)
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    let old = model.rules
    model.rules = order.map { old[$0] }
    for (number, rule) in model.rules.enumerated() { model.nodes[rule.target].rules.append(number) }
    for (number, found) in reads.enumerated() {
      for read in found where !isOnce(old[number], read) {
        model.nodes[read.node].readers.append(Reader(reader: place[number], bound: read.bound))
      }
    }
    for index in model.nodes.indices { model.nodes[index].readers.sort { $0.reader < $1.reader } }
    for source in choiceSources {
      for found in ReferenceWalk(source.expression, at: source.context, in: model.nodes).found {
        model.nodes[found.node].choiceReaders.append(Reader(reader: source.item, bound: found.bound))
      }
    }
    for source in countSources {
      for found in ReferenceWalk(source.expression, at: source.context, in: model.nodes).found {
        model.nodes[found.node].countReaders.append(Reader(reader: source.item, bound: found.bound))
      }
    }
  }

  /// once() reads the node it is stored in: no dependency.
  private func isOnce(_ rule: Rule, _ read: ReferenceWalk.Found) -> Bool {
    rule.kind == .calculate && read.node == rule.target && rule.expression.functions.contains("once")
  }

  /// Rule numbers in a sound order, otherwise in the order of the form.
  private func sorted(_ reads: [[ReferenceWalk.Found]]) throws(FormFault) -> [Int] {
    // Rules by the nodes their result shows in.
    var writers = [[Int]](repeating: [], count: model.nodes.count)
    for (number, rule) in model.rules.enumerated() where rule.kind == .calculate || rule.kind == .relevant {
      writers[rule.target].append(number)
    }
    var followers = [[Int]](repeating: [], count: model.rules.count)
    var waiting = [Int](repeating: 0, count: model.rules.count)
    for (number, found) in reads.enumerated() {
      let rule = model.rules[number]
      var before: Set<Int> = []
      for read in found {
        if read.node == rule.target, isOnce(rule, read) { continue }
        if read.node == rule.target { throw cycle([rule.target]) }
        for writer in writers[read.node] { before.insert(writer) }
        var above = model.nodes[read.node].parent
        while above >= 0 {
          for writer in writers[above] where model.rules[writer].kind == .relevant { before.insert(writer) }
          above = model.nodes[above].parent
        }
      }
      if rule.kind == .relevant, before.contains(number) { throw cycle([rule.target]) }
      before.remove(number)
      waiting[number] = before.count
      for writer in before { followers[writer].append(number) }
    }
    var ready = model.rules.indices.filter { waiting[$0] == 0 }
    var order: [Int] = []
    var next = 0
    while next < ready.count {
      let number = ready[next]
      next += 1
      order.append(number)
      for follower in followers[number] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { ready.append(follower) }
      }
    }
    guard order.count == model.rules.count else { throw cycle(circle(waiting, followers)) }
    return order
  }

  /// One circle among the rules that wait for each other, as nodes in its order.
  private func circle(_ waiting: [Int], _ followers: [[Int]]) -> [Int] {
    var before = [Int](repeating: -1, count: waiting.count)
    for (number, list) in followers.enumerated() where waiting[number] > 0 {
      for follower in list where waiting[follower] > 0 { before[follower] = number }
    }
    guard var number = waiting.firstIndex(where: { $0 > 0 }) else { return [] }
    var seen: [Int] = []
    while !seen.contains(number), before[number] >= 0 {
      seen.append(number)
      number = before[number]
    }
    let start = seen.firstIndex(of: number) ?? 0
    return seen[start...].reversed().map { model.rules[$0].target }
  }

  private func cycle(_ targets: [Int]) -> FormFault {
    let line = model.rules.first { $0.target == targets.first }?.line ?? 0
    let names = targets.map { model.path(of: $0) }
    return FormFault(file: file, line: line, node: "bind " + (names.first ?? ""), reason: .cycle(names))
  }
}

extension FormModel {
  /// "/data/member/age"
  func path(of node: Int) -> String {
    var names: [String] = []
    var node = node
    while node > 0 {
      names.append((nodes[node].isAttribute ? "@" : "") + nodes[node].name.description)
      node = nodes[node].parent
    }
    return "/" + names.reversed().joined(separator: "/")
  }
}
