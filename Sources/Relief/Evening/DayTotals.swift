// 排查汇总 (policy §7.4): the day's, or the campaign's, figures by village and by who went.

public struct DayTotals: Equatable, Sendable {
  /// 应走访
  public var planned = 0
  /// 已走访 (households)
  public var visited = 0
  /// 未遇, without those who refused
  public var notMet = 0
  /// 拒访
  public var refused = 0
  /// 发现: households where something was found.
  public var found = 0
  /// Of those, by 发现渠道 (R17): 个人申请, 监测预警; the others are 主动发现. A household that visits of the days say several of counts with 个人申请
  /// before 监测预警 before 主动发现.
  public var foundByApplication = 0
  public var foundByWarning = 0
  public var foundActively: Int { found - foundByApplication - foundByWarning }
  /// 建议纳入: suspected of a category.
  public var suspected = 0
  /// 急难
  public var emergencies = 0
  /// 转办
  public var referred = 0
  /// 清零
  public var cleared = 0

  public static func + (left: DayTotals, right: DayTotals) -> DayTotals {
    var sum = left
    sum.planned += right.planned
    sum.visited += right.visited
    sum.notMet += right.notMet
    sum.refused += right.refused
    sum.found += right.found
    sum.foundByApplication += right.foundByApplication
    sum.foundByWarning += right.foundByWarning
    sum.suspected += right.suspected
    sum.emergencies += right.emergencies
    sum.referred += right.referred
    sum.cleared += right.cleared
    return sum
  }

  /// One household more whose visits came to this.
  mutating func add(_ marks: VisitMarks) {
    let isMet = marks.contains(.met)
    visited += isMet ? 1 : 0
    refused += !isMet && marks.contains(.refused) ? 1 : 0
    notMet += !isMet && !marks.contains(.refused) ? 1 : 0
    found += marks.contains(.found) ? 1 : 0
    foundByApplication += marks.contains(.byApplication) ? 1 : 0
    foundByWarning += marks.contains(.byWarning) && !marks.contains(.byApplication) ? 1 : 0
    suspected += marks.contains(.suspected) ? 1 : 0
    emergencies += marks.contains(.emergency) ? 1 : 0
  }
}

public struct TotalsRow: Equatable, Sendable {
  /// A village's code, or a person.
  public var key: String
  /// The person's name; nil for a village.
  public var name: String?
  public var totals: DayTotals
}

public struct Totals: Equatable, Sendable {
  public var villages: [TotalsRow]
  public var people: [TotalsRow]
  public var all: DayTotals
}

extension DayTotals {
  /// Visits of one household, counted as one.
  init(of visits: [Visit]) {
    self.init()
    let met = visits.filter(\.isMet)
    let results = Set(met.compactMap(\.result))
    visited = met.isEmpty ? 0 : 1
    if met.isEmpty {
      let isRefused = visits.contains { $0.value("not_met_reason") == "refused" }
      refused = isRefused ? 1 : 0
      notMet = isRefused ? 0 : 1
    }
    let finding = met.filter { ["suspected", "emergency", "recheck"].contains($0.result) }
    let channels = Set(finding.compactMap { $0.value("channel") })
    found = finding.isEmpty ? 0 : 1
    foundByApplication = channels.contains("application") ? 1 : 0
    foundByWarning = channels.contains("warning") && foundByApplication == 0 ? 1 : 0
    suspected = results.contains("suspected") ? 1 : 0
    emergencies = results.contains("emergency") || met.contains { $0.value("emergency") == "yes" } ? 1 : 0
  }
}

extension Register {
  /// Figures of the days `from…to` in a division. A household counts once in its village, and once with each person who
  /// went there; what nobody went to (转办, 清零, 应走访) counts with the village, and 应走访 with the cadre it was given to.
  /// - Parameter book: the cases of the division or of a wider one, where they are folded already.
  public func totals(from: CivilDate, to: CivilDate, in division: Division, cases book: CaseBook? = nil) -> Totals {
    var villages: [String: DayTotals] = [:]
    var people: [String: (name: String?, totals: DayTotals)] = [:]
    for row in planned(from: from, to: to, in: division) {
      villages[row.village.code, default: DayTotals()].planned += 1
      if let cadre = row.cadre { people[store.texts.text(cadre), default: (nil, DayTotals())].totals.planned += 1 }
    }
    let visited = visited(from: from, to: to, in: division)
    for (village, totals) in visited.villages { villages[village, default: DayTotals()] = (villages[village] ?? DayTotals()) + totals }
    for (number, totals) in visited.authors.sorted(by: { store.authors[$0.key].name < store.authors[$1.key].name }) {
      let author = store.authors[number]
      let known = people[author.person] ?? (author.name, DayTotals())
      people[author.person] = (known.name ?? author.name, known.totals + totals)
    }
    for (village, change) in others(from: from, to: to, in: division, book ?? caseBook(in: division)) {
      villages[village, default: DayTotals()] = (villages[village] ?? DayTotals()) + change
    }
    // Who was given a list and has not been out yet is known by what they wrote before.
    for author in store.authors where people[author.person]?.name == nil { people[author.person]?.name = author.name }
    return Totals(
      villages: villages.keys.sorted().map { TotalsRow(key: $0, name: nil, totals: villages[$0] ?? DayTotals()) },
      people: people.keys.sorted().map {
        TotalsRow(key: $0, name: people[$0]?.name, totals: people[$0]?.totals ?? DayTotals())
      },
      all: villages.values.reduce(DayTotals(), +))
  }

  /// What the visits of one household came to in some days, all of them and each author's.
  private struct Visited {
    var village: UInt32
    var marks: VisitMarks = []
    var authors: [(number: Int, marks: VisitMarks)] = []

    mutating func add(_ marks: VisitMarks, by author: Int) {
      self.marks.formUnion(marks)
      if let own = authors.firstIndex(where: { $0.number == author }) {
        authors[own].marks.formUnion(marks)
      } else {
        authors.append((author, marks))
      }
    }
  }

  /// Visits of these days, by village and by who went (a place in the store's authors). Those of one household count as one.
  private func visited(
    from: CivilDate, to: CivilDate, in division: Division
  ) -> (villages: [String: DayTotals], authors: [Int: DayTotals]) {
    let terms = VisitTerms(store.texts)
    let days = Int32(from.dayNumber)...Int32(max(from.dayNumber, to.dayNumber))
    var places: [UInt32: String?] = [:]
    var households: [UInt32: Visited] = [:]
    // What a row says is enough to pass over nearly all of them; the rest are read.
    for index in 0..<store.rows.count {
      let row = store.rows[index]
      guard row.marks.contains(.isVisit), days.contains(row.day), row.household != TextTable.empty, store.holds(index) else { continue }
      let code = store.texts.text(row.division)
      let known = places[row.division] ?? (code.utf8.starts(with: division.code.utf8) ? code : nil)
      places[row.division] = known
      guard let place = known, let day = day(ofVisit: index), from <= day, day <= to else { continue }
      var own = households[row.household] ?? Visited(village: row.division)
      if let other = places[own.village] ?? nil, other < place { own.village = row.division }
      own.add(marks(ofVisit: index, terms), by: store.author(of: index))
      households[row.household] = own
    }
    var found: (villages: [String: DayTotals], authors: [Int: DayTotals]) = ([:], [:])
    for own in households.values {
      let village = (places[own.village] ?? nil) ?? ""
      found.villages[village, default: DayTotals()].add(own.marks)
      for author in own.authors { found.authors[author.number, default: DayTotals()].add(author.marks) }
    }
    return found
  }

  private func others(from: CivilDate, to: CivilDate, in division: Division, _ book: CaseBook) -> [(String, DayTotals)] {
    var found: [(String, DayTotals)] = []
    for slip in referrals(in: division) where slip.date.map({ from <= $0 && $0 <= to }) ?? false {
      var one = DayTotals()
      one.referred = 1
      found.append((slip.division?.code ?? "", one))
    }
    for entry in book.entries(in: division) {
      let cleared = entry.cases.contains { one in
        one.state == .cleared && (one.since.map { from <= $0 && $0 <= to } ?? false)
      }
      guard cleared else { continue }
      var one = DayTotals()
      one.cleared = 1
      found.append((entry.division.code, one))
    }
    return found
  }
}
