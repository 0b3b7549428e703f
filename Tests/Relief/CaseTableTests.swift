import Relief
import Testing

/// Every place × every state × every role, with a reason and without: what the fold makes of a step. What is expected is read from
/// the table on docs/case.md, which people wrote; the program's own table is not asked.
@Suite struct CaseTableTests {
  enum Expected: String { case moved, skipped, proposed, flagged }

  static func roles(_ words: String) -> Set<Role> {
    switch words {
    case "everybody": [.cadre, .clerk, .supervisor, .county]
    case "town": [.clerk, .supervisor, .county]
    case "": []
    default: Set(words.split(separator: ",").map { Role(rawValue: $0.filter { $0 != " " }) })
    }
  }

  static func row(_ from: CasePosition?, _ to: CaseState) -> CasePageTests.Row? {
    CasePageTests.rows.first { row in
      row.from == (from?.state.rawValue ?? "–") && row.to == to.rawValue
        && (row.way == "" || (row.way == "out") == (from?.isLeaving == true))
    }
  }

  /// Of a track whose confirmation nobody delegated.
  static func expected(_ from: CasePosition?, _ to: CaseState, _ role: Role, hasReason: Bool) -> Expected {
    if let row = row(from, to) {
      let takes = roles(row.takes.replacing(" (delegable)", with: ""))
      if takes.contains(role) { return row.needs.contains("reason") && !hasReason ? .flagged : .moved }
      return roles(row.proposes).contains(role) ? .proposed : .flagged
    }
    // A skip: with a reason, and by nobody who could not have taken the step that was left out (docs/case.md, "Skipping").
    guard hasReason, from?.state != to, [.clerk, .supervisor, .county].contains(role) else { return .flagged }
    let isDecided =
      to == .helped || to == .tapering || to == .cleared || from?.isLeaving == true
      || [.helped, .tapering, .confirming].contains(from?.state)
    return isDecided && role != .county ? .flagged : .skipped
  }

  @Test(arguments: CasePosition.everywhere) func everyStepByEveryRole(_ from: CasePosition?) throws {
    var start = Way()
    start.stand(at: from)
    for to in CaseState.allCases {
      for role in Role.known {
        for reason in [nil, "情况属实"] {
          var way = start
          let id = way.write(way.step(from?.state, to, on: "2026-02-01", reason: reason), by: role)
          let event = try #require(way.register.case(way.key())?.history.first { $0.record == id })
          let got: Expected =
            switch event.standing {
            case .moved: .moved
            case .skipped: .skipped
            case .proposed: .proposed
            case .flagged: .flagged
            }
          let wanted = Self.expected(from, to, role, hasReason: reason != nil)
          #expect(got == wanted, "\(from?.state.rawValue ?? "–") → \(to.rawValue) by \(role.rawValue), reason: \(reason != nil)")
          let moves = got == .moved || got == .skipped
          #expect(way.state() == (moves ? to : from?.state))
          if got == .flagged { #expect(!event.isMoving) }
        }
      }
    }
  }

  @Test(arguments: CasePosition.everywhere) func theDeskOffersWhatTheTableHasAndNothingElse(_ from: CasePosition?) {
    var way = Way()
    way.stand(at: from)
    for role in Role.known {
      let offered = Set(CaseDesk(way.rules).choices(for: way.key(), by: role, in: way.register).map(\.to))
      let wanted = CaseState.allCases.filter { to in
        guard Self.row(from, to) != nil else { return false }
        return Self.expected(from, to, role, hasReason: true) != .flagged
      }
      #expect(offered == Set(wanted), "\(from?.state.rawValue ?? "–"), \(role.rawValue)")
    }
  }

  /// What the desk lets somebody write, the county must take (Record/Permission).
  @Test func whoMayStepMayWriteSteps() {
    for row in CaseTable.rows {
      for role in row.takes.union(row.proposes) { #expect(role.writes(.caseStep), "\(role.rawValue) → \(row.to.rawValue)") }
    }
  }

  @Test func delegationGivesTheTownshipsSupervisorTheDecisionAndNobodyElse() {
    var way = Way()
    way.stand(at: CasePosition(.confirming))
    let step = way.step(.confirming, .helped, on: "2026-02-01")
    #expect(way.refusals(step, by: .supervisor) == [.roleMayNot(.supervisor, allowed: [.county])])
    way.rules.clocks.delegatedTracks = [.lowIncome]
    #expect(way.verdict(step, by: .supervisor) == .takes(isSkip: false, unjudged: []))
    #expect(way.refusals(step, by: .clerk) == [.roleMayNot(.clerk, allowed: [.supervisor, .county])])
    #expect(way.refusals(step, by: .cadre) == [.roleMayNot(.cadre, allowed: [.supervisor, .county])])
  }

  /// The step itself says that it was delegated, so that a later change of the parameter does not undo it.
  @Test func aDelegatedStepStaysTakenWhateverTheParameterBecomes() {
    var way = Way()
    way.stand(at: CasePosition(.confirming))
    var step = way.step(.confirming, .helped, on: "2026-02-01")
    way.write(step, by: .supervisor)
    #expect(way.state() == .confirming)
    step.isDelegated = true
    way.write(step, by: .supervisor)
    #expect(way.state() == .helped)
  }

  /// 临时救助 is the township's own.
  @Test func temporaryHelpIsDecidedInTheTownship() {
    var way = Way()
    way.stand(at: CasePosition(.confirming), track: .temporary)
    let step = way.step(.confirming, .helped, track: .temporary, on: "2026-02-01")
    #expect(way.verdict(step, by: .supervisor).isAllowed)
    #expect(!way.verdict(step, by: .clerk).isAllowed)
  }
}
