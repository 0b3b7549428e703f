import Testing

@testable import Relief

/// A register out of a snapshot, with what came after, is the register of all records.
@Suite struct SnapshotTests {
  static func pieces(_ register: Register) -> [[UInt8]] {
    final class Kept { var pieces: [[UInt8]] = [] }
    let kept = Kept()
    var snapshot = SnapshotWriter {
      kept.pieces.append($0)
      return true
    }
    register.write(to: &snapshot)
    snapshot.finish()
    return kept.pieces
  }

  static func read(_ pieces: [[UInt8]]) throws -> Register {
    final class Left {
      var pieces: ArraySlice<[UInt8]>
      init(_ pieces: [[UInt8]]) { self.pieces = pieces[...] }
    }
    let left = Left(pieces)
    var snapshot = SnapshotReader { left.pieces.popFirst() }
    let register = try Register(from: &snapshot)
    let isAtEnd = snapshot.isAtEnd()
    #expect(isAtEnd)
    return register
  }

  @Test(arguments: 0..<12) func aSnapshotAnywhereAndTheRestIsAllOfIt(round: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SystemSeeded(seed: seed)
    let records = FoldPermutationTests.spring.shuffled(using: &random)
    let whole = Register(records)
    for cut in 0...records.count {
      // The bytes come in pieces of any size.
      let bytes = Self.pieces(Register(Array(records[..<cut]))).flatMap { $0 }
      var pieces: [[UInt8]] = []
      var next = 0
      while next < bytes.count {
        let end = min(bytes.count, next + Int.random(in: 1...400, using: &random))
        pieces.append(Array(bytes[next..<end]))
        next = end
      }
      var resumed = try Self.read(pieces)
      for record in records[cut...] { resumed.apply(record) }
      #expect(Answers(resumed) == Answers(whole), "seed \(seed), cut \(cut)")
      // To the last number of the last index.
      #expect(Self.pieces(resumed) == Self.pieces(whole), "seed \(seed), cut \(cut)")
    }
  }

  @Test func placesAndSubmissionsAreKept() throws {
    var record = FoldPermutationTests.spring[0]
    record.submission = "<data/>"
    var register = Register()
    register.apply(record, at: Place(.inbox, 9_999_999_999))
    register.apply(FoldPermutationTests.spring[1])
    let again = try Self.read(Self.pieces(register))
    #expect(again.place(of: record.id) == Place(.inbox, 9_999_999_999))
    #expect(again.place(of: FoldPermutationTests.spring[1].id) == nil)
    #expect(Answers(again) == Answers(register))
  }

  @Test func aSnapshotThatEndsTooSoonIsNone() throws {
    let bytes = Self.pieces(Register(FoldPermutationTests.spring)).flatMap { $0 }
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: SnapshotFault.self) {
        var pieces = [Array(bytes[..<length])][...]
        var snapshot = SnapshotReader { pieces.popFirst() }
        _ = try Register(from: &snapshot)
      }
    }
  }

  /// A snapshot of an older program is thrown away because its version is another one. So whoever changes what is written, or what
  /// the fold files a record under, must raise `Register.snapshotVersion`: this test says so.
  @Test func theVersionStandsForTheseBytes() {
    var register = Register(textSeed: 1)
    for record in FoldPermutationTests.spring { register.apply(record, at: Place(.own, 7)) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in Self.pieces(register).joined() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    #expect(hash == 5_638_290_006_347_981_726, "the bytes are others: raise Register.snapshotVersion, then write here what they give")
    #expect(Register.snapshotVersion == 2)
  }

  @Test func aRecordLongerThanAPieceOfTheArenaIsReadWhole() {
    let facts = (0..<2_000).map { number in
      Fact(
        list: "income", entity: "e\(number)",
        properties: (0..<40).map { Property("p\($0)", "\(number)-\($0)") })
    }
    let record = Village.record(1, .visit, facts: facts)
    let register = Register([Village.visit(2, on: "2026-04-01"), record])
    #expect(register.record(record.id)?.facts == facts)
    #expect(register.value("p39", of: "income", "e1999") == "1999-39")
  }
}
