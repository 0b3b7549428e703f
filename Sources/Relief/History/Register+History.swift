// Rows of a household's history that are no membership: the household itself, what it was granted, what was found and done.

extension Register {
  /// 分户, 并户: by the household's own word, and by that of others about it.
  func changeRows(of household: String) -> [HouseholdHistory.Row] {
    var rows: [HouseholdHistory.Row] = []
    if let own = entity(FactList.household, household) {
      let reason = own.value("formed_reason")
      rows += naming(own, "formed_from", day: "formed_date") { .formedFrom(household: $0, reason: reason) }
      rows += naming(own, "merged_into", day: "merged_date") { .mergedInto(household: $0) }
    }
    for id in related(to: household).sorted() {
      guard let other = entity(FactList.household, id) else { continue }
      let reason = other.value("formed_reason")
      rows += naming(other, "formed_from", day: "formed_date") { named in
        named == household ? .splitOff(household: id, reason: reason) : nil
      }
      rows += naming(other, "merged_into", day: "merged_date") { $0 == household ? .tookIn(household: id) : nil }
    }
    return rows
  }

  /// 身份认定, 享受政策.
  func grantRows(of household: String) -> [HouseholdHistory.Row] {
    var rows: [HouseholdHistory.Row] = []
    for entity in entities(of: FactList.category, household: household) {
      guard let kind = entity.shown("kind") else { continue }
      let category = HouseholdHistory.CategoryRow(
        entity: entity.id, person: entity.value("person"), kind: kind, subtype: entity.value("subtype"),
        source: entity.value("source"))
      rows += dated(entity, "from", .categoryFrom(category))
      if entity.shown("to") != nil {
        rows += dated(entity, "to", .categoryEnded(category, reason: entity.value("end_reason")))
      }
    }
    if let stated = field("category", of: FactList.household, household) {
      for candidate in stated.candidates where !candidate.value.isEmpty {
        rows.append(
          HouseholdHistory.Row(
            kind: .categoryStated(kind: candidate.value), date: nil, written: firstDay(of: candidate.records),
            records: candidate.records, isContested: stated.isConflict))
      }
    }
    for entity in entities(of: FactList.scheme, household: household) {
      guard let kind = entity.shown("kind") else { continue }
      rows += dated(entity, "since", .scheme(person: entity.value("person"), kind: kind, state: entity.value("state")))
    }
    return rows
  }

  /// Visits, risks and their help, steps, slips.
  func workRows(of household: String) -> [HouseholdHistory.Row] {
    var rows = visits(of: household).map { visit in
      HouseholdHistory.Row(
        kind: .visit(record: visit.record, method: visit.value("method"), result: visit.result), date: visit.date,
        written: CivilDate(startOf: visit.wall), records: [visit.record], isContested: visit.isContested)
    }
    for risk in entities(of: FactList.risk, household: household) {
      let kind = HouseholdHistory.Kind.riskFound(risk: risk.id, person: risk.value("person"), kind: risk.shown("kind"))
      rows += dated(risk, "found", kind)
      if risk.shown("cleared") != nil { rows += dated(risk, "cleared", .riskCleared(risk: risk.id)) }
    }
    for help in entities(of: FactList.assistance, household: household) {
      rows += dated(help, "date", .assistance(HouseholdHistory.AssistanceRow(help)))
      if let risk = help.value("risk") { rows += dated(help, "date", .riskHelped(risk: risk, assistance: help.id)) }
    }
    for paper in entities(of: FactList.application, household: household) {
      rows += dated(paper, "date", .application(entity: paper.id, channel: paper.value("channel")))
    }
    for emergency in entities(of: FactList.emergency, household: household) {
      rows += dated(emergency, "date", .emergency(entity: emergency.id, kind: emergency.shown("kind")))
    }
    for slip in entities(of: FactList.referral, household: household) {
      rows += dated(slip, "date", .referred(entity: slip.id, department: slip.shown("department")))
      if slip.shown("answered") != nil || slip.shown("outcome") != nil {
        rows += dated(slip, "answered", .answered(entity: slip.id, outcome: slip.shown("outcome")))
      }
    }
    return rows + careRows(of: household) + stepRows(of: household)
  }

  /// What is planned for it, who looks after it, and who gave of their own (一户一策, 访视照料, 慈善对接).
  private func careRows(of household: String) -> [HouseholdHistory.Row] {
    var rows: [HouseholdHistory.Row] = []
    for plan in entities(of: FactList.plan, household: household) { rows += dated(plan, "date", .planned(entity: plan.id)) }
    for visit in entities(of: FactList.careVisit, household: household) {
      rows += dated(visit, "date", .careVisited(entity: visit.id, person: visit.value("person")))
    }
    for match in entities(of: FactList.match, household: household) {
      rows += dated(match, "date", .matched(entity: match.id, organisation: match.shown("organisation")))
    }
    return rows
  }

  /// A step stands in the way of a case, and a clue's also in that of the case that took it up: here it stands once.
  private func stepRows(of household: String) -> [HouseholdHistory.Row] {
    var told: Set<String> = []
    var rows: [HouseholdHistory.Row] = []
    for one in cases(of: household) {
      for event in one.history where told.insert(event.record + " " + event.entity).inserted {
        rows.append(
          HouseholdHistory.Row(
            kind: .step(event), date: event.step.date, written: CivilDate(startOf: event.wall), records: [event.record],
            isContested: one.isContested && one.heads.contains(event.record)))
      }
    }
    return rows
  }

  /// What is contested of the household and its people and has no row of its own.
  func conflictRows(of household: String) -> [HouseholdHistory.Row] {
    let told: Set<String> = ["household", "formed_from", "merged_into", "category"]
    return conflicts(household: household).compactMap { conflict in
      guard conflict.list == FactList.household || conflict.list == FactList.person, !told.contains(conflict.property) else {
        return nil
      }
      let records = Set(conflict.candidates.flatMap(\.records)).sorted()
      let days = records.compactMap { record($0) }.compactMap { CivilDate(startOf: $0.wall) }
      return HouseholdHistory.Row(kind: .conflict(conflict), date: nil, written: days.max(), records: records, isContested: true)
    }
  }

  // MARK: Rows of an entity

  /// A row for each day that is stated of it; one without a day where none is.
  private func dated(_ entity: Entity, _ day: String, _ kind: HouseholdHistory.Kind) -> [HouseholdHistory.Row] {
    let stated = (entity.fields[day]?.candidates ?? []).filter { CivilDate($0.value) != nil }
    guard !stated.isEmpty else {
      let saying = statements(of: entity.list, entity.id).map(\.record.id)
      return [HouseholdHistory.Row(kind: kind, date: nil, written: firstDay(of: saying), records: Set(saying).sorted())]
    }
    return stated.map { candidate in
      HouseholdHistory.Row(
        kind: kind, date: CivilDate(candidate.value), written: firstDay(of: candidate.records), records: candidate.records,
        isContested: stated.count > 1)
    }
  }

  /// A row for each household that a field names.
  private func naming(_ entity: Entity, _ name: String, day: String, _ kind: (String) -> HouseholdHistory.Kind?)
    -> [HouseholdHistory.Row]
  {
    guard let field = entity.fields[name] else { return [] }
    return field.candidates.compactMap { candidate in
      guard !candidate.value.isEmpty, let kind = kind(candidate.value) else { return nil }
      return HouseholdHistory.Row(
        kind: kind, date: entity.value(day).flatMap { CivilDate($0) }, written: firstDay(of: candidate.records),
        records: candidate.records, isContested: field.isConflict)
    }
  }

  private func firstDay(of records: [String]) -> CivilDate? {
    records.compactMap { record($0) }.compactMap { CivilDate(startOf: $0.wall) }.min()
  }
}

extension HouseholdHistory.AssistanceRow {
  init(_ help: Entity) {
    entity = help.id
    person = help.value("person")
    department = help.value("department")
    kind = help.value("kind")
    form = help.value("form")
    amountFen = help.value("amount_fen").flatMap { Int($0) }
    thing = help.value("thing")
  }
}
