// Tmux: a real program in a private tmux server: the second judge of widths and of the cursor, independent of libvterm
// and of us.
//
//     try await Tmux.run(Program.path("zoufang"), ["--practice"]) { tmux in
//       try await tmux.wait(for: "今日走访")
//       try await tmux.type("张三")
//     }
//
// Each run has its own server, socket directory and session, and its server is ended whatever happens. tmux is driven
// with swift-subprocess, because Foundation.Process hangs with it on Linux.

internal import Glibc
internal import Subprocess

/// A session with one pane in a tmux server of its own.
public struct Tmux: Sendable {
  private let directory: String
  /// What the program writes comes out of here too (pipe-pane): something to wait for. Never read for its content.
  private let output: Int32
  private static let session = "t"
  private static let patience: Duration = .seconds(30)

  /// Whether tmux is installed.
  public static func isInstalled() async -> Bool {
    let result = try? await Subprocess.run(
      .name("tmux"), arguments: ["-V"], output: .string(limit: 256), error: .discarded)
    return result?.terminationStatus.isSuccess ?? false
  }

  /// Runs a program in a new session of this size, gives the session to `body`, and ends the server afterwards.
  public static func run<Result>(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], rows: Int = 24,
    columns: Int = 80, body: (Tmux) async throws -> Result
  ) async throws -> Result {
    let directory = try TemporaryDirectory()
    let pipe = directory.path + "/output"
    guard unsafe mkfifo(pipe, 0o600) == 0 else { throw SupportFault.system("mkfifo", errno: errno) }
    let output = unsafe open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard output >= 0 else { throw SupportFault.system("open", errno: errno) }
    defer { close(output) }
    let tmux = Tmux(directory: directory.path, output: output)
    var words = ["new-session", "-d", "-s", session, "-x", "\(columns)", "-y", "\(rows)", "env"]
    words += ["SWIFT_BACKTRACE=enable=no"]
    words += environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    words += [program] + arguments
    do {
      // The server is to outlive its program, so that the screen can be looked at after a crash.
      try await tmux.command(["start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";"] + words)
      try await tmux.command(["resize-window", "-t", session, "-x", "\(columns)", "-y", "\(rows)"])
      try await tmux.command(["pipe-pane", "-t", session, "exec cat > '\(pipe)'"])
      let result = try await body(tmux)
      _ = try? await tmux.command(["kill-server"])
      _ = consume directory
      return result
    } catch {
      _ = try? await tmux.command(["kill-server"])
      throw error
    }
  }

  /// Types text literally, in one burst.
  public func type(_ text: String) async throws {
    try await command(["send-keys", "-t", Self.session, "-l", "--", text])
  }

  public func press(_ keys: Press...) async throws {
    for key in keys {
      if let name = key.tmuxName { try await command(["send-keys", "-t", Self.session, name]) }
      if case .bytes(let bytes) = key {
        try await command(["send-keys", "-t", Self.session, "-H"] + bytes.map { String($0, radix: 16) })
      }
    }
  }

  /// Pastes with brackets where the program has asked for them.
  public func paste(_ text: String) async throws {
    try await command(["set-buffer", "--", text, ";", "paste-buffer", "-p", "-r", "-t", Self.session])
  }

  public func resize(rows: Int, columns: Int) async throws {
    try await command(["resize-window", "-t", Self.session, "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen as text, a line a row, without blanks at the ends of lines.
  public func text() async throws -> String { try await command(["capture-pane", "-p", "-t", Self.session]) }

  /// The screen's rows.
  public func lines() async throws -> [String] {
    try await text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The cursor, counted from 0.
  public func cursor() async throws -> (row: Int, column: Int) {
    let parts = try await display("#{cursor_y},#{cursor_x}").split(separator: ",").compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : (-1, -1)
  }

  /// Whether the program has switched to the alternate screen.
  public func isAlternateScreen() async throws -> Bool { try await display("#{alternate_on}") == "1" }

  /// The process in the pane.
  public func process() async throws -> Int32 { Int32(try await display("#{pane_pid}")) ?? 0 }

  /// Any format of tmux's display-message.
  public func display(_ format: String) async throws -> String {
    let said = try await command(["display-message", "-p", "-t", Self.session, format])
    return String(said.prefix { $0 != "\n" })
  }

  /// Looks again whenever the program writes, until the screen shows this text.
  public func wait(for wanted: String) async throws {
    try await wait("text \(wanted)") { $0.contains(wanted) }
  }

  /// Looks again whenever the program writes, until a condition on the screen's text holds.
  public func wait(_ what: String, until isThere: (String) async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: Self.patience)
    while true {
      let screen = try await text()
      if try await isThere(screen) { return }
      if ContinuousClock.now > end { throw SupportFault.notSeen(what, screen: screen) }
      awaitOutput()
    }
  }

  /// Until something was written, or a second is over: not everything that is waited for is written by the program.
  private func awaitOutput() {
    var polled = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&polled, 1, 1_000) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while unsafe buffer.withUnsafeMutableBytes({ unsafe read(output, $0.baseAddress, $0.count) }) > 0 {}
  }

  @discardableResult
  private func command(_ arguments: [String]) async throws -> String {
    let all = ["-u", "-S", directory + "/s", "-f", "/dev/null"] + arguments
    let result = try await Subprocess.run(
      .name("tmux"), arguments: Arguments(all),
      environment: .inherit.updating([
        "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TMUX": nil, "NO_COLOR": nil,
      ]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else {
      throw SupportFault.tmux(arguments: arguments, said: result.standardError)
    }
    return result.standardOutput
  }
}
