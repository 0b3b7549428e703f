import Foundation
import Journal
import Relief
import Testing
import Wire

@testable import County

/// Laptop clocks are years off. What comes is kept whatever the clock; the county says which times are not to be believed.
@Suite("Clocks")
struct ClockTests {
  private static let day = Double(Limits.clockSeconds)

  private func cadre(_ at: TestCounty) async throws -> TestDevice {
    try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
  }

  @Test(
    "a push from a laptop whose clock is more than a day off is kept, and its records are marked",
    arguments: [(-400 * day, false), (-day - 1, false), (-day, true), (0, true), (day, true), (day + 1, false), (400 * day, false)])
  func pushes(_ ahead: Double, _ isBelieved: Bool) async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(), device.record())
    let shown = Int64(at.clock.surroundings.now().timeIntervalSince1970 + ahead)
    let reply = try await device.push(at, headers: [Header.clock: String(shown)])
    #expect(reply.status == 200)
    #expect(try reply.decoded(PushReceipt.self).items.map(\.state) == [.applied, .applied])
    #expect(try await at.county.store.clocksBelieved() == [isBelieved, isBelieved])
    #expect(try await at.county.status().clockWrong == (isBelieved ? 0 : 2))
    // The clock was put right: what comes from now on is believed, what came before stays marked.
    try device.write(device.record())
    let right = String(Int64(at.clock.surroundings.now().timeIntervalSince1970))
    #expect(try await device.push(at, from: 3, headers: [Header.clock: right]).status == 200)
    #expect(try await at.county.store.clocksBelieved() == [isBelieved, isBelieved, true])
  }

  @Test(
    "a laptop that says nothing, or no number, is served all the same",
    arguments: ["", "soon", "99999999999999999999", "1e9", "-", "9223372036854775807"])
  func noClock(_ said: String) async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    #expect(try await device.push(at, headers: [Header.clock: said]).status == 200)
    #expect(try await at.county.store.clocksBelieved() == [true])
  }

  @Test("a record from tomorrow, one that names no moment and one that doubts itself are marked; an old one is not")
  func walls() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    let walls = [
      ("2026-11-24T10:00:00+08:00", true), ("2026-11-25T10:00:00+08:00", true), ("2026-11-25T10:00:01+08:00", false),
      ("2039-01-01T00:00:00+08:00", false), ("2026-02-01T00:00:00+08:00", true), ("2026-11-24", false),
    ]
    for (wall, _) in walls {
      var record = device.record()
      record.wall = wall
      try device.write(record)
    }
    var doubtful = device.record()
    doubtful.clockTrusted = false
    try device.write(doubtful)
    #expect(try await device.push(at).status == 200)
    let expected = walls.map(\.1) + [false]
    #expect(try await at.county.store.clocksBelieved() == expected)
    // A refold and a restart change nothing of it.
    _ = try await at.county.refold()
    #expect(try await at.restarted().county.store.clocksBelieved() == expected)
  }

  @Test("a database of the first version is brought up to date: places, waiting lines and clocks are there")
  func upgrade() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    var late = device.record(facts: [Fact(list: "person", entity: "p1", properties: [Property("name", "甲")])])
    late.wall = "2039-01-01T00:00:00+08:00"
    try device.write(device.record(), late)
    _ = try await device.push(at)
    let places = try await at.county.store.count("place")
    try await at.county.store.becomeFirstVersion()
    let again = try await at.restarted()
    #expect(try await again.county.store.clocksBelieved() == [true, false])
    #expect(try await again.county.store.count("place") == places && places > 0)
    #expect(try await again.county.store.count("waiting") == 0)
    try await device.openSession(again)
    try device.write(device.record())
    #expect(try await device.push(again, from: 3).status == 200)
  }
}
