// A township that does not exist: every household is the sample's family with other names, numbers and answers. Visits
// come in rounds, month by month; what a family says again is the same, what changes changes. Same seed, same township.

import Foundation
import Relief

struct Township {
  let households: Int
  let visits: Int
  private let sample: Relief.Record
  private let persons: [String]
  private let kept: [String: Int]

  init(households: Int, visits: Int, sample: Relief.Record) {
    self.households = households
    self.visits = visits
    self.sample = sample
    persons = sample.facts.filter { $0.list == FactList.person }.map(\.entity)
    var kept: [String: Int] = [:]
    for fact in sample.facts where kept[fact.entity] == nil { kept[fact.entity] = kept.count }
    self.kept = kept
  }

  /// UUIDs that differ by their kind and number, spread as random ones are.
  static func id(_ kind: UInt64, _ number: Int) -> String {
    var random = SplitMix(state: kind << 40 &+ UInt64(number))
    let bits = random.next()
    return [
      hex(bits, 8), hex(bits >> 32, 4), "7" + hex(bits >> 48, 3), "8" + hex(kind, 3), hex(UInt64(number), 12),
    ].joined(separator: "-")
  }

  func division(of household: Int) -> String { "1305991002" + digits(household % 40, 2) }

  /// The roster row of a household: what the county imported before anybody went there.
  func roster(_ household: Int) -> Relief.Record {
    var record = visit(household, round: 0)
    record.id = Self.id(2, household)
    record.type = .roster
    record.supersedes = []
    record.submission = nil
    record.form = nil
    record.wall = "2025-12-01T00:00:00+08:00"
    record.device = Self.id(7, 9_999)
    record.author = Author(person: Self.id(8, 9_999), name: "示范县", role: .county)
    record.facts = record.facts.filter { $0.list == FactList.household || $0.list == FactList.person }
    return record
  }

  /// Visit number `index` of all, in the order they were made.
  func visit(at index: Int) -> Relief.Record {
    visit(index % households, round: index / households)
  }

  func sweep(_ household: Int) -> Relief.Record {
    var record = roster(household)
    record.id = Self.id(3, household)
    record.type = .sweep
    record.facts = [
      Fact(
        list: FactList.sweep, entity: Self.id(4, household),
        properties: [
          Property("household", Self.id(1, household)), Property("campaign", "2026年四季度"),
          Property("from", household % 30 == 0 ? "2026-11-20" : "2026-10-01"),
          Property("to", household % 30 == 0 ? "2026-11-30" : "2026-10-31"), Property("reason", "残疾人家庭"),
          Property("order", String(household % 97)),
        ])
    ]
    return record
  }

  private func visit(_ household: Int, round: Int) -> Relief.Record {
    var family = SplitMix(state: UInt64(household) &* 77 &+ 1)
    let names = (0..<4).map { _ in Self.name(&family) }
    let births = (0..<4).map { _ in 1935 + Int(family.next() % 75) }
    let numbers = births.map { Self.identity(year: $0, &family) }
    let phone = "139" + digits(Int(family.next() % 100_000_000), 8)
    var now = SplitMix(state: UInt64(household) &* 131 &+ UInt64(round) &* 7_919 &+ 5)
    let month = (round * 12 / 9) % 12 + 1
    let date = "2026-\(digits(month, 2))-\(digits(1 + (household + round) % 28, 2))"
    let cadre = household % 60
    var record = sample
    record.id = Self.id(5, household &* 64 &+ round)
    record.household = Self.id(1, household)
    record.division = division(of: household)
    record.author = Author(person: Self.id(8, cadre), name: Self.cadres[cadre % Self.cadres.count], role: .cadre)
    record.device = Self.id(7, cadre)
    record.wall = "\(date)T\(digits(8 + Int(now.next() % 9), 2)):\(digits(Int(now.next() % 60), 2)):\(digits(round, 2))+08:00"
    record.supersedes = round == 0 ? [Self.id(2, household)] : [Self.id(5, household &* 64 &+ round - 1)]
    record.body = [
      "receipt": digits(Int(now.next() % 1_000_000), 6), "draft": Self.id(6, household &* 64 &+ round),
    ]
    // In one household of forty a visit finds something, as in a real township; elsewhere nothing is needed and nothing waits.
    let isSound = household % 40 != 0
    let facts = isSound ? sample.facts.filter { $0.list != FactList.need && $0.list != FactList.risk } : sample.facts
    record.facts = facts
    for index in record.facts.indices {
      let source = facts[index]
      let number = kept[source.entity] ?? 0
      record.facts[index].entity =
        source.list == FactList.visit ? Self.id(10, household &* 64 &+ round)
        : source.list == FactList.household ? Self.id(1, household) : Self.id(11, household &* 64 &+ number)
      let member = persons.firstIndex(of: source.entity)
      if let member { record.facts[index].label = names[member] }
      for place in source.properties.indices {
        record.facts[index].properties[place].value = value(
          source.properties[place], source, household, member, names, numbers, phone, date, &now)
      }
    }
    return record
  }

  private func value(
    _ property: Property, _ fact: Fact, _ household: Int, _ member: Int?, _ names: [String], _ numbers: [String],
    _ phone: String, _ date: String, _ now: inout SplitMix
  ) -> String {
    switch property.name {
    case "result" where fact.list == FactList.visit && household % 40 != 0: return "none"
    case "suspected" where fact.list == FactList.visit && household % 40 != 0: return ""
    case "household": return Self.id(1, household)
    case "person": return Self.id(11, household &* 64 &+ (kept[property.value] ?? 0))
    case "name": return names[member ?? 0]
    case "head_name", "interviewee": return names[0]
    case "head_id_number": return numbers[0]
    case "id_number": return numbers[member ?? 0]
    case "disability_certificate": return numbers[member ?? 0] + "42"
    case "birth":
      let number = numbers[member ?? 0]
      return "\(number.dropFirst(6).prefix(4))-\(number.dropFirst(10).prefix(2))-\(number.dropFirst(12).prefix(2))"
    case "phone": return now.next() % 20 == 0 ? "138" + phone.dropFirst(3) : phone
    case "started", "ended":
      return "\(date)T09:\(digits(Int(now.next() % 60), 2)):\(digits(Int(now.next() % 60), 2)).000+08:00"
    case "date": return fact.list == FactList.visit ? date : property.value
    case "next_visit": return date
    case "visitors": return Self.cadres[household % Self.cadres.count]
    case "words": return property.value + Self.remarks[Int(now.next() % UInt64(Self.remarks.count))] + String(now.next() % 1000)
    case "detail", "advice": return property.value + String(now.next() % 20)
    case "amount_fen", "illness_out_of_pocket_fen":
      return now.next() % 2 == 0 ? property.value : String(10_000 * (1 + now.next() % 400))
    case "result": return now.next() % 4 == 0 ? property.value : "none"
    default: return property.value
    }
  }

  static let remarks = ["今年麦子收得还行。", "孩子过年才回来。", "上个月又住了一回院。", "房子漏雨还没修。", "没有别的难处。"]
  static let cadres = ["王建国", "李春生", "张桂兰", "赵志强", "刘玉梅", "陈海龙", "杨秀华"]
  static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
  static let given = Array("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂梅玲华红建国文志玉春海燕云龙凤金花荣生林东波辉鹏飞宇浩然子轩梓涵雨欣怡佳琪思远博昊天一诺依晨")

  static func name(_ random: inout SplitMix) -> String {
    var name = String(surnames[Int(random.next() % UInt64(surnames.count))])
    name.append(given[Int(random.next() % UInt64(given.count))])
    if random.next() % 5 > 0 { name.append(given[Int(random.next() % UInt64(given.count))]) }
    return name
  }

  /// A number of region 130599, which was never given out, with its check character.
  static func identity(year: Int, _ random: inout SplitMix) -> String {
    let birth = digits(year, 4) + digits(1 + Int(random.next() % 12), 2) + digits(1 + Int(random.next() % 28), 2)
    let base = "130599" + birth + digits(Int(random.next() % 1000), 3)
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(base.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return base + String(Array("10X98765432")[sum % 11])
  }
}

/// The last `count` decimal digits of a number.
func digits(_ number: Int, _ count: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, count - text.utf8.count)) + text.suffix(count)
}

/// The last `count` hexadecimal digits.
func hex(_ number: UInt64, _ count: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, count - text.utf8.count)) + text.suffix(count)
}

/// SplitMix64: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
