// ODK's own engine (JavaRosa) walked each form of the folder Forms with made-up answers; script/interop-xform wrote down every step.
// Ours, answering the same, must give the same results, labels, verdict and final document, identifiers aside.

import Foundation
import Testing
import XForm

@Suite struct ReplayTests {
  private func masked(_ text: Substring) -> String {
    String(text).replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "UUID")
  }

  @Test func everyTraceIsRepeated() throws {
    let traces = try Scenario.files(ending: ".trace")
    #expect(traces.count >= 40)
    for name in traces {
      let trace = String(decoding: try Scenario.file("Vectors/" + name), as: UTF8.self)
      let form = String(name.split(separator: "-")[0]) + ".xml"
      let document = try #require(trace.range(of: "<?xml"))
      let lines = trace[..<document.lowerBound].split(separator: "\n")
      // The oracle knows no device and no user.
      let nobody = Surroundings(now: { Scenario.noon }, random: { 7 })
      var replay = FormReplay(try Scenario(form, surroundings: nobody).session)
      for line in lines where !line.contains("\"op\":\"validate\"") {
        let answer = if case .answered(let answer) = replay.take(String(line)) { answer } else { "nothing" }
        #expect(masked(answer[...]) == masked(line), "\(name)")
      }
      let end = replay.finish()
      #expect(end[0] == lines.last.map(String.init), "\(name)")
      var wanted = trace[document.lowerBound...]
      while wanted.last?.isNewline == true { wanted.removeLast() }
      #expect(masked(end[1][...]) == masked(wanted), "\(name)")
    }
  }

  @Test func aLineThatIsNoStepSaysSo() throws {
    var replay = FormReplay(try Scenario("cascade.xml").session)
    for line in ["", "  ", "{\"op\":\"validate\",\"ok\":true,\"outcome\":null}\r"] {
      let answer = replay.take(line)
      #expect(answer == .passedOver, "\(line)")
    }
    for line in [
      "x", "{}", "{\"op\":\"clock\",\"now\":\"noon\"}", "{\"op\":\"answer\"}", "{\"op\":\"dance\",\"ref\":\"/data\"}", "{\"op\":[1]}", "{\"op\":\"\\u12\"}",
    ] {
      let answer = replay.take(line)
      #expect(answer == .notAStep, "\(line)")
    }
    guard case .answered(let lost) = replay.take("{\"op\":\"answer\",\"ref\":\"/data/nowhere[0]\",\"value\":\"1\"}") else {
      Issue.record("a question that is not there was answered with nothing")
      return
    }
    #expect(lost.contains("\"result\":5"))
  }
}
