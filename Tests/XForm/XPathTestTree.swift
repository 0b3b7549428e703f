// A small tree for the XPath tests, and the same instance as Vectors/xpath-form.xml, written by hand so that these
// tests do not lean on the form reader.

@testable import XForm

struct TestTree: XPathDocument {
  struct Item {
    var name: XPathName
    var text = ""
    var kind = XPathKind.text
    var isRelevant = true
    var parent: Int?
    var children: [Int] = []
    var attributes: [Int] = []
  }
  private(set) var items = [Item(name: XPathName(""))]
  private var instances: [String: Int] = [:]

  var root: Int { 0 }
  func root(ofInstance id: String) -> Int? { instances[id] }
  func parent(of node: Int) -> Int? { items[node].parent }
  func children(of node: Int) -> [Int] { items[node].children }
  func attributes(of node: Int) -> [Int] { items[node].attributes }
  func name(of node: Int) -> XPathName { items[node].name }
  func isNamed(_ node: Int, _ test: XPathName) -> Bool { items[node].name.isMeant(by: test) }
  func text(of node: Int) -> String { items[node].text }
  func kind(of node: Int) -> XPathKind { items[node].kind }
  func isRelevant(_ node: Int) -> Bool { items[node].isRelevant }
  func choiceName(of value: String, question path: String, from context: Int) -> String? { "\(path)=\(value)" }
  func itext(_ id: String) -> String? { id == "hello" ? "你好" : nil }

  @discardableResult
  mutating func add(
    _ name: String, to parent: Int, _ text: String = "", _ kind: XPathKind = .text, isRelevant: Bool = true
  ) -> Int {
    items.append(Item(name: XPathName(name), text: text, kind: kind, isRelevant: isRelevant, parent: parent))
    items[parent].children.append(items.count - 1)
    return items.count - 1
  }

  mutating func addAttribute(_ name: String, to parent: Int, _ text: String) {
    items.append(Item(name: XPathName(name), text: text, parent: parent))
    items[parent].attributes.append(items.count - 1)
  }

  mutating func addInstance(_ id: String) -> Int {
    items.append(Item(name: XPathName("")))
    instances[id] = items.count - 1
    return items.count - 1
  }

  /// `/data/member[2]/age` → the node; positions count same-named siblings.
  func node(at path: String) -> Int? {
    var node = root
    for step in path.split(separator: "/") {
      let parts = step.split { $0 == "[" || $0 == "]" }
      let wanted = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
      let named = children(of: node).filter { isNamed($0, XPathName(String(parts[0]))) }
      guard wanted >= 1, wanted <= named.count else { return nil }
      node = named[wanted - 1]
    }
    return node
  }

  /// Vectors/xpath-form.xml after ODK's engine has opened it.
  static let vectors: TestTree = {
    var tree = TestTree()
    let data = tree.add("data", to: 0)
    tree.addAttribute("id", to: data, "vectors")
    tree.addAttribute("version", to: data, "7")
    tree.add("name", to: data, "张三")
    tree.add("age", to: data, "41", .integer)
    tree.add("weight", to: data, "2.50", .decimal)
    tree.add("born", to: data, "1985-03-04", .date)
    tree.add("empty", to: data)
    tree.add("kinds", to: data, "a b d")
    tree.add("hidden", to: data, "secret", isRelevant: false)
    tree.add("where", to: data, "39.9 116.4 0 0")
    tree.add("shape", to: data, "1 1;2 2;3 1;1 1")
    let members = [
      ("甲", "70", [("2026-01-01", "10"), ("2026-02-01", "5.5")]), ("乙", "5", [("2026-03-01", "1")]),
      ("丙", "", [("", "")]),
    ]
    for (name, age, visits) in members {
      let member = tree.add("member", to: data)
      tree.add("name", to: member, name)
      tree.add("age", to: member, age, .integer)
      for (day, cost) in visits {
        let visit = tree.add("visit", to: member)
        tree.add("day", to: visit, day, .date)
        tree.add("cost", to: visit, cost, .decimal)
      }
    }
    tree.add("b", to: data, "0", .boolean)
    tree.add("leaf", to: tree.add("inner", to: tree.add("group", to: data)), "x")
    tree.add("pick", to: data, "东村")
    let root = tree.add("root", to: tree.addInstance("villages"))
    for (code, label, town) in [("v1", "东村", "t1"), ("v2", "西村", "t1"), ("v3", "南村", "t2")] {
      let item = tree.add("item", to: root)
      tree.add("code", to: item, code)
      tree.add("label", to: item, label)
      tree.add("town", to: item, town)
    }
    return tree
  }()
}

/// 2026-11-24 03:40:05.120 UTC, and a generator that counts.
let testEnvironment = XPathEnvironment(
  now: Moment(
    year: 2026, month: 11, day: 24, hour: 3, minute: 40, second: 5, millisecond: 120, offsetMinutes: 0),
  random: { 0x0123_4567_89ab_cdef })

/// The same moment in China.
let chinaEnvironment = XPathEnvironment(
  now: Moment(
    year: 2026, month: 11, day: 24, hour: 11, minute: 40, second: 5, millisecond: 120, offsetMinutes: 480),
  random: { 0x0123_4567_89ab_cdef })

func evaluated(
  _ expression: String, at path: String = "/data", in environment: XPathEnvironment = testEnvironment
) -> String {
  let tree = TestTree.vectors
  let answer = XPathEvalLine.answer(
    expression, in: tree, at: tree.node(at: path) ?? 0, environment: environment)
  let parts = answer.split(separator: "\t", omittingEmptySubsequences: false)
  return parts.count > 1 ? String(parts[1]) : answer
}
