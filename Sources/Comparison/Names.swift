// 姓名: folded to what two writings of one name have in common, and compared.

internal import Pinyin

/// A character of a folded name: its scalar, `placeholder`, or `firstSyllable` and on for a character typed as its pinyin.
enum NameToken {
  static let placeholder: UInt32 = 1
  static let firstSyllable: UInt32 = 0x11_0000
}

/// How two names stand to each other, the closest first.
enum NameRelation: UInt8 {
  /// Byte by byte.
  case same
  /// Apart from blanks, dots, full-width letters, 异体字 and 繁体.
  case variant
  /// The surname in its other writing (闫阎).
  case surname
  /// Other characters of the same pinyin.
  case homophone
  /// One character is a 形近字 of the other.
  case lookAlike
  /// One character could not be typed on one side: a placeholder, or a rare character.
  case unclear
  /// One character is another one.
  case oneCharacter
  case differs
  /// One side has no name.
  case missing
}

/// Two names to be compared, folded; kept and used again so that no row allocates.
struct NameBench {
  private(set) var row: [UInt32] = []
  private var person: [UInt32] = []
  private var letters: [UInt8] = []

  mutating func take(row bytes: Span<UInt8>) { Self.fold(bytes, into: &row, &letters) }

  /// - Parameters: the same bytes that `take(row:)` got, and the person's.
  mutating func relation(_ rowBytes: Span<UInt8>, _ personBytes: Span<UInt8>) -> NameRelation {
    if row.isEmpty { return .missing }
    if rowBytes.isSame(as: personBytes) { return .same }
    Self.fold(personBytes, into: &person, &letters)
    return person.isEmpty ? .missing : Self.relation(row, person)
  }

  static func relation(_ one: [UInt32], _ other: [UInt32]) -> NameRelation {
    guard one.count == other.count else { return .differs }
    var homophones = 0
    var rest = 0
    var last = NameRelation.variant
    for place in one.indices where one[place] != other[place] {
      let relation = characters(one[place], other[place], isFirst: place == 0)
      if relation == .homophone { homophones += 1 } else { rest += 1 }
      if relation != .homophone || last == .variant { last = relation }
    }
    if rest == 0 { return homophones == 0 ? .variant : .homophone }
    return rest == 1 && homophones == 0 && one.count > 1 ? last : .differs
  }

  private static func characters(_ one: UInt32, _ other: UInt32, isFirst: Bool) -> NameRelation {
    if one == NameToken.placeholder || other == NameToken.placeholder { return .unclear }
    if isFirst && Characters.areOneSurname(one, other) { return .surname }
    let sound = Sounds.table.sound(of: one, isFirst: isFirst)
    if sound != 0 && sound == Sounds.table.sound(of: other, isFirst: isFirst) { return .homophone }
    if Characters.lookAlike(one, other) { return .lookAlike }
    return Characters.isRare(one) || Characters.isRare(other) ? .unclear : .oneCharacter
  }

  /// Empty for no name, and for one that is too long to be one.
  static func fold(_ bytes: Span<UInt8>, into tokens: inout [UInt32], _ letters: inout [UInt8]) {
    tokens.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    var lastWasPlaceholder = false
    var scalars = Scalars()
    while let scalar = scalars.next(in: bytes) {
      let plain = Scalars.halfWidth(scalar)
      if Characters.isDot(plain) || Scalars.isBlank(plain) || Scalars.isQuote(plain) { continue }
      if let letter = lowerLetter(plain) {
        letters.append(letter)
        if letters.count > ComparisonLimits.nameCharactersMax { break }
        continue
      }
      flush(&letters, into: &tokens)
      if Characters.isPlaceholder(plain) {
        // One character that cannot be written becomes several question marks, one a byte.
        let isRun = lastWasPlaceholder && (plain == 0x3F || plain == Scalars.broken)
        if !isRun { tokens.append(NameToken.placeholder) }
        lastWasPlaceholder = true
      } else {
        tokens.append(Characters.usual[plain] ?? plain)
        lastWasPlaceholder = false
      }
      if tokens.count > ComparisonLimits.nameCharactersMax { break }
    }
    flush(&letters, into: &tokens)
    foldWords(&tokens)
    if tokens.count > ComparisonLimits.nameCharactersMax { tokens.removeAll(keepingCapacity: true) }
  }

  private static func lowerLetter(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0x41...0x5A: UInt8(scalar + 32)
    case 0x61...0x7A: UInt8(scalar)
    case 0xFC, 0xDC: UInt8(ascii: "v")  // ü
    default: nil
    }
  }

  /// Letters are one character's pinyin, or stand for themselves (an English name).
  private static func flush(_ letters: inout [UInt8], into tokens: inout [UInt32]) {
    guard !letters.isEmpty else { return }
    let sound = letters.count <= 6 ? Sounds.table.sound(ofSyllable: letters) : 0
    if sound != 0 {
      tokens.append(NameToken.firstSyllable + UInt32(sound))
    } else {
      for letter in letters { tokens.append(UInt32(letter)) }
    }
    letters.removeAll(keepingCapacity: true)
  }

  /// (生僻字) in place of a character is one placeholder.
  private static func foldWords(_ tokens: inout [UInt32]) {
    let word: [UInt32] = [0x751F, 0x50FB, 0x5B57]
    guard tokens.count > word.count, let at = tokens.firstIndex(of: word[0]), Array(tokens[at...].prefix(3)) == word else { return }
    var range = at..<at + word.count
    let open: Set<UInt32> = [0x28, 0x5B, 0x3010, 0x3C]
    let close: Set<UInt32> = [0x29, 0x5D, 0x3011, 0x3E]
    if at > 0, open.contains(tokens[at - 1]), range.upperBound < tokens.count, close.contains(tokens[range.upperBound]) {
      range = range.lowerBound - 1..<range.upperBound + 1
    }
    tokens.replaceSubrange(range, with: [NameToken.placeholder])
  }

  /// The same for all names that sound the same. Two that do not may share it: the names are compared after it.
  static func soundHash(_ tokens: [UInt32]) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for place in tokens.indices {
      let sound = Sounds.table.sound(of: tokens[place], isFirst: place == 0)
      hash = (hash ^ (sound != 0 ? UInt32(sound) : tokens[place] | 1 << 31)) &* 0x0100_0193
    }
    return hash
  }
}

/// The sound of every character as a number: its most usual reading, and for the first one of a name its reading as a surname.
struct Sounds: Sendable {
  static let table = Sounds()

  private static let first: UInt32 = 0x3400
  private static let end: UInt32 = 0xA000
  private var usual: [UInt16] = []
  private var surname: [UInt16] = []
  private var numbers: [String: UInt16] = [:]

  private init() {
    for value in Self.first..<Self.end {
      guard let scalar = Unicode.Scalar(value), let reading = Pinyin.readings(of: scalar).first else {
        usual.append(0)
        surname.append(0)
        continue
      }
      usual.append(number(of: reading))
      surname.append(number(of: Pinyin.spelling(ofName: String(Character(scalar)))))
    }
  }

  private mutating func number(of reading: String) -> UInt16 {
    if let known = numbers[reading] { return known }
    let next = UInt16(numbers.count + 1)
    numbers[reading] = next
    return next
  }

  /// 0 for what has no sound that is known.
  func sound(of token: UInt32, isFirst: Bool) -> UInt16 {
    if token >= Self.first && token < Self.end { return (isFirst ? surname : usual)[Int(token - Self.first)] }
    if token >= NameToken.firstSyllable { return UInt16(truncatingIfNeeded: token - NameToken.firstSyllable) }
    guard token >= 0x2_0000, let scalar = Unicode.Scalar(token), let reading = Pinyin.readings(of: scalar).first else { return 0 }
    return numbers[reading] ?? 0
  }

  /// - Parameter letters: small letters.
  func sound(ofSyllable letters: [UInt8]) -> UInt16 { numbers[String(decoding: letters, as: UTF8.self)] ?? 0 }
}
