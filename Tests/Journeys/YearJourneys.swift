// A year of one household, through the real programs: a cadre's laptop, the township's, the county's, and the server between them. Only
// the laptops' clocks are injected. 吴德顺 of 东庄村 is found by the sweep, applies through the village, is publicised and helped, sent
// on to 医保, has a fire in between with 先行救助, is rechecked, cleared, and found again; then the whole way stands on one page.

import Laptop
import Relief
import Support
import Testing

extension Journeys {
  @Suite struct Year {
    private static let head = "吴德顺"

    @Test("Found, applied for by proxy, publicised, helped, referred, an emergency with first aid, rechecked, cleared, found again")
    func year() throws {
      let county = try TestCounty()
      try county.takeParameters()
      let cadre = try county.cadre()
      let clerk = try county.clerk()
      let bureau = try county.bureau()

      try findAndApply(cadre)
      try publicise(clerk)
      try grant(bureau)
      try refer(clerk)
      try burn(cadre, clerk)
      try recheck(cadre, clerk)
      try clear(cadre, clerk, bureau)
      try findAgain(cadre)

      let register = try cadre.laptop().register
      let household = try #require(register.summaries().first { $0.headName == Self.head })
      let one = try #require(register.cases(of: household.id).first { $0.key.track == .lowIncome })
      #expect(one.state == .found)
      #expect(one.flagged.isEmpty)
      let ways = one.history.filter(\.isMoving).map(\.step.to)
      #expect(ways == [.monitored, .publicity, .confirming, .helped, .helped, .clearing, .publicity, .confirming, .cleared, .found])
      let paper = try #require(register.entities(of: FactList.application, household: household.id).first)
      #expect(paper.value("proxy") == "yes" && paper.value("agent_name") == "王小明" && paper.value("channel") == "station")
      #expect(register.emergency(try #require(register.entities(of: FactList.emergency, household: household.id).first).id)?.owesSupplement == false)
      #expect(register.openMatters(of: household.id).referrals.isEmpty)
      let granted = try #require(register.entities(of: FactList.category, household: household.id).first)
      #expect(granted.value("kind") == "lb" && granted.value("from") == "2026-12-10" && granted.value("to") == "2027-07-05")
      try readThePage(cadre)
    }

    // MARK: The year

    private func findAndApply(_ cadre: Desk) throws {
      try cadre.session(on: "2026-11-24") { tty in
        try tty.openHousehold(Self.head)
        try tty.finishAtHome(words: "腿脚不好干不了活", result: "疑似符合", suspected: "低保对象")
        tty.press(.enter)
        try tty.waitForList()
        try tty.begin("救助申请", at: Self.head)
        try tty.write([
          .choice("申请人", Self.head), .several("申请什么", ["低保对象"]), .choice("受理渠道", "村社区代为申请"), .text("受理人", "王小明"),
          .choice("申请原因", "收入低"), .choice("有人代办", "是"), .text("代办人姓名", "王小明"), .text("代办人与申请人关系", "村干部"),
          .choice("有委托", "是"), .choice("是经办人近亲属", "否"),
        ])
      }
    }

    private func publicise(_ clerk: Desk) throws {
      try clerk.session(on: "2026-11-26") { tty in
        try tty.step("发现 -> 监测", at: Self.head, [.choice("办理事项", "低保对象"), .text("理由", "符合条件拟纳入")])
      }
      try clerk.session(on: "2026-11-27") { tty in
        try tty.step("监测 -> 评议公示", at: Self.head, [.date("公示开始", "2026-11-27")])
      }
      // The day of the notice does not count: its seventh day is the fourth of December, and on that day the step is refused.
      try clerk.session(on: "2026-12-04") { tty in
        try tty.cases(at: Self.head)
        try tty.select("评议公示 -> 审核确认")
        tty.press(.enter)
        try tty.wait("the refusal") { $0.message.contains("公示到 2026-12-04：期满再办") }
        try tty.home()
      }
      try clerk.session(on: "2026-12-05") { tty in
        try tty.step("评议公示 -> 审核确认", at: Self.head, [.text("异议", "无")])
      }
    }

    private func grant(_ bureau: Desk) throws {
      try bureau.session(on: "2026-12-10") { tty in
        try tty.step("审核确认 -> 救助中", at: Self.head, [.choice("按哪个标准", "农村"), .text("每月金额（元）", "420")])
      }
    }

    private func refer(_ clerk: Desk) throws {
      try clerk.session(on: "2026-12-12") { tty in
        try tty.begin("转办单", at: Self.head)
        try tty.write([
          .choice("需求", "医疗"), .choice("转给哪个部门", "医保局"), .text("情况说明", "慢性病自付多"), .date("限期", "2026-12-31"), .text("单号", "YB-1"),
        ])
      }
      try clerk.session(on: "2026-12-28") { tty in
        try tty.answerSlip("YB-1", [.text("接收人", "刘科长"), .choice("结果", "已救助"), .text("金额（元）", "860")])
      }
    }

    private func burn(_ cadre: Desk, _ clerk: Desk) throws {
      try clerk.session(on: "2027-01-15") { tty in
        try tty.begin("急难", at: Self.head)
        try tty.write([
          .choice("什么事", "火灾"), .text("发生地点", "东庄村二组"), .text("经过和损失", "灶房失火"), .choice("紧急程度", "橙(3日)"), .choice("靠自家解决不了", "是"),
          .choice("其他救助管不了或仍困难", "是"), .choice("已先行救助", "是"), .text("先行救助金额（元）", "2000"), .date("先行救助日期", "2027-01-15"),
        ])
      }
      try cadre.session(on: "2027-01-20") { tty in
        try tty.cases(at: Self.head)
        try tty.select("欠补充说明")
        tty.press(.enter)
        try tty.wait(title: "急难续报")
        try tty.write([.text("补充说明", "已入户核实"), .date("急难已缓解日期", "2027-01-20")])
      }
    }

    private func recheck(_ cadre: Desk, _ clerk: Desk) throws {
      try cadre.session(on: "2027-05-20") { tty in
        try tty.visitAgain(Self.head)
      }
      try clerk.session(on: "2027-05-21") { tty in
        try tty.step("救助中 -> 救助中", at: Self.head, [])
      }
    }

    private func clear(_ cadre: Desk, _ clerk: Desk, _ bureau: Desk) throws {
      try cadre.session(on: "2027-06-09") { tty in
        try tty.visitAgain(Self.head)
      }
      try clerk.session(on: "2027-06-10") { tty in
        // What was found is not over: refused until it is said to be.
        try tty.cases(at: Self.head)
        while tty.text.contains("风险点：") {
          try tty.select("风险点：")
          tty.press(.enter)
          try tty.wait(title: "风险消除")
          try tty.write([.choice("怎样消除的", "帮扶后解决")])
          try tty.cases(at: Self.head)
        }
        try tty.home()
        try tty.step("救助中 -> 拟清零", at: Self.head, [])
        try tty.step("拟清零 -> 评议公示", at: Self.head, [.date("公示开始", "2027-06-10")])
      }
      try clerk.session(on: "2027-06-18") { tty in
        try tty.step("评议公示 -> 审核确认", at: Self.head, [.text("异议", "无")])
      }
      try bureau.session(on: "2027-07-05") { tty in
        try tty.step("审核确认 -> 已清零", at: Self.head, [.choice("终止原因", "收入超过标准")])
      }
    }

    private func findAgain(_ cadre: Desk) throws {
      try cadre.session(on: "2027-11-05") { tty in
        try tty.visitAgain(Self.head, result: "疑似符合", suspected: "低保对象")
        try tty.step("已清零 -> 发现", at: Self.head, [.text("理由", "家中主要劳动力患病")])
      }
    }

    private func readThePage(_ cadre: Desk) throws {
      try cadre.session(on: "2027-11-06") { tty in
        let pages = try tty.history(of: Self.head)
        for sentence in ["已清零 -> 发现", "认定 低保对象", "终止 低保对象", "转办给 医保局", "转办答复：已救助", "急难：火灾", "申请 低保对象", "走访："] {
          #expect(pages.contains(sentence), "\(sentence)\n\(pages)")
        }
        try tty.home()
      }
    }

  }
}

extension Tty {
  /// F9, until nothing waits any more. A year in a minute is more sessions than the county lets one laptop open in a minute, so a sync
  /// may be told to come again within that minute; it does so by itself.
  func syncAll() throws {
    press(.function(9))
    try wait(for: "没有待传的了", patience: .seconds(100))
    press(.escape)
    try waitForList()
  }

  /// Esc until the list of the day.
  func home() throws {
    for _ in 0..<6 where !isAtList {
      let before = title
      press(.escape)
      try wait("another screen than \(before)") { $0.title != before }
    }
    try waitForList()
  }

  /// From the list: the household's page, by F3.
  func household(_ head: String) throws {
    try home()
    press(.function(3))
    try wait(title: "查找")
    type(head)
    try wait(for: head)
    press(.enter)
    try wait("the household") { $0.title.contains(head) && !$0.title.contains("查找") }
  }

  /// 办理 of a household.
  func cases(at head: String) throws {
    try household(head)
    try choose("办理")
    try wait("its cases") { $0.title.contains("办理") }
  }

  /// 办事 of a household: opens a form by its title.
  func begin(_ form: String, at head: String) throws {
    try household(head)
    try choose("为这一户办事")
    try wait(title: "办事")
    // In 办事 the number alone opens.
    try wait(for: form)
    type(try rowNumber(of: form))
    try wait("the form \(form)") { $0.title.contains(form) }
  }

  /// Takes a step of a case.
  func step(_ step: String, at head: String, _ answers: [Answer]) throws {
    try cases(at: head)
    try select(step)
    press(.enter)
    try wait(title: "办理一步")
    try write(answers)
  }

  /// Answers a form's questions in its order and finishes it; then home to the list.
  func write(_ answers: [Answer]) throws {
    try answerEach(answers)
    press(.function(10))
    try wait("the receipt or a question") { $0.text.contains("回执号") || $0.message.contains("2 完成") }
    if !text.contains("回执号") { type("2") }
    try wait(for: "回执号")
    press(.enter)
    // Back to the list, or to 办理 where the form was opened from there.
    try wait("another screen than the receipt") { !$0.text.contains("回执号") }
    try home()
  }

  func answerEach(_ answers: [Answer]) throws {
    for one in answers {
      try reach(one.label)
      try answer(one)
    }
  }

  /// Goes down to a question.
  func reach(_ label: String) throws {
    for _ in 0..<40 where !cursorLine.contains(label) {
      let before = (title, cursorLine)
      press(.down)
      try wait("the cursor further on than \(before.1), to \(label)") { $0.title != before.0 || $0.cursorLine != before.1 }
    }
  }

  /// 一户一页 of a household, from its first line to its last.
  func history(of head: String) throws -> String {
    try household(head)
    try choose("一户一页")
    try wait(title: "一户一页")
    var pages = text
    for _ in 0..<6 {
      press(.pageDown)
      drain()
      pages += text
    }
    return pages
  }

  /// A department's answer to a slip, from 转办 of the ledgers.
  func answerSlip(_ number: String, _ answers: [Answer]) throws {
    try ledger("2", titled: "转办催办")
    try wait(for: number)
    press(.enter)
    try write(answers)
  }

  /// A ledger by its digit, from the list of the day.
  func ledger(_ digit: String, titled title: String) throws {
    press(.function(8))
    try wait(title: "待办台账")
    type(digit)
    try wait(title: title)
  }

  /// To the first field of a visit, from the household's page.
  func beginVisit(_ head: String) throws {
    try household(head)
    try choose(text.contains("再走访一次") ? "再走访一次" : "开始走访")
    try wait(at: "走访方式")
  }

  /// Another visit to a household, from its page: what is asked every time, all else as it was.
  func visitAgain(_ head: String, result: String = "未发现困难", suspected: String? = nil) throws {
    try beginVisit(head)
    let category = suspected.map { [Answer.several("疑似哪类", [$0]), .choice("紧急程度", "蓝(常规)")] } ?? []
    try fill([.choice("D 急难或意外", "无"), .choice("走访结论", result)] + category + [.choice("受访人签字", "签字")])
    try finish()
    press(.enter)
    try waitForList()
  }
}
