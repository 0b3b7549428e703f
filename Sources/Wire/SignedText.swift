// The exact bytes that are signed. Every text starts with what it is for, so that a signature for one purpose is worth
// nothing for another, and no field may hold a line feed, so that two different meanings never have the same bytes.

public enum SignedText {
  /// Proof of a new device: that it holds the key it enrols.
  public static func enrolment(code: String, signPublicKey: String, boxPublicKey: String) -> [UInt8]? {
    lines(["zoufang-enrol-v1", code, signPublicKey, boxPublicKey])
  }

  /// Opening a session.
  public static func session(server: String, challenge: String, deviceID: String) -> [UInt8]? {
    lines(["zoufang-auth-v1", server, challenge, deviceID])
  }

  /// A grant, signed by the county's root key.
  public static func grant(_ grant: EnrolGrant) -> [UInt8]? {
    var fields = [
      "zoufang-grant-v1", grant.deviceId, grant.person, grant.name, grant.role, grant.county, grant.server,
      grant.issued, grant.rootPublicKey,
    ]
    fields.append("scopes \(grant.scopes.count)")
    fields += grant.scopes
    fields.append("households \(grant.households.map { String($0.count) } ?? "all")")
    fields += grant.households ?? []
    fields.append("readers \(grant.readers.count)")
    for reader in grant.readers { fields += [reader.kind, reader.keyId, reader.publicKey] }
    // A PEM has line feeds of its own, so it stands last and alone.
    return lines(fields).map { $0 + Array(grant.caPem.utf8) }
  }

  /// What the county says of a device, signed by its root key. `server` is the county's own name, as the grant has it.
  public static func attestation(_ device: Attestation, server: String) -> [UInt8]? {
    var fields = [
      "zoufang-device-v1", server, device.deviceId, device.person, device.name, device.role, device.signPublicKey,
      device.boxPublicKey, device.isRevoked ? "revoked" : "granted", String(device.revision),
    ]
    fields.append("scopes \(device.scopes.count)")
    fields += device.scopes
    fields.append("households \(device.households.map { String($0.count) } ?? "all")")
    fields += device.households ?? []
    return lines(fields)
  }

  private static func lines(_ fields: [String]) -> [UInt8]? {
    guard fields.allSatisfy({ !$0.utf8.contains(10) }) else { return nil }
    return fields.flatMap { Array($0.utf8) + [10] }
  }
}
