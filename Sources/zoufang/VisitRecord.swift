// VisitRecord: from what the screens finished to the record that is written down: who, when and on which device are added here, and
// the form's own declarations become facts.

import Derivation
import Laptop
import Relief
import Screens
import Wire

enum VisitRecord {
  static func make(_ visit: FinishedVisit, on laptop: Laptop, formHash: String) -> Record {
    let register = laptop.register
    let facts = Derivation.facts(from: visit.entities, uncleared: visit.uncleared, knowing: register)
    return record(
      visit.recordType, household: visit.household.isEmpty ? nil : visit.household, division: visit.division, on: laptop,
      supersedes: visit.supersedes(facts: facts, in: register),
      form: visit.holdsAnswers ? FormStamp(id: visit.formID, version: visit.formVersion, hash: formHash) : nil, facts: facts,
      submission: visit.holdsAnswers ? visit.submission : nil, body: visit.body)
  }

  /// A record that a screen made without a form.
  static func make(_ new: NewRecord, on laptop: Laptop) -> Record {
    record(
      new.type, household: new.household, division: new.division, on: laptop, supersedes: new.supersedes, facts: new.facts,
      body: new.body)
  }

  /// One line of the audit trail: somebody looked at full numbers of a household, or put a list on paper.
  /// - Parameter subject: the list, where it is not one household's.
  static func audit(_ act: String, household: String? = nil, subject: String? = nil, purpose: String? = nil, on laptop: Laptop)
    -> Record
  {
    let division = household.flatMap { laptop.register.value("division", of: FactList.household, $0) }
    return record(
      RecordType(rawValue: "audit"), household: household, division: division ?? laptop.enrolment.grant.scopes.first ?? "",
      on: laptop, body: ["act": act, "subject": subject, "purpose": purpose].compactMapValues { $0 })
  }

  private static func record(
    _ type: RecordType, household: String?, division: String, on laptop: Laptop, supersedes: [String] = [],
    form: FormStamp? = nil, facts: [Fact] = [], submission: String? = nil, body: [String: String]
  ) -> Record {
    Record(
      id: laptop.makeID(), type: type, household: household, division: division, author: laptop.enrolment.author,
      device: laptop.enrolment.grant.deviceId, wall: laptop.clock.wall(), timeZone: laptop.clock.timeZone,
      clockTrusted: laptop.clockIsBelieved, supersedes: supersedes, form: form, facts: facts, submission: submission,
      body: body)
  }

  /// What the cadre writes on the printed form: day, four digits of the device, number in its journal: `20261124-4821-0007`.
  static func receipt(_ record: Record, seq: UInt64) -> String {
    let day = record.wall.prefix(10).filter { $0 != "-" }
    let device = record.device.utf8.reduce(UInt32(5381)) { $0 &* 33 &+ UInt32($1) } % 10_000
    return "\(day)-\(padded(UInt64(device)))-\(padded(seq))"
  }

  private static func padded(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 4 - text.count)) + text
  }
}
