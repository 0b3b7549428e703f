// What the county says of devices: to whom, signed by which key, and that a revocation is heard of.

import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

@Suite("Attesting")
struct AttestingTests {
  private func page(_ at: TestCounty, _ device: TestDevice, known: String = "") async throws -> AttestationPage {
    try await at.request(.get, Path.devices + "?known=\(known)", token: device.token).decoded()
  }

  @Test("Everybody hears of themselves and of those whose scope meets theirs, under the root key of their grant")
  func whoHearsOfWhom() async throws {
    let at = try await TestCounty()
    let cadre = try await TestDevice.enrol(at, person: "A", role: .cadre, scopes: [TestCounty.village])
    let neighbour = try await TestDevice.enrol(at, person: "B", role: .cadre, scopes: [TestCounty.otherVillage])
    let supervisor = try await TestDevice.enrol(at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let elsewhere = try await TestDevice.enrol(at, person: "E", role: .cadre, scopes: [TestCounty.elsewhere])
    let visitor = try await TestDevice.enrol(
      at, person: "V", role: .visitor, scopes: [TestCounty.village], households: ["h1"])
    func names(_ device: TestDevice) async throws -> [String] {
      let items = try await page(at, device).items
      for item in items {
        let text = try #require(SignedText.attestation(item, server: device.grant.server))
        let root = try #require(Base64URL.decode(device.grant.rootPublicKey))
        #expect(SigningKey.verify(try #require(Base64URL.decode(item.signature)), of: text, by: root))
        #expect(!item.isRevoked)
      }
      return items.map(\.person).sorted()
    }
    #expect(try await names(cadre) == ["A", "S"])
    #expect(try await names(neighbour) == ["B", "S"])
    #expect(try await names(supervisor) == ["A", "B", "S"])
    #expect(try await names(elsewhere) == ["E"])
    #expect(try await at.request(.get, Path.devices, token: visitor.token).status == 403)
    let own = try #require(try await page(at, cadre).items.first { $0.person == "A" })
    #expect(own.deviceId == cadre.grant.deviceId)
    #expect(own.name == cadre.grant.name)
    #expect(own.scopes == [TestCounty.village])
    #expect(own.signPublicKey == Base64URL.encode(cadre.keys.signing.publicKey))
    #expect(own.boxPublicKey == Base64URL.encode(cadre.keys.reader.publicKey))
  }

  @Test("A list that is known is not sent again; a new grant and a revocation make it another one, and count more than what was said before")
  func known() async throws {
    let at = try await TestCounty()
    let supervisor = try await TestDevice.enrol(at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let cadre = try await TestDevice.enrol(at, person: "A", role: .cadre, scopes: [TestCounty.village])
    let first = try await page(at, supervisor)
    #expect(first.items.count == 2)
    let second = try await page(at, supervisor, known: first.state)
    #expect(second == AttestationPage(items: [], state: first.state))
    func revision(_ page: AttestationPage) throws -> UInt64 { try #require(page.items.first { $0.person == "A" }).revision }
    at.clock.pass(seconds: 1)
    _ = try await cadre.enrolledAgain(at, scopes: [TestCounty.village, TestCounty.otherVillage])
    let third = try await page(at, supervisor, known: first.state)
    #expect(try revision(third) > revision(first))
    #expect(third.items.first { $0.person == "A" }?.scopes.count == 2)
    // In the very second of the grant.
    try await at.county.revoke(device: cadre.grant.deviceId)
    let last = try await page(at, supervisor, known: third.state)
    #expect(last.items.first { $0.person == "A" }?.isRevoked == true)
    #expect(try revision(last) > revision(third))
  }
}
