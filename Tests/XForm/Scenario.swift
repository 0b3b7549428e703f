// Scenario: a form answered by a test, without a screen: paths and values as text, fixed clock, counted randomness.

import Foundation
import Synchronization
import XForm

struct Scenario {
  var session: Session

  static let noon = Moment(year: 2026, month: 11, day: 24, hour: 12, minute: 0, second: 0, offsetMinutes: 480)

  static func surroundings(lastSaved: String? = nil) -> Surroundings {
    let count = Counter()
    return Surroundings(
      now: { noon }, random: { count.next() }, deviceID: "laptop-7", userName: "单建国",
      lastSaved: lastSaved.map { Array($0.utf8) })
  }

  /// A form of the folder Forms, by its file name.
  init(_ file: String, surroundings: Surroundings = surroundings()) throws {
    let form = try FormDefinition(parsing: try Self.file("Forms/" + file), name: file)
    session = try Session(form, surroundings: surroundings)
  }

  /// A form written in the test: the children of `<data id="t">`, the rest of the model, and the body.
  init(_ data: String, _ model: String = "", body: String, attachments: [String: [UInt8]] = [:]) throws {
    session = try Session(
      try Self.form(data, model, body: body, attachments: attachments), surroundings: Self.surroundings())
  }

  static func form(
    _ data: String, _ model: String = "", body: String, attachments: [String: [UInt8]] = [:]
  ) throws(FormFault) -> FormDefinition {
    try FormDefinition(parsing: Array(text(data, model, body: body).utf8), name: "t.xml", attachments: attachments)
  }

  static func text(_ data: String, _ model: String = "", body: String) -> String {
    """
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" \
    xmlns:jr="http://openrosa.org/javarosa" xmlns:zf="https://zoufang.cn/xforms" \
    xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>T</h:title><model>
    <instance><data id="t">\(data)</data></instance>
    \(model)
    </model></h:head><h:body>
    \(body)
    </h:body></h:html>
    """
  }

  static func file(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  static func files(ending: String) throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(ending) }.sorted()
  }

  @discardableResult
  mutating func answer(_ path: String, _ value: String) -> AnswerOutcome? {
    InstancePath(path).map { session.answer($0, value) }
  }

  @discardableResult
  mutating func add(_ path: String) -> String? {
    InstancePath(path).flatMap { session.addRepeat($0) }?.description
  }

  @discardableResult
  mutating func remove(_ path: String) -> Bool { InstancePath(path).map { session.removeRepeat($0) } ?? false }

  func value(_ path: String) -> String? { InstancePath(path).flatMap { session.value(at: $0) } }
  func question(_ path: String) -> Question? { InstancePath(path).flatMap { session.question(at: $0) } }
  func label(_ path: String) -> String? { InstancePath(path).flatMap { session.label(at: $0) } }
  func isRelevant(_ path: String) -> Bool { InstancePath(path).map { session.isRelevant($0) } ?? false }

  var submission: String { String(decoding: session.instanceXML(submission: true), as: UTF8.self) }
  var outline: [String] { session.outline.map { "\($0.kind) \($0.path)" } }
}

final class Counter: Sendable {
  private let count = Mutex<UInt64>(0)
  func next() -> UInt64 {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
