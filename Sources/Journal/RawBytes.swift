// RawBytes — the byte work under every line: CRC32C, base64url, searching, decimal and hexadecimal fields.
//
// This is the only file of the room that touches unsafe buffers. Every function takes an array and a range that it checks
// first; what it hands to a pointer is inside the array. Rules: base64url has no padding and is canonical (unused low bits
// of the last character are zero; anything else is refused), CRC32C is Castagnoli's, reflected, as in RFC 3720 B.4.

internal import Crypto
internal import FoundationEssentials

enum RawBytes {
  // MARK: CRC32C, slicing by sixteen

  private static let crcTables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 16 * 256)
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? 0x82F6_3B78 ^ (value >> 1) : value >> 1 }
      tables[index] = value
    }
    for slice in 1..<16 {
      for index in 0..<256 {
        let before = tables[(slice - 1) * 256 + index]
        tables[slice * 256 + index] = tables[Int(before & 255)] ^ (before >> 8)
      }
    }
    return tables
  }()

  /// The part of the CRC that eight bytes give which stand `table`…`table + 7` steps before the end.
  @inline(__always)
  private static func crc(
    _ tables: UnsafeBufferPointer<UInt32>, _ word: UInt64, last table: Int
  ) -> UInt32 {
    let base = table * 256
    let a = unsafe tables[base + 1792 + Int(word & 255)] ^ tables[base + 1536 + Int((word >> 8) & 255)]
    let b = unsafe tables[base + 1280 + Int((word >> 16) & 255)] ^ tables[base + 1024 + Int((word >> 24) & 255)]
    let c = unsafe tables[base + 768 + Int((word >> 32) & 255)] ^ tables[base + 512 + Int((word >> 40) & 255)]
    let d = unsafe tables[base + 256 + Int((word >> 48) & 255)] ^ tables[base + Int(word >> 56)]
    return a ^ b ^ c ^ d
  }

  static func crc32c(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    return unsafe bytes.withUnsafeBytes { whole in
      unsafe crcTables.withUnsafeBufferPointer { tables in
        var crc: UInt32 = 0xFFFF_FFFF
        var offset = range.lowerBound
        let end = range.upperBound
        while end - offset >= 16 {
          let one = unsafe UInt64(littleEndian: whole.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          let two = unsafe UInt64(littleEndian: whole.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
          crc = unsafe self.crc(tables, one ^ UInt64(crc), last: 8) ^ self.crc(tables, two, last: 0)
          offset += 16
        }
        while offset < end {
          crc = unsafe tables[Int((crc ^ UInt32(whole[offset])) & 255)] ^ (crc >> 8)
          offset += 1
        }
        return ~crc
      }
    }
  }

  static func crc32c(_ bytes: [UInt8]) -> UInt32 { crc32c(bytes, 0..<bytes.count) }

  // MARK: base64url

  private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Four tables of 256: the value of a character in each of the four places, ready shifted; the top bit marks a stranger.
  private static let decoding: [UInt32] = {
    var tables = [UInt32](repeating: 0x8000_0000, count: 4 * 256)
    for (value, character) in alphabet.enumerated() {
      for place in 0..<4 { tables[place * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * place) }
    }
    return tables
  }()

  /// The number of characters that `count` bytes take.
  static func base64Length(_ count: Int) -> Int { count / 3 * 4 + (count % 3 == 0 ? 0 : count % 3 + 1) }

  /// Appends the base64url text of the bytes.
  static func appendBase64(_ bytes: [UInt8], to text: inout [UInt8]) {
    let length = base64Length(bytes.count)
    let encoded = unsafe [UInt8](unsafeUninitializedCapacity: length) { out, written in
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe alphabet.withUnsafeBufferPointer { letters in
          var from = 0
          var to = 0
          while source.count - from >= 3 {
            let word = unsafe UInt32(source[from]) << 16 | UInt32(source[from + 1]) << 8 | UInt32(source[from + 2])
            unsafe out[to] = letters[Int(word >> 18)]
            unsafe out[to + 1] = letters[Int((word >> 12) & 63)]
            unsafe out[to + 2] = letters[Int((word >> 6) & 63)]
            unsafe out[to + 3] = letters[Int(word & 63)]
            from += 3
            to += 4
          }
          if source.count - from == 1 {
            let word = unsafe UInt32(source[from]) << 16
            unsafe out[to] = letters[Int(word >> 18)]
            unsafe out[to + 1] = letters[Int((word >> 12) & 63)]
          } else if source.count - from == 2 {
            let word = unsafe UInt32(source[from]) << 16 | UInt32(source[from + 1]) << 8
            unsafe out[to] = letters[Int(word >> 18)]
            unsafe out[to + 1] = letters[Int((word >> 12) & 63)]
            unsafe out[to + 2] = letters[Int((word >> 6) & 63)]
          }
        }
      }
      written = length
    }
    text.append(contentsOf: encoded)
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    appendBase64(bytes, to: &text)
    return text
  }

  private static func decodedLength(_ characters: Int) -> Int {
    characters / 4 * 3 + (characters % 4 == 0 ? 0 : characters % 4 - 1)
  }

  /// Decodes into `out`, which has the right length; false where the text is not canonical.
  private static func decode(
    _ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into out: UnsafeMutableRawBufferPointer
  ) -> Bool {
    unsafe decoding.withUnsafeBufferPointer { tables in
      var strange: UInt32 = 0
      var from = range.lowerBound
      var to = 0
      let end = range.upperBound
      while end - from >= 4 {
        let word =
          unsafe tables[Int(source[from])] | tables[256 + Int(source[from + 1])]
          | tables[512 + Int(source[from + 2])] | tables[768 + Int(source[from + 3])]
        strange |= word
        unsafe out[to] = UInt8(truncatingIfNeeded: word >> 16)
        unsafe out[to + 1] = UInt8(truncatingIfNeeded: word >> 8)
        unsafe out[to + 2] = UInt8(truncatingIfNeeded: word)
        from += 4
        to += 3
      }
      strange &= 0x8000_0000
      let rest = end - from
      if rest >= 2 {
        var word = unsafe tables[Int(source[from])] | tables[256 + Int(source[from + 1])]
        if rest == 3 { word = unsafe word | tables[512 + Int(source[from + 2])] }
        strange |= word & (rest == 2 ? 0x8000_FFFF : 0x8000_00FF)
        unsafe out[to] = UInt8(truncatingIfNeeded: word >> 16)
        if rest == 3 { unsafe out[to + 1] = UInt8(truncatingIfNeeded: word >> 8) }
      }
      return strange == 0
    }
  }

  /// The bytes of a canonical base64url text, or nil.
  static func fromBase64(_ text: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    guard range.count % 4 != 1 else { return nil }
    var canonical = false
    let length = decodedLength(range.count)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: length) { out, written in
      let raw = UnsafeMutableRawBufferPointer(out)
      canonical = unsafe text.withUnsafeBufferPointer { unsafe decode($0, range, into: raw) }
      written = length
    }
    return canonical ? bytes : nil
  }

  static func fromBase64(_ text: [UInt8]) -> [UInt8]? { fromBase64(text, 0..<text.count) }

  // MARK: hashing and opening without copies

  /// SHA-256 over a chain value and a range of bytes; 32 bytes each way as four words in memory order.
  static func sha256(_ words: Chain.Words, _ bytes: [UInt8], _ range: Range<Int>) -> Chain.Words {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var hash = SHA256()
    unsafe withUnsafeBytes(of: words) { unsafe hash.update(bufferPointer: $0) }
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[range])) }
    return unsafe hash.finalize().withUnsafeBytes { unsafe $0.loadUnaligned(as: Chain.Words.self) }
  }

  /// Four words from 32 bytes; nil for another length.
  static func words(_ bytes: [UInt8]) -> Chain.Words? {
    guard bytes.count == 32 else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Chain.Words.self) }
  }

  static func bytes(_ words: Chain.Words) -> [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }

  /// The bytes of a canonical base64url text as `Data`, which the library takes without another copy.
  static func dataFromBase64(_ text: [UInt8], _ range: Range<Int>) -> Data? {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    guard range.count % 4 != 1 else { return nil }
    var data = Data(count: decodedLength(range.count))
    let canonical = unsafe data.withUnsafeMutableBytes { out in
      unsafe text.withUnsafeBufferPointer { unsafe decode($0, range, into: out) }
    }
    return canonical ? data : nil
  }

  /// The content of a padded plaintext; nil where its length does not fit.
  static func unpadded(_ plain: Data) -> [UInt8]? {
    unsafe plain.withUnsafeBytes { plain in
      guard plain.count >= 4 else { return nil }
      let length = unsafe Int(UInt32(bigEndian: plain.loadUnaligned(as: UInt32.self)))
      guard length <= plain.count - 4 else { return nil }
      return unsafe Array(plain[4..<4 + length])
    }
  }

  // MARK: searching

  /// The next place at or after `start` where a line could begin: `J`, a digit, one of `HRCE`, `|`. base64url has no `|`,
  /// so the mark cannot stand inside a payload.
  static func nextLineStart(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start >= 0, start < bytes.count else { return nil }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      var place = start
      let last = buffer.count - 4
      while place <= last {
        if unsafe buffer[place] == 0x4A, unsafe buffer[place + 1] == 0x31, unsafe buffer[place + 3] == 0x7C,
          unsafe LineKind(rawValue: buffer[place + 2]) != nil
        {
          return place
        }
        place += 1
      }
      return nil
    }
  }

  // MARK: numbers

  /// A field of exactly `range.count` decimal digits, or nil. Ten digits fit UInt64 without overflow.
  static func decimal(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count, range.count <= 18 else { return nil }
    var value: UInt64 = 0
    for index in range {
      let digit = bytes[index]
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      value = value * 10 + UInt64(digit - 0x30)
    }
    return value
  }

  /// `value` in decimal with leading zeros, or nil where it does not fit.
  static func decimalText(_ value: UInt64, width: Int) -> [UInt8]? {
    var text = [UInt8](repeating: 0x30, count: width)
    var rest = value
    var place = width - 1
    while rest > 0 {
      guard place >= 0 else { return nil }
      text[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
      place -= 1
    }
    return text
  }

  private static let hexDigits = [UInt8]("0123456789abcdef".utf8)

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(hexDigits[Int(byte >> 4)])
      text.append(hexDigits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func hexText(_ value: UInt32) -> [UInt8] {
    (0..<8).map { hexDigits[Int((value >> UInt32(28 - 4 * $0)) & 15)] }
  }

  /// Lower-case hexadecimal of any even length, or nil.
  static func fromHex(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text {
      let value: UInt8
      switch character {
      case 0x30...0x39: value = character - 0x30
      case 0x61...0x66: value = character - 0x61 + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? bytes : nil
  }

  /// Eight lower-case hexadecimal digits at `start`, or nil.
  static func hexValue(_ bytes: [UInt8], at start: Int) -> UInt32? {
    guard start >= 0, start <= bytes.count - 8 else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 8 {
      let character = bytes[index]
      switch character {
      case 0x30...0x39: value = value << 4 | UInt32(character - 0x30)
      case 0x61...0x66: value = value << 4 | UInt32(character - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  static func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
  }

  static func bigEndian32(_ bytes: [UInt8], at start: Int) -> UInt32? {
    guard start >= 0, start <= bytes.count - 4 else { return nil }
    return bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
