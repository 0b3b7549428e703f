// SyncChild: the sync process as the screens' loop sees it: a descriptor that becomes readable, lines of news, an exit status.
//
// The child is this same program with `sync`. It gets the unlocked keys over an inherited pipe (never on a command line, in the
// environment or on a disk) and reports one line a piece of news over another. Nothing it does can stop the typing: it holds no lock that
// the typing program needs, and its death is one more piece of news.

import Glibc
import Journal
import Laptop
import Screens

final class SyncChild {
  /// Becomes readable when there is news, and at the child's end.
  let report: Int32
  private let pid: pid_t
  private var partial: [UInt8] = []
  private var hasEnded = false

  struct Reading {
    var news: [SyncNews] = []
    /// The child closed its end.
    var isOver = false
    /// An outcome or a failure was among everything read so far.
    var hasEnded = false
  }

  init?(directory: DataDirectory, keys: UnlockedKeys, stick: String? = nil) {
    guard let program = Place.executable(), let handOver = Pipe(), let news = Pipe() else { return nil }
    let arguments = [
      program, "sync", "--data", directory.path, "--keys-descriptor", "3", "--report-descriptor", "4",
    ] + (stick.map { ["--usb", $0] } ?? [])
    let pid = Self.spawn(program, arguments, keys: handOver.reading, report: news.writing)
    close(handOver.reading)
    close(news.writing)
    guard let pid else {
      close(handOver.writing)
      close(news.reading)
      return nil
    }
    // The keys are a few kilobytes and a pipe takes 64: this never waits.
    _ = SmallFile.write(keys.encode(), to: handOver.writing)
    close(handOver.writing)
    self.pid = pid
    report = news.reading
  }

  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init?() {
      var ends: [Int32] = [0, 0]
      guard unsafe pipe(&ends) == 0 else { return nil }
      // No other thread forks here, so the moment between the two calls is nobody's chance.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      reading = ends[0]
      writing = ends[1]
    }
  }

  private static func spawn(_ program: String, _ arguments: [String], keys: Int32, report: Int32) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Through numbers that cannot be the targets, so that neither is closed by the other.
    unsafe posix_spawn_file_actions_adddup2(&actions, keys, 60)
    unsafe posix_spawn_file_actions_adddup2(&actions, report, 61)
    unsafe posix_spawn_file_actions_adddup2(&actions, 60, 3)
    unsafe posix_spawn_file_actions_adddup2(&actions, 61, 4)
    unsafe posix_spawn_file_actions_addclose(&actions, 60)
    unsafe posix_spawn_file_actions_addclose(&actions, 61)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var pid: pid_t = 0
    guard unsafe posix_spawn(&pid, program, &actions, nil, &words, environ) == 0 else { return nil }
    return pid
  }

  /// What has come. Called when the descriptor is readable, so it does not wait.
  func read() -> Reading {
    var reading = Reading()
    var piece = [UInt8](repeating: 0, count: 4096)
    let count = unsafe Glibc.read(report, &piece, piece.count)
    if count > 0 { partial += piece.prefix(count) } else if count == 0 || errno != EINTR { reading.isOver = true }
    while let end = partial.firstIndex(of: 10) {
      if let news = SyncLines.news(String(decoding: partial[..<end], as: UTF8.self)) {
        reading.news.append(news)
        if news.isOutcome { hasEnded = true }
      }
      partial.removeSubrange(...end)
    }
    reading.hasEnded = hasEnded
    return reading
  }

  /// Waits for the child, which has closed its report, and gives its exit status.
  func reap() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    close(report)
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// The program ends and the child goes on by itself: what it is sending arrives, what it writes is kept.
  func forget() { close(report) }
}

/// News as lines: `progress pushing 3 10`, `waiting 40`, `finished 5 2 0`, `finished 5 2 0 clock:-7200 parked:waits:2`,
/// `failed serverAbsent`, `failed refused bad_code`.
enum SyncLines {
  static func line(_ news: SyncNews) -> String {
    switch news {
    case .progress(let stage, let done, let total): "progress \(stage.rawValue) \(done) \(total)"
    case .waiting(let seconds): "waiting \(seconds)"
    case .finished(let outcome):
      (["finished \(outcome.pushed) \(outcome.pulled) \(outcome.waiting)"] + (outcome.clockAhead.map { ["clock:\($0)"] } ?? [])
        + outcome.parked.sorted { $0.key < $1.key }.map { "parked:\(word($0.key)):\($0.value)" }).joined(separator: " ")
    case .failed(let failure): "failed \(word(failure))"
    case .stick(let news): "stick \(news.isGood ? "good" : "bad")" + news.lines.map { "\t" + oneLine($0) }.joined()
    }
  }

  /// A sentence holds no separator of ours, whatever a file on the stick is called.
  private static func oneLine(_ sentence: String) -> String {
    String(sentence.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
  }

  static func news(_ line: String) -> SyncNews? {
    if line.hasPrefix("stick ") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard let head = parts.first, ["stick good", "stick bad"].contains(head) else { return nil }
      return .stick(StickNews(lines: Array(parts.dropFirst()), isGood: head == "stick good"))
    }
    let words = line.split(separator: " ").map(String.init)
    switch words.first {
    case "progress":
      guard words.count == 4, let stage = SyncStage(rawValue: words[1]), let done = Int(words[2]), let total = Int(words[3])
      else { return nil }
      return .progress(stage, done: done, total: total)
    case "waiting":
      guard words.count == 2, let seconds = Int(words[1]) else { return nil }
      return .waiting(seconds: seconds)
    case "finished":
      return outcome(words.dropFirst()).map(SyncNews.finished)
    case "failed": return failure(Array(words.dropFirst())).map(SyncNews.failed)
    default: return nil
    }
  }

  private static func outcome(_ words: ArraySlice<String>) -> SyncOutcome? {
    let numbers = words.prefix(3).compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    var outcome = SyncOutcome(pushed: numbers[0], pulled: numbers[1], waiting: numbers[2])
    for word in words.dropFirst(3) {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      switch parts.first {
      case "clock":
        guard parts.count == 2, let seconds = Int(parts[1]) else { return nil }
        outcome.clockAhead = seconds
      case "parked":
        guard parts.count == 3, let count = Int(parts[2]) else { return nil }
        outcome.parked[String(parts[1])] = count
      default: return nil
      }
    }
    return outcome
  }

  /// A reason of the county is one word of a line whatever stands in it.
  private static func word(_ code: String) -> String {
    String(code.unicodeScalars.map { $0 == "_" || ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_" })
  }

  private static func word(_ failure: SyncFailure) -> String {
    switch failure {
    case .noNetwork: "noNetwork"
    case .noSuchName: "noSuchName"
    case .clockWrong: "clockWrong"
    case .tooSlow: "tooSlow"
    case .captivePortal: "captivePortal"
    case .wrongCertificate: "wrongCertificate"
    case .serverAbsent: "serverAbsent"
    case .newerProtocol: "newerProtocol"
    case .notEnrolled: "notEnrolled"
    case .practice: "practice"
    case .interrupted: "interrupted"
    case .refused(let code): "refused \(code)"
    case .crashed(let status): "crashed \(status)"
    }
  }

  private static func failure(_ words: [String]) -> SyncFailure? {
    switch words.first {
    case "noNetwork": .noNetwork
    case "noSuchName": .noSuchName
    case "clockWrong": .clockWrong
    case "tooSlow": .tooSlow
    case "captivePortal": .captivePortal
    case "wrongCertificate": .wrongCertificate
    case "serverAbsent": .serverAbsent
    case "newerProtocol": .newerProtocol
    case "notEnrolled": .notEnrolled
    case "practice": .practice
    case "interrupted": .interrupted
    case "refused": .refused(code: words.count > 1 ? words[1] : "")
    case "crashed": .crashed(status: words.count > 1 ? Int32(words[1]) ?? 0 : 0)
    default: nil
    }
  }
}
