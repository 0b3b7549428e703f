// ConnectionGate: so many connections of one network address at one time. A connection may say nothing for `idleSeconds` before
// it is closed; without a bound one machine could hold every descriptor of the server and shut the whole county out.

internal import NIOCore
internal import Synchronization

/// The connections that are open, by address.
final class OpenConnections: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  private let limit: Int

  init(perAddress limit: Int) { self.limit = limit }

  /// How many of this address are open.
  func count(of address: String) -> Int { counts.withLock { $0[address] ?? 0 } }

  /// True when one more of this address may be open; `leave` must follow.
  func enter(_ address: String) -> Bool {
    counts.withLock { counts in
      guard counts[address, default: 0] < limit else { return false }
      counts[address, default: 0] += 1
      return true
    }
  }

  func leave(_ address: String) {
    counts.withLock { counts in
      let left = counts[address, default: 1] - 1
      counts[address] = left > 0 ? left : nil
    }
  }
}

/// One for each connection: closes it at once where its address has too many.
final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let open: OpenConnections
  private var address: String?

  init(_ open: OpenConnections) { self.open = open }

  func channelActive(context: ChannelHandlerContext) {
    let address = context.remoteAddress?.ipAddress ?? ""
    guard open.enter(address) else {
      context.close(promise: nil)
      return
    }
    self.address = address
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    if let address { open.leave(address) }
    address = nil
  }
}
