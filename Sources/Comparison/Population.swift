// The persons of the register as the comparison holds them: columns of integers and one run of bytes, found by number.

public struct Population: Sendable {
  /// What is known of a person, in half a line of the processor's cache.
  struct Person: Sendable {
    /// `NumberKey.packed`.
    var number: UInt64
    var village: UInt64
    /// yyyymmdd as filled in; 0 unknown.
    var birth: UInt32
    /// What the caller calls the person.
    var label: UInt32
    /// In `names`; it ends where the next one begins.
    var nameStart: UInt32
    /// The next person of the same seventeen digits, plus one; 0 none.
    var other: UInt32
  }

  /// In the order they were added.
  private(set) var persons: [Person] = []
  private(set) var names: [UInt8] = []
  /// Open addressing over the first seventeen digits: half of the hash, and below it the person plus one; 0 free.
  private var table: [UInt64]
  private var tableBits: Int
  private var held = 0

  public var count: Int { persons.count }

  /// - Parameter capacity: persons that are expected; more may come.
  public init(capacity: Int = 0) {
    tableBits = 4
    while 1 << tableBits < capacity * 2 { tableBits += 1 }
    table = Array(repeating: 0, count: 1 << tableBits)
    persons.reserveCapacity(capacity)
    names.reserveCapacity(capacity * 10)
  }

  /// Adds persons; two of the same number are two persons. Many at a time are faster than one.
  /// - Parameter rows: a row's `line` is the label that findings call the person by.
  public mutating func add(_ rows: [ListRow], in bytes: Span<UInt8>) {
    var keys = InlineArray<64, UInt64>(repeating: 0)
    var entries = InlineArray<64, UInt64>(repeating: 0)
    var start = 0
    while start < rows.count {
      let part = min(keys.count, rows.count - start)
      while (held + part) * 2 > table.count { grow() }
      for step in 0..<part { keys[step] = NumberKey(bytes.extracting(bytes.range(of: rows[start + step].number))).packed }
      // All places of the table are asked for before the first one is looked at.
      for step in 0..<part { entries[step] = table[place(of: Self.hash(keys[step] >> 4))] }
      for step in 0..<part { add(rows[start + step], NumberKey(packed: keys[step]), isFree: entries[step] == 0, bytes) }
      start += part
    }
  }

  /// - Parameter isFree: the number's first place was free before this part of the rows.
  private mutating func add(_ row: ListRow, _ number: NumberKey, isFree: Bool, _ bytes: Span<UInt8>) {
    persons.append(
      Person(
        number: number.packed, village: VillageKey.quick(bytes.extracting(bytes.range(of: row.village))).value,
        birth: CivilDay.quick(bytes.extracting(bytes.range(of: row.birth))), label: row.line, nameStart: UInt32(names.count), other: 0))
    let name = bytes.range(of: row.name)
    for place in name { names.append(bytes[place]) }
    guard number.isNumber else { return }
    let person = UInt32(persons.count)
    let first = place(of: Self.hash(number.first17))
    let head = isFree && table[first] == 0 ? 0 : head(number.first17)
    if head == 0 {
      held += 1
      put(person, Self.hash(number.first17))
    } else {
      persons[Int(person) - 1].other = persons[Int(head) - 1].other
      persons[Int(head) - 1].other = person
    }
  }

  /// The same from texts, for persons that come out of the register.
  public mutating func add(number: String, name: String, birth: String, village: String, label: UInt32) {
    var bytes: [UInt8] = []
    let row = ListRow(line: label, number: number, name: name, birth: birth, village: village, appendingTo: &bytes)
    add([row], in: bytes.span)
  }

  func number(of slot: Int) -> NumberKey { NumberKey(packed: persons[slot].number) }
  func village(of slot: Int) -> VillageKey { VillageKey(value: persons[slot].village) }

  /// As filled in, else out of the number.
  func birth(of slot: Int) -> UInt32 { persons[slot].birth != 0 ? persons[slot].birth : number(of: slot).birth }

  /// Where a person's name stands in `names`.
  @inline(__always) func nameRange(of slot: Int) -> Range<Int> {
    let end = slot + 1 < persons.count ? Int(persons[slot + 1].nameStart) : names.count
    return Int(persons[slot].nameStart)..<end
  }
}

// By number.
extension Population {
  @inline(__always) static func hash(_ first17: UInt64) -> UInt64 {
    let mixed = first17 &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  @inline(__always) private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> UInt64(64 - tableBits)) }

  /// The first person of these seventeen digits, plus one; 0 none. `next(after:)` leads on.
  @inline(__always) func head(_ first17: UInt64) -> UInt32 {
    let hash = Self.hash(first17)
    return head(first17, hash, table[place(of: hash)])
  }

  /// - Parameter entry: what stands in the first place of the hash.
  @inline(__always) private func head(_ first17: UInt64, _ hash: UInt64, _ entry: UInt64) -> UInt32 {
    let mask = table.count - 1
    var place = place(of: hash)
    var entry = entry
    while entry != 0 {
      if UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash) {
        let person = UInt32(truncatingIfNeeded: entry)
        if persons[Int(person) - 1].number >> 4 == first17 { return person }
      }
      place = (place + 1) & mask
      entry = table[place]
    }
    return 0
  }

  /// The heads of many numbers. Memory is slow: first all places of the table are asked for, then all persons that may be
  /// meant, and each is looked at when it has come.
  @inline(__always) func heads(_ keys: InlineArray<64, UInt64>, _ count: Int, into heads: inout InlineArray<64, UInt32>) {
    var entries = InlineArray<64, UInt64>(repeating: 0)
    var numbers = InlineArray<64, UInt64>(repeating: 0)
    for step in 0..<count { entries[step] = table[place(of: Self.hash(keys[step] >> 4))] }
    for step in 0..<count {
      let entry = entries[step]
      let isMeant = UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: Self.hash(keys[step] >> 4))
      if entry != 0, isMeant { numbers[step] = persons[Int(UInt32(truncatingIfNeeded: entry)) - 1].number }
    }
    for step in 0..<count {
      let key = NumberKey(packed: keys[step])
      if !key.isNumber {
        heads[step] = 0
      } else if numbers[step] >> 4 == key.first17 {
        heads[step] = UInt32(truncatingIfNeeded: entries[step])
      } else {
        heads[step] = head(key.first17, Self.hash(key.first17), entries[step])
      }
    }
  }

  @inline(__always) func next(after person: UInt32) -> UInt32 { persons[Int(person) - 1].other }

  private mutating func put(_ person: UInt32, _ hash: UInt64) {
    let mask = table.count - 1
    var place = place(of: hash)
    while table[place] != 0 { place = (place + 1) & mask }
    table[place] = UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(person)
  }

  private mutating func grow() {
    let old = table
    tableBits += 1
    table = Array(repeating: 0, count: 1 << tableBits)
    for entry in old where entry != 0 {
      let person = UInt32(truncatingIfNeeded: entry)
      put(person, Self.hash(persons[Int(person) - 1].number >> 4))
    }
  }
}

extension Population {
  /// Persons no row was matched with, in the order they were added: for models such as 未参保.
  /// - Parameter similar: whether a person found only as 疑似 counts as matched.
  public func unmatched(by answer: Answer, countingSimilar similar: Bool) -> [UInt32] {
    persons.indices.filter { !answer.matched[$0] && !(similar && answer.similar[$0]) }.map { persons[$0].label }
  }
}
