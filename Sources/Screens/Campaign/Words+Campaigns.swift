// The words of campaigns (专项排查).

import Relief

extension Words {
  enum Campaigns {
    static let title = "专项排查"
    static let planning = "新专项"
    static let ending = "结束专项"
    static let endReason = "结束的原因："
    static let endingNote = "不再有下一轮，也不再生成名单；已在名单上的留到截止日"
    static let giving = "指派名单"
    static let cadre = "走访人"
    static let nobodys = "不指定"
    static let typedName = "另外输入姓名"
    static let nameLabel = "姓名："
    static let columns = ["专项", "状态", "日期", "已访/应访", "进度", "待排"]
    static let figures = ["应走访", "已走访", "未遇", "未访", "发现", "落后"]
    static let shortFigures = ["应访", "已访", "未遇", "未访", "发现", "落后"]
    static let listDue = "待排名单"

    static func state(_ state: CampaignState) -> String {
      switch state {
      case .planned: "未开始"
      case .running: "进行中"
      case .between: "等下轮"
      case .over: "已到期"
      case .ended: "已结束"
      case .withdrawn: "已撤销"
      }
    }

    static func due(_ count: Int) -> String { "\(count) 村" }
    static func villageCount(_ count: Int) -> String { "\(count) 个村" }

    /// 11-01至11-20
    static func shortDays(_ round: CampaignRound) -> String { "\(round.from.description.dropFirst(5))至\(round.to.description.dropFirst(5))" }

    static func schedule(_ months: Int?) -> String {
      switch months {
      case nil: "不重复"
      case 1: "每月一次"
      case 3: "每季一次"
      case 12: "每年一次"
      case .some(let months): "每 \(months) 个月一次"
      }
    }

    static func shortCells(_ figures: CampaignFigures) -> [Int] {
      [figures.planned, figures.visited, figures.notMet, figures.unvisited, figures.found, figures.behind]
    }

    static func cells(_ figures: CampaignFigures) -> [String] { shortCells(figures).map { String($0) } }

    static func summary(_ progress: CampaignProgress) -> String {
      let all = progress.all
      return "合计 应走访 \(all.planned) 已走访 \(all.visited) 未遇 \(all.notMet) 未访 \(all.unvisited) 发现 \(all.found) 落后 \(all.behind)"
    }

    /// What is planned, in two lines; a third one where it was ended or two people changed it.
    static func plan(_ campaign: Campaign, _ round: CampaignRound, on day: CivilDate?) -> [String] {
      let left = day.map { day in
        day < round.from ? "，\(round.from.dayNumber - day.dayNumber) 天后开始" : round.contains(day) ? "，剩 \(round.daysLeft(on: day)) 天" : "，已到期"
      }
      let number = campaign.everyMonths == nil ? "" : "第 \(round.number) 轮 "
      var lines = [
        "\(number)\(round.from) 至 \(round.to)\(left ?? "")；\(schedule(campaign.everyMonths))；\(campaign.planner.name) 安排",
        "对象：" + Sweep.reasons(campaign.kinds),
      ]
      if let ended = campaign.ended { lines.append("\(ended) 结束：\(campaign.endReason ?? "")") }
      if !campaign.contested.isEmpty { lines.append("两人改得不一样：\(campaign.contested.map(property).joined(separator: "、"))；请再定一次") }
      return lines
    }

    private static func property(_ name: String) -> String {
      switch name {
      case "name": "名称"
      case "from": "起始日期"
      case "to": "截止日期"
      case "kinds": "对象"
      case "villages": "村"
      case "every_months": "周期"
      case "ended": "结束日期"
      case "reason": "结束原因"
      default: name
      }
    }

    static func label(_ row: CampaignPlanScreen.Row, _ workspace: Workspace?) -> String {
      func name(_ division: Division) -> String { workspace?.register.name(of: division) ?? division.code }
      return switch row {
      case .name: "名称"
      case .from: "起始日期"
      case .to: "截止日期"
      case .schedule: "周期"
      case .kind(let kind): "对象：" + Sweep.reason(kind)
      case .township(let township): "乡镇：" + name(township)
      case .village(let village): "村：" + name(village)
      }
    }

    static func problem(_ problem: CampaignProblem) -> String {
      switch problem {
      case .noName: "没有名称：请先写个名称"
      case .nameTaken: "名称已经用了：请换一个"
      case .daysReversed: "截止在起始之前：请改日期"
      case .isOver: "截止日期已经过了：请改日期"
      case .overlapsNext(let months): "超过 \(months) 个月：请缩短或改周期"
      case .noKinds: "没有选对象：请至少选一类"
      case .noPlaces: "没有选村：请至少选一个村"
      case .tooWide: "跨了您的范围：请一个乡镇排一次"
      }
    }

    static func refusal(_ refusal: CampaignRefusal) -> String {
      switch refusal {
      case .notYours: "不归您定：请找安排它的单位"
      case .notRunning: "今天不在期内：到了日子再排名单"
      case .nothingToList: "名单都排好了：没有要加的"
      case .isOver: "已经结束：请另排一个专项"
      }
    }
  }
}
