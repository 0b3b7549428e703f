// Words+Evening: what the evening says: the list, what was noticed, what stands in the way of a word.

import Relief

extension Words {
  enum Evening {
    static let title = "审核"
    static let columns = ["序号", "村", "户主", "残劳病急", "结论", "紧急", "走访人", "完成", "审核"]
    static let notMet = "未遇"
    static let withCounty = "已转县里"
    static let acknowledged = "已知悉"
    static let waitsForYou = "待知悉"
    static let answersReturn = "退回已改"
    static let firstVisit = "第一次走访，没有上次可比；这次的内容："
    static func members(_ count: Int, residents: String?) -> String {
      "家庭成员数：\(count)人" + (residents.map { "，常住\($0)人" } ?? "")
    }
    static func needs(_ needs: [String]) -> String { "需要什么：" + needs.joined(separator: "、") }
    static func urgency(_ urgency: String) -> String { "紧急程度：" + urgency }
    static let nothing = "（空）"
    static let hiddenChanged = "（遮住的变了）"
    static let all = "合计"
    static let totalsTitle = "走访汇总"
    static let totalsColumns = ["村、走访人", "应走访", "已走访", "未遇", "拒访", "发现", "拟纳入", "急难", "转办", "清零"]

    static let deputyTitle = "代理审核"
    static let deputyName = "姓名"
    static let deputyState = "岗位、代理日期"
    static let deputyDays = "从今天起代理几天："
    static let deputyEnded = "代理结束"
    static func standsIn(_ from: CivilDate, _ to: CivilDate) -> String { "\(from) 至 \(to) 代您审核（Enter 结束）" }

    /// - Parameter besides: red records that are no row of the list; the ledger has them.
    static func summary(red: Int, besides: Int, reviewed: Int, of all: Int) -> String {
      (red > 0 ? "红 \(red)  " : "") + (besides > 0 ? "台账红 \(besides)  " : "") + "已审 \(reviewed)/\(all)"
    }

    static func flags(_ count: Int) -> String { "存疑 \(count)" }
    static func answered(_ reason: String) -> String { "答复退回：" + reason }
    static func footing(_ count: Int) -> String { "共 \(count) 户  审核人签字：              日期：" }
    static func comparison(_ date: String, _ count: Int) -> String {
      count == 0 ? "与上次（\(date)）相比没有变化" : "与上次（\(date)）相比变化 \(count) 处"
    }

    static func acts(isRed: Bool) -> String {
      "1 通过  2 退回  3 复访  4 上报  5 交县" + (isRed ? "  6 知悉" : "") + "  7 看全文"
    }

    static let commentHint = "光标停在哪一项，退回的意见就写给哪一项"

    /// `about`: the question the reason is about; empty where it is about the visit.
    static func reason(_ act: ReviewScreen.Act, about: String) -> String {
      let asked =
        switch act {
        case .giveBack: "退回的理由"
        case .revisit: "为什么要复访"
        case .escalate: "上报的理由"
        default: "交县的理由"
        }
      return asked + (about.isEmpty ? "" : "（\(about)）") + "："
    }

    static func happened(_ kind: String, on date: String, _ detail: String) -> String {
      ["急难：" + kind, date, detail].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    static func corrected(_ count: Int) -> String { count == 0 ? "这次更正什么也没有改" : "这次更正改了 \(count) 处：" }
    static func amended(_ reason: String) -> String { "更正：" + reason }

    static func red(_ stage: RedMatter.Stage) -> String {
      switch stage {
      case .acknowledged(let author, let wall): "红色：\(author.name) \(wall.dropFirst(5).prefix(11).replacing("T", with: " ")) 已知悉"
      case .waiting: "红色：请先按 6 知悉；逾时自动转县里"
      case .county: "红色：逾时没有人知悉，已转县里"
      case .unset: "红色：请先按 6 知悉（知悉时限未设定）"
      }
    }
  }

  /// Names of properties that no question of the form saves, and of values without a list.
  enum Facts {
    static func yuan(_ text: String) -> String { text + " 元" }

    static func value(_ code: String) -> String {
      switch code {
      case "yes": "是"
      case "no": "否"
      case "unknown": "不清楚"
      default: code
      }
    }

    /// 整户劳动力: reckoned from the members, so no question has these words.
    static func labour(_ code: String) -> String { ["normal": "有劳动力", "weak": "只有弱劳动力", "none": "无劳动力"][code] ?? code }

    static func isNamed(_ property: String) -> Bool { known[property] != nil }

    static func property(_ name: String) -> String {
      known[name] ?? name
    }

    private static let known = [
      "phone": "联系电话", "head_name": "户主", "head_id_number": "户主证件号码", "residents": "常住人数", "schemes": "享受政策", "id_kind": "证件类型",
      "health": "健康状况", "disability_certificate": "残疾证号", "labour_household": "整户劳动力", "interviewee": "受访人", "urgency": "紧急程度",
      "amount_fen": "金额", "loss_fen": "损失", "illness_out_of_pocket_fen": "自付医疗费", "section": "哪一项", "kind": "种类", "household": "户",
      "person": "人", "birth": "出生日期", "sex": "性别", "membership": "是否仍是成员", "division": "村", "hardship_kinds": "困难类型",
      "hardship_level": "困难程度", "category": "低收入类别", "entered": "已录入省系统",
    ]
  }
}

extension VisitFlag {
  /// What was noticed: where to look, no verdict.
  var sentence: String {
    switch self {
    case .missing(let fields): "有 \(fields.count) 项必填的没有填"
    case .contradictory(let what): what.sentence
    case .implausible(let what): what.sentence
    case .copied(_, _, let isWhole): isWhole ? "与另一户的记录完全一样" : "原话与另一户一字不差"
    case .sameAsLastYear: "与去年那次走访一字不差"
    case .tooFast(let seconds, let secondsMin): "填得太快：只用了 \(seconds) 秒，少于 \(secondsMin) 秒"
    case .overlaps: "同一个人同一时间走访了两户"
    case .noChange(let since): "从 \(since) 起每次都没有变化"
    case .noLongerRed: "原来是红色，无人知悉就改掉了"
    case .contested: "有两份更正互不一致"
    case .quality(let code): Words.Quality.sentence(code)
    }
  }
}

extension VisitFlag.Contradiction {
  var sentence: String {
    switch self {
    case .disabilityWithoutPerson: "写了有残疾人，成员里没有"
    case .personWithoutDisability: "成员里有残疾人，四项写没有"
    case .illnessWithoutPerson: "写了有病人，成员里没有"
    case .personWithoutIllness: "成员里有病人，四项写没有"
    case .emergencyWithoutResult: "有急难，结论却是未发现困难"
    case .resultWithoutEmergency: "结论是急难，四项里没有急难"
    case .urgentWithoutResult: "紧急程度高，结论却是未发现困难"
    case .healthyAndIll: "健康状况自相矛盾"
    case .labourWithoutNeed: "写整户无劳动力，成员里有劳动力"
    case .notMetWithResult: "没有见到人，却有结论"
    }
  }
}

extension VisitFlag.Implausibility {
  var sentence: String {
    switch self {
    case .visitInFuture: "走访日期晚于完成时间"
    case .endsBeforeItStarts: "结束时间早于开始时间"
    case .typedLate: "走访后过了很久才录入"
    case .nextVisitBefore: "下次走访早于这次"
    case .amount: "金额大得不合常理"
    case .residents: "常住人数多于成员人数"
    }
  }
}

extension ReviewRefusal {
  var sentence: String {
    switch self {
    case .mayNotReview: "您不能审核：请审核人或代理人来"
    case .ownVisit: "自己的走访请别人审核"
    case .notStanding: "这份记录已更正或撤回：请刷新"
    case .needsReason: "请写明理由，或按 Esc 返回"
    case .notAcknowledged: "红色的请先打开，按 6 知悉"
    case .redInBatch: "红色的不能整批通过：请逐户看"
    case .notClean: "有存疑：请打开看过再通过"
    }
  }
}
