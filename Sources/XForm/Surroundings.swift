// Surroundings: all that a form may ask of the world, as values: the clock, randomness, who and what device, the last saved instance.
// A session made with the same surroundings and the same answers is the same session: tests and replays depend on it.

extension Moment: CustomStringConvertible {
  /// "2026-11-24"
  public var date: String { "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))" }

  /// "09:30:05.000+08:00", the form in which ODK writes a time.
  public var time: String {
    let clock = "\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2)).\(digits(millisecond, 3))"
    if offsetMinutes == 0 { return clock + "Z" }
    let offset = Int(offsetMinutes.magnitude)
    return clock + (offsetMinutes < 0 ? "-" : "+") + "\(digits(offset / 60, 2)):\(digits(offset % 60, 2))"
  }

  /// "2026-11-24T09:30:05.000+08:00", the form in which ODK writes a dateTime.
  public var description: String { "\(date)T\(time)" }

  /// Reads "2026-11-24T09:30:05+08:00"; nil when it is no date and time with an offset.
  public init?(_ text: String) {
    guard let separator = text.firstIndex(of: "T"),
      let time = XPathDate.parseTime(text[text.index(after: separator)...]), let offset = time.offset,
      let instant = XPathDate.parse(text, offset: offset)
    else { return nil }
    self = XPathInstant(milliseconds: instant.milliseconds, offsetMinutes: offset).moment
  }

  private func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
  }
}

public struct Surroundings: Sendable {
  public var now: @Sendable () -> Moment
  /// 64 fresh random bits a call; identifiers (uuid) and random() are made from it.
  public var random: @Sendable () -> UInt64
  public var deviceID: String
  public var userName: String
  public var phoneNumber: String
  public var email: String
  /// The XML of the last finished instance of this form (jr://instance/last-saved); nil: there is none.
  public var lastSaved: [UInt8]?

  public init(
    now: @escaping @Sendable () -> Moment, random: @escaping @Sendable () -> UInt64, deviceID: String = "",
    userName: String = "", phoneNumber: String = "", email: String = "", lastSaved: [UInt8]? = nil
  ) {
    self.now = now
    self.random = random
    self.deviceID = deviceID
    self.userName = userName
    self.phoneNumber = phoneNumber
    self.email = email
    self.lastSaved = lastSaved
  }

  /// A version-4 UUID in lower case, from two draws of `random`.
  public func uuid() -> String {
    let high = (random() & ~0xF000) | 0x4000
    let low = (random() & ~(0xC000_0000_0000_0000)) | 0x8000_0000_0000_0000
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, word) in [high, low].enumerated() {
      for nibble in 0..<16 {
        let place = index * 16 + nibble
        if place == 8 || place == 12 || place == 16 || place == 20 { text.append(UInt8(ascii: "-")) }
        text.append(digits[Int((word >> UInt64(60 - nibble * 4)) & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
