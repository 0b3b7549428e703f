// Every text a register holds, once: names of lists and properties, codes, ids, names of people. A text is a number from
// then on. UUIDs (most of the texts) are kept as their sixteen bytes. Texts are compared by their bytes.

struct TextTable: Sendable {
  /// Number of the empty text.
  static let empty: UInt32 = 0

  private var arena = Arena()
  private var addresses = Column<UInt32>()
  private var hashes = Column<UInt32>()
  /// Open addressing: number + 1, or 0 where nothing is. A power of two, at most three quarters full.
  private var slots = Column<UInt32>()
  /// Where hashes begin: a number of the process that made the table, so that nobody can prepare texts that collide.
  private let seed: UInt64

  init(seed: UInt64 = Self.processSeed) {
    self.seed = seed
    slots.extend(to: 64, with: 0)
    _ = number(of: "")
  }

  var count: Int { addresses.count }

  private static let processSeed = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

  /// The number of a text, a new one where it was never met.
  mutating func number(of text: String) -> UInt32 {
    let key = Key(text)
    let hash = key.hash(seed)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if hashes[Int(number)] == hash, holds(key, at: Int(number)) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(addresses.count)
    addresses.append(UInt32(arena.append(key.stored)))
    hashes.append(hash)
    slots[slot] = number + 1
    if addresses.count * 4 > slots.count * 3 { grow() }
    return number
  }

  /// The number of a text, nil where it was never met.
  func find(_ text: String) -> UInt32? {
    let key = Key(text)
    let hash = key.hash(seed)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if hashes[Int(number)] == hash, holds(key, at: Int(number)) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  func text(_ number: UInt32) -> String {
    var reader = arena.reader(at: Int(addresses[Int(number)]))
    let header = reader.number()
    let end = reader.place + header >> 1
    if header & 1 == 1 { return PackedUUID(reader.bytes, at: reader.place).text }
    return String(decoding: reader.bytes[reader.place..<end], as: UTF8.self)
  }

  /// Whether one text sorts before another, by its bytes. UUIDs sort as their text does.
  func sorts(_ left: UInt32, before right: UInt32) -> Bool {
    guard left != right else { return false }
    let one = bytes(of: left)
    let other = bytes(of: right)
    guard one.isUUID == other.isUUID else { return text(left) < text(right) }
    return one.bytes.lexicographicallyPrecedes(other.bytes)
  }

  private func bytes(of number: UInt32) -> (isUUID: Bool, bytes: ArraySlice<UInt8>) {
    var reader = arena.reader(at: Int(addresses[Int(number)]))
    let header = reader.number()
    return (header & 1 == 1, reader.bytes[reader.place..<reader.place + header >> 1])
  }

  private func holds(_ key: Key, at number: Int) -> Bool {
    var reader = arena.reader(at: Int(addresses[number]))
    let header = reader.number()
    switch key {
    case .uuid(let packed):
      guard header == 33 else { return false }
      return PackedUUID(reader.bytes, at: reader.place) == packed
    case .text(let utf8):
      guard header == utf8.count << 1 else { return false }
      var place = reader.place
      for byte in utf8 {
        guard reader.bytes[place] == byte else { return false }
        place += 1
      }
      return true
    }
  }

  private mutating func grow() {
    var wider = Column<UInt32>()
    wider.extend(to: slots.count * 2, with: 0)
    for number in 0..<hashes.count {
      var slot = Int(hashes[number]) & (wider.count - 1)
      while wider[slot] != 0 { slot = (slot + 1) & (wider.count - 1) }
      wider[slot] = UInt32(number) + 1
    }
    slots = wider
  }

  // MARK: Snapshot

  func write(to snapshot: inout SnapshotWriter) {
    snapshot.number(Int(truncatingIfNeeded: seed))
    snapshot.arena(arena)
    snapshot.column(addresses)
    snapshot.column(hashes)
    snapshot.column(slots)
  }

  init(from snapshot: inout SnapshotReader) throws(SnapshotFault) {
    seed = UInt64(bitPattern: Int64(try snapshot.number()))
    arena = try snapshot.arena()
    addresses = try snapshot.column()
    hashes = try snapshot.column()
    slots = try snapshot.column()
    guard slots.count.nonzeroBitCount == 1, hashes.count == addresses.count, slots.count > addresses.count else { throw SnapshotFault() }
  }

  private enum Key {
    case uuid(PackedUUID)
    case text(String.UTF8View)

    init(_ text: String) {
      let utf8 = text.utf8
      if utf8.count == 36, let packed = PackedUUID(utf8) { self = .uuid(packed) } else { self = .text(utf8) }
    }

    /// As it stands in the arena: twice the length, plus one for a UUID, then the bytes.
    var stored: [UInt8] {
      var bytes: [UInt8] = []
      switch self {
      case .uuid(let packed):
        bytes.append(33)
        packed.append(to: &bytes)
      case .text(let utf8):
        bytes.reserveCapacity(utf8.count + 3)
        bytes.appendNumber(utf8.count << 1)
        bytes.append(contentsOf: utf8)
      }
      return bytes
    }

    /// FNV-1a, begun at the table's seed.
    func hash(_ seed: UInt64) -> UInt32 {
      var hash = seed
      switch self {
      case .uuid(let packed):
        hash = (hash ^ packed.high) &* Self.prime
        hash = (hash ^ (hash >> 32) ^ packed.low) &* Self.prime
      case .text(let utf8): for byte in utf8 { hash = (hash ^ UInt64(byte)) &* Self.prime }
      }
      return UInt32(truncatingIfNeeded: hash ^ (hash >> 29))
    }

    private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
  }
}

/// A UUID in lower-case hex with hyphens, as two numbers.
struct PackedUUID: Equatable {
  let high: UInt64
  let low: UInt64

  /// Nil for any other spelling: it must come back as it was.
  init?(_ utf8: String.UTF8View) {
    var halves: (UInt64, UInt64) = (0, 0)
    var index = 0
    var digits = 0
    for byte in utf8 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        let digit: UInt64
        switch byte {
        case 48...57: digit = UInt64(byte - 48)
        case 97...102: digit = UInt64(byte - 87)
        default: return nil
        }
        if digits < 16 { halves.0 = halves.0 << 4 | digit } else { halves.1 = halves.1 << 4 | digit }
        digits += 1
      }
      index += 1
    }
    guard index == 36 else { return nil }
    (high, low) = halves
  }

  init(_ bytes: [UInt8], at place: Int) {
    var halves: (UInt64, UInt64) = (0, 0)
    for offset in 0..<8 {
      halves.0 = halves.0 << 8 | UInt64(bytes[place + offset])
      halves.1 = halves.1 << 8 | UInt64(bytes[place + 8 + offset])
    }
    (high, low) = halves
  }

  func append(to bytes: inout [UInt8]) {
    for half in [high, low] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: half >> shift)) }
    }
  }

  var text: String { uuidText(high, low) }
}
