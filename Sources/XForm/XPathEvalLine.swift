// `zoufang form eval`: one expression in, one line out, as ODK's engine prints it through the oracle's driver: type,
// string, boolean, number, separated by tabs (no number for a string), or `ERR` and a reason.

/// Answers one expression a line.
public enum XPathEvalLine {
  /// Without a form: an expression that looks at a node is refused, as the oracle's driver does.
  public static func answer(_ line: String, environment: XPathEnvironment) -> String {
    let nothing = XPathNoDocument()
    let answer = answer(line, in: nothing, at: 0, environment: environment)
    return nothing.wasAsked ? "ERR\tno form" : answer
  }

  /// In the blank or filled instance of a form, at its root.
  public static func answer(_ line: String, in session: Session) -> String {
    let now = session.surroundings.now()
    let random = session.surroundings.random
    return answer(
      line, in: InstanceView(session: session), at: .primary(0), environment: XPathEnvironment(now: now, random: random))
  }

  /// Over a document, at a node. A node-set is answered as the value of its first node.
  public static func answer<D: XPathDocument>(
    _ line: String, in document: D, at node: D.Node, environment: XPathEnvironment
  ) -> String {
    do throws(XPathFault) {
      let tree = try XPathExpression.parse(line).tree
      let scope = XPathScope(node: node, current: node, position: 0)
      return text(of: try tree.atom(tree.top, document, scope, environment), environment)
    } catch {
      let reason = error.description.map { $0 == "\t" || $0.isNewline ? " " : $0 }
      return "ERR\t" + String(reason)
    }
  }

  private static func text(of atom: XPathAtom, _ environment: XPathEnvironment) -> String {
    let type =
      switch atom {
      case .boolean: "Boolean"
      case .number: "Double"
      case .string: "String"
      case .date: "Date"
      }
    var number = ""
    if type != "String" { number = XPathNumber.javaText(atom.number(offset: environment.now.offsetMinutes)) }
    return [type, atom.string, atom.boolean ? "true" : "false", number].joined(separator: "\t")
  }
}

/// A tree of nothing but its root, that remembers whether anybody looked at it.
final class XPathNoDocument: XPathDocument {
  private(set) var wasAsked = false

  private func asked<Answer>(_ answer: Answer) -> Answer {
    wasAsked = true
    return answer
  }

  var root: Int { asked(0) }
  func root(ofInstance id: String) -> Int? { asked(nil) }
  func parent(of node: Int) -> Int? { asked(nil) }
  func children(of node: Int) -> [Int] { asked([]) }
  func attributes(of node: Int) -> [Int] { asked([]) }
  func name(of node: Int) -> XPathName { asked(XPathName("")) }
  func text(of node: Int) -> String { asked("") }
  func isRelevant(_ node: Int) -> Bool { asked(true) }
  func choiceName(of value: String, question path: String, from context: Int) -> String? { asked(nil) }
  func itext(_ id: String) -> String? { asked(nil) }
}

extension XPathFault: CustomStringConvertible {
  /// Offset and reason in a few words, for whoever writes forms.
  public var description: String { "\(offset): \(reason)" }
}

extension XPathFault.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "empty"
    case .unexpected(let text): "unexpected \(text)"
    case .expected(let text): "expected \(text)"
    case .unterminatedLiteral: "unterminated literal"
    case .tooLong(let limit): "longer than \(limit) bytes"
    case .tooDeep(let limit): "deeper than \(limit)"
    case .tooManyNodes(let limit): "more than \(limit) parts"
    case .unsupported(let text): "unsupported \(text)"
    case .unknownFunction(let name): "unknown function \(name)"
    case .arity(let function, let given): "\(function) does not take \(given) arguments"
    case .argument(let function, let number, let why): "\(function) argument \(number): \(why.rawValue)"
    case .invalidPattern(let pattern): "invalid pattern \(pattern)"
    case .unknownInstance(let id): "unknown instance \(id)"
    case .notNodes(let function): function.isEmpty ? "not a node-set" : "\(function) gives no node-set"
    case .limit(let what, let limit): "\(what) over \(limit)"
    }
  }
}
