import Testing
import XForm

@testable import Laptop

/// Civil time is China's, whatever zone the machine stands in (docs/decisions/0003).
@Suite struct ClockTests {
  @Test(arguments: [
    (seconds: 1_795_622_399, "2026-11-25", "23:59:59"), (seconds: 1_795_622_400, "2026-11-26", "00:00:00"),
    (seconds: 0, "1970-01-01", "08:00:00"), (seconds: -28_801, "1969-12-31", "23:59:59"),
    (seconds: 1_709_136_000, "2024-02-29", "00:00:00"),
  ]) func dayTurnsAtSixteenHoursUTC(seconds: Int, date: String, time: String) {
    let moment = LaptopClock.civil(seconds: seconds, millisecond: 7)
    #expect(moment.date == date)
    #expect(moment.time.hasPrefix(time))
    #expect(LaptopClock.fixed(moment, milliseconds: 0).wall() == "\(date)T\(time)+08:00")
  }

  @Test func aClockBeyondTheCalendarIsNotBelieved() {
    for seconds in [Int.max, Int.min] {
      let moment = LaptopClock.civil(seconds: seconds, millisecond: 0)
      #expect(!LaptopClock.fixed(moment, milliseconds: 0).isBelievable)
    }
  }
}
