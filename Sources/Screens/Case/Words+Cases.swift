// Words+Cases: cases, their steps and clocks, what the desk refuses, the ledgers.

import Relief

extension Words {
  enum Cases {
    static let title = "办理"
    static let nothing = "还没有办理记录"
    static let steps = "可以办的："
    static let noStep = "您的岗位现在没有可以办的"
    static let openTitle = "未了事项："
    /// Before a line that Enter opens a form of.
    static let opens = ">"
    static let notRegistered = "未建档"
    static let noReceipt = "没有回执"
    static let emptyLedger = "没有"
    static let ledgerChoice = "0预警 1待办 2转办 3备用 4红 5慈善 6久未访 7分类 8专班 9重号"
    static let neverMet = "从未走访"

    static func track(_ track: CaseTrack) -> String {
      switch track {
      case .lowIncome: "低保"
      case .destitute: "特困"
      case .edge: "低保边缘"
      case .unstable: "脱贫不稳定户"
      case .atRisk: "边缘易致贫户"
      case .sudden: "突发严重困难户"
      case .spending: "支出型困难"
      case .other: "其他低收入"
      case .temporary: "临时救助"
      default: track.rawValue
      }
    }

    static func standing(_ one: Case, _ state: CaseState) -> String {
      let track = one.key.track.map { Self.track($0) + "：" } ?? ""
      let since = one.since.map { "（\($0) 起）" } ?? ""
      return track + state.term + since
    }

    static func deadline(_ row: AgeingRow, on today: CivilDate?) -> String {
      let late = today.map { row.deadline.overdueDays(on: $0) } ?? 0
      let due = row.deadline.due?.description ?? missing(row.deadline)
      return "\(ageing(row.kind)) \(due)" + (late > 0 ? " 逾期 \(late) 天" : "") + (row.deadline.isExact ? "" : "（节假日未设定）")
    }

    static func missing(_ deadline: Deadline) -> String { deadline.missing == .unset ? "时限未设定" : "起点不明" }
    static func overdue(_ days: Int) -> String { days == 0 ? "" : "逾期 \(days) 天" }
    static func late(_ late: Int, of all: Int) -> String { late == 0 ? "共 \(all)" : "逾期 \(late)  共 \(all)" }

    static func ageing(_ kind: AgeingKind) -> String {
      switch kind {
      case .inclusion: "办结"
      case .clue: "研判"
      case .survey: "入户调查"
      case .town: "乡镇初审"
      case .check: "核查"
      case .notify: "书面告知"
      case .publicity: "公示期满"
      case .confirm: "县级确认"
      case .supplement: "补充说明"
      case .referral: "转办回复"
      case .recheck: "定期核查"
      case .taper: "渐退期满"
      case .measure: "落实帮扶"
      case .revisit: "清零回访"
      case .unsettled: "清零后未了结"
      }
    }

    static func step(_ track: CaseTrack?, from: CaseState?, to: CaseState, isProposal: Bool) -> String {
      let what = track.map { Self.track($0) + "：" } ?? ""
      let start = from.map { $0.term + " -> " } ?? ""
      // A case that begins in 救助 is one that was helped before anybody kept this register.
      let isCaughtUp = from == nil && to == .helped
      return what + start + to.term + (isCaughtUp ? "（补录早已在享受的）" : "") + (isProposal ? "（提出建议）" : "")
    }

    static func proposal(_ to: CaseState, by name: String, reason: String?) -> String {
      "\(name) 建议：\(to.term)" + (reason.map { "，" + $0 } ?? "")
    }

    static func contested(_ states: [CaseState]) -> String {
      "两处办理不一致：" + states.map(\.term).joined(separator: "、") + "，请核对"
    }

    static func open(risks: Int, referrals: Int, supplements: Int) -> String {
      let parts = [(risks, "风险点"), (referrals, "转办单"), (supplements, "补充说明")].filter { $0.0 > 0 }
      return "未了：" + parts.map { "\($0.1) \($0.0)" }.joined(separator: "  ")
    }

    static func openRisk(_ kind: String?, person: String?, found: String?) -> String {
      "风险点：" + [kind, person, found.map { $0 + " 发现" }].compactMap { $0 }.joined(separator: "  ")
    }

    static func openSlip(_ slip: Referral) -> String {
      let state =
        switch slip.stage {
        case .sent: noReceipt
        case .received: "已接收，等答复"
        case .sentBack: "被退回"
        case .answered: ""
        }
      let parts = [slip.number, slip.need.map(need), slip.department.map(department), slip.date?.description, state]
      return "转办单：" + parts.compactMap { $0 }.joined(separator: "  ")
    }

    static func openEmergency(_ kind: String?, date: String?, owesSupplement: Bool, awaitsCounty: Bool) -> String {
      let parts = [kind, date, owesSupplement ? "欠补充说明" : nil, awaitsCounty ? "等县级协调" : nil]
      return "急难：" + parts.compactMap { $0 }.joined(separator: "  ")
    }

    static func toNotify(_ date: String?) -> String { "不予确认还没有书面告知" + (date.map { "（\($0) 申请）" } ?? "") }

    static func ledger(_ ledger: Ledger) -> String {
      switch ledger {
      case .warnings: "预警台账"
      case .waiting: "待办台账"
      case .referrals: "转办催办"
      case .reserve: "备用金台账"
      case .red: "红色待知悉、待县级协调"
      case .needs: "慈善需求（不含个人信息）"
      case .stale: "久未走访"
      case .groups: "分类统计"
      case .team: "专班人员"
      case .clashes: "重号重户"
      case .judging: "预警待研判"
      case .checking: "预警在村核查"
      case .closing: "预警待结案"
      case .confirming: "待审核确认"
      case .clearing: "清零待批"
      case .late: "逾期事项"
      case .uncovered: "应纳入监测而未纳入"
      case .unset: "未设定的政策参数"
      case .forms: "已发布的表"
      case .lists: "部门数据应更新"
      case .devices: Devices.title
      }
    }

    static func columns(_ ledger: Ledger) -> [String] {
      switch ledger {
      case .warnings, .judging, .checking, .closing: ["级别状态", "户主、村", "预警", "限期", "逾期"]
      case .waiting, .late: ["事项", "户主、村", "类别", "限期", "逾期"]
      case .referrals: ["单号", "户主", "部门", "限期", "情况"]
      case .reserve: ["日期", "户主", "收支", "金额（元）", "结余（元）"]
      case .red: ["时间", "户主", "记录", "登记人", "情况"]
      case .needs: ["序号", "乡镇", "需求", "紧急", "家庭"]
      case .stale: ["上次走访", "户主", "村", "组", "天数"]
      case .groups: ["类别", "户数", "人数", "农村户", "城市户"]
      case .team: ["职务", "姓名", "单位", "电话", "起"]
      case .clashes: ["问题", "户主", "成员", "证号", "村"]
      case .confirming, .clearing: ["到哪一步", "户主、村", "类别", "何时到的", "逾期"]
      case .uncovered: ["村", "户主", "原因", "村组", ""]
      case .unset: ["意思", "单位", "情况", "", "名称"]
      case .forms: ["启用", "情况", "表", "版本", "编号"]
      case .lists: ["名单", "部门", "上次数据", "应更新", "逾期"]
      case .devices: ["情况", "姓名", "范围", "岗位", "最近记录"]
      }
    }

    static func awaitsCounty(_ reason: String?) -> String { "等县级协调" + (reason.map { "：" + $0 } ?? "") }

    static let needsFile = "慈善需求"
    static let needsKeyFile = "慈善需求对照表-不外传"
    static let needsColumns = ["序号", "乡镇", "需求", "紧急", "困难类型", "困难程度", "家庭"]
    static let needsKeyColumns = ["序号", "户主", "村组", "需求", "说明"]

    static func clash(_ kind: PersonClash.Kind) -> String {
      switch kind {
      case .sameNumber: "证号相同"
      case .severalHouseholds: "一人记在两户"
      }
    }

    static func days(_ days: Int) -> String { "\(days) 天" }

    static func group(_ group: ReliefGroup) -> String {
      switch group {
      case .lowIncome: "低保对象"
      case .destitute: "特困人员"
      case .edge: "低保边缘"
      case .monitored: "易返贫致贫"
      case .spending: "支出型困难"
      case .other: "其他低收入"
      }
    }

    static func red(_ stage: RedMatter.Stage) -> String {
      switch stage {
      case .acknowledged: "已知悉"
      case .waiting: "待知悉"
      case .county: "逾时，已转县里"
      case .unset: "待知悉（时限未设定）"
      }
    }

    static func lowered(_ stage: String) -> String { "已改为不紧急；\(stage)" }

    static func withdrawn(_ stage: String, reason: String?) -> String { "已撤回" + (reason.map { "（\($0)）" } ?? "") + "；\(stage)" }

    static func reserve(_ kind: ReserveLedger.Line.Kind) -> String {
      switch kind {
      case .allocation: "拨入"
      case .takenBack: "收回"
      case .payout: "支出"
      }
    }

    static func recordKind(_ type: RecordType) -> String {
      switch type {
      case .visit, .amendment: "走访"
      case .emergency: "急难"
      case .capture: "快速登记"
      default: type.rawValue
      }
    }

    static func need(_ code: String) -> String {
      [
        "living": "基本生活", "medical": "医疗", "education": "教育", "housing": "住房", "employment": "就业", "industry": "产业", "care": "照料护理",
        "rehabilitation": "康复辅具", "psychology": "心理社工", "legal": "法律援助", "temporary": "临时救助", "water": "饮水", "other": "其他",
      ][code] ?? code
    }

    static func family(size: String?, withChildren: Bool) -> String {
      [size.map { $0 + "人" }, withChildren ? "有儿童" : nil].compactMap { $0 }.joined(separator: " ")
    }

    static func department(_ code: String) -> String {
      [
        "medical_insurance": "医保局", "health": "卫健局", "education": "教育局", "housing": "住建局", "labour": "人社局", "disabled": "残联",
        "emergency": "应急局", "rural": "农业农村局", "civil_affairs": "民政局", "women": "妇联", "veterans": "退役军人局", "justice": "司法局",
        "union": "工会", "charity": "慈善组织", "water": "水利局", "town": "本乡镇", "police": "公安局", "own": "本县热线等", "other": "其他",
      ][code] ?? code
    }

    static func role(_ role: Role) -> String {
      switch role {
      case .cadre: "村干部"
      case .clerk: "乡镇经办"
      case .supervisor: "乡镇审核"
      case .county: "县民政局"
      case .visitor: "社工机构"
      default: role.rawValue
      }
    }
  }
}

extension CaseRefusal {
  /// Why a step is refused, and what to do.
  var sentence: String {
    switch self {
    case .notFrom: "这一户已不在这一步：请返回重看"
    case .skipNeedsReason: "跳过中间步骤要写理由"
    case .noSuchStep(_, let to): "不能直接到\(to.term)：请先办中间的步骤"
    case .roleMayNot(_, let allowed): "要由\(allowed.map(Words.Cases.role).joined(separator: "、"))办"
    case .needsTrack: "请写明办理事项"
    case .needsDate: "请写明办理日期"
    case .dateBefore(let date): "早于上一步（\(date)）：请改日期"
    case .needsBasis: "没有依据：请先走访或登记"
    case .needsVisit: "没有新的入户走访：请先走访"
    case .needsApplication(let track): "没有\(Words.Cases.track(track))申请：请先受理申请"
    case .needsEmergency: "没有急难登记：请先登记"
    case .needsReason: "请写明理由"
    case .needsVotes: "请填民主评议人数和票数"
    case .votesImpossible: "评议人数对不上：请核对"
    case .quorumMissed(_, _, let isPresence): isPresence ? "到会人数不够：请重新评议" : "同意票数不够：不能通过"
    case .needsPublicityDates: "请填公示开始日期"
    case .publicityRunning(let last): "公示到 \(last)：期满再办"
    case .publicityEndUnknown: "公示天数未设定：请填公示结束日期"
    case .needsObjectionAnswer: "请写有没有异议，没有写 无"
    case .objection: "公示有异议：请调查后重新公示"
    case .needsSupplement: "先行救助还没有补充说明：请先补"
    case .needsDecider: "由乡村振兴部门认定：请写认定单位"
    case .openRisks(let risks): "还有 \(risks.count) 个风险点没有消除"
    case .openReferrals(let slips): "还有 \(slips.count) 张转办单没有办结"
    case .openSupplements: "还有补充说明没有补"
    case .notSecured: "三保障或饮水有一项没有保障"
    case .securedUnknown: "三保障和饮水有的不清楚：请先走访"
    case .notStable(_, let needed): "收入稳定不满 \(needed) 个月：再监测"
    case .noLabour: "整户无劳动力：不标注风险消除"
    case .labourUnknown: "劳动力情况不清楚：请先走访"
    case .unset: "县里没有设定这个时限：请联系县里"
    }
  }
}

extension EmergencyProblem {
  var sentence: String {
    switch self {
    case .missing: "有必填的没有填：请补上"
    case .afterReport: "发生日期晚于今天：请改日期"
    case .confirmationOpen: "两项确认有的不清楚：可以先存，请补问"
    case .confirmationDenied: "两项确认有一项是否：请核对"
    case .needsAmount: "请填先行救助金额"
    case .needsFirstAidDate: "请填先行救助日期"
    case .aboveCeiling(_, let ceiling): "超过上限 \(ceiling.yuan) 元：需报县级"
    case .ceilingUnset: "先行救助上限未设定：请联系县里"
    case .unset: "补充说明时限未设定：请联系县里"
    case .needsEscalationReason: "请写明提请县级的理由"
    }
  }
}
