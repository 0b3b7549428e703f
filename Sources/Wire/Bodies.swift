// Bodies of the control calls: JSON with sorted keys in snake_case. Bytes travel as base64url without padding, times as
// RFC 3339 text. A key a program does not know is ignored; a new key never changes the meaning of an old one.

public struct Hello: Codable, Equatable, Sendable {
  /// Name of the county for people, 隆尧县.
  public var county: String
  /// The name a session signs, so that a signature made for one server is worth nothing at another.
  public var server: String
  public var time: String
  public var protocols: [Int]
  public var maxBytes: Int
  public var maxRecords: Int
  /// Rises when the county was restored from a backup.
  public var epoch: UInt64

  public init(
    county: String, server: String, time: String, protocols: [Int] = [Limits.protocolVersion],
    maxBytes: Int = Limits.pushBytes, maxRecords: Int = Limits.pushLines, epoch: UInt64 = 1
  ) {
    self.county = county
    self.server = server
    self.time = time
    self.protocols = protocols
    self.maxBytes = maxBytes
    self.maxRecords = maxRecords
    self.epoch = epoch
  }
}

/// One-time code and the new device's public keys. Asking again with the same code and the same keys gives the same
/// grant, so that a lost answer costs nothing; other keys with a used code are refused.
public struct EnrolRequest: Codable, Equatable, Sendable {
  public var code: String
  /// Ed25519, 32 bytes.
  public var signPublicKey: String
  /// X25519, 32 bytes: what answers and other people's segments are sealed to.
  public var boxPublicKey: String
  /// Signature over `SignedText.enrolment` with the new signing key.
  public var proof: String

  public init(code: String, signPublicKey: String, boxPublicKey: String, proof: String) {
    self.code = code
    self.signPublicKey = signPublicKey
    self.boxPublicKey = boxPublicKey
    self.proof = proof
  }
}

/// What the county grants a device. `signature` covers `SignedText.grant` and is checked with `rootPublicKey`, which is
/// kept from then on.
public struct EnrolGrant: Codable, Equatable, Sendable {
  public var deviceId: String
  public var person: String
  public var name: String
  public var role: String
  /// Division-code prefixes.
  public var scopes: [String]
  /// For a visitor: the households they may see.
  public var households: [String]?
  public var county: String
  public var server: String
  public var readers: [GrantedReader]
  public var caPem: String
  public var rootPublicKey: String
  public var issued: String
  public var signature: String

  public init(
    deviceId: String, person: String, name: String, role: String, scopes: [String], households: [String]? = nil,
    county: String, server: String, readers: [GrantedReader], caPem: String, rootPublicKey: String, issued: String,
    signature: String = ""
  ) {
    self.deviceId = deviceId
    self.person = person
    self.name = name
    self.role = role
    self.scopes = scopes
    self.households = households
    self.county = county
    self.server = server
    self.readers = readers
    self.caPem = caPem
    self.rootPublicKey = rootPublicKey
    self.issued = issued
    self.signature = signature
  }
}

/// A key that every segment of this device is sealed to. `kind` is `ingest`, `recovery` or `reader`.
public struct GrantedReader: Codable, Hashable, Sendable {
  public var kind: String
  public var keyId: String
  /// X25519, 32 bytes.
  public var publicKey: String

  public init(kind: String, keyId: String, publicKey: String) {
    self.kind = kind
    self.keyId = keyId
    self.publicKey = publicKey
  }
}

public struct ChallengeRequest: Codable, Equatable, Sendable {
  public var deviceId: String
  public init(deviceId: String) { self.deviceId = deviceId }
}

/// 32 random bytes, good once and for `Limits.challengeSeconds`.
public struct Challenge: Codable, Equatable, Sendable {
  public var challenge: String
  public init(challenge: String) { self.challenge = challenge }
}

/// Signature over `SignedText.session`.
public struct SessionRequest: Codable, Equatable, Sendable {
  public var deviceId: String
  public var challenge: String
  public var signature: String

  public init(deviceId: String, challenge: String, signature: String) {
    self.deviceId = deviceId
    self.challenge = challenge
    self.signature = signature
  }
}

/// An opaque 256-bit token for `Authorization: Bearer`.
public struct SessionGrant: Codable, Equatable, Sendable {
  public var token: String
  public var expiresIn: Int

  public init(token: String, expiresIn: Int = Limits.sessionSeconds) {
    self.token = token
    self.expiresIn = expiresIn
  }
}

/// Where the county stands in one journal. Of a journal it has never seen: next 1, an empty chain, open.
public struct JournalCursor: Codable, Equatable, Sendable {
  public enum State: String, Codable, Sendable { case open, forked, revoked }

  public var journal: String
  public var nextSeq: UInt64
  /// Chain of line `nextSeq - 1`, base64url, empty before the first.
  public var chain: String
  public var state: State
  public var epoch: UInt64
  /// Up to here the lines are also in a verified backup; only those may ever be removed from a laptop.
  public var durableThrough: UInt64

  public init(
    journal: String, nextSeq: UInt64, chain: String, state: State = .open, epoch: UInt64 = 1, durableThrough: UInt64 = 0
  ) {
    self.journal = journal
    self.nextSeq = nextSeq
    self.chain = chain
    self.state = state
    self.epoch = epoch
    self.durableThrough = durableThrough
  }
}

/// The answer to a push, also when every line was there already.
public struct PushReceipt: Codable, Equatable, Sendable {
  public var journal: String
  public var acceptedThrough: UInt64
  public var chain: String
  /// Number under which the county keeps this receipt: its epoch, a hyphen, a number. Never used twice.
  public var receipt: String
  public var items: [PushedItem]

  public init(journal: String, acceptedThrough: UInt64, chain: String, receipt: String, items: [PushedItem]) {
    self.journal = journal
    self.acceptedThrough = acceptedThrough
    self.chain = chain
    self.receipt = receipt
    self.items = items
  }
}

/// One record line of a push. Lines that are no records (headers, checkpoints) are not listed.
public struct PushedItem: Codable, Equatable, Sendable {
  public enum State: String, Codable, Sendable { case stored, applied, duplicate, parked }

  public var seq: UInt64
  public var state: State
  /// Why it was parked: a code, never text of the record.
  public var code: String?

  public init(seq: UInt64, state: State, code: String? = nil) {
    self.seq = seq
    self.state = state
    self.code = code
  }
}

/// A page of the feed: records in the reader's scope, in the order the county stored them.
public struct FeedPage: Codable, Equatable, Sendable {
  public var items: [FeedItem]
  /// Cursor to ask with next.
  public var next: UInt64
  public var more: Bool
  public var epoch: UInt64

  public init(items: [FeedItem], next: UInt64, more: Bool, epoch: UInt64 = 1) {
    self.items = items
    self.next = next
    self.more = more
    self.epoch = epoch
  }
}

public struct FeedItem: Codable, Equatable, Sendable {
  public var seq: UInt64
  /// The record as `RecordCodec` wrote it, byte for byte.
  public var record: String

  public init(seq: UInt64, record: String) {
    self.seq = seq
    self.record = record
  }
}

/// Body of every answer that is not 200. The status rules stand in docs/wire.md.
public struct Refusal: Codable, Equatable, Sendable {
  public struct Reason: RawRepresentable, Codable, Hashable, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 409: the push starts beyond `next_seq`.
    public static let gap = Reason(rawValue: "gap")
    /// 409: a line differs from the one stored under its seq.
    public static let fork = Reason(rawValue: "fork")
    /// 422: framing, CRC, chain or signature of line `seq` is bad.
    public static let badLine = Reason(rawValue: "bad_line")
    /// 422: the checkpoint's signature, seq or chain is bad.
    public static let badCheckpoint = Reason(rawValue: "bad_checkpoint")
    /// 413: more than `max_bytes`.
    public static let tooLarge = Reason(rawValue: "too_large")
    /// 401: no session, or one that ended.
    public static let noSession = Reason(rawValue: "no_session")
    /// 401: the signature or the challenge is not good.
    public static let badSignature = Reason(rawValue: "bad_signature")
    /// 403: the device is revoked.
    public static let revoked = Reason(rawValue: "revoked")
    /// 403: not this role's, or not this device's journal.
    public static let notAllowed = Reason(rawValue: "not_allowed")
    /// 403: the code is unknown, used, or older than 72 h.
    public static let badCode = Reason(rawValue: "bad_code")
    /// 426: the client is older than the county accepts.
    public static let upgrade = Reason(rawValue: "upgrade")
    /// 400: the body cannot be read.
    public static let malformed = Reason(rawValue: "malformed")
    /// 429 or 503, with `Retry-After`.
    public static let busy = Reason(rawValue: "busy")
    /// 404.
    public static let notFound = Reason(rawValue: "not_found")
  }

  public var reason: Reason
  public var nextSeq: UInt64?
  public var chain: String?
  public var seq: UInt64?
  public var maxBytes: Int?

  public init(
    _ reason: Reason, nextSeq: UInt64? = nil, chain: String? = nil, seq: UInt64? = nil, maxBytes: Int? = nil
  ) {
    self.reason = reason
    self.nextSeq = nextSeq
    self.chain = chain
    self.seq = seq
    self.maxBytes = maxBytes
  }
}
