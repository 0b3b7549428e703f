// Session: one form being filled in, as a value: copying it is the undo. This file holds its state and how it begins; what one can
// ask of it and do with it stands in SessionQuestions, SessionAnswers, SessionRepeats, SessionChoices, SessionTexts,
// SessionOutline, SessionActions, SessionEntities, SessionXML and Recompute.

public struct Session: Sendable {
  /// When values outside a select's filtered choices are cleared and counted repeats grow or shrink.
  public enum Settling: Sendable {
    /// With the answer that caused it, dependants included.
    case atOnce
    /// When the question or repeat is come by, as JavaRosa does (replays and comparisons).
    case onVisit
  }

  public let form: FormDefinition
  /// One of `form.languages`; nil means the form's default.
  public var language: String?
  /// How many expressions the last `answer`, `addRepeat` or `removeRepeat` evaluated again: exactly the dependants.
  public internal(set) var recomputedCount: Int = 0
  public var settling: Settling = .atOnce

  var surroundings: Surroundings
  var instance = Instance()
  /// The last saved instance; an empty tree where there is none or the form does not ask.
  var lastSaved = StaticTree()

  /// A fresh instance, or one read from its stored XML (`instanceXML(submission: false)`).
  public init(
    _ form: FormDefinition, surroundings: Surroundings, resuming instance: [UInt8]? = nil
  ) throws(FormFault) {
    self.form = form
    self.surroundings = surroundings
    if form.model.usesLastSaved, let bytes = surroundings.lastSaved {
      lastSaved = StaticTree(try XMLReader.parse(bytes, name: "last-saved").root)
    }
    if let bytes = instance {
      try load(bytes)
    } else {
      plantSeed()
      preload(below: 0)
    }
    if instance == nil { fire(.instanceFirstLoad, at: nil) }
    fire(.instanceLoad, at: nil)
    computeAll()
    recomputedCount = 0
    if settling == .atOnce { settleCounts() }
  }

  // MARK: Environment

  var environment: XPathEnvironment {
    let surroundings = surroundings
    return XPathEnvironment(
      now: surroundings.now(), random: surroundings.random,
      property: { name in
        switch name.lowercased() {
        case "deviceid": surroundings.deviceID
        case "username": surroundings.userName
        case "phonenumber", "phone number": surroundings.phoneNumber
        case "email": surroundings.email
        default: nil
        }
      },
      formVersion: form.version ?? "", language: language ?? form.languages.first ?? "")
  }

  var offsetMinutes: Int { surroundings.now().offsetMinutes }

  // MARK: Planting

  private mutating func plantSeed() {
    let root = instance.addRoot(form.model.nodes)
    _ = plant(form.model.seed.instance, first: root)
  }

  /// Adds the nodes of a seed; the seed's first node is `first`, which stands already. Gives the new nodes.
  @discardableResult
  mutating func plant(_ seed: [SeedNode], first: Int32) -> [Int32] {
    let model = form.model
    let offset = offsetMinutes
    var places: [Int32] = [first]
    places.reserveCapacity(seed.count)
    for (number, node) in seed.enumerated() {
      if number > 0 {
        let parent = places[node.parent]
        places.append(
          model.nodes[node.model].isAttribute
            ? instance.addAttribute(node.model, to: parent, model.nodes)
            : instance.add(node.model, to: parent, model.nodes))
      }
      guard !node.value.isEmpty else { continue }
      let value = AnswerValue.load(node.value, as: model.nodes[node.model].valueType, offsetMinutes: offset)
      instance.setValue(places[number], value.text, kind: value.kind)
    }
    return places
  }

  /// Adds an instance of a repeat behind the others; nil where the form has no template or a limit is reached.
  mutating func plantRepeat(_ model: Int, under parent: Int32) -> Int32? {
    guard let seed = form.model.seed.templates[model], !seed.isEmpty,
      instance.count + seed.count <= Limits.instanceNodes,
      instance.childCount(of: parent, model, form.model.nodes) < Limits.repeatInstances
    else { return nil }
    let first = instance.add(model, to: parent, form.model.nodes)
    plant(seed, first: first)
    return first
  }

  // MARK: Preloads

  /// jr:preload of a node and all below it, for nodes just made.
  mutating func preload(below node: Int32) {
    for index in instance.subtree(of: node) {
      guard let preload = form.model.nodes[Int(instance[index].model)].preload,
        let text = preloaded(preload.handler, preload.parameter)
      else { continue }
      let type = form.model.nodes[Int(instance[index].model)].valueType
      let value = AnswerValue.load(text, as: type, offsetMinutes: offsetMinutes)
      instance.setValue(index, value.text, kind: value.kind)
    }
  }

  private func preloaded(_ handler: String, _ parameter: String) -> String? {
    switch handler {
    case "uid": return "uuid:" + surroundings.uuid()
    case "date": return parameter == "today" ? surroundings.now().date : nil
    case "timestamp": return parameter == "start" ? surroundings.now().description : nil
    case "property":
      switch parameter {
      case "deviceid", "simserial", "subscriberid": return surroundings.deviceID
      case "username": return surroundings.userName
      case "phone number", "phonenumber": return surroundings.phoneNumber
      case "email": return surroundings.email
      default: return nil
      }
    default: return nil
    }
  }

  /// Sets what is set at the end: `timestamp end` preloads (meta/timeEnd). Values that their select no longer offers are
  /// cleared, whatever `settling` says.
  public mutating func finish() {
    settleAll()
    for index in instance.subtree(of: 0) {
      let node = form.model.nodes[Int(instance[index].model)]
      guard let preload = node.preload, preload.handler == "timestamp", preload.parameter == "end" else { continue }
      let value = AnswerValue.load(
        surroundings.now().description, as: node.valueType, offsetMinutes: offsetMinutes)
      instance.setValue(index, value.text, kind: value.kind)
    }
  }
}
