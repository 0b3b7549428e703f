// `zoufang form …`: for whoever writes forms. Nothing here opens a data directory.

import ArgumentParser
import Derivation
import Laptop
import Screens
import XForm

struct FormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: "检查、重放表单，计算表达式（给编写表单的人用）。",
    subcommands: [Check.self, Paper.self, Replay.self, Eval.self], helpNames: [.short, .long])

  /// Parses a form file with the attachments that stand beside it.
  static func definition(_ path: String) throws -> FormDefinition {
    guard let bytes = SmallFile.read(path, bytesMax: 64 << 20) else { throw CommandFailure(.cannotRead(path)) }
    do { return try FormDefinition(parsing: bytes, name: path, attachments: attachments(beside: path)) } catch {
      throw CommandFailure(.notAForm(FormSentence.of(error)))
    }
  }

  /// Files beside a form that it may name as jr://file/… or jr://file-csv/….
  private static func attachments(beside path: String) -> [String: [UInt8]] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    // Lists of entities (`person.csv`) come from the register when a form opens; a file that stands there goes before them.
    var found = EntityListFile.allEmpty
    for name in FolderListing.names(folder) where name.hasSuffix(".csv") || name.hasSuffix(".xml") || name.hasSuffix(".geojson") {
      if let bytes = SmallFile.read(folder + "/" + name, bytesMax: 32 << 20) { found[name] = bytes }
    }
    return found
  }

  static var surroundings: Surroundings {
    Surroundings(now: LaptopClock.system.now, random: { SystemRandomNumberGenerator.draw() })
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "列出表单的问题、依赖关系和毛病；有毛病时退出码为 1。",
      discussion: "例：zoufang form check forms/household-visit.xml", helpNames: [.short, .long])
    @Argument(help: ArgumentHelp("XForm 文件（.xml）", valueName: "文件")) var file: String

    func run() throws {
      let form = try FormCommand.definition(file)
      let check = FormCheck(form)
      for line in FormReport.lines(check) { Output.line(line) }
      if !check.problems.isEmpty { throw ExitCode(1) }
    }
  }

  struct Paper: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "把空白表打印成文字，用笔填（送打印机：后面加 | lp）。",
      discussion: "例：zoufang form paper forms/household-visit.xml", helpNames: [.short, .long])
    @Argument(help: ArgumentHelp("XForm 文件（.xml）", valueName: "文件")) var file: String

    func run() throws {
      let form = try FormCommand.definition(file)
      do { Output.line(PaperFormText.text(try PaperForm(blank: form, FormCommand.surroundings))) } catch {
        throw CommandFailure(.notAForm(FormSentence.of(error)))
      }
    }
  }

  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "不用界面，照步骤文件一行一行作答，打印经过和最后的实例。",
      discussion: """
        哪一行不是步骤，就停在那一行，退出码为 1。一行一个 JSON，如
        {"op":"answer","ref":"/data/name[0]","value":"张三"}，另有 see、addRepeat、removeRepeat。

        例：zoufang form replay forms/household-visit.xml 步骤.jsonl
        """, helpNames: [.short, .long])
    @Argument(help: ArgumentHelp("XForm 文件（.xml）", valueName: "表单")) var form: String
    @Argument(help: ArgumentHelp("步骤文件（每行一个 JSON）；- 表示标准输入", valueName: "步骤")) var steps: String

    func run() throws {
      let definition = try FormCommand.definition(form)
      guard let bytes = steps == "-" ? SmallFile.readAll(0, bytesMax: 64 << 20) : SmallFile.read(steps, bytesMax: 64 << 20) else {
        throw CommandFailure(.cannotRead(steps))
      }
      let session: Session
      do { session = try Session(definition, surroundings: FormCommand.surroundings) } catch {
        throw CommandFailure(.notAForm(FormSentence.of(error)))
      }
      var replay = FormReplay(session)
      let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, line) in lines.enumerated() {
        switch replay.take(String(line)) {
        case .answered(let answer): Output.line(answer)
        case .passedOver: continue
        case .notAStep: throw CommandFailure(.notAStep(file: steps, line: index + 1))
        }
      }
      for line in replay.finish() { Output.line(line) }
    }
  }

  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "计算一个 XPath 表达式：类型、文字、真假、数字，用制表符隔开。",
      discussion: """
        不写表达式时，从标准输入每行读一个，每行答一个。算不了的答 ERR 和原因；写在命令里的一个算不了，退出码为 1。

        例：zoufang form eval "format-date('2026-11-24', '%Y年%n月')"
        """, helpNames: [.short, .long])
    @Argument(help: ArgumentHelp("XPath 1.0 表达式，含 ODK 的函数", valueName: "表达式")) var expression: String?
    @Option(name: .long, help: ArgumentHelp("在这个表单的空白实例里计算", valueName: "文件")) var form: String?

    func run() throws {
      let session: Session?
      do {
        session = try form.map { path in
          try Session(try FormCommand.definition(path), surroundings: FormCommand.surroundings)
        }
      } catch let fault as FormFault { throw CommandFailure(.notAForm(FormSentence.of(fault))) }
      let environment = XPathEnvironment(now: LaptopClock.system.now(), random: { SystemRandomNumberGenerator.draw() })
      func answer(_ line: String) -> String {
        session.map { XPathEvalLine.answer(line, in: $0) } ?? XPathEvalLine.answer(line, environment: environment)
      }
      if let expression {
        let line = answer(expression)
        Output.line(line)
        if line.hasPrefix("ERR\t") { throw ExitCode(1) }
        return
      }
      while let line = readLine() { Output.line(answer(line)) }
    }
  }
}
