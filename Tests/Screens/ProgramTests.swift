// The program from the passphrase to the lists: what each key does and what the screen then says.

import Relief
import Support
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct ProgramTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  func script(_ role: Role = .cadre) -> KeyScript { KeyScript(Village.workspace(form, role: role)) }

  func locked() -> KeyScript { KeyScript(.locked, laptop: FakeLaptop(Village.workspace(form))) }

  // MARK: Unlocking

  @Test func theRightPassphraseOpensTheList() {
    var script = locked()
    script.type("长长的口令")
    #expect(!script.text.contains("长长的口令"), "a passphrase is never shown")
    script.press(.enter)
    #expect(script.title.contains("今日走访"))
  }

  @Test func aWrongPassphraseSaysSoAndSlowsDown() {
    var script = locked()
    script.type("错")
    script.press(.enter)
    #expect(script.message == "口令不对：请重新输入")
    script.type("错")
    script.press(.enter)
    #expect(script.message == "口令不对：请等 4 秒再试")
    script.type("长长的口令")
    script.press(.enter)
    #expect(script.message == "口令不对：请等 4 秒再试", "a try is refused while it waits")
    script.send(.waiting(secondsLeft: 3))
    #expect(script.message == "口令不对：请等 3 秒再试")
    script.send(.waiting(secondsLeft: 0))
    script.press(.enter)
    #expect(script.title.contains("今日走访"), "what was typed while waiting is still there")
  }

  @Test func aNewerVersionIsRefusedInWords() {
    var script = locked()
    script.send(.cannotOpen(.newerVersion))
    #expect(script.message == "数据是新版写的：请先升级程序")
  }

  // MARK: First run

  @Test func practiceIsOneDigit() {
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.press(.character("1"))
    #expect(script.title.contains("今日走访"))
    #expect(script.title.contains("[练习]"))
  }

  @Test func enrollingAsksAddressCodeAndThePassphraseTwice() {
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.type("2")
    script.type("10.1.2.3")
    script.press(.enter)
    #expect(script.message == "地址不对：应以 https:// 开头")
    script.press(.control("u"))
    script.type("ｈttps：／／10.1.2.3:8443")
    script.press(.enter)
    script.type("ab3d-9k2m")
    script.press(.enter)
    script.type("短")
    script.press(.enter)
    #expect(script.message == "口令太短：至少 8 个字")
    script.type("今天天气真的很好")
    script.press(.enter)
    script.type("今天天气真的")
    script.press(.enter)
    #expect(script.message == "两次口令不一样：请重输")
    script.type("今天天气真的很好")
    script.press(.enter)
    script.type("今天天气真的很好")
    script.press(.enter)
    #expect(script.laptop.enrolled?.county == "https://10.1.2.3:8443")
    #expect(script.laptop.enrolled?.code == "AB3D-9K2M")
    #expect(script.title.contains("今日走访"))
  }

  /// What is wrong with the slip is said before anybody thinks of a passphrase; all of the code can be seen beside the slip.
  @Test func theSlipIsCheckedBeforeThePassphrase() {
    let code = "28YC-G2TJ-Y3WH-F6GV-JQ5W-85GN-2CAG-0EE2-EEDA-90A0-FEA3"
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.laptop.slipFault = .refused(code: "other_slip")
    script.type("2https://10.1.2.3:8443")
    script.press(.enter)
    script.type(code)
    script.press(.enter)
    #expect(script.message == "登记码后16位不符：没打错就请停下", "\(script.text)")
    #expect(script.cursorLine.contains("一次性登记码：" + code), "\(script.text)")
    script.laptop.slipFault = nil
    script.press(.enter)
    #expect(script.cursorLine.contains("设一个口令"), "\(script.text)")
  }

  /// A passphrase that was typed twice is not asked for again because the code was used up; one that is too common is.
  @Test func aRefusedCodeCostsNoPassphrase() {
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.laptop.enrolFault = .refused(code: "bad_code")
    script.type("2https://10.1.2.3:8443")
    script.press(.enter)
    script.type("ab3d-9k2m")
    script.press(.enter)
    for _ in 0..<2 {
      script.type("今天天气真的很好")
      script.press(.enter)
    }
    #expect(script.cursorLine.contains("一次性登记码") && script.laptop.enrolments == 1, "\(script.text)")
    script.laptop.enrolFault = .refused(code: "weak_passphrase")
    script.press(.enter)
    #expect(script.laptop.enrolments == 2 && script.cursorLine.contains("设一个口令"), "\(script.text)")
    script.laptop.enrolFault = nil
    for _ in 0..<2 {
      script.type("明天也是好天气")
      script.type("呀")
      script.press(.enter)
    }
    #expect(script.title.contains("今日走访"), "\(script.text)")
  }

  /// What stood there is not to be seen: left standing it would begin the next passphrase, and nobody would know what theirs is.
  @Test func aPassphraseThatIsTooShortIsTypedAnew() {
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.type("2https://10.1.2.3:8443")
    script.press(.enter)
    script.type("ab3d-9k2m")
    script.press(.enter)
    script.type("太短了")
    script.press(.enter)
    #expect(script.message == "口令太短：至少 8 个字")
    for _ in 1...2 {
      script.type("今天天气真的很好")
      script.press(.enter)
    }
    #expect(script.title.contains("今日走访"), "\(script.lines)")
  }

  @Test func aRefusedCodeGoesBackToTheCode() {
    var script = KeyScript(.firstRun, laptop: FakeLaptop(Village.workspace(form)))
    script.press(.character("2"))
    script.send(.notEnrolled(.refused(code: "bad_code")))
    #expect(script.message == "登记码不对、已用或过期：请核对登记条")
  }

  // MARK: 今日走访

  @Test func theListSortsWhatCameBackFirstAndWhatIsDoneLast() {
    let script = script()
    let rows = script.lines[2...5].map { $0.trimmed }
    #expect(rows[0].contains("退回") && rows[0].contains("刘志强"))
    #expect(rows[1].contains("未访") && rows[1].contains("王春梅") && rows[1].contains("独居老人"))
    #expect(rows[2].contains("张建国") && rows[2].contains("2026-08-20"))
    #expect(rows[3].contains("已访") && rows[3].contains("赵玉兰") && rows[3].contains("待传"))
    #expect(script.title.contains("待传 2"))
    #expect(script.message == "退回：收入没有写清")
  }

  @Test func aNumberChoosesARow() {
    var script = script()
    script.type("4")
    #expect(script.message == "序号 4：Enter 打开")
    #expect(script.cursorLine.contains("赵玉兰"))
    script.type("９")
    #expect(script.cursorLine.contains("赵玉兰"), "there is no row 9")
  }

  @Test func aVisitedHouseholdOffersItsActs() {
    var script = script()
    script.type("4")
    script.press(.enter)
    #expect(script.text.contains("1 再走访一次"))
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
  }

  @Test func aKeyOfTheFormSaysThatItIsNotHere() {
    var script = script()
    script.press(.function(5))
    #expect(script.message == "F5 这里用不上：可用的键在底行")
    #expect(script.laptop.beeps == 1)
  }

  @Test func escapeAsksBeforeLeavingAndTheSafeAnswerIsFirst() {
    var script = script()
    script.press(.escape, .enter)
    #expect(!script.laptop.hasQuit)
    script.press(.escape, .character("2"))
    #expect(script.laptop.hasQuit)
  }

  @Test func aHangupHandsOutWhatIsTypedAndLeaves() {
    var script = script()
    script.send(.terminal(.hangup(signal: 15)))
    #expect(script.laptop.hasQuit)
  }

  @Test func aFullDiskIsSaidBeforeTypingBegins() {
    var script = KeyScript(Village.workspace(form, space: .full(megabytes: 3)))
    #expect(script.message == "磁盘只剩 3 MB：先清理再录入")
    script.type("2")
    script.press(.enter)
    #expect(script.text.contains("1 返回") && script.text.contains("2 仍要打开"))
    script.press(.enter)
    #expect(script.title.contains("今日走访"), "the safe answer is the one Enter means")
  }

  // MARK: 查找

  @Test(arguments: ["张建国", "zjg", "李秀英", "lxy", "0014", "zhangjian"]) func aHouseholdIsFound(_ query: String) {
    var script = script()
    script.press(.function(3))
    script.type(query)
    #expect(script.text.contains("张建国"))
    #expect(!script.text.contains("130599"), "only the last four digits are shown")
  }

  @Test func nothingFoundOffersToAddByHand() {
    var script = script()
    script.press(.control("f"))
    script.type("诸葛")
    #expect(script.message == "没有找到：请换个说法")
    #expect(script.text.contains("新增一户"))
  }

  // MARK: 日清单

  @Test func aSupervisorBeginsWithTheDaysListTheRedOnesFirst() {
    let script = script(.supervisor)
    #expect(script.title.contains("审核"))
    #expect(script.lines[2].contains("赵*兰") && script.lines[2].contains("红") && script.lines[2].contains("急难"))
    #expect(script.lines[2].contains("----病急"))
    #expect(script.lines[3].contains("刘*强") && script.lines[3].contains("黄"))
    #expect(!script.text.contains("赵玉兰"))
  }

  /// The hint bar promises it: no key of it is met with a beep.
  @Test func everyKeyUnderTheDaysListDoesSomething() {
    let shown = KeyTable.bindings.filter { $0.hinted.contains(.list) }
    #expect(shown.contains { $0.label == "打印" } && shown.contains { $0.label == "台账" })
    for binding in shown where binding.command != .accept && binding.command != .pageDown {
      var script = script()
      script.press(.function(7))
      #expect(script.title.contains("日清单") && script.text.contains("赵*兰"))
      script.press(binding.keys[0])
      #expect(script.laptop.beeps == 0, "\(binding.label)")
      #expect(!script.title.contains("日清单") || !script.laptop.printed.isEmpty, "\(binding.label)")
    }
  }

  @Test func theDaysListOnPaperMasksItsNames() throws {
    var script = script()
    script.press(.function(7), .function(12))
    let paper = try #require(script.laptop.printed.first)
    #expect(paper.title == "日清单" && paper.text.contains("赵*兰") && !paper.text.contains("赵玉兰"))
    #expect(script.message == "已送打印机")
  }

  @Test func aVisitThatCannotBeReadSaysSo() {
    var script = script(.supervisor)
    script.press(.enter, .character("7"))
    #expect(script.message == "这份记录读不出来：请联系乡镇")
  }

  // MARK: 同步, 帮助, 窗口

  @Test func syncSaysWhatItDoesAndWhatCameOfIt() {
    var script = script()
    script.press(.function(9))
    #expect(script.laptop.syncStarts == 1)
    script.send(.sync(.progress(.pushing, done: 3, total: 8)))
    #expect(script.text.contains("正在上传  3/8"))
    script.send(.sync(.waiting(seconds: 40)))
    #expect(script.text.contains("县里正忙，约 40 秒后自动接着传") && script.text.contains("Esc 返回继续录入"))
    script.press(.escape, .function(9))
    #expect(script.laptop.syncStarts == 1 && script.text.contains("县里正忙"), "it still runs")
    script.send(.sync(.progress(.pushing, done: 5, total: 8)))
    script.send(.sync(.finished(SyncOutcome(pushed: 8, pulled: 2, waiting: 0))))
    #expect(script.text.contains("上传 8 条") && script.text.contains("没有待传的了"))
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
  }

  @Test func oneSyncRunsAtATime() {
    var script = script()
    script.press(.function(9), .escape, .function(9))
    #expect(script.laptop.syncStarts == 1)
    script.press(.escape)
    script.send(.sync(.finished(SyncOutcome(pushed: 1, pulled: 0, waiting: 0))))
    #expect(script.message == "同步完成：上传 1 条，取回 0 条")
    script.press(.function(9))
    #expect(script.laptop.syncStarts == 2)
  }

  @Test(arguments: [
    (SyncFailure.noNetwork, "没有网络"), (.captivePortal, "网络要先登录"), (.wrongCertificate, "证书"), (.serverAbsent, "没有应答"),
  ])
  func theFailuresOfANetworkAreToldApart(_ failure: SyncFailure, _ words: String) {
    var script = script()
    script.press(.control("t"))
    script.send(.sync(.failed(failure)))
    #expect(script.text.contains(words) && script.text.contains("本机记录都在"))
  }

  @Test func helpListsTheKeysOfWhereItWasPressed() {
    var script = script()
    script.press(.control("o"))
    #expect(script.text.contains("F9 Ctrl-T") && script.text.contains("同步"))
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
  }

  /// R69: at a field F1 says what the answer is for, in the form's own words.
  @Test func helpAtAFieldSaysWhatItIsFor() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try NewcomerTests.form("emergency", &script)
    script.press(.function(1))
    #expect(script.text.contains("本栏：什么事") && script.text.contains("用途：急难型救助的事由"), "\(script.text)")
    script.press(.escape)
    #expect(script.title.contains("急难登记"), "\(script.text)")
  }

  @Test func aSmallWindowSaysOneSentenceAndKeepsItsState() {
    var script = script()
    script.type("4")
    script.size = Size(rows: 17, columns: 80)
    #expect(script.text.trimmed.contains("窗口太小：请放大到 60x18 以上"))
    script.size = Size(rows: 24, columns: 80)
    #expect(script.cursorLine.contains("赵玉兰"))
  }

  /// Nobody acts on what cannot be seen.
  @Test func keysOfAListDoNothingWhileTheWindowIsTooSmall() {
    var script = script()
    script.type("4")
    let before = script.text
    script.size = Size(rows: 15, columns: 50)
    script.send(.terminal(.resized(script.size)))
    script.press(.down, .enter)
    script.type("1")
    script.size = Size(rows: 24, columns: 80)
    script.send(.terminal(.resized(script.size)))
    #expect(script.text == before)
    script.press(.down)
    #expect(script.text != before)
    // Nor does a menu: 2 would end the program.
    script.press(.escape)
    #expect(script.message.contains("退出程序") || script.text.contains("退出程序"), "\(script.text)")
    script.size = Size(rows: 15, columns: 50)
    script.send(.terminal(.resized(script.size)))
    script.type("2")
    #expect(!script.laptop.hasQuit)
    script.size = Size(rows: 24, columns: 80)
    script.send(.terminal(.resized(script.size)))
    script.type("2")
    #expect(script.laptop.hasQuit)
  }
}
