// compare-bench exact|similar DIRECTORY OUT [THREADS]: pop.csv and dept.csv in, findings out, and where the time went on stderr.
//
// exact:   row,id,name_there,name_here,same          as the peers write it
// similar: row,person,outcome,score,ambiguous,reasons     `person` is a row of pop.csv, `outcome` that of Comparison.Outcome

import Comparison
import Glibc

/// What one part of the list came to.
struct Part: Sendable {
  var answer: Answer
  /// Where the name of each finding's row stands in the list.
  var names: [Cell] = []
  var rows: UInt32 = 0
}

struct Job: Sendable {
  let comparer: Comparer
  let people: MappedFile
  /// By person: the cells of the number and the name.
  let cells: [(number: Cell, name: Cell)]
  let list: MappedFile
  let isExact: Bool

  func compare(_ range: Range<Int>) -> Part {
    var part = Part(answer: Answer(for: comparer.population))
    var reader = RowReader(range)
    var rows: [ListRow] = []
    rows.reserveCapacity(1_024)
    list.withBytes { bytes in
      while true {
        reader.fill(&rows, 1_024, from: list, bytes, numbersOnly: isExact)
        guard let first = rows.first?.line else { break }
        let before = part.answer.findings.count
        comparer.compare(rows, in: bytes, into: &part.answer)
        for place in before..<part.answer.findings.count {
          part.names.append(rows[Int(part.answer.findings[place].line - first)].name)
        }
      }
    }
    part.rows = reader.line
    return part
  }

  func text(of part: Part, firstRow: UInt32) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(part.answer.findings.count * 56)
    people.withBytes { here in
      list.withBytes { there in
        for (place, finding) in part.answer.findings.enumerated() {
          out.append(number: finding.line + firstRow)
          if isExact {
            out.append(here, cells[Int(finding.person)].number)
            out.append(there, part.names[place])
            out.append(here, cells[Int(finding.person)].name)
            out.append(44)
            out.append(finding.outcome == .matched ? 49 : 48)
          } else {
            for value in [finding.person, UInt32(finding.outcome.rawValue), UInt32(finding.score), finding.isAmbiguous ? 1 : 0,
              finding.reasons.rawValue]
            {
              out.append(44)
              out.append(number: value)
            }
          }
          out.append(10)
        }
      }
    }
    return out
  }
}

extension [UInt8] {
  mutating func append(_ bytes: Span<UInt8>, _ cell: Cell) {
    append(44)
    unsafe bytes.extracting(Int(cell.start)..<Int(cell.start + cell.length)).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  mutating func append(number: UInt32) {
    let start = count
    var rest = number
    repeat {
      append(UInt8(truncatingIfNeeded: rest % 10) + 48)
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}

func readPeople(_ file: MappedFile, numbersOnly: Bool) -> (Population, [(number: Cell, name: Cell)]) {
  let capacity = file.count / 44
  var population = Population(capacity: capacity)
  var cells: [(number: Cell, name: Cell)] = []
  cells.reserveCapacity(capacity)
  var reader = RowReader(file.parts(1)[0])
  var rows: [ListRow] = []
  file.withBytes { bytes in
    while true {
      reader.fill(&rows, 1_024, from: file, bytes, numbersOnly: numbersOnly)
      if rows.isEmpty { break }
      population.add(rows, in: bytes)
      for row in rows { cells.append((row.number, row.name)) }
    }
  }
  return (population, cells)
}

func run<Input: Sendable, Output: Sendable>(_ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output) async -> [Output] {
  await withTaskGroup(of: (Int, Output).self) { group in
    for (place, input) in inputs.enumerated() { group.addTask { (place, body(input)) } }
    var outputs: [(Int, Output)] = []
    for await output in group { outputs.append(output) }
    return outputs.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

func say(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
}

let words = CommandLine.arguments
guard words.count >= 4, ["exact", "similar"].contains(words[1]) else { fatalError("compare-bench exact|similar DIRECTORY OUT [THREADS]") }
let threads = words.count > 4 ? Int(words[4]) ?? 1 : 2
let isExact = words[1] == "exact"
let clock = ContinuousClock()
let begin = clock.now
let people = MappedFile(words[2] + "/pop.csv")
let list = MappedFile(words[2] + "/dept.csv")
let (population, cells) = readPeople(people, numbersOnly: isExact)
let read = clock.now
let job = Job(comparer: Comparer(population, similar: !isExact), people: people, cells: cells, list: list, isExact: isExact)
let indexed = clock.now
let parts = await run(list.parts(threads)) { job.compare($0) }
let compared = clock.now
var firstRows: [UInt32] = [0]
for part in parts { firstRows.append(firstRows[firstRows.count - 1] + part.rows) }
let texts = await run(Array(zip(parts, firstRows))) { job.text(of: $0.0, firstRow: $0.1) }
guard let out = unsafe fopen(words[3], "w") else { fatalError("cannot write \(words[3])") }
unsafe fputs(isExact ? "row,id,name_there,name_here,same\n" : "row,person,outcome,score,ambiguous,reasons\n", out)
for text in texts { _ = unsafe text.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, out) } }
unsafe fclose(out)
let end = clock.now
say("register \(read - begin), index \(indexed - read), compare \(compared - indexed), write \(end - compared), all \(end - begin)")
say("rows \(firstRows[firstRows.count - 1]), cut \(parts.reduce(0) { $0 + $1.answer.cutLines.count })")
