// The sentences of what an import took in and would like to be looked at; of places and days; of parameters that were set anew.

internal import County
internal import Relief

extension Words {
  /// More notes than this are counted, not listed.
  private static let shownNotes = 30

  static func notes(_ notes: [ImportNote]) -> [String] {
    guard !notes.isEmpty else { return [] }
    let shown = notes.prefix(shownNotes).map { "  第 \($0.line) 行：\(note($0.what))" }
    return ["已经收下，但请核对："] + shown + (notes.count > shownNotes ? ["  ……还有 \(notes.count - shownNotes) 处。"] : [])
  }

  private static func note(_ what: ImportNote.What) -> String {
    switch what {
    case .moved(let from, let to): "这一户原来在 \(from)，按这次写的改到了 \(to)；不是迁村就改回村代码再导入"
    case .noHead: "这一户在文件里和台账里都没有户主；补上户主那一行（与户主关系写“户主”或 02）再导入"
    case .secondHead: "这一户台账里还有一个户主，文件没有写他，现在有两个；是换户主就补上原户主那一行，改他的与户主关系，或请村里走访时更正"
    case .leftWithoutHead(let village): "这一行的人原来是 \(village) 另一户的户主，文件没有写那一户，那一户现在没有户主；补上那一户的新户主再导入"
    case .sameHead: "户主与这一户已登记的户主同名或同号，按文件里的编号或证号成了另一个人；有人员编号的用原来的编号再导入，没有的请村里走访时把重复的人记为离户"
    case .headOfAnother(let line, let village):
      "户主的证件号码也是另一户的户主（\(line.map { "第 \($0) 行" } ?? village.map { "台账里 \($0) 的一户" } ?? "台账里")）；一人只当一户的户主，核对哪一户错了"
    case .unknownCadre: "走访人没有电脑和登记码，名单照写着；核对姓名或编号，发登记码时要写得一样"
    }
  }

  static func noPlace(_ code: String, _ near: [String]) -> String {
    "区划表里没有“\(code)”。相近的有：\(near.joined(separator: "、"))；全部用 zoufangd divisions 看。"
  }

  /// What an account of the page begins with; the password stands last.
  static func account(_ person: String, _ password: String, at address: String, until: String) -> String {
    """
    账号        \(person)
    地址        \(address)
    有效到      \(until)，第一次登录要换成自己的密码
    一次性密码  \(password)
    """
  }

  static func changes(_ changes: [ParameterChange]) -> [String] {
    func shown(_ value: String) -> String { value.isEmpty ? "未设定" : value }
    return changes.map { change in
      "\(change.parameter.rawValue)（\(change.parameter.definition.meaning)）：\(change.from.isEmpty ? "从来" : change.from) 的值从 "
        + "\(shown(change.old)) 改成 \(shown(change.new))。"
    } + (changes.isEmpty ? [] : ["已有的值被改了：当天起的旧走访会按新值重新算。只想从今以后改，就把旧值写回去，另加一个新的起始日期。"])
  }

  /// Behind the days of figures: a month that runs still.
  static func unfinished(_ to: String, _ today: CivilDate?) -> String {
    guard let today, let last = CivilDate(to), today < last else { return "" }
    return "，未结束：截至今天（\(today)）"
  }
}
