import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// Somebody whose grant names several divisions: what they write is filed where it belongs, never under whichever division stands first.
@Suite struct SeveralScopesTests {
  static let other = "130599100202"
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// A cadre of two villages; the household lists are of the second.
  private func workspace() -> Workspace {
    var workspace = Village.workspace(form)
    workspace.identity.scopes = [Self.other, Village.code]
    return workspace
  }

  /// The household of four, typed by somebody who found it on no list, up to F10.
  private func typed(_ workspace: Workspace) -> KeyScript {
    var script = KeyScript(workspace)
    script.press(.control("f"))
    script.type("诸葛")
    script.press(.enter)
    var typist = Typist(script: script)
    for line in ScriptLine.read() { typist.type(line) }
    typist.script.press(.function(10))
    if typist.script.message.contains("存疑") { typist.script.type("2") }
    return typist.script
  }

  @Test func aVisitIsFiledUnderItsHouseholdsVillage() throws {
    let made = try VisitBeginning(workspace(), household: "h-zhang", lastVisit: nil).visit().get()
    #expect(made.saver.beginning.division == Village.code)
  }

  @Test func theVillageOfANewHouseholdIsAsked() throws {
    var script = typed(workspace())
    #expect(script.laptop.finished.isEmpty, "\(script.text)")
    #expect(script.message == "村代码没填：请填所在村的代码", "\(script.text)")
    #expect(script.cursorLine.contains("村代码"), "\(script.text)")
    script.type(Village.code)
    script.press(.function(10))
    if script.message.contains("存疑") { script.type("2") }
    #expect(script.laptop.finished.map(\.division) == [Village.code], "\(script.text)")
  }

  /// The county takes nothing about a village that is not the writer's: said here, while the paper is at hand.
  @Test func anotherVillagesCodeIsRefused() throws {
    var script = typed(workspace())
    script.type("130599100299")
    script.press(.function(10))
    #expect(script.laptop.finished.isEmpty)
    #expect(script.message == "村代码不归您管：请核对村代码", "\(script.text)")
  }

  /// With one village nothing is asked.
  @Test func oneVillageIsNoQuestion() throws {
    #expect(typed(Village.workspace(form)).laptop.finished.map(\.division) == [Village.code])
  }

  @Test func aFormAboutADivisionIsFiledUnderTheOneItNames() throws {
    var workspace = try OtherFormTests.workspace(role: .cadre)
    workspace.identity.scopes = [Self.other, Village.code]
    let form = try #require(workspace.otherForms.first { $0.recordType == .publicity })
    var screen = try VisitBeginning(workspace, household: nil, lastVisit: nil).form(form.key.id, [:]).get()
    let division = try #require(screen.outline.sections.flatMap(\.items).map(\.path).first { $0.name == "division" })
    #expect(screen.session.value(at: division) == "", "neither of the two is guessed")
    #expect(screen.session.answer(division, Village.code) == .accepted)
    #expect(screen.division(of: screen.session) == Village.code)
  }

  /// A deputy reviews in every one of them: each gets its own record, so that it reaches whoever works there.
  @Test func aDeputyIsNamedInEachDivision() throws {
    var workspace = try DeputyScreenTests.workspace()
    workspace.identity.scopes = ["130599101", "130599100"]
    var script = try DeputyScreenTests.open(workspace)
    script.press(.home, .enter, .enter)
    #expect(script.laptop.written.map(\.type) == [.deputy, .deputy], "\(script.text)")
    #expect(script.laptop.written.map(\.division) == ["130599101", "130599100"])
    #expect(Set(script.laptop.written.map(\.body)).count == 1)
    // They are one post on the screen, and taken back together.
    #expect(script.lines.count { $0.contains("代您审核") } == 1, "\(script.text)")
    script.press(.home, .enter)
    #expect(script.laptop.written.dropFirst(2).map(\.type) == [.withdrawal, .withdrawal])
    #expect(script.laptop.written.dropFirst(2).map(\.division) == ["130599101", "130599100"])
    #expect(script.laptop.workspace.register.givenDeputies.isEmpty)
  }
}
