// What a visit does to the register: an answer changes it, a question nobody touched does not.

import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct KnownTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// What the roster's import can say of a person (docs/county.md), beside name, number and relation.
  static let columns = [
    ("ethnicity", "03"), ("education", "junior"), ("schooling", "none"), ("marital", "20"), ("labour", "weak"), ("employment", "farming"),
    ("insurance_medical", "resident"), ("presence", "away"), ("disability_kind", "3"), ("disability_grade", "2"),
    ("disability_certificate", "13059919620228002732"), ("health", "chronic disabled"), ("illness_name", "风湿"),
  ]

  /// The village, with 张建国 as the roster knows him.
  func workspace() -> Workspace {
    var workspace = Village.workspace(form)
    let more = Fact(list: FactList.person, entity: "m-1", properties: Self.columns.map { Property($0.0, $0.1) })
    let household = Fact(
      list: FactList.household, entity: "h-zhang",
      properties: [Property("address", "东头第三家"), Property("schemes", "lb"), Property("kind", "out_of_poverty")])
    workspace.register.apply(
      Village.record("roster-more", .roster, household: "h-zhang", facts: [household, more], supersedes: ["roster-h-zhang"]))
    return workspace
  }

  /// 张建国's household, open.
  func begun(_ workspace: Workspace? = nil) -> KeyScript {
    var script = KeyScript(workspace ?? self.workspace())
    script.type("3")
    script.press(.enter)
    #expect(script.title.contains("张建国"), "\(script.text)")
    return script
  }

  /// Answers what the form requires of a household whose members' names and numbers are taken, and finishes.
  func finish(_ script: inout KeyScript) {
    answer("four/disability", "no", &script)
    answer("four/labour_loss", "no", &script)
    answer("four/illness", "no", &script)
    answer("four/emergency", "no", &script)
    answer("conclusion/result", "none", &script)
    answer("signing/signature", "refused", &script)
    answer("signing/signature_reason", "不识字", &script)
    answer("heading/notice_read", "yes", &script)
    script.press(.function(10))
    if script.message.contains("存疑") { script.type("2") }
    #expect(script.title.contains("走访已完成"), "\(script.text)")
  }

  /// At a field, by its number.
  func go(_ path: String, _ script: inout KeyScript) {
    script.press(.function(6))
    let generic = InstancePath("/household-visit/" + path)?.generic ?? ""
    script.type(String((1...200).first { form.numbers.path(of: $0) == generic } ?? 999))
    script.press(.enter)
    #expect(script.program.visit?.place?.path.generic == generic, "\(path): \(script.message)")
  }

  func answer(_ path: String, _ value: String, _ script: inout KeyScript) {
    go(path, &script)
    guard let editor = script.program.visit?.editor else { return }
    script.type(editor.choices.entry(value: value)?.code ?? value)
    if script.program.visit?.place?.path.generic == InstancePath("/household-visit/" + path)?.generic { script.press(.enter) }
  }

  /// Takes name, number and relation of both members and nothing else.
  func takeMembers(_ script: inout KeyScript) {
    for row in 1...2 {
      for field in ["name", "id_number", "relation"] {
        go("members/member/name", &script)
        guard let path = InstancePath("/household-visit/members/member[\(row)]/\(field)") else { continue }
        // The row is opened by hand: F6 goes to the first one.
        for _ in 0..<12 where script.program.visit?.place != .field(path) {
          if case .field(let here)? = script.program.visit?.place, here.description.contains("member[\(row)]") == false {
            script.press(.pageDown)
          } else {
            script.press(.enter)
          }
        }
        #expect(script.program.visit?.place == .field(path))
        script.press(.enter)
      }
    }
  }

  func value(_ property: String, _ list: String, _ id: String, _ script: KeyScript) -> String? {
    script.laptop.workspace.register.field(property, of: list, id)?.shown
  }

  @Test func everyColumnOfTheRosterIsProposed() throws {
    let script = begun()
    let visit = try #require(script.program.visit)
    let proposed = Set(visit.prefill.known.filter { $0.key.description.contains("member[1]") }.map(\.value))
    for (property, value) in Self.columns where property != "health" {
      #expect(proposed.contains(value), "\(property) is not proposed anywhere")
    }
  }

  /// R01: what a household has by now is what its record says from then on.
  @Test func theSchemesOfTheHouseholdAreThoseItHasNow() {
    var script = begun()
    takeMembers(&script)
    answer("household/has_schemes", "yes", &script)
    go("household/schemes", &script)
    script.press(.control("u"))
    for scheme in ["medical", "disabled_care"] { script.type(script.program.visit?.editor?.choices.entry(value: scheme)?.code ?? scheme) }
    script.press(.enter)
    finish(&script)
    let schemes = value("schemes", FactList.household, "h-zhang", script)?.split(separator: " ").sorted()
    #expect(schemes == ["disabled_care", "medical"], "\(script.text)")
  }

  @Test func aQuestionThatNobodyTouchedErasesNothing() {
    var script = begun()
    takeMembers(&script)
    finish(&script)
    for (property, known) in Self.columns {
      // Said for the whole household: nobody is disabled, nobody is ill.
      if property == "health" { continue }
      #expect(value(property, FactList.person, "m-1", script) == known, "\(property)")
    }
    #expect(value("phone", FactList.household, "h-zhang", script) == "13900000001")
    #expect(value("address", FactList.household, "h-zhang", script) == "东头第三家")
    #expect(value("schemes", FactList.household, "h-zhang", script) == "lb")
    #expect(value("kind", FactList.household, "h-zhang", script) == "out_of_poverty")
    #expect(value("id_number", FactList.person, "m-2", script) == "130599196301010014")
    #expect(script.laptop.workspace.register.conflicts().isEmpty)
  }

  @Test func aProposalThatSomebodyClearedIsEmptied() {
    var script = begun()
    takeMembers(&script)
    go("household/address", &script)
    script.press(.control("u"), .enter)
    go("household/phone_number", &script)
    script.press(.control("u"), .enter)
    answer("household/has_schemes", "no", &script)
    finish(&script)
    #expect(value("address", FactList.household, "h-zhang", script) == "")
    #expect(value("phone", FactList.household, "h-zhang", script) == "", "also where the form computes what is saved")
    #expect(value("schemes", FactList.household, "h-zhang", script) == "", "无 is an answer")
  }

  @Test func aFieldThatWasClearedAndTakenBackIsUntouched() {
    var script = begun()
    takeMembers(&script)
    go("household/village_group", &script)
    script.press(.control("u"), .enter)
    script.press(.control("z"))
    finish(&script)
    #expect(value("group", FactList.household, "h-zhang", script) == "一组")
  }

  /// What cannot be chosen is not offered: 居民身份证 is the kind of whoever has a number, and no choice of whoever has none.
  @Test func onlyWhatCanBeChosenIsProposed() throws {
    var workspace = workspace()
    workspace.register.apply(
      Village.record(
        "roster-kind", .roster, household: "h-zhang",
        facts: [Fact(list: FactList.person, entity: "m-1", properties: [Property("id_kind", "id"), Property("health", "chronic unheard")])],
        supersedes: ["roster-more"]))
    var script = begun(workspace)
    script.press(.pageDown, .pageDown, .pageDown, .enter)
    let kind = try #require(InstancePath("/household-visit/members/member[1]/id_kind_asked"))
    #expect(script.program.visit?.prefill.proposals[kind]?.value == "id", "known all the same")
    #expect(script.text.contains("证件类型") && !script.text.contains("?"), "\(script.text)")
    go("members/member/id_kind_asked", &script)
    #expect(!script.cursorLine.contains("名册"), "\(script.text)")
    script.press(.enter, .enter)
    takeMembers(&script)
    finish(&script)
    #expect(value("id_kind", FactList.person, "m-1", script) == "id", "Enter over it emptied nothing")
  }

  // MARK: A name that was searched for

  @Test func theNameThatWasSearchedForIsTheHeads() throws {
    var script = KeyScript(workspace())
    script.press(.function(3))
    script.type("诸葛青山")
    script.press(.enter, .pageDown, .pageDown, .pageDown)
    #expect(script.cursorLine.contains("诸葛青山") && script.text.contains("(查找)"), "\(script.text)")
    script.press(.pageUp, .pageUp, .pageUp)
    script.type("11")
    script.restart()
    let row = try #require(script.lines.firstIndex { $0.contains("草稿") })
    script.type(String(row - 1))
    script.press(.enter, .pageDown, .pageDown, .pageDown)
    #expect(script.cursorLine.contains("诸葛青山"), "also after a restart: \(script.text)")
    script.press(.enter)
    #expect(script.program.visit?.session.value(at: try #require(InstancePath("/household-visit/members/member[1]/name"))) == "诸葛青山")
  }

  @Test(arguments: [("诸葛", "诸葛"), ("阿卜杜拉·买买提", "阿卜杜拉·买买提"), ("zjg", ""), ("0027", ""), ("李", ""), ("张三 1", "")])
  func onlyANameIsOne(_ typed: String, _ name: String) { #expect(FindScreen.name(typed) == name) }

  // MARK: Drafts and visits in between

  /// Two members at their places; the draft is left, and the roster turns the household round.
  @Test func aDraftKeepsWhoItsRowsAreAbout() throws {
    var script = begun()
    script.type("11")
    script.press(.escape)
    script.laptop.workspace.register.apply(
      Village.record(
        "roster-turned", .roster, household: "h-zhang",
        facts: [
          Fact(list: FactList.person, entity: "m-1", properties: [Property("relation", "10")]),
          Fact(list: FactList.person, entity: "m-2", properties: [Property("relation", "02")]),
          Fact(
            list: FactList.person, entity: "m-0",
            properties: [Property("household", "h-zhang"), Property("name", "张大山"), Property("relation", "01")]),
        ], supersedes: ["roster-more"]))
    #expect(script.laptop.workspace.register.persons(of: "h-zhang").map(\.id) == ["m-0", "m-2", "m-1"])
    script.restart()
    open("张建国", &script)
    let visit = try #require(script.program.visit)
    for (row, person, name) in [(1, "m-1", "张建国"), (2, "m-2", "李秀英")] {
      let path = try #require(InstancePath("/household-visit/members/member[\(row)]"))
      #expect(visit.session.value(at: path.entityID) == person)
      #expect(visit.prefill.proposals[path.child("name")]?.value == name)
    }
  }

  /// A first visit with three members is typed and finished; a draft of the next one is begun; then another laptop's visit arrives in
  /// which the first member stands last.
  @Test func aDraftKeepsWhoItsRowsAreAboutAlsoAgainstANewerVisit() throws {
    var script = begun()
    takeMembers(&script)
    finish(&script)
    script.press(.enter)
    let first = try #require(script.laptop.finished.first)
    script.laptop.workspace.today = "2026-11-26"
    script.restart()
    open("张建国", &script)
    script.type("1")
    script.type("11")
    script.press(.escape)
    // The same visit, written by somebody who typed the members in the other order.
    let turned = Self.turned(first.submission)
    var newer = Village.record(
      "newer", .visit, household: "h-zhang", wall: "2026-11-25T10:00:00+08:00",
      facts: [Fact(list: FactList.visit, entity: "v-newer", properties: [Property("date", "2026-11-25")])], submission: turned)
    newer.form = FormStamp(id: form.key.id, version: form.key.version, hash: "")
    script.laptop.workspace.register.apply(newer)
    script.laptop.submissions["newer"] = turned
    script.restart()
    open("张建国", &script)
    let visit = try #require(script.program.visit)
    for (row, person, name) in [(1, "m-1", "张建国"), (2, "m-2", "李秀英")] {
      let path = try #require(InstancePath("/household-visit/members/member[\(row)]"))
      #expect(visit.session.value(at: path.entityID) == person)
      #expect(visit.prefill.proposals[path.child("name")]?.value == name)
    }
  }

  /// The submission with its two members the other way round.
  static func turned(_ xml: String) -> String {
    let parts = xml.replacing("<member>", with: "\u{1}<member>").replacing("</member>", with: "</member>\u{1}")
      .split(separator: "\u{1}", omittingEmptySubsequences: false)
    let members = parts.indices.filter { parts[$0].hasPrefix("<member>") }
    guard members.count == 2 else { return "" }
    var turned = parts
    turned.swapAt(members[0], members[1])
    return turned.joined()
  }

  /// Opens a household of the list by its head.
  func open(_ head: String, _ script: inout KeyScript) {
    guard let index = script.lines.firstIndex(where: { $0.contains(head) }) else { return }
    script.type(String(index - 1))
    script.press(.enter)
  }

  @Test func afterACallThatMetNobodyTheLastRealVisitIsStillProposed() throws {
    var script = begun()
    takeMembers(&script)
    finish(&script)
    script.press(.enter)
    for day in ["2026-11-25", "2026-11-26"] {
      script.laptop.workspace.today = day
      script.restart()
      open("张建国", &script)
      script.type("1")
      if day == "2026-11-25" {
        script.type("41")
        answer("heading/visit_date", "20261124", &script)
        script.press(.function(10), .enter)
      }
    }
    let visit = try #require(script.program.visit)
    let path = try #require(InstancePath("/household-visit/four/disability"))
    #expect(visit.prefill.proposals[path] == Prefill.Proposal(value: "no", source: .lastVisit))
  }

  // MARK: Members who left

  /// A row that disappears says nothing of the person: whom the register knows, F8 writes down as gone, with a reason.
  @Test func aKnownMemberIsNotDeletedButLeaves() throws {
    var script = begun()
    takeMembers(&script)
    script.press(.pageUp, .pageUp)
    go("members/member/name", &script)
    script.press(.escape, .down, .function(8))
    #expect(script.message == "名册上的人：1 不改  2 记为已离户", "\(script.text)")
    script.type("1")
    #expect(script.program.visit?.session.repeatCount(try #require(InstancePath("/household-visit/members/member"))) == 2)
    script.press(.function(8))
    script.type("2")
    #expect(script.cursorLine.contains("离户原因"), "\(script.text)")
    script.type("1")
    finish(&script)
    #expect(value("membership", FactList.person, "m-2", script) == "left")
    #expect(value("left_reason", FactList.person, "m-2", script) == "dead")
    #expect(value("name", FactList.person, "m-2", script) == "李秀英")
    #expect(script.laptop.workspace.register.persons(of: "h-zhang").map(\.id) == ["m-1"])
  }

  /// Nobody opened the row: who left needs no more than that and why.
  @Test func whoLeftNeedsOnlyAReason() {
    var script = begun()
    script.press(.pageDown, .pageDown, .pageDown, .down, .function(8))
    script.type("21")
    script.press(.function(10))
    #expect(!script.cursorLine.contains("李秀英") && script.program.visit?.place?.path.description.contains("member[2]") == false, "\(script.text)")
    script.press(.control("z"), .control("z"))
    #expect(script.text.contains("2 李秀英"), "both acts are taken back")
  }

  @Test func leavingReplays() {
    var script = begun()
    script.press(.pageDown, .pageDown, .pageDown, .down, .function(8))
    script.type("2")
    let before = ReplayTests.state(script)
    #expect(before?.answers.contains { $0.hasSuffix("member[2]/membership=left") } == true)
    script.restart()
    open("张建国", &script)
    #expect(ReplayTests.state(script) == before)
    script.press(.control("z"))
    #expect(ReplayTests.state(script)?.answers.contains { $0.hasSuffix("member[2]/membership=member") } == true)
  }

  /// An amendment takes the place of its visit: whom only that visit spoke of goes with the row.
  @Test func anAmendmentDeletesWhomOnlyItsVisitKnew() throws {
    var typist = Typist(script: BudgetTests.emptyForm(form))
    for line in ScriptLine.read() { typist.type(line) }
    typist.script.press(.function(10), .enter)
    var script = typist.script
    let household = try #require(script.laptop.finished.first?.household)
    #expect(script.laptop.workspace.register.persons(of: household).count == 4)
    script.press(.function(3))
    script.type("zjm")
    script.press(.enter)
    let acts = HouseholdScreen(household).acts(script.laptop.workspace)
    let amend = acts.firstIndex { if case .amend = $0 { true } else { false } }
    script.type(String(try #require(amend) + 1))
    script.type("多写一人")
    script.press(.enter, .pageDown, .pageDown, .pageDown, .down, .down, .function(8))
    #expect(script.message == "删除这一行：1 不删  2 删除", "\(script.text)")
    script.type("2")
    script.press(.function(10))
    if script.message.contains("存疑") { script.type("2") }
    #expect(script.title.contains("走访已完成"), "\(script.text)")
    #expect(script.laptop.workspace.register.persons(of: household).count == 3)
  }

  /// Whom only this form knows is still deleted.
  @Test func aMemberWhoWasJustAddedIsDeleted() {
    var script = begun()
    script.press(.pageDown, .pageDown, .pageDown, .down, .down)
    script.type("张小妹")
    script.press(.enter, .function(8))
    #expect(script.message == "删除这一行：1 不删  2 删除")
    script.type("2")
    #expect(!script.text.contains("张小妹"))
  }

  // MARK: 无变化

  /// The roster's telephone number is none. 无变化 does not take it: it stays offered where somebody sees that it is wrong, and the
  /// visit does not say that it was found so today.
  @Test func unchangedLeavesWhatTheFormRefuses() throws {
    var workspace = workspace()
    workspace.register.apply(
      Village.record(
        "roster-phone", .roster, household: "h-zhang",
        facts: [Fact(list: FactList.household, entity: "h-zhang", properties: [Property("phone", "1234")])],
        supersedes: ["roster-h-zhang", "roster-more"]))
    var script = begun(workspace)
    let phone = try #require(InstancePath("/household-visit/household/phone_number"))
    go("household/address", &script)
    script.press(.function(5))
    #expect(script.program.visit?.session.value(at: phone) == "")
    #expect(script.program.visit?.prefill.proposals[phone]?.value == "1234")
    let address = try #require(InstancePath("/household-visit/household/address"))
    #expect(script.program.visit?.session.value(at: address) == "东头第三家", "what the form accepts was taken")
    #expect(script.laptop.drafts.values.joined().contains { "\($0)".contains("东头第三家") })
    #expect(!script.laptop.drafts.values.joined().contains { "\($0)".contains("1234") })
    go("household/phone_number", &script)
    #expect(script.cursorLine.contains("1234"), "\(script.text)")
  }

  /// Who was visited goes to the end of the list; the cursor does not go with him.
  @Test func afterAVisitTheCursorIsAtSomebodyToVisit() {
    var script = begun()
    takeMembers(&script)
    finish(&script)
    script.press(.enter)
    #expect(script.lines.contains { $0.contains("张建国") && $0.contains("已访") }, "\(script.text)")
    #expect(!script.cursorLine.contains("已访"), "\(script.text)")
  }

  @Test func unchangedStopsAtEverySectionWhereNobodyEverAsked() {
    var script = begun()
    takeMembers(&script)
    script.press(.pageDown, .function(5))
    for section in ["收支", "保障", "需求", "结论"] {
      #expect(script.title.contains(section), "\(script.text)")
      // What the section before had not is not said of this one.
      #expect(script.message != Message.nothingProposed.sentence, "\(section)")
      script.press(.function(5))
    }
    #expect(script.message == Message.nothingProposed.sentence, "it stays where it must be asked")
  }
}
