import Relief
import Testing

private typealias List = EveningListTests

/// The evening remembers what it found out, and the list with its memory is always the list without.
@Suite struct EveningMemoryTests {
  private static func head(_ number: Int, _ relations: [String]) -> Record {
    Village.record(
      number, .roster, household: "h-1",
      facts: relations.enumerated().map {
        Village.fact(FactList.person, "30000000-0000-4000-8000-00000000000\($0.offset)", ["household": "h-1", "relation": $0.element])
      })
  }

  private static func line(_ number: Int, _ yuan: String, wall: String) -> Record {
    Village.record(
      number, .parameter, household: nil, wall: wall,
      facts: [Village.fact(FactList.parameter, "p-\(number)", ["name": "fp_line", "value": yuan, "from": "2026-01-01"])])
  }

  private static func shown(_ register: Register, _ memory: inout EveningMemory) -> [EveningRow] {
    Evening(on: .today, in: List.town, of: register, now: List.noon, memory: &memory).rows
  }

  private static func fresh(_ register: Register) -> [EveningRow] {
    var memory = EveningMemory()
    return shown(register, &memory)
  }

  @Test func aVisitIsJudgedOnceUntilSomethingOfItsHouseholdComes() throws {
    var register = Register([Self.head(20, ["02"]), List.visit(1, supersedes: [20]), List.visit(2), List.visit(3)])
    var memory = EveningMemory()
    #expect(Self.shown(register, &memory) == Self.fresh(register))
    #expect(memory.judgedCount == 3)

    #expect(Self.shown(register, &memory) == Self.fresh(register))
    #expect(memory.judgedCount == 3, "nothing came")

    register.apply(List.review(4, 2, "passed"))
    #expect(Self.shown(register, &memory) == Self.fresh(register))
    #expect(memory.judgedCount <= 4, "at most the one that was spoken on")

    // The roster its writer had is older than the visit and comes late: a second head, which is doubtful.
    let before = memory.judgedCount
    register.apply(Self.head(21, ["02", "02"]))
    let rows = Self.shown(register, &memory)
    #expect(rows == Self.fresh(register))
    #expect(try #require(rows.first { $0.visit.record == Village.id(1) }).flags.contains(.quality("several_heads")))
    #expect(memory.judgedCount == before + 1)
  }

  @Test func otherParametersJudgeEveryVisitAnew() {
    var register = Register([
      List.visit(1, ["income_collected": "yes"], more: [Village.fact(FactList.income, "i1", ["kind": "wage", "amount_fen": "5000", "period": "year"])]),
      List.visit(2),
    ])
    var memory = EveningMemory()
    _ = Self.shown(register, &memory)
    register.apply(Self.line(9, "9000", wall: "2026-01-01T09:00:00+08:00"))
    #expect(Self.shown(register, &memory) == Self.fresh(register))
    #expect(memory.judgedCount == 4)
  }

  /// A register that was read again from the disk has other numbers inside: what is remembered does not rest on them.
  @Test func anotherRegisterOfOtherRecordsIsJudgedAnew() {
    var memory = EveningMemory()
    _ = Self.shown(Register([List.visit(1), List.visit(2)]), &memory)
    let other = Register([Self.head(21, ["02", "02"]), List.visit(1, supersedes: [21]), List.visit(2)])
    #expect(Self.shown(other, &memory) == Self.fresh(other))
    #expect(memory.judgedCount == 3)
  }
}
