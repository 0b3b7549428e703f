import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// 急难登记 at the keyboard: who is helped, where it is filed, and what must be confirmed first.
@Suite struct EmergencyScreenTests {
  /// 西庄村, beside the village the other tests work in.
  static let place = "130599100202"

  /// The form for nobody's household, typed to the last question before the two confirmations.
  static func begun(_ workspace: Workspace) throws -> KeyScript {
    var script = KeyScript(workspace)
    try NewcomerTests.form("emergency", &script)
    script.type("3")
    script.type("20261123")
    script.type("省道路口")
    script.press(.enter)
    script.type("被车撞伤")
    script.press(.enter)
    script.type("1")
    return script
  }

  /// Walks down to a question, whatever page it is on.
  static func go(to label: String, _ script: inout KeyScript) {
    for _ in 0..<12 where !script.cursorLine.contains(label) { script.press(.down) }
    if script.cursorLine.contains(label) { return }
    script.press(.pageDown)
    for _ in 0..<12 where !script.cursorLine.contains(label) { script.press(.down) }
    #expect(script.cursorLine.contains(label), "\(script.text)")
  }

  /// Somebody whose 户籍 is in another county had an accident in 西庄村: typed by the township, above all the reason to ask the county.
  static func passerby() throws -> KeyScript {
    var script = try begun(CaseScreenTests.workspace(.clerk))
    script.type("11")
    go(to: "发生地村代码", &script)
    script.type(place)
    go(to: "姓名", &script)
    script.type("郭路仁")
    script.press(.enter)
    go(to: "户籍所在", &script)
    script.type("2")
    #expect(script.cursorLine.contains("户籍地址"), "\(script.text)")
    script.type("外省某县")
    script.press(.enter)
    go(to: "提请县级协调", &script)
    script.type("1")
    script.type("医院催缴押金")
    script.press(.enter, .control("s"))
    return script
  }

  static func reds(_ workspace: Workspace, of division: String) -> [Ledger.Line] {
    var workspace = workspace
    workspace.identity.scopes = [division]
    return Ledger.red.lines(workspace)
  }

  /// R52: nothing is refused because of where somebody is registered; the record and what waits stand where it happened.
  @Test func aPasserbyIsHelpedWhereItHappened() throws {
    let before = try CaseScreenTests.workspace(.county)
    var script = try Self.passerby()
    let done = try #require(script.laptop.finished.last, "\(script.text)")
    #expect(done.recordType == .emergency)
    #expect(done.division == Self.place, "filed where it happened")
    let stated = try #require(done.entities.first { $0.list == FactList.emergency })
    #expect(stated.property("hukou_place") == "other" && stated.property("hukou_address") == "外省某县")
    #expect(stated.property("place_division") == Self.place && stated.property("household") ?? "" == "")

    // The village where it happened has it, and the one beside it has no more than before.
    let workspace = script.laptop.workspace
    #expect(Self.reds(workspace, of: Self.place).count == 2)
    #expect(Self.reds(workspace, of: Village.code).count == Self.reds(before, of: Village.code).count)

    // The county's desk counts it and opens it: red that nobody acknowledged, and what the county is asked to settle.
    var county = workspace
    county.identity = Village.identity(.county)
    county.identity.scopes = ["130599"]
    let others = Self.reds(before, of: "130599").count
    #expect(DeskScreenTests.count(.red, county) == others + 2)
    script = KeyScript(county)
    let line = try #require(script.lines.first { $0.contains("红色待知悉、待县级协调") }, "\(script.text)")
    #expect(line.contains(" \(others + 2)"), "\(line)")
    script.type(String(try #require(DeskScreen.rows(county).firstIndex { $0.opens == .ledger(.red) }) + 1))
    script.press(.enter)
    #expect(script.title.contains("红色待知悉"), "\(script.text)")
    #expect(script.lines.contains { $0.contains("未登记") && $0.contains("急难") && $0.contains("待知悉") }, "\(script.text)")
    #expect(script.lines.contains { $0.contains("未登记") && $0.contains("等县级协调：医院催缴押金") }, "\(script.text)")
  }

  /// R50: an emergency is not written down before both are answered; 不清楚 is an answer, and is checked later.
  @Test(arguments: ["靠自家解决不了", "其他救助管不了或仍困难"]) func bothConfirmationsAreAsked(_ label: String) throws {
    var script = try Self.begun(CaseScreenTests.workspace(.cadre))
    for confirmation in ["靠自家解决不了", "其他救助管不了或仍困难"] {
      Self.go(to: confirmation, &script)
      if confirmation != label { script.type("1") }
    }
    Self.go(to: "姓名", &script)
    script.type("郭路仁")
    script.press(.enter, .control("s"))
    #expect(script.laptop.finished.isEmpty, "\(script.text)")
    #expect(script.cursorLine.contains(label), "\(script.text)")
    script.type("3")
    script.press(.control("s"))
    let stated = try #require(script.laptop.finished.last?.entities.first { $0.list == FactList.emergency }, "\(script.text)")
    let answers = ["cannot_self_help", "not_covered"].map { stated.property($0) }
    #expect(answers == (label == "靠自家解决不了" ? ["unknown", "yes"] : ["yes", "unknown"]))
  }
}
