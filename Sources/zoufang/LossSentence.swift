// LossSentence: lost records, said on a command line.

import Journal
import Laptop

enum LossSentence {
  static func of(_ lost: LostRecords) -> String {
    var text = of(lost.numbers, isTailUnknown: lost.isTailUnknown)
    if !lost.uploaded.isEmpty { text += "，其中 \(lost.uploaded.count) 条县里已有" }
    return text
  }

  static func of(_ loss: JournalLoss) -> String { of(loss.numbers, isTailUnknown: loss.isTailUnknown) }

  private static func of(_ numbers: RecordNumbers, isTailUnknown: Bool) -> String {
    let tail = isTailUnknown ? "最后还有没有保存过别的记录，说不准" : ""
    guard !numbers.isEmpty else { return tail }
    let named = "丢失 \(numbers.count) 条保存过的记录（第 \(numbers.text.replacing(",", with: "、")) 条，就是回执号的最后几位）"
    return tail.isEmpty ? named : named + "；" + tail
  }
}
