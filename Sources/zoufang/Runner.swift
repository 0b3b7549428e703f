// Runner: the loop between terminal, screens and data directory.
//
//     event → Program.update (pure) → effects → carried out here, in order → their outcomes are events again → frame → terminal
//
// Effects are carried out before the frame is shown, so nothing is ever drawn as saved that is not. Three of them take longer than a
// blink (opening the vault, enrolling, making the practice village): before those the frame is shown first.

import Glibc
import Journal
import Laptop
import Relief
import Screens
import Terminal
import Wire

final class Runner {
  private let directory: DataDirectory
  private let clock: LaptopClock
  private let passphrase: String?
  private let practice: Bool
  var laptop: Laptop?
  var maker = WorkspaceMaker()
  private var backoff = UnlockBackoff()
  /// When the next passphrase may be tried, in milliseconds of the clock.
  private var waitUntil: UInt64?
  private var child: SyncChild?
  private var isLeaving = false

  init(directory: DataDirectory, passphrase: String?, practice: Bool, clock: LaptopClock) throws {
    self.directory = directory
    self.clock = clock
    self.passphrase = passphrase
    self.practice = practice
  }

  func run() throws {
    Self.leaveNoCore()
    let start = try begin()
    var terminal: Terminal
    do { terminal = try Terminal() } catch { throw CommandFailure(.terminal(error)) }
    var program = Program(start)
    terminal.show(program.nextFrame(size: terminal.size))
    while !isLeaving {
      let event = terminal.wait(
        timeoutMilliseconds: timeout(program), watching: child.map { [$0.report] } ?? [])
      for event in translated(event) { handle(event, &program, &terminal) }
      if isLeaving { break }
      terminal.show(program.nextFrame(size: terminal.size))
    }
    child?.forget()
    laptop?.close()
  }

  /// A crash must not leave what was typed in a file: no core dump of this process.
  private static func leaveNoCore() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  /// What is there when the program starts. With a passphrase at hand the directory is opened before the first screen.
  private func begin() throws -> Program.Start {
    if practice { return .opened(try openPractice()) }
    guard directory.hasVault else { return .firstRun }
    guard let passphrase else { return .locked }
    do {
      let laptop = try Laptop.open(directory, passphrase: passphrase, clock: clock)
      self.laptop = laptop
      return .opened(try maker.workspace(of: laptop))
    } catch let fault as LaptopFault { throw CommandFailure(.laptop(fault)) }
  }

  private func openPractice() throws -> Workspace {
    let laptop: Laptop
    do { laptop = try Practice.open(directory.practice, clock: clock, village: { Place.shipped(Place.practiceVillage) }) } catch {
      throw CommandFailure(.practice(error))
    }
    self.laptop = laptop
    return try maker.workspace(of: laptop)
  }

  // MARK: events

  private func timeout(_ program: borrowing Program) -> Int? {
    if let waitUntil {
      let now = clock.milliseconds()
      return now >= waitUntil ? 0 : min(1000, Int(waitUntil - now))
    }
    return program.timeoutMilliseconds
  }

  private func translated(_ event: Event) -> [ProgramEvent] {
    switch event {
    case .readable(let descriptor) where descriptor == child?.report: return readChild()
    case .timeout where waitUntil != nil: return [.waiting(secondsLeft: secondsLeft())]
    default: return [.terminal(event)]
    }
  }

  private func secondsLeft() -> Int {
    guard let until = waitUntil else { return 0 }
    let now = clock.milliseconds()
    if now >= until {
      waitUntil = nil
      return 0
    }
    return Int((until - now + 999) / 1000)
  }

  private func handle(_ event: ProgramEvent, _ program: inout Program, _ terminal: inout Terminal) {
    var queue: [ProgramEvent] = []
    var effects = program.update(event)
    var steps = 1
    while true {
      for effect in effects {
        if effect.isSlow { terminal.show(program.nextFrame(size: terminal.size)) }
        if case .beep = effect { terminal.beep() }
        queue += perform(effect)
      }
      guard !queue.isEmpty, steps < 1000 else { return }
      effects = program.update(queue.removeFirst())
      steps += 1
    }
  }

  // MARK: effects

  private func perform(_ effect: Effect) -> [ProgramEvent] {
    switch effect {
    case .beep: return []
    case .quit:
      isLeaving = true
      return []
    case .unlock(let secret): return unlock(secret.text)
    case .createPractice: return answer { try openPractice() }
    case .enrol(let county, let code, let passphrase): return enrol(county, code, passphrase.text)
    case .openDraft(let id): return openDraft(id)
    case .appendDraft(let id, let entries): return appendDraft(id, entries)
    case .finishVisit(let visit): return finish(visit)
    case .readSubmission(let record): return [.submissionRead(record: record, xml: try? laptop?.submission(of: record))]
    case .startSync: return startSync()
    case .auditUnmask(let household): return auditUnmask(household)
    case .write(let records): return write(records)
    case .print(let title, let text): return [Printer.print(text, title: title)]
    }
  }

  private func answer(_ open: () throws -> Workspace) -> [ProgramEvent] {
    do { return [.opened(try open())] } catch let fault as OpenFault { return [.cannotOpen(fault)] } catch
      let fault as LaptopFault
    { return [.cannotOpen(OpenFault(fault))] } catch { return [.cannotOpen(.damaged(lines: 0))] }
  }

  private func unlock(_ passphrase: String) -> [ProgramEvent] {
    do {
      let laptop = try Laptop.open(directory, passphrase: passphrase, clock: clock)
      backoff.succeeded()
      self.laptop = laptop
      return [.opened(try maker.workspace(of: laptop))]
    } catch LaptopFault.wrongPassphrase {
      backoff.failed()
      let seconds = backoff.seconds
      if seconds > 0 { waitUntil = clock.milliseconds() + UInt64(seconds) * 1000 }
      return [.passphraseWrong(waitSeconds: seconds)]
    } catch let fault as LaptopFault { return [.cannotOpen(OpenFault(fault))] } catch let fault as OpenFault {
      return [.cannotOpen(fault)]
    } catch { return [.cannotOpen(.damaged(lines: 0))] }
  }

  private func enrol(_ county: String, _ code: String, _ passphrase: String) -> [ProgramEvent] {
    switch EnrolFlow.enrol(directory, county: county, slip: code, passphrase: passphrase) {
    case .success: return unlock(passphrase)
    case .failure(.network(let failure)): return [.notEnrolled(failure)]
    case .failure(.laptop(let fault)):
      return fault == .wrongPassphrase ? [.passphraseWrong(waitSeconds: 0)] : [.cannotOpen(OpenFault(fault))]
    case .failure(.weak): return [.notEnrolled(.refused(code: "weak_passphrase"))]
    }
  }

  private func openDraft(_ id: String) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      let entries = try laptop.draftEntries(id)
      let readable = entries.compactMap(DraftEntry.init(decoding:))
      guard readable.count == entries.count else { return [.draftNotOpened(id: id, .newerVersion)] }
      return [.draftOpened(id: id, entries: readable)]
    } catch { return [.draftNotOpened(id: id, OpenFault(error))] }
  }

  private func appendDraft(_ id: String, _ entries: [DraftEntry]) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      try laptop.appendDraft(id, entries.map { $0.encoded() })
      return [.saved(draft: id)]
    } catch { return [.notSaved(draft: id, SaveFault(error))] }
  }

  private func finish(_ visit: FinishedVisit) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      let record = VisitRecord.make(visit, on: laptop, formHash: maker.hashes[FormKey(id: visit.formID, version: visit.formVersion)] ?? "")
      let seq = try laptop.finish(draft: visit.draft, with: record)
      let receipt = Receipt(number: VisitRecord.receipt(record, seq: seq), record: record.id)
      let workspace = try maker.workspace(of: laptop)
      return [.finished(draft: visit.draft, receipt, workspace)]
    } catch let fault as LaptopFault {
      return [.notFinished(draft: visit.draft, SaveFault(fault))]
    } catch { return [.notFinished(draft: visit.draft, .ioError)] }
  }

  private func auditUnmask(_ household: String) -> [ProgramEvent] {
    guard let laptop else { return [] }
    _ = try? laptop.append(VisitRecord.audit("unmask", household: household, on: laptop))
    return []
  }

  private func write(_ new: [NewRecord]) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      try laptop.append(contentsOf: new.map { VisitRecord.make($0, on: laptop) })
      return [.written(try maker.workspace(of: laptop))]
    } catch let fault as LaptopFault { return [.notWritten(SaveFault(fault))] } catch { return [.notWritten(.ioError)] }
  }

  // MARK: sync

  private func startSync() -> [ProgramEvent] {
    guard let laptop, child == nil else { return [] }
    guard !laptop.enrolment.isPractice else { return [.sync(.failed(.notEnrolled))] }
    guard let started = SyncChild(directory: directory, keys: laptop.keys) else { return [.sync(.failed(.crashed(status: -1)))] }
    child = started
    return []
  }

  private func readChild() -> [ProgramEvent] {
    guard let child, let laptop else { return [] }
    let reading = child.read()
    var events = reading.news.map(ProgramEvent.sync)
    guard reading.isOver else { return events }
    let status = child.reap()
    self.child = nil
    try? laptop.refresh()
    if let workspace = try? maker.workspace(of: laptop) { events.insert(.opened(workspace), at: 0) }
    if !reading.hasEnded { events.append(.sync(.failed(.crashed(status: status)))) }
    return events
  }
}

extension Effect {
  /// Takes longer than a blink: the screen says so first.
  fileprivate var isSlow: Bool {
    switch self {
    case .unlock, .createPractice, .enrol, .readSubmission: true
    default: false
    }
  }
}
