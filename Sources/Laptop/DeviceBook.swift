// DeviceBook: whose keys count. It holds what the county says of devices, and takes nothing in but under the county's root key, which the
// grant brought over the connection that the paper slip vouched for. Who is not in it is nobody.

internal import Journal
public import Relief
public import Wire

public struct DeviceBook: Sendable {
  private let server: String
  private let root: [UInt8]
  private var byID: [String: Attestation] = [:]
  private var idBySignKey: [String: String] = [:]

  /// - Parameters:
  ///   - server: the county's own name, as the grant has it: a statement of one county is worth nothing in another.
  ///   - root: the county's Ed25519 key. Empty believes nobody.
  public init(server: String = "", root: [UInt8] = []) {
    self.server = server
    self.root = root
  }

  public var devices: [Attestation] { byID.values.sorted { $0.deviceId < $1.deviceId } }
  public var isEmpty: Bool { byID.isEmpty }

  public func device(_ id: String) -> Attestation? { byID[id] }

  /// The device whose key this is.
  public func device(signing key: [UInt8]) -> Attestation? { idBySignKey[Base64URL.encode(key)].flatMap { byID[$0] } }

  /// Whether the statement is the county's.
  public func believes(_ said: Attestation) -> Bool {
    guard said.scopes.count <= Limits.scopes, Base64URL.decode(said.signPublicKey)?.count == 32,
      Base64URL.decode(said.boxPublicKey)?.count == 32, let signature = Base64URL.decode(said.signature),
      let text = SignedText.attestation(said, server: server)
    else { return false }
    return SigningKey.verify(signature, of: text, by: root)
  }

  /// Takes a statement in. False where it is not the county's, or no news.
  public mutating func take(_ said: Attestation) -> Bool {
    if let known = byID[said.deviceId], known.revision >= said.revision { return false }
    guard byID.count < Limits.attestedDevices || byID[said.deviceId] != nil, believes(said) else { return false }
    if let known = byID[said.deviceId] { idBySignKey[known.signPublicKey] = nil }
    byID[said.deviceId] = said
    idBySignKey[said.signPublicKey] = said.deviceId
    return true
  }

  mutating func take(json: [UInt8]) -> Bool {
    (try? BodyCodec.decode(Attestation.self, from: json)).map { take($0) } ?? false
  }
}

extension Attestation {
  /// Whom the device was given to, as the rules of Relief judge what they write and read.
  public var grantee: Grantee { Grantee(person: person, role: Role(rawValue: role), scopes: scopes, households: households) }

  /// Bytes of a key; empty where the text is none.
  public var signKey: [UInt8] { Base64URL.decode(signPublicKey) ?? [] }
  public var boxKey: [UInt8] { Base64URL.decode(boxPublicKey) ?? [] }
}
