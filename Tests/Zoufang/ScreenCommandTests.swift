// `zoufang screen`: a file of households, as somebody who checks the policy writes one (R09 to R12). Each is the first one with one word
// changed, and the answer turns.

import ArgumentParser
import Testing

@testable import zoufang

@Suite struct ScreenCommandTests {
  /// Runs the command over a file of cases; fails where one does not come out as it expects.
  static func screen(_ rule: String, _ parameters: String, base: String, _ cases: [(String, expect: String)]) throws {
    let room = try Room()
    let path = room.path + "/case.yaml"
    let rows = cases.enumerated().map { number, one in "  - name: case \(number)\n    \(one.0)\n    expect: {\(one.expect)}\n" }
    let text = "rule: \(rule)\nclause: 2.5\nparameters: {\(parameters)}\nbase:\n  visit_date: 2026-11-24\n  \(base)\n\ncases:\n"
    try room.write(Array((text + rows.joined()).utf8), to: path)
    let (report, failed) = try ScreenCommand.parse(["--case", path]).report()
    #expect(failed == 0, "\(report)")
  }

  /// R09: 特困 is a person's: old, disabled or minor, without a living and without anybody who could support them; by the standard of 城 or 乡.
  @Test func aPersonIsDestituteWhoIsOldDisabledOrMinor() throws {
    let (met, not) = ("T-TK@甲: 疑似符合", "T-TK@甲: 不符合")
    try Self.screen(
      "T-TK", "lb_standard_rural: 600, lb_standard_urban: 800", base: "household: {hukou: rural}\n  income: 7000\n  property: 符合",
      [
        ("members: [{name: 甲, age: 60, obligors: 无}]", met),
        ("members: [{name: 甲, age: 59, obligors: 无}]", not),
        ("members: [{name: 甲, age: 10, obligors: 无}]", met),
        ("members: [{name: 甲, age: 40, obligors: 无, disability: {kind: 肢体, grade: 2}}]", met),
        ("members: [{name: 甲, age: 70, obligors: [{name: 子, age: 40}]}]", not),
        ("members: [{name: 甲, age: 70, obligors: 无}]\n    income: 7200", not),
        ("members: [{name: 甲, age: 70, obligors: 无}]\n    income: 7200\n    household: {hukou: 城镇}", met),
      ])
  }

  /// R10: 低保边缘: strictly below one and a half times the standard, not 低保, and with the property the county allows.
  @Test func theEdgeIsStrictlyBelowOneAndAHalfTimes() throws {
    let (met, not) = ("T-BY-1: 疑似符合", "T-BY-1: 不符合")
    try Self.screen(
      "T-BY-1", "lb_standard_rural: 600", base: "household: {hukou: rural, size: 2}\n  income: 21599.99\n  property: 符合",
      [
        ("clause: 2.5 T-BY-1", met), ("income: 21600", not), ("income: 14399.99", not), ("income: 14400", met), ("property: 不符合", not),
      ])
  }

  /// R11: 脱贫不稳定户: a 脱贫户 within the line and at risk.
  @Test func whoLeftPovertyIsUnstableWithinTheLineAndAtRisk() throws { try Self.isAtRisk("T-FP-TPBW", "脱贫户", "一般农户") }

  /// R12: 边缘易致贫户: a 一般农户 within the line and at risk.
  @Test func anOrdinaryHouseholdIsAtRiskWithinTheLine() throws { try Self.isAtRisk("T-FP-BYYZ", "一般农户", "脱贫户") }

  private static func isAtRisk(_ rule: String, _ kind: String, _ other: String) throws {
    let (met, not) = ("\(rule): 疑似符合", "\(rule): 不符合")
    try screen(
      rule, "fp_line: 7000", base: "household: {kind: \(kind), size: 2}\n  income: 13999.99\n  risk: 是",
      [("clause: 2.8", met), ("income: 14000", not), ("risk: 否", not), ("household: {kind: \(other)}", not)])
  }
}
