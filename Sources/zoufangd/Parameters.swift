// zoufangd parameters: what a county has set, and what it must still set

internal import ArgumentParser
internal import County
internal import Relief

struct Parameters: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "列出政策参数：先是还没有设定的，再是已设定的和依据。",
    discussion: "没有设定的，规则只答“未设定”，不猜。用 zoufangd import parameters 设定。\n\n例：zoufangd parameters /srv/zoufang --on 2026-01-01")

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("看哪一天的（默认今天）。", valueName: "日期"))
  var on: String?

  @Flag(help: "只列没有设定的。")
  var open = false

  func validate() throws {
    if let on, CivilDate(on)?.isWhole != true { throw ValidationError("“\(on)”不是日期，写成 2026-11-24。") }
  }

  func work() async throws(CountyFault) {
    let states = try await County.open(place.county).parameters(on: on.flatMap { CivilDate($0) })
    let unset = states.filter { $0.value == nil }
    Say.line(unset.isEmpty ? "都设定了。" : "还没有设定的 \(unset.count) 个：")
    for state in unset { Say.line("  \(state.parameter.rawValue)  \(state.parameter.definition.meaning)\(why(state))") }
    guard !open else { return }
    Say.line("已设定的 \(states.count - unset.count) 个：")
    for state in states where state.value != nil {
      let from = state.from.map { "，自 \($0)" } ?? ""
      let doubt = state.certainty == .recalled ? "，待核实" : ""
      let origin = state.isDefault ? "随程序" : "本县"
      Say.line(
        "  \(state.parameter.rawValue)  \(state.parameter.definition.meaning)：\(state.text)（\(origin)\(from)，\(state.source)\(doubt)）")
    }
  }

  private func why(_ state: ParameterState) -> String {
    switch state.standing {
    case .contested(let values): "：同一天有 \(values.count) 个值，互相矛盾"
    case .malformed(let text): "：“\(text)”的写法不对"
    case .set, .unset: ""
    }
  }
}
