// AnswerValue: what text becomes when it is stored: an answer, a default, a calculation's result, by the node's type. The forms are
// JavaRosa's: whole numbers without leading zeros, decimals as Java writes a double, dates padded, times with their offset,
// places as four numbers, selections parted by one space.

struct AnswerValue: Equatable, Sendable {
  var text: String
  var kind: XPathKind

  static let empty = AnswerValue(text: "", kind: .text)

  /// A typed text; nil when it is no value of the type.
  static func read(_ text: String, as type: ValueType, offsetMinutes: Int) -> AnswerValue? {
    if text.isEmpty { return .empty }
    switch type {
    case .untyped, .string, .choice, .binary: return AnswerValue(text: text, kind: .text)
    case .choices: return AnswerValue(text: text.words.joined(separator: " "), kind: .text)
    case .integer: return Int32(text.trimmed).map { AnswerValue(text: String($0), kind: .integer) }
    case .decimal: return number(text).map { AnswerValue(text: XPathNumber.javaText($0), kind: .decimal) }
    case .boolean: return boolean(text).map { AnswerValue(text: $0 ? "1" : "0", kind: .boolean) }
    case .date, .time, .dateTime: return point(text.trimmed, as: type, offsetMinutes: offsetMinutes)
    case .geopoint: return place(text).map { AnswerValue(text: $0, kind: .text) }
    case .geotrace, .geoshape: return places(text).map { AnswerValue(text: $0, kind: .text) }
    }
  }

  /// A default or stored text: what is no value of the type stays as it is, nothing is lost.
  static func load(_ text: String, as type: ValueType, offsetMinutes: Int) -> AnswerValue {
    let text = text.trimmed
    return read(text, as: type, offsetMinutes: offsetMinutes) ?? AnswerValue(text: text, kind: .text)
  }

  /// The result of a calculation.
  static func wrap(_ result: XPathAtom, as type: ValueType, offsetMinutes: Int) -> AnswerValue {
    switch result {
    case .string(let text) where text.isEmpty: return .empty
    case .number(let number) where number.isNaN: return .empty
    default: break
    }
    if type == .boolean { return AnswerValue(text: truth(of: result) ? "1" : "0", kind: .boolean) }
    switch result {
    case .boolean(let value): return AnswerValue(text: value ? "1" : "0", kind: .boolean)
    case .number(let number): return wrap(number, as: type)
    case .date(let instant):
      switch type {
      case .date: return AnswerValue(text: instant.dateText, kind: .date)
      case .time: return AnswerValue(text: instant.timeText, kind: .time)
      default: return AnswerValue(text: instant.dateTimeText, kind: .dateTime)
      }
    case .string(let text):
      switch type {
      case .geopoint: return AnswerValue(text: place(text) ?? text, kind: .text)
      case .geotrace, .geoshape: return AnswerValue(text: places(text) ?? text, kind: .text)
      case .choices: return AnswerValue(text: text.words.joined(separator: " "), kind: .text)
      default: return AnswerValue(text: text, kind: .text)
      }
    }
  }

  private static func truth(of result: XPathAtom) -> Bool {
    switch result {
    case .boolean(let value): value
    case .number(let number): abs(number) > 1e-12 && !number.isNaN
    case .string(let text): !text.isEmpty
    case .date: true
    }
  }

  private static func wrap(_ number: Double, as type: ValueType) -> AnswerValue {
    let isWhole = abs(number) < 9.2e18 && abs(number - number.rounded(.towardZero)) < 1e-9
    if type == .integer {
      let bounded = min(max(number, -2_147_483_648), 2_147_483_647)
      return AnswerValue(text: String(Int(bounded)), kind: .integer)
    }
    if isWhole { return AnswerValue(text: String(Int64(number)), kind: .integer) }
    return AnswerValue(text: XPathNumber.javaText(number), kind: .decimal)
  }

  // MARK: Single forms

  private static func number(_ text: String) -> Double? {
    let text = text.trimmed
    guard !text.isEmpty, text.utf8.count <= 64,
      text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }), let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  private static func boolean(_ text: String) -> Bool? {
    switch text.trimmed {
    case "1", "true", "t": true
    case "0", "false", "f": false
    default: nil
    }
  }

  private static func point(_ text: String, as type: ValueType, offsetMinutes: Int) -> AnswerValue? {
    if type == .time {
      guard let time = XPathDate.parseTime(text[...]) else { return nil }
      var minutes = time.milliseconds
      if let offset = time.offset {
        let day = Int(XPathDate.dayMilliseconds)
        minutes = (minutes + (offsetMinutes - offset) * 60_000 % day + day) % day
      }
      let moment = Moment(
        year: 1970, month: 1, day: 1, hour: minutes / 3_600_000, minute: minutes / 60_000 % 60,
        second: minutes / 1_000 % 60, millisecond: minutes % 1_000, offsetMinutes: offsetMinutes)
      return AnswerValue(text: moment.time, kind: .time)
    }
    guard let instant = XPathDate.parse(text, offset: offsetMinutes) else { return nil }
    if type == .date { return AnswerValue(text: instant.dateText, kind: .date) }
    return AnswerValue(text: instant.dateTimeText, kind: .dateTime)
  }

  /// "lat lon [altitude [accuracy]]" as four numbers.
  static func place(_ text: String) -> String? {
    let parts = text.words
    guard parts.count >= 2, parts.count <= 4 else { return nil }
    var numbers: [Double] = []
    for part in parts {
      guard let number = number(part) else { return nil }
      numbers.append(number)
    }
    guard abs(numbers[0]) <= 90, abs(numbers[1]) <= 180 else { return nil }
    while numbers.count < 4 { numbers.append(0) }
    return numbers.map { XPathNumber.javaText($0) }.joined(separator: " ")
  }

  static func places(_ text: String) -> String? {
    var list: [String] = []
    for part in text.split(separator: ";") where !String(part).trimmed.isEmpty {
      guard let place = place(String(part)) else { return nil }
      list.append(place)
    }
    return list.isEmpty ? nil : list.joined(separator: "; ")
  }
}
