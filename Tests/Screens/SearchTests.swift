import Relief
import Testing

@testable import Screens

/// An index that follows a register finds what one finds that is made anew.
@Suite struct SearchTests {
  private static let names = ["王建国", "李秀英", "张伟", "欧阳海龙", "赵小明", "曾祥", "Anna Li", "王英"]

  private static func record(_ number: Int, household: Int, name: String, tail: String, supersedes: [String]) -> Record {
    let digits = String(number)
    let house = "h-\(household)"
    let person = Fact(
      list: FactList.person, entity: "p-\(household)",
      properties: [Property("household", house), Property("name", name), Property("phone", "1350000\(tail)")])
    return Record(
      id: "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits, type: .visit, household: house,
      division: "130599100201", author: Author(person: "p1", name: "赵试用", role: .cadre), device: "d1",
      wall: "2026-11-24T09:30:05+08:00", supersedes: supersedes,
      facts: [Fact(list: FactList.household, entity: house, properties: [Property("head_name", name)]), person])
  }

  @Test(arguments: 0..<10) func followingFindsWhatAnewFinds(round: Int) {
    var register = Register()
    var last: [Int: String] = [:]
    func visit(_ number: Int) {
      let household = Int.random(in: 0..<30)
      let record = Self.record(
        number, household: household, name: Self.names.randomElement() ?? "", tail: String(Int.random(in: 1000...1009)),
        supersedes: last[household].map { [$0] } ?? [])
      last[household] = record.id
      register.apply(record)
    }
    for number in 0..<60 { visit(number) }
    var search = HouseholdSearch(register)
    for number in 60..<90 {
      visit(number)
      if Bool.random() { search.follow(register) }
    }
    search.follow(register)
    let anew = HouseholdSearch(register)
    for query in ["王", "wjg", "li", "l", "英", "zhangw", "1003", "350001005", "a", "x", "王英", "ouyang"] {
      for limit in [1, 3, 200] {
        let found = search.find(query, limit: limit)
        #expect(found == anew.find(query, limit: limit), "\(query), \(limit)")
        #expect(Set(found.map(\.household)).count == found.count)
      }
    }
    #expect(anew.find("w", limit: 200).isEmpty == false)
  }

  @Test func oneThatWasNotToldFindsTheOldName() {
    var register = Register()
    register.apply(Self.record(1, household: 1, name: "王建国", tail: "1000", supersedes: []))
    var search = HouseholdSearch(register)
    register.apply(Self.record(2, household: 1, name: "李秀英", tail: "1000", supersedes: ["01900000-0000-7000-8000-000000000001"]))
    #expect(search.find("李秀英", limit: 5).isEmpty)
    search.follow(register)
    #expect(search.find("李秀英", limit: 5).map(\.household) == ["h-1"])
    #expect(search.find("王建国", limit: 5).isEmpty)
  }
}
