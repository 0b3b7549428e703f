// JournalSurvey: the verdicts of every journal below a directory, as text and as JSON.

import FoundationEssentials
import Journal
import Laptop

struct JournalSurvey {
  struct Place: Encodable {
    /// `journal`, `inbox`, `sync`, `drafts/<id>`.
    var name: String
    var report: JournalReport?
    /// Why it could not be read.
    var problem: String?

    /// A later version wrote a part of it.
    var isNewer: Bool { report.map(JournalVerify.status) == 2 }
  }

  private var places: [Place] = []
  private var problem: String?

  init(_ directory: DataDirectory) {
    do {
      for journal in try directory.journals(disk: PosixDisk()) {
        do {
          guard let report = try JournalVerify.report(directory: journal.path) else { continue }
          places.append(Place(name: journal.name, report: report))
        } catch { places.append(Place(name: journal.name, problem: CommandFailure.sentence(LaptopFault(error)))) }
      }
    } catch { problem = CommandFailure.sentence(error) }
    if problem == nil && places.isEmpty { problem = "\(directory.path) 里没有记录文件：请检查目录" }
  }

  /// 0 clean, 1 damaged, 2 cannot read.
  var code: Int32 {
    if problem != nil || places.contains(where: { $0.problem != nil }) { return 2 }
    return places.allSatisfy { $0.report.map(JournalVerify.status) == 0 } ? 0 : places.contains { $0.isNewer } ? 2 : 1
  }

  var json: String {
    struct Answer: Encodable {
      var verdict: String
      var journals: [Place]
      var problem: String?
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let word = code == 0 ? "clean" : code == 1 ? "damaged" : "unreadable"
    guard let data = try? encoder.encode(Answer(verdict: word, journals: places, problem: problem)) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  var text: String {
    if let problem { return problem }
    var lines: [String] = []
    for place in places {
      if let problem = place.problem { lines.append("\(place.name)：\(problem)") }
      guard let report = place.report else { continue }
      for segment in report.segments {
        let range = segment.lastSeq.map { "第 \(segment.firstSeq ?? 1)–\($0) 条" } ?? "还没有记录"
        lines.append("\(place.name)/\(segment.file)：\(Self.word(segment.verdict))，\(range)")
      }
      if report.acknowledgedMissing { lines.append("\(place.name)：保存过的最后几条不见了") }
      if !report.lost.isEmpty {
        let numbers = RecordNumbers(report.lost).text.replacing(",", with: "、")
        lines.append("\(place.name)：读不出的记录号 \(numbers)")
      }
      for loss in report.losses {
        if place.name == "inbox" {
          lines.append("\(place.name)：以前有 \(loss.numbers.count) 条从县里取回的记录坏了，同步时重新取回")
          continue
        }
        let word = report.lossesUnseen.contains { $0.journalID == loss.journalID } ? "还没有人确认" : "已有人确认"
        lines.append("\(place.name)：以前\(LossSentence.of(loss))，\(word)")
      }
    }
    switch code {
    case 0: lines.append("完好。")
    case 1 where places.allSatisfy { $0.report?.isClean ?? false }:
      lines.append("现有的记录完好，但以前丢失过：请照上面的号核对纸质表，补录后运行 zoufang journal confirm。")
    case 1: lines.append("有损坏：请不要改动这个目录，先打开 zoufang 同步，再联系县里。")
    default: lines.append("有的读不了：请检查权限，或换新版 zoufang。")
    }
    return lines.joined(separator: "\n")
  }

  private static func word(_ verdict: SegmentVerdict) -> String {
    switch verdict {
    case .clean: "完好"
    case .unacknowledged: "完好（末尾有断电前写下、还没来得及说已保存的记录，已保留）"
    case .torn: "完好（末尾有一截没写完的，不算数）"
    case .damagedTail: "末尾没写完的部分乱了，保存过的都在"
    case .damaged: "有保存过的记录坏了"
    case .missing: "保存过的记录缺了一截"
    case .uncertain: "水位文件坏了，说不准"
    case .setAside: "旧的损坏，已经另外处理"
    case .newer: "更新版本的程序写的"
    }
  }
}
