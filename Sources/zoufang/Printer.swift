// Printer: plain text to the system's printer through `lp`, as a child process that reads it from a pipe. The text never stands in a file.

import Glibc
import Screens

enum Printer {
  /// - Returns: `printed`, or `notPrinted` with lp's exit status (-1 where it could not be started).
  static func print(_ text: String, title: String) -> ProgramEvent {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return .notPrinted(status: -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard let child = start(reading: ends[0], title: title) else {
      close(ends[0])
      close(ends[1])
      return .notPrinted(status: -1)
    }
    close(ends[0])
    // Longer than a pipe holds is fine: lp reads while we write; one that ends early gives EPIPE, not a signal (ignored below).
    let previous = signal(SIGPIPE, SIG_IGN)
    let isWhole = SmallFile.write(Array(text.utf8), to: ends[1])
    _ = signal(SIGPIPE, previous)
    close(ends[1])
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    return exit == 0 && isWhole ? .printed : .notPrinted(status: exit)
  }

  private static func start(reading input: Int32, title: String) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    // lp's own words would be written over the screen.
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Lists are up to 100 columns wide and 72 lines long; a page of ten characters and six lines to the inch would break both.
    let arguments = ["lp", "-t", title, "-o", "cpi=14", "-o", "lpi=7"]
    let words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { for unsafe word in unsafe words { unsafe free(word) } }
    var child: pid_t = 0
    let status = unsafe posix_spawnp(&child, "lp", &actions, nil, words, environ)
    return status == 0 ? child : nil
  }
}
