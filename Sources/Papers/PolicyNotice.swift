// 明白纸 (R68): one page a scheme, made of the policy parameters that hold on a day. What nobody has set says 未设定: a leaflet never guesses
// (R67). Where to apply is the programme's own text (三（一）); the papers to bring are the application form's list.

public import Relief
public import Tables

public struct PolicyNotice: Equatable, Sendable {
  public struct Section: Equatable, Sendable {
    public var title: String
    public var lines: [String]
  }

  public enum Scheme: String, CaseIterable, Sendable {
    case lb, tk, by, zcx, monitored, temporary

    public var title: String {
      switch self {
      case .lb: "最低生活保障"
      case .tk: "特困人员救助供养"
      case .by: "低保边缘家庭"
      case .zcx: "支出型困难家庭"
      case .monitored: "防止返贫致贫监测帮扶"
      case .temporary: "临时救助"
      }
    }
  }

  public static let unset = "未设定"

  public var title: String
  public var sections: [Section]

  /// - Parameters:
  ///   - labels: what the papers of an application are called (list `paper`).
  ///   - telephone: 监督电话; nil: nobody said.
  public init(_ scheme: Scheme, _ parameters: PolicyParameters, on day: CivilDate, labels: CodeLabels = CodeLabels(), telephone: String? = nil) {
    let policy = Policy(parameters: parameters, day: day)
    title = scheme.title + "明白纸"
    let papers = labels.codes(in: "paper").filter { $0 != "other" }.compactMap { labels.label($0, in: "paper") }
    sections = [
      Section(title: "谁能申请", lines: policy.who(scheme)), Section(title: "标准", lines: policy.standard(scheme)),
      Section(
        title: "去哪申请",
        lines: [
          scheme == .temporary ? "急难发生地或户籍地的乡镇社会救助服务窗口" : "户籍所在乡镇社会救助服务窗口", "政务服务“一门受理”窗口",
          "村（社区）党群服务中心、社区工作站可以代为提出申请",
        ]),
      Section(title: "材料", lines: papers.isEmpty ? [Self.unset] : papers), Section(title: "多长时间", lines: policy.time(scheme)),
      Section(title: "监督电话", lines: [telephone.flatMap { $0.isEmpty ? nil : $0 } ?? Self.unset]),
      Section(title: "依据", lines: [policy.said(.policyBasis)]),
    ]
  }

  /// For a printer or a loudspeaker.
  public var text: String {
    title + "\n" + sections.map { "\n\($0.title)\n" + $0.lines.map { "  \($0)\n" }.joined() }.joined()
  }

  public var sheet: Sheet {
    let rows = sections.flatMap { section in
      section.lines.enumerated().map { [TableValue.of($0.offset == 0 ? section.title : nil), .text($0.element)] }
    }
    return Sheet(SheetHead(name: title, title: title, columns: [TableColumn("项目", width: 14), TableColumn("内容", width: 90)]), rows: rows)
  }
}

/// The parameters of a day, as people read them.
private struct Policy {
  let parameters: PolicyParameters
  let day: CivilDate

  func said(_ parameter: PolicyParameter) -> String {
    let state = parameters.state(of: parameter, on: day)
    guard let value = state.value else { return PolicyNotice.unset }
    switch value {
    case .standard: return state.text.replacing("/month", with: "").replacing("/year", with: "") + (state.text.hasSuffix("/year") ? " 元/人·年" : " 元/人·月")
    case .comparator: return state.text == "within" ? "不超过" : "低于"
    case .count, .money: return state.text + " " + state.parameter.definition.unit
    default: return state.text
    }
  }

  func who(_ scheme: PolicyNotice.Scheme) -> [String] {
    switch scheme {
    case .lb: ["共同生活的家庭成员人均收入低于当地低保标准", "家庭财产条件：\(said(.propertyLimitsLb))", "低保边缘家庭中的重残人员、重病患者可以单人申请"]
    case .tk:
      [
        "满 \(said(.tkOldAge)) 的老年人、残疾人、未满 \(said(.tkMinorAge)) 的未成年人，无劳动能力、无生活来源，且没有法定义务人或义务人无履行能力",
        "财产条件：\(said(.propertyLimitsTk))",
      ]
    case .by: ["不符合低保、特困条件，人均收入低于当地低保标准的 \(said(.byMultiplier)) 倍", "家庭财产条件：\(said(.propertyLimitsBy))"]
    case .zcx:
      ["人均收入上限：\(said(.zcxIncomeLimit))", "刚性支出占收入至少：\(said(.zcxRatio))", "家庭财产条件：\(said(.propertyLimitsZcx))"]
    case .monitored: ["年人均纯收入\(said(.fpComparator)) \(said(.fpLine))，有返贫或致贫风险的农村家庭", "突发严重困难户由乡村振兴部门认定"]
    case .temporary:
      ["遭遇突发性、紧迫性、灾难性困难，靠自身和家庭无力解决，其他社会救助制度暂时无法覆盖或救助之后生活仍有困难的家庭和个人", "不限户籍"]
    }
  }

  func standard(_ scheme: PolicyNotice.Scheme) -> [String] {
    switch scheme {
    case .lb: ["农村：\(said(.lbStandardRural))", "城镇：\(said(.lbStandardUrban))"]
    // No parameter holds it: the register does not compute with it.
    case .tk: [PolicyNotice.unset]
    case .by: [said(.byMeasures)]
    case .zcx: [said(.zcxMeasures)]
    case .monitored: ["识别后 \(said(.measureMonths)) 内有帮扶措施"]
    case .temporary: ["金额：\(said(.temporaryAmounts))", "先行救助单次不超过：\(said(.firstAidCeiling))"]
    }
  }

  func time(_ scheme: PolicyNotice.Scheme) -> [String] {
    switch scheme {
    case .lb: ["自受理起 \(said(.wholeWorkdaysLb))，特殊情况 \(said(.wholeWorkdaysLbExtended))", "其中公示 \(said(.publicityDaysLb))"]
    case .tk: ["乡镇调查和初审 \(said(.townWorkdaysTk))，公示 \(said(.publicityDaysTk))，县级确认 \(said(.confirmWorkdaysTk))"]
    case .by: ["自受理起 \(said(.wholeWorkdaysBy))，其中公示 \(said(.publicityDaysBy))"]
    case .zcx: ["自受理起 \(said(.wholeWorkdaysZcx))，其中公示 \(said(.publicityDaysZcx))"]
    case .monitored: ["识别全程 \(said(.identifyDays))，其中评议公示 \(said(.publicityDaysMonitoring))"]
    case .temporary: ["自受理起 \(said(.wholeWorkdaysTemporary))；急难的先行救助，\(said(.firstAidSupplementWorkdays))内补齐手续"]
    }
  }
}
