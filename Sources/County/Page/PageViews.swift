// The pages: figures of one snapshot as tables and bars. Pure; nothing in them but counts and names of divisions.

internal import Foundation
internal import Relief

/// What every page knows.
struct PageSight {
  var snapshot: PageSnapshot
  var county: String
  var user: PageUser
  var range: PageRange
  /// Of the form that logs out.
  var token: String

  func name(_ division: Division) -> String { snapshot.names[division.code] ?? division.code }

  func link(_ path: String, _ division: Division) -> String {
    "\(path)?division=\(division.code)&from=\(range.from)&to=\(range.to)"
  }

  /// What a division's page lists: a county's townships, a township's villages, a village itself.
  func parts(of codes: some Sequence<Division>) -> [Division] {
    let digits = range.division.level < .township ? 9 : 12
    return Set(codes.filter { range.division.contains($0) }.compactMap { Division(String($0.code.prefix(digits))) })
      .sorted { $0.code < $1.code }
  }
}

enum PageViews {
  /// The whole document around a page's body.
  static func document(_ title: String, _ body: (inout Markup) -> Void) -> String {
    var page = Markup()
    page.raw("<!DOCTYPE html><html lang=\"zh-CN\">")
    page.element("head") { page in
      page.open("meta", [("charset", "utf-8")])
      page.open("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
      page.element("title", text: title + " · " + PageWords.title)
      page.open("link", [("rel", "stylesheet"), ("href", PagePath.style)])
    }
    page.element("body") { body(&$0) }
    page.raw("</html>\n")
    return page.html
  }

  /// A page of figures: its heads, where one may go, as of when, which days.
  static func page(_ title: String, _ path: String, _ sight: PageSight, _ body: (inout Markup) -> Void) -> String {
    document(title) { page in
      page.element("header") { page in
        page.element("h1", text: sight.county + " " + PageWords.title)
        page.element("nav") { page in
          for (path, name) in PagePath.pages { page.element("a", [("href", sight.link(path, sight.range.division))], text: name) }
        }
        page.element("form", [("method", "post"), ("action", PagePath.logout)]) { page in
          page.element("span", text: "\(sight.user.name)（\(PageWords.role(sight.user.role))）")
          page.open("input", [("type", "hidden"), ("name", "token"), ("value", sight.token)])
          page.element("a", [("href", PagePath.password)], text: "改密码")
          page.element("button", text: "退出")
        }
      }
      page.element("main") { page in
        page.element("h2", text: "\(title)：\(sight.name(sight.range.division))")
        page.element("p", [("id", "as-of")], text: "数据截至 \(moment(sight.snapshot.asOf))，共 \(sight.snapshot.records) 条记录")
        body(&page)
      }
    }
  }

  private static func moment(_ date: Date) -> String {
    String(CountySurroundings.text(date).prefix(16)).replacing("T", with: " ")
  }

  private static func days(_ path: String, _ sight: PageSight, _ page: inout Markup) {
    page.element("form", [("method", "get"), ("action", path), ("class", "days")]) { page in
      page.open("input", [("type", "hidden"), ("name", "division"), ("value", sight.range.division.code)])
      page.element("label") { page in
        page.text("从 ")
        page.open("input", [("type", "date"), ("name", "from"), ("value", "\(sight.range.from)")])
      }
      page.element("label") { page in
        page.text("到 ")
        page.open("input", [("type", "date"), ("name", "to"), ("value", "\(sight.range.to)")])
      }
      page.element("button", text: "查询")
    }
  }

  // MARK: - the pages

  static func progress(_ sight: PageSight, _ report: SupervisionReport) -> String {
    let isCounty = sight.range.division.level < .township
    let rows = isCounty ? report.townships : report.townships.flatMap { $0.villages.isEmpty ? [$0] : $0.villages }
    return page("工作进度", PagePath.progress, sight) { page in
      days(PagePath.progress, sight, &page)
      page.bars("已走访 / 应走访（户）", rows.map { (sight.name($0.division), $0.figures.sweep.visited, $0.figures.sweep.planned) })
      page.table(
        "progress", heads: [isCounty ? "乡镇" : "村"] + PageWords.figures,
        rows: rows.map { row in
          PageRow(
            sight.name(row.division), PageWords.cells(row.figures), key: row.division.code,
            link: sight.link(PagePath.progress, row.division))
        }, foot: ["合计"] + PageWords.cells(report.all))
      let sweep = report.all.sweep
      page.bars(
        "发现渠道（户）",
        [("个人申请", sweep.foundByApplication), ("主动发现", sweep.foundActively), ("监测预警", sweep.foundByWarning)].map { ($0, $1, sweep.found) })
      campaigns(sight, &page)
      if isCounty { lists(sight, &page) }
      page.element("p", [("class", "note")], text: "逾期按截止日计；其余按起止日期内计。户和件的算法见 docs/page.md。")
    }
  }

  /// 专项排查 (R21): those that run today in the division, a table each.
  private static func campaigns(_ sight: PageSight, _ page: inout Markup) {
    func cells(_ figures: CampaignFigures) -> [String] {
      [figures.planned, figures.visited, figures.notMet, figures.unvisited, figures.found].map(String.init)
    }
    for (number, campaign) in sight.snapshot.campaigns.enumerated() {
      let rows = campaign.rows(in: sight.range.division)
      guard !rows.isEmpty else { continue }
      page.element("h2", [("class", "campaign")], text: PageWords.campaign(campaign))
      page.table(
        "campaign-\(number + 1)", heads: [sight.range.division.level < .township ? "乡镇" : "村"] + PageWords.campaignFigures,
        rows: rows.map { row in
          PageRow(
            sight.name(row.division), cells(row.figures), key: row.division.code, link: sight.link(PagePath.progress, row.division))
        }, foot: ["合计"] + cells(rows.map(\.figures).reduce(CampaignFigures(), +)))
    }
  }

  /// 部门数据应更新 (R36): lists are the whole county's, so only its own page has them.
  private static func lists(_ sight: PageSight, _ page: inout Markup) {
    let (due, day) = (sight.snapshot.standing.listsDue, sight.snapshot.day)
    guard !due.isEmpty else { return }
    let late = due.count { $0.overdueDays(on: day) > 0 }
    page.element("p", [("role", "alert"), ("id", "lists-due")], text: PageWords.listsDue(due.count, late: late))
    page.table(
      "lists", heads: ["部门名单", "上次数据", "应更新", "逾期天数"],
      rows: due.map { list in
        PageRow(
          PageWords.name(list),
          [list.last.map { "\($0.asOf)" } ?? "从未收到", list.due.map { "\($0)" } ?? "", String(list.overdueDays(on: day))], key: list.profile)
      })
  }

  static func warnings(_ sight: PageSight) -> String {
    let all = sight.snapshot.standing.warnings(in: sight.range.division)
    func count(_ isCounted: (PageStanding.Warnings) -> Bool, _ counts: [PageStanding.Warnings: Int]) -> Int {
      counts.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }
    }
    let levels: [WarningLevel?] = WarningLevel.allCases + [nil]
    func cells(_ isCounted: (PageStanding.Warnings) -> Bool) -> [String] {
      let ages = PageAge.allCases.map { age in count({ isCounted($0) && $0.age == age }, all) }
      return (ages + [count(isCounted, all), count({ isCounted($0) && $0.isOverdue }, all)]).map(String.init)
    }
    return page("未了预警", PagePath.warnings, sight) { page in
      page.bars("未了预警（件）", levels.map { level in (WarningLevel.term(level), count({ $0.level == level }, all), nil) })
      page.table(
        "warnings", heads: ["级别"] + PageAge.allCases.map(PageWords.age) + ["合计", "其中逾期"],
        rows: levels.map { level in PageRow(WarningLevel.term(level), cells { $0.level == level }, key: level?.rawValue ?? "none") },
        foot: ["合计"] + cells { _ in true })
      page.table(
        "places", heads: ["地方", "未了", "其中逾期"],
        rows: sight.parts(of: sight.snapshot.standing.warnings.keys).map { place in
          let own = sight.snapshot.standing.warnings(in: place)
          return PageRow(
            sight.name(place), [count({ _ in true }, own), count(\.isOverdue, own)].map(String.init), key: place.code,
            link: sight.link(PagePath.warnings, place))
        })
    }
  }

  static func coverage(_ sight: PageSight) -> String {
    func cells(_ one: PageStanding.Uncovered) -> [String] { [one.households, one.withCategory, one.withRisk].map(String.init) }
    let places = sight.parts(of: sight.snapshot.standing.uncovered.keys)
    return page("监测覆盖", PagePath.coverage, sight) { page in
      page.element("p", text: "应在监测而没有人跟进的户。每一格都应当是 0；一户可以两种原因都有。")
      page.bars("未覆盖（户）", places.map { (sight.name($0), sight.snapshot.standing.uncovered(in: $0).households, nil) })
      page.table(
        "coverage", heads: ["地方", "未覆盖", "有类别无登记", "有风险无人管"],
        rows: places.map { place in
          PageRow(
            sight.name(place), cells(sight.snapshot.standing.uncovered(in: place)), key: place.code,
            link: sight.link(PagePath.coverage, place))
        }, foot: ["合计"] + cells(sight.snapshot.standing.uncovered(in: sight.range.division)))
    }
  }

  static func cases(_ sight: PageSight, _ report: SupervisionReport) -> String {
    let all = sight.snapshot.standing.cases(in: sight.range.division)
    let states = CaseState.allCases.filter { !$0.isClosed }
    func cells(_ state: CaseState?) -> [String] {
      let ages = PageAge.allCases.map { age in
        all.filter { (state == nil || $0.key.state == state) && $0.key.age == age }.values.reduce(0, +)
      }
      return (ages + [ages.reduce(0, +)]).map(String.init)
    }
    return page("办理时长", PagePath.cases, sight) { page in
      days(PagePath.cases, sight, &page)
      page.table(
        "medians", heads: ["期内发现的", "中位数", "已到的件数"],
        rows: [
          PageRow("发现 → 调查", PageWords.median(report.foundToChecked), key: "checked"),
          PageRow("发现 → 施救", PageWords.median(report.foundToHelped), key: "helped"),
        ])
      page.bars(
        "今天停在各阶段的时长（件）",
        PageAge.allCases.map { age in (PageWords.age(age), all.filter { $0.key.age == age }.values.reduce(0, +), nil) })
      page.table(
        "cases", heads: ["阶段"] + PageAge.allCases.map(PageWords.age) + ["合计"],
        rows: states.map { PageRow($0.term, cells($0), key: $0.rawValue) }, foot: ["合计"] + cells(nil))
    }
  }

  // MARK: - forms and sentences

  static func login(_ county: String, token: String, _ sentence: String?) -> String {
    form(
      "登录", county, PagePath.login, token, sentence,
      [("person", "人员编号", "text", "username"), ("password", "密码", "password", "current-password")])
  }

  static func password(_ county: String, token: String, _ sentence: String?) -> String {
    form(
      "改密码", county, PagePath.password, token, sentence,
      [
        ("old", "原密码", "password", "current-password"), ("new", "新密码", "password", "new-password"),
        ("again", "新密码再填一次", "password", "new-password"),
      ])
  }

  private static func form(
    _ title: String, _ county: String, _ path: String, _ token: String, _ sentence: String?,
    _ fields: [(name: String, label: String, type: String, fill: String)]
  ) -> String {
    document(title) { page in
      page.element("main", [("class", "narrow")]) { page in
        page.element("h1", text: county + " " + PageWords.title)
        if let sentence { page.element("p", [("role", "alert")], text: sentence) }
        page.element("form", [("method", "post"), ("action", path)]) { page in
          page.open("input", [("type", "hidden"), ("name", "token"), ("value", token)])
          for field in fields {
            page.element("label") { page in
              page.text(field.label)
              page.open(
                "input",
                [("name", field.name), ("type", field.type), ("autocomplete", field.fill), ("required", "required"), ("maxlength", "128")])
            }
          }
          page.element("button", text: title)
        }
        if path == PagePath.password { page.element("p", [("class", "note")], text: PageWords.passwordRule) }
      }
    }
  }

  static func sentence(_ county: String, _ sentence: String) -> String {
    document(PageWords.title) { page in
      page.element("main", [("class", "narrow")]) { page in
        page.element("h1", text: county + " " + PageWords.title)
        page.element("p", [("role", "alert")], text: sentence)
        page.element("p") { $0.element("a", [("href", PagePath.progress)], text: "首页") }
      }
    }
  }
}

enum PagePath {
  static let progress = "/page"
  static let warnings = "/page/warnings"
  static let coverage = "/page/coverage"
  static let cases = "/page/cases"
  static let login = "/page/login"
  static let logout = "/page/logout"
  static let password = "/page/password"
  static let style = "/page/style.css"
  static let pages = [(progress, "工作进度"), (warnings, "未了预警"), (coverage, "监测覆盖"), (cases, "办理时长")]
}

enum PageStyle {
  static let sheet = """
    body{margin:0;color:#1a1a1a;background:#fff;font:16px/1.5 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
    header{display:flex;flex-wrap:wrap;gap:.5em 1.5em;align-items:center;padding:.5em 1em;border-bottom:3px solid #8c1c13}
    h1{font-size:1.2em;margin:0}h2{font-size:1.1em;margin:.8em 0 .2em}
    nav{display:flex;flex-wrap:wrap;gap:1em}header form{display:flex;gap:.8em;align-items:center;margin-left:auto}
    a{color:#1f4e8c}main{padding:0 1em 2em;max-width:1200px;margin:auto}.narrow{max-width:24em;padding-top:3em}
    .narrow label{display:block;margin:.8em 0}.narrow input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4em}
    button,.days input{font:inherit;padding:.2em .8em}.days{display:flex;flex-wrap:wrap;gap:1em;margin:.8em 0}
    .wide{overflow-x:auto;margin:1em 0}table{border-collapse:collapse;width:100%}
    th,td{border:1px solid #999;padding:.3em .5em;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    th[scope=row],thead th:first-child{text-align:left}
    thead th{background:#f0ece6}tfoot th,tfoot td{font-weight:bold;border-top:2px solid #333}
    figure{margin:1em 0}.bars{width:100%;max-width:800px;height:auto}.bars text{font-size:13px;fill:#1a1a1a}
    .bars .whole{fill:#d9d2c7}.bars .part{fill:#1f4e8c}
    .note{color:#555;font-size:.9em}[role=alert]{border-left:4px solid #8c1c13;padding-left:.6em}
    @media print{nav,button,header form,.days{display:none}body{font-size:11pt}.wide{overflow:visible}tr,figure{break-inside:avoid}}
    @media (max-width:600px){body{font-size:15px}th,td{padding:.2em .35em}header form{margin-left:0}}
    """
}
