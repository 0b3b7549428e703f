import Foundation
import Testing
import XForm

/// What JavaRosa, the engine of ODK Collect, did with the form, our engine does too: same results step by step, same
/// final instance. script/oracle/run makes the vectors.
@Suite struct VectorTests {
  struct Step: Decodable {
    var op: String
    var now: String?
    var ref: String?
    var result: Int?
    var label: String?
    var ok: Bool?
  }

  static let names =
    (try? Repository.files(in: "Tests/Forms/Vectors", ending: ".jsonl").map { String($0.dropLast(6)) }) ?? []

  @Test func thereAreTwentyOne() { #expect(Self.names.count == 21) }

  @Test(arguments: names) func replayAgrees(_ name: String) throws {
    let lines = try Repository.text("Tests/Forms/Vectors/\(name).jsonl").split(separator: "\n").map(String.init)
    let clock = try #require(Self.step(lines.first ?? "")?.now)
    var replay = FormReplay(try VisitForm.session(now: try #require(Self.moment(clock)), userName: ""))
    var differences: [String] = []
    for line in lines.dropFirst() {
      let expected = try #require(Self.step(line))
      if expected.op == "validate" { continue }
      let answered: String? = if case .answered(let answer) = replay.take(line) { answer } else { nil }
      let step = answered.flatMap(Self.step)
      if step?.result != expected.result || step?.label != expected.label {
        differences.append("\(line) but \(answered ?? "nothing")")
      }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.first ?? "")")
    let trace = replay.finish()
    #expect(trace.lazy.compactMap(Self.step).first { $0.op == "validate" }?.ok == Self.step(lines.last ?? "")?.ok)
    let ours = PlainXML(trace.last { $0.hasPrefix("<") } ?? "")
    let theirs = PlainXML(try Repository.text("Tests/Forms/Vectors/\(name).xml"))
    #expect(ours.lines.count > 30)
    let changes = ours.lines.difference(from: theirs.lines)
    let first = changes.prefix(8).map { "\($0)" }
    #expect(first.isEmpty, "\(changes.count) lines differ")
  }

  private static func step(_ line: String) -> Step? { try? JSONDecoder().decode(Step.self, from: Data(line.utf8)) }

  /// `2026-11-24T03:37:22Z` or with an offset.
  private static func moment(_ text: String) -> Moment? {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 6 else { return nil }
    let offset = numbers.count >= 8 ? (numbers[6] * 60 + numbers[7]) * (text.contains("+") ? 1 : -1) : 0
    return Moment(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5],
      offsetMinutes: offset)
  }
}
