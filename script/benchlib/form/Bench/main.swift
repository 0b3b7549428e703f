// form-bench: what one answer costs in a form, against parsing that form in the same round.
//
//   load     parse and prepare the form (the floor of the round)
//   answer   answer one question of the open form: relevance, constraints, calculations of exactly its dependants
//   members  the same with 300 rows in the first repeat

import Foundation
import XForm

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let time = try clock.measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

func quantile(_ times: [Double], _ part: Double) -> Double {
  let sorted = times.sorted()
  return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

guard CommandLine.arguments.count == 2, let data = FileManager.default.contents(atPath: CommandLine.arguments[1]) else {
  print("usage: form-bench FORM.xml")
  exit(2)
}
let bytes = Array(data)
let surroundings = Surroundings(
  now: { Moment(year: 2026, month: 11, day: 24, hour: 9, offsetMinutes: 480) }, random: { 0x1234_5678_9ABC_DEF0 })

/// Answers every question of the outline once, a choice with each of its first two values; gives the time of each answer.
func walk(_ session: inout Session) -> (times: [Double], recomputed: Int) {
  var times: [Double] = []
  var recomputed = 0
  for item in session.outline where item.kind == .question {
    guard let question = session.question(at: item.path), !question.isReadOnly else { continue }
    var values = question.choices.prefix(2).map(\.value)
    if values.isEmpty { values = question.dataType == .string ? ["甲"] : question.dataType == .int ? ["3"] : [] }
    for value in values {
      times.append(seconds { _ = session.answer(item.path, value) })
      recomputed += session.recomputedCount
    }
  }
  return (times, recomputed)
}

var loads: [Double] = []
var ratios: [Double] = []
var all: [Double] = []
var nodes = 0
var answers = 0
for _ in 0..<9 {
  var definition: FormDefinition?
  let load = try seconds { definition = try FormDefinition(parsing: bytes, name: "form.xml") }
  guard let definition else { exit(1) }
  var session = try Session(definition, surroundings: surroundings)
  for item in session.outline where item.kind == .addRepeat { _ = session.addRepeat(item.path) }
  let walked = walk(&session)
  loads.append(load)
  ratios.append(quantile(walked.times, 0.5) / load)
  all += walked.times
  nodes += walked.recomputed
  answers += walked.times.count
}
print(String(format: "load                       p50 %.2f ms (%d bytes)", quantile(loads, 0.5) * 1e3, bytes.count))
print(
  String(
    format: "answer                     p50 %.1f µs  p95 %.1f µs  worst %.1f µs, %.1f nodes recomputed an answer, n %d",
    quantile(all, 0.5) * 1e6, quantile(all, 0.95) * 1e6, (all.max() ?? 0) * 1e6, Double(nodes) / Double(max(1, answers)), answers))
print(String(format: "answer / load in one round %.5f", quantile(ratios, 0.5)))

let definition = try FormDefinition(parsing: bytes, name: "form.xml")
var crowd = try Session(definition, surroundings: surroundings)
if let place = crowd.outline.first(where: { $0.kind == .addRepeat })?.path {
  let added = seconds { for _ in 0..<300 { _ = crowd.addRepeat(place) } }
  let walked = walk(&crowd)
  print(
    String(
      format: "300 rows: adding %.2f s in all; answer p50 %.1f µs  p99 %.2f ms  worst %.2f ms, n %d", added,
      quantile(walked.times, 0.5) * 1e6, quantile(walked.times, 0.99) * 1e3, (walked.times.max() ?? 0) * 1e3, walked.times.count))
}
