// Challenges and sessions, in memory: a restarted server asks everybody to sign again, which costs a laptop one
// request.
//
// A token is 256 random bits and is kept as its hash, so that a memory dump opens nothing. Whether the device is
// revoked is asked of the store at every request, not here: revoking works at once.

internal import Foundation
internal import Synchronization
internal import Wire

final class Sessions: Sendable {
  private struct State {
    var challenges: [String: (device: String, until: Date)] = [:]
    var tokens: [[UInt8]: (device: String, until: Date)] = [:]
  }

  private let state = Mutex(State())
  private let surroundings: CountySurroundings

  init(_ surroundings: CountySurroundings) { self.surroundings = surroundings }

  /// A fresh challenge for this device; nil when too many wait.
  func challenge(for device: String) -> String? {
    let challenge = Base64URL.encode(surroundings.random(32))
    let now = surroundings.now()
    return state.withLock { state in
      if state.challenges.count >= CountyLimits.challenges {
        state.challenges = state.challenges.filter { $0.value.until > now }
        guard state.challenges.count < CountyLimits.challenges else { return nil }
      }
      state.challenges[challenge] = (device, now + Double(Limits.challengeSeconds))
      return challenge
    }
  }

  /// Uses a challenge up: true once, for the device it was made for, in time.
  func use(challenge: String, by device: String) -> Bool {
    let now = surroundings.now()
    return state.withLock { state in
      guard let made = state.challenges.removeValue(forKey: challenge) else { return false }
      return made.device == device && made.until > now
    }
  }

  /// A token for this device; nil when too many are alive.
  func open(for device: String) -> String? {
    let secret = surroundings.random(32)
    let now = surroundings.now()
    let kept = state.withLock { state in
      if state.tokens.count >= CountyLimits.sessions {
        state.tokens = state.tokens.filter { $0.value.until > now }
        guard state.tokens.count < CountyLimits.sessions else { return false }
      }
      state.tokens[Digest.sha256(secret)] = (device, now + Double(Limits.sessionSeconds))
      return true
    }
    return kept ? Base64URL.encode(secret) : nil
  }

  /// The device of a live token.
  func device(ofToken token: String) -> String? {
    guard let secret = Base64URL.decode(token), secret.count == 32 else { return nil }
    let hash = Digest.sha256(secret)
    let now = surroundings.now()
    return state.withLock { state in
      guard let session = state.tokens[hash] else { return nil }
      guard session.until > now else {
        state.tokens[hash] = nil
        return nil
      }
      return session.device
    }
  }
}
