// A month of a county, through the real programs: three cadres of two villages, one of them without a network at home; the township's
// clerk and supervisor, the county's bureau, and the server between them. Only the clocks are injected. Two departments send lists; what they say is
// judged, sent to the villages, checked, answered and closed, one is ignored with a reason, one is forgotten and stands one level up. Forty
// visits; a household comes into 低保; slips are answered; the township's fund is settled; and then tables, page and screen say the same.
//
// The calendar: 2 November the lists come; 3 and 4 they are judged and checked; 5 to 18 the office works; 20 to 26 the campaign; 27 the
// figures.

import Laptop
import Relief
import Support
import Tables
import Testing

extension Journeys {
  @Suite struct Month {
    /// Everybody's laptop.
    struct People {
      let county: TestCounty
      /// 王小明 and 李小红 of 东庄村, 赵大河 of 西坡村 where there is no network.
      let first, second, third: Desk
      let clerk, supervisor, bureau: Desk
      let stick: TemporaryDirectory
    }

    @Test("Two lists, a campaign, forty visits from three laptops, four warnings to their ends, slips, the fund, and the same figures everywhere")
    func month() throws {
      let people = try people()
      try listsCome(people)
      try judge(people)
      try checkInDongzhuang(people)
      try checkInXipoByStick(people)
      try office(people)
      try closeAndCompareAgain(people)
      try onePersonForgot(people)
      try grantAndPay(people)
      try campaign(people)
      try settle(people)
      try fortyVisits(people)
      let tables = try exportTables(people)
      try readWarnings(tables)
      try readMoney(tables)
      try sameFiguresEverywhere(people, tables)
    }

    // MARK: The people and the lists

    private func people() throws -> People {
      let county = try TestCounty()
      let parameters = county.directory.path + "/parameters.yaml"
      try Files.write(try MonthLists.parameters(), to: parameters)
      try county.take(parameters: parameters)
      return try People(
        county: county, first: county.cadre("p-wang", "王小明", of: TestCounty.village),
        second: county.cadre("p-li", "李小红", of: TestCounty.village),
        third: county.cadre("p-zhao", "赵大河", of: TestCounty.otherVillage), clerk: county.clerk(), supervisor: county.supervisor(),
        bureau: county.bureau(), stick: TemporaryDirectory())
    }

    /// Both lists, and what each says of itself. The one number that a spreadsheet has spoilt goes back with its reason.
    private func listsCome(_ people: People) throws {
      let county = people.county
      try county.turn(to: "2026-11-02")
      let folder = county.directory.path
      let (medical, deaths, back) = (folder + "/自付.csv", folder + "/死亡.xlsx", folder + "/退回.xlsx")
      try Files.write(MonthLists.medical, to: medical)
      try MonthLists.deaths(to: deaths)
      let said = try county.take(list: medical, as: "medical_insurance/expense", on: "2026-11-02", ["--rejected", back])
      #expect(said.contains("6 行，收下 5 行，放在一边 1 行"), "\(said)")
      #expect(said.contains("命中 3（其中姓名不同 0），疑似 1（其中分不清是谁 0），未命中 1；新预警 3 户"), "\(said)")
      let rejected = try MonthTable(back)
      #expect(rejected.rows.count == 1 && rejected.rows[0].values.contains { $0.contains("身份证号被表格软件改成了数字") }, "\(rejected.rows)")
      let other = try county.take(list: deaths, as: "police/deaths", on: "2026-11-02")
      #expect(other.contains("1 行，收下 1 行") && other.contains("新预警 1 户"), "\(other)")
      let again = try county.take(list: medical, as: "medical_insurance/expense", on: "2026-11-02")
      #expect(again.contains("这个文件收过了") && again.contains("新预警 0 户，并入旧预警 0 户"), "\(again)")
    }

    // MARK: Warnings

    /// The clerk sends two to their villages, and ignores the one whose person the list did not name by number: with a reason, not without.
    private func judge(_ people: People) throws {
      try people.county.turn(to: "2026-11-03")
      try sitting(people.clerk, on: "2026-11-03") { tty in
        #expect(try tty.desk("预警待研判") == DeskCount(count: 4, late: 0))
        try tty.openDesk("预警待研判")
        try tty.warning("李*海", in: "预警待研判") { tty in
          #expect(tty.text.contains("医保局 自付医疗费高：个人自付 32000") && tty.text.contains("限 2026-11-05 前"), "\(tty.text)")
          try tty.take("派发到村核查")
        }
        try tty.warning("吕*河", in: "预警待研判") { try $0.take("派发到村核查") }
        try tty.warning("潘*生", in: "预警待研判") { tty in
          #expect(tty.text.contains("疑似同一人，先核对身份"), "\(tty.text)")
          try tty.take("忽略")
          try tty.wait(for: "为什么忽略：")
          tty.press(.enter)
          try tty.wait("the reason demanded") { !$0.message.isEmpty }
          #expect(tty.text.contains("为什么忽略："), "without a reason it is not ignored: \(tty.text)")
          tty.type("同名同村不同人，已核对户口簿")
          tty.press(.enter)
        }
        try tty.home()
        #expect(try tty.desk("预警待研判") == DeskCount(count: 1, late: 0))
        #expect(try tty.desk("预警在村核查") == DeskCount(count: 2, late: 0))
      }
    }

    /// 王小明 finds 李文海 on his list because of the warning, and the visit itself answers it. 吴德顺 may be entitled to 低保.
    private func checkInDongzhuang(_ people: People) throws {
      try sitting(people.first, on: "2026-11-03") { tty in
        let row = try #require(tty.row(of: "李文海"), "\(tty.text)")
        #expect(tty.line(row).contains("预警"), "\(tty.line(row))")
        try tty.visit("李文海", .checked("转办"))
        try tty.visit("吴德顺", .suspected)
      }
      // 赵大河 fetches his at the township, before he goes home to where there is no network.
      try people.third.sync()
      try people.supervisor.sync()
    }

    /// What 赵大河 answers goes over the stick to the township's supervisor the same evening; the county hears of it the next day.
    private func checkInXipoByStick(_ people: People) throws {
      try offline(people.third, on: "2026-11-04", people.stick) { try $0.visit("吕长河", .checked("已有保障")) }
      people.supervisor.clock = "2026-11-04T20:00:00+08:00"
      #expect(try people.supervisor.exchange(over: people.stick.path).contains("收到 1 条"))
      let tty = try people.supervisor.unlocked()
      try tty.wait("the visit on the evening's list") { $0.text.contains("吕*河") && $0.text.contains("赵大河") }
      tty.press(.function(8))
      try tty.wait(title: "台账")
      tty.type("0")
      try tty.wait(title: "预警台账")
      #expect(try tty.lineOf("吕*河").contains("已反馈"), "\(tty.text)")
      try tty.home()
      #expect(try tty.quit() == .code(0))
      try people.county.turn(to: "2026-11-04")
      try sitting(people.bureau, on: "2026-11-04") { tty in
        #expect(try tty.desk("预警待结案") == DeskCount(count: 1, late: 0), "the county has the answer of 东庄村 alone")
      }
    }

    /// The county closes both. Comparing again raises nothing: what is over, ignored or in hand is not said twice.
    private func closeAndCompareAgain(_ people: People) throws {
      try people.county.turn(to: "2026-11-06")
      try sitting(people.bureau, on: "2026-11-06") { tty in
        #expect(try tty.desk("预警待结案") == DeskCount(count: 2, late: 0))
        try tty.openDesk("预警待结案")
        for (head, result) in [("李*海", "转办"), ("吕*河", "已有保障")] {
          try tty.warning(head, in: "预警待结案") { tty in
            #expect(tty.text.contains(result) && tty.text.contains("已走访"), "\(tty.text)")
            try tty.take("结案")
          }
        }
        try tty.home()
      }
      let said = try Command.run("zoufangd", ["compare", people.county.path, "--clock", TestCounty.morning("2026-11-06")])
      #expect(said.matches(of: /新预警 0 户，并入旧预警 0 户/).count == 2, "\(said)")
    }

    /// Nobody judged 姜老根's within three workdays: it is late, and one level up: red instead of orange, before everybody.
    private func onePersonForgot(_ people: People) throws {
      try people.county.turn(to: "2026-11-10")
      for desk in [people.clerk, people.bureau] {
        try sitting(desk, on: "2026-11-10") { tty in
          #expect(try tty.desk("预警待研判") == DeskCount(count: 1, late: 1))
          try tty.openDesk("预警待研判")
          let line = try tty.lineOf("姜*根")
          #expect(line.contains("红 新建") && line.contains("2026-11-05") && line.contains("逾期"), "\(line)")
          try tty.warning("姜*根", in: nil) { #expect($0.text.contains("已故仍在发放") && $0.text.contains("升一级"), "\($0.text)") }
          try tty.home()
        }
      }
    }

    // MARK: The office

    /// 5 November: 吴德顺 is taken into watch and publicised, two slips go out, the county's money comes in.
    private func office(_ people: People) throws {
      try people.county.turn(to: "2026-11-05")
      try people.third.sync()
      try sitting(people.clerk, on: "2026-11-05") { tty in
        try tty.step("发现 -> 监测", at: "吴德顺", [.choice("办理事项", "低保对象"), .text("理由", "收入低且缺劳动力")])
        try tty.step("监测 -> 评议公示", at: "吴德顺", [.date("公示开始", "2026-11-05")])
        for (head, need, department, number) in [("李文海", "医疗", "医保局", "YB-7"), ("吕长河", "住房", "住建局", "ZJ-3")] {
          try tty.begin("转办单", at: head)
          try tty.write([
            .choice("需求", need), .choice("转给哪个部门", department), .text("情况说明", "走访核实"), .date("限期", "2026-11-20"), .text("单号", number),
          ])
        }
        try tty.fund("拨入", yuan: "10000")
      }
    }

    /// The notice ends, the county grants; the fund helps two households; both slips are answered, one with money, one with a no and why.
    private func grantAndPay(_ people: People) throws {
      try people.county.turn(to: "2026-11-13")
      try sitting(people.clerk, on: "2026-11-13") { tty in
        try tty.step("评议公示 -> 审核确认", at: "吴德顺", [.text("异议", "无")])
        for (head, yuan) in [("吴德顺", "1500"), ("李文海", "860.50")] {
          try tty.begin("帮扶登记", at: head)
          try tty.write([
            .choice("物质还是服务", "资金"), .text("金额（元）", yuan), .choice("哪一项", "临时救助"), .choice("资金来源", "乡镇备用金"), .choice("哪个部门", "本乡镇"),
          ])
        }
      }
      try people.county.turn(to: "2026-11-16")
      try sitting(people.bureau, on: "2026-11-16") { tty in
        #expect(try tty.desk("待审核确认").count == 1)
        try tty.step("审核确认 -> 救助中", at: "吴德顺", [.choice("按哪个标准", "农村"), .text("每月金额（元）", "420")])
      }
      try people.county.turn(to: "2026-11-18")
      try sitting(people.clerk, on: "2026-11-18") { tty in
        #expect(try tty.desk("转办催办") == DeskCount(count: 2, late: 0))
        try tty.answerSlip("YB-7", [.text("接收人", "刘科长"), .choice("结果", "已救助"), .text("金额（元）", "3200")])
        try tty.answerSlip("ZJ-3", [.text("接收人", "孙股长"), .choice("结果", "不符合"), .text("理由", "房屋鉴定为乙级")])
        #expect(try tty.desk("转办催办") == DeskCount(count: 0, late: 0))
      }
    }

    /// What the month spent stands in the ledger of the fund; the rest goes back, and nothing is left.
    private func settle(_ people: People) throws {
      try people.county.turn(to: "2026-11-26")
      try people.third.sync()
      try sitting(people.clerk, on: "2026-11-26") { tty in
        try tty.fund("收回", yuan: "7639.50")
        tty.press(.function(8))
        try tty.wait(title: "待办台账")
        tty.type("3")
        try tty.wait(title: "备用金台账")
        for money in ["10000", "8500", "7639.5"] { #expect(tty.text.contains(money), "\(money)\n\(tty.text)") }
        try tty.home()
      }
    }

    // MARK: The campaign

    /// The county's campaign of the winter: both villages, 20 to 30 November, by its name on everybody's list.
    private func campaign(_ people: People) throws {
      try people.county.turn(to: "2026-11-20")
      try sitting(people.first, on: "2026-11-20") { tty in
        #expect(tty.title.contains("已访 0/9"), "\(tty.title)")
        for head in ["张广田", "冯立新"] { try tty.visit(head, .met) }
        for head in ["刘凤芹", "陈建军"] { try tty.visit(head, .nobody) }
      }
      try sitting(people.second, on: "2026-11-20") { tty in
        try tty.visit("阿卜杜拉", .met)
        for head in ["沈大勇", "𬎆庆云", "周福来"] { try tty.visit(head, .nobody) }
      }
      try offline(people.third, on: "2026-11-23", people.stick) { tty in
        for head in ["张淑英", "戚永福", "奚秀贞"] { try tty.visit(head, .met) }
        for head in ["金海波", "邹立业", "窦振国", "云飞虎", "曹金柱"] { try tty.visit(head, .nobody) }
      }
      try people.county.turn(to: "2026-11-24")
      try sitting(people.first, on: "2026-11-24") { tty in
        for head in ["刘凤芹", "陈建军"] { try tty.visit(head, .met) }
        for head in ["李文海", "吴德顺"] { try tty.visit(head, .nobody) }
      }
      try sitting(people.second, on: "2026-11-24") { tty in
        for head in ["沈大勇", "𬎆庆云"] { try tty.visit(head, .met) }
        for head in ["周福来", "魏东升", "杨树林"] { try tty.visit(head, .nobody) }
      }
      try offline(people.third, on: "2026-11-25", people.stick) { tty in
        for head in ["金海波", "邹立业", "窦振国"] { try tty.visit(head, .met) }
        for head in ["云飞虎", "柏万山", "潘长生"] { try tty.visit(head, .nobody) }
      }
      try sitting(people.second, on: "2026-11-25") { tty in
        for head in ["周福来", "魏东升", "杨树林", "冯立新", "张广田", "刘凤芹"] { try tty.visit(head, .nobody) }
      }
    }

    /// Counted in what the county has, by who made them.
    private func fortyVisits(_ people: People) throws {
      try people.county.turn(to: "2026-11-27")
      try people.bureau.sync()
      people.bureau.clock = "2026-11-27T09:30:00+08:00"
      let laptop = try people.bureau.laptop()
      defer { laptop.close() }
      let visits = laptop.register.summaries().flatMap { laptop.register.visits(of: $0.id) }
      let byPerson = Dictionary(grouping: visits, by: \.author.name).mapValues(\.count)
      #expect(visits.count == 40 && byPerson == ["王小明": 10, "李小红": 15, "赵大河": 15], "\(byPerson)")
      #expect(Set(visits.map(\.device)).count == 3)
    }
  }
}
