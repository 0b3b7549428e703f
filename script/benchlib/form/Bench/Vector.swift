// Vector: one seed's steps, as the oracle wrote them (Tests/Forms/Vectors), and the submission they end in.

import Foundation
import XForm

struct Vector {
  enum Step {
    case answer(InstancePath, String)
    case add(InstancePath)
    case remove(InstancePath)
  }

  let now: Moment
  let steps: [Step]
  let submission: [UInt8]

  /// Reads `seed-NN.jsonl` and the `.xml` beside it.
  init?(_ path: String) {
    guard let lines = FileManager.default.contents(atPath: path),
      let xml = FileManager.default.contents(atPath: String(path.dropLast(6)) + ".xml")
    else { return nil }
    submission = Array(xml)
    var clock: Moment?
    var steps: [Step] = []
    for line in lines.split(separator: 0x0A) {
      guard let fields = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else { return nil }
      let operation = fields["op"] as? String ?? ""
      if operation == "clock" { clock = (fields["now"] as? String).flatMap { Moment($0) } }
      guard let ref = fields["ref"] as? String, let path = InstancePath(Self.countedFromOne(ref)) else { continue }
      switch operation {
      case "answer": steps.append(.answer(path, fields["value"] as? String ?? ""))
      case "addRepeat": steps.append(.add(path))
      case "removeRepeat": steps.append(.remove(path))
      default: continue
      }
    }
    guard let clock else { return nil }
    now = clock
    self.steps = steps
  }

  /// The oracle counts repeats from 0, the engine's paths from 1.
  private static func countedFromOne(_ ref: String) -> String {
    var text = ""
    var digits = ""
    for character in ref {
      if character.isNumber, text.last == "[" || !digits.isEmpty {
        digits.append(character)
        continue
      }
      if character == "]", let number = Int(digits) { text += String(number + 1) }
      if character != "]" { text += digits }
      digits = ""
      text.append(character)
    }
    return text + digits
  }

  static func all(in folder: String) -> [Vector] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted().compactMap { Vector(folder + "/" + $0) }
  }
}
