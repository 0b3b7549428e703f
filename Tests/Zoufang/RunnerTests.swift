// The runner with a real data directory and the real screens, without a terminal: what it answers when the disk or the county's form is
// not as it should be.

import Laptop
import Relief
import Screens
import Synchronization
import Terminal
import Testing
import Wire
import XForm

@testable import zoufang

@Suite struct RunnerTests {
  /// The practice village: open, with a program on its list.
  static func practising(_ room: Room, clock: LaptopClock = Room.clock) throws -> Bench {
    let runner = try Runner(directory: DataDirectory(room.path), passphrase: nil, practice: true, clock: clock)
    return Bench(runner, Program(try runner.begin()))
  }

  /// A visit that met nobody, up to the key that finishes it.
  static func typedVisit(_ bench: inout Bench) {
    bench.press(.down, .enter)
    bench.type("41")
    #expect(bench.title.contains("抬头"), "\(bench.text)")
  }

  // MARK: What stands is never said not to

  @Test func aRecordThatStandsIsReportedThoughTheListCannotBeMade() throws {
    let room = try Room()
    var bench = try Self.practising(room)
    Self.typedVisit(&bench)
    let laptop = try #require(bench.runner.laptop)
    let before = laptop.pendingUploadCount
    // From here on the drafts cannot be listed; records can be written.
    let drafts = laptop.directory.drafts
    try room.move(drafts, to: drafts + "-away")
    try room.write([], to: drafts)
    bench.press(.function(10))
    #expect(bench.text.contains("回执号"), "\(bench.text)")
    #expect(laptop.pendingUploadCount == before + 1)
    bench.press(.enter)
    #expect(bench.title.contains("今日走访"), "\(bench.text)")
    bench.press(.down)
    #expect(laptop.pendingUploadCount == before + 1, "once")
    // As soon as it can be made, the list knows.
    try room.remove(drafts)
    try room.move(drafts + "-away", to: drafts)
    bench.press(.up)
    #expect(bench.title.contains("待传 \(before + 1)"), "\(bench.text)")
    #expect(bench.text.contains("未遇"))
    #expect(!bench.lines.contains { $0.contains("草稿") })
  }

  @Test func aRemarkIsInTheRecord() throws {
    let room = try Room()
    var bench = try Self.practising(room)
    Self.typedVisit(&bench)
    bench.press(.function(2))
    bench.type("下周再来")
    bench.press(.enter, .function(10))
    #expect(bench.text.contains("回执号"), "\(bench.text)")
    let register = try #require(bench.runner.laptop?.register)
    let noted = register.entities(of: FactList.household).flatMap { register.visits(of: $0) }.flatMap(\.notes)
    #expect(noted.map(\.text) == ["下周再来"])
    // The visit names what was known when it was typed, so that what it says takes that place.
    let visit = try #require(register.entities(of: FactList.household).flatMap { register.visits(of: $0) }.first)
    let roster = try #require(register.record(visit.record)?.supersedes.compactMap { register.record($0) })
    #expect(roster.contains { $0.type == .roster && $0.household == visit.household })
  }

  @Test func recordsOfAScreenThatStandAreReportedToo() throws {
    let room = try Room()
    let bench = try Self.practising(room)
    let laptop = try #require(bench.runner.laptop)
    let drafts = laptop.directory.drafts
    try? room.remove(drafts)
    try room.write([], to: drafts)
    let answer = bench.runner.perform(.write([NewRecord(.review, division: "130599100201")]))
    guard case .written(nil)? = answer.first else {
      Issue.record("\(answer)")
      return
    }
    #expect(laptop.pendingUploadCount == 1)
  }

  // MARK: Numbers

  @Test func numbersAreShownOnlyWithTheirLineInTheTrail() throws {
    let room = try Room()
    let bench = try Self.practising(room)
    let laptop = try #require(bench.runner.laptop)
    let household = try #require(laptop.register.entities(of: FactList.household).first)
    guard case .unmasked(household)? = bench.runner.perform(.auditUnmask(household: household, purpose: .identity)).first else {
      Issue.record("not shown")
      return
    }
    #expect(laptop.pendingUploadCount == 1)
    // The journal is gone from under the program: nothing can be written down any more.
    laptop.close()
    try room.remove(laptop.directory.journal)
    let answer = bench.runner.perform(.auditUnmask(household: household, purpose: .identity))
    guard case .notUnmasked(household, _)? = answer.first else {
      Issue.record("\(answer)")
      return
    }
  }

  // MARK: Midnight

  @Test func aNewDayBeginsAtMidnightWithoutARestart() throws {
    let room = try Room()
    let day = Mutex(24)
    let clock = LaptopClock(
      milliseconds: { 1_795_483_805_000 },
      now: { day.withLock { Moment(year: 2026, month: 11, day: $0, hour: 23, minute: 59, second: 58, offsetMinutes: 480) } })
    var bench = try Self.practising(room, clock: clock)
    #expect(bench.title.contains("2026-11-24"), "\(bench.text)")
    bench.press(.down)
    #expect(bench.title.contains("2026-11-24"))
    day.withLock { $0 = 25 }
    bench.press(.down)
    #expect(bench.title.contains("2026-11-25"), "\(bench.text)")
  }

  @Test func theProgramWakesAtMidnight() {
    let late = Moment(year: 2026, month: 11, day: 24, hour: 23, minute: 59, second: 58, millisecond: 400, offsetMinutes: 480)
    #expect(Runner.untilMidnight(late) == 1_601)
    let early = Moment(year: 2026, month: 11, day: 24, hour: 0, minute: 0, second: 0, offsetMinutes: 480)
    #expect(Runner.untilMidnight(early) == 86_400_001)
  }

  // MARK: Published forms

  /// One form with a mistake in it, published to every laptop of a county, must not stop the county's visits.
  @Test func aPublishedFormThatDoesNotParseIsPassedOver() throws {
    let room = try Room()
    var bench = try Self.practising(room)
    let laptop = try #require(bench.runner.laptop)
    let good = String(decoding: try #require(Place.shipped("forms/household-visit.xml")), as: UTF8.self)
    try Self.publish(good.replacing("入户走访</h:title>", with: "十二月走访</h:title>"), version: "2026120101", on: laptop)
    try Self.publish("<h:html", version: "2026120102", on: laptop)
    bench.send(.opened(try #require(bench.runner.fresh())))
    #expect(bench.message == "新走访表有错：先用旧表，请联系县里", "\(bench.text)")
    bench.press(.down, .enter)
    #expect(bench.title.contains("抬头"), "\(bench.text)")
    #expect(bench.runner.fresh()?.visitForm.definition.title == "十二月走访")
  }

  @Test func whereNoPublishedFormParsesTheShippedOneIsTyped() throws {
    let room = try Room()
    let bench = try Self.practising(room)
    let laptop = try #require(bench.runner.laptop)
    try Self.publish("<h:html", version: "2026120102", on: laptop)
    let workspace = try #require(bench.runner.fresh())
    #expect(workspace.visitForm.definition.title == "入户走访")
    #expect(workspace.hasBrokenForm)
  }

  static func publish(_ xform: String, version: String, on laptop: Laptop) throws {
    try laptop.append(
      Record(
        id: laptop.makeID(), type: .form, division: "130599", author: laptop.enrolment.author, device: "county",
        wall: laptop.clock.wall(),
        facts: [
          Fact(
            list: FactList.form, entity: "household-visit",
            properties: [Property("version", version), Property("hash", "h" + version)])
        ], body: ["xform": xform]))
  }

  // MARK: Causes

  @Test func aFileInPlaceOfTheDataDirectoryIsNamed() throws {
    let room = try Room()
    let file = room.path + "/file"
    try room.write([120], to: file)
    for path in [file, file + "/below"] {
      let failure = #expect(throws: CommandFailure.self) { try Place.dataDirectory(path) }
      #expect(failure?.description == "\(path) 不是目录：请用 --data 写明放数据的目录")
    }
    #expect(try Place.dataDirectory(room.path + "/not-there-yet") == room.path + "/not-there-yet")
  }

  @Test func everyFaultOfOpeningHasASentenceThatSaysWhatToDo() {
    let faults: [OpenFault] = [
      .newerVersion, .inUse, .noSuchDraft, .notEnrolled, .keysDamaged, .sealingUnavailable, .damaged(lines: 3), .noPermission, .notShipped,
      .unknownForm(id: "f", version: "1"), .brokenForm(file: "f.xml", line: 12, node: "/data"), .system(errno: 5),
    ]
    for fault in faults where fault != .noSuchDraft {
      let sentence = CommandFailure(.open(fault)).description
      #expect(sentence.contains("：请"), "\(sentence)")
      #expect(!sentence.contains("OpenFault") && !sentence.contains("Optional"))
    }
  }
}

extension RunnerTests {
  static func clock(day: Int, month: Int = 11) -> LaptopClock {
    .fixed(
      Moment(year: 2026, month: month, day: day, hour: 9, minute: 30, second: 5, offsetMinutes: 480),
      milliseconds: UInt64(1_795_483_805_000 + (day + (month - 11) * 30 - 24) * 86_400_000))
  }

  /// Rows of the list that nobody has visited.
  static func unvisited(_ bench: Bench) throws -> Int {
    let laptop = try #require(bench.runner.laptop)
    let day = try #require(CivilDate(laptop.clock.today))
    let place = try #require(Division("130599"))
    return laptop.register.sweep(on: day, in: place).count { $0.state == .unvisited }
  }

  // MARK: Printing and sending

  /// Lines of the trail after 打印: one for the paper, and where the printer did not take it one that says so.
  @Test(arguments: [(ProgramEvent.printed, 1, "已送打印机"), (.notPrinted(status: 1), 2, "打印没有成功"), (.notPrinted(status: -1), 2, "没有打印程序")])
  func theTrailSaysWhatThePrinterTook(outcome: ProgramEvent, lines: Int, said: String) throws {
    let room = try Room()
    let runner = try Runner(
      directory: DataDirectory(room.path), passphrase: nil, practice: true, clock: Room.clock, printer: { _, _ in outcome })
    var bench = Bench(runner, Program(try runner.begin()))
    bench.press(.function(12))
    #expect(bench.message.hasPrefix(said), "\(bench.text)")
    #expect(runner.laptop?.pendingUploadCount == lines)
  }

  @Test func thePracticeVillageSaysThatNothingIsSent() throws {
    var bench = try Self.practising(try Room())
    bench.press(.function(9))
    #expect(bench.text.contains("练习村不上报"), "\(bench.text)")
    #expect(!bench.text.contains("下次接着传"))
  }

  @Test func thePracticeListIsOfTheDayItIsOpenedOn() throws {
    let room = try Room()
    var bench = try Self.practising(room, clock: Self.clock(day: 24))
    let all = try Self.unvisited(bench)
    #expect(all > 10)
    Self.typedVisit(&bench)
    bench.press(.function(10), .enter)
    #expect(try Self.unvisited(bench) < all)
    bench.runner.laptop?.close()
    // The same day: what was done is done.
    bench = try Self.practising(room, clock: Self.clock(day: 24))
    #expect(try Self.unvisited(bench) < all)
    bench.runner.laptop?.close()
    // Later days, also long after the first list ended: everybody is to be visited again, each once; the old visit stands.
    for (day, month) in [(25, 11), (24, 12), (30, 12)] {
      bench = try Self.practising(room, clock: Self.clock(day: day, month: month))
      #expect(try Self.unvisited(bench) == all, "\(month)-\(day)")
      #expect(bench.runner.laptop?.pendingUploadCount ?? 0 >= 1)
      bench.runner.laptop?.close()
    }
  }
}
