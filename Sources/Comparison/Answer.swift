// What a comparison answers.

/// What became of a row.
public enum Outcome: UInt8, Sendable {
  /// 未命中.
  case unmatched
  /// 疑似: candidates with reasons; a person decides.
  case similar
  /// 命中: the number and the name.
  case matched
  /// 命中, but 证件同、姓名异.
  case matchedOtherName
}

/// What speaks for a finding, and what is between the two.
public struct Reasons: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The whole number.
  public static let number = Reasons(rawValue: 1)
  /// Seventeen digits; the check character is another one.
  public static let numberButCheck = Reasons(rawValue: 1 << 1)
  /// One digit is another one, and only one of the two numbers can be right.
  public static let numberOneDigit = Reasons(rawValue: 1 << 2)
  /// Two neighbouring digits stand the other way round, and only one of the two numbers can be right.
  public static let numberSwapped = Reasons(rawValue: 1 << 3)
  /// Both have a number, and another one, but one of the two is no valid number.
  public static let numberDamaged = Reasons(rawValue: 1 << 4)
  /// Both have a valid number, and another one: 姓名同证件异.
  public static let numberDiffers = Reasons(rawValue: 1 << 5)

  public static let name = Reasons(rawValue: 1 << 8)
  /// Apart from blanks, dots, full-width letters, 异体字 and 繁体.
  public static let nameVariant = Reasons(rawValue: 1 << 9)
  /// 闫阎, 肖萧.
  public static let nameSurname = Reasons(rawValue: 1 << 10)
  /// 同音字.
  public static let nameHomophone = Reasons(rawValue: 1 << 11)
  /// 形近字.
  public static let nameLookAlike = Reasons(rawValue: 1 << 12)
  /// A character that could not be typed, on one side.
  public static let nameUnclear = Reasons(rawValue: 1 << 13)
  /// One character is another one.
  public static let nameOneCharacter = Reasons(rawValue: 1 << 14)
  public static let nameDiffers = Reasons(rawValue: 1 << 15)
  public static let nameMissing = Reasons(rawValue: 1 << 16)

  public static let birth = Reasons(rawValue: 1 << 20)
  public static let village = Reasons(rawValue: 1 << 21)
  /// One side knows the township only.
  public static let town = Reasons(rawValue: 1 << 22)

  init(_ name: NameRelation) {
    switch name {
    case .same: self = .name
    case .variant: self = .nameVariant
    case .surname: self = .nameSurname
    case .homophone: self = .nameHomophone
    case .lookAlike: self = .nameLookAlike
    case .unclear: self = .nameUnclear
    case .oneCharacter: self = .nameOneCharacter
    case .differs: self = .nameDiffers
    case .missing: self = .nameMissing
    }
  }
}

/// One row and one person.
public struct Finding: Hashable, Sendable {
  /// The row's line.
  public var line: UInt32
  /// The person's label.
  public var person: UInt32
  public var reasons: Reasons
  /// `matched`, `matchedOtherName` or `similar`.
  public var outcome: Outcome
  /// 0…100; 100 for the whole number that is the person's. It orders candidates; it is no probability.
  public var score: UInt8
  /// More than one person is meant by the row, as far as its cells say.
  public var isAmbiguous: Bool
}

/// What many rows came to. Rows may be compared in parts, each into an answer of its own, which are then put together.
public struct Answer: Sendable {
  /// In the order of the rows; those of one row by their score.
  public internal(set) var findings: [Finding] = []
  /// One for each row, in their order.
  public internal(set) var outcomes: [Outcome] = []
  /// Rows of which persons were left out because a limit was reached (`ComparisonLimits`), by line.
  public internal(set) var cutLines: [UInt32] = []
  /// By person in the order of the population.
  var matched: BitRow
  var similar: BitRow

  public init(for population: Population) {
    matched = BitRow(count: population.count)
    similar = BitRow(count: population.count)
  }

  /// Appends what later rows came to.
  public mutating func append(_ later: Answer) {
    findings += later.findings
    outcomes += later.outcomes
    cutLines += later.cutLines
    matched.formUnion(later.matched)
    similar.formUnion(later.similar)
  }

  public func count(_ outcome: Outcome) -> Int { outcomes.count { $0 == outcome } }

  mutating func removeRows() {
    findings.removeAll(keepingCapacity: true)
    outcomes.removeAll(keepingCapacity: true)
    cutLines.removeAll(keepingCapacity: true)
  }

  /// Hands over what the rows so far came to, and forgets it; which persons were matched stays. A list of any length is
  /// compared in little memory this way.
  public mutating func drain(_ body: (_ findings: Span<Finding>, _ outcomes: Span<Outcome>) -> Void) {
    body(findings.span, outcomes.span)
    removeRows()
  }
}

/// One bit for each person.
struct BitRow: Sendable {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  subscript(place: Int) -> Bool { words[place >> 6] >> UInt64(place & 63) & 1 == 1 }

  mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

  mutating func formUnion(_ other: BitRow) {
    for place in words.indices where place < other.words.count { words[place] |= other.words[place] }
  }
}
