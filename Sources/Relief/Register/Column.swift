// A growing column of values, kept in pieces: a copy of a register shares all of them, and a record taken in afterwards
// copies only the pieces it writes to. One long array would be copied whole, a township's at every saved visit.

struct Column<Element: Sendable>: Sendable {
  private static var shift: Int { 10 }
  private static var mask: Int { (1 << shift) - 1 }

  /// All full but the last.
  private(set) var pieces: [[Element]] = []
  private(set) var count = 0

  init() {}

  /// Nil where a piece before the last is not full.
  init?(pieces: [[Element]]) {
    guard pieces.dropLast().allSatisfy({ $0.count == Self.pieceCount }),
      pieces.last.map({ (1...Self.pieceCount).contains($0.count) }) ?? true
    else { return nil }
    self.pieces = pieces
    count = pieces.reduce(0) { $0 + $1.count }
  }

  static var pieceCount: Int { 1 << shift }

  subscript(index: Int) -> Element {
    get { pieces[index >> Self.shift][index & Self.mask] }
    _modify { yield &pieces[index >> Self.shift][index & Self.mask] }
  }

  mutating func append(_ element: Element) {
    if count & Self.mask == 0 {
      var piece: [Element] = []
      // The first piece grows by itself, so that a small register stays small.
      if count > 0 { piece.reserveCapacity(1 << Self.shift) }
      pieces.append(piece)
    }
    pieces[pieces.count - 1].append(element)
    count += 1
  }

  /// Appends `element` until there are `count`.
  mutating func extend(to count: Int, with element: Element) {
    while self.count < count { append(element) }
  }

  var all: [Element] { pieces.flatMap { $0 } }
}
