// The fold of campaigns. It does not depend on the order of records. Only records of the type `campaign`, by a role that writes them, say
// anything here; and of a campaign only those that stand where it was planned, so that a township cannot end what the county planned. Who
// goes where, and that a list was made, is said of a village by whoever that village lies under.

struct CampaignFold {
  private let register: Register
  private var villages: [String: [Statement]] = [:]
  private var rounds: [String: [Statement]] = [:]

  init(in register: Register) {
    self.register = register
    villages = Self.byCampaign(FactList.campaignVillage, register)
    rounds = Self.byCampaign(FactList.campaignRound, register)
  }

  /// By id.
  func campaigns() -> [Campaign] { register.entities(of: FactList.campaign).sorted().compactMap(made) }

  func made(_ id: String) -> Campaign? {
    let all = Self.counting(register.statements(of: FactList.campaign, id))
    guard let division = Self.place(of: all) else { return nil }
    let own = all.filter { $0.record.division == division.code }
    let fields = CampaignFields(own, in: register)
    let kinds = Set((fields["kinds"] ?? "").split(separator: " ").compactMap { SweepReason(rawValue: String($0)) })
    let places = (fields["villages"] ?? "").split(separator: " ").compactMap { Division(String($0)) }.filter { division.contains($0) }
    guard let name = fields["name"], !name.isEmpty, let from = fields.day("from"), let to = fields.day("to"), from <= to, !places.isEmpty,
      let planner = own.map(\.record).min(by: { $0.id < $1.id })?.author
    else { return nil }
    var campaign = Campaign(
      id: id, name: name, division: division, from: from, to: to, kinds: SweepReason.allCases.filter(kinds.contains),
      places: Set(places).sorted { $0.code < $1.code },
      everyMonths: fields["every_months"].flatMap { Int($0) }.flatMap { Self.months.contains($0) ? $0 : nil }, planner: planner,
      ended: fields.day("ended"), endReason: fields["reason"])
    campaign.contested = fields.contested
    campaign.heads = fields.heads
    campaign.cadres = cadres(of: campaign)
    campaign.made = Set(
      (rounds[id] ?? []).compactMap { statement in
        guard let village = Self.village(statement, of: campaign), let from = statement.fact.value("from").flatMap({ CivilDate($0) }) else {
          return nil
        }
        return MadeList(village: village.code, from: from)
      })
    return campaign
  }

  /// How often it may come again.
  static let months = 1...12

  private func cadres(of campaign: Campaign) -> [String: CampaignCadre] {
    let stated = (villages[campaign.id] ?? []).compactMap { one in Self.village(one, of: campaign).map { (village: $0.code, statement: one) } }
    var found: [String: CampaignCadre] = [:]
    for (village, own) in Dictionary(grouping: stated, by: \.village) {
      let fields = CampaignFields(own.map(\.statement), in: register)
      guard let person = fields["cadre"], !person.isEmpty else { continue }
      found[village] = CampaignCadre(person: person, name: fields["cadre_name"] ?? person, heads: fields.heads)
    }
    return found
  }

  /// The village that a statement speaks of, where it may: under the division that its record stands in, and one of the campaign's.
  private static func village(_ statement: Statement, of campaign: Campaign) -> Division? {
    guard let village = statement.fact.value("division").flatMap({ Division($0) }), village.level == .village,
      let place = Division(statement.record.division), place.contains(village), campaign.covers(village)
    else { return nil }
    return village
  }

  /// Where a campaign was planned: the widest division a record of it stands in; of two as wide, the older record's.
  private static func place(of statements: [Statement]) -> Division? {
    let first = statements.min { ($0.record.division.utf8.count, $0.record.id) < ($1.record.division.utf8.count, $1.record.id) }
    return first.flatMap { Division($0.record.division) }
  }

  private static func counting(_ statements: [Statement]) -> [Statement] {
    statements.filter { $0.record.type == .campaign && $0.record.author.role.writes(.campaign) }
  }

  private static func byCampaign(_ list: String, _ register: Register) -> [String: [Statement]] {
    let all = register.entities(of: list).flatMap { counting(register.statements(of: list, $0)) }
    return Dictionary(grouping: all.filter { $0.fact.value("campaign") != nil }) { $0.fact.value("campaign") ?? "" }
  }
}

/// What is left of the properties that some statements state: a word falls to one whose writer had seen it.
struct CampaignFields {
  private var values: [String: String] = [:]
  private(set) var contested: [String] = []
  /// Records that no other of them has seen.
  private(set) var heads: [String] = []

  init(_ statements: [Statement], in register: Register) {
    let seen = register.seen(among: Set(statements.map(\.record.id)))
    let names = Set(statements.flatMap { $0.fact.properties.map(\.name) })
    func left(_ own: [Statement]) -> [Statement] {
      let below = own.reduce(into: Set<String>()) { $0.formUnion(seen[$1.record.id] ?? []) }
      let standing = own.filter { !below.contains($0.record.id) }
      // Records that supersede each other in a circle cover each other: then all are kept.
      return standing.isEmpty ? own : standing
    }
    for name in names.sorted() {
      let standing = left(statements.filter { $0.fact.value(name) != nil })
      if Set(standing.map { $0.fact.value(name) }).count > 1 { contested.append(name) }
      values[name] = standing.max { ($0.record.id, $0.fact.entity) < ($1.record.id, $1.fact.entity) }?.fact.value(name)
    }
    heads = Set(left(statements).map(\.record.id)).sorted()
  }

  subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
  func day(_ name: String) -> CivilDate? { self[name].flatMap { CivilDate($0) }.flatMap { $0.isWhole ? $0 : nil } }
}

extension Register {
  /// Campaigns that have to do with a division, withdrawn ones too: by their first day, then by id.
  public func campaigns(in division: Division) -> [Campaign] {
    CampaignFold(in: self).campaigns().filter { campaign in
      campaign.places.contains { $0.contains(division) || division.contains($0) }
    }.sorted { ($0.from, $0.id) < ($1.from, $1.id) }
  }

  public func campaign(_ id: String) -> Campaign? { CampaignFold(in: self).made(id) }
}
