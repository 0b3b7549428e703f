import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// The supervisor's evening, key by key: 120 visits of a township, ten with something noticed, three red.
@Suite struct EveningTests {
  static let supervisor = Author(person: "p-super", name: "周主任", role: .supervisor)

  /// Visits typed by four cadres. Numbers 1…3 are red; 4…13 contradict themselves; the rest are clean.
  static func workspace(visits: Int = 120) throws -> Workspace {
    var workspace = Village.workspace(try Forms.shipped())
    workspace.identity = Identity(
      person: supervisor.person, name: supervisor.name, role: .supervisor, scopes: ["130599100"], county: "示范县")
    var register = Register()
    for number in 1...visits {
      let id = "house-\(number)"
      register.apply(Village.household(id, head: "张某\(number)", group: "一组", members: []))
      register.apply(visit(number))
    }
    workspace.register = register
    return workspace
  }

  static func visit(_ number: Int) -> Record {
    let minute = number % 50
    let clock = { (hour: Int, minute: Int) in "2026-11-24T\(hour):\(minute < 10 ? "0" : "")\(minute):00+08:00" }
    let isRed = number <= 3
    let isOdd = (4...13).contains(number)
    let cadre = Author(person: "p-\(number % 4)", name: "干部\(number % 4)", role: .cadre)
    return Village.record(
      "visit-\(number)", .visit, household: "house-\(number)", author: cadre, wall: clock(10 + number / 50, minute),
      facts: [
        Fact(
          list: FactList.visit, entity: "v-\(number)",
          properties: [
            Property("household", "house-\(number)"), Property("date", Village.today), Property("method", "home"),
            Property("visitors", cadre.name), Property("disability", "no"), Property("labour", "no"), Property("illness", "no"),
            Property("emergency", isRed || isOdd ? "yes" : "no"), Property("result", isRed ? "emergency" : "none"),
            Property("urgency", isRed ? "red" : "blue"),
          ])
      ])
  }

  static func script(visits: Int = 120) throws -> KeyScript { KeyScript(try workspace(visits: visits)) }

  @Test func redStandsFirstThenWhatWasNoticedThenTheClean() throws {
    let screen = EveningScreen(try Self.workspace())
    #expect(screen.rows.count == 120)
    let order = screen.rows.map { row in row.isRed ? "red" : row.isClean ? "clean" : "noticed" }
    #expect(order == Array(repeating: "red", count: 3) + Array(repeating: "noticed", count: 10) + Array(repeating: "clean", count: 107))
  }

  /// Whose scope is two townships reads both: in the evening, in its totals and in the ledgers.
  @Test func everyScopeStandsOnTheList() throws {
    var workspace = try Self.workspace(visits: 4)
    var (beyond, household) = (Self.visit(1), Village.household("house-9", head: "李某", group: "一组", members: []))
    (beyond.id, beyond.household, beyond.division) = ("visit-9", "house-9", "130599101201")
    beyond.facts[0].entity = "v-9"
    beyond.facts[0].properties[0] = Property("household", "house-9")
    household.division = beyond.division
    for record in [household, beyond] { workspace.register.apply(record) }
    workspace.identity.scopes = ["130599100", "130599101"]
    let screen = EveningScreen(workspace)
    #expect(screen.rows.count == 5)
    #expect(screen.rows.prefix(4).map(\.visit.record).contains("visit-9"), "it is red")
    #expect(Ledger.red.lines(workspace).count == 4)
    var script = KeyScript(workspace)
    let acts = script.text
    #expect(acts.contains("已审 0/5"), "\(acts)")
    script.press(.function(10))
    workspace.identity.scopes = ["130599101"]
    #expect(EveningScreen(workspace).rows.map(\.visit.record) == ["visit-9"])
  }

  /// The figure: at most two keys for each clean visit, one by one.
  @Test func eachCleanVisitCostsOneKey() throws {
    var script = try Self.script()
    script.type("14")
    let before = script.keys
    for _ in 0..<107 { script.press(.control("e")) }
    #expect(script.keys - before == 107)
    let passed = script.laptop.written.filter { $0.body["verdict"] == "passed" }
    #expect(passed.count == 107)
    #expect(Set(passed.compactMap { $0.body["record"] }).count == 107)
    #expect(script.message == "已通过 1 户，还有 13 户待审")
  }

  /// The whole evening with the batch: a sample is opened, then one key; red and doubtful ones are left.
  @Test func cleanOnesPassInOneKeyAfterASample() throws {
    var script = try Self.script()
    script.press(.control("s"))
    #expect(script.laptop.written.isEmpty)
    #expect(script.message.hasPrefix("先抽查 "))
    var opened = 0
    while script.laptop.written.isEmpty, opened < 60 {
      script.press(.enter, .escape, .control("s"))
      opened += 1
    }
    #expect(opened >= 4 && opened <= 20)
    #expect(script.laptop.written.count == 107)
    let written = script.laptop.written
    #expect(written.allSatisfy { $0.body["batch"] == "yes" && $0.type == .review })
    let records = Set(script.laptop.written.compactMap { $0.body["record"] })
    for number in 1...13 { #expect(!records.contains("visit-\(number)")) }
    #expect(script.keys <= 2 * 107)
  }

  @Test func redIsAcknowledgedBeforeItIsPassed() throws {
    var script = try Self.script()
    script.press(.control("e"))
    #expect(script.laptop.written.isEmpty)
    #expect(script.message == "红色的请先打开，按 6 知悉")
    script.press(.enter)
    script.type("1")
    #expect(script.laptop.written.isEmpty)
    script.type("6")
    #expect(script.laptop.written.last?.type == .acknowledgement)
    #expect(script.text.contains("已知悉"))
    script.type("1")
    #expect(script.laptop.written.last?.type == .review)
    #expect(script.title.contains("审核"))
    let waiting = EveningScreen(script.laptop.workspace).rows.count { $0.isRed && !$0.isAcknowledged }
    #expect(waiting == 2)
  }

  /// Where nobody has set a time to acknowledge by, nothing is overdue.
  @Test func redWithoutAClockIsNotCalledOverdue() throws {
    var script = try Self.script()
    script.press(.function(8))
    script.type("4")
    #expect(script.title.contains("红色待知悉") && script.title.contains("共 3"), "\(script.text)")
    #expect(script.text.contains("待知悉（时限未设定）") && !script.title.contains("逾期"), "\(script.text)")
  }

  @Test func theLastVerdictSaysToSync() throws {
    var script = try Self.script(visits: 4)
    for _ in 1...4 {
      script.press(.enter)
      if script.text.contains("6 知悉") { script.type("6") }
      script.type("1")
    }
    #expect(script.message == "已通过 1 户，审完了：请按 F9 同步", "\(script.text)")
  }

  /// The keys the manual sends a supervisor to stand below the list.
  @Test(arguments: ["F3 查找", "F11 办事"]) func whatASupervisorNeedsIsBelowTheList(_ hint: String) throws {
    #expect(try Self.script().text.contains(hint))
  }

  @Test func aDoubtfulOneIsOpenedBeforeItIsPassed() throws {
    var script = try Self.script()
    script.type("4")
    script.press(.control("e"))
    #expect(script.message == "有存疑：请按 Enter 看过再通过")
    script.press(.enter)
    #expect(script.text.contains("有急难，结论却是未发现困难"))
    script.press(.control("e"))
    #expect(script.laptop.written.count == 1)
  }

  @Test func sendingBackAsksForAReasonAndNamesTheQuestion() throws {
    var workspace = try Self.workspace(visits: 20)
    var older = Self.visit(20)
    older.id = "visit-old"
    older.facts[0].entity = "v-old"
    older.facts[0].properties.removeAll { ["date", "illness", "urgency"].contains($0.name) }
    older.facts[0].properties += [Property("date", "2026-08-01"), Property("illness", "yes"), Property("urgency", "yellow")]
    older.wall = "2026-08-01T10:00:00+08:00"
    workspace.register.apply(older)
    var script = KeyScript(workspace)
    let rows = EveningScreen(workspace).rows
    let place = try #require(rows.firstIndex { $0.visit.record == "visit-20" })
    script.type(String(place + 1))
    script.press(.enter)
    #expect(script.text.contains("与上次（2026-08-01）相比变化 2 处"))
    #expect(script.text.contains("紧急程度：黄 -> 蓝"), "codes as people read them: \(script.text)")
    #expect(script.text.contains("有 -> 无"))
    #expect(script.message == "光标停在哪一项，退回的意见就写给哪一项")
    script.press(.down)
    script.type("2")
    #expect(script.text.contains("退回的理由（C 重病或慢性病人）："))
    script.press(.enter)
    #expect(script.laptop.written.isEmpty)
    script.type("病好了没有，请问清楚")
    script.press(.enter)
    let review = try #require(script.laptop.written.last)
    #expect(review.body["verdict"] == "returned")
    #expect(review.body["reason"] == "病好了没有，请问清楚")
    #expect(review.body["question"] == "visit#illness")
    #expect(script.message == "已退回，还有 19 户待审")
    #expect(script.laptop.workspace.register.review(of: "visit-20")?.verdict == .returned)
  }

  /// The stars of a number hide its birth date: it stands nowhere beside the last four. That what is hidden changed is said.
  @Test(arguments: [("1966-04-18", "1967-04-18"), ("1966-04-18", "1966-08-14")])
  func aChangedBirthDateShowsItsYear(_ before: String, _ now: String) throws {
    var workspace = try Self.workspace(visits: 1)
    workspace.register.apply(Village.household("house-2", head: "张某2", group: "一组", members: []))
    for (id, birth, number) in [("early", before, "130599196604185655"), ("late", now, "130599196604185663")] {
      var visit = Self.visit(2)
      visit.id = "visit-" + id
      visit.wall = id == "early" ? "2026-11-23T10:00:00+08:00" : visit.wall
      visit.facts[0].entity = "v-" + id
      if id == "early" { visit.facts[0].properties = visit.facts[0].properties.map { $0.name == "date" ? Property("date", "2026-11-23") : $0 } }
      visit.facts.append(
        Fact(list: FactList.person, entity: "p-1", properties: [Property("birth", birth), Property("id_number", number)]))
      workspace.register.apply(visit)
    }
    let row = try #require(EveningScreen(workspace).rows.first { $0.visit.record == "visit-late" })
    let lines = ReviewScreen.lines(row, workspace).map(\.text)
    #expect(lines.contains { $0.contains("**************5655 -> **************5663") }, "\(lines)")
    #expect(!lines.contains { $0.contains(before) || $0.contains(now) || $0.contains("-04-18") }, "\(lines)")
    let line = try #require(lines.first { $0.contains("出生") }, "\(lines)")
    #expect(line.contains("\(before.prefix(4))-**-** -> \(now.prefix(4))-**-**"), "\(line)")
    #expect(line.hasSuffix("（遮住的变了）") == (before.prefix(4) == now.prefix(4)), "\(line)")
  }

  /// Nothing to compare with: what the visit says is what one can comment on. Numbers show their last four.
  @Test func aFirstVisitIsCommentedOnAnswerByAnswer() throws {
    var workspace = try Self.workspace(visits: 1)
    workspace.register.apply(Village.household("house-2", head: "张某2", group: "一组", members: []))
    var first = Self.visit(2)
    first.facts.append(
      Fact(list: FactList.household, entity: "house-2", properties: [Property("phone", "13900000099"), Property("division", "130599100201")]))
    workspace.register.apply(first)
    var script = KeyScript(workspace)
    let place = try #require(EveningScreen(workspace).rows.firstIndex { $0.visit.record == first.id })
    script.type(String(place + 1))
    script.press(.enter)
    #expect(script.text.contains("第一次走访"))
    #expect(script.text.contains("联系电话：*******0099") && !script.text.contains("13900000099"), "\(script.text)")
    for _ in 0..<40 where !script.cursorLine.contains("联系电话") { script.press(.down) }
    script.type("2")
    script.type("打不通，请核对")
    script.press(.enter)
    #expect(script.laptop.written.last?.body["question"] == "household#phone")
  }

  /// What the form reckons from the answers of a first visit stands before them: how many they are, what they need, how urgent.
  @Test func aFirstVisitSaysWhatIsNeededHowUrgentAndHowManyTheyAre() throws {
    var workspace = try Self.workspace(visits: 1)
    func fact(_ list: String, _ entity: String, _ said: [String: String]) -> Fact {
      Fact(list: list, entity: entity, properties: said.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    }
    workspace.register.apply(Village.household("house-2", head: "张某2", group: "一组", members: []))
    var first = Self.visit(2)
    first.facts = first.facts.filter { $0.list != FactList.visit } + [
      fact(FactList.visit, "v-first", ["date": workspace.today, "method": "home", "result": "suspected", "urgency": "yellow"]),
      fact(FactList.household, "house-2", ["residents": "2"]),
    ]
    first.facts += (1...4).map { fact(FactList.person, "m-\($0)", ["household": "house-2", "membership": $0 == 4 ? "left" : "member"]) }
    first.facts += ["medical", "care", "medical"].enumerated().map { fact(FactList.need, "n-\($0)", ["household": "house-2", "kind": $1]) }
    workspace.register.apply(first)
    let row = try #require(EveningScreen(workspace).rows.first { $0.visit.record == first.id })
    let lines = ReviewScreen.lines(row, workspace).map(\.text)
    let title = try #require(lines.firstIndex { $0.contains("第一次走访") }, "\(lines)")
    #expect(Array(lines[(title + 1)...].prefix(3)) == ["家庭成员数：3人，常住2人", "需要什么：医疗、照料护理", "紧急程度：黄"], "\(lines)")
    // Of a later visit the comparison says what changed.
    var second = Self.visit(3)
    second.household = "house-2"
    second.supersedes = [first.id]
    workspace.register.apply(second)
    let later = try #require(EveningScreen(workspace).rows.first { $0.visit.record == second.id })
    #expect(!ReviewScreen.lines(later, workspace).contains { $0.text.hasPrefix("家庭成员数") })
  }

  @Test func whatCouldNotBeWrittenIsSaidAndNothingIsShownAsDone() throws {
    var script = try Self.script(visits: 20)
    script.laptop.writeFault = .diskFull
    script.type("14")
    script.press(.control("e"))
    #expect(script.laptop.written.isEmpty)
    let rows = EveningScreen(script.laptop.workspace).rows
    #expect(rows.allSatisfy { !$0.isReviewed })
    #expect(script.message == Message.saveFailed(.diskFull).sentence)
  }

  @Test func theListAndTheTotalsArePrintedWithMaskedNames() throws {
    var script = try Self.script(visits: 20)
    script.press(.control("p"))
    let list = try #require(script.laptop.printed.last)
    #expect(list.text.contains("张*1") && !list.text.contains("张某1"))
    #expect(list.text.contains("共 20 户"))
    script.press(.control("g"), .control("p"))
    let totals = try #require(script.laptop.printed.last)
    #expect(totals.title == "走访汇总")
    #expect(totals.text.contains("合计"))
  }
}
