import Relief
import Testing

@testable import Wire

@Suite struct RecordCodecTests {
  static let record = Record(
    id: "01900000-0000-7000-8000-000000000001", type: .visit, household: "h1", division: "130599100201",
    author: Author(person: "p1", name: "赵试用", role: .cadre), device: "d1", wall: "2026-11-24T09:30:05+08:00",
    clockTrusted: false, supersedes: ["a", "b"], form: FormStamp(id: "household-visit", version: "1", hash: "ff"),
    facts: [
      Fact(
        list: "person", entity: "e1", label: "李秀英", properties: [Property("name", "李\"秀\\英"), Property("empty", "")]),
      Fact(list: "visit", entity: "e2"),
    ],
    submission: "<data>\n\t走访\u{1}</data>", body: ["reason": "改错"])

  static let text =
    #"{"author":{"name":"赵试用","person":"p1","role":"cadre"},"body":{"reason":"改错"},"clock_ok":false,"device":"d1","#
    + #""division":"130599100201","facts":[{"entity":"e1","label":"李秀英","list":"person","properties":"#
    + #"[["name","李\"秀\\英"],["empty",""]]},{"entity":"e2","list":"visit","properties":[]}],"form":{"hash":"ff","#
    + #""id":"household-visit","version":"1"},"household":"h1","id":"01900000-0000-7000-8000-000000000001","#
    + #""submission":"<data>\n\t走访\u0001</data>","supersedes":["a","b"],"type":"visit","tz":"Asia/Shanghai","v":1,"#
    + #""wall":"2026-11-24T09:30:05+08:00"}"#

  @Test func aRecordHasOneText() throws {
    #expect(String(decoding: try RecordCodec.encode(Self.record), as: UTF8.self) == Self.text)
    #expect(try RecordCodec.decode(Self.text.utf8) == Self.record)
  }

  @Test func keysOfANewerProgramAreKeptAsTheyStand() throws {
    let newer = #"{"zz":{"x":[1,-2.5e3,null,true,"\ud83d\ude00"]},"aa":"b","# + Self.text.dropFirst()
    let record = try RecordCodec.decode(newer.utf8)
    #expect(record.unknown == ["zz": #"{"x":[1,-2.5e3,null,true,"\ud83d\ude00"]}"#, "aa": #""b""#])
    #expect(try RecordCodec.decode(RecordCodec.encode(record)) == record)
    var type = record
    type.type = RecordType(rawValue: "inspection_of_2031")
    #expect(try RecordCodec.decode(RecordCodec.encode(type)) == type)
  }

  @Test func escapesAreRead() throws {
    let text = Self.text.replacing("改错", with: #"\u6539\/\b\f\r\ud842\udfb7"#)
    #expect(try RecordCodec.decode(text.utf8).body["reason"] == "改/\u{8}\u{c}\r𠮷")
  }

  @Test(arguments: ["author", "device", "division", "id", "type", "tz", "wall"])
  func aRecordWithoutWhatEveryRecordHasIsRefused(key: String) {
    let text = Self.text.replacing("\"\(key)\":", with: "\"other_\(key)\":")
    #expect(throws: RecordFault.self) { try RecordCodec.decode(text.utf8) }
  }

  @Test func everyCutAndEveryFlippedByteIsRefusedOrReadButNeverATrap() {
    let bytes = Array(Self.text.utf8)
    for length in 0..<bytes.count { #expect(throws: RecordFault.self) { try RecordCodec.decode(bytes[..<length]) } }
    for index in bytes.indices {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << UInt8(bit)
        if let record = try? RecordCodec.decode(flipped) { _ = try? RecordCodec.encode(record) }
      }
    }
  }

  /// Every text of a record, by name: how to spoil it, and whether people write more than one line there.
  static let texts: [(name: String, isLong: Bool, spoil: @Sendable (inout Record, String) -> Void)] = [
    ("author", false, { $0.author.name = $1 }), ("author", false, { $0.author.person = $1 }),
    ("author", false, { $0.author.role = Role(rawValue: $1) }), ("type", false, { $0.type = RecordType(rawValue: $1) }),
    ("device", false, { $0.device = $1 }), ("wall", false, { $0.wall = $1 }), ("tz", false, { $0.timeZone = $1 }),
    ("household", false, { $0.household = $1 }), ("supersedes", false, { $0.supersedes = ["a", $1] }),
    ("form", false, { $0.form?.id = $1 }), ("form", false, { $0.form?.version = $1 }), ("form", false, { $0.form?.hash = $1 }),
    ("facts", false, { $0.facts[0].list = $1 }), ("facts", false, { $0.facts[0].entity = $1 }),
    ("facts", false, { $0.facts[0].label = $1 }), ("facts", false, { $0.facts[0].properties[0].name = $1 }),
    ("facts", true, { $0.facts[0].properties[0].value = $1 }), ("body", false, { $0.body = [$1: "x"] }),
    ("body", true, { $0.body = ["reason": $1] }), ("submission", true, { $0.submission = $1 }),
  ]

  @Test("a control character makes no record: NUL nowhere, any other only in what people say at length", arguments: texts.indices)
  func controlCharacters(_ index: Int) throws {
    let (name, isLong, spoil) = Self.texts[index]
    for control in ["\0", "\u{1}", "\n", "\u{1B}", "\u{7F}", "\u{85}"] {
      var record = Self.record
      spoil(&record, "a\(control)b")
      if isLong && control != "\0" {
        #expect(try RecordCodec.decode(RecordCodec.encode(record)) == record)
      } else {
        #expect(throws: RecordFault.badField(name)) { try RecordCodec.encode(record) }
      }
    }
    var plain = Self.record
    spoil(&plain, "户é\u{A0}1")
    #expect(try RecordCodec.decode(RecordCodec.encode(plain)) == plain)
  }

  @Test func aRecordThatHidesANULInAnEscapeIsRefusedWhereItIsRead() {
    let text = Self.text.replacing(#""name","李\"秀\\英""#, with: #""na\u0000me","x""#)
    #expect(text != Self.text)
    #expect(throws: RecordFault.badField("facts")) { try RecordCodec.decode(text.utf8) }
  }

  @Test func depthAndSizeAreBounded() {
    let deep = #"{"zz":"# + String(repeating: "[", count: 100_000)
    #expect(throws: RecordFault.overLimit("recordDepth")) { try RecordCodec.decode(deep.utf8) }
    var record = Self.record
    record.submission = String(repeating: "访", count: Limits.recordBytes / 3)
    #expect(throws: RecordFault.overLimit("recordBytes")) { try RecordCodec.encode(record) }
    record = Self.record
    record.facts = Array(repeating: Fact(list: "l", entity: "e"), count: Limits.factsOfRecord + 1)
    #expect(throws: RecordFault.overLimit("factsOfRecord")) { try RecordCodec.encode(record) }
    record = Self.record
    record.id = "01900000-0000-7000-8000-00000000000A"
    #expect(throws: RecordFault.badField("id")) { try RecordCodec.encode(record) }
    record = Self.record
    record.division = "1305991002011"
    #expect(throws: RecordFault.badField("division")) { try RecordCodec.encode(record) }
    record = Self.record
    record.unknown = ["x": "}"]
    #expect(throws: RecordFault.self) { try RecordCodec.encode(record) }
  }
}
