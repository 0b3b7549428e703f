// StickWriter: one journal's lines onto a stick. The lines are cut into files the same way every time, so what is there already
// is left as it is, the last file is replaced by a longer one, and a second exchange writes nothing. A stick that holds more of
// the journal than this laptop, or other lines under the same numbers, is never written: the laptop was put back from a backup.

internal import Journal
internal import Laptop
internal import Wire

/// A journal that goes onto the stick.
struct StickSource {
  let journalID: String
  let lastSeq: UInt64
  let lines: (_ from: UInt64, _ bytesMax: Int) throws(LaptopFault) -> RawLines?
}

struct StickWriter {
  let folder: StickFolder
  let signing: SigningKey

  enum Outcome: Equatable {
    case written(files: Int)
    /// The stick holds what this laptop does not.
    case stickKnowsMore
    case notAFile
  }

  func write(_ source: StickSource) throws(StickFault) -> Outcome {
    guard source.lastSeq > 0 else { return .written(files: 0) }
    guard let names = try folder.files(of: source.journalID) else { return .notAFile }
    for name in names where name.last > source.lastSeq {
      if try own(name, source.journalID) != nil { return .stickKnowsMore }
    }
    try folder.prepare(source.journalID)
    var files = 0
    var next: UInt64 = 1
    while let lines = try lines(source, next) {
      guard let checkpoint = try? Checkpoint(lines, signedBy: signing) else { throw .laptop(.unavailable) }
      let file = StickFile(lines, checkpoint)
      let before = names.filter { $0.first == file.name.first && $0.last <= file.name.last }
      var isThere = false
      for name in before {
        guard let old = try own(name, source.journalID) else { continue }
        guard file.body.starts(with: old.body) else { return .stickKnowsMore }
        if name == file.name { isThere = old.body.count == file.body.count }
      }
      if !isThere {
        try folder.write(file, of: source.journalID)
        files += 1
      }
      for name in before where name != file.name { try folder.remove(name, of: source.journalID) }
      next = lines.lastSeq + 1
    }
    return .written(files: files)
  }

  private func lines(_ source: StickSource, _ from: UInt64) throws(StickFault) -> RawLines? {
    guard from <= source.lastSeq else { return nil }
    do throws(LaptopFault) { return try source.lines(from, Limits.stickFileBytes) } catch { throw .laptop(error) }
  }

  /// A file that this laptop wrote and nothing has changed since; nil for anything else under its name.
  private func own(_ name: StickName, _ journalID: String) throws(StickFault) -> StickFile? {
    guard let bytes = try folder.read(name, of: journalID, bytesMax: Limits.stickFileBytesMax),
      let file = try? StickFile(journalID: journalID, name: name, bytes: bytes),
      file.checkpoint.isSigned(by: signing.publicKey), file.body.last == 10, Self.isWhole(file)
    else { return nil }
    return file
  }

  /// Whether the lines end in what was signed, each whole: damage is no sign of another past.
  private static func isWhole(_ file: StickFile) -> Bool {
    var last: JournalLine?
    for line in file.lines {
      guard let parsed = try? JournalLine.parse(line), parsed.bytes.elementsEqual(line) else { return false }
      last = parsed
    }
    return last?.chain == file.checkpoint.chain && last?.seq == file.name.last
  }
}
