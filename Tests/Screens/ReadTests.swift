// A finished visit on the screen: all of it can be read.

import Relief
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct ReadTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// The household of four, with a long 原话 and a long 建议, open for reading.
  func reading(_ size: Size) throws -> KeyScript {
    var typist = Typist(script: BudgetTests.emptyForm(form))
    for line in ScriptLine.read() { typist.type(line) }
    typist.script.press(.function(10))
    let visit = try #require(typist.script.laptop.finished.first)
    var script = typist.script
    let id = try #require(script.laptop.workspace.register.visits(of: visit.household).first?.record)
    let words = String(repeating: "说来话长，", count: 60)
    script.laptop.submissions[id] = Self.long(Self.long(visit.submission, "words", words), "advice", String(repeating: "建议如下。", count: 40))
    script.size = size
    script.restart()
    script.press(.function(3))
    script.type("zjm")
    script.press(.enter)
    let read = HouseholdScreen(visit.household).acts(script.laptop.current).firstIndex(of: .read(record: id))
    script.type(String(try #require(read) + 1))
    #expect(script.title.contains("走访记录"), "\(script.text)")
    return script
  }

  /// The submission with another text in one element.
  static func long(_ xml: String, _ name: String, _ text: String) -> String {
    if xml.contains("<\(name)/>") { return xml.replacing("<\(name)/>", with: "<\(name)>\(text)</\(name)>") }
    guard let open = xml.firstRange(of: "<\(name)>"), let close = xml.firstRange(of: "</\(name)>") else { return "" }
    return xml[..<open.upperBound] + text + xml[close.lowerBound...]
  }

  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 18, columns: 60)])
  func everyRowOfAVisitCanBeReached(_ size: Size) throws {
    var script = try reading(size)
    let whole = try #require(script.program.read).rows(size.columns, .locale).map { ($0.left + $0.value).filter { $0 != " " } }
    #expect(whole.count > 60)
    #expect(whole.contains { $0.contains("建议如下") } && whole.contains { $0.contains("说来话长") })
    let body = 1..<(size.rows - 3)
    for (key, times) in [(Key.down, whole.count), (.pageDown, whole.count / body.count + 2)] {
      script.press(.home)
      var seen = Set<String>()
      for _ in 0..<times {
        seen.formUnion(script.lines[body].map { $0.filter { $0 != " " } })
        script.press(key)
      }
      #expect(whole.filter { !seen.contains($0) } == [], "by \(KeyTable.name(of: key))")
    }
    script.press(.home, .end)
    #expect(script.lines[body.upperBound - 1].filter { $0 != " " } == whole.last, "\(script.text)")
    script.press(.up)
    #expect(script.lines[body.upperBound - 1].filter { $0 != " " } == whole[whole.count - 2], "one key, one row")
  }

  /// Full numbers: only with their line in the trail, and not for longer than somebody is there.
  @Test func fullNumbersAreShownOnlyOnceItIsWrittenDown() throws {
    var script = try reading(Size(rows: 24, columns: 80))
    for _ in 0..<40 where !script.text.contains("**5655") { script.press(.down) }
    #expect(script.text.contains("**5655"), "\(script.text)")
    script.laptop.writeFault = .diskFull
    script.press(.function(12))
    #expect(script.text.contains("看全号做什么用") && script.laptop.unmasked.isEmpty)
    script.type("1")
    #expect(script.message == "没有显示：请先腾出磁盘空间")
    #expect(!script.text.contains("130599196604185655") && !script.title.contains("号码已显示"))
    script.laptop.writeFault = nil
    // Any other key than a purpose leaves them hidden, and writes nothing.
    script.press(.function(12), .down)
    #expect(script.laptop.unmasked.isEmpty && !script.text.contains("看全号做什么用"))
    script.press(.function(12))
    script.type("2")
    #expect(script.laptop.unmasked.count == 1)
    #expect(script.laptop.purposes == [.contact])
    #expect(script.text.contains("130599196604185655") && script.title.contains("号码已显示"), "\(script.text)")
    #expect(script.program.timeoutMilliseconds == 15_000)
    script.send(.terminal(.timeout))
    #expect(!script.text.contains("130599196604185655") && !script.title.contains("号码已显示"))
    #expect(script.program.timeoutMilliseconds == nil)
    script.press(.function(12))
    script.type("1")
    #expect(script.text.contains("130599196604185655"))
    script.press(.down)
    #expect(!script.text.contains("130599196604185655"), "the next key hides them")
  }

  /// Printed for signature: the whole form with whole numbers, once the trail has it; the screen keeps them hidden.
  @Test func aVisitIsPrintedForSignature() throws {
    var script = try reading(Size(rows: 24, columns: 80))
    script.laptop.writeFault = .diskFull
    script.press(.function(12))
    script.type("5")
    #expect(script.laptop.printed.isEmpty && script.message == "没有显示：请先腾出磁盘空间")
    script.laptop.writeFault = nil
    script.press(.function(12))
    script.type("5")
    #expect(script.laptop.purposes == [.signature] && script.message == "已送打印机")
    #expect(!script.text.contains("130599196604185655") && !script.title.contains("号码已显示"))
    let paper = try #require(script.laptop.printed.first)
    #expect(paper.title == "签字表", "the printer's queue shows nobody's name")
    #expect(paper.text.contains("130599196604185655") && paper.text.contains("受访人签字（按印）：____"))
    #expect(paper.text.contains("■") && paper.text.contains("household-visit"))
    #expect(paper.text.split(separator: "\n").allSatisfy { $0.reduce(0) { $0 + PaperWidth.of($1) } <= 84 })
    // Looking at them afterwards prints nothing.
    script.press(.function(12))
    script.type("1")
    #expect(script.text.contains("号码已显示") && script.laptop.printed.count == 1)
  }
}
