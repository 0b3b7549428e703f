// The sentences of zoufangd: what happened, and what to do. Faults carry facts; here they become words.

internal import County
internal import Wire

enum Words {
  /// 2: the content of a file is at fault; 1: everything else.
  static func exitCode(for fault: CountyFault) -> Int32 {
    switch fault {
    case .table, .rows, .list, .profile, .form, .formVersionTaken, .parameters, .overLimit: 2
    default: 1
    }
  }

  static func sentences(for fault: CountyFault) -> [String] {
    switch fault {
    case .directoryTaken(let path): ["\(path) 里已经有东西，没有动它。请换一个空目录；已建好的县直接用 zoufangd serve。"]
    case .noCounty(let path): ["\(path) 里没有县级数据。先用 zoufangd init 建立，或检查目录写对了没有。"]
    case .cannotWrite(let path): ["写不了 \(path)。检查磁盘空间和目录权限。"]
    case .cannotRead(let path): ["读不了 \(path)。检查文件在不在、有没有权限。"]
    case .badConfiguration(let path, let detail): ["\(path) 读不懂：\(detail)。改好后再试。"]
    case .badKey(let path): ["\(path) 不是一把钥匙。请从备份恢复这个文件。"]
    case .badAddress(let text): ["“\(text)”不是 IP 地址，例如 192.0.2.10。"]
    case .badHost(let text): ["“\(text)”不是域名，只能用字母、数字、连字符和点。"]
    case .badScope(let text):
      text.isEmpty
        ? ["没有写范围。用 --scope 写区划代码。"] : ["范围“\(text)”不对：写本县的代码，县 6 位、乡镇 9 位、村 12 位数字。"]
    case .noPlace(let code, let near): [noPlace(code, near)]
    case .notBegun(let from, let today): ["要的日子从 \(from) 开始，今天才 \(today)，还没有可统计的。核对年月；什么都没有写。"]
    case .daysReversed(let from, let to): ["起始日期 \(from) 在截止日期 \(to) 之后。把 --from 和 --to 对调。"]
    case .badDivision(let text): ["县区划代码“\(text)”不对：写 6 位数字，例如 130599。"]
    case .badRole(let text):
      ["没有“\(text)”这个角色。可用 \(roles.map { "\($0)（\(role($0))）" }.joined(separator: "、"))，写英文或中文都行。"]
    case .noLaptop(let text): ["\(role(text))不用电脑，只看网页：用 zoufangd page-user add 开账号。没有发登记码。"]
    case .badPageRole(let text): ["“\(text)”不能看网页。--role 写 county（县民政局）或 auditor（审计）。"]
    case .pageUserTaken(let person): ["\(person) 已有网页账号。忘了密码用 zoufangd page-user reset。"]
    case .noPageUser(let person): ["\(person) 没有网页账号。用 zoufangd page-user list 查看。"]
    case .noPaper(let name, let known): ["没有“\(name)”这张表。有：\(known.joined(separator: "、"))。什么都没有写。"]
    case .filesTaken(let names): [filesTaken(names)]
    case .fileTaken(let path, let isInput):
      [
        isInput
          ? "--rejected 写的 \(path) 就是要导入的名单。换一个新的文件名；什么都没有收。"
          : "\(path) 已经有了，可能是上一次没有收下的行。换一个新的文件名，或先把旧的移走；什么都没有收。"
      ]
    case .noExport(let text, let recent): noExport(text, recent)
    case .badMonth(let text): ["“\(text)”不是月份，写成 2026-11。什么都没有写。"]
    case .noForm(let id, let known): [noForm(id, known)]
    case .noSubmission(let id): [noSubmission(id)]
    case .noFont(let path): [noFont(path)]
    case .exportProfile(let fault): [Words.exportProfile(fault)]
    case .personIsNumber: ["人员编号不要用身份证号：编号写在登记条、记录和日志里，谁都看得到。换一个不会变的，如工号。"]
    case .noHousehold(let text): ["没有“\(text)”这一户。--household 写台账里的户编号；先导入台账，或核对编号。没有发登记码。"]
    case .householdOutside(let text, let division):
      ["“\(text)”在 \(division)，不在 --scope 写的地方。去掉 --scope 就按户所在的村，或把村加上。没有发登记码。"]
    case .noHouseholds: ["社工机构（visitor）只看得到指定的户。用 --household 写台账里的户编号，可写多个。"]
    case .badPerson: ["人员编号和姓名要有内容，不超过 100 字，不含控制字符。"]
    case .badCountyName: ["县名要有内容，不超过 100 字，不含控制字符。什么都没有建立。"]
    case .noSuchDevice(let id): ["没有编号为 \(id) 的在用电脑。用 zoufangd devices 查看。"]
    case .table(let fault): [table(fault)]
    case .rows(let problems): rows(problems)
    case .form(let sentence): ["\(sentence)。没有发布。"]
    case .parameters(let sentence): [sentence + "。什么都没有发布。"]
    case .list(let fault): list(fault)
    case .profile(let fault): [profile(fault)]
    case .noProfiles(let path):
      ["没有读取配置：没有 \(path) 这个目录。把程序带的 seeds/profiles 整个拷成它（cp -r seeds/profiles \(path)），或用 --profiles 指明放 .yaml 的目录。"]
    case .noProfile(let id, let known):
      known.isEmpty
        ? ["没有读取配置。用 --profiles 指定放 .yaml 的目录，或把 seeds/profiles 拷到数据目录里。"]
        : ["没有“\(id)”这个读取配置，或不止一个。写前面的代码，或后面的名称；有："] + known.map { "    " + $0 }
    case .importedAtOnce: ["同时有另一个名单在导入，这个文件一行也没有收。等那一个导完，再导入这个文件。"]
    case .noSuchBatch(let id): ["没有批次 \(id)。用 zoufangd compare 不带批次，看有哪些。"]
    case .badDate(let text): ["“\(text)”不是日期，写成 2026-11-24。"]
    case .badReason: ["理由要写一句话，不超过 500 字，不含控制字符。什么都没有撤回。"]
    case .futureDate(let text, let today):
      ["“\(text)”在今天（\(today)）之后：--as-of 要写名单说的是哪一天的情况，不能晚于今天。核对年月日；什么都没有收。"]
    case .formVersionTaken(let id, let version):
      ["\(id) 的版本“\(version)”已经发布过，内容不同。改了表就换一个版本号。"]
    case .overLimit(let name):
      [
        name == "recordBytes"
          ? "内容太大：一张表、一户或一条记录最多 \(Limits.recordBytes >> 10) KB。请精简后再试，长的选项表可以删减；什么都没有写入。"
          : "内容太多：一条记录超过了限度 \(name)。请拆开后再试；什么都没有写入。"
      ]
    case .journal(let detail): ["县日志写不进去：\(detail)。什么都没有导入；检查磁盘后重试。"]
    case .diskFull(let free, let needed):
      [
        "磁盘满了：" + (free.map { "还剩 \(megabytes($0))" } ?? "写不下")
          + (needed.map { "，这次要 \(megabytes($0))" } ?? "") + "。什么都没有写入；空出磁盘后再做一遍。"
      ]
    case .importUnfinished(let kept, let of, let detail):
      [
        kept < of
          ? "只写进了前 \(kept) 条，共 \(of) 条（\(detail)）。检查磁盘空间后，把同一个文件再导入一遍，会接着补齐，不会重复。"
          : "\(of) 条都已写进县日志，但数据库还没有收下（\(detail)）。检查磁盘空间后，把同一个文件再导入一遍，或重新启动服务端。"
      ]
    case .store(let detail): ["数据库出错：\(detail)。检查磁盘空间后重试；数据不会只写一半。"]
    case .journalBusy: ["另一个导入正在进行。等它结束再试。"]
    case .newerStore(let version): ["数据库是更新的程序建的（第 \(version) 版）。请用新程序。"]
    case .storeDamaged(let path, let detail):
      ["\(path) 损坏，或不是数据库（\(detail)）。停下服务端，从备份恢复这个文件，再执行 zoufangd restored。"]
    case .certificate(let detail): ["证书和密钥用不了，或不是一对（\(detail)）。用 zoufangd certificate 换一张，再启动。"]
    case .badCertificate(let path, let detail):
      ["\(path) 不能用（\(detail)）。server.* 用 zoufangd certificate 换一张；ca.* 要从备份恢复。"]
    case .portTaken(let port): ["端口 \(port) 已被别的程序占用。停掉那个程序，或用 --port 换一个。"]
    case .cannotBind(let address, let port, let isForbidden):
      [
        isForbidden
          ? "没有权限监听端口 \(port)。1024 以下的端口要另外授权，或用 --port 换一个。"
          : "“\(address)”不是本机地址，监听不了。改 county.yaml 里的 listen，或用 --listen。"
      ]
    case .cannotListen(let detail): ["服务端出错，停下了：\(detail)。查看日志后重新启动。"]
    }
  }

  private static func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MB" }

  private static func table(_ fault: TableFault) -> String {
    switch fault {
    case .notUTF8(let line): "第 \(line) 行不是 UTF-8。在表格软件里另存为“CSV UTF-8”再导入。"
    case .openQuote(let line): "第 \(line) 行的双引号没有配对。"
    case .textAfterQuote(let line): "第 \(line) 行双引号后面多了字。"
    case .nulByte(let line): "第 \(line) 行有空字节，文件可能损坏。请重新另存为“CSV UTF-8”再导入。"
    case .tooManyColumns(let line, let max): "第 \(line) 行超过 \(max) 列。删掉多余的列再导入。"
    case .cellTooLong(let line, let bytesMax): "第 \(line) 行有一格超过 \(bytesMax) 字节，多半是双引号没有配对。改好再导入。"
    case .empty: "文件是空的：第一行要有列名。"
    case .noColumn(let name, let anyOf): "缺少一列：\((anyOf + [name]).joined(separator: "、")) 中的一个。"
    case .twoColumns(let name): "有两列都是“\(name)”，留一列。"
    case .tooLarge(let limit): "文件太大（上限 \(limit)）。分成几个文件。"
    }
  }

  /// More problems than this are counted, not listed: they have one cause, most often.
  private static let shownProblems = 30

  private static func rows(_ problems: [RowProblem]) -> [String] {
    var lines = problems.prefix(shownProblems).map { "第 \($0.line) 行 \($0.column)：\(reason($0.reason))" }
    if problems.count > shownProblems { lines.append("……还有 \(problems.count - shownProblems) 处。") }
    return lines + ["一行也没有导入。改好后再导入整个文件。"]
  }

  private static func reason(_ reason: RowProblem.Reason) -> String {
    switch reason {
    case .missing: "空着，必须填"
    case .notADivision: "不是区划代码"
    case .unknownDivision: "区划表里没有这个代码，先导入区划"
    case .notADate: "不是日期，写成 2026-11-24"
    case .notAnIdentityNumber: "身份证号不对，核对 18 位"
    case .notOneOf(let labels):
      labels.isEmpty
        ? "要写代码；写中文名称请用 --codes 给代码表"
        : "不认识，可写 \(labels.prefix(8).joined(separator: "、"))\(labels.count > 8 ? "…" : "")"
    case .contradicts(let line): "与第 \(line) 行矛盾或重复"
    case .tooLong(let limit): "太长，最多 \(limit) 字"
    case .controlCharacter: "里面有看不见的控制字符，删掉重打"
    case .unknownHousehold: "台账里没有这一户，先导入台账"
    case .endsBeforeStart: "早于起始日期，这一行哪天都不在名单上；核对两个日期"
    case .lostDigits: "身份证号被表格软件改成了数字，后几位已经丢了；按文本重新导出"
    case .notUnder(let county): "不在本县 \(county) 之内"
    }
  }

  static let roles = ["cadre", "clerk", "supervisor", "county", "auditor", "visitor"]

  /// The role that is meant, where it is written in Chinese.
  static func roleCode(_ text: String) -> String { roles.first { role($0) == text } ?? text }

  static func role(_ role: String) -> String {
    switch role {
    case "cadre": "村干部"
    case "clerk": "乡镇经办"
    case "supervisor": "乡镇审核"
    case "county": "县民政局"
    case "auditor": "审计"
    case "visitor": "社工机构"
    default: role
    }
  }

  static func parked(_ code: String) -> String {
    switch code {
    case "cannot_open": "打不开：没有用本县的钥匙封装，或内容损坏"
    case "not_a_record": "里面不是一条记录"
    case "not_read": "本版本不读的内容（如附件）"
    case "unknown_type": "本版本不认识的记录种类，升级后重试"
    case "outside_scope": "写到了范围以外：村、户、人或要改的记录不归这台电脑管"
    case "waits": "它要改的记录、或它说到的户和人还没有到；到了会自动入账"
    case "cannot_apply": "程序存不下这一条（别的记录不受影响）；请报告给维护的人"
    case "not_author": "作者不是这台电脑的登记人"
    case "not_allowed": "这个角色不能写这种记录，或不能改、撤这条别人的记录"
    case "id_taken": "同一编号先来了另一份内容"
    default: code
    }
  }

  static func status(_ status: CountyStatus) -> String {
    var lines = [
      "电脑      在用 \(status.devices)，停用 \(status.revokedDevices)",
      "日志      \(status.journals) 本" + (status.forkedJournals > 0 ? "，其中 \(status.forkedJournals) 本在两处写过" : ""),
      "记录      收到 \(status.lines) 条，入账 \(status.records) 条，还没打开 \(status.unopened) 条",
      "最近上传  \(status.lastPush ?? "还没有")",
      "钟不准    \(status.clockWrong) 条（照收，时间不作数）",
      "暂存      \(status.parked.reduce(0) { $0 + $1.count }) 条" + (status.parked.isEmpty ? "" : "，明细见 zoufangd parked"),
    ]
    lines += status.parked.map { "            \($0.count) 条：\(parked($0.code))" }
    lines += [
      "证书      到 \(status.certificateEnds)，到期前自动换", "磁盘      还剩 \(status.freeBytes >> 20) MB",
      "代        第 \(status.epoch) 代",
    ]
    if let lists = status.lists { lines.append("部门数据  \(Words.lists(lists))") }
    if status.holdsRecoveryKey { lines.append("注意：恢复私钥还在数据目录里。拷走两份后用 shred -u 删掉。") }
    return lines.joined(separator: "\n")
  }

  static func slip(_ slip: PaperSlip) -> String {
    """
    ──────────── 走访 登记条 ────────────
    县      \(slip.county)
    姓名    \(slip.name)（\(role(slip.role))）
    范围    \(slip.scopes.joined(separator: " "))\(slip.households.map { "\n户      \($0.number)  \($0.head)  \($0.division)" }.joined())
    地址    \(slip.url)
    登记码  \(SlipCode.printed(code: slip.code, fingerprint: slip.fingerprint))
    指纹    \(PaperSlip.grouped(slip.fingerprint))
    有效到  \(slip.until)，只能用一次

    在自己的电脑上运行 zoufang，选“登记”，照着输入地址和登记码。
    登记码的后 16 位就是指纹的开头，程序自己核对；说对方不是县里的，就不要继续。
    ─────────────────────────────────────
    """
  }
}
