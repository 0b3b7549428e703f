// A field of an entity as the register sees it: one value, or several that contradict each other.

public struct Field: Equatable, Sendable {
  /// Sorted by value; never empty.
  public var candidates: [Candidate]

  public struct Candidate: Equatable, Sendable {
    public var value: String
    /// Ids of the records that state it, sorted.
    public var records: [String]
  }

  public var isConflict: Bool { candidates.count > 1 }

  /// The value where there is one; nil in a conflict.
  public var value: String? { isConflict ? nil : candidates.first?.value }

  /// Something to show in every case: the value, or in a conflict all of them.
  public var shown: String { candidates.map(\.value).joined(separator: " / ") }
}

/// An entity of a list with every field the records that hold give it.
public struct Entity: Equatable, Sendable {
  public var list: String
  public var id: String
  public var label: String?
  public var fields: [String: Field]

  /// The field's value; nil where it is not stated, in a conflict, or emptied.
  public func value(_ name: String) -> String? {
    guard let value = fields[name]?.value, !value.isEmpty else { return nil }
    return value
  }

  /// The value, or every contending value, for display; nil where it is not stated.
  public func shown(_ name: String) -> String? {
    guard let shown = fields[name]?.shown, !shown.isEmpty else { return nil }
    return shown
  }

  /// Whether anybody says so whose word nobody superseded, also beside somebody who says otherwise.
  func says(_ name: String, _ value: String) -> Bool { fields[name]?.candidates.contains { $0.value == value } ?? false }

  public func codes(_ name: String) -> [String] { (value(name) ?? "").split(separator: " ").map(String.init) }

  public var conflicts: [String] { fields.filter { $0.value.isConflict }.keys.sorted() }
}

/// A field with more than one value left.
public struct Conflict: Equatable, Sendable {
  public var list: String
  public var entity: String
  public var property: String
  public var candidates: [Field.Candidate]
}
