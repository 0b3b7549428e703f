// zoufangd figures

internal import ArgumentParser
internal import County
internal import Papers
internal import Relief

struct Figures: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "把督促调度的数字打印成表（制表符分隔），与网页同一算法。",
    discussion: """
      从全部记录重新汇总，百万条要几十秒。列：代码、名称、应走访、已走访、未遇、发现、建议纳入、纳入、急难、转办、清零、逾期。

      用 --month 写统计月，日子与 zoufangd papers 的表相同；或者用 --from、--to 写起止日期。

      例：zoufangd figures /srv/zoufang --month 2026-11
          zoufangd figures /srv/zoufang --from 2026-11-01 --to 2026-11-30 --division 130599100
      """)

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("统计月：上月结算日的次日到本月结算日。", valueName: "年-月"))
  var month: String?

  @Option(help: ArgumentHelp("结算日，1 到 27；只和 --month 一起写。", valueName: "日"))
  var settleDay: Int?

  @Option(help: ArgumentHelp("起始日期。", valueName: "日期"))
  var from: String?

  @Option(help: ArgumentHelp("截止日期。", valueName: "日期"))
  var to: String?

  @Option(help: ArgumentHelp("区划代码；不写是全县。", valueName: "代码"))
  var division: String?

  @OptionGroup var time: CountyClock

  /// First and last day; nil where they are not said in one of the two ways.
  private var days: (from: String, to: String)? {
    switch (month, from, to) {
    case (let month?, nil, nil):
      PaperDays(month: month, settleDay: settleDay ?? PaperDays.settleDayDefault).map { ($0.from.description, $0.to.description) }
    case (nil, let from?, let to?): settleDay == nil ? (from, to) : nil
    default: nil
    }
  }

  func validate() throws {
    if month != nil, let settleDay, !PaperDays.settleDays.contains(settleDay) { throw ValidationError(Words.badSettleDay) }
    guard days == nil else { return }
    if let month, from == nil, to == nil { throw ValidationError(Words.sentences(for: .badMonth(month)).joined()) }
    throw ValidationError(Words.daysOrMonth)
  }

  func work() async throws(CountyFault) {
    guard let days else { return }
    let county = try await County.open(place.county, surroundings: time.surroundings)
    let lines = try await county.figures(from: days.from, to: days.to, division: division)
    let today = county.today
    if let month { Say.beside(Words.days(days.from, days.to, month, today)) }
    if month == nil, let beside = Words.days(days.from, days.to, today) { Say.beside(beside) }
    Say.line((["代码", "名称"] + PageFigureLine.titles).joined(separator: "\t"))
    for line in lines { Say.line(([line.division ?? "合计", line.name] + line.counts.map(String.init)).joined(separator: "\t")) }
  }
}
