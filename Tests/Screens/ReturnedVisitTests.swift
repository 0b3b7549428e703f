import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// A visit that comes back: the cadre is led to what was asked about, reads why there, and answers with an amendment.
@Suite struct ReturnedVisitTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// The household of four, typed, finished, and returned with a comment about one answer.
  func returned(list: String, property: String, reason: String = "名字写全") throws -> KeyScript {
    var typist = Typist(script: BudgetTests.emptyForm(form))
    for line in ScriptLine.read() { typist.type(line) }
    typist.script.press(.function(10), .enter)
    var script = typist.script
    let household = try #require(script.laptop.finished.first?.household)
    let visit = try #require(script.laptop.workspace.register.visits(of: household).first)
    let fact = visit.facts.first { $0.list == list && !($0.value(property) ?? "").isEmpty }
    script.laptop.workspace.register.apply(
      Village.record(
        "review-1", .review, household: household, author: Village.supervisor, wall: "2026-11-24T21:00:00+08:00", facts: [],
        body: [
          "record": visit.record, "verdict": "returned", "reason": reason,
          "question": ReviewComment.question(list: list, property: property, entity: fact?.entity ?? ""),
        ]))
    script.restart()
    return script
  }

  /// Opens the amendment of 周建民's visit from the list, where returned visits stand before all others.
  func amend(_ script: inout KeyScript) throws {
    let household = try #require(script.laptop.finished.first?.household)
    let row = try #require(script.lines.firstIndex { $0.contains("周建民") })
    let areReturned = script.lines[2...row].allSatisfy { $0.contains("退回") }
    #expect(areReturned, "\(script.text)")
    script.type(String(row - 1))
    script.press(.enter)
    let acts = HouseholdScreen(household).acts(script.laptop.workspace)
    script.type(String(try #require(acts.firstIndex { if case .amend = $0 { true } else { false } }) + 1))
  }

  @Test func theCursorStandsAtTheQuestionWithTheCommentBelow() throws {
    var script = try returned(list: FactList.person, property: "name")
    try amend(&script)
    #expect(script.text.contains("退回：名字写全"), "the reason is there already: \(script.text)")
    script.press(.enter)
    #expect(script.title.contains("更正"))
    #expect(script.cursorLine.contains("周建民"), "\(script.text)")
    #expect(script.message == "退回：名字写全")
    script.press(.down)
    #expect(script.message != "退回：名字写全", "it is said at its question alone")
    script.press(.up)
    #expect(script.message == "退回：名字写全")
  }

  @Test func theAnswerIsAnAmendmentOfWhatCameBack() throws {
    var script = try returned(list: FactList.person, property: "name")
    let household = try #require(script.laptop.finished.first?.household)
    let visit = try #require(script.laptop.workspace.register.visits(of: household).first)
    try amend(&script)
    script.press(.enter, .control("u"))
    script.type("周建明")
    script.press(.enter, .function(10))
    if script.message.contains("存疑") { script.type("2") }
    #expect(script.title.contains("走访已完成"), "\(script.text)")
    #expect(script.laptop.finished.last?.purpose == .amendment(of: visit.record, reason: "退回：名字写全"))
    script.press(.enter)
    #expect(!script.lines.contains { $0.contains("退回") && $0.contains("周建民") }, "\(script.text)")
  }

  /// Somebody was there again before the comment came: what came back is still led to, and answered.
  @Test func aVisitThatCameBackIsAmendedThoughAnotherOneCameAfterIt() throws {
    var script = try returned(list: FactList.person, property: "name")
    let household = try #require(script.laptop.finished.first?.household)
    script.laptop.workspace.register.apply(
      Village.record(
        "visit-later", .visit, household: household, author: Village.cadre, wall: "2026-11-24T22:00:00+08:00",
        facts: [Fact(list: FactList.visit, entity: "v-later", properties: [Property("date", "2026-11-24"), Property("method", "home")])],
        body: [:]))
    script.restart()
    #expect(script.laptop.workspace.register.visits(of: household).first?.record == "visit-later")
    try amend(&script)
    #expect(script.text.contains("退回：名字写全"), "\(script.text)")
    script.press(.enter)
    #expect(script.message == "退回：名字写全", "\(script.text)")
  }

  /// A household row of many is not another one: the comment names the row's entity.
  @Test func theRowOfTheCommentIsTheRowThatOpens() throws {
    var script = try returned(list: FactList.person, property: "name", reason: "名字核对一下")
    // The comment is about the second member whatever stands first.
    let household = try #require(script.laptop.finished.first?.household)
    let visit = try #require(script.laptop.workspace.register.visits(of: household).first)
    let persons = visit.facts.filter { $0.list == FactList.person }
    let second = try #require(persons.dropFirst().first)
    script.laptop.workspace.register.apply(
      Village.record(
        "review-2", .review, household: household, author: Village.supervisor, wall: "2026-11-24T22:00:00+08:00", facts: [],
        supersedes: ["review-1"],
        body: [
          "record": visit.record, "verdict": "returned", "reason": "名字核对一下",
          "question": ReviewComment.question(list: FactList.person, property: "name", entity: second.entity),
        ]))
    script.restart()
    try amend(&script)
    script.press(.enter)
    let name = try #require(second.value("name"))
    #expect(script.cursorLine.contains(name), "\(script.text)")
  }

  @Test func aCommentOnTheWholeVisitIsSaidWhereNothingElseIs() throws {
    var script = try returned(list: FactList.visit, property: "no_such_property", reason: "再去一次")
    try amend(&script)
    script.press(.enter)
    #expect(script.text.contains("退回：再去一次"), "\(script.text)")
  }

  @Test func theCommentIsThereAgainWhenTheDraftIsGoneOnWith() throws {
    var script = try returned(list: FactList.person, property: "name")
    try amend(&script)
    script.press(.enter, .control("u"))
    script.type("周建明")
    script.press(.enter)
    script.restart()
    let row = try #require(script.lines.firstIndex { $0.contains("草稿") })
    script.type(String(row - 1))
    script.press(.enter, .up)
    #expect(script.message == "退回：名字写全", "\(script.text)")
  }

  /// A reason belongs to a doubt: when the answer was put right later, the supervisor is not told of it.
  @Test(arguments: [true, false]) func aDoubtThatWasPutRightIsNotReported(_ isPutRight: Bool) throws {
    var typist = Typist(script: BudgetTests.emptyForm(form))
    for line in ScriptLine.read() where !line.path.hasSuffix("/form_number") && !line.path.hasSuffix("/signature") { typist.type(line) }
    var script = typist.script
    for _ in 0..<20 where !script.cursorLine.contains("受访人签字") { script.press(.pageDown) }
    script.type("1")
    #expect(script.message.contains("表号"), "\(script.text)")
    script.press(.function(2))
    script.type("表没带来")
    script.press(.enter)
    if isPutRight {
      script.press(.function(6))
      script.type("6")
      script.press(.enter)
      #expect(script.cursorLine.contains("表号"), "\(script.text)")
      script.type("0731")
      script.press(.enter)
    }
    script.press(.function(10))
    #expect(script.title.contains("走访已完成"), "\(script.text)")
    let forced = try #require(script.laptop.finished.first).forced
    #expect(forced.map(\.reason) == (isPutRight ? [] : ["表没带来"]))
  }

  /// 未遇 was a slip, or they came home after all: the amendment is about the people of the roster, not about new ones beside them.
  @Test func anAmendmentThatMeetsSomebodyIsAboutThePeopleOfTheRoster() throws {
    var script = try VisitTests().begun()
    script.type("41")
    script.press(.function(10))
    let visit = try #require(script.laptop.workspace.register.visits(of: "h-wang").first)
    let submission = try #require(script.laptop.submissions[visit.record])
    let person = try #require(script.laptop.workspace.register.persons(of: "h-wang").first)
    let begun = try VisitBeginning(script.laptop.workspace, household: "h-wang", lastVisit: nil)
      .amendment(of: visit, submission: submission, reason: "人回来了").get()
    var session = begun.session
    let (method, member) = (
      try #require(InstancePath("/household-visit/heading/method")), try #require(InstancePath("/household-visit/members/member[1]"))
    )
    #expect(session.answer(method, "home") == .accepted)
    #expect(session.repeatCount(try #require(InstancePath("/household-visit/members/member"))) == 1)
    #expect(session.value(at: member.entityID) == person.id)
    #expect(begun.prefill.proposal(at: member.child("name"), session)?.value == "王春梅", "and nobody types what is known")
    // No default of the form stands where nobody was asked: it would be written as if somebody had said it.
    #expect(session.value(at: try #require(InstancePath("/household-visit/household/hukou"))) == "")
    // The draft keeps it: opened again it is the same person.
    #expect(begun.saver.beginning.instance.contains(person.id))
    #expect(session.answer(member.child("name"), "王春梅") == .accepted)
    session.finish()
    let written = session.entities().filter { $0.list == FactList.person }
    #expect(written.map(\.id) == [person.id])
  }
}
