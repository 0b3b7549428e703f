// The list of events: what tests of keys and of waiting look at.

import Glibc
import Terminal

extension TerminalProbe {
  static func showKeys(watching: Bool) -> Int32 {
    guard var terminal = open() else { return 1 }
    var ends: [Int32] = [-1, -1]
    if watching {
      guard unsafe pipe(&ends) == 0 else { return 1 }
      startThread(ends[1])
    }
    var names = ["ready colour=\(terminal.hasColour)"]
    var isWatching = watching
    while true {
      var frame = Frame(size: terminal.size)
      for (row, name) in names.suffix(terminal.size.rows).enumerated() { frame.put(name, row: row, column: 0) }
      terminal.show(frame)
      let event = terminal.wait(timeoutMilliseconds: isWatching ? 60_000 : nil, watching: isWatching ? [ends[0]] : [])
      if case .readable(let descriptor) = event {
        var byte: UInt8 = 0
        let count = unsafe read(descriptor, &byte, 1)
        names.append(count == 1 ? "readable \(byte)" : "closed")
        if count != 1 { isWatching = false }
        continue
      }
      if event == .key(.control("q")) { return 0 }
      if case .hangup(let signal) = event {
        terminal.close()
        say("hangup \(signal)\n")
        return 3
      }
      names.append(name(of: event))
    }
  }

  private static func name(of event: Event) -> String {
    switch event {
    case .key(.character(let scalar)): "character U+\(String(scalar.value, radix: 16, uppercase: true))"
    case .key(let key): "key \(key)"
    case .paste(let text): "paste \(text.utf8.count) bytes"
    case .resized(let size): "resized \(size.rows)x\(size.columns)"
    default: "\(event)"
    }
  }

  /// Another thread: wakes the terminal, then writes a byte and closes the pipe.
  private static func startThread(_ end: Int32) {
    let handle = Terminal.wakeHandle
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(ThreadWork(handle: handle, end: end)).toOpaque()
    _ = unsafe pthread_create(
      &thread, nil,
      { raw in
        guard let raw = unsafe raw else { return nil }
        let work = unsafe Unmanaged<ThreadWork>.fromOpaque(raw).takeRetainedValue()
        work.handle.wake()
        var byte: UInt8 = 42
        _ = unsafe write(work.end, &byte, 1)
        Glibc.close(work.end)
        return nil
      }, box)
  }

  private final class ThreadWork {
    let handle: WakeHandle
    let end: Int32
    init(handle: WakeHandle, end: Int32) {
      self.handle = handle
      self.end = end
    }
  }
}
