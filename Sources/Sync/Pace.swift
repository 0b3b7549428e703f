// How a sync waits between tries: full jitter, from one second, doubled up to five minutes; and how often it tries.

internal import Glibc

public struct Pace {
  /// Waits this many seconds.
  public var pause: (Double) -> Void
  /// A number from 0 to below 1.
  public var random: () -> Double
  /// Seconds since 1970, by this machine's clock.
  public var now: () -> Int
  /// Tries of one request before the sync gives up; what is confirmed stays, the next sync goes on there.
  public var triesMax: Int
  /// Waits longer than this are left to the next sync. The county counts requests by the minute: a first pull of a whole township
  /// reaches that limit, and the wait it is told is a minute at most.
  public var pauseMax: Double

  public init(
    pause: @escaping (Double) -> Void, random: @escaping () -> Double, now: @escaping () -> Int, triesMax: Int = 5,
    pauseMax: Double = 60
  ) {
    self.pause = pause
    self.random = random
    self.now = now
    self.triesMax = triesMax
    self.pauseMax = pauseMax
  }

  public static var real: Pace {
    Pace(
      pause: { seconds in
        let whole = max(0, seconds)
        var left = timespec(tv_sec: Int(whole), tv_nsec: Int((whole - whole.rounded(.down)) * 1_000_000_000))
        var rest = timespec()
        while unsafe nanosleep(&left, &rest) != 0 && errno == EINTR { left = rest }
      },
      random: { Double.random(in: 0..<1) }, now: { time(nil) })
  }

  /// Seconds before try number `number` (1 is the first repetition).
  func wait(before number: Int) -> Double {
    min(300, Double(1 << min(max(0, number - 1), 9))) * random()
  }
}
