import Relief
import Testing

/// What a social-work organisation reads of a stick: of the households that were named to it, what a visit and its care need, and no more.
@Suite struct VisitorTests {
  static func record(_ type: RecordType, _ household: String?) -> Record {
    Record(
      id: "r-1", type: type, household: household, division: "130599100201", author: Author(person: "p-1", name: "王", role: .county),
      device: "d-1", wall: "2026-11-24T10:00:00+08:00", supersedes: [], facts: [])
  }

  @Test func whatDepartmentsSaidIsNotAmongIt() {
    let visitor = Grantee(person: "v", role: .visitor, scopes: ["130599100201"], households: ["h-1"])
    let withheld: Set<RecordType> = [
      .warning, .warningStep, .assistance, .batch, .audit, .caseStep, .application, .emergency, .referral, .referralAnswer, .match, .fund,
      .capture, .acknowledgement, .deputy, .team, .publicity, .training, .campaign,
    ]
    for type in RecordType.known {
      #expect(visitor.reads(Self.record(type, "h-1")) == !withheld.contains(type), "\(type.rawValue)")
      #expect(visitor.reads(Self.record(type, "h-2")) == RecordType.ofAnArea.contains(type), "\(type.rawValue) of another household")
    }
    #expect(!visitor.reads(Self.record(RecordType(rawValue: "later"), "h-1")), "a kind that a later version brings")
  }
}
