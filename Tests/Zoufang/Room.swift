// Room: a temporary directory that goes away with the test; Bench: keys pressed on the screens, their effects carried out by the runner.

import Glibc
import Laptop
import Screens
import Terminal
import XForm

@testable import zoufang

final class Room: Sendable {
  let path: String

  struct Fault: Error { var errno: Int32 }

  static let clock = LaptopClock.fixed(
    Moment(year: 2026, month: 11, day: 24, hour: 19, minute: 30, second: 5, offsetMinutes: 480), milliseconds: 1_795_519_805_000)

  init() throws {
    var template = Array("/tmp/zoufang-room-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard made else { throw Fault(errno: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? remove(path) }

  func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw Fault(errno: errno) }
    defer { close(descriptor) }
    guard SmallFile.write(bytes, to: descriptor) else { throw Fault(errno: errno) }
  }

  func move(_ path: String, to other: String) throws {
    guard unsafe rename(path, other) == 0 else { throw Fault(errno: errno) }
  }

  /// A file, or a directory with everything in it.
  func remove(_ path: String) throws {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw Fault(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard unsafe unlink(path) == 0 else { throw Fault(errno: errno) }
      return
    }
    for name in FolderListing.names(path) { try remove(path + "/" + name) }
    guard unsafe rmdir(path) == 0 else { throw Fault(errno: errno) }
  }
}

struct Bench {
  let runner: Runner
  var program: Program
  let size = Size(rows: 24, columns: 80)

  init(_ runner: Runner, _ program: Program) {
    self.runner = runner
    self.program = program
  }

  mutating func press(_ keys: Key...) { for key in keys { send(.terminal(.key(key))) } }

  mutating func type(_ text: String) { for scalar in text.unicodeScalars { press(.character(scalar)) } }

  /// As the runner's loop does with one event.
  mutating func send(_ event: ProgramEvent) {
    var queue = runner.news() + [event]
    while !queue.isEmpty { for effect in program.update(queue.removeFirst()) { queue += runner.perform(effect) } }
  }

  var lines: [String] {
    let frame = program.frame(size: size)
    return (0..<size.rows).map { frame.line($0) }
  }
  var text: String { lines.joined(separator: "\n") }
  var title: String { lines[0] }
  var message: String { String(lines[size.rows - 3].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension Runner {
  /// The workspace as it is now.
  func fresh() -> Workspace? { laptop.flatMap { try? maker.workspace(of: $0) } }
}
