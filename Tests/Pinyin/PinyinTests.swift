import Pinyin
import Testing

@Suite struct PinyinTests {
  @Test(
    arguments: [
      ("李", ["li"]), ("重", ["zhong", "chong", "tong"]), ("吕", ["lv"]), ("〇", ["ling", "yuan", "xing"]), ("𠀅", ["hai"]),
    ] as [(Unicode.Scalar, [String])])
  func everyReadingIsKept(scalar: Unicode.Scalar, readings: [String]) {
    #expect(Pinyin.readings(of: scalar) == readings)
  }

  @Test func whatIsNotChineseHasNoReading() {
    for scalar: Unicode.Scalar in ["a", "·", "。", "\0", "\u{10FFFF}", "\u{2FFF}", "가"] {
      #expect(Pinyin.readings(of: scalar).isEmpty)
    }
  }

  @Test func everyScalarCanBeAsked() {
    var known = 0
    for value in UInt32(0)...0x10FFFF {
      if let scalar = Unicode.Scalar(value), !Pinyin.initials(of: scalar).isEmpty { known += 1 }
    }
    #expect(known > 41_000)
  }

  @Test(arguments: [
    ("曾小英", "zeng xiao ying"), ("尉迟恭", "yu chi gong"), ("单田", "shan tian"), ("解放", "xie fang"), ("区大", "ou da"),
    ("李秀英", "li xiu ying"), ("", ""), ("A李", "A li"),
  ])
  func surnamesAreReadAsSurnames(name: String, spelling: String) {
    #expect(Pinyin.spelling(ofName: name) == spelling)
  }
}

@Suite struct PinyinQueryTests {
  @Test(
    arguments: [
      ("李秀英", "李秀英", .exact), ("李秀", "李秀英", .chinesePrefix), ("lxy", "李秀英", .initialsPrefix),
      ("l", "李秀英", .initialsPrefix), ("LXY", "李秀英", .initialsPrefix), ("ｌｘ", "李秀英", .initialsPrefix),
      ("lixiuying", "李秀英", .spelledPrefix), ("lixi", "李秀英", .spelledPrefix), ("lixy", "李秀英", .spelledPrefix),
      ("李xy", "李秀英", .spelledPrefix), ("lx英", "李秀英", .spelledPrefix), ("秀英", "李秀英", .chinesePart),
      ("ly", "李秀英", .initialsSkipping), ("xy", "李秀英", .initialsSkipping), ("lv", "吕布", .spelledPrefix),
      ("lü", "吕布", .spelledPrefix), ("z", "重阳", .initialsPrefix), ("chongyang", "重阳", .spelledPrefix),
      ("wq", "万俟卨", .initialsPrefix), ("moqi", "万俟卨", .spelledPrefix), ("mmt", "买买提·艾力", .initialsPrefix),
      ("买买提艾力", "买买提·艾力", .exact), ("A类", "A类", .exact), ("a", "A类", .chinesePrefix),
    ] as [(String, String, PinyinQuery.Rank)])
  func finds(query: String, text: String, rank: PinyinQuery.Rank) {
    #expect(PinyinQuery(query).rank(text) == rank)
  }

  @Test(arguments: [
    ("iu", "李秀英"), ("lxyz", "李秀英"), ("yx", "李秀英"), ("lixiux", "李秀英"), ("", "李秀英"), ("l", ""), ("英秀", "李秀英"),
    ("0", "李秀英"),
  ])
  func findsNothing(query: String, text: String) {
    #expect(PinyinQuery(query).rank(text) == nil)
  }

  @Test func aVeryLongQueryMatchesNothing() {
    #expect(PinyinQuery(String(repeating: "l", count: 100_000)).rank("李秀英") == nil)
    #expect(PinyinQuery("a").rank(String(repeating: "阿", count: 10_000)) == .initialsPrefix)
  }

  @Test func betterMatchesComeFirst() {
    let names = ["吕向阳", "李秀英", "林英", "李英", "赵丽颖"]
    let query = PinyinQuery("ly")
    let found = names.compactMap { name in query.rank(name).map { (name, $0) } }.sorted { $0.1 < $1.1 }
    #expect(found.map(\.0) == ["林英", "李英", "吕向阳", "李秀英", "赵丽颖"])
  }
}
