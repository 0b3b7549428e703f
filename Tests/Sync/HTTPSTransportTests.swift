// The real transport against sockets of this machine that are no county: what each of them is called. The good path and wrong
// certificates are tried where there is a county with TLS, in the journeys.

import Foundation
import Glibc
import Testing
import Wire

@testable import Sync

@Suite struct HTTPSTransportTests {
  static let hello = TransferRequest(.get, Path.hello, answerBytesMax: Limits.answerBytes)

  func send(_ base: String, authority: [UInt8]? = nil) -> TransferFault? {
    do throws(TransferFault) {
      let transport = try HTTPSTransport(
        base: base, authority: authority, connectMilliseconds: 400, totalMilliseconds: 400)
      _ = try transport.send(Self.hello)
      return nil
    } catch { return error }
  }

  @Test func aClosedPortIsAProgramThatDoesNotRun() throws {
    let port = try #require(Listener()?.port)
    // The listener is gone again; nobody else takes its port in between on this machine's loopback.
    #expect(send("https://127.0.0.1:\(port)") == .refused)
  }

  @Test func somebodyWhoAcceptsAndSaysNothingIsNoAnswer() throws {
    let listener = try #require(Listener())
    #expect(send("https://127.0.0.1:\(listener.port)") == .noAnswer)
  }

  @Test func somebodyWhoAnswersWithoutTLSIsAPortal() throws {
    let listener = try #require(Listener())
    listener.answer("HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n", times: 2)
    #expect(send("https://127.0.0.1:\(listener.port)", authority: Array("x".utf8)) != nil)
    #expect(send("https://127.0.0.1:\(listener.port)") == .captivePortal)
  }

  @Test func aNameThatIsNowhereIsNotFound() {
    let fault = send("https://county.invalid:8443")
    #expect(fault == .noSuchName || fault == .noNetwork || fault == .noAnswer)
  }

  @Test func whatIsNoAddressIsRefusedBeforeAnythingIsSent() {
    #expect(send("http://127.0.0.1") == .badAddress)
    #expect(send("https://127.0.0.1", authority: []) == .wrongCertificate)
  }
}

/// A socket that listens on a free port of the loopback.
final class Listener: Sendable {
  let socket: Int32
  let port: UInt16

  init?() {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(socket, generic, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, generic, &size) == 0
      }
    }
    guard bound else {
      close(socket)
      return nil
    }
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(socket) }

  /// Sends the same text to everybody who connects.
  func answer(_ text: String, times: Int) {
    let socket = socket
    Thread.detachNewThread {
      for _ in 0..<times {
        let peer = accept(socket, nil, nil)
        guard peer >= 0 else { return }
        let bytes = Array(text.utf8)
        _ = unsafe write(peer, bytes, bytes.count)
        shutdown(peer, Int32(SHUT_WR))
        var rest = [UInt8](repeating: 0, count: 4_096)
        while unsafe read(peer, &rest, rest.count) > 0 {}
        close(peer)
      }
    }
  }
}
