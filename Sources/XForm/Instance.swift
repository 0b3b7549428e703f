// Instance: the filled-in tree as flat arrays: nodes by number, siblings as a chain. A copy of the value is a copy of the form's
// state (the undo); adding an instance of a repeat at the end costs what the instance costs.

struct InstanceNode: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// Its own relevance, without that of the nodes above.
    static let ownRelevant = Flags(rawValue: 1)
    static let relevant = Flags(rawValue: 2)
    static let ownReadOnly = Flags(rawValue: 4)
    static let readOnly = Flags(rawValue: 8)
    static let required = Flags(rawValue: 16)
  }

  var model: Int32
  var parent: Int32
  var first: Int32 = -1
  var last: Int32 = -1
  var next: Int32 = -1
  var previous: Int32 = -1
  var firstAttribute: Int32 = -1
  /// Where its children's blocks begin in `Instance.blocks`.
  var base: Int32 = -1
  /// Among the siblings of the same model node, 1-based.
  var position: Int32 = 1
  var flags: Flags = [.ownRelevant, .relevant]
  /// What the value is for XPath; a calculated date in a text node is still a date.
  var kind: XPathKind = .text
  var value = ""
}

struct Instance: Sendable {
  private(set) var nodes: [InstanceNode] = []
  private(set) var blocks: [Block] = []
  private var free: [Int32] = []
  private var freeBlocks: [Int: [Int32]] = [:]

  /// Nodes in use.
  var count: Int { nodes.count - free.count }

  subscript(node: Int32) -> InstanceNode { nodes[Int(node)] }

  mutating func setValue(_ node: Int32, _ value: String, kind: XPathKind) {
    nodes[Int(node)].value = value
    nodes[Int(node)].kind = kind
  }

  mutating func setFlag(_ node: Int32, _ flag: InstanceNode.Flags, _ isOn: Bool) {
    if isOn { nodes[Int(node)].flags.insert(flag) } else { nodes[Int(node)].flags.remove(flag) }
  }

  // MARK: Building

  /// Siblings of one model node stand together: their first and last.
  struct Block: Sendable {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private mutating func make(_ model: Int, under parent: Int32, _ shapes: [ModelNode]) -> Int32 {
    var node = InstanceNode(model: Int32(model), parent: parent)
    let size = shapes[model].children.count
    if size > 0 {
      if let base = freeBlocks[size]?.popLast() {
        node.base = base
      } else {
        node.base = Int32(blocks.count)
        blocks.append(contentsOf: repeatElement(Block(), count: size))
      }
    }
    if parent >= 0 {
      let above = nodes[Int(parent)].flags
      if !above.contains(.relevant) { node.flags.remove(.relevant) }
      if above.contains(.readOnly) { node.flags.insert(.readOnly) }
    }
    if let index = free.popLast() {
      nodes[Int(index)] = node
      return index
    }
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  mutating func addRoot(_ model: [ModelNode]) -> Int32 { make(0, under: -1, model) }

  mutating func addAttribute(_ number: Int, to parent: Int32, _ model: [ModelNode]) -> Int32 {
    let index = make(number, under: parent, model)
    let first = nodes[Int(parent)].firstAttribute
    guard first >= 0 else {
      nodes[Int(parent)].firstAttribute = index
      return index
    }
    var end = first
    while nodes[Int(end)].next >= 0 { end = nodes[Int(end)].next }
    nodes[Int(end)].next = index
    return index
  }

  /// Adds a child behind its siblings of the same model node. The first of its kind stands at its place in the form; inside a
  /// repeat instance it stands at the end, as with JavaRosa, whose templates keep the place only outside of instances.
  mutating func add(_ number: Int, to parent: Int32, _ model: [ModelNode]) -> Int32 {
    let index = make(number, under: parent, model)
    let base = Int(nodes[Int(parent)].base)
    let block = base + model[number].order
    var before = blocks[block].last
    if before >= 0 {
      nodes[Int(index)].position = nodes[Int(before)].position + 1
    } else if model[number].isInRepeat {
      before = nodes[Int(parent)].last
    } else {
      var place = block
      while before < 0, place > base {
        place -= 1
        before = blocks[place].last
      }
    }
    if blocks[block].first < 0 { blocks[block].first = index }
    blocks[block].last = index
    let after = before >= 0 ? nodes[Int(before)].next : nodes[Int(parent)].first
    nodes[Int(index)].previous = before
    nodes[Int(index)].next = after
    if before >= 0 { nodes[Int(before)].next = index } else { nodes[Int(parent)].first = index }
    if after >= 0 { nodes[Int(after)].previous = index } else { nodes[Int(parent)].last = index }
    return index
  }

  /// Takes a node and everything below it out; later siblings of its kind move up.
  mutating func remove(_ node: Int32, _ model: [ModelNode]) {
    let gone = nodes[Int(node)]
    let block = Int(nodes[Int(gone.parent)].base) + model[Int(gone.model)].order
    if blocks[block].first == node { blocks[block].first = blocks[block].last == node ? -1 : gone.next }
    if blocks[block].last == node { blocks[block].last = blocks[block].first < 0 ? -1 : gone.previous }
    if gone.previous >= 0 {
      nodes[Int(gone.previous)].next = gone.next
    } else {
      nodes[Int(gone.parent)].first = gone.next
    }
    if gone.next >= 0 {
      nodes[Int(gone.next)].previous = gone.previous
    } else {
      nodes[Int(gone.parent)].last = gone.previous
    }
    var sibling = gone.next
    while sibling >= 0, nodes[Int(sibling)].model == gone.model {
      nodes[Int(sibling)].position -= 1
      sibling = nodes[Int(sibling)].next
    }
    for index in subtree(of: node) {
      let base = nodes[Int(index)].base
      if base >= 0 {
        let size = model[Int(nodes[Int(index)].model)].children.count
        for place in 0..<size { blocks[Int(base) + place] = Block() }
        freeBlocks[size, default: []].append(base)
      }
      nodes[Int(index)] = InstanceNode(model: 0, parent: -1)
      free.append(index)
    }
  }

  // MARK: Walking

  func children(of node: Int32) -> Siblings { Siblings(nodes: nodes, place: nodes[Int(node)].first) }
  func attributes(of node: Int32) -> Siblings { Siblings(nodes: nodes, place: nodes[Int(node)].firstAttribute) }

  struct Siblings: Sequence, IteratorProtocol {
    let nodes: [InstanceNode]
    var place: Int32

    mutating func next() -> Int32? {
      guard place >= 0 else { return nil }
      defer { place = nodes[Int(place)].next }
      return place
    }
  }

  /// The node, its attributes and all below it, parents first, in document order.
  func subtree(of node: Int32) -> [Int32] {
    var list: [Int32] = []
    var open: [Int32] = [node]
    while let top = open.popLast() {
      list.append(top)
      for attribute in attributes(of: top) { list.append(attribute) }
      var child = nodes[Int(top)].last
      while child >= 0 {
        open.append(child)
        child = nodes[Int(child)].previous
      }
    }
    return list
  }

  /// The children of one model node; they stand together.
  func block(of node: Int32, _ number: Int, _ model: [ModelNode]) -> Block {
    let base = nodes[Int(node)].base
    return base < 0 ? Block() : blocks[Int(base) + model[number].order]
  }

  /// The child of a model node at a 1-based position.
  func child(of node: Int32, _ number: Int, position: Int, _ model: [ModelNode]) -> Int32? {
    let block = block(of: node, number, model)
    guard block.first >= 0, position >= 1, position <= Int(nodes[Int(block.last)].position) else { return nil }
    var child = block.first
    if position > Int(nodes[Int(block.last)].position) / 2 {
      child = block.last
      while Int(nodes[Int(child)].position) > position { child = nodes[Int(child)].previous }
    } else {
      while Int(nodes[Int(child)].position) < position { child = nodes[Int(child)].next }
    }
    return child
  }

  func attribute(of node: Int32, model: Int) -> Int32? {
    attributes(of: node).first { Int(nodes[Int($0)].model) == model }
  }

  func childCount(of node: Int32, _ number: Int, _ model: [ModelNode]) -> Int {
    let last = block(of: node, number, model).last
    return last < 0 ? 0 : Int(nodes[Int(last)].position)
  }
}
