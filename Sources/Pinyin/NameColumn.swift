// Many names to search at every keystroke: the same answers as `PinyinQuery.rank` on each of them, without asking it of each.
// Chinese is found through the list of names each character stands in; letters through a few words of bits a name, in which
// every reading stands.

public struct NameColumn: Sendable {
  public struct Hit: Equatable, Sendable {
    /// Which of the names.
    public var place: Int
    public var rank: PinyinQuery.Rank

    public init(place: Int, rank: PinyinQuery.Rank) {
      self.place = place
      self.rank = rank
    }
  }

  /// Signs of all names, one after another, by their number in `readings`.
  private var signs: [UInt32] = []
  private var signStarts: [UInt32] = [0]
  /// By sign: the character, and its readings (a surname's own is a sign of its own).
  private var characters: [UInt32] = []
  private var readings: [[[UInt8]]] = []
  /// By sign: letters that may stand for it, a bit each, `a` the lowest, and `latin` where it is a letter itself.
  private var initialsOf: [UInt32] = []
  /// By sign: every letter of its readings.
  private var lettersOf: [UInt32] = []
  /// By sign: letters that may come first, second, third, fourth in it; and how many of a spelling it may take, a bit each.
  private var spellingOf: [(letters: [UInt32], lengths: UInt8)] = []
  /// By name: letters that may stand for its first four characters, and for any of them.
  private var initials: [[UInt32]] = [[], [], [], []]
  private var anywhere: [UInt32] = []
  /// By name: every letter of its spellings.
  private var letters: [UInt32] = []
  /// By letter: places of the names whose first character it may stand for, ascending.
  private var beginning: [[UInt32]] = Array(repeating: [], count: 26)
  /// By name: letters that may come second, third, fourth in a spelling of it.
  private var followers: [[UInt32]] = [[], [], []]
  /// By name: letters that may stand for more than one of its characters.
  private var twice: [UInt32] = []
  /// By letter: places of the names in which it may stand for any character, ascending; and places of names of more than three.
  private var holding: [[UInt32]] = Array(repeating: [], count: 26)
  private var long: [UInt32] = []

  /// By character: its list in `placesOf`.
  private var lists: [UInt32: Int] = [:]
  /// Places of the names that hold a character, ascending, each once; list after list. `listStarts` says where each begins.
  private var placesOf: [UInt32] = []
  private var listStarts: [UInt32] = []

  /// Numbers of signs while names are taken in.
  private var plain: [UInt32: UInt32] = [:]
  private var special: [String: UInt32] = [:]

  public init(_ names: some Sequence<String>) {
    for name in names { append(name) }
    plain = [:]
    special = [:]
    list()
  }

  public var count: Int { signStarts.count - 1 }

  // MARK: Taking in

  private mutating func append(_ name: String) {
    let folded = PinyinQuery.folded(name)
    let surname = folded.isEmpty ? nil : Surname.split(name).reading
    var any: UInt32 = 0
    var again: UInt32 = 0
    var spelling: UInt32 = 0
    for (index, scalar) in folded.enumerated() {
      let reading = surname.flatMap { index < $0.count ? $0[index] : nil }
      let sign = number(of: scalar, reading)
      signs.append(sign)
      again |= any & initialsOf[Int(sign)]
      any |= initialsOf[Int(sign)]
      spelling |= lettersOf[Int(sign)]
    }
    let own = signs[Int(signStarts[count])...]
    for place in initials.indices {
      initials[place].append(place < own.count ? initialsOf[Int(own[own.startIndex + place])] : 0)
    }
    follow(own)
    anywhere.append(any)
    twice.append(again)
    letters.append(spelling)
    let place = UInt32(count)
    Self.eachLetter(initials[0].last ?? 0) { beginning[$0].append(place) }
    Self.eachLetter(any) { holding[$0].append(place) }
    if own.count > 3 { long.append(place) }
    signStarts.append(UInt32(signs.count))
  }

  /// What may come second, third and fourth: a character takes one letter or a whole syllable before the next one begins.
  private mutating func follow(_ own: ArraySlice<UInt32>) {
    var found: [UInt32] = [0, 0, 0, 0]
    var starts: UInt8 = 1
    for sign in own where starts != 0 {
      let spelling = spellingOf[Int(sign)]
      var next: UInt8 = 0
      for start in 0..<4 where starts >> start & 1 == 1 {
        for (offset, letters) in spelling.letters.enumerated() where start + offset < 4 { found[start + offset] |= letters }
        next |= spelling.lengths << start & 0b1111
      }
      starts = next
    }
    for place in followers.indices { followers[place].append(found[place + 1]) }
  }

  private static func eachLetter(_ letters: UInt32, _ body: (Int) -> Void) {
    var left = letters & ~latin
    while left != 0 {
      body(left.trailingZeroBitCount)
      left &= left - 1
    }
  }

  /// Fills the lists of places: counts first, then each place into its list.
  private mutating func list() {
    var counts: [UInt32] = []
    var listOf: [Int] = []
    for character in characters {
      let list = lists[character] ?? counts.count
      if list == counts.count {
        lists[character] = list
        counts.append(0)
      }
      listOf.append(list)
    }
    var last = [Int](repeating: -1, count: counts.count)
    eachSign { place, sign in
      guard last[listOf[sign]] != place else { return }
      last[listOf[sign]] = place
      counts[listOf[sign]] += 1
    }
    listStarts = [0]
    for count in counts { listStarts.append(listStarts[listStarts.count - 1] + count) }
    placesOf = Array(repeating: 0, count: Int(listStarts[counts.count]))
    var next = listStarts
    last = Array(repeating: -1, count: counts.count)
    eachSign { place, sign in
      guard last[listOf[sign]] != place else { return }
      last[listOf[sign]] = place
      placesOf[Int(next[listOf[sign]])] = UInt32(place)
      next[listOf[sign]] += 1
    }
  }

  private func eachSign(_ body: (_ place: Int, _ sign: Int) -> Void) {
    for place in 0..<count { for index in own(place) { body(place, Int(signs[index])) } }
  }

  private func places(of character: Unicode.Scalar) -> ArraySlice<UInt32> {
    guard let list = lists[character.value] else { return [] }
    return placesOf[Int(listStarts[list])..<Int(listStarts[list + 1])]
  }

  private mutating func number(of scalar: Unicode.Scalar, _ surname: String?) -> UInt32 {
    if let surname {
      let key = String(scalar) + surname
      if let known = special[key] { return known }
      special[key] = UInt32(characters.count)
    } else {
      if let known = plain[scalar.value] { return known }
      plain[scalar.value] = UInt32(characters.count)
    }
    var all = PinyinTable.index.readings(of: scalar)
    if let surname, !all.contains(Array(surname.utf8)) { all.append(Array(surname.utf8)) }
    characters.append(scalar.value)
    readings.append(all)
    var initial = Self.bit(scalar.value)
    if initial != 0 { initial |= Self.latin }
    var letters = initial
    var spelling: (letters: [UInt32], lengths: UInt8) = ([initial & ~Self.latin, 0, 0, 0], 0b10)
    for reading in all {
      for (offset, letter) in reading.enumerated() {
        letters |= Self.bit(UInt32(letter))
        if offset < 4 { spelling.letters[offset] |= Self.bit(UInt32(letter)) }
      }
      initial |= reading.first.map { Self.bit(UInt32($0)) } ?? 0
      if reading.count < 4 { spelling.lengths |= 1 << UInt8(reading.count) }
    }
    initialsOf.append(initial)
    lettersOf.append(letters)
    spellingOf.append(spelling)
    return UInt32(characters.count - 1)
  }

  private static let latin: UInt32 = 1 << 31

  private static func bit(_ letter: UInt32) -> UInt32 { (97...122).contains(letter) ? 1 << (letter - 97) : 0 }

  // MARK: Finding

  /// The best names for a query: by rank, then by place.
  public func find(_ query: PinyinQuery, limit: Int) -> [Hit] {
    guard !query.signs.isEmpty, query.signs.count <= PinyinQuery.signsMax, limit > 0 else { return [] }
    var finding = Finding(limit: limit)
    if query.isLetters { spelt(query, &finding) } else { chinese(query, &finding) }
    return finding.best
  }

  /// Hits by rank, each as many as are wanted.
  private struct Finding {
    let limit: Int
    var hits: [[Int]] = Array(repeating: [], count: 6)

    init(limit: Int) { self.limit = limit }

    mutating func add(_ place: Int, _ rank: PinyinQuery.Rank) {
      if hits[rank.rawValue].count < limit { hits[rank.rawValue].append(place) }
    }

    /// Nothing of this rank or a worse one can be among the best any more.
    func isFull(upTo rank: PinyinQuery.Rank) -> Bool { hits[0...rank.rawValue].reduce(0) { $0 + $1.count } >= limit }

    var best: [Hit] {
      let ranked = hits.indices.flatMap { rank in
        hits[rank].compactMap { place in PinyinQuery.Rank(rawValue: rank).map { Hit(place: place, rank: $0) } }
      }
      return Array(ranked.prefix(limit))
    }
  }

  /// Only letters: what is not Chinese in a name is found by them too.
  private func spelt(_ query: PinyinQuery, _ finding: inout Finding) {
    let bits = query.signs.map { Self.bit($0.value) }
    let all = bits.reduce(0, |)
    // Latin names are few, but a name that is or begins with the letters is better than any reading.
    eachMatch(of: query.signs) { place, isStart, isEnd in
      if isStart { finding.add(place, isEnd ? .exact : .chinesePrefix) }
    }
    let found = Set(finding.hits.joined())
    for place in beginning[bits[0].trailingZeroBitCount].lazy.map({ Int($0) })
    where letters[place] & all == all && mayFollow(bits, in: place) {
      guard found.isEmpty || !found.contains(place) else { continue }
      if isInitials(place, bits) {
        finding.add(place, .initialsPrefix)
        if finding.isFull(upTo: .initialsPrefix) { return }
      } else if !finding.isFull(upTo: .spelledPrefix), isSpelled(place, query.signs) {
        finding.add(place, .spelledPrefix)
      }
    }
    guard !finding.isFull(upTo: .spelledPrefix) else { return }
    var told = Set(finding.hits.joined())
    eachMatch(of: query.signs) { place, _, _ in if told.insert(place).inserted { finding.add(place, .chinesePart) } }
    guard !finding.isFull(upTo: .chinesePart) else { return }
    // Whoever holds the rarest of the letters; nearly nobody has a name of more than three.
    guard let rarest = bits.map({ holding[$0.trailingZeroBitCount] }).min(by: { $0.count < $1.count }) else { return }
    let repeated = bits.reduce(into: (once: UInt32(0), more: UInt32(0))) { $0 = ($0.once | $1, $0.more | $0.once & $1) }.more
    for place in (bits.count > 3 && long.count < rarest.count ? long : rarest).lazy.map({ Int($0) })
    where anywhere[place] & all == all && twice[place] & repeated == repeated && own(place).count >= bits.count {
      guard isSkipping(place, query.signs), !told.contains(place) else { continue }
      finding.add(place, .initialsSkipping)
      if finding.isFull(upTo: .initialsSkipping) { return }
    }
  }

  /// With Chinese in it: every name that can match holds its first Chinese character.
  private func chinese(_ query: PinyinQuery, _ finding: inout Finding) {
    let needsSpelling = query.signs.contains { Self.bit($0.value) != 0 }
    eachMatch(of: query.signs) { place, isStart, isEnd in
      if isStart {
        finding.add(place, isEnd ? .exact : .chinesePrefix)
      } else {
        finding.add(place, needsSpelling && isSpelled(place, query.signs) ? .spelledPrefix : .chinesePart)
      }
    }
    guard !finding.isFull(upTo: .chinesePrefix), query.signs.count > 1 else { return }
    guard let anchor = query.signs.first(where: { Self.bit($0.value) == 0 }) else { return }
    var told = Set(finding.hits.joined())
    for place in places(of: anchor).lazy.map({ Int($0) }) where !told.contains(place) {
      if needsSpelling, isSpelled(place, query.signs) {
        told.insert(place)
        finding.add(place, .spelledPrefix)
      } else if isSkipping(place, query.signs) {
        told.insert(place)
        finding.add(place, .initialsSkipping)
      }
    }
  }

  /// Each name in which these characters stand one behind another, by place: through the shortest list of any of them.
  private func eachMatch(of sought: [Unicode.Scalar], _ body: (_ place: Int, _ isStart: Bool, _ isEnd: Bool) -> Void) {
    guard let places = sought.map({ places(of: $0) }).min(by: { $0.count < $1.count }) else { return }
    for place in places.lazy.map({ Int($0) }) {
      let own = own(place)
      guard sought.count <= own.count else { continue }
      for start in own.lowerBound...(own.upperBound - sought.count) where stands(sought, at: start) {
        body(place, start == own.lowerBound, start + sought.count == own.upperBound)
        break
      }
    }
  }

  private func stands(_ sought: [Unicode.Scalar], at start: Int) -> Bool {
    for offset in sought.indices where characters[Int(signs[start + offset])] != sought[offset].value { return false }
    return true
  }

  // MARK: One name

  /// Whether the second to the fourth letter may stand where they stand, as a spelling from the beginning.
  private func mayFollow(_ bits: [UInt32], in place: Int) -> Bool {
    for index in bits.indices.dropFirst().prefix(3) where followers[index - 1][place] & bits[index] == 0 { return false }
    return true
  }

  private func own(_ place: Int) -> Range<Int> { Int(signStarts[place])..<Int(signStarts[place + 1]) }

  private func isInitials(_ place: Int, _ bits: [UInt32]) -> Bool {
    // A letter in the name is a character, not the initial of one.
    func isInitial(_ letters: UInt32, _ bit: UInt32) -> Bool { letters & bit != 0 && letters & Self.latin == 0 }
    for index in bits.indices.prefix(4) where !isInitial(initials[index][place], bits[index]) { return false }
    guard bits.count > 4 else { return true }
    let own = own(place)
    guard bits.count <= own.count else { return false }
    return (4..<bits.count).allSatisfy { isInitial(initialsOf[Int(signs[own.lowerBound + $0])], bits[$0]) }
  }

  /// Whether the query is used up by the first characters of the name. `reached` has a bit for each place in the query.
  private func isSpelled(_ place: Int, _ query: [Unicode.Scalar]) -> Bool {
    let end = query.count
    var reached: UInt64 = 1
    for index in own(place) {
      let sign = Int(signs[index])
      var next: UInt64 = 0
      var left = reached
      while left != 0 {
        let at = left.trailingZeroBitCount
        left &= left - 1
        if at < end, query[at].value == characters[sign] {
          if at + 1 == end { return true }
          next |= 1 << UInt64(at + 1)
        }
        for syllable in readings[sign] {
          var common = 0
          while common < syllable.count, at + common < end, query[at + common].value == UInt32(syllable[common]) { common += 1 }
          guard common > 0 else { continue }
          if at + common == end { return true }
          next |= 1 << UInt64(at + 1)
          if common == syllable.count { next |= 1 << UInt64(at + common) }
        }
      }
      if next == 0 { return false }
      reached = next
    }
    return false
  }

  /// Whether every sign is, in order, a character of the name or the initial of one.
  private func isSkipping(_ place: Int, _ query: [Unicode.Scalar]) -> Bool {
    var at = 0
    for index in own(place) where at < query.count {
      let sign = Int(signs[index])
      if query[at].value == characters[sign] || initialsOf[sign] & Self.bit(query[at].value) != 0 { at += 1 }
    }
    return at == query.count
  }
}
