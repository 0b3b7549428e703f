// Terminal: the one real terminal of this process, open for drawing and for keys.
//
// The loop of a program is `while true { let event = terminal.wait(); …; terminal.show(frame) }`. Waiting blocks in
// poll(2) and costs nothing; showing sends only what differs from the frame before to curses, and curses sends
// only cells that differ to the terminal, the cursor last. It is not copyable and not Sendable, so it stays on the
// thread that opened it. Input is never flushed: what was typed ahead is delivered.
// The screen is given back on close, on exit(3), on a stop (SIGTSTP), and by the handler of fatal signals.

internal import CTerminal

/// Why a terminal could not be opened: facts; the sentence is the caller's.
public enum TerminalFault: Error, Equatable, Sendable {
  /// Standard input or output is no terminal.
  case notATerminal
  /// The locale's codeset is neither UTF-8 nor GB18030, GBK or GB2312.
  case codeset(String)
  /// No description was found for this TERM, nor for the ones tried instead.
  case noTerminfo(term: String)
  /// The terminal cannot address its cursor (TERM=dumb).
  case cannotServe(term: String)
  /// This process has opened its terminal already.
  case alreadyOpen
  /// The system refused a pipe or the terminal's modes.
  case system(errno: Int32)
}

/// Wakes a waiting terminal from any thread.
public struct WakeHandle: Sendable {
  /// Ends the current wait, or the next one, with `.wake`. Safe from any thread and in a signal handler.
  public func wake() { ct_wake() }
}

/// The open terminal. Its end of life restores the screen.
public struct Terminal: ~Copyable {
  /// `Event.paste` holds at most this many bytes of UTF-8; the rest of a paste is dropped.
  public static let pasteBytesMax = Int(CT_PASTE_MAX)
  /// Descriptors beyond this many in `wait(watching:)` are not watched.
  public static let watchedMax = Int(CT_WATCHED_MAX)

  private var shown: Frame?
  private var glyphs: [UInt32] = []
  private var styles: [UInt8] = []

  /// Opens the terminal on standard input and output: alternate screen, raw keys, bracketed paste.
  public init() throws(TerminalFault) {
    let renderings = Style.allCases.map { style in
      let look = style.rendering
      return ct_style(
        bold: look.bold ? 1 : 0, underline: look.underline ? 1 : 0, reverse: look.reverse ? 1 : 0,
        dim: look.dim ? 1 : 0, colour: look.colour)
    }
    let code = unsafe renderings.withUnsafeBufferPointer { buffer in
      unsafe ct_open(buffer.baseAddress, Int32(buffer.count))
    }
    switch Int(code) {
    case CT_OPENED: break
    case CT_NO_TTY: throw .notATerminal
    case CT_BAD_CODESET: throw .codeset(Self.codeset)
    case CT_NO_TERMINFO: throw .noTerminfo(term: Self.term)
    case CT_CANNOT_SERVE: throw .cannotServe(term: Self.term)
    case CT_ALREADY_OPEN: throw .alreadyOpen
    default: throw .system(errno: ct_errno())
    }
  }

  deinit { ct_close() }

  /// Gives the screen back now, so that what is printed next is seen on the shell's screen.
  public consuming func close() {}

  public static var wakeHandle: WakeHandle { WakeHandle() }

  /// Whether styles are drawn with colour: the terminal has it, and NO_COLOR is unset or empty.
  public var hasColour: Bool { ct_has_colour() != 0 }

  /// The size of the screen now, at most `Size.largest`.
  public var size: Size {
    var rows: Int32 = 0
    var columns: Int32 = 0
    unsafe ct_size(&rows, &columns)
    return Size(rows: Int(rows), columns: Int(columns))
  }

  /// Waits for one event; without a timeout as long as it takes. `watching` are further descriptors (the pipe of a
  /// child process) that end the wait with `.readable` when they can be read or are closed at the other end.
  public mutating func wait(timeoutMilliseconds: Int? = nil, watching: [Int32] = []) -> Event {
    let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    var event = ct_event()
    unsafe watching.withUnsafeBufferPointer { buffer in
      unsafe ct_wait(timeout, buffer.baseAddress, Int32(clamping: buffer.count), &event)
    }
    switch Int(event.kind) {
    case CT_EVENT_CHARACTER: return .key(Unicode.Scalar(event.value).map { .character($0) } ?? .unknown)
    case CT_EVENT_KEY: return .key(Key(code: Int(event.value)))
    case CT_EVENT_PASTE: return .paste(Self.pasted(Int(event.value)))
    case CT_EVENT_RESIZED:
      shown = nil
      return .resized(size)
    case CT_EVENT_WAKE: return .wake
    case CT_EVENT_RESUMED: return .resumed
    case CT_EVENT_HANGUP: return .hangup(signal: Int32(bitPattern: event.value))
    case CT_EVENT_READABLE: return .readable(Int32(bitPattern: event.value))
    default: return .timeout
    }
  }

  /// Makes the screen show this frame. Rows that are as before cost a comparison and nothing else; a frame equal
  /// to the one shown sends nothing at all.
  public mutating func show(_ frame: borrowing Frame) {
    let rows = size.rows
    var isChanged = shown?.cursor != frame.cursor || shown == nil
    for row in 0..<rows {
      var range = 0..<(row < frame.size.rows ? frame.size.columns : 0)
      if let shown {
        if row >= frame.size.rows, row >= shown.size.rows { continue }
        guard let changed = frame.changedColumns(ofRow: row, since: shown) else { continue }
        range = changed
      }
      send(row, range, of: frame)
      isChanged = true
    }
    guard isChanged else { return }
    let cursor = frame.cursor
    ct_show(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? -1))
    shown = copy frame
  }

  /// Writes some columns of a row; an empty range blanks the row.
  private mutating func send(_ row: Int, _ range: Range<Int>, of frame: borrowing Frame) {
    glyphs.removeAll(keepingCapacity: true)
    styles.removeAll(keepingCapacity: true)
    for column in range {
      let index = row * frame.size.columns + column
      let cell = frame.cells[index]
      if cell.part == .continuation { continue }
      if cell.glyph < Frame.clusterBase {
        glyphs.append(cell.glyph)
        styles.append(cell.styleNumber)
      } else {
        for scalar in frame.glyphs(at: index) {
          glyphs.append(scalar.value)
          styles.append(cell.styleNumber)
        }
      }
    }
    unsafe glyphs.withUnsafeBufferPointer { text in
      unsafe styles.withUnsafeBufferPointer { style in
        unsafe ct_row(Int32(row), Int32(range.lowerBound), text.baseAddress, style.baseAddress, Int32(text.count))
      }
    }
  }

  /// Draws the whole screen anew, where another program has written over it.
  public mutating func redraw() { ct_redraw() }

  public func beep() { ct_beep() }

  private static func pasted(_ length: Int) -> String {
    guard let bytes = unsafe ct_pasted(), length > 0 else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }

  private static var codeset: String {
    var name = [CChar](repeating: 0, count: 64)
    _ = unsafe name.withUnsafeMutableBufferPointer { unsafe ct_locale($0.baseAddress, Int32($0.count)) }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static var term: String {
    guard let name = unsafe ct_term() else { return "" }
    return unsafe String(cString: name)
  }
}

extension Key {
  /// The key for a code of the C module: a `CT_KEY_…`, F-keys from `CT_KEY_F1`, Ctrl letters from `CT_KEY_CONTROL_A`.
  init(code: Int) {
    switch code {
    case CT_KEY_ENTER: self = .enter
    case CT_KEY_TAB: self = .tab
    case CT_KEY_BACK_TAB: self = .backTab
    case CT_KEY_BACKSPACE: self = .backspace
    case CT_KEY_DELETE: self = .delete
    case CT_KEY_INSERT: self = .insert
    case CT_KEY_ESCAPE: self = .escape
    case CT_KEY_UP: self = .up
    case CT_KEY_DOWN: self = .down
    case CT_KEY_LEFT: self = .left
    case CT_KEY_RIGHT: self = .right
    case CT_KEY_HOME: self = .home
    case CT_KEY_END: self = .end
    case CT_KEY_PAGE_UP: self = .pageUp
    case CT_KEY_PAGE_DOWN: self = .pageDown
    case CT_KEY_F1..<CT_KEY_F1 + 12: self = .function(code - CT_KEY_F1 + 1)
    case CT_KEY_CONTROL_A..<CT_KEY_CONTROL_A + 26:
      let letter = Unicode.Scalar(UInt8(clamping: 0x61 + code - CT_KEY_CONTROL_A))
      self = .control(Character(letter))
    default: self = .unknown
    }
  }
}
