// Division codes (统计用区划代码): 2 digits province, 4 city, 6 county, 9 township, 12 village. A shorter code is the
// prefix of everything in it. Names and which villages exist are imported data, never compiled in.

public struct Division: Hashable, Sendable, CustomStringConvertible {
  /// Digits only, at most 12. The empty code contains everything.
  public let code: String

  public enum Level: Int, Comparable, Sendable {
    case nation = 0, province = 2, city = 4, county = 6, township = 9, village = 12

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// Nil unless it is 0, 2, 4, 6, 9 or 12 ASCII digits.
  public init?(_ code: String) {
    guard Level(rawValue: code.utf8.count) != nil, code.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    self.code = code
  }

  public var level: Level { Level(rawValue: code.utf8.count) ?? .nation }
  public var description: String { code }

  /// Whether `other` is this division or lies in it.
  public func contains(_ other: Division) -> Bool { other.code.utf8.starts(with: code.utf8) }

  /// The narrowest division that contains all of these; nil of none.
  public static func common(_ divisions: [Division]) -> Division? {
    var common = divisions.first
    while let wider = common, !divisions.allSatisfy({ wider.contains($0) }) { common = wider.parent }
    return common
  }

  /// The division this one lies in, nil for the nation.
  public var parent: Division? {
    let length =
      switch level {
      case .nation: -1
      case .province: 0
      case .city: 2
      case .county: 4
      case .township: 6
      case .village: 9
      }
    return length < 0 ? nil : Division(String(code.prefix(length)))
  }
}
