// Session, preset: what a program knows before anybody types: entity ids, marks that the form reads and never asks.

extension Session {
  /// Sets a leaf of the instance or an attribute whatever its control, as if the instance had begun with it, and
  /// recomputes what reads it. No constraint is checked and no action fires: it is no answer. A node calculated with
  /// `once()` keeps it.
  /// - Returns: false where there is no such node.
  @discardableResult
  public mutating func preset(_ path: InstancePath, _ value: String) -> Bool {
    guard value.utf8.count <= Limits.answerBytes, let node = node(at: path) else { return false }
    instance.setValue(node, value, kind: .text)
    recompute(from: node)
    return true
  }
}
