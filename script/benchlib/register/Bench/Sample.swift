// One real visit: the household of four that keys are counted with (Tests/Journeys/household-of-four.md), typed into the
// shipped form, so that a record here has the facts and the bytes of a record there.

import Derivation
import Foundation
import Relief
import Synchronization
import XForm

enum Sample {
  private final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)
    func next() -> UInt64 {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  /// The record, with its submission.
  static func visit() throws -> Relief.Record {
    let xml = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "forms/household-visit.xml")))
    let counter = Counter()
    let moment = Moment(year: 2026, month: 11, day: 24, hour: 9, offsetMinutes: 480)
    var session = try Session(
      FormDefinition(parsing: xml, name: "household-visit.xml"),
      surroundings: Surroundings(now: { moment }, random: { counter.next() }, userName: "王建国"))
    let script = try String(contentsOfFile: "Tests/Journeys/household-of-four.md", encoding: .utf8)
    for line in script.split(separator: "\n") where line.hasPrefix("| /") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard let path = InstancePath(cells[1]) else { continue }
      if cells[3] != "row" {
        _ = session.answer(path, cells[5])
      } else if let position = path.steps.last?.position, position > 1,
        let repeated = InstancePath(String(path.description.prefix { $0 != "[" }))
      {
        _ = session.addRepeat(repeated)
      }
    }
    session.finish()
    return Derivation.record(
      of: session, formHash: String(repeating: "a", count: 64),
      .init(
        id: Township.id(9, 0), household: Township.id(1, 0), division: "130599100201",
        author: Author(person: Township.id(8, 0), name: "王建国", role: .cadre), device: Township.id(7, 0),
        wall: "2026-11-24T09:30:05+08:00"),
      knowing: Register())
  }
}
