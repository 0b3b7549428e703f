// `zoufang` without more: the screens.

import ArgumentParser
import Laptop
import Screens
import Terminal

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "打开登记界面（不写子命令时就是它）。", helpNames: [.short, .long])

  @OptionGroup var options: DataOptions

  @Flag(name: .long, help: "打开练习村：村子和人都是虚构的，练的东西不会上报")
  var practice = false

  func run() throws {
    let directory = DataDirectory(try Place.dataDirectory(options.data))
    let runner = try Runner(
      directory: directory, passphrase: try options.passphrase(), practice: practice, clock: .system)
    try runner.run()
  }
}
