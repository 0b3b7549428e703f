// Snapshot — numbers, texts and columns as a stream of bytes, in pieces that somebody else seals, keeps and opens again.
//
// A number is LEB128 of its bits as unsigned; a text its length and its UTF-8; a list its count and its members; an arena
// its count of pieces, each a length and the bytes; a column its count of pieces, each a count and the members as they stand
// in memory. Only whole numbers without padding stand in columns (`BitwiseCopyable`), so any bits are a member: what is
// wrong in a snapshot can give a wrong register or a stopped program, never memory that is not ours. That it is not wrong,
// its seal says. Byte order and widths are
// this machine's; `Register` writes in front what they are.

/// A snapshot that is not what this program would have written.
public struct SnapshotFault: Error, Equatable, Sendable { init() {} }

public struct SnapshotWriter {
  static let pieceBytes = 1 << 20

  private var buffer: [UInt8] = []
  private let put: ([UInt8]) -> Bool
  /// `put` said no once; nothing more is handed over.
  public private(set) var isStopped = false

  /// - Parameter put: gets pieces of about a mebibyte; false stops.
  public init(put: @escaping ([UInt8]) -> Bool) {
    self.put = put
    buffer.reserveCapacity(Self.pieceBytes + Self.pieceBytes / 8)
  }

  /// Hands over what is left. To be called once, at the end.
  public mutating func finish() { flush() }

  private mutating func flush() {
    guard !isStopped, !buffer.isEmpty else { return }
    isStopped = !put(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func flushIfFull() { if buffer.count >= Self.pieceBytes { flush() } }

  public mutating func number(_ number: Int) {
    buffer.appendNumber(number)
    flushIfFull()
  }

  public mutating func text(_ text: String) { bytes(Array(text.utf8)) }

  public mutating func bytes(_ bytes: [UInt8]) {
    buffer.appendNumber(bytes.count)
    buffer.append(contentsOf: bytes)
    flushIfFull()
  }

  public mutating func optional(_ text: String?) {
    number(text == nil ? 0 : 1)
    if let text { self.text(text) }
  }

  public mutating func list<Members: Collection>(_ members: Members, _ each: (inout SnapshotWriter, Members.Element) -> Void) {
    number(members.count)
    for member in members { each(&self, member) }
  }

  mutating func arena(_ arena: Arena) { list(arena.pieces) { $0.bytes($1) } }

  mutating func column<Element: BitwiseCopyable>(_ column: Column<Element>) {
    list(column.pieces) { snapshot, piece in
      snapshot.buffer.appendNumber(piece.count)
      unsafe piece.withUnsafeBytes { unsafe snapshot.buffer.append(contentsOf: $0) }
      snapshot.flushIfFull()
    }
  }
}

public struct SnapshotReader {
  /// Members of a list, bytes of a text or of an arena's piece: more than any register has.
  private static let countMax = 1 << 31
  private static let bytesMax = 1 << 24

  private var piece: [UInt8] = []
  private var place = 0
  private let next: () -> [UInt8]?

  /// - Parameter next: the pieces in order, nil where there are no more or one is not whole.
  public init(next: @escaping () -> [UInt8]?) { self.next = next }

  /// Whether everything was read.
  public mutating func isAtEnd() -> Bool { place == piece.count && !advance() }

  private mutating func advance() -> Bool {
    while place == piece.count {
      guard let more = next() else { return false }
      piece = more
      place = 0
    }
    return true
  }

  private mutating func byte() throws(SnapshotFault) -> UInt8 {
    guard place < piece.count || advance() else { throw SnapshotFault() }
    place += 1
    return piece[place - 1]
  }

  public mutating func number() throws(SnapshotFault) -> Int {
    var value: UInt = 0
    var shift = 0
    while true {
      let byte = try byte()
      guard shift < 64 else { throw SnapshotFault() }
      value |= UInt(byte & 0x7F) << UInt(shift)
      if byte < 0x80 { return Int(bitPattern: value) }
      shift += 7
    }
  }

  /// A number of a text, a record, a fact.
  mutating func small() throws(SnapshotFault) -> UInt32 {
    guard let small = UInt32(exactly: try number()) else { throw SnapshotFault() }
    return small
  }

  public mutating func count() throws(SnapshotFault) -> Int { try number(below: Self.countMax) }

  private mutating func number(below max: Int) throws(SnapshotFault) -> Int {
    let count = try number()
    guard (0..<max).contains(count) else { throw SnapshotFault() }
    return count
  }

  public mutating func text() throws(SnapshotFault) -> String { String(decoding: try bytes(), as: UTF8.self) }

  public mutating func bytes() throws(SnapshotFault) -> [UInt8] {
    let count = try number(below: Self.bytesMax)
    return try members(count)
  }

  public mutating func optional() throws(SnapshotFault) -> String? { try number() == 0 ? nil : try text() }

  mutating func arena() throws(SnapshotFault) -> Arena {
    var pieces: [[UInt8]] = []
    for _ in 0..<(try count()) { pieces.append(try bytes()) }
    return Arena(pieces: pieces)
  }

  mutating func column<Element: BitwiseCopyable>() throws(SnapshotFault) -> Column<Element> {
    var pieces: [[Element]] = []
    for _ in 0..<(try count()) {
      let count = try number(below: Column<Element>.pieceCount + 1)
      pieces.append(try members(count))
    }
    guard let column = Column(pieces: pieces) else { throw SnapshotFault() }
    return column
  }

  /// `count` members as they stand in memory. Every byte of them is written before anybody reads it, or it throws.
  private mutating func members<Element: BitwiseCopyable>(_ count: Int) throws(SnapshotFault) -> [Element] {
    var isWhole = false
    let members = unsafe [Element](unsafeUninitializedCapacity: count) { out, written in
      let raw = UnsafeMutableRawBufferPointer(out)
      var done = 0
      let wanted = count * MemoryLayout<Element>.stride
      while done < wanted, place < piece.count || advance() {
        let part = min(wanted - done, piece.count - place)
        unsafe piece.withUnsafeBytes { from in
          unsafe UnsafeMutableRawBufferPointer(rebasing: raw[done..<done + part])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: from[place..<place + part]))
        }
        place += part
        done += part
      }
      isWhole = done == wanted
      written = isWhole ? count : 0
    }
    guard isWhole else { throw SnapshotFault() }
    return members
  }
}
