// Tty: a real program under a pseudo-terminal, its screen drawn by libvterm inside the test's process.
//
//     let tty = try Tty(Program.path("zoufang"), ["--practice"])
//     try tty.wait(for: "今日走访")
//     tty.type("张三"); tty.press(.enter)
//     try tty.wait(for: "与户主关系")
//     #expect(tty.line(4).hasSuffix("张三"))
//
// Rules: nothing sleeps; a wait polls the terminal until the screen is as wanted or its time is over, and its error
// shows the screen. Not Sendable: one test owns one Tty. When it goes, its process is killed (by its id) and reaped.

internal import CPty
internal import CVTerm
import Glibc

/// A program in a terminal of its own.
@safe public final class Tty {
  private let master: Int32
  /// The process; it leads a session of its own.
  public let process: Int32
  private let vterm: OpaquePointer
  private let screen: OpaquePointer
  private let properties: UnsafeMutablePointer<zf_properties>
  private var isReaped = false

  public private(set) var rows: Int
  public private(set) var columns: Int
  /// The program has closed its terminal.
  public private(set) var isClosed = false
  /// Everything the program wrote so far, as bytes (the first `outputMax` of them).
  public private(set) var output: [UInt8] = []
  /// How many bytes the program wrote so far.
  public private(set) var outputCount = 0
  /// Keys pressed so far: each character typed and each `press` is one; a paste is one.
  public private(set) var keys = 0

  public static let outputMax = 4 << 20
  /// What has to last as long as the program runs: its directory, the server it talks to.
  public var companions: [AnyObject] = []

  /// How long a wait lasts where nothing else is said: long, because the machine may be busy.
  public static let patience: Duration = .seconds(45)
  private static let restOfUpdateMilliseconds: Int32 = 4
  private static let quietLooksMin = 3

  /// Starts a program. `environment` is added to a small one of our own: TERM=xterm-256color, LANG=C.UTF-8, PATH,
  /// HOME=/nonexistent, SWIFT_BACKTRACE=enable=no (else a crash asks questions on the screen for 30 s). An empty
  /// value takes the variable out. Without `isUTF8` libvterm takes each byte as one column, which suits the two-byte
  /// characters of GB codesets.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], rows: Int = 24,
    columns: Int = 80, directory: String? = nil, isUTF8: Bool = true
  ) throws(SupportFault) {
    var all = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    // A mutant of script/mutants is on in what a test starts, too.
    if let mutant = unsafe getenv("ZOUFANG_MUTANT") { all["ZOUFANG_MUTANT"] = unsafe String(cString: mutant) }
    all.merge(environment) { $1 }
    let variables = all.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }.sorted()
    let argv = unsafe CStrings([program] + arguments)
    let envp = unsafe CStrings(variables)
    var child: pid_t = 0
    let result = unsafe cpty_spawn(
      program, argv.pointer, envp.pointer, directory, Int32(rows), Int32(columns), &child)
    guard result >= 0 else { throw .system("openpty or fork", errno: -result) }
    master = result
    process = child
    self.rows = rows
    self.columns = columns
    unsafe vterm = vterm_new(Int32(rows), Int32(columns))
    unsafe vterm_set_utf8(vterm, isUTF8 ? 1 : 0)
    unsafe screen = vterm_obtain_screen(vterm)
    unsafe properties = .allocate(capacity: 1)
    unsafe properties.initialize(to: zf_properties())
    unsafe zf_keep_properties(screen, properties)
    unsafe vterm_screen_enable_altscreen(screen, 1)
    unsafe vterm_screen_reset(screen, 1)
  }

  deinit {
    close(master)
    if !isReaped {
      Glibc.kill(process, SIGKILL)
      var status: Int32 = 0
      unsafe waitpid(process, &status, 0)
    }
    unsafe vterm_free(vterm)
    unsafe properties.deallocate()
  }

  // MARK: Keys

  /// Types text as a keyboard or an input method does: its UTF-8 bytes in one write.
  public func type(_ text: String) {
    keys += text.count
    write(Array(text.utf8))
  }

  /// Types text with one write a byte, as a slow line delivers it.
  public func typeByteByByte(_ text: String) {
    keys += text.count
    for byte in text.utf8 { write([byte]) }
  }

  /// Sends raw bytes; they count as no key.
  public func send(bytes: [UInt8]) { write(bytes) }

  public func press(_ key: Press) {
    keys += 1
    switch key {
    case .control(let letter):
      let value = letter.asciiValue ?? 0x40
      write([value & 0x1F])
    case .backTab: write(Array("\u{1B}[Z".utf8))
    case .bytes(let bytes): write(bytes)
    default:
      unsafe vterm_keyboard_key(vterm, key.code, VTERM_MOD_NONE)
      answer()
    }
  }

  /// Presses several keys in order.
  public func press(_ keys: Press...) {
    for key in keys { press(key) }
  }

  /// Pastes: in brackets where the program has asked for them, else as plain bytes.
  public func paste(_ text: String) {
    keys += 1
    unsafe vterm_keyboard_start_paste(vterm)
    answer()
    write(Array(text.utf8))
    unsafe vterm_keyboard_end_paste(vterm)
    answer()
  }

  // MARK: The screen

  /// A row's text without the blanks at its end.
  public func line(_ row: Int) -> String {
    var text = String.UnicodeScalarView()
    var column = 0
    while column < columns, let cell = cell(row, column) {
      if cell.text.isEmpty { text.append(" ") } else { text.append(contentsOf: cell.text.unicodeScalars) }
      column += max(1, cell.width)
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The whole screen, a line a row.
  public var text: String { (0..<rows).map(line).joined(separator: "\n") }

  /// One cell: its text ("" where nothing was drawn), its width (2 for a wide character) and how it is drawn.
  public struct Cell: Equatable, Sendable {
    public var text: String
    public var width: Int
    public var isBold: Bool
    public var isUnderlined: Bool
    public var isReversed: Bool
    public var hasColour: Bool
  }

  public func cell(_ row: Int, _ column: Int) -> Cell? {
    var raw = zf_cell()
    guard unsafe zf_get_cell(screen, Int32(row), Int32(column), &raw) != 0 else { return nil }
    var text = String.UnicodeScalarView()
    let values = unsafe withUnsafeBytes(of: &raw.scalars) { unsafe Array($0.bindMemory(to: UInt32.self)) }
    for value in values {
      guard value != 0, value != .max, let scalar = Unicode.Scalar(value) else { break }
      text.append(scalar)
    }
    return Cell(
      text: String(text), width: Int(raw.width), isBold: raw.bold != 0, isUnderlined: raw.underline != 0,
      isReversed: raw.reverse != 0, hasColour: raw.has_colour != 0)
  }

  /// The hardware cursor, counted from 0.
  public var cursor: (row: Int, column: Int) {
    var position = VTermPos()
    unsafe vterm_state_get_cursorpos(vterm_obtain_state(vterm), &position)
    return (Int(position.row), Int(position.col))
  }

  public var isCursorVisible: Bool { unsafe properties.pointee.cursor_visible != 0 }
  public var isAlternateScreen: Bool { unsafe properties.pointee.alternate_screen != 0 }
  public var bells: Int { unsafe Int(properties.pointee.bells) }

  /// The first row that contains this text.
  public func row(of text: String) -> Int? { (0..<rows).first { line($0).contains(text) } }

  /// The terminal's modes as the kernel has them.
  public var modes: TtyModes { TtyModes(rawValue: max(0, cpty_modes(master))) }

  // MARK: Waiting

  /// Reads until the screen shows this text somewhere.
  public func wait(for wanted: String, patience: Duration = Tty.patience) throws(SupportFault) {
    try wait("text \(wanted)", patience: patience) { $0.text.contains(wanted) }
  }

  /// Reads until the screen no longer shows this text.
  public func wait(forGone unwanted: String, patience: Duration = Tty.patience) throws(SupportFault) {
    try wait("no \(unwanted)", patience: patience) { !$0.text.contains(unwanted) }
  }

  /// Reads until a condition holds; `what` says in the error what was waited for.
  public func wait(
    _ what: String, patience: Duration = Tty.patience, until isThere: (Tty) -> Bool
  ) throws(SupportFault) {
    let end = ContinuousClock.now.advanced(by: patience)
    while true {
      while !isClosed, pump(milliseconds: 0) {}
      if isThere(self) {
        // What belongs to the same update may still be under way (the cursor comes last).
        settle(until: end)
        if isThere(self) { return }
      }
      let left = ContinuousClock.now.duration(to: end)
      if left <= .zero || isClosed { throw .notSeen(what, screen: text) }
      _ = pump(milliseconds: 50)
    }
  }

  /// Reads until the program waits for its next event, as the kernel says, and nothing it wrote is left: seen several times
  /// in a row, because on a busy machine the kernel's own hands bring what was written later than the pause.
  private func settle(until end: ContinuousClock.Instant) {
    var quietLooks = 0
    while !isClosed, ContinuousClock.now < end {
      // Looked at before reading: what was written before it fell asleep is then there, but for the kernel's own hands.
      let isAsleep = isProgramAsleep
      let isQuiet = drain(pauseMilliseconds: Self.restOfUpdateMilliseconds) == 0
      quietLooks = isQuiet && isAsleep ? quietLooks + 1 : 0
      if quietLooks == Self.quietLooksMin { return }
    }
  }

  /// Whether the program in the foreground of the terminal neither runs nor waits for the disk; true where nobody can say.
  private var isProgramAsleep: Bool {
    let group = tcgetpgrp(master)
    guard let status = TextFile.read("/proc/\(group > 0 ? group : process)/stat"), let name = status.lastIndex(of: ")")
    else { return true }
    let state = status[status.index(after: name)...].first { $0 != " " }
    return state != "R" && state != "D"
  }

  /// Reads for as long as the program writes, up to a pause of so many milliseconds; gives the bytes read. For tests
  /// that something does *not* happen: everything else can be waited for.
  @discardableResult
  public func drain(pauseMilliseconds: Int32 = 100) -> Int {
    let before = outputCount
    while !isClosed, pump(milliseconds: pauseMilliseconds) {}
    return outputCount - before
  }

  /// Reads what is there within so many milliseconds; false if nothing came.
  private func pump(milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&polled, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(master, $0.baseAddress, $0.count) }
    guard count > 0 else {
      // EIO: the last process of the terminal has closed it.
      isClosed = true
      return false
    }
    outputCount += count
    if output.count < Self.outputMax { output += buffer.prefix(count) }
    unsafe buffer.withUnsafeBytes { bytes in
      _ = unsafe vterm_input_write(vterm, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count)
    }
    answer()
    return true
  }

  // MARK: The process

  /// Changes the size of the window; the program gets SIGWINCH.
  public func resize(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    unsafe vterm_set_size(vterm, Int32(rows), Int32(columns))
    _ = cpty_resize(master, Int32(rows), Int32(columns))
  }

  public func kill(_ signal: Int32) { Glibc.kill(process, signal) }

  /// Sends a signal to the process group in the foreground: a program that a shell runs in this terminal.
  public func killForeground(_ signal: Int32) {
    let group = tcgetpgrp(master)
    if group > 0 { Glibc.kill(-group, signal) }
  }

  /// Closes the window: the program's terminal is gone, and it gets SIGHUP.
  public func hangUp() {
    isClosed = true
    // The descriptor is kept (closed twice it might be somebody else's); /dev/null takes its place.
    let null = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    dup2(null, master)
    close(null)
  }

  public enum Exit: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)
  }

  /// Reads on until the program has ended, and says how.
  public func waitForExit(patience: Duration = Tty.patience) throws(SupportFault) -> Exit {
    let ending = cpty_ending(process)
    guard ending >= 0 else { throw .system("pidfd_open", errno: -ending) }
    defer { close(ending) }
    let end = ContinuousClock.now.advanced(by: patience)
    while true {
      let left = ContinuousClock.now.duration(to: end)
      guard left > .zero else { throw .didNotExit(screen: text) }
      // Its end, or something to read: a program whose output nobody takes does not end.
      var awaited = [pollfd(fd: ending, events: Int16(POLLIN), revents: 0)]
      if !isClosed { awaited.append(pollfd(fd: master, events: Int16(POLLIN), revents: 0)) }
      _ = unsafe poll(&awaited, nfds_t(awaited.count), Int32(left.components.seconds * 1_000) + 1)
      var status: Int32 = 0
      if unsafe waitpid(process, &status, WNOHANG) == process {
        isReaped = true
        while !isClosed, pump(milliseconds: 0) {}
        let signal = status & 0x7F
        return signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
      }
      if !isClosed { _ = pump(milliseconds: 0) }
    }
  }

  // MARK: -

  private func write(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
        let count = unsafe Glibc.write(master, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return }
        offset += count
      }
    }
  }

  /// Writes what libvterm has to say (keys, answers to queries) to the program.
  private func answer() {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBufferPointer { bytes in
      unsafe vterm_output_read(vterm, bytes.baseAddress, bytes.count)
    }
    if count > 0 { write(buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }) }
  }
}

/// A NULL-terminated array of C strings, made before fork.
@unsafe private final class CStrings {
  let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    unsafe count = strings.count
    unsafe pointer = .allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { unsafe pointer[index] = unsafe strdup(string) }
    unsafe pointer[count] = nil
  }

  deinit {
    for index in unsafe 0..<count { unsafe free(pointer[index]) }
    unsafe pointer.deallocate()
  }
}
