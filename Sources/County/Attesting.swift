// What the county says of its devices to a laptop, so that laptops that meet over a stick know whose lines to believe and whom to seal to.
// Nothing is stored for it: a statement is made from the device's row, and the same row gives the same statement.

internal import Foundation
internal import Journal
internal import Relief
internal import Wire

extension County {
  /// The devices that have a division in common with the asker, and the asker itself: working ones and revoked ones. A visitor's and an
  /// auditor's are left out: nothing is exchanged with them.
  /// - Parameter known: the state of the list that the asker has already; then the answer holds no items.
  func attestations(for asker: Device, known: String) async throws -> AttestationPage {
    let devices = try await store.devices().filter { device in
      device.id != configuration.id
        && (device.id == asker.id || (Access.allows(device.role, .readDevices) && device.grantee.meets(asker.grantee)))
    }.prefix(Limits.attestedDevices)
    let state = Hex.encode(
      Array(Digest.sha256(Array(devices.map { "\($0.id) \(Self.revision(of: $0))\n" }.joined().utf8)).prefix(8)))
    guard state != known else { return AttestationPage(items: [], state: state) }
    return AttestationPage(items: try devices.map(attestation), state: state)
  }

  private func attestation(of device: Device) throws -> Attestation {
    var said = Attestation(
      deviceId: device.id, person: device.person, name: device.name, role: device.role.rawValue, scopes: device.scopes,
      households: device.households, signPublicKey: Base64URL.encode(device.signKey),
      boxPublicKey: Base64URL.encode(device.boxKey), isRevoked: device.isRevoked, revision: Self.revision(of: device))
    guard let text = SignedText.attestation(said, server: configuration.id) else { throw CountyFault.badPerson }
    said.signature = Base64URL.encode(try keys.root.sign(text))
    return said
  }

  /// When the grant was made, in seconds since 1970, or the device revoked; a revocation of the same second counts more.
  static func revision(of device: Device) -> UInt64 {
    let granted =
      device.grant.flatMap { try? BodyCodec.decode(EnrolGrant.self, from: $0) }
      .flatMap { ISO8601DateFormatter().date(from: $0.issued) }.map { Int64($0.timeIntervalSince1970) } ?? device.enrolledAt
    let revoked = device.revokedAt.map { $0 + 1 } ?? 0
    return UInt64(max(0, granted, revoked))
  }
}
