// A supervisor's laptop with a township in its inbox, made once and opened in a process of its own, so that the memory is the
// opening's.

import Foundation
import Journal
import Laptop
import Pinyin
import Relief
import Wire

enum LaptopBench {
  private static let passphrase = "register bench"

  static func make(_ path: String, households: Int, visits: Int) throws {
    let township = Township(households: households, visits: visits, sample: try Sample.visit())
    let directory = DataDirectory(path)
    guard let cost = ScryptCost(log2N: 15) else { fatalError("no such cost") }
    var vault = try Laptop.vaultForEnrolment(directory, passphrase: passphrase, cost: cost)
    let device = "0b6f3a52-5d2a-4f0e-8a54-2f4f5d7a9c11"
    let inbox = try Inbox(in: directory, keys: vault.keys, deviceID: device)
    let all = 2 * households + visits
    var page: [FeedItem] = []
    var bytes = 0
    for number in 0..<all {
      let record =
        number < households ? township.roster(number)
        : number < 2 * households ? township.sweep(number - households) : township.visit(at: number - 2 * households)
      let encoded = try RecordCodec.encode(record)
      bytes += encoded.count
      page.append(FeedItem(seq: UInt64(number + 1), record: String(decoding: encoded, as: UTF8.self)))
      if page.count == 256 || number + 1 == all {
        try inbox.append(page, next: FeedCursor(next: UInt64(number + 1), epoch: 1))
        page = []
      }
    }
    inbox.close()
    let grant = EnrolGrant(
      deviceId: device, person: "p-01", name: "示例主管", role: "supervisor", scopes: ["130599100"], county: "示范县", server: "",
      readers: [], caPem: "", rootPublicKey: "", issued: "2026-11-24T09:00:00+08:00")
    try Laptop.enrol(&vault, as: Enrolment(grant: grant, county: nil))
    print(String(format: "%d records, %.0f MB as JSON, a visit %.1f kB", all, Double(bytes) / 1e6, visitBytes(township)))
  }

  private static func visitBytes(_ township: Township) -> Double {
    Double((try? RecordCodec.encode(township.visit(at: 0)).count) ?? 0) / 1e3
  }

  static func open(_ path: String) throws {
    let clock = ContinuousClock()
    let directory = DataDirectory(path)
    var keys: UnlockedKeys?
    let deriving = try clock.measure { keys = try Vault.open(in: path, passphrase: passphrase).keys }
    guard keys != nil else { return }
    let empty = resident().now
    var opened: Laptop?
    let before = processorSeconds()
    let whole = try clock.measure { opened = try Laptop.open(directory, passphrase: passphrase) }
    let used = processorSeconds() - before
    guard let laptop = opened else { return }
    let after = resident()
    print(
      String(
        format: "%@: key to register %.2f s (the key itself %.2f s, not in it), %.1f s of processor; %d records; resident %.0f MiB over %.0f, peak %.0f",
        laptop.isResumed ? "from the snapshot" : "rebuilt", milliseconds(whole - deriving) / 1e3, milliseconds(deriving) / 1e3, used,
        laptop.register.count, after.now - empty, empty, after.peak))
    lists(laptop.register)
    print(String(format: "resident at the end %.0f MiB, peak %.0f", resident().now, resident().peak))
    laptop.close()
  }

  private static func lists(_ register: Register) {
    guard let town = Division("130599100"), let village = Division("130599100201"), let day = CivilDate("2026-11-24"),
      let visited = CivilDate("2026-11-12")
    else { return }
    let ids = register.households(in: village).map(\.id)
    var turn = 0
    func household() -> String {
      turn += 1
      return ids[turn * 7 % max(1, ids.count)]
    }
    measure("list: lines of the township", rounds: 5) { register.summaries(in: town).count }
    measure("list: lines of a village", rounds: 5) { register.summaries(in: village).count }
    measure("all fields of a village's households", rounds: 5) { register.households(in: village).count }
    measure("list: sweep of a village", rounds: 5) { register.sweep(on: day, in: village).count }
    measure("list: sweep of the township", rounds: 3) { register.sweep(on: day, in: town).count }
    let rules = CaseRules(register.policyParameters, on: visited)
    let now = Instant(visited.description + "T18:00:00+08:00") ?? Instant(seconds: 0)
    measure("list: evening of the township", rounds: 5) {
      Evening(on: visited, in: town, of: register, now: now, rules: rules, quality: { register.doubts(about: $0) }).rows.count
    }
    var memory = EveningMemory()
    measure("list: evening, shown again", rounds: 5) {
      Evening(on: visited, in: town, of: register, now: now, rules: rules, memory: &memory).rows.count
    }
    measure("list: totals of a day", rounds: 5) { register.totals(from: visited, to: visited, in: town).villages.count }
    measure("list: what waits, township", rounds: 3) { register.ageing(on: day, in: town, rules).count }
    measure("list: referrals, township", rounds: 3) { register.referralsToChase(on: day, in: town, rules).count }
    measure("list: red, township", rounds: 3) { register.redMatters(in: town, now: now, rules.clocks).count }
    measure("list: reserve", rounds: 3) { register.reserve(of: town).lines.count }
    var random = SystemRandomNumberGenerator()
    measure("list: charity needs, township", rounds: 3) { register.charityNeeds(in: town, on: day, using: &random).rows.count }
    let end = day.adding(days: 6) ?? day
    measure("list: proposed sweep of a village", rounds: 3) {
      SweepGenerator(rules).proposals(SweepRequest(division: village, campaign: "c", from: day, to: end), in: register).count
    }
    measure("list: six groups, township", rounds: 3) { register.groups(in: town, on: day).count }
    measure("list: long unvisited, township", rounds: 3) { register.stale(in: town, on: day, months: 6).count }
    measure("list: who stands twice, township", rounds: 3) { register.personClashes(in: town).count }
    measure("list: visits of a day", rounds: 5) { register.visits(on: visited, in: town).count }
    measure("household, members, visits") {
      let id = household()
      return (register.household(id) == nil ? 0 : 1) + register.persons(of: id).count + register.visits(of: id).count
    }
    measure("history of a household") { register.history(of: household()).rows.count }
    var index: NameIndex?
    var names: NameColumn?
    measure("search: make the index", rounds: 3) {
      let made = NameIndex(register)
      names = NameColumn(made.names)
      index = made
      return made.names.count
    }
    guard let index, let names else { return }
    for text in ["l", "lxy", "李", "秀英", "zhangw", "0021"] {
      measure("search: " + text) {
        let query = PinyinQuery(text)
        // With more than the screen shows of each.
        return index.find(text, limit: 200, named: { limit in names.find(query, limit: limit).map { ($0.place, $0.rank.rawValue) } }).reduce(0) {
          $0 + (register.household($1.household) == nil ? 0 : 1) + register.persons(of: $1.household).count
        }
      }
    }
  }
}
