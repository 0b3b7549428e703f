// Attestation: what the county says, signed by its root key, of one device: who it was given to, what it may do, and its public keys. A
// laptop believes lines that came another way than from the county (a stick) only under a key that such a statement names.

public struct Attestation: Codable, Equatable, Sendable {
  public var deviceId: String
  public var person: String
  /// For people; never anywhere unsealed.
  public var name: String
  public var role: String
  /// Division-code prefixes.
  public var scopes: [String]
  /// For a visitor: the households they may see.
  public var households: [String]?
  /// Ed25519, 32 bytes: signs the headers of the device's journals.
  public var signPublicKey: String
  /// X25519, 32 bytes: what is sealed to the device.
  public var boxPublicKey: String
  public var isRevoked: Bool
  /// Of two statements about one device the higher counts.
  public var revision: UInt64
  /// Over `SignedText.attestation`, by the county's root key.
  public var signature: String

  public init(
    deviceId: String, person: String, name: String, role: String, scopes: [String], households: [String]? = nil,
    signPublicKey: String, boxPublicKey: String, isRevoked: Bool = false, revision: UInt64, signature: String = ""
  ) {
    self.deviceId = deviceId
    self.person = person
    self.name = name
    self.role = role
    self.scopes = scopes
    self.households = households
    self.signPublicKey = signPublicKey
    self.boxPublicKey = boxPublicKey
    self.isRevoked = isRevoked
    self.revision = revision
    self.signature = signature
  }
}

/// The answer of `GET /v1/devices`: every device that has to do with the asker, or nothing where the asker knows this state already.
public struct AttestationPage: Codable, Equatable, Sendable {
  public var items: [Attestation]
  /// Names this state of the list; to be said as `known` the next time.
  public var state: String

  public init(items: [Attestation], state: String) {
    self.items = items
    self.state = state
  }
}
