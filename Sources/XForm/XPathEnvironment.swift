// What an evaluation takes from outside the tree: clock, randomness, device. The engine has none of its own, so that a
// replayed form gives the same answers.

/// A civil date and time with the offset it was read at.
public struct Moment: Hashable, Sendable {
  public var year: Int
  /// 1...12
  public var month: Int
  /// 1...31
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  public var millisecond: Int
  /// Minutes east of UTC: +480 in China.
  public var offsetMinutes: Int

  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0,
    offsetMinutes: Int
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
    self.offsetMinutes = offsetMinutes
  }
}

/// What the world answers while one expression is evaluated.
public struct XPathEnvironment: Sendable {
  /// `now()` and `today()`; its offset is the local time of every date.
  public var now: Moment
  /// `random()`, `uuid()`, `randomize()` without a seed.
  public var random: @Sendable () -> UInt64
  /// `property('deviceid')`; nil is answered as "".
  public var property: @Sendable (String) -> String?
  /// `version()`
  public var formVersion: String
  /// The language of month and day names in `format-date`: a tag or a name as the form's itext writes it.
  public var language: String

  public init(
    now: Moment,
    random: @escaping @Sendable () -> UInt64,
    property: @escaping @Sendable (String) -> String? = { _ in nil },
    formVersion: String = "",
    language: String = ""
  ) {
    self.now = now
    self.random = random
    self.property = property
    self.formVersion = formVersion
    self.language = language
  }
}
