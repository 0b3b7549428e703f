// 慈善对接 (R60): the needs a charity may read, without anybody's identity. What it holds is fixed here: the township, not the
// village; the kinds of need and hardship; how urgent; how many live there, in bands. No name, number, address, telephone,
// illness, birth date, nor any text somebody typed. The number of a row means nothing outside this export; the key back to
// the need stays with whoever made it.

public struct CharityNeeds: Equatable, Sendable {
  public struct Row: Equatable, Sendable {
    public var number: Int
    /// 9 digits.
    public var township: String
    public var need: String
    public var urgency: String?
    public var hardship: [String]
    public var level: String?
    /// `1`, `2-3`, `4+`; nil where not known.
    public var size: String?
    public var withChildren: Bool
  }

  public var rows: [Row]
  /// By row number: the need's entity.
  public var key: [Int: String]
}

extension Register {
  /// Needs of a division that no match and no help has answered, in an order that tells nothing: by township, kind and
  /// urgency, then shuffled within by the random source.
  public func charityNeeds(
    in division: Division, on day: CivilDate, using random: inout some RandomNumberGenerator
  ) -> CharityNeeds {
    let answered = Set(
      rows(of: FactList.match).filter { $0.value("outcome") != "failed" }.compactMap { $0.value("need") }
        + rows(of: FactList.assistance).compactMap { $0.value("need") })
    var found: [(row: CharityNeeds.Row, need: String)] = []
    for need in rows(of: FactList.need) where !answered.contains(need.id) && need.value("met") == nil {
      let about = liveSources(FactList.need, need.id).map { store.rows[$0.entry].household }.filter { $0 != TextTable.empty }
      guard let household = need.value("household") ?? about.map({ store.texts.text($0) }).min(),
        let place = summary(of: household)?.division, division.contains(place), place.level >= .township,
        let kind = need.value("kind")
      else { continue }
      // Field by field: a list over a township cannot afford whole households.
      func said(_ name: String) -> String? { value(name, of: FactList.household, household) }
      let ages = ages(of: household, on: day)
      found.append(
        (
          CharityNeeds.Row(
            number: 0, township: String(place.code.prefix(9)), need: kind, urgency: need.value("urgency"),
            hardship: (said("hardship_kinds") ?? "").split(separator: " ").map(String.init).filter { !Self.health.contains($0) },
            level: said("hardship_level"), size: Self.band(ages.count),
            withChildren: ages.contains { ($0 ?? 99) < 14 }
          ), need.id
        ))
    }
    found.shuffle(using: &random)
    found.sort { ($0.row.township, $0.row.need, $0.row.urgency ?? "~") < ($1.row.township, $1.row.need, $1.row.urgency ?? "~") }
    var result = CharityNeeds(rows: [], key: [:])
    for (offset, one) in found.enumerated() {
      var row = one.row
      row.number = offset + 1
      result.rows.append(row)
      result.key[row.number] = one.need
    }
    return result
  }

  /// 困难类型 that say something of a person's health: not for a charity.
  private static let health: Set<String> = ["illness", "disability", "sudden_illness", "epidemic"]

  private static func band(_ count: Int) -> String? {
    switch count {
    case 0: nil
    case 1: "1"
    case 2...3: "2-3"
    default: "4+"
    }
  }
}
