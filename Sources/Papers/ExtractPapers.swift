// What others get (P10): 公示, 部门转办, 慈善, 督查. The fields are fixed here, and fewer than the recipient might like: no number, telephone,
// account, illness, disability or birth, and no text that somebody typed, because anything may stand in one. `ExtractTests` looks for
// every secret of a household in the bytes of each.

internal import Relief
internal import Tables

extension Paper {
  /// 公示: name, family size, amount. What was granted in the days, and what is put up now.
  static let publicNotice = Paper("extract-public", "公示名单", .extract) { context in
    typealias Line = (key: (String, String), row: [TableValue])
    func line(_ household: String, person: String?, kind: String, size: Int, amount: TableValue, period: TableValue) -> Line {
      let home = context.home(household)
      let name = person.map { context.publicName($0) } ?? context.publicHead(household)
      let row: [TableValue] = [
        context.townshipName(home.village), context.villageName(home.village), name, .of(size), context.label(kind, "category"), amount,
        period,
      ]
      return ((home.village?.code ?? "~", household), row)
    }
    let granted = context.granted(nil) { context.days.contains(context.day($0, "from")) }.map { row in
      line(
        row.household, person: row.person, kind: row.entity.value("kind") ?? "", size: context.size(row),
        amount: .of(fen: row.entity.value("amount_fen")), period: context.period(row))
    }
    let published = context.register.householdsWithCases(in: context.division).flatMap { household in
      context.register.cases(of: household).filter { $0.state == .publicity }.compactMap { one -> Line? in
        guard let track = one.key.track, track != .temporary else { return nil }
        let size = one.key.person == nil ? context.home(household).members : 1
        return line(household, person: one.key.person, kind: track.rawValue, size: size, amount: .empty, period: .text("拟纳入"))
      }
    }
    return [
      context.sheet(
        "公示名单",
        [.township, .village, TableColumn("姓名", width: 10), .size, .text("类别"), TableColumn("金额（元）"), TableColumn("周期", width: 10)],
        rows: (granted + published).sorted { $0.key < $1.key }.map(\.row))
    ]
  }

  /// 部门转办: each department gets its own open slips, and finds the household by its village and name.
  static let departmentSlips = Paper("extract-departments", "部门转办", .extract) { context in
    let open = context.register.referrals(in: context.division).filter { slip in
      slip.isOpen && (slip.date.map { $0 <= context.days.to } ?? true)
    }
    return Dictionary(grouping: open) { $0.department ?? "other" }.sorted { $0.key < $1.key }.map { department, slips in
      let rows = slips.sorted { ($0.date?.dayNumber ?? .min, $0.id) < ($1.date?.dayNumber ?? .min, $1.id) }.map { slip -> [TableValue] in
        let home = context.home(slip.household)
        let person = slip.entity.value("person")
        let deadline = slip.deadline(context.rules)
        return [
          .of(slip.number), context.townshipName(home.village ?? slip.division), context.villageName(home.village),
          person.map { context.publicName($0) } ?? context.publicHead(slip.household), context.label(slip.need, "need"), .of(slip.date),
          deadline.due.map { .of($0) } ?? .empty, .empty, .empty, .empty,
        ]
      }
      // A name of a department comes from a list that others may change; what a sheet's name may not hold is left out.
      let name = String(
        (context.labels.label(department, in: "department") ?? department).filter { !"[]:*?/\\'".contains($0) }.prefix(20))
      return context.sheet(
        "转办单（\(name)）",
        [
          TableColumn("单号", width: 16), .township, .village, TableColumn("姓名", width: 10), TableColumn("需求", width: 12), .day("转出日期"),
          .day("限期"),
          .day("接收日期"), .text("办理结果"), .day("反馈日期"),
        ], rows: rows)
    }
  }

  /// 慈善: needs without anybody's identity (R60).
  static let charityNeeds = Paper("extract-charity", "慈善对接需求", .extract) { context in
    var random = SeededNumbers(seed: context.seed)
    let needs = context.register.charityNeeds(in: context.division, on: context.days.to, using: &random)
    let rows = needs.rows.map { row -> [TableValue] in
      let size: String? =
        switch row.size {
        case "1": "1 人"
        case "2-3": "2 至 3 人"
        case "4+": "4 人及以上"
        default: nil
        }
      return [
        context.townshipName(Division(row.township)), context.label(row.need, "need"), context.label(row.urgency, "urgency"),
        .of(context.labels.labels(row.hardship, in: "hardship")), context.label(row.level, "urgency"), .of(size),
        .text(row.withChildren ? "有" : ""),
      ]
    }
    return [
      context.sheet(
        "慈善对接需求",
        [.township, .text("需求"), .text("紧急程度"), .text("困难类型"), .text("困难程度"), TableColumn("家庭人口", width: 14), TableColumn("有儿童")],
        rows: rows)
    ]
  }

  /// 督查: what is late, with masked names; the figures themselves are 督促调度表.
  static let inspection = Paper("extract-inspection", "督查清单", .extract) { context in
    let day = context.asOf
    typealias Line = (late: Int, key: String, row: [TableValue])
    func line(_ household: String?, _ place: Division?, _ matter: String, _ due: CivilDate?) -> Line {
      let home = context.home(household)
      let village = home.village ?? place
      let late = due.map { max(0, day.dayNumber - $0.dayNumber) } ?? 0
      let row: [TableValue] = [
        context.townshipName(village), context.villageName(village), .of(Masked.name(home.head)), .text(matter), .of(due), .of(late),
      ]
      return (late, (village?.code ?? "~") + matter + (household ?? ""), row)
    }
    let waiting = context.register.ageing(on: day, in: context.division, context.rules).filter { $0.deadline.isOverdue(on: day) }.map {
      row in
      line(row.household, context.register.emergency(row.subject)?.division, PaperWords.waiting(row.kind), row.deadline.due)
    }
    let warnings = context.register.openWarnings(in: context.division, on: day, context.rules).filter {
      $0.isOverdue(on: day, context.rules)
    }
    .map { line($0.household, $0.division, "预警" + $0.state.term, $0.deadline(context.rules)?.due) }
    let rows = (waiting + warnings).sorted { ($1.late, $0.key) < ($0.late, $1.key) }.map(\.row)
    return [
      context.sheet(
        "督查清单", [.township, .village, .head, .text("逾期事项"), .day("限期"), TableColumn("逾期天数")], rows: rows)
    ]
  }
}

extension PaperContext {
  /// A person's name where everybody may read it; a child's is masked (P3), and so is one of whom nobody knows the age.
  func publicName(_ id: String) -> TableValue {
    guard let person = register.person(id) else { return .empty }
    let isAdult = person.age(on: days.to).map { $0 >= 14 } ?? false
    return .of(isAdult ? person.name : Masked.name(person.name))
  }

  /// The same of the head of a household, which orphans are of their own. The age is the one of the head's number and of every member who
  /// stands as the head or bears the name: one that says a child is enough.
  func publicHead(_ household: String?) -> TableValue {
    guard let household, let line = register.summary(of: household) else { return .empty }
    let number = line.headIDNumber.flatMap { try? IdentityNumber($0) }?.birth.age(on: days.to)
    let members = register.persons(of: household).filter { $0.entity.value("relation") == "02" || $0.name == line.headName }
    let ages = [number].compactMap { $0 } + members.compactMap { $0.age(on: days.to) }
    let isAdult = !ages.isEmpty && ages.allSatisfy { $0 >= 14 }
    return .of(isAdult ? line.headName : Masked.name(line.headName))
  }
}

/// SplitMix64: the same seed, the same order. What must not be guessed gets its seed from the machine's source.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
