// The passphrase at a terminal: read, never shown, the terminal as it was afterwards; without a terminal nothing waits.

import Foundation
import Glibc
import Testing

@testable import zoufang

@Suite struct PassphrasePromptTests {
  /// A terminal of the test: what is written to `outside` is typed, what is read there is seen.
  final class Terminal: Sendable {
    let outside: Int32
    let inside: Int32

    init?() {
      outside = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var lock: Int32 = 0
      var number: UInt32 = 0
      guard outside >= 0, unsafe ioctl(outside, Self.setLock, &lock) == 0, unsafe ioctl(outside, Self.getNumber, &number) == 0 else {
        return nil
      }
      inside = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      guard inside >= 0 else { return nil }
    }

    /// TIOCSPTLCK and TIOCGPTN, which Swift cannot import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    deinit {
      close(outside)
      close(inside)
    }

    var hasEcho: Bool {
      var modes = termios()
      _ = unsafe tcgetattr(inside, &modes)
      return modes.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Waits for the prompt, then types.
    func type(_ text: String, after prompt: String) -> String {
      var seen: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 512)
      while !String(decoding: seen, as: UTF8.self).contains(prompt) || hasEcho {
        let flags = fcntl(outside, F_GETFL)
        _ = fcntl(outside, F_SETFL, flags | O_NONBLOCK)
        let count = unsafe read(outside, &piece, piece.count)
        _ = fcntl(outside, F_SETFL, flags)
        if count > 0 { seen += piece.prefix(count) }
        var more = pollfd(fd: outside, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&more, 1, 1)
      }
      _ = SmallFile.write(Array(text.utf8), to: outside)
      return String(decoding: seen, as: UTF8.self)
    }

    func rest() -> String {
      var piece = [UInt8](repeating: 0, count: 512)
      _ = fcntl(outside, F_SETFL, fcntl(outside, F_GETFL) | O_NONBLOCK)
      let count = unsafe read(outside, &piece, piece.count)
      return String(decoding: piece.prefix(max(0, count)), as: UTF8.self)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [("一二三四五六七八\n", "一二三四五六七八"), ("\n", nil), ("\u{4}", nil)])
  func whatIsTypedIsReadAndNotShown(typed: String, expected: String?) throws {
    let terminal = try #require(Terminal())
    #expect(terminal.hasEcho)
    Thread.detachNewThread { _ = terminal.type(typed, after: "口令：") }
    let answer = PassphrasePrompt.ask("口令：", from: terminal.inside, to: terminal.inside)
    #expect(answer == expected)
    #expect(terminal.hasEcho, "the terminal is as it was")
    #expect(!terminal.rest().contains("四五"))
  }

  @Test(.timeLimit(.minutes(1))) func withoutATerminalNothingWaits() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(PassphrasePrompt.ask("口令：", from: ends[0], to: ends[1]) == nil)
    // Not even the prompt.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var byte: UInt8 = 0
    #expect(unsafe read(ends[0], &byte, 1) == -1)
  }
}
