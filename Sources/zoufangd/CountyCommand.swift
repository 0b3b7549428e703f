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

  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
