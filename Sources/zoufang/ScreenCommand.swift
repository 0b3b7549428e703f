// `zoufang screen` and `zoufang parameters`: for whoever checks the policy. Neither opens a data directory. docs/screening.md describes the
// files and what is printed.

import ArgumentParser
import Laptop
import PolicyFiles
import Relief
import Yaml

struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "用政策规则初筛一个用例文件（YAML），每条规则的结果印成 JSON。",
    discussion: """
      用例文件写一户的情况和预期的结果，格式见 docs/screening.md。不打开数据目录，也不写任何东西。
      退出码：0 全部达到预期，1 有没达到的，2 文件读不懂。

      例：zoufang screen --case 用例.yaml --parameters seeds/policy/income.yaml
      """, helpNames: [.short, .long])

  @Option(name: .customLong("case"), help: ArgumentHelp("用例文件；- 表示标准输入", valueName: "文件")) var file: String
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("先读这些政策参数文件（如 seeds/policy/income.yaml），可以写几次", valueName: "文件")) var parameters: [String] = []

  func run() throws {
    let (text, failed) = try report()
    Output.line(text)
    if failed > 0 { throw ExitCode(1) }
  }

  /// What is printed, and how many cases did not come out as they expect.
  func report() throws -> (text: String, failed: Int) {
    let shared = try PolicyFileReading.parameters(parameters)
    let bytes = try PolicyFileReading.bytes(file)
    let cases: CaseFile
    do { cases = try CaseFile(bytes, name: file == "-" ? "stdin" : file, parameters: shared) } catch {
      throw PolicyFileReading.refuse(CaseSentence.of(error))
    }
    return CaseReport.json(cases)
  }
}

struct ParametersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters", abstract: "列出政策参数：值、从哪天起、依据；还有哪些要县里设定。",
    discussion: """
      一行一个参数，用制表符隔开：名称、值、单位、从哪天起、依据、是否待核实、含义。

      例：zoufang parameters --file seeds/policy/income.yaml --on 2026-01-01
      """, helpNames: [.short, .long])

  @Option(name: .long, parsing: .singleValue, help: ArgumentHelp("政策参数文件，可以写几次", valueName: "文件")) var file: [String] = []
  @Option(name: .long, help: ArgumentHelp("看哪一天的；不写就是今天", valueName: "日期")) var on: String?
  @Flag(name: .long, help: "只列还没有设定的") var open = false
  @Flag(name: .long, help: "印出 docs/policy-parameters.md") var page = false

  func run() throws {
    if page { return Output.line(String(ParameterPage.text().dropLast())) }
    let parameters = try PolicyFileReading.parameters(file)
    guard let date = on.map({ CivilDate($0) }) ?? CivilDate(startOf: LaptopClock.system.wall()), date.isWhole else {
      throw PolicyFileReading.refuse("日期 \(on ?? "") 不对：请写成 yyyy-MM-dd")
    }
    for state in open ? parameters.open(on: date) : parameters.states(on: date) { Output.line(line(state)) }
  }

  private func line(_ state: ParameterState) -> String {
    let value =
      switch state.standing {
      case .set: state.text
      case .unset: "未设定"
      case .contested(let values): "有争议（\(values.joined(separator: "、"))）"
      case .malformed(let text): "读不懂（\(text)）"
      }
    let doubt = state.certainty == .recalled ? "待核实" : ""
    let definition = state.parameter.definition
    return [
      state.parameter.rawValue, value, definition.unit, state.from?.description ?? "", state.source, doubt, definition.meaning,
    ].joined(separator: "\t")
  }
}

/// Files of policy from the disk; what is wrong is said and ends with code 2.
enum PolicyFileReading {
  static func bytes(_ path: String) throws -> [UInt8] {
    let max = YamlLimits.textBytes
    guard let bytes = path == "-" ? SmallFile.readAll(0, bytesMax: max) : SmallFile.read(path, bytesMax: max) else {
      throw refuse("读不了 \(path)：请检查文件名和权限，最大 \(max) 字节")
    }
    return bytes
  }

  static func parameters(_ paths: [String]) throws -> PolicyParameters {
    var parameters = PolicyParameters()
    for path in paths {
      let bytes = try bytes(path)
      do { parameters = try ParameterFile.read(bytes, name: path, onto: parameters) } catch {
        throw refuse(CaseSentence.of(error))
      }
    }
    return parameters
  }

  static func refuse(_ sentence: String) -> ExitCode {
    Output.error(sentence)
    return ExitCode(2)
  }
}
