// What the sync process says to the screens, line by line, and in which words.

import Laptop
import Relief
import Screens
import Sync
import Terminal
import Testing

@testable import zoufang

@Suite struct SyncLinesTests {
  @Test(arguments: [
    SyncNews.progress(.pushing, done: 3, total: 10), .waiting(seconds: 40),
    .finished(SyncOutcome(pushed: 5, pulled: 2, waiting: 0)),
    .finished(SyncOutcome(pushed: 5, pulled: 2, waiting: 1, parked: ["waits": 2, "outside_scope": 1], clockAhead: -7_200)),
    .failed(.refused(code: "fork")), .failed(.captivePortal), .failed(.practice), .failed(.crashed(status: -9)),
    .stick(StickNews(lines: ["收到 2 条，写了 3 个文件", "交换完了"], isGood: true)), .stick(StickNews(lines: [], isGood: false)),
  ]) func newsIsReadAsItIsWritten(news: SyncNews) {
    #expect(SyncLines.news(SyncLines.line(news)) == news)
  }

  /// Where desktops mount sticks; a blank in a name comes as \\040, and the machine's own disks are none.
  @Test func sticksAreTheMountsWhereDesktopsPutThem() {
    let table = """
      /dev/sda1 / ext4 rw 0 0
      /dev/sdb1 /media/wang/MY\\040STICK vfat rw 0 0
      /dev/sdc1 /run/media/wang/B vfat rw 0 0
      /dev/sdb1 /media/wang/MY\\040STICK vfat rw 0 0
      tmpfs /run tmpfs rw 0 0
      /dev/sdd1 /mnt ext4 rw 0 0
      """
    #expect(Sticks.mounted(table) == ["/media/wang/MY STICK", "/run/media/wang/B"])
  }

  @Test func aSentenceCannotBreakTheLine() {
    let line = SyncLines.line(.stick(StickNews(lines: ["a\tb\nfailed noNetwork"], isGood: true)))
    #expect(SyncLines.news(line) == .stick(StickNews(lines: ["a b failed noNetwork"], isGood: true)))
  }

  /// What the line between here and the county can do is said in a sentence of its own, and survives the way to the screens.
  @Test func everyFaultOfTheLineHasItsOwnSentence() {
    let faults: [TransferFault] = [
      .noNetwork, .noSuchName, .refused, .timedOut, .brokenOff, .captivePortal, .wrongCertificate, .certificateTime,
    ]
    let failures = faults.map { SyncFailure($0) }
    #expect(Set(failures.map { SyncSentence.of(.failed($0)) }).count == faults.count)
    for failure in failures { #expect(SyncLines.news(SyncLines.line(.failed(failure))) == .failed(failure)) }
  }

  @Test(arguments: ["finished 1 2", "finished 1 2 3 clock:x", "finished 1 2 3 parked:waits", "finished 1 2 3 other:1", "done", "waiting", "waiting long"])
  func otherLinesAreNoNews(line: String) { #expect(SyncLines.news(line) == nil) }

  @Test func aReasonOfTheCountyCannotBreakTheLine() {
    let outcome = SyncOutcome(pushed: 0, pulled: 0, waiting: 0, parked: ["a b:c\nfailed": 1])
    #expect(SyncLines.news(SyncLines.line(.finished(outcome))) == .finished(
      SyncOutcome(pushed: 0, pulled: 0, waiting: 0, parked: ["a_b_c_failed": 1])))
  }

  @Test func parkedRecordsAndAWrongClockAreOnTheScreenWithWhatToDo() throws {
    let room = try Room()
    var bench = try RunnerTests.practising(room)
    bench.press(.function(9))
    bench.send(.sync(.finished(SyncOutcome(pushed: 3, pulled: 0, waiting: 0, parked: ["outside_scope": 2], clockAhead: -259_200))))
    #expect(bench.text.contains("2 条县里已收下、暂不计入：不在您负责的范围"), "\(bench.text)")
    #expect(bench.text.contains("本机时钟比县里快 3 天：请校准时钟"), "\(bench.text)")
    let said = SyncSentence.lines(.finished(SyncOutcome(pushed: 3, pulled: 0, waiting: 0, parked: ["waits": 1], clockAhead: 600)))
    #expect(said.count == 3 && said[1].contains("到了会自动计入") && said[2].contains("慢 10 分钟"))
  }

  @Test func whileTheClockIsWrongEveryListSaysSo() throws {
    let room = try Room()
    var bench = try RunnerTests.practising(room)
    #expect(!bench.title.contains("时钟不准"))
    var workspace = try #require(bench.runner.fresh())
    workspace.clockAhead = 3_600
    bench.send(.opened(workspace))
    #expect(bench.title.contains("[时钟不准]"), "\(bench.title)")
  }
}
