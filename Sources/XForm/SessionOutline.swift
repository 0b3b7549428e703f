// Session, outline: what there is to show, in document order, relevant items only.

extension Session {
  public var outline: [OutlineItem] {
    var items: [OutlineItem] = []
    var walk = BodyWalk(self)
    while let stop = walk.next(in: self) {
      switch stop.kind {
      case .group: items.append(OutlineItem(kind: .group, path: path(of: stop.node), depth: stop.depth))
      case .question: items.append(OutlineItem(kind: .question, path: path(of: stop.node), depth: stop.depth))
      case .instance:
        items.append(OutlineItem(kind: .repeatInstance, path: path(of: stop.node), depth: stop.depth))
      case .end:
        let name = form.model.nodes[form.model.body[stop.item].node].name.description
        let path = path(of: stop.node).child(name)
        if canAdd(item: stop.item, under: stop.node) {
          items.append(OutlineItem(kind: .addRepeat, path: path, depth: stop.depth))
        }
      }
    }
    return items
  }
}

/// A walk through the body as it stands, one stop after the other; what changes behind the walker does not disturb it.
struct BodyWalk {
  struct Stop {
    enum Kind { case group, question, instance, end }
    var kind: Kind
    var item: Int
    /// The node; at the end of a repeat the node its instances stand under.
    var node: Int32
    var depth: Int
  }

  enum Task {
    case item(Int, under: Int32, depth: Int)
    /// Instance number `position` of a repeat, if it is there.
    case instance(Int, under: Int32, position: Int, depth: Int)
  }

  var tasks: [Task] = []

  init(_ session: Session) {
    push(session.form.model.topItems, under: 0, depth: 0)
  }

  private mutating func push(_ items: [Int], under node: Int32, depth: Int) {
    for item in items.reversed() { tasks.append(.item(item, under: node, depth: depth)) }
  }

  mutating func next(in session: Session) -> Stop? {
    while let task = tasks.popLast() {
      let stop: Stop? =
        switch task {
        case .item(let item, let node, let depth): enter(item, under: node, depth: depth, session)
        case .instance(let item, let node, let position, let depth):
          instance(item, under: node, position: position, depth: depth, session)
        }
      if let stop { return stop }
    }
    return nil
  }

  private mutating func enter(_ number: Int, under context: Int32, depth: Int, _ session: Session) -> Stop? {
    let item = session.form.model.body[number]
    switch item.kind {
    case .repeat:
      let parent = session.form.model.nodes[item.node].parent
      guard let place = session.nodes(of: parent, below: context).first else { return nil }
      tasks.append(.instance(number, under: place, position: 1, depth: depth))
      return nil
    case .group:
      guard item.isBound else {
        push(item.children, under: context, depth: depth)
        return nil
      }
      guard let node = session.nodes(of: item.node, below: context).first,
        session.instance[node].flags.contains(.relevant)
      else { return nil }
      push(item.children, under: node, depth: depth + 1)
      return Stop(kind: .group, item: number, node: node, depth: depth)
    case .question:
      guard let node = session.nodes(of: item.node, below: context).first,
        session.instance[node].flags.contains(.relevant)
      else { return nil }
      return Stop(kind: .question, item: number, node: node, depth: depth)
    }
  }

  private mutating func instance(
    _ number: Int, under parent: Int32, position: Int, depth: Int, _ session: Session
  ) -> Stop? {
    let item = session.form.model.body[number]
    guard let node = session.instance.child(of: parent, item.node, position: position, session.form.model.nodes) else {
      guard session.instance[parent].flags.contains(.relevant) else { return nil }
      return Stop(kind: .end, item: number, node: parent, depth: depth)
    }
    tasks.append(.instance(number, under: parent, position: position + 1, depth: depth))
    guard session.instance[node].flags.contains(.relevant) else { return nil }
    push(item.children, under: node, depth: depth + 1)
    return Stop(kind: .instance, item: number, node: node, depth: depth)
  }
}
