// LaptopClock: civil time of this machine, as a value that tests replace.

internal import Glibc
public import XForm

public struct LaptopClock: Sendable {
  /// Milliseconds since 1970.
  public var milliseconds: @Sendable () -> UInt64
  /// Civil time with the offset of the machine's zone.
  public var now: @Sendable () -> Moment
  /// IANA name of the zone.
  public var timeZone: String

  public init(
    milliseconds: @escaping @Sendable () -> UInt64, now: @escaping @Sendable () -> Moment, timeZone: String = "Asia/Shanghai"
  ) {
    self.milliseconds = milliseconds
    self.now = now
    self.timeZone = timeZone
  }

  /// The machine's clock and zone.
  public static let system = LaptopClock(
    milliseconds: {
      let time = readClock()
      return UInt64(max(0, time.tv_sec)) * 1000 + UInt64(max(0, time.tv_nsec) / 1_000_000)
    },
    now: {
      let time = readClock()
      var seconds = time.tv_sec
      var civil = unsafe tm()
      _ = unsafe localtime_r(&seconds, &civil)
      return unsafe Moment(
        year: Int(civil.tm_year) + 1900, month: Int(civil.tm_mon) + 1, day: Int(civil.tm_mday), hour: Int(civil.tm_hour),
        minute: Int(civil.tm_min), second: min(59, Int(civil.tm_sec)), millisecond: Int(time.tv_nsec / 1_000_000),
        offsetMinutes: civil.tm_gmtoff / 60)
    },
    timeZone: zone())

  /// IANA name of the machine's zone: what /etc/localtime points to.
  private static func zone() -> String {
    var bytes = [CChar](repeating: 0, count: 512)
    let count = unsafe readlink("/etc/localtime", &bytes, bytes.count)
    guard count > 0, count < bytes.count else { return "UTC" }
    let path = String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let marker = "zoneinfo/"
    guard let at = path.utf8.indices.first(where: { path.utf8[$0...].starts(with: marker.utf8) }) else { return "UTC" }
    return String(path[path.index(at, offsetBy: marker.count)...])
  }

  private static func readClock() -> timespec {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time
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

  /// A clock before this program existed, or a lifetime after, cannot be right; records say so.
  public var isBelievable: Bool { (2026...2090).contains(now().year) }
}
