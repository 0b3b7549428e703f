import Papers
import Relief
import Tables
import Testing

/// The monthly tables of policy §7.4 over a made-up township, row by row.
@Suite struct MonthlyPaperTests {
  static func township() -> Township {
    var town = Township()
    town.household("h-1", "张三", members: 3)
    town.household("h-2", "李四光", members: 2, in: Township.west)
    town.household("h-3", "王五", members: 1, in: Township.west)
    town.write(
      .category, FactList.category, "c-1", of: "h-1", ["kind": "lb", "from": "2026-11-01", "amount_fen": "123450", "period": "month"])
    town.write(
      .category, FactList.category, "c-2", of: "h-2", in: Township.west,
      ["kind": "lb", "from": "2026-10-16", "amount_fen": "50000", "period": "month", "person": "h-2-2"])
    town.write(
      .category, FactList.category, "c-3", of: "h-3", in: Township.west,
      ["kind": "by", "from": "2025-01-01", "to": "2026-11-15", "end_reason": "income", "amount_fen": "30000", "period": "month"])
    return town
  }

  @Test func newGrantsByVillageWithTheirSum() {
    #expect(
      Self.township().rows("new-lb") == [
        ["1", "示范镇", "东庄村", "张三", "张三", "**************0012", "户", "3", "农村", "", "2026-11-01", "1234.50", "月"],
        ["2", "示范镇", "西庄村", "李四光", "李成员2", "", "个人", "1", "农村", "", "2026-10-16", "500", "月"],
        ["合计", "", "", "2 户", "", "", "", "4", "", "", "", "1734.50", ""],
      ])
    #expect(Self.township().rows("new-by").count == 1, "the sum alone: it began long ago")
  }

  @Test func whatIsPaidByYearAndByMonthIsNoOneSum() {
    var town = Self.township()
    town.household("h-4", "赵六", members: 1)
    town.write(
      .category, FactList.category, "c-4", of: "h-4", ["kind": "lb", "from": "2026-11-02", "amount_fen": "100", "period": "year"])
    #expect(town.rows("new-lb").last?[11] == "")
  }

  @Test func whoIsStoppedStandsWithTheReason() {
    #expect(
      Self.township().rows("stopped-by") == [
        ["1", "示范镇", "西庄村", "王五", "王五", "**************0012", "1", "收入超过标准", "2025-01-01", "2026-11-15", "300", "月"],
        ["合计", "", "", "1 户", "", "", "1", "", "", "", "300", ""],
      ])
  }

  @Test func whoLeftIsLookedAtForWhatHoldsThemNow() {
    var town = Self.township()
    #expect(
      town.rows("after-stop") == [
        ["1", "示范镇", "西庄村", "王五", "王五", "**************0012", "低保边缘家庭", "2026-11-15", "收入超过标准", "无", "0", "0", ""]
      ])
    town.write(
      .visit, FactList.risk, "r-1", of: "h-3", in: Township.west, on: "2026-11-02", by: .cadre,
      ["kind": "illness", "found": "2026-11-02"])
    #expect(town.rows("after-stop").first?.suffix(3) == ["1", "0", "须纠治"])
  }

  @Test func whoDiedOfAHouseholdInAScheme() {
    var town = Self.township()
    town.write(
      .householdChange, FactList.person, "h-1-3", of: "h-1", by: .cadre,
      ["membership": "left", "left_reason": "dead", "left_date": "2026-11-10"])
    // Of a household in no scheme, and of one that only moved the person to another household: not in the table.
    town.household("h-9", "钱九", members: 2)
    town.write(
      .householdChange, FactList.person, "h-9-2", of: "h-9", by: .cadre,
      ["membership": "left", "left_reason": "dead", "left_date": "2026-11-10"])
    town.write(
      .householdChange, FactList.person, "h-1-2", of: "h-1", by: .cadre,
      ["membership": "left", "left_reason": "split", "left_date": "2026-11-10"])
    #expect(town.rows("natural-loss") == [["1", "示范镇", "东庄村", "张三", "张成员3", "", "子", "去世", "2026-11-10", "低保对象", "1"]])
    #expect(town.rows("natural-loss", "2026-12") == [])
  }

  @Test func whoMovedAwayOrMarriedOutStandsThereWithTheReason() {
    var town = Self.township()
    for (person, reason) in [("h-1-1", "other"), ("h-1-2", "moved"), ("h-1-3", "married_out")] {
      town.write(
        .householdChange, FactList.person, person, of: "h-1", by: .cadre,
        ["membership": "left", "left_reason": reason, "left_date": "2026-11-10"])
    }
    #expect(town.rows("natural-loss").map { [$0[4], $0[7]] } == [["张成员2", "moved"], ["张成员3", "married_out"]])
  }

  @Test func temporaryReliefWithItsSum() {
    var town = Self.township()
    town.write(
      .assistance, FactList.assistance, "a-1", of: "h-1",
      ["kind": "temporary", "form": "money", "amount_fen": "200000", "date": "2026-11-03", "funding": "reserve"])
    town.write(
      .assistance, FactList.assistance, "a-2", of: "h-2", in: Township.west,
      ["kind": "medical", "amount_fen": "90000", "date": "2026-11-03"])
    #expect(
      town.rows("temporary") == [
        ["1", "示范镇", "东庄村", "张三", "**************0012", "3", "本县", "", "一般程序", "资金", "2000", "", "乡镇备用金", "2026-11-03"],
        ["合计", "", "", "1 人次", "", "", "", "", "", "", "2000"],
      ])
  }

  @Test func nearRelativesAreThoseWhoDidNotSayNo() {
    var town = Self.township()
    for (household, answer) in [("h-1", "no"), ("h-2", "yes")] {
      town.write(
        .application, FactList.application, "p-" + household, of: household,
        ["date": "2026-11-03", "schemes": "lb", "receiver": "经办甲", "near_relative": answer])
    }
    #expect(town.rows("near-relatives").map { $0[3] } == ["李四光"])
  }

  @Test func numbersStandInFullOnlyWhereAskedFor() {
    var context = Self.township().context()
    context.showsNumbers = true
    let shown = Paper.named("new-lb")?.sheets(context).first?.rows.first?.map(\.shown)
    #expect(shown?[5] == "130599196001010012")
  }

  /// One township's paper has nothing of another's.
  @Test func aPaperIsOfItsDivision() {
    var town = Self.township()
    town.household("h-far", "孙远", members: 1, in: "130599101201")
    town.write(.category, FactList.category, "c-far", of: "h-far", in: "130599101201", ["kind": "lb", "from": "2026-11-01"])
    #expect(town.rows("new-lb").allSatisfy { !$0.contains("孙远") })
  }
}
