// 核对录入 in the register: of which record it is said that it was typed twice, and of which not any more.

import Relief
import Testing

@Suite struct VerificationTests {
  static let visit = Village.visit(1, on: "2026-11-24", ["phone": "13900000098"])

  static func verification(_ number: Int, of target: Int, wall: String = "2026-11-24T20:00:00+08:00", differences: String = "1") -> Record {
    Village.record(
      number, .verification, wall: wall, body: ["record": Village.id(target), "differences": differences, "corrected": "0"])
  }

  /// The amendment that a second typing made.
  static let corrected: Record = {
    var record = Village.visit(2, .amendment, on: "2026-11-24", supersedes: [1], ["phone": "13900000099"])
    record.body = ["reason": "核对录入", "differences": "3", "corrected": "1"]
    return record
  }()

  func standing(_ records: [Record]) throws -> Visit { try #require(Register(records).visits(of: Village.household).first) }

  @Test func aVisitThatStoodIsSaidToBeTypedTwice() throws {
    #expect(try standing([Self.visit]).verification == nil)
    let visit = try standing([Self.visit, Self.verification(3, of: 1)])
    #expect(visit.record == Village.id(1))
    #expect(
      visit.verification
        == Verification(record: Village.id(3), author: Village.cadre, wall: "2026-11-24T20:00:00+08:00", differences: 1, corrected: 0))
  }

  @Test func anAmendmentThatASecondTypingMadeSaysSoItself() throws {
    let visit = try standing([Self.visit, Self.corrected])
    #expect(visit.verification?.record == Village.id(2) && visit.verification?.differences == 3 && visit.verification?.corrected == 1)
    #expect(Register([Self.visit, Self.corrected]).phone() == ["13900000099"])
  }

  @Test("What is amended afterwards has not been typed twice", arguments: [[1, 3], [1, 2]])
  func anAmendmentSince(_ before: [Int]) throws {
    let records = [1: Self.visit, 2: Self.corrected, 3: Self.verification(3, of: 1)]
    let last = before.contains(2) ? 2 : 1
    let amendment = Village.visit(4, .amendment, on: "2026-11-25", supersedes: [last], ["phone": "13900000097"])
    let visit = try standing(before.compactMap { records[$0] } + [amendment])
    #expect(visit.record == Village.id(4) && visit.verification == nil)
  }

  @Test func theFirstOfSeveralCountsAndOneTakenBackDoesNot() throws {
    let early = Self.verification(3, of: 1, wall: "2026-11-24T20:00:00+08:00")
    let late = Self.verification(4, of: 1, wall: "2026-11-25T08:00:00+08:00", differences: "0")
    #expect(try standing([late, Self.visit, early]).verification?.record == early.id)
    let withdrawal = Village.record(5, .withdrawal, supersedes: [3])
    #expect(try standing([early, late, withdrawal, Self.visit]).verification?.record == late.id)
  }

  @Test("A body that does not say a number says nothing", arguments: ["", "-1", "viele"])
  func broken(_ count: String) throws {
    #expect(try standing([Self.visit, Self.verification(3, of: 1, differences: count)]).verification == nil)
  }

  @Test func everyOrderIsTheSameRegister() throws {
    let records = [Self.visit, Self.corrected, Self.verification(3, of: 1), Self.verification(4, of: 2), Self.verification(5, of: 2)]
    let expected = try standing(records)
    func walk(_ left: [Record], _ taken: [Record]) throws {
      if left.isEmpty { #expect(try standing(taken) == expected) }
      for index in left.indices {
        var rest = left
        let next = rest.remove(at: index)
        try walk(rest, taken + [next])
      }
    }
    try walk(records, [])
  }
}
