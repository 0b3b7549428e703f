// Bytes that are only ever appended, in pieces of 64 KiB (see `Column` for why). An address is the piece and the place in
// it. Numbers are LEB128: seven bits a byte, the low ones first.

struct Arena: Sendable {
  private static let pieceBytes = 1 << 16

  private(set) var pieces: [[UInt8]] = []

  /// Appends bytes that stay together; what is longer than a piece gets one of its own.
  /// - Returns: where they stand.
  mutating func append(_ bytes: [UInt8]) -> Int {
    if pieces.isEmpty || pieces[pieces.count - 1].count + bytes.count > Self.pieceBytes {
      var piece: [UInt8] = []
      if !pieces.isEmpty { piece.reserveCapacity(max(bytes.count, Self.pieceBytes)) }
      pieces.append(piece)
    }
    let last = pieces.count - 1
    let address = last << 16 | pieces[last].count
    pieces[last].append(contentsOf: bytes)
    return address
  }

  /// - Parameter offset: from there on, within what was appended together.
  func reader(at address: Int, offset: Int = 0) -> ByteReader {
    ByteReader(pieces[address >> 16], at: address & 0xFFFF + offset)
  }

  init() {}
  init(pieces: [[UInt8]]) { self.pieces = pieces }
}

/// Reads numbers and texts one after another.
struct ByteReader {
  let bytes: [UInt8]
  var place: Int

  init(_ bytes: [UInt8], at place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  mutating func number() -> Int {
    var value = 0
    var shift = 0
    while true {
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  mutating func skipNumbers(_ count: Int) {
    var left = count
    while left > 0 {
      if bytes[place] < 0x80 { left -= 1 }
      place += 1
    }
  }
}

extension [UInt8] {
  /// Appends a number that is not negative.
  mutating func appendNumber(_ number: Int) {
    var rest = UInt(bitPattern: number)
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}
