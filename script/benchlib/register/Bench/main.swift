// register-bench — figures of the register. Run from the root of the tree.
//
//   search [PERSONS]               the best fifty of 500 000 persons against `memmem` over one column of them, in one run
// make DIRECTORY [HOUSEHOLDS VISITS] a laptop whose inbox holds a township: 12 000 households, 100 000 sealed visits of real
// size
//   county [HOUSEHOLDS]            reports and lists over 60 000 households with about 300 000 records, in memory
//   desk [HOUSEHOLDS]              what the desk, its ledgers and the evening cost after a word was saved, over one township in memory
//   open DIRECTORY                 what opening that laptop costs behind the passphrase, and what its lists cost

import Foundation

func milliseconds(_ time: Duration) -> Double {
  Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15
}

/// Resident mebibytes of this process, now and at its highest.
func resident() -> (now: Double, peak: Double) {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  func mebibytes(_ key: String) -> Double {
    let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
    return Double(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
  }
  return (mebibytes("VmRSS"), mebibytes("VmHWM"))
}

/// Processor seconds this process has used, on all cores.
func processorSeconds() -> Double {
  var usage = rusage()
  _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func quantile(_ times: [Double], _ part: Double) -> Double {
  let sorted = times.sorted()
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

func measure(_ name: String, rounds: Int = 15, _ body: () throws -> Int) rethrows {
  let clock = ContinuousClock()
  var times: [Double] = []
  var count = 0
  for _ in 0..<rounds { times.append(milliseconds(try clock.measure { count = try body() })) }
  let name = name.padding(toLength: 40, withPad: " ", startingAt: 0)
  print(String(format: "%@  p50 %8.2f ms  p95 %8.2f ms  (%d)", name, quantile(times, 0.5), quantile(times, 0.95), count))
}

let arguments = Array(CommandLine.arguments.dropFirst())
let numbers = arguments.compactMap { Int($0) }
switch (arguments.first, arguments.count) {
case ("search", _): SearchBench(persons: numbers.first ?? 500_000).run()
case ("county", _): try CountyBench(households: numbers.first ?? 60_000, sample: Sample.visit()).run()
case ("desk", _): try DeskBench(households: numbers.first ?? 12_000, sample: Sample.visit()).run()
case ("make", 2...):
  try LaptopBench.make(arguments[1], households: numbers.first ?? 12_000, visits: numbers.count > 1 ? numbers[1] : 100_000)
case ("open", 2...): try LaptopBench.open(arguments[1])
default:
  print("usage: register-bench search [PERSONS] | county [HOUSEHOLDS] | desk [HOUSEHOLDS] | make DIRECTORY [HOUSEHOLDS VISITS] | open DIRECTORY")
  exit(2)
}
