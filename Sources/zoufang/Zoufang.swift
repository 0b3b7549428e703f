// zoufang: the program on every laptop. Without a subcommand it opens the screens; the subcommands are for the sync process, for
// whoever writes forms, and for whoever must look after a data directory.

import ArgumentParser
import Commands
import Glibc
import Journal

@main
struct Zoufang: ParsableCommand {
  /// What stands before a sentence about what went wrong.
  static let _errorLabel = "zoufang"

  static let configuration = CommandConfiguration(
    commandName: "zoufang",
    abstract: "入户走访登记：不联网录入，本机加密保存，联网后上报县里。",
    discussion: """
      直接运行 zoufang 打开登记界面，按 F1 看本屏的按键。第一次使用：
        zoufang --practice       先练习：村子和人都是虚构的，不用联网
        zoufang                  登记本机：选 2，照登记条输入县地址和登记码
        zoufang sync             上报和取回（界面里按 F9 一样）
        zoufang sync --usb 目录  没有网：用 U 盘和审核人、村干部交换

      所有内容都在数据目录里，加密保存；换目录用 --data。form、screen、parameters 给编写表单和核对政策的人用。
      """,
    version: "0.1.0",
    subcommands: [
      OpenCommand.self, EnrolCommand.self, SyncCommand.self, FormCommand.self, JournalCommand.self, ScreenCommand.self,
      ParametersCommand.self,
    ],
    defaultSubcommand: OpenCommand.self,
    helpNames: [.short, .long])

  static func main() {
    CoreDump.refuse()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch { leave(error) }
  }

  /// The parser's own words are English; whoever reads them is not.
  private static func leave(_ error: any Error) -> Never {
    let text = UsageSentence.chinese(fullMessage(for: error))
    let code = exitCode(for: error)
    if !text.isEmpty { _ = SmallFile.write(Array((text + "\n").utf8), to: code.isSuccess ? STDOUT_FILENO : STDERR_FILENO) }
    Glibc.exit(code.rawValue)
  }
}

/// Where the data is and how it opens: the same options for every subcommand that needs them.
struct DataOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("数据目录；不写时用环境变量 ZOUFANG_DATA，再不然用 ~/.local/share/zoufang", valueName: "目录"))
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp("口令写在这个文件里（第一行）。只给练习和自动检查用：真实数据的口令不要写在文件里", valueName: "文件"))
  var passphraseFile: String?

  /// The passphrase of the file; nil where none was named.
  func passphrase() throws -> String? {
    guard let passphraseFile else { return nil }
    guard let bytes = SmallFile.read(passphraseFile, bytesMax: 4096) else {
      throw CommandFailure(.cannotRead(passphraseFile))
    }
    let line = bytes.prefix { $0 != 10 && $0 != 13 }
    guard let text = String(validating: line, as: UTF8.self) else { throw CommandFailure(.notAPassphrase(passphraseFile)) }
    return text
  }

  /// The passphrase of the file, or as typed at the terminal, twice where it is a new one. Without either this is a failure at once:
  /// nothing ever waits for somebody who is not there.
  func passphraseOrAsked(isNew: Bool = false) throws -> String {
    if let written = try passphrase() { return written }
    guard let typed = PassphrasePrompt.ask(isNew ? "设一个口令（输入时不显示）：" : "口令（输入时不显示）：") else {
      throw CommandFailure(.noPassphrase)
    }
    guard !isNew || PassphrasePrompt.ask("再输一次口令：") == typed else { throw CommandFailure(.other("两次口令不一样：请再运行一次")) }
    return typed
  }
}
