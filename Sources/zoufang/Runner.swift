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
import XForm

final class Runner {
  private let directory: DataDirectory
  private let clock: LaptopClock
  private let passphrase: String?
  private let practice: Bool
  private let confirm: Bool
  /// Hands text with its title to the printer.
  private let printer: (_ text: String, _ title: String) -> ProgramEvent
  var laptop: Laptop?
  var maker = WorkspaceMaker()
  private var backoff = UnlockBackoff()
  /// When the next passphrase may be tried, in milliseconds of the clock.
  private var waitUntil: UInt64?
  private var child: SyncChild?
  private var isLeaving = false
  /// The day the screens show; another one when the clock has passed midnight. A number, because it is asked with every key.
  private var shownDay = 0
  /// Something changed on the disk and the screens could not be told: it is tried again before the next key.
  private var isStale = false
  /// When somebody last pressed a key, in milliseconds of the clock.
  private var lastKey: UInt64 = 0

  init(
    directory: DataDirectory, passphrase: String?, practice: Bool, confirm: Bool = false, clock: LaptopClock,
    printer: @escaping (_ text: String, _ title: String) -> ProgramEvent = { Printer.print($0, title: $1) }
  ) throws {
    self.directory = directory
    self.clock = clock
    self.passphrase = passphrase
    self.practice = practice
    self.confirm = confirm
    self.printer = printer
  }

  func run() throws {
    let start = try begin()
    var terminal: Terminal
    do { terminal = try Terminal() } catch { throw CommandFailure(.terminal(error)) }
    var program = Program(start)
    terminal.show(program.nextFrame(size: terminal.size))
    while !isLeaving {
      let event = terminal.wait(
        timeoutMilliseconds: timeout(program), watching: child.map { [$0.report] } ?? [])
      if isDue { for event in news() { handle(event, &program, &terminal) } }
      if case .readable(let descriptor) = event, descriptor == child?.report {
        for event in readChild() { handle(event, &program, &terminal) }
      } else if let event = translated(event, program) {
        handle(event, &program, &terminal)
      }
      if isLeaving { break }
      terminal.show(program.nextFrame(size: terminal.size))
    }
    child?.forget()
    laptop?.close()
  }

  /// What is there when the program starts. With a passphrase at hand the directory is opened before the first screen.
  func begin() throws -> Program.Start {
    do { return try opening() } catch let fault as LaptopFault { throw CommandFailure(.laptop(fault)) } catch
      let fault as Practice.Fault
    { throw CommandFailure(.practice(fault)) } catch let fault as OpenFault { throw CommandFailure(.open(fault)) }
  }

  private func opening() throws -> Program.Start {
    if practice { return .opened(try openPractice()) }
    guard directory.hasVault else { return .firstRun }
    guard let passphrase else { return .locked }
    let laptop = try Laptop.open(directory, passphrase: passphrase, clock: clock)
    self.laptop = laptop
    return .opened(try workspace(of: laptop))
  }

  private func openPractice() throws -> Workspace {
    let laptop = try Practice.open(directory.practice, clock: clock, village: { Place.shipped(Place.practiceVillage) })
    self.laptop = laptop
    return try workspace(of: laptop)
  }

  private func workspace(of laptop: Laptop) throws(OpenFault) -> Workspace {
    isStale = true
    // Before the workspace is made: a midnight in between is then noticed at the next key.
    let shown = Self.day(clock.now())
    var workspace = try maker.workspace(of: laptop)
    workspace.confirmsEveryField = confirm
    isStale = false
    shownDay = shown
    return workspace
  }

  /// After something was written: nil where the screens cannot be told now. What was written stands all the same.
  private func workspaceAfterWriting(_ laptop: Laptop) -> Workspace? { try? workspace(of: laptop) }

  /// What the screens must hear before the next key: a new day, or what they could not be told.
  func news() -> [ProgramEvent] {
    guard let laptop, isDue, let workspace = try? workspace(of: laptop) else { return [] }
    return [.opened(workspace)]
  }

  private var isDue: Bool { isStale || shownDay != Self.day(clock.now()) }

  /// 20261125 for 25 November 2026.
  private static func day(_ now: Moment) -> Int { (now.year * 100 + now.month) * 100 + now.day }

  // MARK: events

  private func timeout(_ program: borrowing Program) -> Int? {
    if let waitUntil {
      let now = clock.milliseconds()
      return now >= waitUntil ? 0 : min(1000, Int(waitUntil - now))
    }
    let quiet = quietLeft(program)
    guard laptop != nil else { return quiet }
    return min(quiet ?? .max, Self.untilMidnight(clock.now()))
  }

  /// Milliseconds until nobody has pressed a key for as long as the program asks; what a child process says meanwhile is no key.
  private func quietLeft(_ program: borrowing Program) -> Int? {
    guard let wanted = program.timeoutMilliseconds else { return nil }
    let now = clock.milliseconds()
    guard now >= lastKey, now - lastKey < UInt64(wanted) else { return now >= lastKey ? 0 : wanted }
    return wanted - Int(now - lastKey)
  }

  /// Milliseconds until another day has begun.
  static func untilMidnight(_ now: Moment) -> Int {
    let seconds = (now.hour * 60 + now.minute) * 60 + now.second
    return max(0, (86_400 - seconds) * 1000 - now.millisecond) + 1
  }

  /// What an event of the terminal means; nil: nothing.
  private func translated(_ event: Event, _ program: borrowing Program) -> ProgramEvent? {
    switch event {
    case .timeout where waitUntil != nil: return .waiting(secondsLeft: secondsLeft())
    case .timeout:
      // Woken by midnight alone: nothing was waited for.
      guard quietLeft(program) == 0 else { return nil }
      lastKey = clock.milliseconds()
      return .terminal(event)
    case .key, .paste:
      lastKey = clock.milliseconds()
      return .terminal(event)
    default: return .terminal(event)
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

  func perform(_ effect: Effect) -> [ProgramEvent] {
    switch effect {
    case .beep: return []
    case .quit:
      isLeaving = true
      return []
    case .unlock(let secret): return unlock(secret.text)
    case .createPractice: return answer { try openPractice() }
    case .checkSlip(let county, let code):
      return [EnrolFlow.check(county: county, slip: code).map { .notEnrolled($0) } ?? .slipChecked]
    case .enrol(let county, let code, let passphrase): return enrol(county, code, passphrase.text)
    case .openDraft(let id): return openDraft(id)
    case .appendDraft(let id, let entries): return appendDraft(id, entries)
    case .discardDraft(let id): return discardDraft(id)
    case .finishVisit(let visit): return finish(visit)
    case .readSubmission(let record): return [.submissionRead(record: record, xml: try? laptop?.submission(of: record))]
    case .startSync: return startChild()
    case .findSticks: return [.sticks(Sticks.found())]
    case .startStick(let directory): return startChild(stick: directory)
    case .auditUnmask(let household, let purpose): return auditUnmask(household, purpose)
    case .write(let records): return write(records)
    case .print(let title, let text): return printOut(title, text)
    case .export(let subject, let files): return export(subject, files)
    case .confirmLosses: return confirmLosses()
    }
  }

  private func answer(_ open: () throws -> Workspace) -> [ProgramEvent] {
    do { return [.opened(try open())] } catch let fault as OpenFault { return [.cannotOpen(fault)] } catch
      let fault as LaptopFault
    { return [.cannotOpen(OpenFault(fault))] } catch let fault as Practice.Fault { return [.cannotOpen(OpenFault(fault))] } catch {
      return [.cannotOpen(.notShipped)]
    }
  }

  private func unlock(_ passphrase: String) -> [ProgramEvent] {
    do {
      let laptop = try Laptop.open(directory, passphrase: passphrase, clock: clock)
      backoff.succeeded()
      self.laptop = laptop
      return [.opened(try workspace(of: laptop))]
    } catch LaptopFault.wrongPassphrase {
      backoff.failed()
      let seconds = backoff.seconds
      if seconds > 0 { waitUntil = clock.milliseconds() + UInt64(seconds) * 1000 }
      return [.passphraseWrong(waitSeconds: seconds)]
    } catch let fault as LaptopFault { return [.cannotOpen(OpenFault(fault))] } catch let fault as OpenFault {
      return [.cannotOpen(fault)]
    } catch { return [.cannotOpen(.keysDamaged)] }
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

  private func discardDraft(_ id: String) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do { try laptop.discardDraft(id) } catch { return [.draftNotDiscarded(id: id, SaveFault(error))] }
    return [.draftDiscarded(id: id)]
  }

  private func finish(_ visit: FinishedVisit) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      let record = VisitRecord.make(visit, on: laptop, formHash: maker.hashes[FormKey(id: visit.formID, version: visit.formVersion)] ?? "")
      let seq = try laptop.finish(draft: visit.draft, with: record)
      let receipt = Receipt(number: VisitRecord.receipt(record, seq: seq), record: record.id)
      return [.finished(draft: visit.draft, receipt, workspaceAfterWriting(laptop))]
    } catch { return [.notFinished(draft: visit.draft, SaveFault(error))] }
  }

  private func auditUnmask(_ household: String, _ purpose: UnmaskPurpose) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do { try laptop.append(VisitRecord.audit("unmask", household: household, purpose: purpose.code, on: laptop)) } catch {
      return [.notUnmasked(household: household, SaveFault(error))]
    }
    isStale = true
    return [.unmasked(household: household)]
  }

  private func confirmLosses() -> [ProgramEvent] {
    guard let laptop else { return [] }
    do { try laptop.confirmLosses() } catch { return [.lossesNotConfirmed(SaveFault(error))] }
    isStale = true
    return [.lossesConfirmed]
  }

  /// What leaves the laptop as a file is written down first, too.
  private func export(_ subject: String, _ files: [ExportedFile]) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do { try laptop.append(VisitRecord.audit("export", subject: subject, on: laptop)) } catch { return [.notExported(SaveFault(error))] }
    isStale = true
    do { return [.exported(folder: try ExportFolder.write(files, below: directory.path))] } catch { return [.notExported(error)] }
  }

  /// What leaves the laptop on paper is written down first; nothing is printed that the trail does not have. What the printer did not
  /// take is written down after it: the trail claims no paper that never was.
  private func printOut(_ title: String, _ text: String) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do { try laptop.append(VisitRecord.audit("print", subject: title, on: laptop)) } catch { return [.notWritten(SaveFault(error))] }
    isStale = true
    let outcome = printer(text, title)
    if case .notPrinted = outcome { _ = try? laptop.append(VisitRecord.audit("print_failed", subject: title, on: laptop)) }
    return [outcome]
  }

  private func write(_ new: [NewRecord]) -> [ProgramEvent] {
    guard let laptop else { return [] }
    do {
      try laptop.append(contentsOf: new.map { VisitRecord.make($0, on: laptop) })
      return [.written(workspaceAfterWriting(laptop))]
    } catch { return [.notWritten(SaveFault(error))] }
  }

  // MARK: sync

  /// - Parameter stick: directory of a stick; nil: the county.
  private func startChild(stick: String? = nil) -> [ProgramEvent] {
    guard let laptop, child == nil else { return [] }
    guard !laptop.enrolment.isPractice else { return [.sync(.failed(.practice))] }
    guard let started = SyncChild(directory: directory, keys: laptop.keys, stick: stick) else {
      return [.sync(.failed(.crashed(status: -1)))]
    }
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
    if let workspace = workspaceAfterWriting(laptop) { events.insert(.opened(workspace), at: 0) }
    if !reading.hasEnded { events.append(.sync(.failed(.crashed(status: status)))) }
    return events
  }
}

extension Effect {
  /// Takes longer than a blink: the screen says so first.
  fileprivate var isSlow: Bool {
    switch self {
    case .unlock, .createPractice, .checkSlip, .enrol, .readSubmission: true
    default: false
    }
  }
}
