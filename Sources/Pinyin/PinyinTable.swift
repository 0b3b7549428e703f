// How the generated text is read. Every character of the text is one of ninety-two signs; two signs are a number.

enum PinyinTable {
  static let index = Index()

  /// The part that is decoded once: syllables, sets of readings, runs of characters.
  struct Index: Sendable {
    private var syllables: [[UInt8]] = []
    /// Syllable numbers of all sets, one after another; set `n` is `sets[starts[n]..<starts[n + 1]]`.
    private var sets: [UInt16] = []
    private var starts: [Int] = [0]
    private var runs: [Run] = []

    private struct Run: Sendable {
      var first: UInt32
      var length: UInt32
      /// Entries of all runs before.
      var before: Int
    }

    init() {
      syllables = PinyinTable.syllableText.split(separator: " ").map { Array($0.utf8) }
      var signs = PinyinTable.groupText.utf8.makeIterator()
      while let high = signs.next(), let low = signs.next() {
        let value = PinyinTable.number(high, low)
        if value == PinyinTable.base * PinyinTable.base - 1 {
          starts.append(sets.count)
        } else {
          sets.append(UInt16(truncatingIfNeeded: value))
        }
      }
      var next: UInt32 = 0
      var before = 0
      for head in PinyinTable.runText.split(separator: ",") {
        let numbers = head.split(separator: " ").compactMap { UInt32($0, radix: 16) }
        guard numbers.count == 2 else { continue }
        let run = Run(first: next + numbers[0], length: numbers[1], before: before)
        runs.append(run)
        next = run.first + run.length - 1
        before += Int(run.length)
      }
    }

    /// Readings as ASCII, the most usual first.
    func readings(of scalar: Unicode.Scalar) -> [[UInt8]] {
      var low = 0
      var high = runs.count
      while low < high {
        let middle = (low + high) / 2
        if runs[middle].first <= scalar.value { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return [] }
      let run = runs[low - 1]
      guard scalar.value - run.first < run.length else { return [] }
      let set = PinyinTable.entry(run.before + Int(scalar.value - run.first))
      guard set + 1 < starts.count else { return [] }
      return sets[starts[set]..<starts[set + 1]].compactMap { syllable in
        Int(syllable) < syllables.count ? syllables[Int(syllable)] : nil
      }
    }
  }

  static let base = 92

  /// The sign's place in the alphabet: printable ASCII from `!` without `"` and `\`.
  private static func digit(_ sign: UInt8) -> Int {
    Int(sign) - 33 - (sign > 34 ? 1 : 0) - (sign > 92 ? 1 : 0)
  }

  static func number(_ high: UInt8, _ low: UInt8) -> Int { digit(high) * base + digit(low) }

  /// Number of the set of readings of one entry; 0 is none.
  private static func entry(_ index: Int) -> Int {
    let (part, place) = index.quotientAndRemainder(dividingBy: entriesOfPart)
    guard part < parts.count else { return 0 }
    let text = parts[part].utf8
    // The literal is contiguous UTF-8, so both steps cost the same wherever they lead.
    guard let high = text.index(text.startIndex, offsetBy: place * 2, limitedBy: text.endIndex), high < text.endIndex
    else { return 0 }
    let low = text.index(after: high)
    return low < text.endIndex ? number(text[high], text[low]) : 0
  }
}
