// So many acts of one name within a minute, and so many at one time. Refusing says when to come again.

internal import Foundation
internal import Synchronization

final class RateLimiter: Sendable {
  private struct Window {
    var start: Date
    var count: Int
  }

  private struct State {
    var windows: [String: Window] = [:]
    var atWork: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let surroundings: CountySurroundings

  init(_ surroundings: CountySurroundings) { self.surroundings = surroundings }

  /// How many names are remembered.
  var nameCount: Int { state.withLock { $0.windows.count } }

  /// Nil when the act may happen, else the seconds to wait.
  func admit(_ name: String, perMinute limit: Int) -> Int? {
    let now = surroundings.now()
    return state.withLock { state in
      if state.windows.count >= CountyLimits.limiterNames, state.windows[name] == nil {
        state.windows = state.windows.filter { now.timeIntervalSince($0.value.start) < 60 }
        if state.windows.count >= CountyLimits.limiterNames { state.windows.removeAll() }
      }
      var window = state.windows[name] ?? Window(start: now, count: 0)
      let age = now.timeIntervalSince(window.start)
      if age >= 60 || age < 0 { window = Window(start: now, count: 0) }
      guard window.count < limit else { return max(1, Int(60 - age)) }
      window.count += 1
      state.windows[name] = window
      return nil
    }
  }

  /// True when one more of this name may be at work; `leave` must follow.
  func enter(_ name: String) -> Bool {
    state.withLock { state in
      guard state.atWork[name, default: 0] < CountyLimits.concurrentPerDevice else { return false }
      state.atWork[name, default: 0] += 1
      return true
    }
  }

  func leave(_ name: String) {
    state.withLock { state in
      let left = state.atWork[name, default: 1] - 1
      state.atWork[name] = left > 0 ? left : nil
    }
  }
}
