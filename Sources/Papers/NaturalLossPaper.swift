// 人员变动_自然减员月报表: people who died, moved away or married out in the month, of households that were in a scheme.

internal import Relief
internal import Tables

extension Paper {
  static let naturalLoss = Paper("natural-loss", "人员变动_自然减员月报表") { context in
    let register = context.register
    let rows = register.entities(of: FactList.person).compactMap { id -> (key: (String, String, String), row: [TableValue])? in
      // Of a county's people nearly nobody has left: one field is asked before the rest is read.
      guard let left = register.value("left_date", of: FactList.person, id).flatMap({ CivilDate($0) }), context.days.contains(left),
        let person = register.person(id), person.entity.value("membership") == "left",
        let reason = person.entity.value("left_reason"), ["dead", "moved", "married_out"].contains(reason),
        let household = register.household(of: FactList.person, id), context.holds(household)
      else { return nil }
      let home = context.home(household)
      // What held on the day before: the day itself is the first without.
      let before = CivilDate(dayNumber: left.dayNumber - 1) ?? left
      let held = register.grants(of: household, on: before).filter { $0.person == nil || $0.person == id }.map(\.kind)
      guard !held.isEmpty else { return nil }
      let row: [TableValue] = [
        context.townshipName(home.village), context.villageName(home.village), .of(home.head), .of(person.name),
        context.number(person.entity.value("id_number")), context.label(person.relation, "relation"),
        context.label(reason, "left_reason"), .of(left), .of(context.labels.labels(Set(held).sorted(), in: "category")),
        .of(home.members),
      ]
      return ((home.village?.code ?? "~", household, id), row)
    }.sorted { $0.key < $1.key }
    return [
      context.sheet(
        "人员变动_自然减员月报表",
        [
          .township, .village, .head, .person, .number, TableColumn("与户主关系"), TableColumn("变动原因"), .day("变动日期"), .text("原享受类别"),
          TableColumn("现家庭人口"),
        ], rows: rows.map(\.row))
    ]
  }
}
