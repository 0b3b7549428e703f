import Terminal
import Testing

@testable import Relief
@testable import Screens

/// 专项排查 at the screen: planned on one page, its lists made and given by key, its progress read, ended with a reason.
@Suite struct CampaignScreenTests {
  static let west = "130599100202"
  static let far = "130599101201"

  static func division(_ code: String, _ name: String, _ kind: String = "village") -> Record {
    Village.record(
      "division-" + code, .division,
      facts: [Fact(list: FactList.division, entity: code, properties: [Property("name", name), Property("kind", kind)])])
  }

  /// Two townships: three households in 东庄村 (one of them with somebody disabled), one with somebody disabled in 西庄村.
  static func workspace(_ role: Role = .clerk, scope: String = "130599100") throws -> Workspace {
    var workspace = try SweepScreenTests().workspace(role: role)
    workspace.identity.scopes = [scope]
    for record in [
      division("130599100", "某镇", "town"), division(west, "西庄村"), division("130599101", "邻镇", "town"), division(far, "南庄村"),
      disabled("h-w", head: "冯一", in: west), disabled("h-far", head: "陈二", in: far),
    ] { workspace.register.apply(record) }
    return workspace
  }

  static func disabled(_ id: String, head: String, in village: String) -> Record {
    var record = Village.record(
      "roster-" + id, .roster, household: id,
      facts: [
        Fact(list: FactList.household, entity: id, label: head, properties: [Property("division", village), Property("head_name", head)]),
        Fact(
          list: FactList.person, entity: "m-" + id, label: head,
          properties: [Property("household", id), Property("name", head), Property("disability", "yes")]),
      ])
    record.division = village
    return record
  }

  static let id = "c-winter"

  /// A campaign of these days, as somebody planned it.
  static func planned(_ from: String = "2026-11-20", _ to: String = "2026-11-30", every: Int? = nil, at place: String = "130599100") throws -> Record {
    let plan = CampaignPlan(
      name: "冬季排查", from: try #require(CivilDate(from)), to: try #require(CivilDate(to)), kinds: [.disability],
      places: [try #require(Division(place))], everyMonths: every)
    var record = Village.record("r-" + id, .campaign, facts: [plan.fact(entity: id)])
    record.division = place
    record.author = Author(person: "p-clerk", name: "孙经办", role: place.count == 6 ? .county : .clerk)
    return record
  }

  /// At the desk's line of campaigns.
  static func opened(_ workspace: Workspace, size: Size = Size(rows: 24, columns: 80)) throws -> KeyScript {
    var script = KeyScript(workspace, size: size)
    let place = try #require(DeskScreen.rows(workspace).firstIndex { $0.opens == .campaigns })
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    return script
  }

  static func onPage(_ workspace: Workspace, size: Size = Size(rows: 24, columns: 80)) throws -> KeyScript {
    var script = try opened(workspace, size: size)
    script.press(.enter)
    return script
  }

  /// Lists made, one village's given to somebody, one household visited and one not met.
  static func underway() throws -> Workspace {
    var script = try opened(try with([planned(every: 3)]))
    script.press(.function(10), .enter, .function(5), .down, .enter)
    script.type("李一")
    script.press(.enter)
    var workspace = script.laptop.current
    workspace.register.apply(Village.visit("v-met", household: "h-a", on: "2026-11-21", result: "suspected"))
    return workspace
  }

  static func with(_ records: [Record], _ role: Role = .clerk, scope: String = "130599100") throws -> Workspace {
    var workspace = try workspace(role, scope: scope)
    for record in records { workspace.register.apply(record) }
    return workspace
  }

  // MARK: The desk

  @Test func theDeskSaysHowManyRunAndHowManyAreDue() throws {
    func line(_ workspace: Workspace) -> DeskRow? { DeskScreen.rows(workspace).first { $0.opens == .campaigns } }
    #expect(line(try Self.workspace())?.count == 0)
    let running = try Self.with([Self.planned()])
    #expect(line(running)?.count == 1 && line(running)?.late == 1)
    let later = try Self.with([Self.planned("2026-12-01", "2026-12-20")])
    #expect(line(later)?.count == 0 && line(later)?.late == 0)
  }

  // MARK: Planning

  @Test func aCampaignIsPlannedByKey() throws {
    var script = try Self.opened(try Self.workspace())
    #expect(script.title.contains("专项排查") && script.message == Message.noCampaigns.sentence, "\(script.text)")
    script.press(.function(6))
    #expect(script.title.contains("新专项") && script.text.contains("村：西庄村") && !script.text.contains("南庄村"), "\(script.text)")
    script.press(.function(10))
    #expect(script.message.contains("没有名称"), "\(script.text)")
    script.press(.enter)
    script.type("冬季排查")
    script.press(.enter, .enter)
    script.type("20261120")
    script.press(.enter, .enter)
    script.type("20261130")
    script.press(.enter, .enter, .enter, .enter)
    #expect(script.text.contains("每季一次"), "\(script.text)")
    script.press(.function(10))
    #expect(script.laptop.written.map(\.type) == [.campaign] && script.laptop.written[0].division == "130599100")
    let campaign = try #require(script.laptop.workspace.register.campaigns(in: Division("130599100")!).first)
    #expect(campaign.name == "冬季排查" && campaign.from.description == "2026-11-20" && campaign.to.description == "2026-11-30")
    #expect(campaign.everyMonths == 3 && Set(campaign.kinds) == SweepReason.kinds && campaign.places.map(\.code) == ["130599100"])
    #expect(script.lines.contains { $0.contains("冬季排查") && $0.contains("进行中") && $0.contains("2 村") }, "\(script.text)")
  }

  /// The end somebody typed stays where it is; one that nobody touched goes with the beginning.
  @Test(arguments: [true, false]) func anEndThatWasTypedStays(_ isTyped: Bool) throws {
    var script = try Self.opened(try Self.workspace())
    script.press(.function(6), .enter)
    script.type("冬季排查")
    script.press(.enter)
    if isTyped {
      script.press(.down, .enter)
      script.type("20261215")
      script.press(.enter, .up, .up)
    }
    script.press(.enter)
    script.type("20261126")
    script.press(.enter, .function(10))
    let campaign = try #require(script.laptop.workspace.register.campaigns(in: Division("130599100")!).first, "\(script.text)")
    let days = [campaign.from, campaign.to].map(\.description)
    #expect(days == ["2026-11-26", isTyped ? "2026-12-15" : "2026-12-25"])
  }

  @Test func villagesAndKindsAreTicked() throws {
    var script = try Self.opened(try Self.workspace(.county, scope: "130599"))
    script.press(.function(6), .enter)
    script.type("冬季排查")
    script.press(.enter)
    func choose(_ label: String) {
      script.press(.home)
      for _ in 0..<60 where script.lines.firstIndex(where: { $0.contains(label) }) != script.frame.cursor?.row { script.press(.down) }
      script.press(.enter)
    }
    choose("乡镇：邻镇")
    choose("村：西庄村")
    choose("对象：缺劳动力")
    script.press(.function(10))
    let campaign = try #require(script.laptop.workspace.register.campaigns(in: Division("130599")!).first, "\(script.text)")
    #expect(campaign.places.map(\.code) == [Village.code] && campaign.division.code == Village.code)
    #expect(!campaign.kinds.contains(.labour) && campaign.kinds.contains(.illness))
  }

  @Test func wholeTownshipsAndTheWholeCountyAreSaidShort() throws {
    let villages = ["130599100": [Village.code, Self.west].compactMap { Division($0) }, "130599101": [Self.far].compactMap { Division($0) }]
    let county = [try #require(Division("130599"))]
    func places(_ codes: [String]) -> [String] {
      CampaignPlanScreen.places(Set(codes.compactMap { Division($0) }), villages, scopes: county).map(\.code)
    }
    #expect(places([Village.code, Self.west, Self.far]) == ["130599"])
    #expect(places([Village.code, Self.west]) == ["130599100"])
    #expect(places([Self.west, Self.far]) == [Self.west, "130599101"])
    #expect(places([]).isEmpty)
  }

  @Test func whatIsWrongStopsThePlan() throws {
    var script = try Self.opened(try Self.with([Self.planned()]))
    script.press(.function(6), .enter)
    script.type("冬季排查")
    script.press(.enter, .function(10))
    #expect(script.message == Message.campaignProblem(.nameTaken).sentence, "\(script.text)")
    script.press(.enter)
    script.type("13")
    script.press(.enter)
    #expect(script.message == Message.notDate.sentence && script.laptop.written.isEmpty, "\(script.text)")
  }

  @Test func whoPutsTheBeginningOffMeansAsManyDays() throws {
    var script = try Self.opened(try Self.workspace())
    script.press(.function(6), .down, .enter)
    script.type("20261201")
    script.press(.enter)
    #expect(script.lines.contains { $0.contains("截止日期") && $0.contains("2026-12-30") }, "\(script.text)")
  }

  // MARK: Lists

  @Test func theListsThatAreDueAreMadeWithOneKey() throws {
    var script = try Self.opened(try Self.with([Self.planned()]))
    script.press(.function(10))
    #expect(script.message == Message.listed(2).sentence, "\(script.text)")
    #expect(script.laptop.written.map(\.type) == [.sweep, .sweep, .campaign])
    let rows = script.laptop.workspace.register.sweep(on: try #require(CivilDate("2026-11-30")), in: try #require(Division("130599100")))
    #expect(rows.map(\.household.id) == ["h-a", "h-w"] && rows.allSatisfy { $0.campaigns == ["冬季排查"] })
    #expect(DeskScreen.rows(script.laptop.workspace).first { $0.opens == .campaigns }?.late == 0)
    script.press(.function(10))
    #expect(script.message == Message.campaignRefused(.nothingToList).sentence && script.laptop.written.count == 3, "\(script.text)")
  }

  @Test func beforeItsDaysNoListIsMade() throws {
    var script = try Self.opened(try Self.with([Self.planned("2026-12-01", "2026-12-20")]))
    script.press(.function(10))
    #expect(script.message == Message.campaignRefused(.notRunning).sentence && script.laptop.written.isEmpty, "\(script.text)")
  }

  /// Two people who make one list make one row: the county's row ids come from household, name and first day.
  @Test func rowsHaveTheIdsThatTheCountyKnows() throws {
    let workspace = try Self.with([Self.planned()])
    let campaign = try #require(workspace.register.campaign(Self.id))
    let lists = CampaignRecords.lists(campaign, on: try #require(CivilDate("2026-11-25")), workspace)
    let entities = lists.records.filter { $0.type == .sweep }.flatMap { $0.facts.map(\.entity) }
    #expect(entities.contains(workspace.namedID("sweep", ["h-a", "冬季排查", "2026-11-20"])), "\(entities)")
  }

  @Test func aTownshipMakesItsOwnPartOfTheCountysCampaign() throws {
    var script = try Self.opened(try Self.with([Self.planned(at: "130599")]))
    script.press(.function(10))
    #expect(Set(script.laptop.written.compactMap(\.household)) == ["h-a", "h-w"], "the next township's are not its own")
    #expect(script.laptop.written.last?.division == "130599100")
    script.press(.enter, .function(8))
    #expect(script.message == Message.campaignRefused(.notYours).sentence, "only the county ends it: \(script.text)")
  }

  // MARK: The page

  @Test func theListOfAVillageIsGivenAndSeen() throws {
    var script = try Self.onPage(try Self.with([Self.planned()]))
    #expect(script.title.contains("冬季排查") && script.text.contains("对象：残疾人家庭") && script.text.contains("剩 7 天"), "\(script.text)")
    #expect(script.lines.contains { $0.contains("东庄村") && $0.contains("待排名单") }, "\(script.text)")
    script.press(.function(5))
    #expect(script.title.contains("指派名单") && script.title.contains("东庄村"), "\(script.text)")
    script.press(.down, .enter)
    script.type("李一")
    script.press(.enter)
    #expect(script.lines.contains { $0.contains("东庄村") && $0.contains("李一") }, "\(script.text)")
    script.press(.function(10))
    let rows = script.laptop.workspace.register.sweep(on: try #require(CivilDate("2026-11-24")), in: try #require(Division(Village.code)))
    #expect(rows.map(\.cadre) == ["李一"])
    script.press(.function(6))
    #expect(script.lines.contains { $0.contains("李一") } && script.lines.contains { $0.contains("不指定") }, "\(script.text)")
    #expect(script.text.contains("应走访 2"), "\(script.text)")
  }

  /// On the day's list: who goes to a household that was given to somebody else, and nothing behind one's own.
  @Test func theDaysListSaysWhoseAHouseholdIs() throws {
    func reason(_ person: String) throws -> String? {
      var workspace = try Self.with([Self.planned()])
      let campaign = try #require(workspace.register.campaign(Self.id))
      let village = try #require(Division(Village.code))
      let given = CampaignRecords.giving(campaign, village, to: CampaignCadre(person: person, name: "李一"), workspace)
      var record = Village.record("r-given", .campaign, facts: given.facts)
      record.author = Author(person: "p-clerk", name: "孙经办", role: .clerk)
      workspace.register.apply(record)
      let now = try #require(workspace.register.campaign(Self.id))
      let lists = CampaignRecords.lists(now, on: try #require(CivilDate("2026-11-24")), workspace).records
      for (number, list) in lists.enumerated() {
        workspace.register.apply(Village.record("r-list-\(number)", list.type, household: list.household, facts: list.facts))
      }
      return TodayScreen.rows(workspace).first { $0.household == "h-a" }?.reason
    }
    #expect(try reason("p-li") == "残疾人家庭（归李一）")
    #expect(try reason(Village.cadre.person) == "残疾人家庭", "one's own list")
  }

  @Test func aVisitMovesTheBarAndTheFigures() throws {
    var script = try Self.onPage(try Self.with([Self.planned()]))
    script.press(.function(10))
    var workspace = script.laptop.current
    workspace.register.apply(Village.visit("v-met", household: "h-a", on: "2026-11-23", result: "suspected"))
    script = try Self.onPage(workspace)
    #expect(script.lines.contains { $0.contains("东庄村") && $0.contains("##########") }, "\(script.text)")
    #expect(script.text.contains("合计 应走访 2 已走访 1 未遇 0 未访 1 发现 1 落后 0"), "\(script.text)")
    script.press(.control("p"))
    #expect(script.laptop.printed.last?.text.contains("冬季排查") == true)
  }

  @Test func aCountyOpensATownship() throws {
    var script = try Self.onPage(try Self.with([Self.planned(at: "130599")], .county, scope: "130599"))
    #expect(script.text.contains("某镇") && script.text.contains("邻镇") && !script.text.contains("东庄村"), "\(script.text)")
    script.press(.function(5))
    #expect(script.message == Message.chooseVillage.sentence)
    script.press(.enter)
    #expect(script.text.contains("东庄村") && script.text.contains("西庄村"), "\(script.text)")
    script.press(.escape)
    #expect(script.text.contains("邻镇"))
  }

  @Test func roundsAreTurned() throws {
    var script = try Self.onPage(try Self.with([Self.planned("2026-08-20", "2026-08-31", every: 1)]))
    #expect(script.text.contains("第 4 轮 2026-11-20 至 2026-11-30"), "\(script.text)")
    script.press(.left)
    #expect(script.text.contains("第 3 轮 2026-10-20 至 2026-10-31"), "\(script.text)")
    script.press(.left, .left, .left)
    #expect(script.text.contains("第 1 轮"), "\(script.text)")
    script.press(.right, .right, .right, .right)
    #expect(script.text.contains("第 4 轮"), "no round that has not begun: \(script.text)")
  }

  @Test func aCampaignIsEndedWithItsReason() throws {
    var script = try Self.onPage(try Self.with([Self.planned(every: 1)]))
    script.press(.function(8))
    #expect(script.title.contains("结束专项"), "\(script.text)")
    script.press(.enter)
    #expect(script.message == Message.reasonNeeded.sentence)
    script.type("并入年终排查")
    script.press(.enter)
    #expect(script.text.contains("2026-11-24 结束：并入年终排查"), "\(script.text)")
    script.press(.function(8))
    #expect(script.message == Message.campaignRefused(.isOver).sentence, "\(script.text)")
    script.press(.escape)
    #expect(script.lines.contains { $0.contains("冬季排查") && $0.contains("已结束") }, "\(script.text)")
  }

  @Test func aDiskThatIsFullWritesNothing() throws {
    var script = try Self.opened(try Self.with([Self.planned()]))
    script.laptop.writeFault = .diskFull
    script.press(.function(10))
    #expect(script.message == Message.saveFailed(.diskFull).sentence && script.text.contains("2 村"), "\(script.text)")
  }

  // MARK: Who comes here

  @Test func aSupervisorComesFromTheListOfVillages() throws {
    var script = KeyScript(try Self.with([Self.planned()], .supervisor))
    if !script.title.contains("今日走访") { script.press(.function(7)) }
    script.press(.function(6), .function(6))
    #expect(script.title.contains("专项排查") && script.text.contains("冬季排查"), "\(script.text)")
    script.press(.function(10))
    #expect(script.laptop.written.count == 3, "\(script.text)")
  }

  /// Who works in the village stands first, also whoever has written nothing yet.
  @Test func whoHasWrittenNothingYetIsOfferedAList() throws {
    var workspace = try Self.workspace()
    workspace.devices = [
      KnownDevice(id: "d-1", person: "p-west", name: "赵西庄", role: .cadre, scopes: [Self.west], isRevoked: false),
      KnownDevice(id: "d-2", person: "p-visitor", name: "社工", role: .visitor, scopes: [Self.west], isRevoked: false),
    ]
    workspace.register.apply(try Self.planned())
    let campaign = try #require(CampaignRecords.all(workspace).first)
    let village = try #require(Division(Self.west))
    let rows = CampaignCadreScreen(campaign, village, workspace).rows
    #expect(rows.dropFirst(2).first == .person(Author(person: "p-west", name: "赵西庄", role: .cadre)), "\(rows)")
    #expect(rows.count > 3 && !rows.contains { if case .person(let one) = $0 { one.role == .visitor } else { false } }, "\(rows)")
  }

  /// A list on a laptop that does not hold the village is a list nobody walks.
  @Test func nobodyIsGivenAListOfAVillageTheyCannotSee() throws {
    var workspace = try Self.workspace()
    workspace.devices = [KnownDevice(id: "d-1", person: "p-west", name: "赵西庄", role: .cadre, scopes: [Self.west], isRevoked: false)]
    workspace.register.apply(try Self.planned())
    let campaign = try #require(CampaignRecords.all(workspace).first)
    for (code, isGiven) in [(Self.west, true), (Village.code, false)] {
      var screen = CampaignCadreScreen(campaign, try #require(Division(code)), workspace)
      screen.cursor.selected = try #require(
        screen.rows.firstIndex { if case .person(let one) = $0 { one.person == "p-west" } else { false } })
      let step = screen.update(.command(.accept), in: workspace)
      #expect(step.effects.contains { if case .write = $0 { true } else { false } } == isGiven)
      #expect(screen.message == (isGiven ? nil : .cannotSeeVillage))
    }
  }

  @Test func aCadreLooksAndPlansNothing() throws {
    var script = KeyScript(try Self.with([Self.planned()], .cadre))
    script.press(.function(6), .function(6), .function(6))
    #expect(script.message == Message.campaignRefused(.notYours).sentence, "\(script.text)")
    script.press(.function(10))
    #expect(script.message == Message.campaignRefused(.notYours).sentence && script.laptop.written.isEmpty, "\(script.text)")
  }
}
