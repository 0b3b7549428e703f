// A register as a snapshot: everything the fold keeps, so that an opening need not fold again what it folded before. It is
// never needed: whoever cannot read one folds the records (docs/register.md).

extension Register {
  /// Raised whenever what is written here, or what the fold files a record under, changes: an older snapshot is then thrown
  /// away. A test holds the bytes of a small register against the number.
  public static let snapshotVersion = 2

  public func write(to snapshot: inout SnapshotWriter) {
    snapshot.number(Self.snapshotVersion)
    snapshot.number(Self.layout)
    store.write(to: &snapshot)
    snapshot.number(replacedCount)
    for set in [clashing, returns] { snapshot.list(set.sorted()) { $0.number(Int($1)) } }
    for index in [voiders, numbered, reviews, acknowledgements, verifications, mentions] { Self.write(index, to: &snapshot) }
    Self.write(sweeps.mapValues { $0.sorted() }, to: &snapshot)
    Self.write(visitsByDay, to: &snapshot)
    for list in [deputies, reds] { snapshot.list(list) { $0.number($1) } }
    snapshot.list(summaries.all) { snapshot, summary in
      snapshot.number(summary == nil ? 0 : 1)
      summary?.write(to: &snapshot)
    }
  }

  public init(from snapshot: inout SnapshotReader) throws(SnapshotFault) {
    guard try snapshot.number() == Self.snapshotVersion, try snapshot.number() == Self.layout else { throw SnapshotFault() }
    store = try RecordStore(from: &snapshot)
    names = Names(&store.texts)
    replacedCount = try snapshot.number()
    clashing = try Self.set(&snapshot)
    returns = try Self.set(&snapshot)
    voiders = try Self.index(&snapshot)
    numbered = try Self.index(&snapshot)
    reviews = try Self.index(&snapshot)
    acknowledgements = try Self.index(&snapshot)
    verifications = try Self.index(&snapshot)
    mentions = try Self.index(&snapshot)
    sweeps = try (Self.index(&snapshot) as [UInt32: [Int]]).mapValues { Set($0) }
    visitsByDay = try Self.index(&snapshot)
    deputies = try Self.list(&snapshot)
    reds = try Self.list(&snapshot)
    for _ in 0..<(try snapshot.count()) {
      summaries.append(try snapshot.number() == 0 ? nil : try HouseholdSummary(from: &snapshot))
    }
  }

  /// Another one: another kind of machine, or a program whose rows are laid out otherwise, wrote it.
  private static var layout: Int {
    let strides = [
      MemoryLayout<RecordStore.Row>.stride, MemoryLayout<RecordStore.FactRow>.stride,
      MemoryLayout<RecordStore.EntityRow>.stride, MemoryLayout<RecordStore.HouseholdRow>.stride,
      MemoryLayout<RecordStore.Use>.stride,
    ]
    return strides.reduce(UInt32(1).littleEndian == 1 ? 1 : 2) { $0 << 8 | $1 }
  }

  private static func write<Key: FixedWidthInteger>(_ index: [Key: [Int]], to snapshot: inout SnapshotWriter) {
    snapshot.list(index.sorted { $0.key < $1.key }) { snapshot, entry in
      snapshot.number(Int(entry.key))
      snapshot.list(entry.value) { $0.number($1) }
    }
  }

  private static func index<Key: FixedWidthInteger>(_ snapshot: inout SnapshotReader) throws(SnapshotFault) -> [Key: [Int]] {
    let count = try snapshot.count()
    var index: [Key: [Int]] = [:]
    index.reserveCapacity(count)
    for _ in 0..<count {
      guard let key = Key(exactly: try snapshot.number()) else { throw SnapshotFault() }
      index[key] = try list(&snapshot)
    }
    return index
  }

  private static func list(_ snapshot: inout SnapshotReader) throws(SnapshotFault) -> [Int] {
    let count = try snapshot.count()
    var list: [Int] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try snapshot.number()) }
    return list
  }

  private static func set(_ snapshot: inout SnapshotReader) throws(SnapshotFault) -> Set<UInt32> {
    var set: Set<UInt32> = []
    for _ in 0..<(try snapshot.count()) { set.insert(try snapshot.small()) }
    return set
  }
}

extension HouseholdSummary {
  fileprivate func write(to snapshot: inout SnapshotWriter) {
    snapshot.text(id)
    for text in [division?.code, headName, headIDNumber, phone] { snapshot.optional(text) }
    snapshot.list(members) { snapshot, member in
      snapshot.text(member.person)
      for text in [member.name, member.idNumber, member.phone] { snapshot.optional(text) }
    }
  }

  fileprivate init(from snapshot: inout SnapshotReader) throws(SnapshotFault) {
    self.init(
      id: try snapshot.text(), division: try snapshot.optional().flatMap { Division($0) }, headName: try snapshot.optional(),
      headIDNumber: try snapshot.optional(), phone: try snapshot.optional(), members: [])
    for _ in 0..<(try snapshot.count()) {
      members.append(
        Member(
          person: try snapshot.text(), name: try snapshot.optional(), idNumber: try snapshot.optional(), phone: try snapshot.optional()))
    }
  }
}
