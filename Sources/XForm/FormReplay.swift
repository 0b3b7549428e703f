// FormReplay: a form answered without a screen, from the lines of a trace, giving the same kind of trace, `validate`, and the
// final XML. The lines are those of ODK's engine driven by our oracle:
//
//     {"op":"answer","ref":"/data/r[0]/name[0]","value":"x","result":0,"label":"Name"}
//     {"op":"addRepeat","ref":"/data/r[1]"}      {"op":"removeRepeat","ref":"/data/r[0]"}      {"op":"see","ref":…,"label":…}
//
// Positions count from 0; `result` is 0 accepted, 1 required but empty, 2 constraint violated, and ours: 3 not of the type,
// 4 read-only, 5 no such question. {"op":"clock","now":…} sets the clock. Between two lines every question on the way is
// visited, as JavaRosa's walk does: counted repeats grow and values outside their filtered choices are cleared when they are
// come by, not before.

public struct FormReplay: Sendable {
  public private(set) var session: Session
  private var walk: BodyWalk
  private var hasStarted = false
  /// A step went back: then JavaRosa's driver has walked the whole form again before it ends.
  private var hasJumped = false

  public init(_ session: Session) {
    self.session = session
    self.session.settling = .onVisit
    walk = BodyWalk(session)
  }

  /// What became of a line.
  public enum Taken: Equatable, Sendable {
    /// A step, and the trace line it answers with.
    case answered(String)
    /// An empty line, or a trace's `validate`, which `finish` says itself.
    case passedOver
    /// Neither: not JSON, no known operation, or a part of it is missing.
    case notAStep
  }

  /// Takes one line of steps.
  public mutating func take(_ line: String) -> Taken {
    if line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return .passedOver }
    guard line.utf8.count <= Limits.replayLineBytes, let fields = JSONLine.fields(line),
      let operation = fields["op"] ?? nil
    else { return .notAStep }
    if operation == "validate" { return .passedOver }
    return answer(operation, fields).map(Taken.answered) ?? .notAStep
  }

  private mutating func answer(_ operation: String, _ fields: [String: String?]) -> String? {
    if operation == "clock", let now = fields["now"] ?? nil { return setClock(now) }
    guard let ref = fields["ref"] ?? nil else { return nil }
    hasStarted = true
    let path = InstancePath(ref, firstPosition: 0)
    switch operation {
    case "answer":
      let value = (fields["value"] ?? nil) ?? ""
      var result = 5
      if let path {
        visit(path)
        result = Self.code(session.answer(path, value))
      }
      let label = path.flatMap { session.label(at: $0) }
      return "{\"op\":\"answer\",\"ref\":\(JSONLine.quoted(ref)),\"value\":\(JSONLine.quoted(value)),"
        + "\"result\":\(result),\"label\":\(JSONLine.quoted(label))}"
    case "see":
      if let path { visit(path) }
      let label = path.flatMap { session.label(at: $0) }
      return "{\"op\":\"see\",\"ref\":\(JSONLine.quoted(ref)),\"label\":\(JSONLine.quoted(label))}"
    case "addRepeat":
      let added = path.map { add($0) } ?? false
      return "{\"op\":\"addRepeat\",\"ref\":\(JSONLine.quoted(ref))\(added ? "" : ",\"result\":5")}"
    case "removeRepeat", "deleteRepeat":
      hasJumped = true
      let removed = path.map { session.removeRepeat($0) } ?? false
      return "{\"op\":\(JSONLine.quoted(operation)),\"ref\":\(JSONLine.quoted(ref))\(removed ? "" : ",\"result\":5")}"
    default: return nil
    }
  }

  /// Everything from here on happens at this moment; where nothing has happened yet, the beginning too.
  private mutating func setClock(_ text: String) -> String? {
    guard let moment = Moment(text) else { return nil }
    var surroundings = session.surroundings
    surroundings.now = { moment }
    session.surroundings = surroundings
    if !hasStarted, let fresh = try? Session(session.form, surroundings: surroundings) {
      self = FormReplay(fresh)
    }
    return "{\"op\":\"clock\",\"now\":\(JSONLine.quoted(text))}"
  }

  /// The trace's last lines: validate, then the final XML.
  public mutating func finish() -> [String] {
    while step() != nil {}
    if hasJumped {
      walk = BodyWalk(session)
      while step() != nil {}
    }
    let outcome = validate()
    return [
      "{\"op\":\"validate\",\"ok\":\(outcome == nil),\"outcome\":\(outcome.map(String.init) ?? "null")}",
      String(decoding: session.instanceXML(submission: true), as: UTF8.self),
    ]
  }

  static func code(_ outcome: AnswerOutcome) -> Int {
    switch outcome {
    case .accepted: 0
    case .requiredButEmpty: 1
    case .constraintViolated: 2
    case .notOfType: 3
    case .readOnly: 4
    case .noSuchQuestion: 5
    }
  }

  // MARK: Walking

  /// One stop forward, with what a visit does.
  private mutating func step() -> BodyWalk.Stop? {
    guard let stop = walk.next(in: &session) else { return nil }
    if stop.kind == .question { session.settleChoices(at: stop.node) }
    return stop
  }

  /// Walks on to the question, or jumps to it where it does not lie ahead.
  private mutating func visit(_ path: InstancePath) {
    var ahead = self
    while let stop = ahead.step() {
      guard stop.kind == .question, ahead.session.path(of: stop.node) == path else { continue }
      self = ahead
      return
    }
    hasJumped = true
    if let node = session.node(at: path) { session.settleChoices(at: node) }
  }

  /// Walks on to the end of the repeat, then adds.
  private mutating func add(_ path: InstancePath) -> Bool {
    var ahead = self
    let wanted = path.generic
    while let stop = ahead.step() {
      guard stop.kind == .end, ahead.session.form.model.path(of: ahead.session.form.model.body[stop.item].node) == wanted,
        path.parent.map({ ahead.session.node(at: $0) == stop.node }) ?? false
      else { continue }
      self = ahead
      guard session.canAdd(item: stop.item, under: stop.node), let new = session.create(stop.item, under: stop.node)
      else { return false }
      walk.resume(stop, at: new, in: session)
      return true
    }
    return session.addRepeat(path) != nil
  }

  /// As JavaRosa does: from the first question to the first that may not stand, storing each again on the way.
  private mutating func validate() -> Int? {
    walk = BodyWalk(session)
    while let stop = walk.next(in: &session) {
      guard stop.kind == .question else { continue }
      session.settleChoices(at: stop.node)
      if let outcome = session.standing(stop.node) { return Self.code(outcome) }
      if !session.instance[stop.node].value.isEmpty { session.recompute(from: stop.node) }
    }
    return nil
  }
}

extension BodyWalk {
  /// As `next(in:)`, growing counted repeats that are come by.
  mutating func next(in session: inout Session) -> Stop? {
    while let stop = next(in: session) {
      guard stop.kind == .end, let wanted = session.wantedCount(stop.item, under: stop.node) else { return stop }
      let model = session.form.model.body[stop.item].node
      guard session.instance.childCount(of: stop.node, model, session.form.model.nodes) < wanted,
        let new = session.create(stop.item, under: stop.node)
      else { return stop }
      resume(stop, at: new, in: session)
    }
    return nil
  }

  /// Goes on with an instance just added where the walk stood at the repeat's end.
  mutating func resume(_ stop: Stop, at new: Int32, in session: Session) {
    let position = Int(session.instance[new].position)
    tasks.append(.instance(stop.item, under: stop.node, position: position, depth: stop.depth))
  }
}
