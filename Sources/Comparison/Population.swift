// The persons of the register as the comparison holds them: columns of integers and one run of bytes, found by number.

public struct Population: Sendable {
  /// By person, in the order they were added: `NumberKey.packed`.
  private(set) var numbers: [UInt64] = []
  /// yyyymmdd as filled in; 0 unknown.
  private(set) var births: [UInt32] = []
  private(set) var villages: [UInt64] = []
  /// What the caller calls the person.
  private(set) var labels: [UInt32] = []
  private(set) var names: [UInt8] = []
  private var nameStarts: [UInt32] = [0]
  /// By person: the next one of the same seventeen digits, plus one; 0 none.
  private var others: [UInt32] = []
  /// Open addressing over the first seventeen digits: half of the hash, and below it the person plus one; 0 free.
  private var table: [UInt64]
  private var tableBits: Int
  private var held = 0

  public var count: Int { labels.count }

  /// - Parameter capacity: persons that are expected; more may come.
  public init(capacity: Int = 0) {
    tableBits = 4
    while 1 << tableBits < capacity * 2 { tableBits += 1 }
    table = Array(repeating: 0, count: 1 << tableBits)
    numbers.reserveCapacity(capacity)
    births.reserveCapacity(capacity)
    villages.reserveCapacity(capacity)
    labels.reserveCapacity(capacity)
    others.reserveCapacity(capacity)
    nameStarts.reserveCapacity(capacity + 1)
    names.reserveCapacity(capacity * 10)
  }

  /// Adds a person. Two of the same number are two persons.
  /// - Parameter label: what findings call the person by; its `line` is not looked at.
  public mutating func add(_ person: ListRow, in bytes: Span<UInt8>, label: UInt32) {
    let number = NumberKey(bytes.extracting(bytes.range(of: person.number)))
    let slot = UInt32(labels.count)
    numbers.append(number.packed)
    births.append(CivilDay.quick(bytes.extracting(bytes.range(of: person.birth))))
    villages.append(VillageKey.quick(bytes.extracting(bytes.range(of: person.village))).value)
    labels.append(label)
    others.append(0)
    let name = bytes.extracting(bytes.range(of: person.name))
    for place in name.indices { names.append(name[place]) }
    nameStarts.append(UInt32(names.count))
    if number.isNumber { link(slot, number.first17) }
  }

  /// The same from texts, for persons that come out of the register.
  public mutating func add(number: String, name: String, birth: String, village: String, label: UInt32) {
    var bytes: [UInt8] = []
    let row = ListRow(line: 0, number: number, name: name, birth: birth, village: village, appendingTo: &bytes)
    add(row, in: bytes.span, label: label)
  }

  func number(of slot: Int) -> NumberKey { NumberKey(packed: numbers[slot]) }
  func village(of slot: Int) -> VillageKey { VillageKey(value: villages[slot]) }

  /// As filled in, else out of the number.
  func birth(of slot: Int) -> UInt32 { births[slot] != 0 ? births[slot] : number(of: slot).birth }

  /// Where a person's name stands in `names`.
  func nameRange(of slot: Int) -> Range<Int> { Int(nameStarts[slot])..<Int(nameStarts[slot + 1]) }
}

// By number.
extension Population {
  @inline(__always) static func hash(_ first17: UInt64) -> UInt64 {
    let mixed = first17 &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  /// The first person of these seventeen digits, plus one; 0 none. `next(after:)` leads on.
  @inline(__always) func head(_ first17: UInt64) -> UInt32 {
    let hash = Self.hash(first17)
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: hash >> UInt64(64 - tableBits))
    while true {
      let entry = table[place & mask]
      if entry == 0 { return 0 }
      if UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash) {
        let person = UInt32(truncatingIfNeeded: entry)
        if numbers[Int(person) - 1] >> 4 == first17 { return person }
      }
      place += 1
    }
  }

  @inline(__always) func next(after person: UInt32) -> UInt32 { others[Int(person) - 1] }

  private mutating func link(_ slot: UInt32, _ first17: UInt64) {
    let head = head(first17)
    if head != 0 {
      others[Int(slot)] = others[Int(head) - 1]
      others[Int(head) - 1] = slot + 1
      return
    }
    held += 1
    if held * 2 > table.count { grow() }
    put(slot + 1, Self.hash(first17))
  }

  private mutating func put(_ person: UInt32, _ hash: UInt64) {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: hash >> UInt64(64 - tableBits))
    while table[place & mask] != 0 { place += 1 }
    table[place & mask] = UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(person)
  }

  private mutating func grow() {
    let old = table
    tableBits += 1
    table = Array(repeating: 0, count: 1 << tableBits)
    for entry in old where entry != 0 {
      let person = UInt32(truncatingIfNeeded: entry)
      put(person, Self.hash(numbers[Int(person) - 1] >> 4))
    }
  }
}

extension Population {
  /// Persons no row was matched with, in the order they were added: for models such as 未参保.
  /// - Parameter similar: whether a person found only as 疑似 counts as matched.
  public func unmatched(by answer: Answer, countingSimilar similar: Bool) -> [UInt32] {
    labels.indices.filter { !answer.matched[$0] && !(similar && answer.similar[$0]) }.map { labels[$0] }
  }
}
