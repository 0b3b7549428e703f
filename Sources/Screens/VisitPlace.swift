// VisitPlace: where the cursor can stand in the visit form. As text it is one letter and a path: "f
// /data/member[2]/name".

import XForm

enum VisitPlace: Hashable, Sendable {
  /// A question that can be typed.
  case field(InstancePath)
  /// The line of a repeat instance that is not open.
  case row(InstancePath)
  /// The line where one more instance is added; the repeat's path without position.
  case add(InstancePath)

  var path: InstancePath {
    switch self {
    case .field(let path), .row(let path), .add(let path): path
    }
  }

  var text: String {
    switch self {
    case .field(let path): "f \(path)"
    case .row(let path): "r \(path)"
    case .add(let path): "a \(path)"
    }
  }

  init?(_ text: String) {
    guard let path = InstancePath(String(text.dropFirst(2))) else { return nil }
    switch text.prefix(2) {
    case "f ": self = .field(path)
    case "r ": self = .row(path)
    case "a ": self = .add(path)
    default: return nil
    }
  }
}
