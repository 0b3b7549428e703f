// StaticTree: a secondary instance: a list from the form itself, from an attached .xml or .csv, or the last saved instance.
// Never changed after reading.

struct StaticNode: Sendable {
  /// Number in the tree's table of names.
  var name: Int32
  var parent: Int32
  var first: Int32 = -1
  var next: Int32 = -1
  /// Attributes are a chain of their own.
  var firstAttribute: Int32 = -1
  /// Among the siblings of the same name, 1-based.
  var position: Int32 = 1
  var value: String = ""
}

struct StaticTree: Sendable {
  /// 0 stands above the root element.
  private(set) var nodes: [StaticNode] = [StaticNode(name: 0, parent: -1)]
  private(set) var names: [XPathName] = [XPathName(prefix: "", local: "")]
  private var numbers: [XPathName: Int32] = [:]
  /// The last child of each open element while building.
  private var last: [Int32] = [-1]

  mutating func number(of name: XPathName) -> Int32 {
    if let known = numbers[name] { return known }
    let number = Int32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  mutating func add(_ name: Int32, to parent: Int32, value: String = "") -> Int32 {
    let index = Int32(nodes.count)
    nodes.append(StaticNode(name: name, parent: parent, value: value))
    last.append(-1)
    let before = last[Int(parent)]
    if before < 0 {
      nodes[Int(parent)].first = index
    } else {
      nodes[Int(before)].next = index
      if nodes[Int(before)].name == name {
        nodes[Int(index)].position = nodes[Int(before)].position + 1
      } else {
        nodes[Int(index)].position = positionAmongSiblings(name, parent)
      }
    }
    last[Int(parent)] = index
    return index
  }

  private func positionAmongSiblings(_ name: Int32, _ parent: Int32) -> Int32 {
    var position: Int32 = 0
    var child = nodes[Int(parent)].first
    while child >= 0 {
      if nodes[Int(child)].name == name { position += 1 }
      child = nodes[Int(child)].next
    }
    return max(position, 1)
  }

  mutating func addAttribute(_ name: Int32, to parent: Int32, value: String) {
    let index = Int32(nodes.count)
    nodes.append(StaticNode(name: name, parent: parent, value: value))
    last.append(-1)
    var end = nodes[Int(parent)].firstAttribute
    guard end >= 0 else {
      nodes[Int(parent)].firstAttribute = index
      return
    }
    while nodes[Int(end)].next >= 0 { end = nodes[Int(end)].next }
    nodes[Int(end)].next = index
  }

  mutating func setValue(_ node: Int32, _ value: String) { nodes[Int(node)].value = value }

  func attributes(of node: Int32) -> [Int32] {
    var list: [Int32] = []
    var next = nodes[Int(node)].firstAttribute
    while next >= 0 {
      list.append(next)
      next = nodes[Int(next)].next
    }
    return list
  }

  /// The tree below one element, which becomes the root element.
  init(_ element: XMLNode) {
    append(element, to: 0)
  }

  init() {}

  private mutating func append(_ element: XMLNode, to parent: Int32) {
    let name = XPathName(prefix: element.name.prefix, local: element.local)
    let isLeaf = !element.hasElements
    let index = add(number(of: name), to: parent, value: isLeaf ? element.text : "")
    for attribute in element.attributes {
      let name = XPathName(prefix: attribute.name.prefix, local: attribute.name.local)
      addAttribute(number(of: name), to: index, value: attribute.value)
    }
    for child in element.elements { append(child, to: index) }
  }
}

extension StaticTree {
  /// A .csv attachment as JavaRosa reads it: `<root><item><column>value</column>…`. RFC 4180 quoting; the first line names the
  /// columns; the separator is a comma, or a semicolon where the first line has no comma.
  init?(csv bytes: [UInt8]) {
    self.init()
    var rows = CSVRows(bytes)
    guard let header = rows.next(), !header.isEmpty else { return nil }
    let root = add(number(of: XPathName(prefix: "", local: "root")), to: 0)
    let item = number(of: XPathName(prefix: "", local: "item"))
    let columns = header.map { number(of: XPathName($0.trimmed)) }
    while let row = rows.next() {
      if row.count == 1, row[0].isEmpty { continue }
      let node = add(item, to: root)
      for (index, column) in columns.enumerated() {
        _ = add(column, to: node, value: index < row.count ? row[index] : "")
      }
    }
  }
}

/// The rows of a CSV text.
struct CSVRows {
  private let bytes: [UInt8]
  private var place = 0
  private let separator: UInt8

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    let firstLine = bytes[place...].prefix { $0 != 0x0A }
    separator = !firstLine.contains(0x2C) && firstLine.contains(0x3B) ? 0x3B : 0x2C
  }

  mutating func next() -> [String]? {
    guard place < bytes.count else { return nil }
    var row: [String] = []
    var field: [UInt8] = []
    var quoted = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if quoted {
        if byte != 0x22 {
          field.append(byte)
        } else if place < bytes.count, bytes[place] == 0x22 {
          field.append(0x22)
          place += 1
        } else {
          quoted = false
        }
      } else if byte == 0x22 {
        quoted = true
      } else if byte == separator {
        row.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      } else if byte == 0x0A {
        break
      } else if byte != 0x0D {
        field.append(byte)
      }
    }
    row.append(String(decoding: field, as: UTF8.self))
    return row
  }
}
