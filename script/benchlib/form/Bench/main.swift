// form-bench: what one answer costs in a form, in rounds that interleave the engine, the floor and, where it is given, a peer.
//
//   form-bench FORM.xml VECTORS ROUNDS [PEER COMMAND …]
//
//   answer   `Session.answer`: check one answer and recompute exactly its dependants; the answers of every vector, in order
//   floor    libexpat over the submission that the vector ends in: what reading the answered form once more would cost
//   peer     the command is run once a round and prints `answer_us=…`: the same answers in another engine
//   load     parse and prepare the form, against libexpat over the same file
//   rows     answers with 300 rows in the first repeat
//
// A ratio is taken inside a round; the median over the rounds is printed. Rounds whose floor is slower than 1.3 times the best are
// left out, because something else had the machine.

import Foundation
import XForm

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

func quantile(_ times: [Double], _ part: Double) -> Double {
  let sorted = times.sorted()
  return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

func median(_ times: [Double]) -> Double { quantile(times, 0.5) }

struct Round {
  /// Time of each answer, and the same divided by the time libexpat needs for that vector's submission.
  var answers: [Double] = []
  var ofFloor: [Double] = []
  var recomputed = 0
  var floor = 0.0
  var peer: Double?
  var load = 0.0
  var loadFloor = 0.0
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let formBytes = FileManager.default.contents(atPath: arguments[1]), let count = Int(arguments[3]) else {
  print("usage: form-bench FORM.xml VECTORS ROUNDS [PEER COMMAND …]")
  exit(2)
}
let document = Array(formBytes)
let vectors = Vector.all(in: arguments[2])
guard !vectors.isEmpty else {
  print("form-bench: no vectors in \(arguments[2])")
  exit(2)
}

func surroundings(at now: Moment) -> Surroundings {
  Surroundings(now: { now }, random: { 0x1234_5678_9ABC_DEF0 })
}

/// The best of five, so that the floor is not a cold one.
func floor(_ bytes: [UInt8]) -> Double {
  (0..<5).map { _ in seconds { _ = Floor.parse(bytes) } }.min() ?? .nan
}

func replay(_ vector: Vector, _ definition: FormDefinition, into round: inout Round) throws {
  var session = try Session(definition, surroundings: surroundings(at: vector.now))
  let parse = floor(vector.submission)
  round.floor += parse
  for step in vector.steps {
    switch step {
    case .answer(let path, let value):
      let time = seconds { _ = session.answer(path, value) }
      round.answers.append(time)
      round.ofFloor.append(time / parse)
      round.recomputed += session.recomputedCount
    case .add(let path): _ = session.addRepeat(path)
    case .remove(let path): _ = session.removeRepeat(path)
    }
  }
}

/// Runs the peer and reads its figure, in seconds.
func peer(_ command: [String]) -> Double? {
  let quoted = command.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
  guard let output = unsafe popen(quoted, "r") else { return nil }
  defer { unsafe pclose(output) }
  var line = [CChar](repeating: 0, count: 512)
  var figure: Double?
  while unsafe fgets(&line, Int32(line.count), output) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if let mark = text.range(of: "answer_us=") {
      figure = Double(text[mark.upperBound...].prefix { $0.isNumber || $0 == "." }).map { $0 / 1e6 }
    }
  }
  return figure
}

var rounds: [Round] = []
for _ in 0..<max(1, count) {
  var round = Round()
  var parsed: FormDefinition?
  round.load = try seconds { parsed = try FormDefinition(parsing: document, name: "form.xml") }
  round.loadFloor = floor(document)
  guard let definition = parsed else { exit(1) }
  for vector in vectors { try replay(vector, definition, into: &round) }
  if arguments.count > 4 { round.peer = peer(Array(arguments[4...])) }
  rounds.append(round)
}
let best = rounds.map(\.floor).min() ?? 0
let kept = rounds.filter { $0.floor <= 1.3 * best }

/// Answers each question of the outline with 300 rows in the first repeat.
func crowd() throws -> [Double] {
  var session = try Session(try FormDefinition(parsing: document, name: "form.xml"), surroundings: surroundings(at: vectors[0].now))
  guard let place = session.outline.first(where: { $0.kind == .addRepeat })?.path else { return [] }
  for _ in 0..<300 { _ = session.addRepeat(place) }
  var times: [Double] = []
  for item in session.outline where item.kind == .question {
    guard let question = session.question(at: item.path), !question.isReadOnly else { continue }
    let fallback = question.dataType == .string ? "甲" : question.dataType == .int ? "3" : nil
    guard let value = question.choices.first?.value ?? fallback else { continue }
    times.append(seconds { _ = session.answer(item.path, value) })
  }
  return times
}

let answers = kept.flatMap(\.answers)
let perRound = kept[0].answers.count
print(String(format: "rounds kept %d/%d, %d vectors, %d answers a round", kept.count, rounds.count, vectors.count, perRound))
print(
  String(
    format: "answer                              p50 %.1f µs  p95 %.1f µs  worst %.1f µs, %.1f expressions recomputed an answer",
    median(answers) * 1e6, quantile(answers, 0.95) * 1e6, (answers.max() ?? 0) * 1e6,
    Double(kept[0].recomputed) / Double(perRound)))
print(
  String(
    format: "libexpat over the same submissions  mean %.1f µs (%d bytes)", median(kept.map(\.floor)) / Double(vectors.count) * 1e6,
    vectors.map(\.submission.count).reduce(0, +) / vectors.count))
print(
  String(
    format: "answer / libexpat                   p50 %.3f  p95 %.2f  [%.3f…%.3f over rounds]", median(kept.map { median($0.ofFloor) }),
    median(kept.map { quantile($0.ofFloor, 0.95) }), kept.map { median($0.ofFloor) }.min() ?? 0,
    kept.map { median($0.ofFloor) }.max() ?? 0))
let peers = kept.compactMap { round in round.peer.map { (median(round.answers), $0) } }
if !peers.isEmpty {
  print(
    String(
      format: "answer / peer                       %.3f (peer p50 %.1f µs)", median(peers.map { $0.0 / $0.1 }), median(peers.map(\.1)) * 1e6))
}
print(
  String(
    format: "load                                %.2f ms, libexpat over the same %d bytes %.2f ms, ratio %.2f", median(kept.map(\.load)) * 1e3,
    document.count, median(kept.map(\.loadFloor)) * 1e3, median(kept.map { $0.load / $0.loadFloor })))
let rows = try crowd()
print(
  String(
    format: "answer with 300 rows                p50 %.1f µs  p99 %.2f ms  worst %.2f ms, n %d", median(rows) * 1e6,
    quantile(rows, 0.99) * 1e3, (rows.max() ?? 0) * 1e3, rows.count))
