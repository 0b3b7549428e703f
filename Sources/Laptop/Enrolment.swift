// Enrolment: who this laptop belongs to, as the county granted it, kept as a secret of the vault. It is what every record's
// author and every segment's readers are taken from.

public import Journal
public import Relief
public import Wire

public struct Enrolment: Equatable, Sendable {
  /// The county's grant, as signed.
  public var grant: EnrolGrant
  /// Address of the county's server, `https://host:port`; nil in the practice village, which has no county.
  public var county: String?

  public init(grant: EnrolGrant, county: String?) {
    self.grant = grant
    self.county = county
  }

  public var isPractice: Bool { county == nil }
  public var role: Role { Role(rawValue: grant.role) }
  public var author: Author { Author(person: grant.person, name: grant.name, role: role) }

  public var scope: Scope {
    Scope(divisions: grant.scopes.compactMap(Division.init), households: grant.households)
  }

  /// Who this laptop's person is to the county's rules.
  public var grantee: Grantee {
    Grantee(person: grant.person, role: role, scopes: grant.scopes, households: grant.households)
  }

  /// What the county says of devices is believed under the root key of the grant alone.
  public var devices: DeviceBook { DeviceBook(server: grant.server, root: Base64URL.decode(grant.rootPublicKey) ?? []) }

  /// For whom segment keys are wrapped beside the vault. A key that does not have the length of one is left out: it could
  /// not have been opened by anybody.
  public var readers: [ReaderKey] {
    grant.readers.prefix(JournalLimits.readersMax).compactMap { reader in
      guard let kind = ReaderKind(rawValue: reader.kind), let bytes = Base64URL.decode(reader.publicKey),
        bytes.count == 32
      else { return nil }
      return ReaderKey(kind: kind, keyID: reader.keyId, publicKey: bytes)
    }
  }

  /// Name of the secret in the vault.
  static let secretName = "enrolment"

  /// JSON: the grant and the county's address.
  public func encoded() -> [UInt8]? { try? BodyCodec.encode(Kept(grant: grant, county: county)) }

  public init?(decoding bytes: [UInt8]) {
    guard let kept = try? BodyCodec.decode(Kept.self, from: bytes) else { return nil }
    self.init(grant: kept.grant, county: kept.county)
  }

  private struct Kept: Codable {
    var grant: EnrolGrant
    var county: String?
  }
}
