// Words+Loss: records that the disk lost.

extension Words {
  enum Loss {
    static let title = "有记录丢失"
    static let later = "1 先不确认，下次打开再提示"
    static let known = "2 已核对，不再提示"

    static func sentence(_ lost: LostVisits) -> String {
      var parts: [String] = []
      if lost.count > 0 {
        let numbers = lost.numbers.replacing(",", with: "、")
        parts.append("磁盘损坏，丢失 \(lost.count) 条保存过的记录：第 \(numbers) 条（回执号的最后几位）")
        if lost.uploaded > 0 { parts.append("其中 \(lost.uploaded) 条县里已有，不用补") }
      }
      if lost.isTailUnknown { parts.append("最后几条是否都在，程序说不准") }
      return parts.joined(separator: "；") + "。"
    }

    static let whatToDo = [
      "请对照纸质表上的回执号，缺的走访补录一次。",
      "这块磁盘可能要坏了：请先按同步键上传，再联系县里检查电脑。",
      "其余记录都在，可以照常录入。",
    ]
  }
}
