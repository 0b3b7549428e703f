// Head — the watermark: the file HEAD says how far the journal was acknowledged. It is the only way to tell bytes of an
// unfinished append from damaged acknowledged ones, and to notice on this machine that the last records are gone (a chain
// cannot see a tail that was cut). 8192 bytes, two slots of 512 bytes at 0 and 4096, each one line of text and zeros:
//
//     H1|<generation, 10>|<segment id, 36>|<seq, 10>|<end offset, 12>|<chain, 43>|<crc, 8>\n
//
// Generation g is written to slot g & 1, then fdatasync; the valid slot with the highest generation counts. A failed write is
// tried again with the same generation, so the other slot, the last one that is known to be good, is never touched.

struct HeadMark: Equatable, Sendable {
  var generation: UInt64
  var segmentID: String
  /// The last acknowledged record.
  var seq: UInt64
  /// Acknowledged bytes of the segment.
  var end: Int
  /// The chain there.
  var chain: Chain

  static let slotBytes = 512
  static let secondSlot = 4096
  static let fileBytes = 8192

  var slotOffset: Int { generation & 1 == 0 ? 0 : HeadMark.secondSlot }

  /// The 512 bytes of the slot; nil where a number does not fit.
  var slot: [UInt8]? {
    guard let generation = RawBytes.decimalText(generation, width: 10), let seq = RawBytes.decimalText(seq, width: 10),
      let end = RawBytes.decimalText(UInt64(end), width: 12)
    else { return nil }
    var bytes: [UInt8] = [0x48, 0x31, 0x7C]
    for field in [generation, Array(segmentID.utf8), seq, end, RawBytes.base64(chain.bytes)] {
      bytes.append(contentsOf: field)
      bytes.append(0x7C)
    }
    bytes.append(contentsOf: RawBytes.hexText(RawBytes.crc32c(bytes)))
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0, count: HeadMark.slotBytes - bytes.count))
    return bytes
  }

  /// Reads the slot at `offset`; nil where it is not whole.
  static func read(_ bytes: [UInt8], at offset: Int) -> HeadMark? {
    guard offset >= 0, bytes.count >= offset + slotBytes else { return nil }
    let text = offset + 3
    let crcField = text + 11 + 37 + 11 + 13 + 44
    guard bytes[offset] == 0x48, bytes[offset + 1] == 0x31, bytes[offset + 2] == 0x7C,
      RawBytes.hexValue(bytes, at: crcField) == RawBytes.crc32c(bytes, offset..<crcField),
      bytes[crcField + 8] == 0x0A, bytes[(crcField + 9)..<(offset + slotBytes)].allSatisfy({ $0 == 0 }),
      let generation = RawBytes.decimal(bytes, text..<text + 10),
      let seq = RawBytes.decimal(bytes, text + 48..<text + 58),
      let end = RawBytes.decimal(bytes, text + 59..<text + 71),
      let chain = RawBytes.fromBase64(bytes, text + 72..<text + 115).flatMap(Chain.init(bytes:))
    else { return nil }
    let segmentID = String(decoding: bytes[text + 11..<text + 47], as: UTF8.self)
    return HeadMark(generation: generation, segmentID: segmentID, seq: seq, end: Int(end), chain: chain)
  }
}

/// What the whole file HEAD says.
struct HeadState: Equatable, Sendable {
  /// The watermark, where a slot is readable.
  var mark: HeadMark?
  /// Readable slots.
  var goodSlots: Int
  /// A slot that must be readable is not.
  var isDamaged: Bool
  /// There is no file.
  var isAbsent: Bool

  /// `bytes` nil: no file.
  init(_ bytes: [UInt8]?) {
    isAbsent = bytes == nil
    let bytes = bytes ?? []
    let marks = [0, HeadMark.secondSlot].map { HeadMark.read(bytes, at: $0) }
    let good = marks.compactMap { $0 }
    mark = good.max { $0.generation < $1.generation }
    goodSlots = good.count
    // Only the very first generation stands alone.
    isDamaged = !isAbsent && goodSlots < 2 && !(goodSlots == 1 && mark?.generation == 1 && HeadState.firstOnly(bytes))
  }

  /// Slot 0 was never written: all its bytes are zero.
  private static func firstOnly(_ bytes: [UInt8]) -> Bool {
    bytes.count == HeadMark.fileBytes && bytes[0..<HeadMark.slotBytes].allSatisfy { $0 == 0 }
  }
}

/// Writes the watermark.
struct HeadWriter {
  let path: String
  let disk: any Disk
  /// The generation of the last slot known to be on the disk.
  private(set) var generation: UInt64
  private var file: DiskFile?

  /// `generation` 0: there is no readable HEAD; the first `write` makes the file.
  init(path: String, disk: any Disk, generation: UInt64) {
    self.path = path
    self.disk = disk
    self.generation = generation
  }

  /// Makes the watermark last. After an error the same slot will be written again; the other one stays.
  mutating func write(segmentID: String, seq: UInt64, end: Int, chain: Chain) throws(DiskFault) {
    let mark = HeadMark(generation: generation + 1, segmentID: segmentID, seq: seq, end: end, chain: chain)
    guard let slot = mark.slot else { throw DiskFault(.writeAt, errno: 0) }
    if generation == 0 {
      var whole = [UInt8](repeating: 0, count: HeadMark.fileBytes)
      whole.replaceSubrange(mark.slotOffset..<mark.slotOffset + HeadMark.slotBytes, with: slot)
      try Files.replace(path, with: whole, disk: disk)
      generation = 1
      return
    }
    do throws(DiskFault) {
      let head: DiskFile
      if let file { head = file } else { head = try disk.open(path, .update) }
      file = head
      guard try disk.write(head, slot, at: mark.slotOffset) == slot.count else { throw DiskFault(.writeAt, errno: 0) }
      try disk.syncData(head)
      generation += 1
    } catch {
      close()
      throw error
    }
  }

  mutating func close() {
    if let file { disk.close(file) }
    file = nil
  }
}
