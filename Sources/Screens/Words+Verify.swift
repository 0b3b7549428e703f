// Words+Verify: 核对录入: a paper form typed a second time.

import Relief

extension Words {
  enum Verify {
    static let title = "核对录入"
    static let act = "核对录入：照纸质表再录一遍"
    static let secondTyping = "[第二遍]"
    static let columns = ["栏", "第一遍", "第二遍", "取"]
    static let noRow = "（没有这一行）"
    static let notAsked = "（没问到）"
    static let hint = "1 第一遍对  2 第二遍对  3 回这一栏重录"
    static let verified = "已核对"
    /// The same in four columns.
    static let verifiedShort = "已核"

    static func listTitle(_ count: Int) -> String { "不同 \(count) 处" }

    static func right(_ typing: Typing?, isAsked: Bool) -> String {
      switch typing {
      case .first: "第一遍"
      case .second: "第二遍"
      case nil: isAsked ? "待选" : "不用选"
      }
    }

    /// The reason of the amendment.
    static func reason(_ counts: ComparisonCounts) -> String { "核对录入：" + said(counts.differences, counts.corrected) }

    /// Who typed it a second time, and what came of it.
    static func said(_ verification: Verification) -> String {
      let when = verification.wall.dropFirst(5).prefix(11).replacing("T", with: " ")
      return "已核对：\(verification.author.name) \(when) 录第二遍，\(said(verification.differences, verification.corrected))"
    }

    static func said(_ differences: Int, _ corrected: Int) -> String {
      differences == 0 ? "两遍一致" : "不同 \(differences) 处，改正 \(corrected) 处"
    }
  }
}
