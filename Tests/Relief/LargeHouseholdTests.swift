// A household as large as the limits allow is screened in a time that grows with its size, not with the square of it.

import Relief
import Testing

@Suite struct LargeHouseholdTests {
  /// Members who all count, each with an income and a spending of their own.
  static func household(of count: Int) throws -> ScreeningInput {
    var input = ScreeningInput(visitDate: try #require(CivilDate("2026-11-24")))
    input.household.hukou = .rural
    var members: [MemberInput] = []
    for index in 0..<count {
      var member = MemberInput(key: "member-\(index)")
      member.kin = index == 0 ? .head : .child
      member.born = Born(date: CivilDate(index == 0 ? "1980-05-01" : "2015-05-01"))
      member.statuses = []
      member.alsoElsewhere = .no
      member.holds = []
      members.append(member)
    }
    input.members = members
    input.income = members.map { IncomeItem(.wage, fen: 100, member: $0.key) }
    input.spending = members.map { SpendingItem("medical", fen: 100, member: $0.key) }
    return input
  }

  /// The shortest of three, so that a machine with other work does not make it a failure.
  static func time(_ count: Int) throws -> Duration {
    let input = try household(of: count)
    let clock = ContinuousClock()
    return try #require((0..<3).map { _ in clock.measure { _ = Screening(input, parameters: PolicyParameters()) } }.min())
  }

  /// Eight times the members: eight times the time if it grows with them, sixty-four with their square.
  @Test func theTimeGrowsWithTheMembers() throws {
    let (small, large) = (try Self.time(ScreeningLimits.rowsMax / 8), try Self.time(ScreeningLimits.rowsMax))
    #expect(large < small * 24, "\(small) for \(ScreeningLimits.rowsMax / 8) members, \(large) for \(ScreeningLimits.rowsMax)")
    print("TIME", small, large)
  }

  /// What a rule looked at is named once, in the order it was looked at.
  @Test func everyInputIsNamedOnce() throws {
    let screening = Screening(try Self.household(of: 50), parameters: PolicyParameters())
    for result in screening.results {
      var seen: [ScreeningResult.InputUse] = []
      for use in result.inputs {
        #expect(!seen.contains(use), "\(result.rule): \(use)")
        seen.append(use)
      }
    }
    let elsewhere = try #require(screening.results(of: .oneHousehold).first?.inputs)
    #expect(elsewhere.map(\.member) == (0..<50).map { "member-\($0)" })
  }
}
