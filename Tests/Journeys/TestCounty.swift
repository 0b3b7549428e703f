// TestCounty: a county on this machine: zoufangd with the made-up village of seeds/practice, on a port of its own.

import Glibc
import Support
import Testing

/// A founded county, its server running as long as this value lives.
final class TestCounty {
  let directory: TemporaryDirectory
  private var server: Tty
  private(set) var port: Int

  private static let village = "130599100201"
  private static let township = "130599100"
  /// 刘凤芹, who lives alone.
  private static let returning = "SF0003"

  /// One county is founded for all journeys, as an operator does it; each then works on a copy of its own.
  private static let founded: Result<TemporaryDirectory, any Error> = Result {
    let directory = try TemporaryDirectory()
    try found(directory.path + "/county", below: directory.path)
    // Nothing static ever goes by itself.
    atexit { if case .success(let directory) = TestCounty.founded { TemporaryDirectory.remove(directory.path) } }
    return directory
  }

  /// Serves a copy of the county, on a free port.
  init() throws {
    directory = try TemporaryDirectory()
    try Command.run("/bin/cp", ["-a", Self.founded.get().path + "/county", directory.path + "/county"])
    (server, port) = try Self.serve(directory.path + "/county", port: 0)
  }

  /// Founds another county of the same name, with keys of its own, and serves it where somebody else did.
  init(impostorAt port: Int) throws {
    directory = try TemporaryDirectory()
    try Self.found(directory.path + "/county", below: directory.path)
    (server, self.port) = try Self.serve(directory.path + "/county", port: port)
  }

  var path: String { directory.path + "/county" }
  var address: String { "https://localhost:\(port)" }

  private static func serve(_ path: String, port: Int, clock: String? = nil) throws -> (Tty, Int) {
    // Errors only: nobody reads this terminal while a journey runs, and a full one would stop the server.
    let tty = try Tty(
      Program.path("zoufangd"),
      ["serve", path, "--port", "\(port)", "--log-level", "error"] + (clock.map { ["--clock", $0] } ?? []), columns: 200)
    try tty.wait(for: "就绪")
    let line = try #require(tty.text.split(separator: "\n").first { $0.contains("就绪") })
    let digits = line.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
    return (tty, try #require(Int(digits), "\(line)"))
  }

  /// Ends the server as a service manager does; gives how it ended.
  func stop() throws -> Tty.Exit {
    server.kill(SIGTERM)
    return try server.waitForExit()
  }

  /// Serves again on the same port, as of its own clock or of another day.
  func restart(clock: String? = nil) throws { (server, port) = try Self.serve(path, port: port, clock: clock) }

  /// Makes it: what an operator types, and the list of seeds/practice with days of its own. In December one household is on it
  /// again.
  private static func found(_ county: String, below directory: String) throws {
    let sweep = try Tree.text("seeds/practice/sweep.csv").split(separator: "\n").map(String.init)
    var lines = [sweep[0]]
    for (campaign, from, to) in [("冬季摸底排查", "2026-11-20", "2026-11-30"), ("十二月回访", "2026-12-01", "2026-12-31")] {
      for line in sweep.dropFirst() where campaign != "十二月回访" || line.contains(returning) {
        lines.append(
          line.replacing("冬季摸底排查", with: campaign).replacing("+0", with: from).replacing("+6", with: to))
      }
    }
    try Files.write(lines.joined(separator: "\n") + "\n", to: directory + "/sweep.csv")
    let seeds = Tree.root + "/seeds/"
    try Command.run(
      "zoufangd",
      [
        "init", county, "--name", "示范县", "--division", "130599", "--host", "localhost", "--address", "127.0.0.1",
        "--listen", "127.0.0.1", "--recovery-file", directory + "/recovery.key",
      ])
    try Command.run("zoufangd", ["import", "divisions", county, seeds + "practice/divisions.csv"])
    try Command.run(
      "zoufangd", ["import", "roster", county, seeds + "practice/roster.csv", "--codes", seeds + "codes.csv"])
    try Command.run("zoufangd", ["import", "sweep", county, directory + "/sweep.csv"])
    try Command.run("zoufangd", ["publish-form", county, Tree.root + "/forms/household-visit.xml"])
  }

  /// A one-time code as the paper slip has it.
  func code(person: String, name: String, role: String, scope: String) throws -> String {
    let slip = try Command.run(
      "zoufangd", ["enrol-code", path, "--person", person, "--name", name, "--role", role, "--scope", scope])
    let line = try #require(slip.split(separator: "\n").first { $0.contains("登记码") && $0.contains("-") }, "\(slip)")
    return String(try #require(line.split(separator: " ").last))
  }

  func cadreCode() throws -> String {
    try code(person: "p-cadre", name: "王小明", role: "cadre", scope: Self.village)
  }

  /// A laptop of the village's cadre, enrolled and synced once.
  func cadre() throws -> Desk { try enrolled(try cadreCode()) }

  /// A laptop of the township's supervisor, enrolled.
  func supervisor() throws -> Desk {
    try enrolled(try code(person: "p-supervisor", name: "李主任", role: "supervisor", scope: Self.township))
  }

  /// A laptop of the township's clerk, and one of the county's bureau.
  func clerk() throws -> Desk {
    try enrolled(try code(person: "p-clerk", name: "周办", role: "clerk", scope: Self.township))
  }

  func bureau() throws -> Desk {
    try enrolled(try code(person: "p-bureau", name: "县局", role: "county", scope: "130599"))
  }

  /// The made-up figures of seeds/practice, so that ceilings and lines are set. The server is away meanwhile.
  func takeParameters(also more: String? = nil) throws {
    _ = try stop()
    try Command.run("zoufangd", ["import", "parameters", path, Tree.root + "/seeds/practice/parameters.yaml"])
    if let more {
      try Files.write(more, to: directory.path + "/more.yaml")
      try Command.run("zoufangd", ["import", "parameters", path, directory.path + "/more.yaml"])
    }
    try restart()
  }

  /// A laptop of anybody else.
  func laptop(of person: String, _ name: String, role: String, scope: String) throws -> Desk {
    try enrolled(try code(person: person, name: name, role: role, scope: scope))
  }

  private func enrolled(_ code: String) throws -> Desk {
    let desk = try Desk()
    desk.county = self
    let options = ["--data", desk.data, "--passphrase-file", desk.passphraseFile]
    try Command.run("zoufang", ["enrol", address, code] + options)
    try Command.run("zoufang", ["sync"] + options)
    return desk
  }
}
