// Networks: somebody else's: a machine without any network, and a portal that answers in the county's place.

import Glibc
import Support
import Testing

/// A machine without a network: a network namespace of its own, in which not even the loopback is up. Needs unshare (util-linux)
/// and leave to use it: root, or user namespaces.
enum NoNetwork {
  private static let unshare = "/usr/bin/unshare"

  private static let options: [String]? = {
    for options in [["-n"], ["-Urn"]] {
      guard let tty = try? Tty(unshare, options + ["/bin/true"]), let exit = try? tty.waitForExit() else { continue }
      if exit == .code(0) { return options }
    }
    return nil
  }()

  static var canBe: Bool { options != nil }

  /// Opens the laptop there, unlocked.
  static func open(_ desk: Desk) throws -> Tty {
    let program = [Program.path("zoufang")] + desk.arguments + ["--passphrase-file", desk.passphraseFile]
    let tty = try Tty(unshare, try #require(options) + program)
    tty.companions = [desk]
    try tty.waitForList()
    return tty
  }

  /// `zoufang sync` there, which cannot succeed; gives what it printed.
  static func sync(_ desk: Desk) throws -> String {
    let program = [Program.path("zoufang"), "sync", "--data", desk.data, "--passphrase-file", desk.passphraseFile]
    return try Command.run(unshare, try #require(options) + program, exit: .code(1))
  }
}

/// A captive portal: it answers every address over TLS with a certificate of its own and a page to log in. openssl plays it.
final class Portal {
  private let directory: TemporaryDirectory
  private let server: Tty

  private static let openssl = "/usr/bin/openssl"
  static var canPlay: Bool { Files.exists(openssl) }

  init(port: Int) throws {
    directory = try TemporaryDirectory()
    let (key, certificate) = (directory.path + "/key.pem", directory.path + "/certificate.pem")
    try Command.run(
      Self.openssl,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj",
        "/CN=login.example", "-keyout", key, "-out", certificate,
      ])
    server = try Tty(
      Self.openssl, ["s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-www"])
    try server.wait(for: "ACCEPT")
  }

  /// Gives the port back.
  func stop() {
    server.kill(SIGKILL)
    _ = try? server.waitForExit()
  }
}
