// 部门数据定期更新 (R36): which lists the county waits for. A profile says how often its list is to come; that is written into the county's
// own journal, so that status, the page and the desk of the county's laptop know it without the profile files.

public import Departments
internal import Foundation
internal import Logging
public import Relief
internal import Wire

/// How the departments' lists stand today.
public struct ListStanding: Equatable, Sendable {
  public var day: CivilDate
  /// Lists followed or ever taken in.
  public var lists: [DepartmentList] = []

  public var came: Int { lists.count { $0.last != nil } }
  public var withoutPeriod: Int { lists.count { $0.period == .unset } }
  public var due: [DepartmentList] { lists.filter { $0.isDue(on: day) } }
  public var overdue: Int { lists.count { $0.overdueDays(on: day) > 0 } }
}

extension County {
  /// How the lists stand as the county's journal has them.
  /// - Parameter profiles: profiles at hand, whose word on names and periods goes before the journal's: what a file says now is not
  ///   written down before the next import or start.
  public func listStanding(_ profiles: [DepartmentProfile] = []) async throws(CountyFault) -> ListStanding {
    guard let today else { throw .badDate(CountySurroundings.text(surroundings.now())) }
    let figure = try await own(.parameter).policyParameters.importPeriodMonths(on: today)
    var lists = try await own(.batch).departmentLists(everyMonths: figure)
    for profile in profiles {
      let index = lists.firstIndex { $0.profile == profile.id }
      var list = index.map { lists[$0] } ?? DepartmentList(profile: profile.id, department: profile.department)
      (list.departmentTitle, list.title, list.own) = (profile.departmentTitle, profile.title, profile.period)
      list.everyMonths = figure
      if list.since == nil, case .months = profile.period { list.since = today }
      if let index { lists[index] = list } else { lists.append(list) }
    }
    return ListStanding(day: today, lists: lists.sorted(by: DepartmentList.isBefore))
  }

  /// Writes down which lists are to come how often: those of the profiles that name a period, and those that were followed before.
  /// Nothing is written that the journal says already.
  public func follow(_ profiles: [DepartmentProfile]) async throws(CountyFault) {
    guard !profiles.isEmpty else { return }
    try await writing { () async throws(CountyFault) in (try await following(profiles, all: false), ()) }
  }

  /// The same for what the data directory's folder of profiles says. A folder that is not there, or a profile that cannot be read,
  /// keeps no server from starting.
  func followOwnProfiles() async {
    let folder = directory.path + "/profiles"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    do throws(CountyFault) { try await follow(try profiles(in: folder)) } catch {
      log.error("profiles not taken in; serving all the same", metadata: ["fault": "\(error)"])
    }
  }

  /// Records that say what is news of these profiles.
  /// - Parameter all: also profiles that name no period and were not followed before, for their names.
  func following(_ profiles: [DepartmentProfile], all: Bool) async throws(CountyFault) -> [Record] {
    let before = try await own(.batch)
    var scribe = Scribe(self)
    var records: [Record] = []
    for profile in profiles {
      let entity = NamedID.make(county: configuration.id, kind: "list", [profile.id])
      let held = before.value("every_months", of: FactList.batch, entity).flatMap(DepartmentList.Period.init(text:)) ?? .unset
      guard all || profile.period != .unset || before.entity(FactList.batch, entity) != nil else { continue }
      var stated = [
        ("profile", profile.id), ("department", profile.department), ("department_title", profile.departmentTitle),
        ("title", profile.title), ("every_months", profile.period.text),
      ]
      // It is waited for from the day somebody first says that it is to come.
      if case .months = profile.period {
        if case .months = held {} else { stated.append(("since", today?.description ?? "")) }
      }
      let fact = Fact(list: FactList.batch, entity: entity, properties: stated.map { Property($0.0, $0.1) })
      guard let news = Self.newsAlsoEmptied(fact, beside: before) else { continue }
      records.append(
        scribe.record(
          .batch, division: configuration.division, supersedes: before.recordsSeen(household: nil, facts: [news]), facts: [news],
          body: [:]))
    }
    return records
  }
}
