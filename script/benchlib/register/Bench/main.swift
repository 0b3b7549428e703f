// register-bench — a township of 12 000 households and 100 000 visit records of real size:
//
//   rebuild   decode every record from its bytes and fold it: seconds, and resident memory afterwards
//   lists     what a screen asks of the whole township or of one household, medians in milliseconds
//   record    one more visit taken into the folded register while a screen still holds the one before
//
// Making the records is not counted. Run from the root of the tree.

import Foundation
import Relief
import Wire

let clock = ContinuousClock()

func milliseconds(_ time: Duration) -> Double {
  Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15
}

/// Resident bytes of this process, now and at its highest.
func resident() -> (now: Double, peak: Double) {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  func mebibytes(_ key: String) -> Double {
    let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
    return Double(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
  }
  return (mebibytes("VmRSS"), mebibytes("VmHWM"))
}

func measure(_ name: String, rounds: Int = 15, _ body: () -> Int) {
  var times: [Double] = []
  var count = 0
  for _ in 0..<rounds { times.append(milliseconds(clock.measure { count = body() })) }
  times.sort()
  print(String(format: "%@  p50 %8.3f ms  p95 %8.3f ms  (%d)", name, times[times.count / 2], times[times.count * 95 / 100], count))
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let township = Township(
  households: arguments.first ?? 12_000, visits: arguments.count > 1 ? arguments[1] : 100_000, sample: try Sample.visit())
let empty = resident().now

/// What making and reading the records took.
final class Totals {
  var making = Duration.zero
  var decoding = Duration.zero
  var bytes = 0
}

/// Decodes records one by one as their bytes are made.
struct Arrivals: Sequence, IteratorProtocol {
  let township: Township
  let totals: Totals
  var number = 0

  mutating func next() -> (record: Relief.Record, place: Place?)? {
    let count = township.households
    guard number < 2 * count + township.visits else { return nil }
    let begun = clock.now
    let record =
      number < count ? township.roster(number)
      : number < 2 * count ? township.sweep(number - count) : township.visit(at: number - 2 * count)
    guard let encoded = try? RecordCodec.encode(record) else { fatalError("a record cannot be written") }
    totals.making += begun.duration(to: clock.now)
    totals.bytes += encoded.count
    number += 1
    let started = clock.now
    guard let decoded = try? RecordCodec.decode(encoded) else { fatalError("a record cannot be read") }
    totals.decoding += started.duration(to: clock.now)
    return (decoded, Place(.inbox, UInt64(number)))
  }
}

func run() throws {
  let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
  let township = Township(
    households: arguments.first ?? 12_000, visits: arguments.count > 1 ? arguments[1] : 100_000,
    sample: try Sample.visit())
  let empty = resident().now
  let totals = Totals()
  var register = Register()
  let whole = clock.measure { register.apply(contentsOf: Arrivals(township: township, totals: totals)) }
  let after = resident()
  let folding = whole - totals.making - totals.decoding
  print(
    String(
      format: "records %d, %.0f MB encoded; decode %.2f s, fold %.2f s; resident %.0f MiB over %.0f (peak %.0f)",
      register.count, Double(totals.bytes) / 1e6, milliseconds(totals.decoding) / 1e3, milliseconds(folding) / 1e3,
      after.now - empty, empty, after.peak))
  lists(register, township)
  var screen = register
  var number = township.visits
  measure("record: one more visit     ") {
    let record = township.visit(at: number)
    number += 1
    register.apply(record)
    defer { screen = register }
    return screen.count
  }
  print(String(format: "resident at the end %.0f MiB", resident().now - empty))
}

func lists(_ register: Register, _ township: Township) {
  guard let town = Division("130599100"), let village = Division(township.division(of: 0)),
    let day = CivilDate("2026-11-24")
  else { fatalError("bad divisions") }
  let visited = CivilDate("2026-11-12") ?? day
  var turn = 0
  func household() -> String {
    turn += 1
    return Township.id(1, turn * 7_919 % township.households)
  }
  measure("list: households of the township") { register.summaries(in: town).count }
  measure("list: households of a village") { register.summaries(in: village).count }
  measure("list: sweep of a village   ") { register.sweep(on: day, in: village).count }
  measure("list: sweep of the township") { register.sweep(on: day, in: town).count }
  measure("list: visits of a day      ") { register.visits(on: visited, in: town).count }
  measure("one: household, members, visits") {
    let id = household()
    return (register.household(id) == nil ? 0 : 1) + register.persons(of: id).count + register.visits(of: id).count
  }
}

try run()
