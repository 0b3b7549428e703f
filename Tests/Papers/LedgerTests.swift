import Papers
import Relief
import Tables
import Testing

/// The ledgers over a made-up township, row by row.
@Suite struct LedgerTests {
  @Test func theRegisterStandsInItsSixGroups() {
    var town = MonthlyPaperTests.township()
    town.enter("h-1", person: nil, "lb", through: "2026-11-15", on: "2026-11-05")
    town.household("h-4", "赵六", members: 2, ["category": "tpbw"])
    let rows = town.rows("register")
    #expect(
      rows.map { [$0[1], $0[5], $0[9], $0[14]] } == [["低保对象", "张三", "3", "是"], ["低保对象", "李四光", "1", "否"], ["易返贫致贫人口", "赵六", "2", "否"]])
    #expect(rows.first?.last == "2026-11-05")
  }

  @Test func slipsWithReceiptAnswerAndDelay() {
    var town = MonthlyPaperTests.township()
    town.write(
      .referral, FactList.referral, "s-1", of: "h-1", ["number": "转1", "need": "medical", "department": "health", "date": "2026-11-02"])
    town.write(
      .referral, FactList.referral, "s-2", of: "h-2", in: Township.west,
      [
        "number": "转2", "need": "housing", "department": "housing", "date": "2026-09-01", "received": "2026-09-02", "outcome": "helped",
        "answered": "2026-11-01",
      ])
    town.write(
      .referral, FactList.referral, "s-3", of: "h-2", in: Township.west,
      ["number": "转3", "need": "housing", "department": "housing", "date": "2026-09-01", "outcome": "helped", "answered": "2026-10-01"])
    let rows = town.rows("referrals")
    #expect(rows.map { $0[1] } == ["转2", "转1"], "what was answered before the days is no line of them")
    #expect(rows.last == ["2", "转1", "示范镇", "东庄村", "张三", "张三", "医疗", "卫健局", "2026-11-02", "", "2026-11-09", "", "", "", "", "", "6"])
  }

  /// A paper of a month that is not over counts lateness to today, not to a day nobody has seen.
  @Test func beforeTheMonthIsOverNothingIsLateThatIsNotLateToday() {
    var town = MonthlyPaperTests.township()
    town.write(
      .referral, FactList.referral, "s-1", of: "h-1", ["number": "转1", "need": "medical", "department": "health", "date": "2026-11-02"])
    func late(_ today: String) -> String? {
      Paper.named("referrals")?.sheets(town.context(today: CivilDate(today))).first?.rows.first?.last?.shown
    }
    #expect(late("2026-11-06") == "" && late("2026-11-11") == "2", "due on 2026-11-09")
    #expect(late("2026-12-20") == "6", "later the last of the days counts")
  }

  @Test func theFundCarriesItsBalance() {
    var town = MonthlyPaperTests.township()
    town.write(
      .fund, FactList.fund, "f-1", of: nil, in: Township.code,
      ["division": Township.code, "date": "2026-01-05", "kind": "allocation", "amount_fen": "1000000"])
    town.write(
      .assistance, FactList.assistance, "a-1", of: "h-1",
      ["kind": "temporary", "amount_fen": "200000", "date": "2026-11-03", "funding": "reserve"])
    town.write(
      .assistance, FactList.assistance, "a-2", of: "h-1",
      ["kind": "temporary", "amount_fen": "100000", "date": "2026-11-16", "funding": "reserve"])
    #expect(
      town.rows("reserve") == [
        ["示范镇", "", "上期结余", "", "", "", "10000"], ["示范镇", "2026-11-03", "支出", "张三", "", "2000", "8000", ""],
        ["示范镇", "", "本期结余", "", "", "", "8000", ""],
      ])
    #expect(town.rows("reserve", "2026-12").first?.last == "8000", "what is left is what the next month begins with")
  }

  @Test func whatWasGivenFirstAndIsNotExplained() {
    var town = MonthlyPaperTests.township()
    for (id, more) in [("e-1", [:]), ("e-2", ["supplement_date": "2026-11-05"])] {
      town.write(
        .emergency, FactList.emergency, id, of: "h-1",
        ["kind": "fire", "date": "2026-10-26", "first_aid": "yes", "first_aid_fen": "150000", "first_aid_date": "2026-10-27"].merging(
          more
        ) { $1 })
    }
    #expect(town.rows("supplements") == [["1", "示范镇", "东庄村", "张三", "fire", "2026-10-26", "1500", "2026-10-27", "2026-11-10", "5"]])
  }

  /// R52: who is registered elsewhere has no household here, though the form gives the record a household's id of its own: the papers have
  /// the name that the emergency says, and where it happened.
  @Test func whoIsFromElsewhereStandsOnThePapersByName() throws {
    var town = Township()
    func write(_ list: String, _ entity: String, _ stated: [(String, String)]) {
      let fact = Fact(list: list, entity: entity, properties: stated.map { Property($0.0, $0.1) })
      town.write(.emergency, household: "h-of-nobody", in: Township.west, fact, on: "2026-11-03", by: .clerk)
    }
    write(
      FactList.emergency, "e-1",
      [
        ("name", "郭路仁"), ("hukou_place", "other"), ("place_division", Township.west), ("kind", "traffic"), ("date", "2026-11-02"),
        ("first_aid", "yes"), ("first_aid_fen", "80000"), ("first_aid_date", "2026-11-03"),
      ])
    write(
      FactList.assistance, "a-1",
      [
        ("kind", "temporary"), ("form", "money"), ("funding", "reserve"), ("amount_fen", "80000"), ("date", "2026-11-03"),
        ("emergency", "e-1"),
      ])
    #expect(town.rows("supplements").map { Array($0[1...3]) } == [["示范镇", "西庄村", "郭路仁"]])
    let row = try #require(town.rows("temporary").first)
    #expect([row[1], row[2], row[3], row[6]] == ["示范镇", "西庄村", "郭路仁", "非本县户籍"], "\(row)")
    #expect(town.rows("reserve").contains { $0[2] == "支出" && $0[3] == "郭路仁" }, "\(town.rows("reserve"))")
  }

  @Test func publicityAndTrainingByDay() {
    var town = Township()
    town.write(
      .training, FactList.training, "t-1", of: nil,
      ["division": Township.code, "date": "2026-11-09", "topic": "填表", "teacher": "讲师", "attendees": "20", "hours": "2"])
    town.write(
      .publicity, FactList.publicity, "p-1", of: nil,
      ["division": Township.east, "date": "2026-11-08", "channel": "leaflet", "topic": "低保政策", "count": "120"])
    #expect(
      town.rows("publicity") == [
        ["1", "示范镇", "东庄村", "2026-11-08", "宣传", "政策明白纸", "低保政策", "", "120", ""],
        ["2", "示范镇", "", "2026-11-09", "培训", "", "填表", "讲师", "20", "2"],
      ])
  }

  @Test func figuresByVillageThenTownshipThenAll() {
    var town = MonthlyPaperTests.township()
    for (visit, household, village, result) in [("v-1", "h-1", Township.east, "suspected"), ("v-2", "h-2", Township.west, "none")] {
      town.write(
        .visit, FactList.visit, visit, of: household, in: village, on: "2026-11-04", by: .cadre,
        ["date": "2026-11-04", "method": "home", "result": result])
    }
    let rows = town.rows("sweep")
    #expect(
      rows.map { Array($0.prefix(4)) } == [
        ["示范镇", "东庄村", "0", "1"], ["示范镇", "西庄村", "0", "1"], ["示范镇", "小计", "0", "2"], ["合计", "", "0", "2"],
      ])
    // 发现, 个人申请, 主动发现, 监测预警, 建议纳入
    #expect(rows.map { Array($0[6...10]) } == [["1", "0", "1", "0", "1"], ["0", "0", "0", "0", "0"]] + Array(repeating: ["1", "0", "1", "0", "1"], count: 2))
    #expect(town.rows("supervision").suffix(2).map { $0[0] } == ["发现到调查中位数", "发现到施救中位数"])
  }

  /// A household found by a visit, watched two days later, helped sixteen days after it was found, warned of, and given something.
  private static func helped() -> Township {
    var town = MonthlyPaperTests.township()
    town.write(
      .visit, FactList.visit, "v-1", of: "h-1", on: "2026-10-20", by: .cadre,
      ["date": "2026-10-20", "method": "home", "result": "suspected"])
    let found = town.register.visits(of: "h-1").first?.record ?? ""
    for (id, from, to, day) in [("k-1", "found", "monitored", "2026-10-22"), ("k-2", "monitored", "helped", "2026-11-05")] {
      town.write(
        .caseStep, FactList.caseStep, id, of: "h-1", on: day,
        ["track": "tpbw", "from": from, "to": to, "date": day, "basis": found, "reason": "接续"])
    }
    town.write(
      .warning, household: "h-1",
      Fact(list: FactList.warning, entity: "w-1", properties: [Property("household", "h-1"), Property("raised", "2026-11-02")]),
      on: "2026-11-02")
    town.write(
      .assistance, FactList.assistance, "a-1", of: "h-1",
      ["kind": "temporary", "amount_fen": "100000", "date": "2026-11-06", "funding": "fiscal"])
    return town
  }

  /// R65: one line of a village has what was gone through, what is watched and what was given.
  @Test func theThreePhasesStandSideBySide() throws {
    let sheet = try #require(Self.helped().sheets("supervision").first)
    let titles = sheet.head.columns.map(\.header)
    let row = try #require(sheet.rows.map { $0.map(\.shown) }.first { $0.count > 1 && $0[1] == "东庄村" })
    try #require(row.count == titles.count)
    let figures = Dictionary(uniqueKeysWithValues: zip(titles, row))
    #expect(["已走访", "发现", "建议纳入"].map { figures[$0] } == ["1", "1", "1"], "摸排: \(figures)")
    #expect(["新进监测", "预警", "预警已了"].map { figures[$0] } == ["1", "1", "0"], "监测: \(figures)")
    #expect(["纳入救助", "帮扶"].map { figures[$0] } == ["1", "1"], "救助帮扶: \(figures)")
  }

  /// R40: 主动发现 → 主动调查 → 主动施救.
  @Test func howLongItTookStandsBelowTheFigures() {
    var town = MonthlyPaperTests.township()
    #expect(town.rows("supervision").suffix(2) == [["发现到调查中位数", "无"], ["发现到施救中位数", "无"]])
    town = Self.helped()
    #expect(town.rows("supervision").suffix(2) == [["发现到调查中位数", "0 天（1 件）"], ["发现到施救中位数", "16 天（1 件）"]])
    #expect(town.rows("supervision", "2026-12").suffix(2) == [["发现到调查中位数", "无"], ["发现到施救中位数", "无"]], "found before these days")
  }

  @Test func warningsWithTheirWay() {
    var town = MonthlyPaperTests.township()
    let fact = Fact(list: FactList.warning, entity: "w-1", properties: [Property("household", "h-1"), Property("raised", "2026-11-02")])
    town.write(.warning, household: "h-1", fact, on: "2026-11-02")
    town.write(
      .warning, FactList.finding, "n-1", of: "h-1",
      ["warning": "w-1", "model": "dropout", "department": "education", "level": "red", "match": "exact", "date": "2026-11-02"])
    town.write(
      .warningStep, FactList.warningStep, "x-1", of: "h-1", on: "2026-11-03",
      ["warning": "w-1", "from": "new", "to": "ignored", "date": "2026-11-03", "reason": "已核实在读"])
    #expect(
      town.rows("warnings") == [
        ["1", "示范镇", "东庄村", "张三", "红", "失学辍学", "education", "命中", "2026-11-02", "", "", "", "", "已忽略", "2026-11-03", "已核实在读", ""]
      ])
  }

  @Test func everyPaperHasANameOfItsOwnAndATitle() {
    let names = Paper.all.map(\.name)
    #expect(Set(names).count == names.count && Paper.all.allSatisfy { !$0.title.isEmpty })
    let town = MonthlyPaperTests.township()
    for paper in Paper.all {
      for sheet in paper.sheets(town.context()) {
        #expect(sheet.rows.allSatisfy { $0.count <= sheet.head.columns.count }, "\(paper.name)")
        #expect(sheet.head.title?.contains("2026-10-16 至 2026-11-15") == true, "\(paper.name)")
      }
    }
  }
}
