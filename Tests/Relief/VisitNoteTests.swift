import Relief
import Testing

/// What stands beside the answers goes through a record's body and comes back.
@Suite struct VisitNoteTests {
  static let notes = [
    VisitNote(path: "/v/m[2]/id", kind: .forced(check: "号段少见"), text: "户口本如此"),
    VisitNote(path: "/v/result", kind: .forced(check: "有急难却未发现困难"), text: ""),
    VisitNote(path: "/v/water", kind: .remark, text: "井水，夏天浑"),
  ]

  @Test func notesComeBack() { #expect(VisitNote.notes(in: VisitNote.body(Self.notes)) == Self.notes) }

  @Test func noNotesAreNothing() {
    #expect(VisitNote.body([]).isEmpty)
    #expect(VisitNote.notes(in: [:]) == [])
  }

  @Test func oneNoteIsOneLine() {
    let body = VisitNote.body([VisitNote(path: "/v/a", kind: .remark, text: "一\t二\n三")])
    #expect(VisitNote.notes(in: body) == [VisitNote(path: "/v/a", kind: .remark, text: "一 二 三")])
  }

  @Test func aLineOfAnotherShapeIsPassedOver() {
    #expect(VisitNote.notes(in: ["remarks": "/v/a\n/v/b\tx\ty\n/v/c\tz"]) == [VisitNote(path: "/v/c", kind: .remark, text: "z")])
  }

  @Test func aVisitOfTheRegisterHasThem() {
    var register = Register()
    register.apply(
      Record(
        id: "01900000-0000-7000-8000-000000000001", type: .visit, household: "h-1", division: "130599100201",
        author: Author(person: "p", name: "王小明", role: .cadre), device: "d", wall: "2026-11-24T10:00:00+08:00",
        facts: [Fact(list: FactList.visit, entity: "v-1", properties: [Property("date", "2026-11-24")])],
        body: VisitNote.body(Self.notes)))
    #expect(register.visits(of: "h-1").first?.notes == Self.notes)
  }
}
