// Ahead — values made on every core and taken in order. Opening a township's journal is reading, hashing and unsealing
// gigabytes that do not depend on one another; what is folded from them must come in order. The caller's own thread makes
// values too, whenever the next one is neither there nor being made, so that with one core nothing is lost.
//
// At most `window` values are made and not yet taken, so that nobody ever holds a whole journal.

internal import Dispatch
internal import Glibc
internal import Synchronization

enum Ahead {
  /// Values that wait, or are being made, at most.
  private static let window = 6
  /// So few are not worth a thread; and a test that counts the calls to its disk gets them in order.
  private static let fewest = 8

  /// - Parameter take: gets value 0, 1, 2… on the caller's thread; false stops.
  static func each<Value: Sendable>(
    _ count: Int, make: @escaping @Sendable (Int) -> Value, take: (Value) -> Bool
  ) {
    let helpers = count < fewest ? 0 : min(3, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1)
    guard helpers > 0 else {
      for index in 0..<count where !take(make(index)) { return }
      return
    }
    let row = Row<Value>(count: count, window: window)
    for _ in 0..<helpers { DispatchQueue.global(qos: .userInitiated).async { row.work(make) } }
    defer { row.stop(helpers) }
    while let value = row.next(make) { if !take(value) { return } }
  }
}

/// The values between who makes and who takes them.
private final class Row<Value: Sendable>: Sendable {
  private struct State {
    var claimed = 0
    var taken = 0
    var made: [Int: Value] = [:]
    var isStopped = false
  }

  private enum Turn {
    case over
    case take(Value)
    case make(Int)
    case wait
  }

  private let count: Int
  private let window: Int
  private let state = Mutex(State())
  /// A value was made; one was taken. Each look at the state stands for itself, so one signal too many does no harm.
  private let made = DispatchSemaphore(value: 0)
  private let taken = DispatchSemaphore(value: 0)

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  /// What a helper does until everything is claimed.
  func work(_ make: (Int) -> Value) {
    while true {
      let turn: Turn = state.withLock { state in
        if state.isStopped || state.claimed >= count { return .over }
        guard state.claimed < state.taken + window else { return .wait }
        state.claimed += 1
        return .make(state.claimed - 1)
      }
      switch turn {
      case .make(let index): put(make(index), index)
      case .wait: taken.wait()
      case .over, .take: return
      }
    }
  }

  private func put(_ value: Value, _ index: Int) {
    state.withLock { $0.made[index] = value }
    made.signal()
  }

  /// The next value in order, nil at the end.
  func next(_ make: (Int) -> Value) -> Value? {
    while true {
      let turn: Turn = state.withLock { state in
        if state.taken >= count { return .over }
        if let value = state.made.removeValue(forKey: state.taken) {
          state.taken += 1
          return .take(value)
        }
        guard state.claimed < min(count, state.taken + window) else { return .wait }
        state.claimed += 1
        return .make(state.claimed - 1)
      }
      switch turn {
      case .over: return nil
      case .take(let value):
        taken.signal()
        return value
      case .make(let index): put(make(index), index)
      case .wait: made.wait()
      }
    }
  }

  func stop(_ helpers: Int) {
    state.withLock { $0.isStopped = true }
    for _ in 0..<helpers { taken.signal() }
  }
}
