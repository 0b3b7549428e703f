// Search over a county's persons against the cheapest thing a program could do: count matches with `memmem` over one column
// that is already in memory. Rounds of both sides alternate.

import CFind
import Foundation
import Pinyin
import Relief

struct SearchBench {
  private let names: [String]
  private let numbers: [String]
  private let column: NameColumn
  private let tails: NumberTails
  private let nameBytes: [UInt8]
  private let initialBytes: [UInt8]
  private let numberBytes: [UInt8]

  init(persons: Int) {
    var random = SplitMix(state: 2026)
    var names: [String] = []
    var numbers: [String] = []
    for _ in 0..<persons {
      names.append(Township.name(&random))
      numbers.append(Township.identity(year: 1935 + Int(random.next() % 75), &random))
    }
    self.names = names
    self.numbers = numbers
    let before = resident().now
    let clock = ContinuousClock()
    var column = NameColumn([String]())
    var tails = NumberTails()
    let making = clock.measure {
      column = NameColumn(names)
      for (place, number) in numbers.enumerated() { tails.add(number, of: place) }
      tails.seal()
    }
    self.column = column
    self.tails = tails
    print(String(format: "%d persons: index made in %.2f s, %.0f MiB", persons, milliseconds(making) / 1e3, resident().now - before))
    nameBytes = Array(names.joined(separator: "\n").utf8)
    initialBytes = Array(
      names.map { name in String(name.unicodeScalars.compactMap { Pinyin.initials(of: $0).first }) }.joined(separator: "\n").utf8)
    numberBytes = Array(numbers.joined(separator: "\n").utf8)
  }

  func run() {
    compare("name, 2 signs", ["张伟", "秀英", "建国", "海龙"], nameBytes) { column.find(PinyinQuery($0), limit: 50).count }
    compare("name, 3 signs, nobody", ["李秀英英", "王王王王", "曾祥祥"], nameBytes) { column.find(PinyinQuery($0), limit: 50).count }
    compare("initials, 3 letters", ["zxm", "lxy", "wjg", "yhl"], initialBytes) { column.find(PinyinQuery($0), limit: 50).count }
    compare("initials, 2 letters", ["ly", "zw", "fm"], initialBytes) { column.find(PinyinQuery($0), limit: 50).count }
    compare("initials, nobody", ["vvv", "zzzzz", "lxyqqq", "qqq", "hxqw"], initialBytes) { column.find(PinyinQuery($0), limit: 50).count }
    let some = stride(from: 17, to: numbers.count, by: max(1, numbers.count / 7)).map { String(numbers[$0].suffix(6)) }
    compare("number, last 6", some, numberBytes) { tails.find($0).count }
    compare("number, last 4", some.map { String($0.suffix(4)) }, numberBytes) { tails.find($0).count }
    compare("spelled, against initials", ["lixiuy", "zhangw", "ouyangf"], initialBytes) { column.find(PinyinQuery($0), limit: 50).count }
    compare("spelled, nobody", ["zhangqqq", "lixiuyb", "wangzhizhi"], initialBytes) { column.find(PinyinQuery($0), limit: 50).count }
  }

  private func compare(_ name: String, _ queries: [String], _ bytes: [UInt8], _ search: (String) -> Int) {
    let clock = ContinuousClock()
    var ours: [Double] = []
    var theirs: [Double] = []
    var worst = 0.0
    var found = 0
    for query in queries {
      var one: [Double] = []
      var other: [Double] = []
      for _ in 0..<15 {
        one.append(milliseconds(clock.measure { found += search(query) }))
        other.append(milliseconds(clock.measure { found += matches(of: Array(query.utf8), in: bytes) }))
      }
      ours.append(quantile(one, 0.5))
      theirs.append(quantile(other, 0.5))
      worst = max(worst, quantile(one, 0.5) / quantile(other, 0.5))
    }
    let (mine, base) = (ours.reduce(0, +) / Double(ours.count), theirs.reduce(0, +) / Double(theirs.count))
    print(
      String(
        format: "%@  %.3f ms, memmem %.3f ms, ratio %.2f (worst query %.2f)", name.padding(toLength: 26, withPad: " ", startingAt: 0), mine,
        base, mine / base, worst))
  }

  /// Lines that hold the text, by `memmem` alone.
  private func matches(of needle: [UInt8], in bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe needle.withUnsafeBytes { needle in
        unsafe lines_with(bytes.baseAddress, bytes.count, needle.baseAddress, needle.count)
      }
    }
  }
}
