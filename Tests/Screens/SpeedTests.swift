// What a key costs. The bounds are wide (debug builds on busy machines); they catch work that grew by an order.

import Terminal
import Testing

@testable import Screens

@Suite struct SpeedTests {
  @Test func aTypedCharacterAsksTheFormNothing() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.control("f"))
    script.type("诸葛")
    script.press(.enter)
    script.press(.pageDown, .pageDown, .pageDown)
    let clock = ContinuousClock()
    let typing = clock.measure { script.type(String(repeating: "张", count: 200)) }
    let drawing = clock.measure { for _ in 0..<200 { _ = script.frame } }
    let moving = clock.measure { for _ in 0..<20 { script.press(.down, .up) } }
    #expect(typing / 200 < .milliseconds(5), "a typed character took \(typing / 200)")
    #expect(drawing / 200 < .milliseconds(50), "a frame took \(drawing / 200)")
    #expect(moving / 40 < .milliseconds(50), "a move took \(moving / 40)")
  }

  /// A household as large as a form allows people to type: a key still costs the same, an answer a moment.
  @Test func fortyMembersStayQuick() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.control("f"))
    script.type("诸葛")
    script.press(.enter)
    script.press(.pageDown, .pageDown, .pageDown)
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for _ in 0..<40 {
      slowest = max(
        slowest,
        clock.measure {
          script.type("张三")
          script.press(.enter, .pageDown)
          _ = script.frame
        })
    }
    #expect(slowest < .milliseconds(5_000), "a member took \(slowest)")
    let typing = clock.measure { script.type("李") }
    #expect(script.frame.cursor.map { $0.row < script.size.rows - 3 } == true)
    #expect(typing < .milliseconds(3_000), "\(typing)")
  }
}
