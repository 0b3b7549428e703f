// FieldKind: how a question is typed in a terminal, decided from its control, its data type and our `zf:kind`.

import Relief
import XForm

enum FieldKind: Equatable, Sendable {
  /// Free text: kept scalar by scalar, spaces at the ends are dropped.
  case text
  /// A person's or place's name: as text, and the middle dots people type become U+00B7.
  case name
  /// Letters and digits of a code; folded from full-width; `x` becomes `X`.
  case code
  /// 18 characters with a live checksum.
  case identityNumber
  case whole
  case decimal
  case date
  /// Year, year-month or date, as far as people know it.
  case partialDate
  case time
  case chooseOne
  case chooseMany
  /// A trigger: 1 says "seen".
  case acknowledge
  /// Cannot be typed here: a picture, a place on a map, a ranking.
  case unsupported

  init(_ question: Question) {
    switch question.control {
    case .selectOne: self = .chooseOne
    case .selectMultiple: self = .chooseMany
    case .trigger: self = .acknowledge
    case .upload, .rank: self = .unsupported
    case .range: self = question.dataType == .int ? .whole : .decimal
    case .input: self = Self.input(question)
    }
  }

  private static func input(_ question: Question) -> FieldKind {
    switch question.dataType {
    case .int: return .whole
    case .decimal: return .decimal
    case .date: return .date
    case .time: return .time
    case .dateTime, .geopoint, .geotrace, .geoshape, .binary: return .unsupported
    case .boolean, .barcode, .intent, .string: break
    }
    switch question.attributes["kind"] {
    case "idNumber": return .identityNumber
    case "name": return .name
    case "partialDate": return .partialDate
    case "phone", "code", "money", "year", "certificate", "division": return .code
    default: return question.attributes["length"] == nil ? .text : .code
    }
  }

  var isChoice: Bool { self == .chooseOne || self == .chooseMany || self == .acknowledge }

  /// Whether digits and a few marks are all that can be typed.
  var isNumeric: Bool {
    switch self {
    case .identityNumber, .whole, .decimal, .date, .partialDate: true
    default: false
    }
  }

  /// Whether full-width digits and letters mean the plain ones here.
  var folds: Bool {
    switch self {
    case .text, .name, .unsupported: false
    default: true
    }
  }
}

extension Question {
  /// Whether the cursor can stand in it.
  var canBeTyped: Bool { !isReadOnly && FieldKind(self) != .unsupported }
}

/// What was typed, as the form wants it, or what is wrong with it.
enum TypedValue: Equatable {
  case value(String)
  case wrong(Message)
}

extension FieldKind {
  /// The XForms lexical value of a typed line. `today` ("2026-11-24") fills what a short date leaves out.
  func value(of typed: String, today: String) -> TypedValue {
    let text = Folding.trimmed(folds ? Folding.folded(typed) : typed)
    guard !text.isEmpty else { return .value("") }
    switch self {
    case .name: return .value(PersonName.normalized(text))
    case .whole:
      guard let number = Int(text) else { return .wrong(.notWhole) }
      return .value(String(number))
    case .decimal:
      return Folding.isDecimal(text) ? .value(text) : .wrong(.notNumber)
    case .date:
      guard let date = TypedDate(text, today: today) else { return .wrong(.notDate) }
      return .value(date.description)
    case .partialDate:
      guard let date = TypedDate.partial(text) else { return .wrong(.notPartialDate) }
      return .value(date)
    case .time:
      guard let time = TypedDate.time(text) else { return .wrong(.notTime) }
      return .value(time)
    default: return .value(text)
    }
  }
}

/// Folding of what Chinese input methods send into what a code is made of. Never used on names or free text.
enum Folding {
  /// Full-width forms U+FF01…U+FF5E become ASCII, 。 a point, 、 a comma, the ideographic space a space; letters become
  /// capitals.
  static func folded(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(folded(scalar)) }
    return String(scalars)
  }

  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    var value = scalar.value
    switch value {
    case 0xFF01...0xFF5E: value -= 0xFEE0
    case 0x3002: value = 0x2E
    case 0x3001: value = 0x2C
    case 0x3000: value = 0x20
    case 0x2013, 0x2014, 0x2212: value = 0x2D
    default: break
    }
    if 0x61...0x7A ~= value { value -= 0x20 }
    return Unicode.Scalar(value) ?? scalar
  }

  /// As `folded`, with letters in the case they were typed: an address.
  static func narrowed(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSmall = 0x61...0x7A ~= scalar.value || 0xFF41...0xFF5A ~= scalar.value
      let plain = folded(scalar)
      scalars.append(isSmall ? Unicode.Scalar(plain.value + 0x20) ?? plain : plain)
    }
    return String(scalars)
  }

  /// The digit a scalar means, plain or full-width.
  static func digit(_ scalar: Unicode.Scalar) -> Character? {
    let plain = folded(scalar)
    return 0x30...0x39 ~= plain.value ? Character(plain) : nil
  }

  static func trimmed(_ text: String) -> String {
    let isSpace = { (character: Character) in character == " " || character == "\u{3000}" || character == "\t" }
    guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
    else {
      return ""
    }
    return String(text[first...last])
  }

  static func isDecimal(_ text: String) -> Bool {
    var digits = 0
    var points = 0
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x2E: points += 1
      case 0x2D where index == 0: break
      default: return false
      }
    }
    return digits > 0 && points <= 1 && digits <= 15
  }
}
