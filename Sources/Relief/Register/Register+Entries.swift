// Records as the rooms beside this folder read them, by their number.

extension Register {
  /// One record as the fold holds it, read when it is asked for.
  struct Entry {
    fileprivate let store: RecordStore
    fileprivate let index: Int

    /// Without its submission.
    var record: Record { store.record(at: index) }
    var place: Place? { store.rows[index].place }
    var hasSubmission: Bool { store.rows[index].marks.contains(.hasSubmission) }
    var isVoid: Bool { store.rows[index].marks.contains(.void) }
    var isContested: Bool { store.rows[index].marks.contains(.contested) }
    var isReplaced: Bool { store.rows[index].marks.contains(.replaced) }
    var holds: Bool { store.holds(index) }
  }

  struct Entries {
    fileprivate let store: RecordStore
    var indices: Range<Int> { 0..<store.rows.count }
    subscript(index: Int) -> Entry { Entry(store: store, index: index) }
  }

  var entries: Entries { Entries(store: store) }

  /// By household id: the records about it.
  struct AboutHousehold {
    fileprivate let register: Register
    subscript(household: String) -> [Int]? {
      register.store.household(named: household).map { register.store.records(about: $0) }
    }
  }

  var aboutHousehold: AboutHousehold { AboutHousehold(register: self) }

  /// By household id: entities of the sweep list.
  struct SweepsOf {
    fileprivate let register: Register
    var keys: [String] { register.sweeps.keys.map { register.store.texts.text($0) } }
    subscript(household: String) -> Set<String>? {
      guard let text = register.store.texts.find(household), let rows = register.sweeps[text] else { return nil }
      return Set(rows.map { register.store.texts.text(register.store.entities[$0].id) })
    }
  }

  var sweepsOf: SweepsOf { SweepsOf(register: self) }

  /// By list: where each entity is spoken of.
  struct Sources {
    fileprivate let register: Register
    subscript(list: String) -> [String: [Source]]? {
      let store = register.store
      guard let number = store.texts.find(list), let entities = store.entitiesOfList[number] else { return nil }
      var found: [String: [Source]] = [:]
      for entity in entities.all {
        let id = store.texts.text(store.entities[Int(entity)].id)
        found[id] = store.liveFacts(of: Int(entity)).map { Source(entry: Int(store.facts[$0].record), fact: $0) }
      }
      return found
    }
  }

  var sources: Sources { Sources(register: self) }
}
