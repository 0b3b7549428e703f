// HTML as text, written so that nothing of the register can become markup: `text` escapes, and only literals go in as they stand.

struct Markup {
  private(set) var html = ""

  /// A literal of the program.
  mutating func raw(_ html: StaticString) { self.html += String(describing: html) }

  mutating func text(_ text: String) { html += Self.escaped(text) }

  mutating func add(_ other: Markup) { html += other.html }

  /// An element; attributes are escaped.
  mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], _ body: (inout Markup) -> Void) {
    open(name, attributes)
    body(&self)
    html += "</\(name)>"
  }

  mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// One that has no end: `input`, `meta`.
  mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
    html += "<\(name)"
    for (name, value) in attributes { html += " \(name)=\"\(Self.escaped(value))\"" }
    html += ">"
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension Markup {
  /// Bars, one a row: `value` of `whole` (应走访), with its number beside it. SVG of attributes alone: the policy of the page
  /// allows no style in the markup.
  mutating func bars(_ title: String, _ rows: [(name: String, value: Int, whole: Int?)]) {
    let most = max(1, rows.map { max($0.value, $0.whole ?? 0) }.max() ?? 1)
    let (left, width, step) = (150, 400, 24)
    let height = rows.count * step + 4
    element("figure") { page in
      page.element("figcaption", text: title)
      page.element(
        "svg", [("viewBox", "0 0 \(left + width + 90) \(height)"), ("role", "img"), ("aria-label", title), ("class", "bars")]
      ) { page in
        for (index, row) in rows.enumerated() {
          let top = index * step + 2
          page.element("text", [("x", "\(left - 8)"), ("y", "\(top + 15)"), ("text-anchor", "end")], text: Self.short(row.name))
          if let whole = row.whole {
            page.rect(left, top + 2, max(1, whole * width / most), "whole")
          }
          page.rect(left, top + 2, row.value * width / most, "part")
          let end = max(row.value, row.whole ?? 0) * width / most
          let number = row.whole.map { "\(row.value)/\($0)" } ?? "\(row.value)"
          page.element("text", [("x", "\(left + end + 6)"), ("y", "\(top + 15)")], text: number)
        }
      }
    }
  }

  private mutating func rect(_ x: Int, _ y: Int, _ width: Int, _ name: String) {
    element("rect", [("x", "\(x)"), ("y", "\(y)"), ("width", "\(width)"), ("height", "16"), ("class", name)]) { _ in }
  }

  private static func short(_ name: String) -> String { name.count > 9 ? name.prefix(8) + "…" : name }

  /// A table: the first cell of a row is its head. `id` is for who reads it by machine.
  mutating func table(_ id: String, heads: [String], rows: [PageRow], foot: [String]? = nil) {
    element("div", [("class", "wide")]) { page in
      page.element("table", [("id", id)]) { page in
        page.element("thead") { page in
          page.element("tr") { page in for head in heads { page.element("th", [("scope", "col")], text: head) } }
        }
        page.element("tbody") { page in for row in rows { page.row(row) } }
        if let foot { page.element("tfoot") { $0.row(PageRow(foot[0], Array(foot.dropFirst()))) } }
      }
    }
  }

  private mutating func row(_ row: PageRow) {
    var key: [(StaticString, String)] = []
    if let own = row.key { key.append(("data-key", own)) }
    element("tr", key) { page in
      page.element("th", [("scope", "row")]) { page in
        if let link = row.link { page.element("a", [("href", link)], text: row.head) } else { page.text(row.head) }
      }
      for cell in row.cells { page.element("td", text: cell) }
    }
  }
}

struct PageRow {
  var head: String
  var cells: [String]
  var key: String?
  var link: String?

  init(_ head: String, _ cells: [String], key: String? = nil, link: String? = nil) {
    self.head = head
    self.cells = cells
    self.key = key
    self.link = link
  }
}
