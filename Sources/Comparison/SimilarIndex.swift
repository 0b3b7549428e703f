// Where candidates are looked for. A number is not compared with all others: its check character says which single faults it
// can have. Names are compared within one birth and village.

/// Persons by a hashed key, and within a key by a second one: one sorted row with the start of each bucket.
struct SortedKeys: Sendable {
  struct Entry: Sendable {
    var key: UInt64
    var sound: UInt32
    var slot: UInt32
  }

  private var entries: [Entry] = []
  private var starts: [UInt32]
  private let bits: Int

  init(_ source: [Entry]) {
    var bits = 1
    while 1 << bits < source.count { bits += 1 }
    self.bits = bits
    starts = Array(repeating: 0, count: (1 << bits) + 1)
    guard let first = source.first else { return }
    for entry in source { starts[Int(entry.key >> UInt64(64 - bits)) + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var next = starts
    entries = Array(repeating: first, count: source.count)
    for entry in source {
      let bucket = Int(entry.key >> UInt64(64 - bits))
      entries[Int(next[bucket])] = entry
      next[bucket] += 1
    }
    for bucket in 0..<1 << bits where starts[bucket + 1] - starts[bucket] > 1 {
      entries[Int(starts[bucket])..<Int(starts[bucket + 1])].sort { ($0.key, $0.sound, $0.slot) < ($1.key, $1.sound, $1.slot) }
    }
  }

  /// All of a key.
  func range(_ key: UInt64) -> Range<Int> {
    let bucket = Int(key >> UInt64(64 - bits))
    let (start, end) = (Int(starts[bucket]), Int(starts[bucket + 1]))
    guard start < end else { return 0..<0 }
    let low = partition(start..<end) { $0.key >= key }
    guard low < end, entries[low].key == key else { return 0..<0 }
    return low..<partition(low..<end) { $0.key > key }
  }

  /// Those of a key's range that sound so.
  func narrowed(_ range: Range<Int>, to sound: UInt32) -> Range<Int> {
    let low = partition(range) { $0.sound >= sound }
    return low..<partition(low..<range.upperBound) { $0.sound > sound }
  }

  func slot(at place: Int) -> UInt32 { entries[place].slot }

  /// The first place of the range where the test holds; it holds from there on.
  private func partition(_ range: Range<Int>, _ holds: (Entry) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(entries[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

struct SimilarIndex: Sendable {
  /// By birth and village; whoever's village is not known, with `loose` in its place.
  private let households: SortedKeys
  /// By birth and sound of the name.
  private let sounds: SortedKeys
  /// By every number that a person's own wrong one may have been.
  private let repaired: SortedKeys
  /// Persons with a wrong number beyond `repairedPersonsMax`.
  let unrepaired: Int

  static let loose: UInt64 = 0

  static func key(_ one: UInt64, _ other: UInt64) -> UInt64 {
    var value = one &* 0x9E37_79B9_7F4A_7C15 ^ other
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  init(_ population: Population, repairedPersonsMax: Int) {
    var tokens: [UInt32] = []
    var letters: [UInt8] = []
    var byVillage: [SortedKeys.Entry] = []
    var bySound: [SortedKeys.Entry] = []
    var byRepair: [SortedKeys.Entry] = []
    var wrong = 0
    byVillage.reserveCapacity(population.count)
    bySound.reserveCapacity(population.count)
    for slot in 0..<population.count {
      let number = population.number(of: slot)
      if number.isNumber && !number.hasRightCheck {
        wrong += 1
        if wrong <= repairedPersonsMax {
          number.forEachRepair { repair in
            byRepair.append(.init(key: Self.key(repair, 0), sound: 0, slot: UInt32(slot)))
          }
        }
      }
      let birth = UInt64(population.birth(of: slot))
      guard birth != 0 else { continue }
      NameBench.fold(population.names.span.extracting(population.nameRange(of: slot)), into: &tokens, &letters)
      guard !tokens.isEmpty else { continue }
      let sound = NameBench.soundHash(tokens)
      let village = population.village(of: slot)
      byVillage.append(
        .init(key: Self.key(birth, village.isVillage ? village.value : Self.loose), sound: sound, slot: UInt32(slot)))
      bySound.append(.init(key: Self.key(birth, UInt64(sound) | 1 << 63), sound: sound, slot: UInt32(slot)))
    }
    households = SortedKeys(byVillage)
    sounds = SortedKeys(bySound)
    repaired = SortedKeys(byRepair)
    unrepaired = max(0, wrong - repairedPersonsMax)
  }

  /// Collects candidates of a row, judges each, and appends the best.
  func similar(
    _ row: ListRow, _ number: NumberKey, _ bytes: Span<UInt8>, _ population: Population, _ bench: inout SimilarBench,
    _ answer: inout Answer
  ) -> Outcome {
    bench.begin(row, number)
    if number.isNumber { byNumber(number, population, &bench) }
    let day = CivilDay.quick(bytes.extracting(bytes.range(of: row.birth)))
    bench.birth = day != 0 ? day : number.birth
    if bench.birth != 0 {
      bench.village = VillageKey.quick(bytes.extracting(bytes.range(of: row.village)))
      byBirth(bytes.extracting(bytes.range(of: row.name)), &bench)
    }
    guard !bench.candidates.isEmpty else {
      if bench.isCut { answer.cutLines.append(row.line) }
      return .unmatched
    }
    if bench.birth == 0 { bench.village = VillageKey.quick(bytes.extracting(bytes.range(of: row.village))) }
    return bench.judge(bytes.extracting(bytes.range(of: row.name)), population, &answer)
  }

  private func byNumber(_ number: NumberKey, _ population: Population, _ bench: inout SimilarBench) {
    // Seventeen digits and another check character.
    Self.persons(of: number.first17, population, &bench) { _ in true }
    if number.hasRightCheck {
      bench.add(repaired, repaired.range(Self.key(number.packed, 0)))
    } else {
      number.forEachRepair { repair in
        Self.persons(of: repair >> 4, population, &bench) { population.persons[$0].number == repair }
      }
    }
  }

  private static func persons(
    of first17: UInt64, _ population: Population, _ bench: inout SimilarBench, where isMeant: (Int) -> Bool
  ) {
    var person = population.head(first17)
    var seen = 0
    while person != 0 {
      let slot = Int(person) - 1
      if isMeant(slot) { bench.add(UInt32(slot)) }
      seen += 1
      if seen == ComparisonLimits.judgedMax {
        bench.isCut = true
        return
      }
      person = population.next(after: person)
    }
  }

  private func byBirth(_ name: Span<UInt8>, _ bench: inout SimilarBench) {
    let birth = UInt64(bench.birth)
    let isVillage = bench.village.isVillage
    if isVillage { addHousehold(Self.key(birth, bench.village.value), name, &bench) }
    addHousehold(Self.key(birth, Self.loose), name, &bench)
    guard !isVillage else { return }
    let sound = bench.sound(of: name)
    bench.add(sounds, sounds.range(Self.key(birth, UInt64(sound) | 1 << 63)))
  }

  /// All of a birth and village, or of very many those whose name sounds the same.
  private func addHousehold(_ key: UInt64, _ name: Span<UInt8>, _ bench: inout SimilarBench) {
    let all = households.range(key)
    guard all.count > ComparisonLimits.blockMax else { return bench.add(households, all) }
    bench.isCut = true
    bench.add(households, households.narrowed(all, to: bench.sound(of: name)))
  }
}

extension NumberKey {
  /// Every number with a right check character that differs from this wrong one in one digit, or in two neighbouring ones that
  /// stand the other way round; the check character is the same. There is at most one digit for each position.
  func forEachRepair(_ body: (UInt64) -> Void) {
    // Positions 1…17 from the left; Σ digit × weight leaves `wanted` when it is right.
    let wanted = (12 - check) % 11
    var digits = InlineArray<17, UInt64>(repeating: 0)
    var powers = InlineArray<17, UInt64>(repeating: 1)
    var rest = first17
    var power: UInt64 = 1
    var sum: UInt64 = 0
    for place in stride(from: 16, through: 0, by: -1) {
      digits[place] = rest % 10
      powers[place] = power
      sum += digits[place] * Self.weights[place]
      rest /= 10
      power *= 10
    }
    sum %= 11
    guard sum != wanted else { return }
    for place in 0..<17 {
      for digit in 0..<UInt64(10) where digit != digits[place] {
        let changed = sum + digit * Self.weights[place] + 10 * digits[place] * Self.weights[place]
        if changed % 11 == wanted { body((first17 - digits[place] * powers[place] + digit * powers[place]) << 4 | check) }
      }
      guard place < 16, digits[place] != digits[place + 1] else { continue }
      let (left, right) = (digits[place], digits[place + 1])
      let before = left * Self.weights[place] + right * Self.weights[place + 1]
      let after = right * Self.weights[place] + left * Self.weights[place + 1]
      if (sum + after + 10 * before) % 11 == wanted {
        let value = first17 - left * powers[place] - right * powers[place + 1] + right * powers[place] + left * powers[place + 1]
        body(value << 4 | check)
      }
    }
  }
}
