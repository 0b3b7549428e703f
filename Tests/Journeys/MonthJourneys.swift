// A month of a small county, from 28 October to the settle day, 27 November 2026, through the real programs; only their clocks are
// injected. Two departments send lists, warnings come of them: one is answered by a visit, one by telephone and sent back once, one is
// ignored with a reason, one nobody touches. The county plans a campaign, three cadres make forty visits in it (one hands over by
// stick), a household is taken in, a slip is answered, the reserve fund is settled, and what the month came to is the same in the monthly
// tables, on the command line and on the bureau's page.

import Laptop
import Relief
import Support
import Testing

extension Journeys {
  @Suite struct Month {
    @Test("Lists, warnings, a campaign of forty visits, a slip, the fund, and the tables: the same figures everywhere")
    func month() throws {
      let month = try MonthCounty()
      // Made first: what an earlier month left must not be taken for this one's.
      let tables = try MonthTables(month)
      try month.takeLists()
      try judge(month)
      try visitThatAnswers(month)
      try slipAndPayout(month)
      try close(month)
      try month.compareAgain()
      try planCampaign(month)
      try eastFirst(month)
      try westByStick(month)
      try decide(month)
      try eastAgain(month)
      try westAgain(month)
      try settle(month)
      try grant(month)
      try third(month)
      try everythingArrives(month)
      try tables.judge()
    }

    // MARK: Warnings

    /// 研判: one ignored, and only with a reason; one given to its village; one answered by telephone; one left lying.
    private func judge(_ month: MonthCounty) throws {
      try month.bureau.session(on: "2026-11-03") { tty in
        try tty.desk("预警待研判", 4)
        try tty.line(of: "吕*河")
        #expect(tty.cursorLine.contains("橙 新建"), "\(tty.text)")
        tty.press(.enter)
        try tty.wait(for: "个人自付 45000.50 元")
        try tty.select("忽略")
        tty.press(.enter)
        try tty.wait(for: "为什么忽略：")
        tty.press(.enter)
        try tty.wait("the refusal") { $0.message.contains("理由") }
        try tty.say("已由大病保险全额报销", to: "为什么忽略：")
        try tty.wait("one less") { $0.title.contains("共 3") && $0.message.contains("吕*河 已忽略") }
        try tty.home()
      }
      try month.clerk.session(on: "2026-11-03") { tty in
        try tty.desk("预警待研判", 3)
        try tty.line(of: "李*海")
        try tty.warning("派发到村核查")
        try tty.line(of: "窦*国")
        try tty.warning("反馈核查结果")
        try tty.telephoned("已有保障", "打电话问过，有护理补贴")
        try tty.home()
        try tty.fund("拨入", "10000", on: "2026-11-03")
      }
    }

    /// It stands on the village's list, and the visit says what came of it.
    private func visitThatAnswers(_ month: MonthCounty) throws {
      try month.east.session(on: "2026-11-04") { tty in
        try tty.wait("the warning on the list") { $0.line(2).contains("李文海") && $0.line(2).contains("预警") }
        try tty.openHousehold("李文海")
        try tty.finishAtHome(words: "药费一年三万多", answersWarning: "转办")
        tty.press(.enter)
        try tty.waitForList()
      }
    }

    private func slipAndPayout(_ month: MonthCounty) throws {
      try month.clerk.session(on: "2026-11-05") { tty in
        try tty.begin("转办单", at: "李文海")
        try tty.write([
          .choice("需求", "医疗"), .choice("转给哪个部门", "医保局"), .text("情况说明", "慢性病自付多"), .date("限期", "2026-11-25"), .text("单号", "YB-1"),
        ])
        try tty.begin("帮扶登记", at: "李文海")
        try tty.write([
          .choice("物质还是服务", "资金"), .text("金额（元）", "2000"), .choice("哪一项", "临时救助"), .choice("资金来源", "乡镇备用金"),
          .choice("哪个部门", "本乡镇"), .date("帮扶日期", "2026-11-05"),
        ])
      }
    }

    /// 结案, and 退回 of what was not enough.
    private func close(_ month: MonthCounty) throws {
      try month.bureau.session(on: "2026-11-06") { tty in
        try tty.desk("预警待结案", 2)
        try tty.line(of: "李*海")
        try tty.warning("结案")
        try tty.line(of: "窦*国")
        try tty.warning("退回重查")
        try tty.say("补贴标准没有写明", to: "为什么退回：")
        try tty.wait("nothing left to close") { $0.title.contains("共 0") }
        try tty.home()
      }
      try month.clerk.session(on: "2026-11-07") { tty in
        try tty.desk("预警在村核查", 1)
        try tty.line(of: "窦*国")
        try tty.warning("反馈核查结果")
        try tty.telephoned("已有保障", "护理补贴每月五十元，已核存折")
        try tty.home()
      }
    }

    // MARK: The campaign

    /// Nobody judged 戚永福's warning within three workdays: it is late, and one level up. Then the campaign is planned, its lists made.
    private func planCampaign(_ month: MonthCounty) throws {
      try month.bureau.session(on: "2026-11-09") { tty in
        try tty.desk("预警待结案", 1)
        try tty.line(of: "窦*国")
        try tty.warning("结案")
        try tty.home()
        try tty.desk("预警待研判", 1)
        try tty.line(of: "戚*福")
        #expect(tty.cursorLine.contains("橙 新建") && tty.cursorLine.contains("逾期 4 天"), "\(tty.cursorLine)")
        tty.press(.enter)
        try tty.wait(for: "逾期 4 天，升一级")
        try tty.home()
        try tty.planCampaign(MonthCounty.campaign, to: "2026-11-25")
        tty.press(.function(10))
        try tty.wait(for: "已列入 15 户")
        try tty.home()
      }
      try month.clerk.session(on: "2026-11-09") { tty in
        try tty.desk("专项排查")
        tty.press(.enter)
        try tty.wait(for: "东庄村")
        tty.press(.function(5))
        try tty.wait(for: "王小明")
        try tty.select("王小明")
        tty.press(.enter)
        try tty.wait("the list given") { $0.title.contains("专项排查") && $0.text.contains("王小明") }
        try tty.home()
      }
    }

    private func eastFirst(_ month: MonthCounty) throws {
      try month.east.session(on: "2026-11-10") { tty in
        for head in ["张广田", "李文海", "冯立新", "魏东升", "沈大勇", "阿卜杜拉·买买提", "𬎆庆云", "杨树林"] { try tty.nobodyMet(head) }
        for head in ["刘凤芹", "陈建军"] { try tty.met(head) }
        try tty.met("吴德顺", result: "疑似符合", suspected: "低保对象")
        try tty.begin("救助申请", at: "吴德顺")
        try tty.write([
          .choice("申请人", "吴德顺"), .several("申请什么", ["低保对象"]), .choice("受理渠道", "村社区代为申请"), .text("受理人", "王小明"),
          .choice("申请原因", "收入低"), .choice("有人代办", "否"), .choice("是经办人近亲属", "否"),
        ])
      }
    }

    /// The second cadre has fetched her list in the township, has no network at home, and brings a stick.
    private func westByStick(_ month: MonthCounty) throws {
      try month.west.sync()
      try month.west.offline(on: "2026-11-11") { tty in
        for head in ["吕长河", "金海波", "戚永福", "窦振国", "云飞虎", "奚秀贞"] { try tty.nobodyMet(head) }
        for head in ["曹金柱", "邹立业", "柏万山", "潘长生"] { try tty.met(head) }
      }
      #expect(try month.west.exchange(over: month.stick).contains("U 盘交换完了"))
      #expect(try month.supervisor.exchange(over: month.stick).contains("收到 10 条"))
    }

    private func eastAgain(_ month: MonthCounty) throws {
      try month.east.session(on: "2026-11-17") { tty in
        for head in ["张广田", "冯立新", "魏东升", "沈大勇", "阿卜杜拉·买买提", "𬎆庆云"] { try tty.nobodyMet(head) }
        try tty.met("杨树林")
      }
    }

    private func westAgain(_ month: MonthCounty) throws {
      try month.west.offline(on: "2026-11-18") { tty in
        for head in ["吕长河", "金海波", "戚永福", "窦振国"] { try tty.nobodyMet(head) }
      }
      #expect(try month.west.exchange(over: month.stick).contains("U 盘交换完了"))
      #expect(try month.supervisor.exchange(over: month.stick).contains("收到 4 条"))
    }

    /// Somebody of the township helps out in both villages.
    private func third(_ month: MonthCounty) throws {
      try month.third.session(on: "2026-11-24") { tty in
        for head in ["张广田", "冯立新", "魏东升", "沈大勇", "云飞虎", "奚秀贞", "张淑英"] { try tty.nobodyMet(head) }
      }
    }

    // MARK: A household is helped

    private func decide(_ month: MonthCounty) throws {
      try month.clerk.session(on: "2026-11-11") { tty in
        // What was found is due within the county's days (R29).
        try tty.waits("研判", of: "吴*顺", until: "2026-11-30")
        try tty.cases(at: "吴德顺")
        try tty.select("发现 -> 监测")
        tty.press(.enter)
        try tty.wait(title: "办理一步")
        try tty.reach("办理事项")
        // The eight categories (R14).
        for track in ["低保对象", "特困人员", "低保边缘", "脱贫不稳定", "边缘易致贫", "突发严重困难", "支出型困难", "其他低收入"] {
          #expect(tty.text.contains(track), "\(track)\n\(tty.text)")
        }
        try tty.write([.choice("办理事项", "低保对象"), .text("理由", "符合条件拟纳入")])
        try tty.step("监测 -> 评议公示", at: "吴德顺", [.date("公示开始", "2026-11-11")])
      }
    }

    /// The slip is answered, what is left of the fund goes back: it is settled.
    private func settle(_ month: MonthCounty) throws {
      try month.clerk.session(on: "2026-11-19") { tty in
        try tty.step("评议公示 -> 审核确认", at: "吴德顺", [.text("异议", "无")])
        try tty.answerSlip("YB-1", [.text("接收人", "刘科长"), .choice("结果", "已救助"), .text("金额（元）", "860")])
        try tty.fund("收回", "8000", on: "2026-11-19")
        try tty.ledger("3", titled: "备用金台账")
        for line in ["10000", "8000", "2000"] { #expect(tty.text.contains(line), "\(tty.text)") }
        try tty.home()
      }
    }

    private func grant(_ month: MonthCounty) throws {
      try month.bureau.session(on: "2026-11-20") { tty in
        try tty.step("审核确认 -> 救助中", at: "吴德顺", [.choice("按哪个标准", "农村"), .text("每月金额（元）", "420")])
        // When they are looked at again (R44): half a year after the visit it rests on.
        try tty.waits("定期核查", of: "吴*顺", until: "2027-05-")
        // A list of September should have been followed by October's (R36).
        try tty.desk("部门数据应更新", 1)
        try tty.line(of: "个人自付医疗费用")
        #expect(tty.cursorLine.contains("医保局") && tty.cursorLine.contains("逾期 21 天"), "\(tty.cursorLine)")
        try tty.home()
        // Who belongs into the watch by the roster and is in nobody's hand (R02): two schemes and a 脱贫不稳定户.
        try tty.desk("应纳入监测而未纳入", 3)
        for head in ["周*来", "杨*林", "姜*根"] { #expect(tty.text.contains(head), "\(tty.text)") }
        try tty.home()
        // Departments on one household: what was given, and the slip with its answer (R37, R45).
        let pages = try tty.history(of: "李文海")
        for words in ["医疗救助", "1200.50", "转办答复：已救助", "自付医疗费高"] { #expect(pages.contains(words), "\(words)\n\(pages)") }
        try tty.home()
      }
    }

    /// The cadre with the stick comes to the network in the end: nothing is there twice.
    private func everythingArrives(_ month: MonthCounty) throws {
      try month.west.sync()
      try month.supervisor.sync()
      month.supervisor.clock = "2026-11-27T18:00:00+08:00"
      let laptop = try month.supervisor.laptop()
      defer { laptop.close() }
      let register = laptop.register
      #expect(register.summaries().reduce(0) { $0 + register.visits(of: $1.id).count } == 40)
      #expect(register.summaries().allSatisfy { register.household($0.id)?.entity.conflicts.isEmpty == true })
    }
  }
}
