// Drafts as people see them: every one that was begun can be reached, and thrown away after a question.

import Relief
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct DraftsTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// 王春梅 was visited (nobody at home); an amendment of that visit is begun and left, then another visit.
  func twoDrafts() -> KeyScript {
    var script = KeyScript(Village.workspace(form))
    script.type("2")
    script.press(.enter)
    script.type("41")
    script.press(.function(10), .enter)
    toHousehold(&script)
    act(&script) { if case .amend = $0 { true } else { false } }
    script.type("原因写错")
    script.press(.enter, .enter)
    script.type("2")
    script.press(.escape)
    toHousehold(&script)
    act(&script) { $0 == .visit || $0 == .visitAgain }
    script.type("11")
    script.press(.escape)
    #expect(script.laptop.drafts.count == 2, "\(script.text)")
    return script
  }

  func toHousehold(_ script: inout KeyScript) {
    script.press(.function(3))
    script.type("wcm")
    script.press(.enter)
    #expect(script.title.contains("王春梅") && script.title.contains("这一户"), "\(script.text)")
  }

  /// Chooses an act of the household by its digit.
  func act(_ script: inout KeyScript, _ isWanted: (HouseholdScreen.Act) -> Bool) {
    let index = HouseholdScreen("h-wang").acts(script.laptop.current).firstIndex(where: isWanted)
    script.type(String((index ?? 98) + 1))
  }

  @Test func everyDraftOfAHouseholdIsReached() {
    var script = twoDrafts()
    #expect(script.lines.count { $0.contains("草稿") && $0.contains("王春梅") } == 2, "\(script.text)")
    #expect(script.text.contains("更正：原因写错"))
    for row in script.lines.indices where script.lines[row].contains("草稿") && script.lines[row].contains("王春梅") {
      var opened = script
      opened.type(String(row - 1))
      opened.press(.enter)
      #expect(opened.title.contains("更正") == script.lines[row].contains("更正"), "\(opened.text)")
      #expect(opened.program.visit != nil)
    }
    toHousehold(&script)
    #expect(script.text.contains("1 继续草稿：走访") && script.text.contains("2 继续草稿：更正：原因写错"), "\(script.text)")
    #expect(!script.text.contains("再走访一次"), "one visit is typed at a time")
    script.type("2")
    #expect(script.title.contains("更正"))
  }

  @Test func aDraftIsThrownAwayAfterAQuestion() {
    var script = twoDrafts()
    toHousehold(&script)
    act(&script) { $0 == .discard }
    #expect(script.text.contains("丢弃哪一份") && script.text.contains("2 王春梅  更正"), "\(script.text)")
    script.type("2")
    #expect(script.text.contains("1 不丢弃") && script.text.contains("2 丢弃"), "\(script.text)")
    script.press(.enter)
    #expect(script.laptop.drafts.count == 2, "Enter is the safe answer")
    act(&script) { $0 == .discard }
    script.type("22")
    #expect(script.message == "草稿已丢弃", "\(script.text)")
    #expect(script.laptop.drafts.count == 1)
    #expect(!script.text.contains("更正：原因写错"))
    script.press(.escape, .escape)
    #expect(script.lines.count { $0.contains("草稿") && $0.contains("王春梅") } == 1, "\(script.text)")
  }

  @Test func aDraftThatCannotBeRemovedIsStillThere() {
    var script = twoDrafts()
    toHousehold(&script)
    act(&script) { $0 == .discard }
    script.laptop.draftFault = .readOnlyDisk
    script.type("12")
    #expect(script.message == "没有丢弃成：磁盘写不进，请换机器", "\(script.text)")
    script.laptop.draftFault = nil
    script.type("2")
    #expect(script.laptop.drafts.count == 1)
  }

  /// A household nobody knows yet is found by no search: its draft is thrown away on the list.
  @Test func theDraftOfAnUnknownHouseholdIsThrownAwayOnTheList() throws {
    var script = KeyScript(Village.workspace(form))
    script.press(.delete)
    #expect(script.message == "这一行没有草稿", "刘志强 has none: \(script.text)")
    script.press(.function(3))
    script.type("诸葛")
    script.press(.enter)
    script.type("11")
    script.press(.escape)
    let row = try #require(script.lines.firstIndex { $0.contains("草稿") })
    script.type(String(row - 1))
    script.press(.delete)
    script.type("2")
    #expect(script.laptop.drafts.isEmpty)
    #expect(!script.text.contains("草稿 "), "\(script.text)")
    #expect(script.message == "草稿已丢弃")
  }
}
