// A person's name: 2 to 25 characters. Names of minorities hold a middle dot, which input methods write in eight ways; one
// is kept (U+00B7). Rare characters outside the basic plane are ordinary characters here.

public struct PersonName: Hashable, Sendable {
  public let text: String
  /// True where another dot or surrounding blanks were typed: worth saying once.
  public let wasNormalized: Bool

  public enum Fault: Error, Equatable, Sendable {
    case length(Int)
    /// A digit, a blank or a sign; the position counts characters from 1.
    case character(at: Int)
  }

  public init(_ typed: String) throws(Fault) {
    let text = Self.normalized(typed)
    guard (2...25).contains(text.count) else { throw .length(text.count) }
    for (index, character) in text.enumerated() {
      let isDot = character == "\u{B7}" && index > 0 && index < text.count - 1
      guard isDot || character.isLetter else { throw .character(at: index + 1) }
    }
    self.text = text
    wasNormalized = text != typed
  }

  /// Every kind of middle dot as U+00B7, without blanks around.
  public static func normalized(_ typed: String) -> String {
    var scalars = Substring(typed).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(dots.contains(scalar) ? "\u{B7}" : scalar) }
    return String(text)
  }

  private static let dots: [Unicode.Scalar] = [
    ".", "\u{2022}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{30FB}", "\u{FF0E}", "\u{FF65}",
  ]
}
