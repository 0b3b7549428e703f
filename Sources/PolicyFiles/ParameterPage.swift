// docs/policy-parameters.md: the table of parameters for people. A test compares the page with the table;
// `zoufang parameters --page` prints it.

internal import Relief

public enum ParameterPage {
  public static func text() -> String {
    var lines = [
      "# Policy parameters (政策参数)", "",
      "Every standard, line, ceiling, clock and list of the policy is a parameter: a dated value with its source,",
      "published by the county as records of list `parameter` (docs/facts.md), started from `seeds/policy/*.yaml`.",
      "One that is not set (未设定) makes the rules that need it answer 未设定, never a guess. What ships are only figures",
      "that the seed or a national rule prints; 待核实 marks those that are recalled and not read. A rule looks a parameter",
      "up at the date of the visit: the county's latest statement by then, even one that says 未设定; before its first,",
      "what ships.", "",
      "This page is made from the table in `Sources/Relief/Policy` by `zoufang parameters --page`; a test compares the two.",
      "Clauses are sections of the policy reference; `S:name` is a source of its list, `U1`… an entry of its list of",
      "uncertainties. docs/screening.md says which rule reads which.",
      "", "## Shapes", "",
      "| shape | written |", "|---|---|",
    ]
    lines += PolicyValueKind.allCases.map { "| \($0.rawValue) | \(shape($0)) |" }
    for theme in PolicyParameter.Theme.allCases {
      lines += ["", "## \(theme.rawValue)", "", "| name | shape | unit | meaning | clause | ships |"]
      lines.append("|---|---|---|---|---|---|")
      lines += PolicyParameter.allCases.map(\.definition).filter { $0.theme == theme }.map(row)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ one: PolicyParameter.Definition) -> String {
    let ships = one.defaults.map { value -> String in
      let dates = [value.from.map { "from \($0)" }, value.through.map { "through \($0)" }].compactMap { $0 }
      let doubt = value.certainty == .recalled ? "待核实: " : ""
      return "`\(value.value)`" + (dates.isEmpty ? "" : " " + dates.joined(separator: " ")) + " (\(doubt)\(value.source))"
    }
    return "| `\(one.parameter.rawValue)` | \(one.kind.rawValue) | \(one.unit) | \(one.meaning) | \(one.clause) | "
      + (ships.isEmpty ? "未设定" : ships.joined(separator: "; ")) + " |"
  }

  private static func shape(_ kind: PolicyValueKind) -> String {
    switch kind {
    case .money: "元, at most two decimals: `2000`, `2000.50`"
    case .standard: "元 a person: `650` or `650/month`, `7800/year`"
    case .count: "a whole number of the unit"
    case .multiplier: "at most four decimals: `1.5`"
    case .percent: "`30%`, at most two decimals"
    case .fraction: "`2/3` or `60%`"
    case .flag: "`yes` `no`"
    case .codes: "codes with one space between them; `none` for an empty list"
    case .comparator: "`below` 低于, `within` 以内"
    case .spending:
      "`medical:none disability:5000 education:30% total:2x`: kinds with their caps (`none` no cap, 元, share of countable income, "
        + "times 12 × the monthly standard); kinds not named are not deducted, `all` names the rest, `total` caps the sum; "
        + "a cap alone is `all:none total:CAP`; `off` deducts nothing. Kinds: "
        + SpendingTable.kinds.map { "`\($0)`" }.joined(separator: " ")
    case .cost:
      "`actual` or `actual:CAP` what was spent (a cap alone means this; a share is one of wages), `fixed:2400` 元 a year for each "
        + "member with wages, `share:20%` of wages, `off`"
    case .limit: "元 a person and year, or `1.5x` the standard"
    case .levels: "`deceased_paid=red medical_cost=orange`: a level of each warning model (docs/warnings.md)"
    case .holidays: "`01-01 01-02 02-14+` of the year of its first day; `+` marks a weekend day that is worked"
    case .text: "text for people; no rule reads it"
    }
  }
}
