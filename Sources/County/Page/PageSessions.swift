// Sessions of browsers, wrong passwords, and the tokens of the forms, in memory: a restarted server asks everybody to log in again.
//
// The cookie is 256 random bits, kept as its hash. Wrong passwords are counted by what was typed, whether there is such an
// account or not, so that being closed tells nobody who has one.

internal import Crypto
internal import Foundation
internal import Synchronization
internal import Wire

final class PageSessions: Sendable {
  struct Session: Equatable, Sendable {
    var person: String
    /// Of the account when it was opened.
    var stamp: Int64
    var until: Date
    var idleUntil: Date
  }

  private struct Tries {
    var count: Int
    var until: Date
  }

  private struct State {
    var sessions: [[UInt8]: Session] = [:]
    var tries: [[UInt8]: Tries] = [:]
  }

  private let state = Mutex(State())
  private let surroundings: CountySurroundings
  private let formKey: SymmetricKey

  init(_ surroundings: CountySurroundings) {
    self.surroundings = surroundings
    formKey = SymmetricKey(data: surroundings.random(32))
  }

  /// A cookie for this person; nil when too many sessions are alive.
  func open(_ person: String, stamp: Int64) -> String? {
    let secret = surroundings.random(32)
    let now = surroundings.now()
    let session = Session(
      person: person, stamp: stamp, until: now + Double(CountyLimits.pageSessionSeconds),
      idleUntil: now + Double(CountyLimits.pageIdleSeconds))
    let isKept = state.withLock { state in
      if state.sessions.count >= CountyLimits.pageSessions {
        state.sessions = state.sessions.filter { min($0.value.until, $0.value.idleUntil) > now }
        guard state.sessions.count < CountyLimits.pageSessions else { return false }
      }
      state.sessions[Digest.sha256(secret)] = session
      return true
    }
    return isKept ? Base64URL.encode(secret) : nil
  }

  /// The session of a cookie; looking at it puts its idle end off.
  func session(_ cookie: String) -> Session? {
    guard let secret = Base64URL.decode(cookie), secret.count == 32 else { return nil }
    let key = Digest.sha256(secret)
    let now = surroundings.now()
    return state.withLock { state in
      guard var session = state.sessions[key] else { return nil }
      guard session.until > now, session.idleUntil > now else {
        state.sessions[key] = nil
        return nil
      }
      session.idleUntil = now + Double(CountyLimits.pageIdleSeconds)
      state.sessions[key] = session
      return session
    }
  }

  func close(_ cookie: String) {
    guard let secret = Base64URL.decode(cookie) else { return }
    state.withLock { $0.sessions[Digest.sha256(secret)] = nil }
  }

  // MARK: - wrong passwords

  /// Seconds until this name may try again; nil: now.
  func lockedFor(_ name: String) -> Int? {
    let now = surroundings.now()
    return state.withLock { state in
      guard let tries = state.tries[Digest.sha256(name.utf8)], tries.count >= CountyLimits.pageTries, tries.until > now else { return nil }
      return max(1, Int(tries.until.timeIntervalSince(now).rounded(.up)))
    }
  }

  /// Counts a try before its password is looked at, so that many at one time are not more than one after another.
  /// - Returns: false where so many names are being tried that no more can be counted.
  func count(_ name: String) -> Bool {
    let now = surroundings.now()
    let key = Digest.sha256(name.utf8)
    return state.withLock { state in
      if state.tries[key] == nil, state.tries.count >= CountyLimits.pageTriedNames {
        state.tries = state.tries.filter { $0.value.until > now }
        guard state.tries.count < CountyLimits.pageTriedNames else { return false }
      }
      let known = state.tries[key].flatMap { $0.until > now ? $0.count : nil } ?? 0
      state.tries[key] = Tries(count: known + 1, until: now + Double(CountyLimits.pageLockSeconds))
      return true
    }
  }

  func forgetTries(_ name: String) { state.withLock { $0.tries[Digest.sha256(name.utf8)] = nil } }

  // MARK: - tokens of forms

  /// What a form carries, bound to a cookie that another site can neither read nor set.
  func formToken(_ cookie: String) -> String {
    Base64URL.encode(Array(HMAC<SHA256>.authenticationCode(for: Array(cookie.utf8), using: formKey)))
  }

  func isFormToken(_ token: String, of cookie: String) -> Bool {
    guard let code = Base64URL.decode(token), !cookie.isEmpty else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(cookie.utf8), using: formKey)
  }

  /// For the cookie of the login form.
  func newCookie() -> String { Base64URL.encode(surroundings.random(32)) }
}
