import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

/// The disk fills up under the running server. SQLite is given no page more, so it fails as it does on a full disk.
@Suite("A full disk")
struct FullDiskTests {
  private func cadre(_ at: TestCounty) async throws -> TestDevice {
    try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
  }

  /// A record that needs several pages, for its line as for its text.
  private func large(_ device: TestDevice) -> Record {
    device.record(
      facts: [Fact(list: "household", entity: "h1", properties: [Property("address", String(repeating: "长", count: 5_000))])])
  }

  @Test("a push is answered with 503 and when to come again, nothing of it is kept, and later everything is there once")
  func push() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(large(device), large(device))
    try await at.county.store.leave(pages: 0)
    let reply = try await device.push(at)
    #expect(reply.status == 503 && reply.reason == .busy)
    #expect(reply.headers[.retryAfter] != nil)
    #expect(try await at.county.store.count("line") == 0)
    #expect(try await at.county.store.count("receipt") == 0)
    // What does not write goes on.
    #expect(try await device.feed(at).reply.status == 200)
    #expect(try await at.request(.get, Path.hello).status == 200)
    try await at.county.store.leave(pages: nil)
    let items = try await device.push(at).decoded(PushReceipt.self).items
    #expect(items.map(\.state) == [.applied, .applied])
  }

  @Test("room for a few pages more, whichever: a push is whole or not there, and what was acknowledged is opened later")
  func everyPage() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(large(device), large(device))
    var answers: [Int: Int] = [:]
    var unopened = 0
    var isStored = false
    for pages in 0..<60 {
      try await at.county.store.leave(pages: pages)
      let reply = try await device.push(at)
      answers[reply.status, default: 0] += 1
      let lines = try await at.county.store.count("line")
      #expect(lines == (reply.status == 200 || isStored ? 2 : 0), "\(pages)")
      if reply.status == 200 {
        isStored = true
        if try reply.decoded(PushReceipt.self).items.contains(where: { $0.state == .stored }) { unopened += 1 }
      }
      at.clock.pass(seconds: 2)
    }
    #expect(answers.keys.sorted() == [200, 503], "\(answers)")
    #expect(unopened > 0, "there was room for the lines once, and none to open them")
    try await at.county.store.leave(pages: nil)
    #expect(try await device.push(at).status == 200)
    _ = try await at.restarted().county.catchUp()
    #expect(try await at.county.store.count("line") == 2)
    #expect(try await at.county.store.count("record") == 2)
    #expect(try await at.county.parked().isEmpty, "a full disk is no line's fault")
  }

  @Test("a start on a full disk serves; an import says so and leaves nothing behind")
  func startAndImport() async throws {
    let at = try await TestCounty()
    let file = Array("代码,名称\n130599100,示范镇\n".utf8)
    _ = try await at.county.importDivisions(file, source: "d.csv")
    let before = try await at.register()
    at.clock.leave(freeBytes: 1_000)
    let more = Array("代码,名称\n130599100,示范镇\n130599200,另一镇\n".utf8)
    await #expect(throws: CountyFault.self) { try await at.county.importDivisions(more, source: "d.csv") }
    #expect(try await at.register() == before)
    await at.county.catchUpAtStart()
    at.clock.leave(freeBytes: .max)
    #expect(try await at.county.importDivisions(more, source: "d.csv").written == 1)
  }
}
