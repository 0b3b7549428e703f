import Relief
import Terminal
import Testing

@testable import Screens

/// 代理审核: who reviews while a supervisor is away.
@Suite struct DeputyScreenTests {
  static let clerk = Author(person: "p-clerk", name: "周办", role: .clerk)

  /// 孙书琴 supervises, 周办 has written a record and 王小明 visits.
  static func workspace(_ who: Author = Village.supervisor) throws -> Workspace {
    var workspace = try OtherFormTests.workspace(role: who.role)
    workspace.identity.person = who.person
    workspace.identity.name = who.name
    workspace.identity.scopes = ["130599100"]
    workspace.register.apply(Village.record("r-clerk", .publicity, author: clerk, facts: []))
    return workspace
  }

  static func open(_ workspace: Workspace) throws -> KeyScript {
    var script = KeyScript(workspace)
    script.press(.control("k"), .end, .enter)
    #expect(script.title.contains("代理审核"), "\(script.text)")
    return script
  }

  @Test func aSupervisorNamesWhoReviewsForSoManyDays() throws {
    var script = try Self.open(Self.workspace())
    let place = try #require(DeputyScreen(script.laptop.workspace).rows.firstIndex { $0.person.person == "p-clerk" })
    script.press(.home)
    for _ in 0..<place { script.press(.down) }
    // The first digit takes the place of the 1 that stands there.
    script.press(.enter)
    script.type("3")
    script.press(.enter)
    let written = try #require(script.laptop.written.last, "\(script.text)")
    #expect(written.type == .deputy)
    #expect(written.body == ["for": "p-supervisor", "person": "p-clerk", "from": "2026-11-24", "to": "2026-11-26"])
    #expect(script.text.contains("2026-11-24 至 2026-11-26 代您审核"), "\(script.text)")
    let register = script.laptop.workspace.register
    let last = try #require(CivilDate("2026-11-26"))
    #expect(register.mayReview(Self.clerk, on: last))
    #expect(!register.mayReview(Self.clerk, on: last.adding(days: 1)))
    // Enter on who stands in takes it back.
    script.press(.home, .enter)
    #expect(script.laptop.written.last?.type == .withdrawal)
    #expect(!script.laptop.workspace.register.mayReview(Self.clerk, on: last), "\(script.text)")
  }

  /// Whoever the county gave a laptop may stand in, though nothing of them came yet; nobody whose laptops were taken back, and nobody
  /// as what they are no more.
  @Test func whoHasWrittenNothingYetMayStandInToo() throws {
    var workspace = try Self.workspace()
    func device(_ person: String, _ name: String, _ role: Role, isRevoked: Bool = false) -> KnownDevice {
      KnownDevice(id: "d-" + person, person: person, name: name, role: role, scopes: ["130599100201"], isRevoked: isRevoked)
    }
    let before = Set(DeputyScreen(workspace).rows.map(\.person.person))
    #expect(before.contains("p-clerk") && before.contains(Village.cadre.person))
    workspace.devices = [
      device("p-new", "新来的", .cadre), device("p-left", "调走的", .clerk, isRevoked: true), device("p-aud", "审计", .auditor),
      device(Village.cadre.person, Village.cadre.name, .cadre, isRevoked: true), device("p-clerk", "周办", .supervisor),
      device("p-supervisor", "孙书琴", .supervisor),
    ]
    #expect(DeputyScreen(workspace).rows.map(\.person.person) == ["p-new"])
    var script = try Self.open(workspace)
    script.press(.home, .enter, .enter)
    #expect(script.laptop.written.last?.body["person"] == "p-new", "\(script.text)")
  }

  @Test(arguments: ["0", "91", ""]) func daysBeyondTheBoundAreRefused(_ days: String) throws {
    var script = try Self.open(Self.workspace())
    script.press(.enter, .backspace)
    script.type(days)
    script.press(.enter)
    #expect(script.laptop.written.isEmpty)
    #expect(script.message == "天数不对：请输入 1 到 90", "\(script.text)")
  }

  @Test func aClerkWhoStandsInReviewsAndNobodyElseDoes() throws {
    var workspace = try Self.workspace(Self.clerk)
    var alone = KeyScript(workspace)
    alone.press(.control("l"))
    #expect(!alone.title.contains("审核"), "\(alone.title)")
    workspace.register.apply(
      Village.record(
        "r-deputy", .deputy, author: Village.supervisor, facts: [],
        body: ["for": "p-supervisor", "person": "p-clerk", "from": "2026-11-24", "to": "2026-11-24"]))
    var script = KeyScript(workspace)
    script.press(.control("l"))
    #expect(script.title.contains("审核"), "\(script.title)")
    let rows = try #require(EveningScreen.evening(workspace)).rows
    let place = try #require(rows.firstIndex { $0.visit.record == "visit-zhao" })
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    script.type("61")
    #expect(script.laptop.written.map(\.type) == [.acknowledgement, .review], "\(script.text)")
    #expect(script.laptop.workspace.register.review(of: "visit-zhao")?.verdict == .passed)
  }

  @Test func whoStandsInDoesNotJudgeTheirOwnVisit() throws {
    var workspace = try Self.workspace(Village.cadre)
    workspace.register.apply(
      Village.record(
        "r-deputy", .deputy, author: Village.supervisor, facts: [],
        body: ["for": "p-supervisor", "person": "p-cadre", "from": "2026-11-24", "to": "2026-11-24"]))
    let row = try #require(EveningScreen.evening(workspace)?.rows.first { $0.visit.record == "visit-zhao" })
    #expect(Review.refusal(ReviewDraft(row.visit.record, .returned, reason: "x"), on: row, in: workspace) == .ownVisit)
  }

  @Test func aClerkNamesNobody() throws {
    var script = KeyScript(try Self.workspace(Self.clerk))
    script.press(.control("k"), .end, .enter)
    #expect(!script.title.contains("代理审核"), "\(script.title)")
  }
}
