// Enrolment: from a paper slip to a grant.
//
// The slip carries the county's address, the fingerprint of its CA and a one-time code. First the CA is fetched from whoever
// answers and believed only where its fingerprint is the slip's; from then on nothing but that CA is trusted. The code is
// sent with the new device's public keys and a proof that it holds them. The same code with the same keys gives the same
// grant, so a lost answer costs nothing.

internal import FoundationEssentials
public import Journal
internal import Laptop
public import Wire

/// The CA that somebody at the county's address offered: nothing is proved until it is compared with the slip.
public struct OfferedAuthority: Equatable, Sendable {
  public let pem: [UInt8]
  /// SHA-256 of the certificate's DER, lower-case hex.
  public let fingerprint: String

  /// Nil unless the bytes hold exactly one certificate in PEM.
  public init?(pem: [UInt8]) {
    guard pem.count <= Limits.answerBytes, let text = String(validating: pem, as: UTF8.self) else { return nil }
    let parts = text.split(separator: "-----BEGIN CERTIFICATE-----", omittingEmptySubsequences: false)
    guard parts.count == 2, let end = parts[1].firstRange(of: "-----END CERTIFICATE-----") else { return nil }
    let base64 = String(parts[1][..<end.lowerBound].filter { !$0.isWhitespace })
    guard let der = Data(base64Encoded: base64), !der.isEmpty else { return nil }
    self.pem = pem
    fingerprint = Digest.sha256(Array(der))
  }

  /// Compares with what stands on the slip, in any case and with any blanks, colons and hyphens between: the whole fingerprint, or at least
  /// the digits of it that a slip's code carries (`SlipCode`).
  public func has(fingerprint typed: String) -> Bool {
    let digits = typed.lowercased().filter { $0.isHexDigit && $0.isASCII }
    let others = typed.filter { !($0.isHexDigit && $0.isASCII) && !$0.isWhitespace && $0 != ":" && $0 != "-" }
    return others.isEmpty && digits.count >= SlipCode.fingerprintCharacters && fingerprint.hasPrefix(digits)
  }

  /// Eight groups of eight, as the slip prints it.
  public var grouped: String {
    var text = ""
    for (index, digit) in fingerprint.enumerated() {
      if index > 0, index % 8 == 0 { text.append(" ") }
      text.append(digit)
    }
    return text
  }
}

public enum EnrolmentRun {
  /// Fetches the CA over a transport that trusts whoever answers.
  public static func authority(from untrusting: any Transport) throws(SyncFault) -> OfferedAuthority {
    let answer: TransferAnswer
    do throws(TransferFault) {
      answer = try untrusting.send(TransferRequest(.get, Path.ca, answerBytesMax: Limits.answerBytes))
    } catch { throw .transfer(error) }
    guard answer.status == 200, let offered = OfferedAuthority(pem: answer.body) else {
      throw .unexpected(status: answer.status)
    }
    return offered
  }

  /// Whether the authority at an address is the one of a slip.
  public static func isAuthority(at url: String, ofSlip fingerprint: String, proxy: String = "") throws(SyncFault) -> Bool {
    try authority(from: try transport(url, nil, proxy)).has(fingerprint: fingerprint)
  }

  /// The whole way over the real network. `fingerprint` is what stands on the slip.
  /// - Returns: the grant, checked; keep it before anything else is done.
  public static func run(
    url: String, fingerprint: String, code: String, keys: UnlockedKeys, proxy: String = "", pace: Pace = .real
  ) throws(SyncFault) -> EnrolGrant {
    let untrusting = try transport(url, nil, proxy)
    let offered = try authority(from: untrusting)
    guard offered.has(fingerprint: fingerprint) else { throw .otherAuthority }
    let trusting = try transport(url, offered.pem, proxy)
    return try grant(over: trusting, code: code, keys: keys, authority: offered, pace: pace)
  }

  /// Asks for the grant over a transport that trusts `authority` alone, and checks it.
  public static func grant(
    over transport: any Transport, code: String, keys: UnlockedKeys, authority: OfferedAuthority, pace: Pace = .real
  ) throws(SyncFault) -> EnrolGrant {
    let sign = Base64URL.encode(keys.signing.publicKey)
    let box = Base64URL.encode(keys.reader.publicKey)
    guard let text = SignedText.enrolment(code: code, signPublicKey: sign, boxPublicKey: box) else {
      throw .refused(.badCode)
    }
    guard let proof = try? keys.signing.sign(text) else { throw .unavailable }
    var run = SyncRun(
      transport: transport, shelf: NoShelf(), deviceID: "", server: "", signing: keys.signing, pace: pace)
    let request = EnrolRequest(code: code, signPublicKey: sign, boxPublicKey: box, proof: Base64URL.encode(proof))
    let grant: EnrolGrant = try run.ask(
      TransferRequest(
        .post, Path.enrol, headers: [.json], body: try run.encode(request), answerBytesMax: Limits.answerBytes),
      signedIn: false)
    guard isGood(grant, authority) else { throw .badGrant }
    return grant
  }

  private static func transport(_ url: String, _ authority: [UInt8]?, _ proxy: String) throws(SyncFault) -> HTTPSTransport {
    do throws(TransferFault) { return try HTTPSTransport(base: url, authority: authority, proxy: proxy) } catch {
      throw .transfer(error)
    }
  }

  /// Signed by the root key it names (which this trusted connection vouches for), for the CA of the slip, within limits.
  static func isGood(_ grant: EnrolGrant, _ authority: OfferedAuthority) -> Bool {
    guard !grant.deviceId.isEmpty, grant.readers.count <= Limits.readers, grant.scopes.count <= Limits.scopes,
      OfferedAuthority(pem: Array(grant.caPem.utf8))?.fingerprint == authority.fingerprint,
      let root = Base64URL.decode(grant.rootPublicKey), let signature = Base64URL.decode(grant.signature),
      let text = SignedText.grant(grant)
    else { return false }
    return SigningKey.verify(signature, of: text, by: root)
  }
}

/// Enrolment asks one question: there is nothing to push and nothing to keep.
private final class NoShelf: SyncShelf {
  var journals: [ShelfExtent] { [] }
  var confirmed: [String: UInt64] { [:] }
  var feedCursor: FeedCursor { FeedCursor() }
  func batch(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> PushBatch? { nil }
  func keep(_ receipt: UploadReceipt) throws(LaptopFault) {}
  func lower(_ journalID: String, to seq: UInt64) throws(LaptopFault) {}
  func end(_ journalID: String) throws(LaptopFault) {}
  func keep(clockAhead seconds: Int) throws(LaptopFault) {}
  func keep(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault) {}
  func restartFeed(epoch: UInt64) throws(LaptopFault) {}
  var devicesState: String { "" }
  func keep(_ devices: [Attestation], state: String) throws(LaptopFault) {}
}
