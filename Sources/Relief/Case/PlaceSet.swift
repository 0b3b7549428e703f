// A set of places in a list, a bit each: what each of thousands of steps had seen is compared with what the others had.

struct PlaceSet: Sendable {
  private var words: [UInt64]

  /// Of the places below `count`.
  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  func contains(_ place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }

  mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

  /// Whether both hold a place that a third one does not. All three are of as many places.
  func meets(_ other: PlaceSet, outside third: PlaceSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] & ~third.words[index] != 0 { return true }
    return false
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// In ascending order.
  func forEach(_ body: (Int) -> Void) {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        body(index * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
  }
}
