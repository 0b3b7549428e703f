// `zoufang` without more: the screens.

import ArgumentParser
import Laptop
import Screens
import Terminal
import XForm

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "打开登记界面（不写子命令时就是它）。",
    discussion: """
      村干部打开看到今日走访，审核人打开看到当天的审核名单。没有登记过的电脑先问：练习，还是登记。

      例：zoufang open --practice
      """, helpNames: [.short, .long])

  @OptionGroup var options: DataOptions

  @Flag(name: .long, help: "打开练习村：村子和人都是虚构的，练的东西不会上报")
  var practice = false

  @Flag(name: .long, help: "回车确认：填满的栏、选好的项也要按 Enter 才前进")
  var confirm = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "把开始时刻当作现在，如 2026-11-24T09:30:00+08:00（只给自动检查和演示用；这样写下的记录注明时钟不可信）", valueName: "时刻",
      visibility: .hidden))
  var clock: String?

  func validate() throws {
    if let clock, Moment(clock) == nil { throw ValidationError("--clock 要写成 2026-11-24T09:30:00+08:00 这样") }
  }

  func run() throws {
    let directory = DataDirectory(try Place.dataDirectory(options.data))
    let runner = try Runner(
      directory: directory, passphrase: try options.passphrase(), practice: practice, confirm: confirm,
      clock: clock.flatMap(Moment.init).map(LaptopClock.given) ?? .system)
    try runner.run()
  }
}
