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
    let accepting = clock.measure { for _ in 0..<20 { script.press(.down, .up) } }
    let outline = clock.measure { for _ in 0..<20 { _ = VisitOutline(script.program.visit!.session) } }
    print("per key: \(typing / 200), per frame: \(drawing / 200), per move: \(accepting / 40), outline \(outline / 20)")
  }
}
