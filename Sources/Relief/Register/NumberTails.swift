// Numbers found by their last characters (身份证号码, 电话), at least four of them. Sorted by their last four: a look-up is a binary
// search and a comparison of the few that share them.

public struct NumberTails: Sendable {
  private var rows: [Row] = []
  /// Every number as bytes, one after another.
  private var bytes: [UInt8] = []

  private struct Row: Sendable {
    /// The last four bytes.
    var key: UInt32
    var start: UInt32
    var count: UInt8
    var owner: UInt32
  }

  public static let charactersMin = 4

  public init() {}

  /// - Parameter owner: what `find` answers with. Longer numbers than 255 bytes, and shorter ones than four, are never found.
  public mutating func add(_ number: String, of owner: Int) {
    let text = Array(number.utf8)
    guard (Self.charactersMin...255).contains(text.count) else { return }
    rows.append(Row(key: Self.key(text[...]), start: UInt32(bytes.count), count: UInt8(text.count), owner: UInt32(owner)))
    bytes.append(contentsOf: text)
  }

  /// To be called once, after the last `add`.
  public mutating func seal() { rows.sort { ($0.key, $0.owner) < ($1.key, $1.owner) } }

  /// Owners of the numbers that end so, each as often as it has one. Empty for what is no end of a number: fewer than four
  /// characters, or others than digits and a last `X`.
  public func find(_ tail: String) -> [UInt32] {
    let text = Array(tail.uppercased().utf8)
    guard text.count >= Self.charactersMin, text.dropLast().allSatisfy(isDigit), let last = text.last, isDigit(last) || last == 88
    else { return [] }
    let key = Self.key(text[...])
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].key < key { low = middle + 1 } else { high = middle }
    }
    var found: [UInt32] = []
    while low < rows.count, rows[low].key == key {
      let row = rows[low]
      let end = Int(row.start) + Int(row.count)
      if text.count <= Int(row.count), bytes[(end - text.count)..<end].elementsEqual(text) { found.append(row.owner) }
      low += 1
    }
    return found
  }

  private static func key(_ text: ArraySlice<UInt8>) -> UInt32 { text.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } }
}
