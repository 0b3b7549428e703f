// `zoufang sync`: push what the county does not have, pull what is new. The screens start it as a child that gets the keys
// over an inherited pipe; run by hand it asks for the passphrase at the terminal,
// or takes it from --passphrase-file. With --usb the same lines go over a stick, with no county in reach.

import ArgumentParser
import Glibc
import Journal
import Laptop
import Screens
import Sync
import Wire

struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "上报本机的记录，取回县里的新内容；没有网时用 U 盘和同乡镇的电脑交换。",
    discussion: """
      平时在界面里按 F9，做的是同一件事，不必另外解锁。在终端里运行这个命令会问口令；没有终端时口令要写在 --passphrase-file 里。
      断了线再运行一次，接着上次的地方继续，不会重复。退出码：0 传完了，1 没有传成，原因见提示，记录都在本机。

      没有网时，把 U 盘插好，写明它的目录：先把别人写给本机的收进来，再把本机的写上去，内容都是加密的。村干部换一次，审核人换一次，
      审核人就能审当天的走访；再各换一次，村干部就看到退回的。以后联网同步，不会重复。U 盘上别人的文件一概不动。

      例：zoufang sync
          zoufang sync --usb /media/usb
      """, helpNames: [.short, .long])

  @OptionGroup var options: DataOptions
  @Option(name: .long, help: ArgumentHelp("不联网，和这个目录（U 盘）交换；文件放在它下面的 zoufang 目录里", valueName: "目录"))
  var usb: String?
  @Option(name: .long, help: .private) var keysDescriptor: Int32?
  @Option(name: .long, help: .private) var reportDescriptor: Int32?

  func run() throws {
    let directory = DataDirectory(try Place.dataDirectory(options.data))
    // A pipe that nobody reads any more is no reason to stop sending.
    signal(SIGPIPE, SIG_IGN)
    if let usb { return try exchange(directory, usb) }
    let failure: SyncFailure
    do {
      let keys = try unlockedKeys(directory)
      let outcome = try Self.sync(directory, keys: keys) { tell($0) }
      tell(.finished(outcome))
      return
    } catch let fault as SyncFault { failure = SyncFailure(fault) } catch let fault as LaptopFault {
      failure = SyncFailure(.laptop(fault))
    }
    tell(.failed(failure))
    throw ExitCode(1)
  }

  /// Over a stick. Everything is said, whatever happened; 1 where somebody has to do something about it.
  private func exchange(_ directory: DataDirectory, _ usb: String) throws {
    let desk: SyncDesk
    let keys = try unlockedKeys(directory)
    do throws(LaptopFault) { desk = try SyncDesk(directory, keys: keys) } catch {
      throw CommandFailure(.laptop(error))
    }
    defer { desk.close() }
    var run = StickRun(desk, directory: usb.count > 1 && usb.hasSuffix("/") ? String(usb.dropLast()) : usb, disk: PosixDisk())
    let report = run.run()
    let isGood = report.fault == nil && report.troubles.isEmpty
    tell(.stick(StickNews(lines: StickSentence.lines(report, directory: usb), isGood: isGood)))
    if !isGood { throw ExitCode(1) }
  }

  private func unlockedKeys(_ directory: DataDirectory) throws -> UnlockedKeys {
    if let keysDescriptor {
      guard let bytes = SmallFile.readAll(keysDescriptor, bytesMax: 8 << 20), let keys = UnlockedKeys.decode(bytes) else {
        throw CommandFailure(.badHandOver)
      }
      return keys
    }
    guard directory.hasVault else { throw CommandFailure(.laptop(.empty)) }
    let passphrase = try options.passphraseOrAsked()
    do { return try Vault.open(in: directory.path, passphrase: passphrase).keys } catch {
      throw CommandFailure(.laptop(error == .wrongPassphrase ? .wrongPassphrase : error == .missing ? .empty : .damaged))
    }
  }

  static func sync(
    _ directory: DataDirectory, keys: UnlockedKeys, progress: @escaping (SyncNews) -> Void
  ) throws -> SyncOutcome {
    let desk = try SyncDesk(directory, keys: keys)
    defer { desk.close() }
    var run = try SyncRun.of(desk, proxy: Place.proxy) { progress(SyncNews($0)) }
    let report = try run.run()
    if let problem = report.problems.first { throw SyncFault.refused(.init(rawValue: problem.reason.code)) }
    let waiting = desk.extents.reduce(UInt64(0)) { $0 + ($1.lastSeq - min($1.lastSeq, desk.receipts.confirmed[$1.journalID] ?? 0)) }
    return SyncOutcome(
      pushed: Int(clamping: report.confirmed), pulled: report.received, waiting: Int(clamping: waiting),
      parked: Dictionary(report.parked.map { ($0.code ?? "", 1) }, uniquingKeysWith: +),
      clockAhead: report.clockIsWrong ? report.clockAhead : nil)
  }

  private func tell(_ news: SyncNews) {
    if let reportDescriptor {
      _ = SmallFile.write(Array((SyncLines.line(news) + "\n").utf8), to: reportDescriptor)
    } else {
      for line in SyncSentence.lines(news) { Output.line(line) }
    }
  }
}

extension SyncNews {
  init(_ progress: SyncProgress) {
    switch progress {
    case .connecting: self = .progress(.connecting, done: 0, total: 0)
    case .pushing(let done, let all): self = .progress(.pushing, done: Int(clamping: done), total: Int(clamping: all))
    case .pulling(let received): self = .progress(.pulling, done: received, total: received)
    case .waiting(let seconds): self = .waiting(seconds: seconds)
    }
  }
}

extension JournalProblem.Reason {
  /// The word for a report line.
  fileprivate var code: String {
    switch self {
    case .forked: "fork"
    case .countyHasMore: "county_has_more"
    case .badLine: "bad_line"
    case .recordTooLarge: "too_large"
    case .closed: "revoked"
    case .damaged: "damaged"
    }
  }
}

extension SyncFailure {
  init(_ fault: SyncFault) {
    switch fault {
    case .transfer(let fault): self = SyncFailure(fault)
    case .laptop(.notEnrolled): self = .notEnrolled
    case .laptop(.inUse): self = .refused(code: "in_use")
    case .laptop: self = .refused(code: "disk")
    case .otherCounty, .otherAuthority: self = .wrongCertificate
    case .revoked: self = .refused(code: "revoked")
    case .upgradeNeeded: self = .newerProtocol
    case .busy: self = .refused(code: "busy")
    case .refused(let reason): self = .refused(code: reason.rawValue)
    case .unexpected(let status): self = .refused(code: "status_\(status)")
    case .unavailable: self = .interrupted
    case .badGrant: self = .refused(code: "bad_grant")
    }
  }

  init(_ fault: TransferFault) {
    switch fault {
    case .noNetwork: self = .noNetwork
    case .noSuchName: self = .noSuchName
    case .refused, .noAnswer, .badAddress: self = .serverAbsent
    case .timedOut: self = .tooSlow
    case .brokenOff, .tooLarge, .outOfMemory, .unsupported: self = .interrupted
    case .captivePortal: self = .captivePortal
    case .wrongCertificate: self = .wrongCertificate
    case .certificateTime: self = .clockWrong
    }
  }
}
