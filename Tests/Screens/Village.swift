// Village: the made-up village the tests of this room work in. Nobody here exists; numbers stand in region 130599.

import Glibc
import Relief
import Support
import Synchronization
import Terminal
import XForm

@testable import Screens

enum Village {
  static let today = "2026-11-24"
  static let code = "130599100201"
  static let cadre = Author(person: "p-cadre", name: "王小明", role: .cadre)

  static let supervisor = Author(person: "p-supervisor", name: "孙书琴", role: .supervisor)

  static func record(
    _ id: String, _ type: RecordType, household: String? = nil, author: Author = cadre,
    wall: String = "2026-11-24T09:30:05+08:00",
    facts: [Fact], submission: String? = nil, supersedes: [String] = [], body: [String: String] = [:]
  ) -> Record {
    Record(
      id: id, type: type, household: household, division: code, author: author, device: "d-1", wall: wall,
      supersedes: supersedes, facts: facts, submission: submission, body: body)
  }

  static func household(
    _ id: String, head: String, group: String, members: [(id: String, name: String, number: String, relation: String)]
  )
    -> Record
  {
    var facts = [
      Fact(
        list: FactList.household, entity: id, label: head,
        properties: [
          Property("division", code), Property("head_name", head), Property("group", group),
          Property("phone", "13900000001"),
        ])
    ]
    for member in members {
      facts.append(
        Fact(
          list: FactList.person, entity: member.id, label: member.name,
          properties: [
            Property("household", id), Property("name", member.name), Property("id_number", member.number),
            Property("relation", member.relation),
          ]))
    }
    return record("roster-" + id, .roster, household: id, facts: facts)
  }

  static func sweep(_ household: String, order: Int, reason: String) -> Record {
    record(
      "sweep-" + household, .sweep, household: household,
      facts: [
        Fact(
          list: FactList.sweep, entity: "s-" + household,
          properties: [
            Property("household", household), Property("campaign", "十一月排查"), Property("from", "2026-11-20"),
            Property("to", "2026-11-30"), Property("reason", reason), Property("order", String(order)),
          ])
      ])
  }

  static func visit(
    _ id: String, household: String, on date: String, urgency: String = "blue", result: String = "none",
    marks: [String] = [],
    visitor: Author = cadre, submission: String? = nil
  ) -> Record {
    var properties = [
      Property("household", household), Property("date", date), Property("urgency", urgency),
      Property("result", result),
    ]
    properties += marks.map { Property($0, "yes") }
    return record(
      id, .visit, household: household, author: visitor, wall: date + "T15:20:00+08:00",
      facts: [Fact(list: FactList.visit, entity: "v-" + id, properties: properties)], submission: submission)
  }

  static var register: Register {
    var register = Register()
    for record in records { register.apply(record) }
    return register
  }

  static var records: [Record] {
    [
      record(
        "division", .division,
        facts: [
          Fact(
            list: FactList.division, entity: code, properties: [Property("name", "东庄村"), Property("kind", "village")])
        ]),
      household(
        "h-zhang", head: "张建国", group: "一组",
        members: [
          ("m-1", "张建国", "130599196202280027", "02"), ("m-2", "李秀英", "130599196301010014", "10"),
        ]),
      household("h-wang", head: "王春梅", group: "二组", members: [("m-3", "王春梅", "130599195003070030", "02")]),
      household("h-liu", head: "刘志强", group: "三组", members: []),
      household("h-zhao", head: "赵玉兰", group: "三组", members: []),
      sweep("h-zhang", order: 2, reason: "残疾人家庭"),
      sweep("h-wang", order: 1, reason: "独居老人、慢性病"),
      sweep("h-liu", order: 3, reason: "务工不稳"),
      sweep("h-zhao", order: 4, reason: "医疗费用高"),
      visit("visit-old", household: "h-zhang", on: "2026-08-20", marks: ["disability"]),
      visit("visit-liu", household: "h-liu", on: today, urgency: "yellow", result: "suspected", marks: ["labour"]),
      visit(
        "visit-zhao", household: "h-zhao", on: today, urgency: "red", result: "emergency",
        marks: ["illness", "emergency"]),
      record(
        "review-liu", .review, household: "h-liu", author: supervisor, facts: [],
        body: ["record": "visit-liu", "verdict": "returned", "reason": "收入没有写清"]),
    ]
  }

  static func identity(_ role: Role = .cadre) -> Identity {
    Identity(person: "p-cadre", name: "王小明", role: role, scopes: [code], county: "示范县", isPractice: true)
  }

  static var surroundings: Surroundings {
    let counter = Counter()
    return Surroundings(
      now: { Moment(year: 2026, month: 11, day: 24, hour: 19, minute: 30, second: 5, offsetMinutes: 480) },
      random: { counter.next() },
      deviceID: "d-1", userName: "王小明")
  }

  static func workspace(_ form: VisitForm, role: Role = .cadre, space: FreeSpace = .plenty) -> Workspace {
    Workspace(
      identity: identity(role), register: register, pendingUploadCount: 2, pendingHouseholds: ["h-zhao"],
      visitForm: form,
      today: today, space: space, surroundings: surroundings)
  }
}

/// Random numbers that are the same on every run.
final class Counter: Sendable {
  private let state = Mutex<UInt64>(1)

  func next() -> UInt64 {
    state.withLock { state in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }
}

/// Forms of the tests: the shipped one, and a small one that has one of each kind of field.
enum Forms {
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  /// Parsed once: every test of the form shares it, a form is a value.
  private static let parsed = Result<VisitForm, any Error> {
    let text = Page.read(root + "/forms/household-visit.xml") ?? ""
    return VisitForm(try FormDefinition(parsing: Array(text.utf8), name: "household-visit.xml"))
  }

  static func shipped() throws -> VisitForm { try parsed.get() }
}
