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

  @Test(arguments: [
    ("2026-11-24T09:30:00+08:00", 1_795_483_800_000, "2026-11-24T09:30"), ("1970-01-01T00:00:00Z", 0, "1970-01-01T08:00"),
    ("2028-02-29T23:00:00.250-05:30", 1_835_497_800_250, "2028-03-01T12:30"),
  ])
  func aGivenClockStartsWhereItWasSet(_ text: String, _ milliseconds: UInt64, _ wall: String) throws {
    let clock = LaptopClock.given(try #require(Moment(text)))
    #expect(clock.milliseconds() >= milliseconds && clock.milliseconds() - milliseconds < 10_000, "\(clock.milliseconds())")
    #expect(clock.wall().hasPrefix(wall) && clock.wall().hasSuffix("+08:00"), "\(clock.wall())")
  }

  @Test func aGivenClockRunsOnAndIsNotBelieved() throws {
    let start = try #require(Moment("2026-11-24T09:30:00+08:00"))
    let clock = LaptopClock.given(start)
    let before = clock.milliseconds()
    while clock.milliseconds() == before {}
    #expect(clock.milliseconds() > before)
    #expect(!clock.isBelievable)
    #expect(LaptopClock.fixed(start, milliseconds: 0).isBelievable)
  }
}

@Suite struct ClockAgainstTheCountyTests {
  @Test func recordsSayThatTheClockIsWrongUntilASyncFindsItRight() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Desk.open(disk)
    #expect(laptop.clockIsBelieved, "nobody said otherwise")
    for (ahead, isBelieved) in [(-400, false), (-420, false), (299, true), (90_000, false), (0, true)] {
      let desk = try SyncDesk(Desk.directory, keys: laptop.keys, disk: disk)
      try desk.receipts.keep(clockAhead: ahead)
      desk.close()
      try laptop.refresh()
      #expect(laptop.clockIsBelieved == isBelieved, "\(ahead)")
    }
    laptop.close()
    let again = try Desk.open(disk)
    #expect(again.clockAhead == 0)
  }
}
