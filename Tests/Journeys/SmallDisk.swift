// SmallDisk: a disk of a few megabytes that can be filled to its last byte: a tmpfs in a mount namespace of its own, so that
// nobody else sees it and nothing is left of it. Needs unshare and nsenter (util-linux) and leave to use them: root, or user
// namespaces.

import Glibc
import Support
import Testing

final class SmallDisk {
  let path: String
  /// Holds the namespace: a shell that reads its terminal until it is killed.
  private let keeper: Tty

  private static let unshare = "/usr/bin/unshare"
  private static let nsenter = "/usr/bin/nsenter"

  /// Options that give a namespace here; nil where none do.
  private static let options: [String]? = {
    for options in [["-m"], ["-Urm"]] {
      let arguments = options + ["mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
      guard let tty = try? Tty(unshare, arguments), let exit = try? tty.waitForExit() else { continue }
      if exit == .code(0) { return options }
    }
    return nil
  }()

  static var canMount: Bool { options != nil && Files.exists(nsenter) }

  init(megabytes: Int, below directory: String) throws {
    path = directory + "/disk"
    try Command.run("/bin/mkdir", [path])
    let script = "mount -t tmpfs -o size=\(megabytes)m,mode=700 none '\(path)' && echo mounted && exec cat"
    keeper = try Tty(Self.unshare, try #require(Self.options) + ["/bin/sh", "-c", script])
    try keeper.wait(for: "mounted")
  }

  /// Arguments of nsenter before the program's.
  private var joining: [String] {
    let user = Self.options == ["-m"] ? [] : ["-U", "--preserve-credentials"]
    return ["-t", "\(keeper.process)", "-m"] + user
  }

  /// Opens a program that sees the disk.
  func open(_ program: String, _ arguments: [String]) throws -> Tty {
    let tty = try Tty(Self.nsenter, joining + [program] + arguments)
    tty.companions = [self]
    return tty
  }

  /// Takes all but so many megabytes of what is free.
  func fill(leavingMegabytes megabytes: Int) throws {
    let free = "$(($(df -B1 --output=avail '\(path)' | tail -n 1) - \(megabytes << 20)))"
    try shell("head -c \(free) /dev/zero >'\(path)/filler'")
  }

  /// Gives it back.
  func empty() throws { try shell("rm -f '\(path)/filler'") }

  private func shell(_ script: String) throws {
    try Command.run(Self.nsenter, joining + ["/bin/sh", "-c", script])
  }
}
