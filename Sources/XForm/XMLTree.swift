// XMLTree: one parsed XML document as flat arrays: elements by number, each with its attributes, its children in order and the
// line it began on. Made by XMLReader, kept only while a form, a list or an instance is being read.

struct XMLName: Hashable, Sendable {
  /// Namespace URI; "" is none.
  var uri: String
  /// Prefix as written; "" is none.
  var prefix: String
  var local: String
}

struct XMLAttribute: Sendable {
  var name: XMLName
  var value: String
}

struct XMLTree: Sendable {
  enum Child: Sendable {
    case element(Int)
    case text(String)
  }

  struct Element: Sendable {
    var name: XMLName
    var attributes: [XMLAttribute] = []
    var children: [Child] = []
    /// Prefixes declared on this element: ("" is the default namespace).
    var declarations: [(prefix: String, uri: String)] = []
    var line: Int
  }

  var elements: [Element] = []

  /// The document element; every parsed tree has one.
  var root: XMLNode { XMLNode(tree: self, index: 0) }
}

/// One element of a tree.
struct XMLNode: Sendable {
  let tree: XMLTree
  let index: Int

  private var element: XMLTree.Element { tree.elements[index] }
  var name: XMLName { element.name }
  var local: String { element.name.local }
  var line: Int { element.line }
  var attributes: [XMLAttribute] { element.attributes }
  var children: [XMLTree.Child] { element.children }
  var declarations: [(prefix: String, uri: String)] { element.declarations }

  var elements: [XMLNode] {
    element.children.compactMap { child in
      if case .element(let index) = child { XMLNode(tree: tree, index: index) } else { nil }
    }
  }

  func elements(_ local: String, uri: String? = nil) -> [XMLNode] {
    elements.filter { $0.local == local && (uri == nil || $0.name.uri == uri) }
  }

  func first(_ local: String, uri: String? = nil) -> XMLNode? {
    elements.first { $0.local == local && (uri == nil || $0.name.uri == uri) }
  }

  /// An attribute without namespace.
  func attribute(_ local: String) -> String? { attribute(local, uri: "") }

  func attribute(_ local: String, uri: String) -> String? {
    element.attributes.first { $0.name.local == local && $0.name.uri == uri }?.value
  }

  /// All text directly inside, joined.
  var text: String {
    var text = ""
    for child in element.children {
      if case .text(let part) = child { text += part }
    }
    return text
  }

  var hasElements: Bool {
    element.children.contains { if case .element = $0 { true } else { false } }
  }
}

/// The namespaces an ODK form speaks.
enum Namespace {
  static let xforms = "http://www.w3.org/2002/xforms"
  static let xhtml = "http://www.w3.org/1999/xhtml"
  static let javarosa = "http://openrosa.org/javarosa"
  static let openrosa = "http://openrosa.org/xforms"
  static let odk = "http://www.opendatakit.org/xforms"
  static let entities = "http://www.opendatakit.org/xforms/entities"
  static let events = "http://www.w3.org/2001/xml-events"
  static let schema = "http://www.w3.org/2001/XMLSchema"
  static let xml = "http://www.w3.org/XML/1998/namespace"
  /// Ours: soft checks and display; ODK Collect ignores it.
  static let zoufang = "https://zoufang.cn/xforms"
}

extension String {
  /// Without XML white space at both ends.
  var trimmed: String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    let bytes = utf8
    guard let start = bytes.firstIndex(where: { !isSpace($0) }),
      let end = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(self[start...end])
  }

  /// The words parted by XML white space.
  var words: [String] {
    utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }).map { String(Substring($0)) }
  }
}
