// The row that is being compared by what is similar: its candidates, and what each of them is worth.

struct SimilarBench {
  private(set) var row = ListRow(line: 0, number: .missing)
  private(set) var number = NumberKey.missing
  /// yyyymmdd, as filled in or out of the number; 0 unknown.
  var birth: UInt32 = 0
  var village = VillageKey.unknown
  /// Persons by their place in the population, some more than once.
  private(set) var candidates: [UInt32] = []
  /// Persons were left out because a limit was reached.
  var isCut = false
  private var names = NameBench()
  private var foldedName = false
  private var found: [(slot: UInt32, label: UInt32, score: UInt8, reasons: Reasons)] = []

  mutating func begin(_ row: ListRow, _ number: NumberKey) {
    self.row = row
    self.number = number
    birth = 0
    village = .unknown
    candidates.removeAll(keepingCapacity: true)
    isCut = false
    foldedName = false
  }

  mutating func add(_ slot: UInt32) {
    if candidates.count < ComparisonLimits.judgedMax { candidates.append(slot) } else { isCut = true }
  }

  mutating func add(_ keys: SortedKeys, _ range: Range<Int>) {
    for place in range.prefix(ComparisonLimits.judgedMax + 1) { add(keys.slot(at: place)) }
  }

  mutating func sound(of name: Span<UInt8>) -> UInt32 {
    fold(name)
    return NameBench.soundHash(names.row)
  }

  /// For the whole number: how two names stand to each other.
  mutating func relation(of name: Span<UInt8>, to person: Span<UInt8>) -> NameRelation {
    if name.isSame(as: person) { return name.isEmpty ? .missing : .same }
    names.take(row: name)
    return names.relation(name, person)
  }

  private mutating func fold(_ name: Span<UInt8>) {
    if !foldedName { names.take(row: name) }
    foldedName = true
  }

  /// Judges every candidate and appends those that are not far behind the best.
  mutating func judge(_ name: Span<UInt8>, _ population: Population, _ answer: inout Answer) -> Outcome {
    fold(name)
    found.removeAll(keepingCapacity: true)
    candidates.sort()
    var last: UInt32?
    for slot in candidates where slot != last {
      last = slot
      let (score, reasons) = judge(Int(slot), name, population)
      if score > 0 { found.append((slot, population.persons[Int(slot)].label, score, reasons)) }
    }
    found.sort { ($1.score, $0.label) < ($0.score, $1.label) }
    let best = Int(found.first?.score ?? 0)
    let near = found.prefix { Int($0.score) + ComparisonLimits.scoreGap >= best }
    for candidate in near.prefix(ComparisonLimits.candidatesMax) {
      answer.similar.insert(Int(candidate.slot))
      answer.findings.append(
        Finding(
          line: row.line, person: candidate.label, reasons: candidate.reasons, outcome: .similar, score: candidate.score,
          isAmbiguous: near.count > 1))
    }
    if isCut || near.count > ComparisonLimits.candidatesMax { answer.cutLines.append(row.line) }
    return near.isEmpty ? .unmatched : .similar
  }

  private mutating func judge(_ slot: Int, _ name: Span<UInt8>, _ population: Population) -> (UInt8, Reasons) {
    let relation = names.relation(name, population.names.span.extracting(population.nameRange(of: slot)))
    let place = village.relation(to: population.village(of: slot))
    let isSameBirth = birth != 0 && birth == population.birth(of: slot)
    let numbers = NumberRelation(number, population.number(of: slot))
    let score = Score.of(numbers, relation, place, isSameBirth: isSameBirth)
    var reasons = Reasons(relation).union(numbers.reason)
    if isSameBirth { reasons.insert(.birth) }
    if place == .same { reasons.insert(.village) }
    if place == .town { reasons.insert(.town) }
    return (score, reasons)
  }
}

/// How two numbers stand to each other that are not the same.
enum NumberRelation: Equatable {
  /// One side has none that can be read.
  case none
  case butCheck, oneDigit, swapped, damaged, differs

  init(_ one: NumberKey, _ other: NumberKey) {
    guard one.isNumber, other.isNumber else {
      self = .none
      return
    }
    if one.first17 == other.first17 {
      self = .butCheck
      return
    }
    let (isRight, isOtherRight) = (one.hasRightCheck, other.hasRightCheck)
    if isRight != isOtherRight, one.check == other.check, let near = Self.near(one.first17, other.first17) {
      self = near
    } else {
      self = isRight && isOtherRight ? .differs : .damaged
    }
  }

  private static func near(_ one: UInt64, _ other: UInt64) -> NumberRelation? {
    var (left, right) = (one, other)
    // The digits from the first difference on, from the right.
    while left % 10 == right % 10 {
      left /= 10
      right /= 10
    }
    if left / 10 == right / 10 { return .oneDigit }
    let isSwapped = left % 10 == right / 10 % 10 && left / 10 % 10 == right % 10
    return isSwapped && left / 100 == right / 100 ? .swapped : nil
  }

  var reason: Reasons {
    switch self {
    case .none: []
    case .butCheck: .numberButCheck
    case .oneDigit: .numberOneDigit
    case .swapped: .numberSwapped
    case .damaged: .numberDamaged
    case .differs: .numberDiffers
    }
  }
}

/// What a candidate is worth; 0 is no candidate. The table stands in docs/comparison.md.
enum Score {
  /// Of somebody with the row's number while the row's name is another's who has it too.
  static let otherOfNumber: UInt8 = 60

  static func of(
    _ number: NumberRelation, _ name: NameRelation, _ village: VillageKey.Relation, isSameBirth: Bool
  ) -> UInt8 {
    switch number {
    case .butCheck: return ofSeventeenDigits(name)
    case .oneDigit, .swapped: return ofNearNumber(name, village)
    case .none: return isSameBirth ? ofBirth(name, village) : 0
    case .damaged:
      let score = isSameBirth ? ofBirth(name, village) : 0
      return score == 0 ? 0 : score - 5
    case .differs:
      guard isSameBirth, village == .same else { return 0 }
      return name == .same ? 60 : name == .variant ? 55 : 0
    }
  }

  private static func ofSeventeenDigits(_ name: NameRelation) -> UInt8 {
    switch name {
    case .same, .variant: 95
    case .surname, .homophone, .lookAlike, .unclear: 85
    case .oneCharacter, .missing: 75
    case .differs: 60
    }
  }

  private static func ofNearNumber(_ name: NameRelation, _ village: VillageKey.Relation) -> UInt8 {
    switch name {
    case .same, .variant: 90
    case .surname, .homophone, .lookAlike, .unclear: 80
    case .oneCharacter: village == .same ? 65 : 0
    case .missing: village == .same ? 60 : 0
    case .differs: 0
    }
  }

  private static func ofBirth(_ name: NameRelation, _ village: VillageKey.Relation) -> UInt8 {
    switch (village, name) {
    case (.same, .same): 85
    case (.same, .variant): 80
    case (.same, .surname): 75
    case (.same, .homophone): 70
    case (.same, .lookAlike), (.same, .unclear): 65
    case (.town, .same): 75
    case (.town, .variant): 70
    case (.town, .surname): 65
    case (.town, .homophone): 60
    case (.unknown, .same): 65
    case (.unknown, .variant): 60
    default: 0
    }
  }
}
