// People who look at the page with a browser. A browser has no key of its own, so they have a password: stretched with scrypt
// (RFC 7914, N = 2^15, r = 8, p = 1: about 80 ms and 32 MiB a try), compared in constant time.

internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Relief

/// An account of the page.
struct PageUser: Equatable, Sendable {
  var person: String
  var name: String
  var role: Role
  /// County, township or village.
  var scope: Division
  var password: PagePassword
  /// The password is the one that was printed; the first login replaces it.
  var mustChange: Bool
  /// Seconds since 1970 after which a printed password opens nothing.
  var endsAt: Int64?
  /// Random of a new account, so that none that had the name before has it; rises with every new password. Sessions of another are over.
  var stamp: Int64
  var madeAt: Int64
}

/// A password as it is kept.
struct PagePassword: Equatable, Sendable {
  var salt: [UInt8]
  var hash: [UInt8]

  init(salt: [UInt8], hash: [UInt8]) {
    self.salt = salt
    self.hash = hash
  }

  /// Nil where the library has no room for the work.
  init?(_ password: String, salt: [UInt8]) {
    guard let hash = Self.stretch(password, salt: salt) else { return nil }
    self.init(salt: salt, hash: hash)
  }

  /// Whether it is this one, in a time that does not depend on the answer.
  func matches(_ password: String) -> Bool {
    guard let other = Self.stretch(password, salt: salt), other.count == hash.count else { return false }
    return zip(hash, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func stretch(_ password: String, salt: [UInt8]) -> [UInt8]? {
    guard password.utf8.count <= CountyLimits.pagePasswordBytes else { return nil }
    let key = try? KDF.Scrypt.deriveKey(
      from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 15, blockSize: 8, parallelism: 1)
    return unsafe key?.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Letters and digits that are not taken for one another, twelve in groups of four (59 bits).
  static func oneTime(random: [UInt8]) -> String {
    let letters = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)
    let chosen = random.prefix(12).map { letters[Int($0) % letters.count] }
    return stride(from: 0, to: chosen.count, by: 4)
      .map { String(decoding: chosen[$0..<min($0 + 4, chosen.count)], as: UTF8.self) }.joined(separator: "-")
  }
}

/// An account as an operator sees it.
public struct PageUserLine: Equatable, Sendable {
  public var person: String
  public var name: String
  public var role: String
  public var scope: String
  public var mustChange: Bool
}

/// What somebody looked at.
public struct PageAuditLine: Equatable, Sendable {
  /// `2026-11-24T10:00:00+08:00`
  public var at: String
  /// Nil: nobody who is known.
  public var person: String?
  /// `login`, `password`, `logout`, or the page with its division.
  public var page: String
  /// `ok` or why not.
  public var outcome: String
}

extension County {
  /// A new account.
  /// - Returns: its one-time password, which is kept nowhere.
  /// - Throws: `badPageRole`, `badPerson`, `personIsNumber`, `badScope`, `noPlace`, `pageUserTaken`.
  public func addPageUser(person: String, name: String, role: String, scope: String) async throws(CountyFault) -> String {
    let role = Role(rawValue: role)
    guard Access.allows(role, .readPage) else { throw .badPageRole(role.rawValue) }
    try Self.check(person: person, name: name)
    guard let division = Division(scope), division.level >= .county, scope.hasPrefix(configuration.division) else {
      throw .badScope(scope)
    }
    try await placeTable().check(scope)
    let (text, password) = try newPassword()
    let user = PageUser(
      person: person, name: name, role: role, scope: division, password: password, mustChange: true,
      endsAt: surroundings.seconds + CountyLimits.pageOneTimeSeconds, stamp: firstStamp(), madeAt: surroundings.seconds)
    guard try await guarded({ try await store.add(user) }) else { throw .pageUserTaken(person) }
    return text
  }

  /// Where the page is.
  public var pageAddress: String { configuration.url + PagePath.progress }

  /// Until when a password that is printed now opens the page, `2026-11-27 09:30`.
  public var pagePasswordEnd: String { Self.minute(surroundings.seconds + CountyLimits.pageOneTimeSeconds) }

  public func pageUsers() async throws(CountyFault) -> [PageUserLine] {
    try await guarded { try await store.pageUsers() }.map {
      PageUserLine(
        person: $0.person, name: $0.name, role: $0.role.rawValue, scope: $0.scope.code, mustChange: $0.mustChange)
    }
  }

  /// Works at once: sessions are asked for their account at every request.
  public func removePageUser(person: String) async throws(CountyFault) {
    guard try await guarded({ try await store.removePageUser(person) }) else { throw .noPageUser(person) }
  }

  /// A new one-time password; sessions of the old one are over.
  public func resetPageUser(person: String) async throws(CountyFault) -> String {
    let (text, password) = try newPassword()
    let ends = surroundings.seconds + CountyLimits.pageOneTimeSeconds
    guard try await guarded({ try await store.setPassword(password, of: person, mustChange: true, endsAt: ends) }) else {
      throw .noPageUser(person)
    }
    return text
  }

  /// The last rows of the page's audit, the newest first.
  public func pageAudit(limit: Int) async throws(CountyFault) -> [PageAuditLine] {
    try await guarded { try await store.pageAudit(limit: limit) }
  }

  private func firstStamp() -> Int64 { Int64(surroundings.random(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }

  private func newPassword() throws(CountyFault) -> (String, PagePassword) {
    let text = PagePassword.oneTime(random: surroundings.random(12))
    guard let password = PagePassword(text, salt: surroundings.random(16)) else { throw .store(detail: "scrypt") }
    return (text, password)
  }
}
