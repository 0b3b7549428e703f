// DraftDrawer: the unfinished visits, each a small journal of its own below drafts/.
//
// A draft is only ever appended to. It ends when the record that was made from it stands in the own journal: that record names the
// draft (`draft` in its body), so a power cut between the two leaves a draft that its own record disowns, and opening clears it away. No
// order of crashes gives two visits for one draft. It goes as a whole: renamed first and emptied then, so that a crash in the middle leaves
// no journal of which half is missing.

internal import Journal

public struct DraftDrawer {
  private let directory: DataDirectory
  private let keys: UnlockedKeys
  private let deviceID: String
  private let disk: any Disk
  private let entropy: Entropy
  /// Opened for writing, by id. Held open: a draft is written to field by field.
  private var open: [String: Journal] = [:]

  init(in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, disk: any Disk, entropy: Entropy) {
    self.directory = directory
    self.keys = keys
    self.deviceID = deviceID
    self.disk = disk
    self.entropy = entropy
  }

  /// Ids of the drafts that are here, sorted, without those in `finished` (the drafts that records were made from).
  mutating func ids(finished: Set<String>) throws(LaptopFault) -> [String] {
    var ids: [String] = []
    let names: [String]
    do { names = try disk.list(directory.drafts) ?? [] } catch { throw LaptopFault(error) }
    for name in names where name.hasSuffix(Self.asideSuffix) { empty(directory.drafts + "/" + name) }
    for name in names.sorted() where DataDirectory.isID(name) {
      if finished.contains(name) { clear(name) } else if holdsJournal(name) { ids.append(name) }
    }
    return ids
  }

  private func holdsJournal(_ id: String) -> Bool {
    let names = (try? disk.list(directory.drafts + "/" + id)) ?? nil
    return names?.contains { $0.hasSuffix(".jnl") } ?? false
  }

  /// Entries of a draft in order, as its writer sees them: a field that was whole on the disk when the program was killed
  /// counts now, and not only behind what is typed next.
  mutating func entries(of id: String) throws(LaptopFault) -> [[UInt8]] {
    guard directory.draft(id) != nil, holdsJournal(id) else { throw .noSuchDraft }
    let journal = try writer(of: id)
    do {
      return try journal.records().flatMap { record in
        record.content.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
      }
    } catch { throw LaptopFault(error) }
  }

  /// The first entry of a draft, read without its lock; nil where nothing of it can be read.
  func beginning(of id: String) -> [UInt8]? {
    guard let place = directory.draft(id), holdsJournal(id) else { return nil }
    return try? (JournalReader(directory: place, keys: keys, disk: disk).records().first?.content.split(separator: 0).first).map(Array.init)
  }

  /// Appends entries, all or none; makes the draft where there is none. When it returns they are on the disk. What one key wrote is one
  /// record of the draft's journal, its entries (text) with a zero byte between: of several records a failed write may leave the first
  /// ones whole.
  mutating func append(_ entries: [[UInt8]], to id: String) throws(LaptopFault) {
    guard !entries.isEmpty else { return }
    let journal = try writer(of: id)
    do { _ = try journal.append([Array(entries.joined(separator: [0]))]) } catch { throw LaptopFault(error) }
  }

  /// Makes sure a draft has room to grow. Asked for when the form opens, so that a full disk is said before anything is typed.
  mutating func reserve(contentBytes: Int, for id: String) throws(LaptopFault) {
    let journal = try writer(of: id)
    do { try journal.reserve(contentBytes: contentBytes) } catch { throw LaptopFault(error) }
  }

  private mutating func writer(of id: String) throws(LaptopFault) -> Journal {
    if let journal = open[id] { return journal }
    guard let place = directory.draft(id) else { throw .noSuchDraft }
    do {
      if open.isEmpty {
        // Also where it was there: whoever made it may have died before its name was on the disk.
        try disk.makeDirectory(directory.drafts)
        try disk.syncDirectory(directory.path)
      }
    } catch { throw LaptopFault(error) }
    do throws(JournalFault) {
      let journal = try Journal.open(
        directory: place, keys: keys, settings: JournalSettings(deviceID: deviceID), disk: disk, entropy: entropy)
      open[id] = journal
      return journal
    } catch { throw LaptopFault(error) }
  }

  /// No id ends so: whatever is called this is on its way out.
  private static let asideSuffix = ".done"

  /// Clears away a draft whose record stands. What cannot be removed now is removed at the next opening.
  mutating func clear(_ id: String) {
    open.removeValue(forKey: id)?.close()
    guard let place = directory.draft(id) else { return }
    let aside = place + Self.asideSuffix
    do throws(DiskFault) {
      try disk.rename(place, to: aside)
      // Before the first file goes: a power cut must not bring the old name back with some of them.
      try disk.syncDirectory(directory.drafts)
    } catch { return }
    empty(aside)
  }

  private func empty(_ place: String) {
    for name in ((try? disk.list(place)) ?? nil) ?? [] { try? disk.remove(place + "/" + name) }
    try? disk.remove(place)
  }

  /// Removes a draft that nobody wants. Its newest file goes first: what a power cut leaves is a shorter draft, or none.
  mutating func discard(_ id: String) throws(LaptopFault) {
    guard let place = directory.draft(id), holdsJournal(id) else { throw .noSuchDraft }
    open.removeValue(forKey: id)?.close()
    do {
      for name in try (disk.list(place) ?? []).sorted(by: >) { try disk.remove(place + "/" + name) }
      try disk.syncDirectory(place)
    } catch { throw LaptopFault(error) }
  }

  /// Closes every open draft.
  mutating func close() {
    for journal in open.values { journal.close() }
    open = [:]
  }
}
