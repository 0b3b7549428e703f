// The law of drafts: whatever was pressed, a program that dies gives the visit back as it stood.

import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct ReplayTests {
  /// Keys a hand might press, good and bad.
  static let keys: [Key] = [
    .enter, .enter, .down, .up, .tab, .backTab, .pageDown, .pageDown, .pageUp, .backspace, .control("z"), .control("z"),
    .control("y"),
    .control("u"), .function(4), .function(5), .function(6), .function(8), .control("g"), .left, .home, .delete,
  ]
  static let texts = [
    "1", "2", "3", "张三", "13059919491003002X", "139000000", "20", "x", "。", "有", "１", "2023", "-", "一二三",
  ]

  struct State: Equatable {
    var answers: [String]
    var place: String
    var forced: [ForcedAnswer]
  }

  static func state(_ script: KeyScript) -> State? {
    guard let visit = script.program.visit else { return nil }
    let answers = visit.session.outline.compactMap { item -> String? in
      item.kind == .question ? "\(item.path)=\(visit.session.value(at: item.path) ?? "")" : nil
    }
    return State(answers: answers, place: visit.place?.text ?? "", forced: visit.forced)
  }

  @Test(arguments: 1...12) func anyKeysReplayToTheSameVisit(_ seed: UInt64) throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.type(seed % 2 == 0 ? "2" : "3")
    script.press(.enter)
    script.press(.enter)
    script.type("1")
    var random = seed
    func next(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((random >> 33) % UInt64(count))
    }
    for step in 0..<80 {
      if next(3) == 0 {
        script.type(Self.texts[next(Self.texts.count)])
      } else {
        script.press(Self.keys[next(Self.keys.count)])
      }
      guard script.program.visit != nil else { break }
      let frame = script.frame
      #expect(frame.cursor != nil, "no cursor after step \(step)")
    }
    guard let before = Self.state(script), let draft = script.laptop.drafts.keys.first else { return }
    script.restart()
    let entries = script.laptop.drafts[draft] ?? []
    for (index, line) in script.lines.enumerated() where line.contains("草稿") && index > 1 {
      script.type(String(index - 1))
      script.press(.enter)
      break
    }
    #expect(Self.state(script) == before, "after \(entries.count) entries")
  }

  /// Finishing with open checks is an act: where the record fails, 撤销 takes it back, and a restart knows it.
  @Test func undoAfterAFailedFinishReplays() throws {
    let known = try KnownTests()
    var script = known.begun()
    known.takeMembers(&script)
    for four in ["disability", "labour_loss", "illness", "emergency"] { known.answer("four/" + four, "no", &script) }
    known.answer("conclusion/result", "none", &script)
    known.answer("heading/notice_read", "yes", &script)
    known.answer("signing/signature", "signed", &script)
    script.laptop.finishFault = .diskFull
    script.press(.function(10))
    script.type("2")
    #expect(script.message == "没有完成：请先腾出磁盘空间", "\(script.text)")
    #expect(script.program.visit?.forced.count == 1)
    script.press(.control("z"))
    #expect(script.program.visit?.forced == [])
    for _ in 0..<2 {
      let before = Self.state(script)
      script.restart()
      known.open("张建国", &script)
      #expect(Self.state(script) == before)
      script.press(.control("z"))
    }
  }
}
