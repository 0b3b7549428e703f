// From a paper code to a device with its grant.

internal import Foundation
internal import Journal
internal import Logging
internal import Papers
internal import Relief
internal import Wire

extension County {
  /// A one-time code for a person, as a slip to print.
  /// - Parameters:
  ///   - role: one of `Role.known` that has a laptop.
  ///   - scopes: codes of divisions of the county's table, each inside the county; none needed for the county, and for a visitor, who
  ///     has the villages of the households.
  ///   - households: whom a visitor sees: numbers of the roster, or ids; at least one.
  /// - Throws: `badRole`, `noLaptop`, `badPerson`, `personIsNumber`, `noHouseholds`, `noHousehold`, `householdOutside`, `badScope`,
  ///   `noPlace`.
  public func enrolmentCode(
    person: String, name: String, role: String, scopes: [String], households: [String] = []
  ) async throws(CountyFault) -> PaperSlip {
    let role = Role(rawValue: role)
    guard Role.known.contains(role) else { throw .badRole(role.rawValue) }
    guard Access.allows(role, .writeOwnJournal) else { throw .noLaptop(role.rawValue) }
    // Whoever has such a number already keeps it: what they wrote, and what was returned to them, is known by it.
    let isKnown = try await guarded { try await store.people() }.contains { $0.person == person }
    try Self.check(person: person, name: name, isKnown: isKnown)
    let seen = try await self.households(households, of: role)
    let own = role == .county ? [configuration.division] : Set(seen.map(\.division)).sorted()
    let scopes = scopes.isEmpty ? own : scopes
    guard !scopes.isEmpty, scopes.count <= Limits.scopes else { throw .badScope("") }
    let places = try await placeTable()
    for scope in scopes {
      guard DivisionCode.isCode(scope) || (scope.isEmpty && role == .county), scope.hasPrefix(configuration.division)
      else { throw .badScope(scope) }
      try places.check(scope)
    }
    // Such a household would never be given to the laptop.
    if let outside = seen.first(where: { one in !scopes.contains { one.division.hasPrefix($0) } }) {
      throw .householdOutside(outside.asked, division: outside.division)
    }
    var slip = try await slip(
      for: CodeHolder(person: person, name: name, role: role, scopes: scopes, households: role == .visitor ? seen.map(\.id) : nil))
    slip.households = seen.map { PaperSlip.Household(number: $0.asked, head: $0.head, division: $0.division) }
    return slip
  }

  private struct SeenHousehold {
    var asked: String
    var id: String
    var division: String
    /// Masked.
    var head: String
  }

  /// The households a visitor is to see; of any other role none.
  private func households(_ asked: [String], of role: Role) async throws(CountyFault) -> [SeenHousehold] {
    guard role == .visitor else { return [] }
    guard !asked.isEmpty else { throw .noHouseholds }
    let named = asked.map { ($0, NamedID.make(county: configuration.id, kind: "household", [$0])) }
    let register = try await guarded { try await store.register(about: Set(named.flatMap { [$0.0, $0.1] })) }
    return try named.map { text, id throws(CountyFault) in
      guard let found = register.household(id) ?? register.household(text), let division = found.division else { throw .noHousehold(text) }
      return SeenHousehold(asked: text, id: found.id, division: division.code, head: Masked.name(found.headName) ?? "")
    }
  }

  /// Makes and keeps a code for whoever may have one.
  func slip(for holder: CodeHolder) async throws(CountyFault) -> PaperSlip {
    let fingerprint = Hex.encode(try CertificateAuthority.fingerprint(ofPEM: keys.authorityPEM))
    let made = surroundings.seconds
    let ends = made + Int64(Limits.enrolCodeSeconds)
    while true {
      let code = EnrolmentCode(random: surroundings.random(16))
      guard try await guarded({ try await store.add(code, for: holder, madeAt: made, endsAt: ends) }) else { continue }
      return PaperSlip(
        county: configuration.name, name: holder.name, role: holder.role.rawValue, scopes: holder.scopes, url: configuration.url,
        fingerprint: fingerprint, code: code.grouped, until: Self.minute(ends))
    }
  }

  /// `2026-11-27 09:30`
  static func minute(_ seconds: Int64) -> String {
    String(CountySurroundings.text(Date(timeIntervalSince1970: Double(seconds))).prefix(16)).replacing("T", with: " ")
  }

  /// A number and a name of somebody: they stand on paper and in every record, so that an identity number is none.
  static func check(person: String, name: String, isKnown: Bool = false) throws(CountyFault) {
    guard isPlain(person), isPlain(name) else { throw .badPerson }
    let text = Array(person.utf8)
    let digits = text.prefix { (48...57).contains($0) }.count
    let isLong = text.count == 18 && digits >= 17 && (digits == 18 || "Xx".utf8.contains(text[17]))
    let isNumber = isLong || (text.count == 15 && digits == 15)
    guard !isNumber || isKnown else { throw .personIsNumber }
  }

  /// Not empty, no control characters (what is signed is line by line), not too long.
  static func isPlain(_ text: String) -> Bool {
    (1...100).contains(text.count) && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// A new device asks with its code.
  func enrol(_ request: EnrolRequest) async throws -> [UInt8] {
    guard let signKey = Base64URL.decode(request.signPublicKey), signKey.count == 32,
      let boxKey = Base64URL.decode(request.boxPublicKey), boxKey.count == 32,
      let proof = Base64URL.decode(request.proof), proof.count == 64,
      let text = SignedText.enrolment(
        code: request.code, signPublicKey: request.signPublicKey, boxPublicKey: request.boxPublicKey)
    else { throw Refused.malformed }
    guard SigningKey.verify(proof, of: text, by: signKey) else { throw Refused.badSignature }
    guard let code = EnrolmentCode(typed: request.code) else { throw Refused.badCode }
    let deviceID = surroundings.uuid()
    let now = surroundings.now()
    let everybody = try await store.devices()
    let (outcome, device) = try await store.use(code, signKey: signKey, at: surroundings.seconds) { holder, known in
      var device = Device(
        id: known ?? deviceID, person: holder.person, name: holder.name, role: holder.role, scopes: holder.scopes,
        households: holder.households, signKey: signKey, boxKey: boxKey, enrolledAt: Int64(now.timeIntervalSince1970))
      device.grant = try grant(for: device, among: everybody, issued: CountySurroundings.text(now))
      return device
    }
    switch outcome {
    case .good, .used:
      guard let device, let grant = device.grant else { throw Refused.badCode }
      guard !device.isRevoked else { throw Refused.revoked }
      log.info("device enrolled", metadata: ["device": "\(device.id)", "role": "\(device.role.rawValue)"])
      return grant
    case .refused:
      log.warning("enrolment code refused")
      throw Refused.badCode
    }
  }

  private func grant(for device: Device, among others: [Device], issued: String) throws -> [UInt8] {
    // A supervisor who covers a village of this device can review from its stick, with no county in reach.
    let supervisors = others.filter { other in
      other.role == .supervisor && !other.isRevoked && device.role != .supervisor
        && device.scopes.contains { scope in other.scopes.contains { scope.hasPrefix($0) } }
    }
    var readers = keys.readers
    readers += supervisors.prefix(Limits.readers - readers.count).map { ReaderKey(kind: .reader, publicKey: $0.boxKey) }
    var grant = EnrolGrant(
      deviceId: device.id, person: device.person, name: device.name, role: device.role.rawValue, scopes: device.scopes,
      households: device.households, county: configuration.name, server: configuration.id,
      readers: readers.map {
        GrantedReader(kind: $0.kind.rawValue, keyId: $0.keyID, publicKey: Base64URL.encode($0.publicKey))
      },
      caPem: keys.authorityPEM, rootPublicKey: Base64URL.encode(keys.root.publicKey), issued: issued)
    guard let text = SignedText.grant(grant) else { throw CountyFault.badPerson }
    grant.signature = Base64URL.encode(try keys.root.sign(text))
    return try BodyCodec.encode(grant)
  }

  // MARK: - devices

  /// A device as the operator sees it.
  public struct DeviceRow: Sendable, Equatable {
    public var id: String
    public var person: String
    public var name: String
    public var role: String
    public var scopes: [String]
    public var enrolled: String
    public var isRevoked: Bool
  }

  public func devices() async throws(CountyFault) -> [DeviceRow] {
    try await guarded { try await store.devices() }.filter { $0.id != configuration.id }.map { device in
      DeviceRow(
        id: device.id, person: device.person, name: device.name, role: device.role.rawValue, scopes: device.scopes,
        enrolled: CountySurroundings.text(Date(timeIntervalSince1970: Double(device.enrolledAt))),
        isRevoked: device.isRevoked)
    }
  }

  /// Ends a device's access at once; its stored records stay.
  public func revoke(device id: String) async throws(CountyFault) {
    guard id != configuration.id, try await guarded({ try await store.revoke(id, at: surroundings.seconds) }) else {
      throw .noSuchDevice(id)
    }
  }
}
