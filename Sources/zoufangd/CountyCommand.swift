// What the subcommands share: a county's directory, and faults said as one sentence with an exit code.

internal import ArgumentParser
internal import County
internal import Foundation

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

enum Say {
  /// Results go to standard output.
  static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// What went wrong goes to standard error.
  static func error(_ lines: [String]) {
    FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }
}

enum Files {
  static func read(_ path: String) throws(CountyFault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
    return [UInt8](data)
  }

  /// Only the owner reads what is written: it is full of people. A file is there whole or not at all.
  static func write(_ bytes: [UInt8], _ name: String, in folder: String) throws(CountyFault) {
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
      if manager.fileExists(atPath: path) { try manager.removeItem(atPath: path) }
      try manager.moveItem(atPath: new, toPath: path)
    } catch { throw .cannotWrite(path: path) }
  }

  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
