import Pinyin
import Testing

/// The column answers what `PinyinQuery.rank` answers on each name; it only does not ask it of each.
@Suite struct NameColumnTests {
  private static let names = [
    "李秀英", "李英", "李", "曾小英", "单田芳", "尉迟恭", "万俟卨", "买买提·艾力", "重阳", "吕布", "A类", "阿a李", "Anna", "欧阳锋", "鄂", "", "·", "王 五",
    "李秀英", "乐正绫", "西安", "先生", "解放军战士五", "张三a", "额尔德尼", "l", "李xy",
  ]
  private static let queries = [
    "l", "lx", "lxy", "ly", "lixi", "lixiuying", "lixy", "李", "李英", "李xy", "lx英", "秀英", "英", "a", "al", "aa李", "A类", "xian", "xa", "e", "es",
    "ouyang", "zeng", "ceng", "zhongyang", "cy", "moqi", "mmtal", "mmta", "jfjzsw", "jfjzs", "zsa", "买买提艾力", "0", "五", "五五", "z", "王五", "ann", "nn",
  ]

  private func expected(_ query: PinyinQuery, _ names: [String], _ limit: Int) -> [NameColumn.Hit] {
    var hits: [(rank: PinyinQuery.Rank, place: Int)] = []
    for (place, name) in names.enumerated() { if let rank = query.rank(name) { hits.append((rank, place)) } }
    return hits.sorted { ($0.rank.rawValue, $0.place) < ($1.rank.rawValue, $1.place) }.prefix(limit).map {
      NameColumn.Hit(place: $0.place, rank: $0.rank)
    }
  }

  @Test(arguments: queries)
  func findsWhatEachNameSays(query: String) {
    let column = NameColumn(Self.names)
    #expect(column.count == Self.names.count)
    for limit in [1, 2, 5, 100] {
      #expect(column.find(PinyinQuery(query), limit: limit) == expected(PinyinQuery(query), Self.names, limit))
    }
  }

  /// Seeds are new in every run, and printed where it fails.
  @Test func findsWhatEachNameSaysInManyMadeUpNames() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let signs = Array("李曾单仇重乐尉迟欧阳王吕秀英西安先小a恩长")
    let letters = Array("lcsdzycwouxiaengh李秀a")
    let names = (0..<600).map { _ in String((0...draw(4)).map { _ in signs[draw(signs.count)] }) }
    let column = NameColumn(names)
    for _ in 0..<300 {
      let query = String((0...draw(4)).map { _ in letters[draw(letters.count)] })
      let limit = 1 + draw(60)
      guard column.find(PinyinQuery(query), limit: limit) == expected(PinyinQuery(query), names, limit) else {
        Issue.record("seed \(seed): \(query), \(limit)")
        return
      }
    }
  }

  @Test func nothingIsFoundByNothing() {
    let column = NameColumn(Self.names)
    #expect(column.find(PinyinQuery(""), limit: 5).isEmpty)
    #expect(column.find(PinyinQuery("李"), limit: 0).isEmpty)
    #expect(column.find(PinyinQuery(String(repeating: "l", count: 65)), limit: 5).isEmpty)
    #expect(NameColumn([String]()).find(PinyinQuery("l"), limit: 5).isEmpty)
  }
}
