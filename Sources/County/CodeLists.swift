// Code lists for imports: which label a coded cell may carry beside its code. Data (`codes.csv`, made from the forms),
// never compiled in. Columns: list, code, label (列表, 代码, 名称).

internal import Papers

struct CodeLists {
  /// By list: code by label.
  private var codes: [String: [String: String]] = [:]
  /// What a list may be written with: of each code the shortest label, in the order of the codes.
  private var labels: [String: [(code: String, label: String)]] = [:]
  /// Lists of which a label may be written shorter, 肢体 or 3级, as departments do: by folded label.
  private var folded: [String: [String: Set<String>]] = ["disability_kind": [:], "disability_grade": [:]]
  /// The other way round, for papers.
  private(set) var codeLabels = CodeLabels()

  /// Without lists, cells must hold codes.
  init() {}

  init(file: [UInt8]) throws(TableFault) {
    let table = try Table(
      file: file,
      columns: [
        .init("list", ["列表", "清单", "代码表", "属性", "list_name"], required: true),
        .init("code", ["代码", "name", "value"], required: true),
        .init("label", ["名称", "标签", "label::中文", "label::中文(zh)"], required: true),
      ])
    for row in table.rows {
      codes[row["list"], default: [:]][row["label"]] = row["code"]
      codes[row["list"], default: [:]][row["code"]] = row["code"]
      if let known = labels[row["list"]]?.firstIndex(where: { $0.code == row["code"] }) {
        if row["label"].count < labels[row["list"], default: []][known].label.count { labels[row["list"]]?[known].label = row["label"] }
      } else {
        labels[row["list"], default: []].append((row["code"], row["label"]))
      }
      folded[row["list"]]?[Self.folded(row["label"]), default: []].insert(row["code"])
      codeLabels.name(row["code"], in: row["list"], row["label"])
    }
  }

  /// Without what stands in brackets, 残疾 at its end, and another way of writing a digit.
  private static func folded(_ label: String) -> String {
    let digits: [Character: Character] = ["1": "一", "2": "二", "3": "三", "4": "四", "壹": "一", "贰": "二", "叁": "三", "肆": "四"]
    var text = String(label.prefix { $0 != "(" && $0 != "（" }).filter { !$0.isWhitespace }
    if text.hasSuffix("残疾") { text.removeLast(2) }
    return String(text.map { digits[$0] ?? $0 })
  }

  enum Reading: Equatable {
    case code(String)
    /// What it may be.
    case unknown([String])
  }

  /// The code of a cell that holds a code or a label. Of a list that we do not have, only what looks like a code.
  func read(_ cell: String, list: String) -> Reading {
    if let known = codes[list] {
      if let code = known[cell] { return .code(code) }
      let short = Self.folded(cell)
      if !short.isEmpty, let codes = folded[list]?[short], codes.count == 1, let code = codes.first { return .code(code) }
      return .unknown((labels[list] ?? []).map(\.label))
    }
    let isCode = cell.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 95 }
    return isCode ? .code(cell) : .unknown([])
  }

  /// Several in one cell, parted by `、`, a comma, a semicolon or a blank; the codes with one blank between them.
  func readSeveral(_ cell: String, list: String) -> Reading {
    var found: [String] = []
    for part in cell.split(whereSeparator: { "、，,；; ".contains($0) }) {
      switch read(String(part), list: list) {
      case .code(let code): found.append(code)
      case .unknown(let labels): return .unknown(labels)
      }
    }
    return .code(found.joined(separator: " "))
  }
}
