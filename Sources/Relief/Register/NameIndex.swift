// Finding a household: by a name, by its pinyin, by the end of an identity or telephone number. Made from a register once
// and asked at every keystroke; make it anew when the register has changed.

public struct NameIndex: Sendable {
  /// One way to find a household.
  struct Handle: Sendable {
    var household: String
    var person: String?
    var name: String

    func found(_ reason: Found.Reason) -> Found { Found(household: household, person: person, name: name, reason: reason) }
  }

  public struct Found: Equatable, Sendable {
    public enum Reason: Equatable, Sendable { case name, number }

    public var household: String
    /// The member that matched, nil where the head or the household itself did.
    public var person: String?
    public var name: String
    public var reason: Reason
  }

  let handles: [Handle]
  private let tails: NumberTails

  public init(_ register: Register, in division: Division? = nil) { self.init(register.summaries(in: division)) }

  public init(_ summaries: [HouseholdSummary]) {
    var handles: [Handle] = []
    var tails = NumberTails()
    for household in summaries.sorted(by: { $0.id < $1.id }) {
      let head = household.headName ?? ""
      for number in [household.headIDNumber, household.phone].compactMap({ $0 }) { tails.add(number, of: handles.count) }
      handles.append(Handle(household: household.id, person: nil, name: head))
      for member in household.members {
        let numbers = [member.idNumber, member.phone].compactMap { $0 }
        if member.name ?? "" == head, numbers.isEmpty { continue }
        for number in numbers { tails.add(number, of: handles.count) }
        handles.append(Handle(household: household.id, person: member.person, name: member.name ?? ""))
      }
    }
    self.handles = handles
    tails.seal()
    self.tails = tails
  }

  /// Names in the order of their handles, '' where none is known: for whoever matches them all at once.
  public var names: [String] { handles.map(\.name) }

  /// - Parameters:
  ///   - query: Chinese, pinyin, or at least four digits (the last may be `X`) of the end of a number.
  /// - named: the best so many places in `names` for the query, by rank (smaller is better, never negative), then by place; the
  /// pinyin
  ///     room's column of names stands here. The plain one finds a part of the name.
  /// - Returns: each household once, best first, then by id.
  public func find(_ query: String, limit: Int = 50, named: ((_ limit: Int) -> [(place: Int, rank: Int)])? = nil) -> [Found] {
    ranked(query, limit: limit, named: named).map(\.found)
  }

  /// What `find` gives, with how good it is: smaller is better, a number's end best of all.
  public struct Ranked: Sendable {
    public var found: Found
    var rank: Int
  }

  /// - Parameter except: households that are not to be found here.
  public func ranked(
    _ query: String, limit: Int, except: Set<String> = [], named: ((_ limit: Int) -> [(place: Int, rank: Int)])? = nil
  ) -> [Ranked] {
    guard !query.isEmpty, limit > 0 else { return [] }
    var found: [Ranked] = []
    var told = except
    let numbered = tails.find(query).map { handles[Int($0)] }.sorted { ($0.household, $0.person ?? "") < ($1.household, $1.person ?? "") }
    for handle in numbered where told.insert(handle.household).inserted { found.append(Ranked(found: handle.found(.number), rank: -1)) }
    // A household has several names, so more of them are asked for until the households are enough.
    var asked = limit * 4
    while found.count < limit {
      let hits = named?(asked) ?? plain(query)
      for hit in hits where told.insert(handles[hit.place].household).inserted {
        found.append(Ranked(found: handles[hit.place].found(.name), rank: hit.rank))
      }
      guard found.count < limit, named != nil, hits.count == asked else { break }
      asked *= 4
    }
    return Array(found.prefix(limit))
  }

  /// What one index over all households would find, from two over different ones.
  public static func merged(_ one: [Ranked], _ other: [Ranked], limit: Int) -> [Found] {
    let all = (one + other).sorted { ($0.rank, $0.found.household) < ($1.rank, $1.found.household) }
    return all.prefix(limit).map(\.found)
  }

  private func plain(_ query: String) -> [(place: Int, rank: Int)] {
    handles.indices.compactMap { place in Self.plainRank(query, handles[place].name).map { (place, $0) } }
      .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
  }

  private static func plainRank(_ query: String, _ name: String) -> Int? {
    if name == query { return 0 }
    if name.hasPrefix(query) { return 1 }
    return name.contains(query) ? 2 : nil
  }
}
