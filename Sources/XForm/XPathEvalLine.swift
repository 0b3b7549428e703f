// `zoufang form eval`: one expression in, one line out, as ODK's engine prints it through the oracle's driver: type,
// string, boolean, number, separated by tabs (no number for a string), or `ERR` and a reason.

/// Answers one expression a line.
public enum XPathEvalLine {
  /// Without a form: paths find nothing.
  public static func answer(_ line: String, environment: XPathEnvironment) -> String {
    answer(line, in: XPathNoDocument(), at: 0, environment: environment)
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

/// A tree of nothing but its root.
struct XPathNoDocument: XPathDocument {
  var root: Int { 0 }
  func parent(of node: Int) -> Int? { nil }
  func children(of node: Int) -> [Int] { [] }
  func name(of node: Int) -> XPathName { XPathName("") }
  func text(of node: Int) -> String { "" }
}

extension XPathFault: CustomStringConvertible {
  /// Offset and reason in a few words, for whoever writes forms.
  public var description: String { "\(offset): \(reason)" }
}
