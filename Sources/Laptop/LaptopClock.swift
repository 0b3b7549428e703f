// LaptopClock: civil time of this machine, as a value that tests replace.

internal import Glibc
internal import Relief
public import XForm

public struct LaptopClock: Sendable {
  /// Milliseconds since 1970.
  public var milliseconds: @Sendable () -> UInt64
  /// Civil time with its offset.
  public var now: @Sendable () -> Moment
  /// IANA name of the zone.
  public var timeZone: String
  /// Somebody said what time it is: the machine was not asked, so no record vouches for it.
  public var isGiven = false

  public init(
    milliseconds: @escaping @Sendable () -> UInt64, now: @escaping @Sendable () -> Moment, timeZone: String = "Asia/Shanghai"
  ) {
    self.milliseconds = milliseconds
    self.now = now
    self.timeZone = timeZone
  }

  /// The machine's clock in China's civil time.
  public static let system = LaptopClock(
    milliseconds: {
      let time = readClock()
      return UInt64(max(0, time.tv_sec)) * 1000 + UInt64(max(0, time.tv_nsec / 1_000_000))
    },
    now: {
      let time = readClock()
      return civil(seconds: time.tv_sec, millisecond: Int(time.tv_nsec / 1_000_000))
    })

  /// China's civil time of a moment: UTC+8 the whole year, in the whole country. The machine's own zone is not asked: an old laptop
  /// whose zone was never set would put an evening's visits on the wrong day, and every day the county names (a list's first and last,
  /// a deadline) is meant in this time. docs/decisions/0003.
  public static func civil(seconds: Int, millisecond: Int) -> Moment {
    let minutesEast = 8 * 60
    let (local, overflow) = seconds.addingReportingOverflow(minutesEast * 60)
    let day = (overflow ? 0 : local).floored(by: 86_400)
    let date = CivilDate(dayNumber: day.quotient)
    let second = day.remainder
    return Moment(
      year: date?.year ?? 1970, month: date?.month ?? 1, day: date?.day ?? 1, hour: second / 3600, minute: second / 60 % 60,
      second: second % 60, millisecond: millisecond, offsetMinutes: minutesEast)
  }

  private static func readClock(_ clock: clockid_t = CLOCK_REALTIME) -> timespec {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return time
  }

  /// A clock that was set to a moment when it was made and has run on since; the machine's own date does not move it. Civil time is
  /// China's here too.
  public static func given(_ start: Moment) -> LaptopClock {
    let day = CivilDate(start.date)?.dayNumber ?? 0
    let local = ((day * 24 + start.hour) * 60 + start.minute) * 60 + start.second
    let first = (local - start.offsetMinutes * 60) * 1000 + start.millisecond
    let made = monotonicMilliseconds()
    let read: @Sendable () -> Int = { first + monotonicMilliseconds() - made }
    var clock = LaptopClock(
      milliseconds: { UInt64(max(0, read())) },
      now: {
        let (seconds, millisecond) = read().floored(by: 1000)
        return civil(seconds: seconds, millisecond: millisecond)
      })
    clock.isGiven = true
    return clock
  }

  private static func monotonicMilliseconds() -> Int {
    let time = readClock(CLOCK_MONOTONIC)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// A clock that stands still: the same day on every run.
  public static func fixed(_ moment: Moment, milliseconds: UInt64) -> LaptopClock {
    LaptopClock(milliseconds: { milliseconds }, now: { moment })
  }

  /// `2026-11-24T09:30:05+08:00`, as records carry it.
  public func wall() -> String {
    let moment = now()
    let clock = moment.time.split(separator: ".", maxSplits: 1)
    let zone = moment.time.drop { $0 != "Z" && $0 != "+" && $0 != "-" }
    return moment.date + "T" + (clock.first ?? "00:00:00") + zone
  }

  /// `2026-11-24`.
  public var today: String { now().date }

  /// Seconds that this machine and the county may differ before nobody relies on this machine's time any more.
  public static let aheadSecondsMax = 300

  public static func isWrong(by seconds: Int) -> Bool { abs(seconds) > aheadSecondsMax }

  /// A clock before this program existed, or a lifetime after, cannot be right, and a given one is not the machine's; records say so.
  public var isBelievable: Bool { !isGiven && (2026...2090).contains(now().year) }
}

extension Int {
  /// Quotient rounded down and the remainder that is never negative.
  fileprivate func floored(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
