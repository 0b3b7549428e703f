// The sentences of departments' lists: what came in, what was set aside and why, what a comparison came to.

internal import Comparison
internal import County
internal import Departments
internal import Relief
internal import Tables
internal import Yaml

extension Words {
  static let unnamed = "名单里没有这个人"

  static let reject = RejectWords(sheet: "没有收下的行", titles: ("行号", "列", "原因"), cut: "…（截短）", reason: { Words.reason($0) })

  static func list(_ report: ListReport, file: String) -> [String] {
    let counts = report.counts
    var lines = [
      report.isKnown
        ? "\(file)：这个文件按这个日期收过了，什么都没有变。"
        : "\(file)：\(counts.read) 行，收下 \(counts.taken) 行，放在一边 \(counts.rejected) 行"
          + (counts.totals > 0 ? "，合计行 \(counts.totals) 行不算" : "") + "。"
    ]
    if counts.withoutNumber > 0 { lines.append("\(counts.withoutNumber) 行没有可比对的身份证号，只能按姓名、出生和村找疑似。") }
    if !report.otherDays.isEmpty {
      lines.append(
        "同一个文件以前按 \(report.otherDays.joined(separator: "、")) 收过，"
          + (report.isKnown ? "各算一批。" : "这次算另一批；如果只是日期写错了，用 zoufangd withdraw list 撤回写错的那一批（\(report.batch) 是这一批）。"))
    }
    if !report.unreadSheets.isEmpty {
      lines.append("这些工作表没有读：\(report.unreadSheets.map(ShownText.line).joined(separator: "、"))；里面也有名单的话，用 --sheet 一张一张收。")
    }
    if !report.hiddenSheets.isEmpty { lines.append("隐藏的工作表没有读：\(report.hiddenSheets.map(ShownText.line).joined(separator: "、"))。") }
    if !report.unknownHeaders.isEmpty { lines.append("这些列不认识，没有读：\(report.unknownHeaders.map(ShownText.line).joined(separator: "、"))。") }
    return lines
  }

  /// What is done and what is not, where a list is in and the next step failed.
  static func uncompared(_ batch: String) -> String { "名单已经收下，还没有比对完：改好后用 zoufangd compare --batch \(batch) 再比一遍。" }

  static func notHandedBack(isCompared: Bool) -> String {
    "名单已经收下" + (isCompared ? "，也比对过了" : "") + "；只有没有收下的行还没有写成表。改好后把同一个文件按同一个日期再导入一遍，就会再写，不会重复。"
  }

  static func rejectedName(_ path: String) -> String { "--rejected 写的是 .xlsx 表格，“\(path)”要以 .xlsx 结尾。什么都没有收。" }

  static func handedBack(_ path: String) -> String { "没有收下的行在 \(path)。" }

  static let handBackHint = "用 --rejected 文件.xlsx 可把这些行连同原因写出来，退给部门。"

  /// Days that a list may be old before the year is doubted.
  private static let oldDays = 400

  /// A list that is in and may be the wrong file, the wrong profile or the wrong year: the last thing said. Nil where nothing is odd.
  static func doubt(_ report: ListReport, asOf: String, today: CivilDate?, _ directory: String) -> String? {
    let counts = report.counts
    var odd: [String] = []
    if counts.rejected * 2 > counts.read { odd.append("\(counts.read) 行里有 \(counts.rejected) 行没有收下，多半文件或配置选错了") }
    if let today, let day = CivilDate(asOf), today.dayNumber - day.dayNumber > oldDays {
      odd.append("名单的日期 \(asOf) 在 \(today.dayNumber - day.dayNumber) 天以前，可能写错了年份")
    }
    guard !odd.isEmpty else { return nil }
    return "！请核对：\(odd.joined(separator: "；"))。收错了就撤回：zoufangd withdraw list \(directory) \(report.batch) --reason 为什么"
  }

  static func comparison(_ report: ComparisonReport) -> String {
    var text =
      "比对 \(report.rows) 行：命中 \(report.exact)（其中姓名不同 \(report.otherName)），疑似 \(report.similar)（其中分不清是谁 \(report.ambiguous)），"
      + "未命中 \(report.unmatched)；新预警 \(report.raised) 户，并入旧预警 \(report.joined) 户"
    if report.assistance > 0 { text += "；记下部门帮扶 \(report.assistance) 件" }
    if !report.unset.isEmpty { text += "。没有设定、因此没有看的参数：\(report.unset.map(\.definition.meaning).joined(separator: "、"))" }
    return ([text + "。"] + limits(report)).joined(separator: "\n")
  }

  /// What a comparison did not look at, with figures; nothing where it looked at everything.
  private static func limits(_ report: ComparisonReport) -> [String] {
    var lines: [String] = []
    if report.cut > 0 {
      let named = report.cutLines.map(String.init).joined(separator: "、") + (report.cut > report.cutLines.count ? "…" : "")
      lines.append(
        "\(report.cut) 行可比的人太多，只比了一部分（同一证号 \(ComparisonLimits.personsOfNumberMax) 人、每行疑似 "
          + "\(ComparisonLimits.candidatesMax) 人、逐个比 \(ComparisonLimits.judgedMax) 人为限）：第 \(named) 行，请按姓名和证号人工核对。")
    }
    if report.unrepaired > 0 {
      lines.append(
        "台账里证号校验不对的人超过 \(ComparisonLimits.repairedPersonsMax) 个，多出的 \(report.unrepaired) 人没有按可能的正确证号去找；请先改台账里的证号。")
    }
    if report.contested > 0 {
      let how = report.contestedCut > 0 ? "（其中 \(report.contestedCut) 人说法太多，只按一部分组合比对）" : "，按每种说法都比对了"
      lines.append("台账里 \(report.contested) 人的证号、姓名、出生日期或所在户说法不一\(how)，预警里注明；请尽快核对台账。")
    }
    lines += newer(report)
    for (model, shares) in Dictionary(grouping: report.townshipsUncovered, by: \.model).sorted(by: { $0.key < $1.key }) {
      let said = shares.map { "\(names([$0.township], report))（提到 \($0.named) 人，没有提到 \($0.missing) 人）" }
      lines.append(
        "看“\(WarningModels.term(model))”时，这份名单没有提到的人比提到的还多：\(said.joined(separator: "、"))。"
          + "当作没有包括这些乡镇，没有看那里谁不在名单上；如果确实只有这些人，请人工核对。")
    }
    if report.rejectedUnlooked > 0 {
      lines.append(
        "有 \(report.rejectedUnlooked) 行没有收下，里面可能就有名单上缺的人，这次没有看谁不在名单上；请部门改好这些行，再导入。")
    }
    return lines
  }

  /// Where a later list says who stands in it, and where one says who is missing: the two are not the same townships.
  private static func newer(_ report: ComparisonReport) -> [String] {
    var said: [(lists: NewerLists, what: [String])] = report.newerStanding.map { [($0, ["谁在名单上"])] } ?? []
    for (model, lists) in report.newerMissing.sorted(by: { $0.key < $1.key }) {
      let what = "谁不在名单上（\(WarningModels.term(model))）"
      if let place = said.firstIndex(where: { $0.lists == lists }) { said[place].what.append(what) } else { said.append((lists, [what])) }
    }
    return said.map { lists, what in
      "\(names(lists.townships, report)) 已有新名单（最新的到 \(lists.asOf)），那里\(what.joined(separator: "、"))以新名单为准，这一批没有看。"
    }
  }

  private static func names(_ codes: [String], _ report: ComparisonReport) -> String {
    codes.map { report.townshipNames[$0] ?? $0 }.joined(separator: "、")
  }

  // MARK: When a list is due

  static func name(_ list: DepartmentList) -> String {
    list.departmentTitle.isEmpty ? list.title : "\(list.departmentTitle)：\(list.title)"
  }

  /// 周期, what came last, and when the next is due.
  static func standing(_ list: DepartmentList, on day: CivilDate) -> String {
    let came =
      list.last.map { last in
        "上次数据截至 \(last.asOf)" + (last.taken.map { "（\($0) 导入" + counts(last) + "）" } ?? "")
      } ?? "还没有收过"
    switch list.period {
    case .never: return "不定期；\(came)。"
    case .unset: return "周期未设定，不提醒；\(came)。在配置里写 every_months，或设定参数 import_period_months。"
    case .months(let months):
      let every = list.own == .unset ? "每 \(months) 个月（全县参数）" : "每 \(months) 个月"
      guard let due = list.due else { return "\(every)；\(came)。" }
      let late = list.overdueDays(on: day)
      if late > 0 { return "\(every)；\(came)；应在 \(due) 更新，已逾期 \(late) 天，请向部门要新名单。" }
      return "\(every)；\(came)；" + (due == day ? "今天应更新，请向部门要新名单。" : "下次 \(due)，还有 \(due.dayNumber - day.dayNumber) 天。")
    }
  }

  private static func counts(_ last: DepartmentList.Arrival) -> String {
    guard let rows = last.rows, let accepted = last.accepted else { return "" }
    return "，\(rows) 行收下 \(accepted) 行"
  }

  static func lists(_ standing: ListStanding) -> String {
    let due = standing.due
    var text = "收过 \(standing.came) 种"
    if !due.isEmpty {
      let late = standing.overdue
      text += "，应更新 \(due.count) 种" + (late > 0 ? "，其中逾期 \(late) 种、最久 \(due[0].overdueDays(on: standing.day)) 天" : "")
        + "，明细见 zoufangd profiles --due"
    }
    if standing.withoutPeriod > 0 { text += "，没有设定周期 \(standing.withoutPeriod) 种" }
    return text
  }

  // MARK: Faults

  static func list(_ fault: BatchFault) -> [String] {
    let place = [fault.sheet.map { "工作表“\(ShownText.line($0))”" }, fault.row.map { "第 \($0) 行" }, fault.column.map { "第 \($0) 列" }]
      .compactMap { $0 }.joined()
    return [(place.isEmpty ? "" : place + "：") + sentence(fault.kind), "这个文件一行也没有收。"]
  }

  private static func sentence(_ kind: BatchFault.Kind) -> String {
    switch kind {
    case .table(let kind): table(kind)
    case .noHeader(let within): "前 \(within) 行里没有认得的列名：可能是别的名单或别的工作表，用 zoufangd profiles 看要哪些列。"
    case .missingColumns(let columns):
      "缺少必有的列：" + columns.map { "“\($0.headers.prefix(3).joined(separator: "”或“"))”" }.joined(separator: "，") + "。"
    case .missingAnyOf(let columns):
      "没有一列说明这是什么名单，至少要有其中一列：" + columns.map { "“\($0.headers.prefix(3).joined(separator: "”或“"))”" }.joined(separator: "，")
        + "。核对选的是不是这张名单；确实是，就请部门加上这一列。"
    case .fitsAnother(let profile, let title, let headers):
      "更像是“\(title)”（有 \(headers.map(ShownText.line).joined(separator: "、"))）：多半要用 --profile \(profile)。确实没有选错，加 --anyway。"
    case .severalSheets(let sheets):
      sheets.count == 1
        ? "第一张工作表不是这张名单，“\(ShownText.line(sheets[0]))”才像：加上 --sheet \(ShownText.line(sheets[0]))。"
        : "工作表 \(sheets.map(ShownText.line).joined(separator: "、")) 里都有这张名单的列名。用 --sheet 写明收哪一张，一张一张收。"
    case .doubledColumn(_, let headers, let columns):
      "第 \(columns.map { String($0) }.joined(separator: "、")) 列（\(headers.map(ShownText.line).joined(separator: "、"))）意思相同，请留一列。"
    case .mergedHeader(let header, let columns):
      "列名“\(ShownText.line(header))”合并了第 \(columns.lowerBound) 到 \(columns.upperBound) 列，请拆开，各写列名。"
    case .noRows: "列名下面没有内容。"
    case .tooManyRejected(let max): "读不了的行超过 \(max) 行，多半选错了文件或配置。"
    case .everyRowRejected(let count, let first): "\(count) 行都读不了，第一行的原因：\(reason(first))。每一行的原因用 --rejected 写成表看。多半选错了文件或配置。"
    }
  }

  static func reason(_ reason: RowReason) -> String {
    switch reason {
    case .missing: "空着，必须填"
    case .beyondHeader(let column): "第 \(column) 列有内容，上面却没有列名；.csv 里金额写成 25,000 又没有加引号就会这样，请去掉千位逗号，或给这一列写上列名"
    case .lostDigits: "身份证号被表格软件改成了数字，后几位已经丢了；请部门按文本重新导出"
    case .numberLength(let length): "证件号码是 \(length) 位，应为 18 位或旧的 15 位"
    case .numberCharacter(let at): "证件号码第 \(at) 位不是数字"
    case .numberCheck: "证件号码校验不对，请核对"
    case .notADate: "不是日期，写成 2026-11-24"
    case .partialDate: "要写到日，如 2026-11-24"
    case .notAnAmount: "不是金额"
    case .notANumber: "不是数字"
    case .notOneOf(let labels): "不认识，可写 \(labels.prefix(8).joined(separator: "、"))\(labels.count > 8 ? "…" : "")"
    case .errorValue(let text): "是表格软件的错误值 \(ShownText.line(text))"
    case .formulaWithoutValue: "是没有算出结果的公式；请部门另存为数值"
    case .coveredByMerge: "被合并单元格盖住，内容在别的格；请拆开合并"
    case .tooLong(let max): "太长，最多 \(max) 字节"
    case .controlCharacter: "里面有看不见的控制字符，删掉重打"
    }
  }

  private static func table(_ kind: TableFileFault.Kind) -> String {
    switch kind {
    case .empty: "文件是空的。"
    case .tooLarge(let max): "文件太大（上限 \(max >> 20) MB），请分成几个文件。"
    case .tooManyRows(let max): "超过 \(max) 行，请分成几个文件。"
    case .tooManyColumns(let max): "超过 \(max) 列，多半不是这张名单。"
    case .cellTooLong(let max): "一格太长（上限 \(max) 字节）。"
    case .wrongEncoding: "既不是 UTF-8 也不是 GB18030：请在表格软件里另存为“CSV UTF-8”或 .xlsx。"
    case .encodingUnavailable(let name): "这台机器读不了 \(name)：请另存为“CSV UTF-8”。"
    case .nulByte: "里面有空字节，不是 .csv 文件；请重新导出。"
    case .openQuote: "双引号没有配对。"
    case .textAfterQuote: "双引号后面多了字。"
    case .ambiguousDelimiter: "看不出用什么分列：请另存为逗号分隔的“CSV UTF-8”。"
    case .oldWorkbook: "是旧格式 .xls：请另存为 .xlsx。"
    case .encrypted: "文件有密码：请去掉密码再给。"
    case .openDocument: "是 .ods：请另存为 .xlsx。"
    case .binaryWorkbook: "是 .xlsb：请另存为 .xlsx。"
    case .markupFile: "是网页或旧 XML，只是名字像表格：请在表格软件里打开，另存为 .xlsx。"
    case .notATable: "不是表格文件。"
    case .wrongContentType(let type): "里面不是工作簿（\(type)）。"
    case .badArchive(let code): "文件损坏，打不开（\(code)）；请重新导出。"
    case .tooManyParts(let max): "里面的部件超过 \(max) 个，不像表格。"
    case .missingPart(let part): "文件不全，缺 \(part)；请重新导出。"
    case .partTooLarge(let part, let max): "\(part) 解开超过 \(max >> 20) MB，不收。"
    case .partTooDense(let part, let ratio): "\(part) 压缩得超过 \(ratio) 倍，像是有意撑爆内存的文件，不收。"
    case .badMarkup(let part, let line, _): "\(part) 第 \(line) 行不合格式；请重新导出。"
    case .documentTypeRefused(let part): "\(part) 里有不该有的声明，不收。"
    case .tooManySheets(let max): "工作表超过 \(max) 张。"
    case .tooManyStrings(let max): "不同的文字超过 \(max) 条，请分成几个文件。"
    case .tooManyStyles(let max): "样式超过 \(max) 种：请另存为新的 .xlsx。"
    case .noSuchSheet(let name, let available):
      available.isEmpty
        ? "没有工作表“\(ShownText.line(name))”：.csv 文件没有工作表，去掉 --sheet。"
        : "没有工作表“\(ShownText.line(name))”，有 \(available.map(ShownText.line).joined(separator: "、"))。"
    case .badReference(let text): "单元格位置“\(ShownText.line(text))”不对；请重新导出。"
    case .noSuchString: "单元格指向的文字不在文件里；请重新导出。"
    case .cannotWrite(let path): "写不了 \(path)。"
    case .tooManyCells(let columns): "一行的格数超过 \(columns)。"
    case .badSheetName(let name): "工作表名“\(ShownText.line(name))”不能用。"
    }
  }

  static func profile(_ fault: ProfileFault) -> String {
    let place = "\(fault.file) 第 \(fault.line) 行" + (fault.key.isEmpty ? "" : " \(fault.key)")
    switch fault.kind {
    case .yaml: return "\(place)：不是合格的 YAML，请检查缩进和冒号。"
    case .unknownKey(let allowed): return "\(place)：没有这个键，可用 \(allowed.joined(separator: "、"))。"
    case .missingKey: return "\(place)：缺这个键，或与它互斥的键同时写了。"
    case .wrongShape(let wanted): return "\(place)：这里要写 \(wanted)。"
    case .badValue(let text, let allowed): return "\(place)：“\(text)”不行，可用 \(allowed.joined(separator: "、"))。"
    case .empty: return "\(place)：是空的。"
    case .tooMany(let max): return "\(place)：最多 \(max) 个。"
    case .repeated(let text): return "\(place)：“\(text)”重复了。"
    case .saysNothing(let without): return "\(place)：在这里不起作用，因为没有 \(without)；请补上，或删掉这一行。"
    }
  }
}
