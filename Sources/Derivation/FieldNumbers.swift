// The number of a field: the same at the screen (F6 跳到) and on paper, blank or filled.

public import XForm

/// Numbers of the fields: the order of the questions in the form itself, so that a field keeps its number whatever
/// else is shown.
public struct FieldNumbers: Sendable {
  private let numbers: [String: Int]
  private let paths: [String]

  public init(_ check: FormCheck) {
    paths = check.items.filter { $0.control != nil }.map(\.path)
    numbers = Dictionary(
      paths.enumerated().map { ($0.element, $0.offset + 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// 0 for a path that no control shows.
  public func number(of path: InstancePath) -> Int { numbers[path.generic] ?? 0 }

  /// The generic path of a number; nil where the form has no such field.
  public func path(of number: Int) -> String? {
    number >= 1 && number <= paths.count ? paths[number - 1] : nil
  }
}
