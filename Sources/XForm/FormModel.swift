// FormModel: what a form definition is made of after reading: the model's nodes by generic path, the body's items, the rules with
// who reads whom, texts and lists. Flat arrays and numbers; never changed once read.

/// A node of the primary instance by its generic path: every repeat instance of it shares one.
struct ModelNode: Sendable {
  var name: XPathName
  /// Namespace URI as in the document; "" is none.
  var uri: String
  /// -1 above the root element.
  var parent: Int
  var depth: Int
  /// Place among its siblings in the form.
  var order = 0
  /// Below an instance of a repeat.
  var isInRepeat = false
  var children: [Int] = []
  var attributes: [Int] = []
  var isAttribute = false
  var isRepeat = false

  /// nil: the bind gave none, or there is no bind.
  var dataType: DataType?
  /// How values of this node are typed; selects keep their text.
  var valueType: ValueType = .untyped
  var isSelect = false
  /// Rules whose result is stored here, by number.
  var rules: [Int] = []
  var constraint: XPathExpression?
  var constraintMessage: Text?
  var requiredMessage: Text?
  var preload: (handler: String, parameter: String)?
  /// entities:saveto
  var saveTo: String?
  /// Our own attributes of bind and control, by local name.
  var extensions: [String: String] = [:]
  var softCheck: XPathExpression?
  /// The body item of its question, repeat or group; -1 when none shows it.
  var bodyItem = -1
  /// Rules that read this node.
  var readers: [Reader] = []
  /// Select questions (body items) whose choices depend on this node.
  var choiceReaders: [Reader] = []
  /// Repeats (body items) whose jr:count reads this node.
  var countReaders: [Reader] = []
}

/// Who reads a node, and how many leading steps of the path are the reader's own instance.
struct Reader: Hashable, Sendable {
  var reader: Int
  var bound: Int
}

/// JavaRosa's data types as far as they change what a value looks like.
enum ValueType: Sendable {
  case untyped, string, integer, decimal, boolean, date, time, dateTime, geopoint, geotrace, geoshape, choice, choices,
    binary
}

/// An expression whose result belongs to a node.
struct Rule: Sendable {
  enum Kind: Int, Sendable {
    case relevant, calculate, readOnly, required
    /// In this order.
    var place: Int { rawValue }
  }
  var kind: Kind
  var target: Int
  var expression: XPathExpression
  var line: Int
}

/// A setvalue action.
struct Action: Sendable {
  enum Event: Hashable, Sendable { case instanceFirstLoad, instanceLoad, newRepeat, valueChanged }
  var events: Set<Event>
  var target: Int
  /// How many leading steps of the target are the context's own.
  var expression: XPathExpression?
  var literal: String
  /// The body item it stands in; -1 in the model.
  var bodyItem: Int
}

/// Text with outputs in it.
struct Template: Sendable {
  enum Part: Sendable {
    case literal(String)
    case output(XPathExpression)
  }
  var parts: [Part]

  static func literal(_ text: String) -> Template { Template(parts: [.literal(text)]) }
}

enum Text: Sendable {
  case template(Template)
  /// jr:itext('id')
  case translated(String)
}

/// itext: by language, id and form ("" is the plain one).
struct Translations: Sendable {
  var languages: [String] = []
  var texts: [[String: [String: Template]]] = []
}

struct StaticChoice: Sendable {
  var value: String
  var label: Text?
}

struct Itemset: Sendable {
  var nodeset: XPathExpression
  var value: XPathExpression
  var label: XPathExpression
}

struct BodyQuestion: Sendable {
  var control: Control
  var hint: Text?
  var choices: [StaticChoice] = []
  var itemset: Itemset?
  var rows: Int?
  var range: RangeBounds?
  var mediaType: String?
}

struct BodyItem: Sendable {
  enum Kind: Sendable {
    case group
    case `repeat`(count: XPathExpression?, noAddRemove: Bool)
    case question(BodyQuestion)
  }
  var kind: Kind
  /// The model node it is bound to; for a group without ref the node it stands in.
  var node: Int
  /// False for a group without ref: it has no place of its own in the instance.
  var isBound: Bool
  var label: Text?
  var appearance: [String]
  var parent: Int
  var children: [Int] = []
  /// Actions nested in it, by number.
  var actions: [Int] = []
  var line: Int

  var isRepeat: Bool { if case .repeat = kind { true } else { false } }
}

/// The whole of a read form.
struct FormModel: Sendable {
  /// 0 stands above the root element, 1 is the root element.
  var nodes: [ModelNode] = []
  /// Children of wide nodes by the hash of their local name.
  var childrenByMark: [Int: [Int: [Int]]] = [:]
  var body: [BodyItem] = []
  /// Top level items of the body.
  var topItems: [Int] = []
  /// In an order in which every rule comes after the rules it reads from.
  var rules: [Rule] = []
  var actions: [Action] = []
  var translations = Translations()
  /// External and internal secondary instances by id.
  var instances: [String: Int] = [:]
  var trees: [StaticTree] = []
  var usesLastSaved = false
  /// The default instance as read, with its templates.
  var seed = InstanceSeed()
  /// Prefixes of the root element in the order JavaRosa writes them.
  var prefixes: [(prefix: String, uri: String)] = []
  /// The namespace of the root element, where it is not the form's default one.
  var schema: String?
  var version: String?
  /// Our own attributes of the root element, by local name.
  var marks: [String: String] = [:]
  /// Attributes of `<submission>`, kept.
  var submission: [String: String] = [:]
  /// Whether any node is saved to an entity.
  var entitiesVersion: String?
}

/// The default instance: arrays of nodes as an instance has them, and one template for each repeat (by model node).
struct InstanceSeed: Sendable {
  var instance: [SeedNode] = []
  /// Model node of a repeat → its template.
  var templates: [Int: [SeedNode]] = [:]
}

/// One node of a default instance or a template: parents come before their children.
struct SeedNode: Sendable {
  var model: Int
  /// Place of the parent in the same array; -1 for the first.
  var parent: Int
  var value: String
}
