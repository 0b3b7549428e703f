// A crash leaves no file with keys or with what was typed: whatever the command, and whatever the shell allows.

import Support
import Testing

extension Journeys {
  @Suite struct CoreDumps {
    /// The line of /proc about core files of a program that runs where they are allowed.
    private func limit(_ command: String) throws -> String {
      // A machine whose hard limit is 0 forbids them to everybody already.
      let script = "ulimit -S -c $(ulimit -H -c); \(command) & sleep 2; grep 'core file' /proc/$!/limits; kill $!"
      let said = try Command.run("/bin/sh", ["-c", script])
      return try #require(said.split(whereSeparator: \.isNewline).map(String.init).first { $0.contains("core file") }, "\(said)")
    }

    @Test("No command of the laptop dumps core", arguments: ["form eval", "sync --data DATA"])
    func laptop(_ arguments: String) throws {
      let home = try TemporaryDirectory()
      // Both wait for somebody: at an empty pipe, and at a passphrase file that nobody fills.
      try Command.run("/usr/bin/mkfifo", [home.path + "/words"])
      try Command.run("/bin/mkdir", [home.path + "/data"])
      try Command.run("/bin/cp", ["/dev/null", home.path + "/data/vault.key"])
      let words = arguments.replacing("DATA", with: home.path + "/data --passphrase-file " + home.path + "/words")
      let line = try limit("sleep 3 | \(Program.path("zoufang")) \(words)")
      #expect(line.contains(/size +0 +0 +bytes/), "\(line)")
    }

    @Test("Nor does the county's server")
    func county() throws {
      let county = try TestCounty()
      let line = try limit("\(Program.path("zoufangd")) serve \(county.path) --port 0 >/dev/null 2>&1")
      #expect(line.contains(/size +0 +0 +bytes/), "\(line)")
      _ = try county.stop()
    }
  }
}
