// Desk: a laptop on somebody's desk: a data directory of its own, and zoufang opened on it in a terminal.

import Glibc
@testable import Laptop
import Relief
import Support
import Testing
import XForm

/// One laptop. Its directory goes when it and the last program opened on it have gone.
final class Desk {
  static let passphrase = "示范镇东庄村练习专用"

  let directory: TemporaryDirectory
  var clock = Day.visit
  /// The county it is enrolled with; its server runs as long as the laptop is there.
  var county: TestCounty?

  init() throws {
    directory = try TemporaryDirectory()
    try Files.write(Self.passphrase + "\n", to: passphraseFile)
  }

  /// The data directory; below the laptop's own, so that the program has to make it.
  var data: String { directory.path + "/data" }
  var passphraseFile: String { directory.path + "/passphrase" }

  /// Opens zoufang with more arguments. Without any it asks for the passphrase or says 首次使用.
  func open(
    _ arguments: [String] = [], rows: Int = 24, columns: Int = 80, environment: [String: String] = [:],
    isUTF8: Bool = true
  ) throws -> Tty {
    let tty = try Tty(
      Program.path("zoufang"), self.arguments + arguments, environment: environment, rows: rows, columns: columns,
      isUTF8: isUTF8)
    tty.companions = [self]
    return tty
  }

  /// Which laptop, which day.
  var arguments: [String] { ["--data", data, "--clock", clock] }

  /// The practice village, at its list.
  func practice(rows: Int = 24, columns: Int = 80) throws -> Tty {
    let tty = try open(["--practice"], rows: rows, columns: columns)
    try tty.wait(title: "今日走访")
    return tty
  }

  /// An enrolled laptop, its passphrase given in a file.
  func unlocked(rows: Int = 24, columns: Int = 80) throws -> Tty {
    let tty = try open(["--passphrase-file", passphraseFile], rows: rows, columns: columns)
    try tty.waitForList()
    return tty
  }

  /// `zoufang sync` on the command line; gives what it printed. The program must have ended.
  @discardableResult
  func sync(exit: Tty.Exit = .code(0)) throws -> String {
    try Command.run("zoufang", ["sync", "--data", data, "--passphrase-file", passphraseFile], exit: exit)
  }

  /// What stands in the practice village's journal, read by the rooms below the screens. The program must have ended.
  func practiceLaptop() throws -> Laptop {
    try Laptop.open(
      DataDirectory(data).practice, passphrase: Practice.passphrase, clock: .given(try #require(Moment(clock))))
  }

  /// The same of an enrolled laptop.
  func laptop() throws -> Laptop {
    try Laptop.open(DataDirectory(data), passphrase: Self.passphrase, clock: .given(try #require(Moment(clock))))
  }
}

extension Desk {
  /// Opens the laptop on a day, takes what came, works, sends it, and closes it.
  func session(on day: String, _ work: (Tty) throws -> Void) throws {
    try offline(on: day) { tty in
      try tty.syncAll()
      try work(tty)
      try tty.syncAll()
    }
  }

  /// The same with no county in reach.
  func offline(on day: String, _ work: (Tty) throws -> Void) throws {
    clock = day + "T09:30:00+08:00"
    let tty = try unlocked()
    try work(tty)
    #expect(try tty.quit() == .code(0))
  }
}

extension Laptop {
  /// Visits written on this laptop's day, with their submissions.
  func visitsToday() throws -> [(visit: Visit, submission: String)] {
    let day = try #require(CivilDate(clock.today))
    var found: [(visit: Visit, submission: String)] = []
    for division in enrolment.scope.divisions {
      for visit in register.visits(on: day, in: division) {
        found.append((visit, try #require(try submission(of: visit.record))))
      }
    }
    return found
  }
}

/// Small files of a test.
enum Files {
  static func write(_ text: String, to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    try #require(file >= 0, "\(path): errno \(errno)")
    defer { close(file) }
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    try #require(count == bytes.count)
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Paths and bytes of everything below a directory, to see that nobody touched it.
  static func everything(below path: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for line in try Command.run("/usr/bin/find", [path, "-type", "f"]).split(separator: "\n") {
      found[String(line)] = TextFile.read(String(line)) ?? "unreadable"
    }
    return found
  }
}
