// The slip of paper a cadre gets: where to connect, how to know that it is really the county, and the code.

public struct PaperSlip: Sendable, Equatable {
  public var county: String
  public var name: String
  public var role: String
  public var scopes: [String]
  public var url: String
  /// SHA-256 of the county CA's DER, in hex.
  public var fingerprint: String
  /// Grouped by four.
  public var code: String
  /// When the code ends, `2026-11-27 09:30`.
  public var until: String
  /// Whom a visitor sees.
  public var households: [Household] = []

  public struct Household: Sendable, Equatable {
    /// As it was asked for.
    public var number: String
    /// The head's name, masked: enough to see that it is the right one.
    public var head: String
    public var division: String
  }

  /// Fingerprint in groups that an eye can follow: eight groups of eight characters.
  public static func grouped(_ hex: String) -> String {
    let characters = Array(hex)
    return stride(from: 0, to: characters.count, by: 8)
      .map { String(characters[$0..<min($0 + 8, characters.count)]) }.joined(separator: " ")
  }
}
