// Code lists for imports: which label a coded cell may carry beside its code. Data (`codes.csv`, made from the forms),
// never compiled in. Columns: list, code, label (列表, 代码, 名称).

internal import Papers

struct CodeLists: Equatable {
  /// By list: code by label.
  private var codes: [String: [String: String]] = [:]
  private var labels: [String: [String]] = [:]
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
      labels[row["list"], default: []].append(row["label"])
      codeLabels.name(row["code"], in: row["list"], row["label"])
    }
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
      return .unknown(labels[list] ?? [])
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
