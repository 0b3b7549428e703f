// What XPath needs to know of a tree. The form session implements it over the answers, a test over a few nodes; the
// evaluator is generic over it, so that a path costs no existential and no copy.
//
// The tree has the shape of an ODK instance: `root` stands above the one root element (`/data` is its child),
// attributes are nodes of their own with the element as parent. Templates of repeats are not in the tree.

/// A name as an expression or an element writes it. The local part carries its hash, so that two different names are
/// told apart by comparing one integer.
public struct XPathName: Hashable, Sendable, CustomStringConvertible {
  /// Empty when there is none. Prefixes are compared as written, as ODK's engine does.
  public let prefix: String
  public let local: String
  let mark: Int

  /// Splits `orx:meta` at its first colon.
  public init(_ text: String) {
    if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
      self.init(prefix: String(text[..<colon]), local: String(text[text.utf8.index(after: colon)...]))
    } else {
      self.init(prefix: "", local: text)
    }
  }

  public init(prefix: String, local: String) {
    self.prefix = prefix
    self.local = local
    var mark: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in local.utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.mark = Int(truncatingIfNeeded: mark)
  }

  public static func == (left: XPathName, right: XPathName) -> Bool {
    left.mark == right.mark && left.local == right.local && left.prefix == right.prefix
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(mark) }

  /// Whether an element of this name is meant by `test`: an unprefixed test means any prefix.
  @inlinable
  public func isMeant(by test: XPathName) -> Bool {
    sameLocal(test) && (test.prefix.isEmpty || test.prefix == prefix)
  }

  @usableFromInline
  func sameLocal(_ other: XPathName) -> Bool { mark == other.mark && local == other.local }

  public var description: String { prefix.isEmpty ? local : prefix + ":" + local }
}

/// How the text of a node is read: from the bind's type.
public enum XPathKind: Sendable {
  case text, integer, decimal, boolean, date, dateTime, time
}

/// A tree that expressions are evaluated over.
public protocol XPathDocument {
  associatedtype Node: Hashable
  associatedtype Nodes: Sequence<Node>

  /// Above the root element of the primary instance.
  var root: Node { get }
  /// Above the root element of a secondary instance: `instance('id')/root/item` starts here. nil: no such instance.
  func root(ofInstance id: String) -> Node?
  /// nil above the root element and at the root of an instance.
  func parent(of node: Node) -> Node?
  /// Element children in document order.
  func children(of node: Node) -> Nodes
  /// At least the children that a name test means, in document order; a document that can find them at once gives no others.
  func children(of node: Node, named test: XPathName) -> Nodes
  /// Attribute nodes in document order.
  func attributes(of node: Node) -> [Node]
  /// The name of an element or attribute; an empty one for a root.
  func name(of node: Node) -> XPathName
  /// Whether the node is meant by a name test. Asked most often of all: answer without copying a string if possible.
  func isNamed(_ node: Node, _ test: XPathName) -> Bool
  /// The XForms lexical value of a leaf as stored; "" where there are children.
  func text(of node: Node) -> String
  /// The type its bind gives; `.text` where there is none.
  func kind(of node: Node) -> XPathKind
  /// A node that is not relevant is in no node-set. True for secondary instances.
  func isRelevant(_ node: Node) -> Bool
  /// Whether `left` comes before `right` in document order (used by `|` alone).
  func precedes(_ left: Node, _ right: Node) -> Bool
  /// 1-based position among the siblings of the same name: what `position(..)` answers.
  func position(of node: Node) -> Int

  /// The label, in the current language, of the choice with this value of the question that a path means
  /// (`jr:choice-name(value, 'path')`, path as written, relative to `context`). nil: unknown, answered as "".
  func choiceName(of value: String, question path: String, from context: Node) -> String?
  /// The text of an itext id in the current language. nil: unknown.
  func itext(_ id: String) -> String?
}

extension XPathDocument {
  public func children(of node: Node, named test: XPathName) -> Nodes { children(of: node) }
  @inlinable
  public func isNamed(_ node: Node, _ test: XPathName) -> Bool { name(of: node).isMeant(by: test) }
  public func kind(of node: Node) -> XPathKind { .text }
  public func isRelevant(_ node: Node) -> Bool { true }
  public func choiceName(of value: String, question path: String, from context: Node) -> String? { nil }
  public func itext(_ id: String) -> String? { nil }
  public func root(ofInstance id: String) -> Node? { nil }
  public func attributes(of node: Node) -> [Node] { [] }

  public func position(of node: Node) -> Int {
    guard let parent = parent(of: node) else { return 1 }
    let name = name(of: node)
    var position = 0
    for sibling in children(of: parent) where isNamed(sibling, name) {
      position += 1
      if sibling == node { return position }
    }
    return max(position, 1)
  }

  /// By the chains of parents. A document with an order of its own answers faster.
  public func precedes(_ left: Node, _ right: Node) -> Bool {
    let leftChain = chain(of: left)
    let rightChain = chain(of: right)
    var parent: Node?
    for (leftStep, rightStep) in zip(leftChain, rightChain) {
      if leftStep == rightStep {
        parent = leftStep
        continue
      }
      guard let parent else { return false }
      for node in attributes(of: parent) + Array(children(of: parent)) {
        if node == leftStep { return true }
        if node == rightStep { return false }
      }
      return false
    }
    return leftChain.count < rightChain.count
  }

  func chain(of node: Node) -> [Node] {
    var chain = [node]
    var above = parent(of: node)
    while let next = above {
      chain.append(next)
      above = parent(of: next)
    }
    return chain.reversed()
  }
}
