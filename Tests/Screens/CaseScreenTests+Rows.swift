import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// The way of a case at the screen, where a requirement of the programme says how it goes (R06, R07, R13, R14).
extension CaseScreenTests {
  static let county = Author(person: "p-county", name: "县局", role: .county)

  /// The county's step of 刘志强's household, as a record from another laptop.
  static func step(
    _ id: String, _ track: CaseTrack, _ from: CaseState?, _ to: CaseState, on date: String, after: [String], reason: String?
  ) -> Record {
    let step = CaseStep(CaseKey(household: "h-liu", track: track), from: from, to: to, date: CivilDate(date), reason: reason)
    return Village.record(
      id, .caseStep, household: "h-liu", author: county, wall: date + "T10:00:00+08:00", facts: [step.fact(entity: "s-" + id)],
      supersedes: after)
  }

  static func with(_ records: [Record], _ role: Role) throws -> Workspace {
    var workspace = try workspace(role)
    workspace.register.apply(contentsOf: records.map { (record: $0, place: nil) })
    return workspace
  }

  /// At a field of the form that is open.
  static func go(to label: String, _ script: inout KeyScript) {
    for _ in 0..<16 where !script.cursorLine.contains(label) { script.press(.down) }
    #expect(script.cursorLine.contains(label), "\(script.text)")
  }

  /// R06: a step that leaves others out and says no reason moves nothing; with one it does, and the page says who took it, when and why.
  @Test(arguments: [nil, "原系统在册，补建档"]) func aStepThatLeavesOthersOutNeedsItsReason(_ reason: String?) throws {
    let workspace = try Self.with(
      [Self.step("1", .lowIncome, .found, .helped, on: "2026-11-24", after: ["visit-liu"], reason: reason)], .county)
    let script = try OpenMatterTests.cases(workspace)
    #expect(script.text.contains("低保：救助中（2026-11-24 起）") == (reason != nil), "\(script.text)")
    #expect(script.text.contains("还没有办理记录") == (reason == nil), "\(script.text)")
    guard let reason else { return }
    let line = try #require(HistoryScreen("h-liu", workspace).lines.first { $0.text == "低保：发现 -> 救助中，" + reason })
    #expect(line.date == "2026-11-24" && line.author == "县局", "\(line)")
  }

  /// R07: what was cleared is opened again by what is found since. It is the same case, and its way stands whole.
  @Test func aClearedCaseIsOpenedAgainAndKeepsItsWay() throws {
    let workspace = try Self.with(
      [
        Self.step("1", .lowIncome, nil, .helped, on: "2026-03-01", after: [], reason: "原系统在册"),
        Self.step("2", .lowIncome, .helped, .cleared, on: "2026-09-01", after: ["1"], reason: "收入稳定"),
      ], .clerk)
    var script = try OpenMatterTests.cases(workspace)
    #expect(script.text.contains("低保：已清零（2026-09-01 起）"), "\(script.text)")
    try OpenMatterTests.pick(.found, from: .cleared, &script)
    Self.go(to: "理由", &script)
    script.type("又查出大病")
    script.press(.enter, .control("s"))
    let cases = script.laptop.workspace.register.cases(of: "h-liu")
    let one = try #require(cases.first { $0.key.track == .lowIncome }, "\(script.text)")
    #expect(one.state == .found && one.history.map(\.step.to) == [.helped, .cleared, .found])
    let way = HistoryScreen("h-liu", script.laptop.workspace).lines.map(\.text)
    for step in ["低保：救助中（补录早已在享受的），原系统在册", "低保：救助中 -> 已清零，收入稳定", "低保：已清零 -> 发现，又查出大病"] {
      #expect(way.contains(step), "\(step): \(way)")
    }
  }

  /// R13: 突发严重困难户 is decided by 乡村振兴: nobody comes in before the step names who decided, whichever form the county published.
  @Test(arguments: [true, false]) func suddenHardshipNamesWhoDecided(_ isAsked: Bool) throws {
    var workspace = try Self.with(
      [
        Self.step("1", .sudden, .found, .monitored, on: "2026-11-24", after: ["visit-liu"], reason: "研判"),
        Self.step("2", .sudden, .monitored, .publicity, on: "2026-11-24", after: ["1"], reason: "评议"),
        Self.step("3", .sudden, .publicity, .confirming, on: "2026-11-24", after: ["2"], reason: "公示期满"),
      ], .county)
    if !isAsked {
      let text = try #require(Page.read(Forms.root + "/forms/case-step.xml"))
      let lenient = text.replacing("required=\" /case-step/track  = 'tfyz'\" ", with: "")
      #expect(lenient != text)
      let form = try VisitForm(parsing: Array(lenient.utf8), name: "case-step.xml")
      workspace.otherForms = workspace.otherForms.map { $0.key.id == "case-step" ? form : $0 }
    }
    var script = try OpenMatterTests.cases(workspace)
    try OpenMatterTests.pick(.helped, from: .confirming, &script)
    script.press(.control("s"))
    #expect(script.laptop.finished.isEmpty && script.cursorLine.contains("认定单位"), "\(script.text)")
    if !isAsked { #expect(script.message == "由乡村振兴部门认定：请写认定单位", "\(script.text)") }
    Self.go(to: "认定单位", &script)
    script.type("县乡村振兴局")
    script.press(.enter, .control("s"))
    let one = try #require(script.laptop.workspace.register.cases(of: "h-liu").first { $0.state == .helped }, "\(script.text)")
    #expect(one.key.track == .sudden && one.history.last?.step.decidedBy == "县乡村振兴局")
  }

  /// R14: each of the eight categories is something a case may be about.
  @Test(arguments: ["lb", "tk", "by", "tpbw", "byyz", "tfyz", "zcx", "other"])
  func everyCategoryIsWorkedOn(_ category: String) throws {
    var script = try Self.open()
    try Self.pick(.monitored, &script)
    #expect(script.cursorLine.contains("办理事项"), "\(script.text)")
    let code = script.program.visit?.editor?.choices.entry(value: category)?.code
    script.type(try #require(code, "\(category) is not offered"))
    script.press(.control("s"))
    let one = try #require(script.laptop.workspace.register.cases(of: "h-liu").first, "\(script.text)")
    #expect(one.state == .monitored && one.key.track?.rawValue == category)
  }
}
