// `digest()`: MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4), small enough to be ours; this room knows no crypto
// library and nothing secret depends on them (SHA-256 also makes the seed of `randomize()` from a text). SHA-384 and
// SHA-512 are in XPathDigestLong.swift. The names are those of XForms 1.1, in any case.

enum XPathDigest {
  /// nil: an algorithm that is not here.
  static func bytes(of text: String, algorithm: String) -> [UInt8]? {
    let message = Array(text.utf8)
    switch algorithm.uppercased() {
    case "MD5": return md5(message)
    case "SHA-1": return sha1(message)
    case "SHA-256": return sha256(message)
    case "SHA-384": return Array(sha512(message, state: state384).prefix(48))
    case "SHA-512": return sha512(message, state: state512)
    default: return nil
    }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The message, a one bit, zeros, and its length in bits: whole blocks of 64 bytes.
  private static func padded(_ message: [UInt8], bigEndian: Bool) -> [UInt8] {
    var bytes = message
    bytes.append(0x80)
    while bytes.count % 64 != 56 { bytes.append(0) }
    let bits = UInt64(message.count) &* 8
    for index in 0..<8 {
      let shift = UInt64(bigEndian ? 56 - 8 * index : 8 * index)
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return bytes
  }

  private static func words(_ bytes: [UInt8], at start: Int, bigEndian: Bool) -> [UInt32] {
    (0..<16).map { word in
      var value: UInt32 = 0
      for index in 0..<4 {
        let byte = UInt32(bytes[start + word * 4 + index])
        value |= byte << UInt32(bigEndian ? 24 - 8 * index : 8 * index)
      }
      return value
    }
  }

  private static func output(_ state: [UInt32], bigEndian: Bool) -> [UInt8] {
    state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(bigEndian ? 24 - 8 * $0 : 8 * $0)) }
    }
  }

  private static func left(_ value: UInt32, _ by: Int) -> UInt32 {
    (value << UInt32(by)) | (value >> UInt32(32 - by))
  }

  private static func md5(_ message: [UInt8]) -> [UInt8] {
    let shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    let constants = (0..<64).map { UInt32(4_294_967_296 * abs(XPathMath.sin(Double($0 + 1)))) }
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    let bytes = padded(message, bigEndian: false)
    for start in stride(from: 0, to: bytes.count, by: 64) {
      let block = words(bytes, at: start, bigEndian: false)
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for round in 0..<64 {
        let mixed: UInt32
        let word: Int
        switch round / 16 {
        case 0: (mixed, word) = ((b & c) | (~b & d), round)
        case 1: (mixed, word) = ((d & b) | (~d & c), (5 * round + 1) % 16)
        case 2: (mixed, word) = (b ^ c ^ d, (3 * round + 5) % 16)
        default: (mixed, word) = (c ^ (b | ~d), (7 * round) % 16)
        }
        let sum = mixed &+ a &+ constants[round] &+ block[word]
        (a, d, c, b) = (d, c, b, b &+ left(sum, shifts[round / 16][round % 4]))
      }
      state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
    }
    return output(state, bigEndian: false)
  }

  private static func sha1(_ message: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    let bytes = padded(message, bigEndian: true)
    for start in stride(from: 0, to: bytes.count, by: 64) {
      var block = words(bytes, at: start, bigEndian: true)
      for index in 16..<80 {
        block.append(left(block[index - 3] ^ block[index - 8] ^ block[index - 14] ^ block[index - 16], 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for round in 0..<80 {
        let mixed: UInt32
        let constant: UInt32
        switch round / 20 {
        case 0: (mixed, constant) = ((b & c) | (~b & d), 0x5a82_7999)
        case 1: (mixed, constant) = (b ^ c ^ d, 0x6ed9_eba1)
        case 2: (mixed, constant) = ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc)
        default: (mixed, constant) = (b ^ c ^ d, 0xca62_c1d6)
        }
        let sum = left(a, 5) &+ mixed &+ e &+ constant &+ block[round]
        (e, d, c, b, a) = (d, c, left(b, 30), a, sum)
      }
      state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d, state[4] &+ e]
    }
    return output(state, bigEndian: true)
  }

  /// The first `count` primes, whose roots SHA-256 takes its constants from.
  private static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }

  private static func fraction(_ value: Double) -> UInt32 {
    UInt32((value - value.rounded(.down)) * 4_294_967_296)
  }

  private static func sha256(_ message: [UInt8]) -> [UInt8] {
    let primes = primes(64)
    let constants = primes.map { fraction(XPathMath.cubeRoot(Double($0))) }
    var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    let bytes = padded(message, bigEndian: true)
    func right(_ value: UInt32, _ by: Int) -> UInt32 { left(value, 32 - by) }
    for start in stride(from: 0, to: bytes.count, by: 64) {
      var block = words(bytes, at: start, bigEndian: true)
      for index in 16..<64 {
        let first = block[index - 15]
        let second = block[index - 2]
        let low = right(first, 7) ^ right(first, 18) ^ (first >> 3)
        let high = right(second, 17) ^ right(second, 19) ^ (second >> 10)
        block.append(block[index - 16] &+ low &+ block[index - 7] &+ high)
      }
      var work = state
      for round in 0..<64 {
        let (a, b, c, e, f, g) = (work[0], work[1], work[2], work[4], work[5], work[6])
        let high = right(e, 6) ^ right(e, 11) ^ right(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = work[7] &+ high &+ choice &+ constants[round] &+ block[round]
        let low = right(a, 2) ^ right(a, 13) ^ right(a, 22)
        let second = low &+ ((a & b) ^ (a & c) ^ (b & c))
        work = [first &+ second, a, b, c, work[3] &+ first, e, f, g]
      }
      for index in 0..<8 { state[index] = state[index] &+ work[index] }
    }
    return output(state, bigEndian: true)
  }
}

enum XPathBase64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = 0
      for index in 0..<3 { group = group << 8 | (index < count ? Int(bytes[start + index]) : 0) }
      for index in 0..<4 {
        text.append(index <= count ? alphabet[group >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil: not base64. White space is passed over, padding may be missing.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var group = 0
    var bits = 0
    var padding = 0
    for byte in text.utf8 where byte > 0x20 {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = alphabet.firstIndex(of: byte) else { return nil }
      group = (group << 6 | value) & 0xffff
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> bits))
      }
    }
    return padding <= 2 && bits < 6 ? bytes : nil
  }
}
