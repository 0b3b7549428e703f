import Relief
import Testing
import Wire

@testable import County

/// A record reaches further than its own division: through what it takes back, amends or reviews, and through the
/// entities that its facts speak of or point to. None of it may leave the device's scope, in whatever order things come.
@Suite("Reach")
struct ReachTests {
  /// Ids as the county's import makes them: whoever knows the household's number can work them out.
  static let house = "00000000-0000-8000-8000-00000000000a"
  static let member = "00000000-0000-8000-8000-00000000000b"

  /// A county with a household of the roster in the first village, and somebody in each of two villages.
  private struct Scene {
    let at: TestCounty
    let county: TestDevice
    let here: TestDevice
    let there: TestDevice
    let roster: Record

    init(imported: Bool = true) async throws {
      at = try await TestCounty()
      county = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
      here = try await TestDevice.enrol(at, person: "A", role: .cadre, scopes: [TestCounty.village])
      there = try await TestDevice.enrol(at, person: "B", role: .cadre, scopes: [TestCounty.otherVillage])
      roster = county.record(
        .roster, household: house, division: TestCounty.village,
        facts: [
          Fact(list: FactList.household, entity: house, properties: [Property("phone", "1")]),
          Fact(list: FactList.person, entity: member, properties: [Property("household", house), Property("name", "甲")]),
        ])
      if imported { try await county.pushAlone(roster, at) }
    }

    func other(_ type: RecordType = .visit, household: String? = "hB", supersedes: [String] = [], facts: [Fact] = [],
      body: [String: String] = [:]
    ) -> Record {
      there.record(
        type, household: household, division: TestCounty.otherVillage, supersedes: supersedes, facts: facts, body: body)
    }
  }

  private static func fact(_ list: String, _ entity: String, _ name: String, _ value: String) -> Fact {
    Fact(list: list, entity: entity, properties: [Property(name, value)])
  }

  private func word(_ item: PushedItem) -> String { item.code ?? item.state.rawValue }

  @Test("facts about another village's household, by every way that leads to it, change nothing and are given to nobody")
  func facts() async throws {
    let scene = try await Scene()
    let before = try await scene.at.county.store.values()
    let ways = [
      scene.other(facts: [Self.fact("household", Self.house, "phone", "2")]),
      scene.other(facts: [Self.fact("person", Self.member, "membership", "left")]),
      // A person of one's own that is counted into their household, a risk that is theirs.
      scene.other(facts: [Self.fact("person", "pB", "household", Self.house)]),
      scene.other(facts: [Self.fact("risk", "rB", "person", Self.member)]),
      scene.other(
        facts: [Fact(list: "visit", entity: "vB", properties: [Property("household", Self.house), Property("household", "hB")])]),
      scene.other(household: Self.house, facts: [Self.fact("visit", "vB", "result", "none")]),
      // A household of one's own that would stand on their lists.
      scene.other(facts: [Self.fact("household", "hB", "division", TestCounty.village)]),
    ]
    for (index, record) in ways.enumerated() {
      let item = try await scene.there.pushAlone(record, scene.at)
      #expect(word(item) == "outside_scope", "way \(index)")
    }
    #expect(try await scene.at.county.store.values() == before)
    let given = try await TestDevice.enrol(scene.at, person: "C2", role: .county, scopes: []).pulled(scene.at)
    #expect(given.map(\.id) == [scene.roster.id])
    // The same from the household's own village.
    let own = scene.here.record(household: Self.house, facts: [Self.fact("household", Self.house, "phone", "2")])
    #expect(word(try await scene.here.pushAlone(own, scene.at)) == "applied")
  }

  @Test("a campaign: planned inside one's scope, changed by whoever's it is; a township says of the county's only whose its own lists are")
  func campaigns() async throws {
    let scene = try await Scene()
    let clerk = try await TestDevice.enrol(scene.at, person: "K", role: .clerk, scopes: [TestCounty.township])
    func plan(_ device: TestDevice, _ entity: String, _ villages: String, at division: String) -> Record {
      let said = ["name": "冬季", "from": "2026-11-20", "to": "2026-11-29", "kinds": "disability", "villages": villages]
      return device.record(
        .campaign, household: nil, division: division,
        facts: [Fact(list: FactList.campaign, entity: entity, properties: said.map { Property($0.key, $0.value) })])
    }
    func tries(_ device: TestDevice, _ record: Record) async throws -> String { word(try await device.pushAlone(record, scene.at)) }
    #expect(try await tries(scene.here, plan(scene.here, "c-0", TestCounty.village, at: TestCounty.village)) == "not_allowed")
    #expect(try await tries(clerk, plan(clerk, "c-1", TestCounty.elsewhere, at: TestCounty.township)) == "outside_scope")
    #expect(try await tries(clerk, plan(clerk, "c-1", TestCounty.township, at: "130599")) == "outside_scope")
    #expect(try await tries(clerk, plan(clerk, "c-1", "\(TestCounty.village) \(TestCounty.otherVillage)", at: TestCounty.township)) == "applied")
    #expect(try await tries(scene.county, plan(scene.county, "c-2", "130599", at: "130599")) == "applied")
    // What the county planned the township neither ends nor renames.
    let end = clerk.record(
      .campaign, household: nil, division: TestCounty.township, facts: [Self.fact(FactList.campaign, "c-2", "ended", "2026-11-21")])
    #expect(try await tries(clerk, end) == "outside_scope")
    func giving(_ village: String) -> Record {
      clerk.record(
        .campaign, household: nil, division: TestCounty.township,
        facts: [
          Fact(
            list: FactList.campaignVillage, entity: "g-" + village,
            properties: [Property("campaign", "c-2"), Property("division", village), Property("cadre", "p-li")])
        ])
    }
    #expect(try await tries(clerk, giving(TestCounty.village)) == "applied")
    #expect(try await tries(clerk, giving(TestCounty.elsewhere)) == "outside_scope")
    // Who works in the village reads both plans.
    let read = try await scene.here.pulled(scene.at).filter { $0.type == .campaign }
    #expect(Set(read.map(\.division)) == ["130599", TestCounty.township])
  }

  @Test("what a laptop of the village wrote is the village's too")
  func entitiesOfLaptops() async throws {
    let scene = try await Scene()
    let visit = scene.here.record(
      household: "hA", facts: [Self.fact("visit", "vA", "result", "emergency"), Self.fact("person", "pA", "name", "乙")])
    #expect(word(try await scene.here.pushAlone(visit, scene.at)) == "applied")
    for (list, entity) in [("visit", "vA"), ("person", "pA"), ("household", "hA")] {
      let record = scene.other(facts: [Self.fact(list, entity, "result", "none")])
      #expect(word(try await scene.there.pushAlone(record, scene.at)) == "outside_scope", "\(list)")
    }
  }

  @Test("taking back and amending: own records only, of kinds one may write, within reach; a supervisor also others'")
  func replacing() async throws {
    let scene = try await Scene()
    let colleague = try await TestDevice.enrol(scene.at, person: "A2", role: .cadre, scopes: [TestCounty.village])
    let clerk = try await TestDevice.enrol(scene.at, person: "K", role: .clerk, scopes: [TestCounty.township])
    let supervisor = try await TestDevice.enrol(scene.at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let stranger = try await TestDevice.enrol(scene.at, person: "S2", role: .supervisor, scopes: ["130599200"])
    let second = try await TestDevice.enrol(scene.at, person: "A", role: .cadre, scopes: [TestCounty.village])
    let visit = scene.here.record(household: Self.house, facts: [Self.fact("visit", "v1", "result", "none")])
    try await scene.here.pushAlone(visit, scene.at)

    func tries(_ device: TestDevice, _ target: Record, _ type: RecordType, division: String) async throws -> String {
      let household = division == TestCounty.village ? Self.house : "hX"
      let record = device.record(type, household: household, division: division, supersedes: [target.id], body: ["reason": "x"])
      return word(try await device.pushAlone(record, scene.at))
    }
    let village = TestCounty.village
    for type in [RecordType.withdrawal, .amendment] {
      #expect(try await tries(scene.there, scene.roster, type, division: TestCounty.otherVillage) == "outside_scope")
      #expect(try await tries(scene.there, visit, type, division: TestCounty.otherVillage) == "outside_scope")
      #expect(try await tries(stranger, visit, type, division: TestCounty.elsewhere) == "outside_scope")
      #expect(try await tries(scene.here, scene.roster, type, division: village) == "not_allowed")
      #expect(try await tries(supervisor, scene.roster, type, division: village) == "not_allowed")
      #expect(try await tries(colleague, visit, type, division: village) == "not_allowed")
      #expect(try await tries(clerk, visit, type, division: village) == "not_allowed")
    }
    #expect(try await scene.at.county.store.values().contains("visit v1 result=none"))
    #expect(try await tries(supervisor, visit, .amendment, division: village) == "applied")
    #expect(try await tries(second, visit, .withdrawal, division: village) == "applied")
    #expect(try await tries(scene.county, scene.roster, .withdrawal, division: village) == "applied")
    #expect(try await scene.at.county.store.values() == [])
  }

  @Test("superseding field by field touches nothing that the record does not speak of itself")
  func fieldByField() async throws {
    let scene = try await Scene()
    let before = try await scene.at.county.store.values()
    let record = scene.other(supersedes: [scene.roster.id], facts: [Self.fact("household", "hB", "phone", "9")])
    #expect(word(try await scene.there.pushAlone(record, scene.at)) == "applied")
    #expect(try await scene.at.county.store.values() == (before + ["household hB phone=9"]).sorted())
  }

  @Test("a review speaks only of a visit within reach, and waits for one that has not come")
  func reviews() async throws {
    let scene = try await Scene()
    let supervisor = try await TestDevice.enrol(scene.at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let stranger = try await TestDevice.enrol(scene.at, person: "S2", role: .supervisor, scopes: ["130599200"])
    let visit = scene.here.record(household: Self.house, facts: [Self.fact("visit", "v1", "result", "none")])
    for type in [RecordType.review, .acknowledgement] {
      let early = supervisor.record(type, household: Self.house, body: ["record": visit.id, "verdict": "passed"])
      #expect(word(try await supervisor.pushAlone(early, scene.at)) == "waits")
      let foreign = stranger.record(
        type, household: "hX", division: TestCounty.elsewhere, body: ["record": visit.id, "verdict": "returned"])
      #expect(word(try await stranger.pushAlone(foreign, scene.at)) == "waits")
    }
    try await scene.here.pushAlone(visit, scene.at)
    let verdicts = try await scene.at.county.store.verdicts()
    #expect(verdicts.applied.count == 4 && verdicts.parked == ["outside_scope", "outside_scope"])
  }

  @Test("that a visit was typed twice is said by a cadre of its village alone, and waits for a visit that has not come")
  func verifications() async throws {
    let scene = try await Scene()
    let visit = scene.here.record(household: Self.house, facts: [Self.fact("visit", "v1", "result", "none")])
    let body = ["record": visit.id, "differences": "2", "corrected": "0"]
    #expect(word(try await scene.here.pushAlone(scene.here.record(.verification, household: Self.house, body: body), scene.at)) == "waits")
    #expect(word(try await scene.there.pushAlone(scene.other(.verification, body: body), scene.at)) == "waits")
    try await scene.here.pushAlone(visit, scene.at)
    let verdicts = try await scene.at.county.store.verdicts()
    #expect(verdicts.applied.count == 3 && verdicts.parked == ["outside_scope"])
    // The amendment of a second typing is one like any other.
    var corrected = body
    corrected["record"] = nil
    let amendment = scene.here.record(
      .amendment, household: Self.house, supersedes: [visit.id], facts: [Self.fact("visit", "v1", "result", "recheck")], body: corrected)
    #expect(word(try await scene.here.pushAlone(amendment, scene.at)) == "applied")
  }

  @Test("a deputy reviews in the supervisor's place, there and on the days that were named, whichever comes first", arguments: [true, false])
  func deputies(_ isNamedFirst: Bool) async throws {
    let scene = try await Scene()
    let supervisor = try await TestDevice.enrol(scene.at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let stranger = try await TestDevice.enrol(scene.at, person: "S2", role: .supervisor, scopes: ["130599200"])
    var clerks: [TestDevice] = []
    for person in ["K0", "K1", "K2", "K3"] {
      clerks.append(try await TestDevice.enrol(scene.at, person: person, role: .clerk, scopes: [TestCounty.township]))
    }
    let visit = scene.here.record(household: Self.house, facts: [Self.fact("visit", "v1", "result", "none")])
    try await scene.here.pushAlone(visit, scene.at)
    func named(_ person: String, by author: TestDevice, division: String, from: String, to: String) -> Record {
      author.record(
        .deputy, household: nil, division: division,
        body: ["for": author.grant.person, "person": person, "from": from, "to": to])
    }
    let namings = [
      (supervisor, named("K0", by: supervisor, division: TestCounty.township, from: "2026-11-24", to: "2026-11-24")),
      // Another week; another township; by somebody who may not.
      (supervisor, named("K1", by: supervisor, division: TestCounty.township, from: "2026-12-01", to: "2026-12-31")),
      (stranger, named("K2", by: stranger, division: "130599200", from: "2026-11-01", to: "2026-12-31")),
      (scene.here, named("K3", by: scene.here, division: TestCounty.village, from: "2026-11-01", to: "2026-12-31")),
    ]
    let reviews = clerks.map { $0.record(.review, household: Self.house, body: ["record": visit.id, "verdict": "passed"]) }
    if isNamedFirst { for (device, record) in namings { try await device.pushAlone(record, scene.at) } }
    for (clerk, review) in zip(clerks, reviews) { try await clerk.pushAlone(review, scene.at) }
    if !isNamedFirst { for (device, record) in namings { try await device.pushAlone(record, scene.at) } }
    let verdicts = try await scene.at.county.store.verdicts()
    #expect(verdicts.applied.intersection(reviews.map(\.id)) == [reviews[0].id])
    #expect(verdicts.parked == ["not_allowed", "not_allowed", "not_allowed", "not_allowed"])
    // Standing in gives a word on visits of that place, and no other of a supervisor's rights.
    let foreign = clerks[0].record(.review, household: "hX", division: TestCounty.elsewhere, body: ["record": visit.id])
    #expect(word(try await clerks[0].pushAlone(foreign, scene.at)) == "outside_scope")
    for type in [RecordType.resolution, .deputy] {
      #expect(word(try await clerks[0].pushAlone(clerks[0].record(type, household: Self.house), scene.at)) == "not_allowed")
    }
  }

  @Test("nobody writes under a higher role than the county gave")
  func claimedRoles() async throws {
    let scene = try await Scene()
    for role in [Role.supervisor, .county] {
      var record = scene.here.record(household: Self.house)
      record.author.role = role
      #expect(word(try await scene.here.pushAlone(record, scene.at)) == "not_author")
    }
    // What a person wrote under a role they had before is their own.
    var record = scene.county.record(household: Self.house)
    record.author.role = .supervisor
    #expect(word(try await scene.county.pushAlone(record, scene.at)) == "applied")
    record = scene.here.record(household: Self.house)
    record.author.role = .clerk
    #expect(word(try await scene.here.pushAlone(record, scene.at)) == "applied")
    // A step of a case is judged by the role that it names: the village takes none of the township's.
    for type in [RecordType.caseStep, .visit] {
      var step = scene.here.record(type, household: Self.house, facts: [Self.fact(FactList.caseStep, "step", "to", "excluded")])
      step.author.role = .clerk
      #expect(word(try await scene.here.pushAlone(step, scene.at)) == "not_author")
    }
  }

  @Test("facts of a kind of record that the role does not write are not let in by another door")
  func doors() async throws {
    let scene = try await Scene()
    for (list, property) in [("category", "kind"), ("parameter", "value"), ("form", "hash"), ("division", "name"), ("fund", "amount_fen")] {
      let record = scene.here.record(household: Self.house, facts: [Self.fact(list, "e-\(list)", property, "1")])
      #expect(word(try await scene.here.pushAlone(record, scene.at)) == "not_allowed", "\(list)")
    }
    let need = scene.here.record(household: Self.house, facts: [Self.fact("need", "n1", "kind", "living")])
    #expect(word(try await scene.here.pushAlone(need, scene.at)) == "applied")
  }

  @Test("a row of a sweep list may be begun by who may write of its household, under the id that its own words give")
  func sweeps() async throws {
    let scene = try await Scene()
    let day = "2026-11-24"
    func row(_ device: TestDevice, _ household: String, of other: String, division: String) async throws -> String {
      let entity = NamedID.make(county: scene.at.county.configuration.id, kind: "sweep", [other, "冬季", day])
      let fact = Fact(
        list: FactList.sweep, entity: entity,
        properties: [Property("household", household), Property("campaign", "冬季"), Property("from", day), Property("to", day)])
      return word(try await device.pushAlone(device.record(.sweep, household: household, division: division, facts: [fact]), scene.at))
    }
    // The id of the neighbours' row, for a household of one's own, and for theirs.
    #expect(try await row(scene.there, "hB", of: Self.house, division: TestCounty.otherVillage) == "waits")
    #expect(try await row(scene.there, Self.house, of: Self.house, division: TestCounty.otherVillage) == "outside_scope")
    #expect(try await row(scene.there, "hB", of: "hB", division: TestCounty.otherVillage) == "applied")
    #expect(try await row(scene.here, Self.house, of: Self.house, division: TestCounty.village) == "applied")
  }

  @Test("an emergency of somebody without a household here, and one that happened elsewhere")
  func nonLocal() async throws {
    let scene = try await Scene()
    let emergency = scene.here.record(
      .emergency, household: nil,
      facts: [
        Fact(
          list: "emergency", entity: "e1",
          properties: [Property("name", "丙"), Property("hukou_place", "other"), Property("place_division", TestCounty.elsewhere)])
      ])
    #expect(word(try await scene.here.pushAlone(emergency, scene.at)) == "applied")
  }

  @Test("a visitor speaks of the named households and their people only")
  func visitor() async throws {
    let scene = try await Scene()
    let visitor = try await TestDevice.enrol(
      scene.at, person: "V", role: .visitor, scopes: [TestCounty.village], households: [Self.house])
    let next = scene.here.record(household: "hA", facts: [Self.fact("person", "pA", "name", "乙")])
    try await scene.here.pushAlone(next, scene.at)
    let tries: [(Record, String)] = [
      (visitor.record(household: Self.house, facts: [Self.fact("person", Self.member, "health", "chronic")]), "applied"),
      (visitor.record(household: Self.house, facts: [Self.fact("person", "new", "name", "丁")]), "applied"),
      (visitor.record(.audit, household: nil, body: ["act": "unmask"]), "applied"),
      (visitor.record(household: "hA"), "outside_scope"),
      // Nobody has spoken of it yet, so it would be whoever's comes first.
      (visitor.record(household: "h-new"), "outside_scope"),
      (visitor.record(household: nil), "outside_scope"),
      (visitor.record(.audit, household: nil, facts: [Self.fact("person", "pA", "health", "chronic")]), "outside_scope"),
      (visitor.record(household: Self.house, facts: [Self.fact("person", "pA", "health", "chronic")]), "outside_scope"),
      (visitor.record(household: Self.house, facts: [Self.fact("household", "hA", "phone", "9")]), "outside_scope"),
      (visitor.record(household: Self.house, facts: [Self.fact("person", "new", "household", "hA")]), "outside_scope"),
      (visitor.record(.amendment, household: Self.house, supersedes: [next.id]), "outside_scope"),
      (visitor.record(.amendment, household: Self.house, supersedes: [scene.roster.id]), "not_allowed"),
    ]
    for (index, (record, expected)) in tries.enumerated() {
      #expect(word(try await visitor.pushAlone(record, scene.at)) == expected, "\(index)")
    }
  }

  @Test("the county's own area: divisions above its code, nobody else's")
  func above() async throws {
    let scene = try await Scene()
    let province = scene.county.record(.division, household: nil, division: "13", facts: [Self.fact("division", "13", "name", "某省")])
    #expect(word(try await scene.county.pushAlone(province, scene.at)) == "applied")
    let other = scene.county.record(.division, household: nil, division: "11", facts: [Self.fact("division", "11", "name", "某市")])
    #expect(word(try await scene.county.pushAlone(other, scene.at)) == "outside_scope")
    let visit = scene.county.record(household: nil, division: "13")
    #expect(word(try await scene.county.pushAlone(visit, scene.at)) == "outside_scope")
  }

  /// One history with honest and hostile records, each pushed by itself. Whatever the order, the same records are applied,
  /// the same are parked for the same reason, and the register is the same.
  @Test("any order of arrival ends in the same state", arguments: 0..<8)
  func anyOrder(_ round: Int) async throws {
    let scene = try await Scene(imported: false)
    let clerk = try await TestDevice.enrol(scene.at, person: "K", role: .clerk, scopes: [TestCounty.township])
    let supervisor = try await TestDevice.enrol(scene.at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let here = scene.here
    let first = here.record(household: "hA", facts: [Self.fact("household", "hA", "phone", "1"), Self.fact("person", "pA", "name", "乙")])
    let later = here.record(household: "hA", supersedes: [first.id], facts: [Self.fact("person", "pA", "health", "chronic")])
    // The clerk moves the person to the other village, whose cadre goes on with them.
    let moved = clerk.record(
      household: "hB", division: TestCounty.otherVillage, supersedes: [later.id], facts: [Self.fact("person", "pA", "household", "hB")])
    let goesOn = scene.other(supersedes: [moved.id], facts: [Self.fact("person", "pA", "health", "healthy")])
    let visit = here.record(household: Self.house, supersedes: [scene.roster.id], facts: [Self.fact("household", Self.house, "phone", "2")])
    let mistake = here.record(household: Self.house, facts: [Self.fact("household", Self.house, "address", "x")])
    let takenBack = here.record(.withdrawal, household: Self.house, supersedes: [mistake.id], body: ["reason": "弄错"])
    let review = supervisor.record(.review, household: Self.house, body: ["record": visit.id, "verdict": "passed"])
    let honest = [
      (scene.county, scene.roster), (here, first), (here, later), (clerk, moved), (scene.there, goesOn), (here, visit), (here, mistake),
      (here, takenBack), (supervisor, review),
    ]
    let hostile = [
      (scene.there, scene.other(.withdrawal, supersedes: [scene.roster.id])),
      (scene.there, scene.other(.withdrawal, supersedes: [visit.id])),
      (scene.there, scene.other(facts: [Self.fact("household", Self.house, "phone", "666")])),
      (scene.there, scene.other(household: Self.house, facts: [Self.fact("visit", "vB", "result", "none")])),
      (here, here.record(.withdrawal, household: Self.house, supersedes: [scene.roster.id])),
    ]
    var all = honest + hostile
    switch round {
    case 0: break
    case 1: all.reverse()
    case 2: all = hostile + honest
    case 3: all = hostile.reversed() + honest.reversed()
    default: all.shuffle()
    }
    for (device, record) in all { try await device.pushAlone(record, scene.at) }
    let verdicts = try await scene.at.county.store.verdicts()
    #expect(verdicts.applied == Set(honest.map(\.1.id)))
    #expect(verdicts.parked == ["not_allowed", "outside_scope", "outside_scope", "outside_scope", "outside_scope"])
    let values = try await scene.at.county.store.values()
    #expect(
      values == [
        "household \(Self.house) phone=2", "household hA phone=1", "person \(Self.member) household=\(Self.house)",
        "person \(Self.member) name=甲", "person pA health=healthy", "person pA household=hB", "person pA name=乙",
      ])
    // Nothing of it hangs on what was left in the tables.
    _ = try await scene.at.county.refold()
    #expect(try await scene.at.county.store.values() == values)
    #expect(try await scene.at.county.store.verdicts().parked == verdicts.parked)
  }
}
