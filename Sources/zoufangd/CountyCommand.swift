// What the subcommands share: a county's directory, and faults said as one sentence with an exit code.

internal import ArgumentParser
internal import County
internal import Foundation
internal import Relief
internal import Tables

protocol CountyCommand: AsyncParsableCommand {
  func work() async throws(CountyFault)
}

extension CountyCommand {
  func run() async throws {
    do {
      try await work()
    } catch {
      Say.error(Words.sentences(for: error))
      throw ExitCode(Words.exitCode(for: error))
    }
  }
}

struct DirectoryArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("县级数据目录（zoufangd init 建的）。", valueName: "目录"), completion: .directory)
  var directory: String

  var county: CountyDirectory { CountyDirectory(directory) }

  /// The code lists of a file, or of `codes.csv` in the directory. Nil, and said, where there are none.
  func labels(_ codes: String?) throws(CountyFault) -> [UInt8]? {
    let beside = directory + "/codes.csv"
    guard let path = codes ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil) else {
      Say.error([Words.noLabels])
      return nil
    }
    return try Files.read(path)
  }
}

/// The moment that this command begins at, as `zoufang --clock`: for automatic checks, so that a month passes in a minute. Hidden, and
/// only of commands that write or judge by the day.
struct CountyClock: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "把开始时刻当作现在，如 2026-11-24T09:30:00+08:00（只给自动检查和演示用；这样写下的记录注明时钟不可信）", valueName: "时刻", visibility: .hidden))
  var clock: String?

  func validate() throws {
    if let clock, Instant(clock) == nil { throw ValidationError("--clock 要写成 2026-11-24T09:30:00+08:00 这样") }
  }

  /// A clock that stands at the given moment now and goes on from there.
  var surroundings: CountySurroundings {
    var surroundings = CountySurroundings.real
    guard let given = clock.flatMap({ Instant($0) }) else { return surroundings }
    let (began, start) = (ContinuousClock.now, Date(timeIntervalSince1970: Double(given.seconds)))
    surroundings.now = { start.addingTimeInterval((ContinuousClock.now - began) / .seconds(1)) }
    surroundings.clockIsBelieved = false
    return surroundings
  }
}

/// What is said may quote a file or a name; nothing in it reaches the terminal but text.
enum Say {
  /// Results go to standard output.
  static func line(_ text: String) { FileHandle.standardOutput.write(Data((ShownText.lines(text) + "\n").utf8)) }

  /// What helps to read a result and is no part of it goes to standard error.
  static func beside(_ text: String) { error([text]) }

  /// What went wrong goes to standard error.
  static func error(_ lines: [String]) {
    FileHandle.standardError.write(Data((ShownText.lines(lines.joined(separator: "\n")) + "\n").utf8))
  }
}

enum Files {
  static func read(_ path: String) throws(CountyFault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
    return [UInt8](data)
  }

  /// Names of what stands in a folder; none where there is no such folder.
  static func names(in folder: String) -> Set<String> { Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []) }

  /// Only the owner reads what is written: it is full of people. A file is there whole or not at all.
  /// - Parameter replaces: whether a file of this name may go for the new one; else it stays, and the write fails.
  static func write(_ bytes: [UInt8], _ name: String, in folder: String, replaces: Bool = true) throws(CountyFault) {
    let path = folder + "/" + name
    let manager = FileManager.default
    do {
      if !manager.fileExists(atPath: folder) {
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
      let new = path + ".new"
      guard manager.createFile(atPath: new, contents: nil, attributes: [.posixPermissions: 0o600]) else {
        throw CountyFault.cannotWrite(path: path)
      }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: new))
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
      try handle.close()
      if replaces, manager.fileExists(atPath: path) { try manager.removeItem(atPath: path) }
      try manager.moveItem(atPath: new, toPath: path)
    } catch { throw .cannotWrite(path: path) }
  }

  /// The folder a file is written to.
  static func folder(_ path: String) -> String {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
