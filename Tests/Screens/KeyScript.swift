// KeyScript: presses keys on the screens and reads what they show, without a terminal, a disk or a clock. Most tests
// of this room are made of it.

import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// Carries effects out in memory, as the laptop would on the disk.
struct FakeLaptop {
  var passphrase = "长长的口令"
  var wrongTries = 0
  var workspace: Workspace
  var drafts: [String: [DraftEntry]] = [:]
  var submissions: [String: String] = [:]
  var finished: [FinishedVisit] = []
  var unmasked: [String] = []
  var exported: [ExportedFile] = []
  var purposes: [UnmaskPurpose] = []
  var written: [NewRecord] = []
  var printed: [(title: String, text: String)] = []
  var beeps = 0
  var hasQuit = false
  var syncStarts = 0
  var enrolled: (county: String, code: String)?
  var enrolments = 0
  /// Sticks that are plugged in, and the one an exchange was started with.
  var sticks: [String] = []
  var stick: String?
  /// Set to make the check of the slip, or the enrolment itself, fail.
  var slipFault: SyncFailure?
  var enrolFault: SyncFailure?
  /// Set to make every append to a draft fail.
  var draftFault: SaveFault?
  /// Set to make the record of a finished visit fail.
  var finishFault: SaveFault?
  /// Set to make records that a screen makes by itself fail.
  var writeFault: SaveFault?

  init(_ workspace: Workspace) {
    self.workspace = workspace
    self.workspace.desk = workspace.desk(after: nil)
  }

  mutating func perform(_ effect: Effect) -> [ProgramEvent] {
    switch effect {
    case .beep: beeps += 1
    case .quit: hasQuit = true
    case .unlock(let secret): return unlock(secret.text)
    case .confirmLosses: return [.lossesConfirmed]
    case .createPractice: return [.opened(current)]
    case .findSticks: return [.sticks(sticks)]
    case .startStick(let path): stick = path
    case .checkSlip: return [slipFault.map { .notEnrolled($0) } ?? .slipChecked]
    case .enrol(let county, let code, _):
      enrolments += 1
      if let enrolFault { return [.notEnrolled(enrolFault)] }
      enrolled = (county, code)
      return [.opened(current)]
    case .openDraft(let id):
      return [drafts[id].map { .draftOpened(id: id, entries: $0) } ?? .draftNotOpened(id: id, .noSuchDraft)]
    case .appendDraft(let id, let entries):
      if let draftFault { return [.notSaved(draft: id, draftFault)] }
      // Through bytes, as on the disk.
      drafts[id, default: []] += entries.compactMap { DraftEntry(decoding: $0.encoded()) }
      return [.saved(draft: id)]
    case .discardDraft(let id):
      if let draftFault { return [.draftNotDiscarded(id: id, draftFault)] }
      drafts[id] = nil
      return [.draftDiscarded(id: id)]
    case .finishVisit(let visit): return finish(visit)
    case .readSubmission(let record): return [.submissionRead(record: record, xml: submissions[record])]
    case .startSync: syncStarts += 1
    case .auditUnmask(let household, let purpose):
      if let writeFault { return [.notUnmasked(household: household, writeFault)] }
      unmasked.append(household)
      purposes.append(purpose)
      return [.unmasked(household: household)]
    case .write(let records): return write(records)
    case .export(_, let files):
      if let writeFault { return [.notExported(writeFault)] }
      exported = files
      return [.exported(folder: "/导出")]
    case .print(let title, let text):
      printed.append((title, text))
      return [.printed]
    }
    return []
  }

  private mutating func unlock(_ text: String) -> [ProgramEvent] {
    if text == passphrase { return [.opened(current)] }
    wrongTries += 1
    return [.passphraseWrong(waitSeconds: wrongTries < 2 ? 0 : 1 << wrongTries)]
  }

  /// As VisitRecord makes it: the facts and what they supersede are judged by the register as it stands.
  private mutating func finish(_ visit: FinishedVisit) -> [ProgramEvent] {
    if let finishFault { return [.notFinished(draft: visit.draft, finishFault)] }
    finished.append(visit)
    drafts[visit.draft] = nil
    let id = "01900000-0000-7000-8000-" + String(repeating: "0", count: 9) + "\(100 + finished.count)"
    let household = visit.household.isEmpty ? nil : visit.household
    let facts = Derivation.facts(from: visit.entities, uncleared: visit.uncleared, knowing: workspace.register)
    var record = Village.record(
      id, visit.recordType, household: household, author: workspace.identity.author, wall: workspace.today + "T19:40:00+08:00", facts: facts,
      submission: visit.holdsAnswers ? visit.submission : nil, supersedes: visit.supersedes(facts: facts, in: workspace.register))
    record.division = visit.division.isEmpty ? record.division : visit.division
    record.body = visit.body
    record.form = visit.holdsAnswers ? FormStamp(id: visit.formID, version: visit.formVersion, hash: "") : nil
    workspace.register.apply(record)
    if visit.holdsAnswers { submissions[id] = visit.submission }
    workspace.pendingUploadCount += 1
    workspace.pendingHouseholds.insert(visit.household)
    return [.finished(draft: visit.draft, Receipt(number: "1305-0007", record: id), current)]
  }

  private mutating func write(_ records: [NewRecord]) -> [ProgramEvent] {
    if let writeFault { return [.notWritten(writeFault)] }
    for record in records {
      written.append(record)
      let id = "01900000-0000-7000-9000-" + String(repeating: "0", count: 9) + "\(100 + written.count)"
      workspace.register.apply(
        Record(
          id: id, type: record.type, household: record.household, division: record.division, author: workspace.identity.author,
          device: "device", wall: Village.today + "T20:00:00+08:00", supersedes: record.supersedes, facts: record.facts,
          body: record.body))
      workspace.pendingUploadCount += 1
    }
    return [.written(current)]
  }

  /// The workspace as the laptop says it now: with the drafts as they stand. Sent where the runner sends one, and only there.
  var current: Workspace {
    var workspace = workspace
    workspace.desk = workspace.desk(after: workspace.desk)
    workspace.drafts = drafts.sorted { $0.key < $1.key }.compactMap { id, entries in
      DraftSummary(id: id, entries: entries)
    }
    return workspace
  }
}

struct KeyScript {
  var program: Program
  var laptop: FakeLaptop
  var size: Size
  /// Everything pressed so far; a pasted or committed character counts one.
  var keys = 0

  init(_ start: Program.Start, laptop: FakeLaptop, size: Size = Size(rows: 24, columns: 80)) {
    program = Program(start)
    self.laptop = laptop
    self.size = size
  }

  init(_ workspace: Workspace, size: Size = Size(rows: 24, columns: 80)) {
    let laptop = FakeLaptop(workspace)
    self.init(.opened(laptop.workspace), laptop: laptop, size: size)
  }

  mutating func press(_ pressed: Key...) {
    for key in pressed {
      keys += 1
      send(.terminal(.key(key)))
    }
  }

  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars {
      keys += 1
      send(.terminal(.key(.character(scalar))))
    }
  }

  mutating func send(_ event: ProgramEvent) {
    var queue = [event]
    var steps = 0
    while !queue.isEmpty, steps < 1_000 {
      steps += 1
      for effect in program.update(queue.removeFirst()) { queue += laptop.perform(effect) }
    }
    // After every event of every test: what is shown in a hurry is what would be drawn anew.
    let shown = program.nextFrame(size: size)
    #expect(shown == program.frame(size: size), "the kept part of the screen is stale after \(event)")
  }

  /// The program dies here and starts again with what is on the disk.
  mutating func restart() {
    program = Program(.opened(laptop.current))
  }

  var frame: Frame { program.frame(size: size) }
  var lines: [String] { (0..<size.rows).map { frame.line($0) } }
  var text: String { lines.joined(separator: "\n") }
  var title: String { frame.line(0) }
  var message: String { frame.line(size.rows - 3).trimmed }
  var hints: String { frame.line(size.rows - 2) + frame.line(size.rows - 1) }
  /// The row the cursor stands in.
  var cursorLine: String { frame.cursor.map { frame.line($0.row) } ?? "" }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
