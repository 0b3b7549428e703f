// StickFolder: the directory `zoufang` on a stick: one directory a journal, files in it. The only place that touches a stick. Nothing is ever
// written over in place, and nobody else's files are touched.

internal import Journal

struct StickFolder {
  let path: String
  let disk: any StickDisk

  /// - Parameter directory: the stick, as somebody named it; that name may be a link.
  init(on directory: String, disk: any StickDisk) throws(StickFault) {
    self.disk = disk
    path = directory + "/zoufang"
    let kinds: (stick: PathKind, ours: PathKind)
    do throws(DiskFault) { kinds = (try disk.kind(directory + "/."), try disk.kind(path)) } catch { throw StickFault(error) }
    guard kinds.stick == .directory else { throw .noDirectory }
    guard kinds.ours == .absent || kinds.ours == .directory else { throw .notOurs }
  }

  /// Names of the journals that are here, with what stands under each name.
  func journals() throws(StickFault) -> [(id: String, kind: PathKind)] {
    do throws(DiskFault) {
      guard try disk.kind(path) == .directory else { return [] }
      var found: [(id: String, kind: PathKind)] = []
      for name in try (disk.list(path) ?? []).sorted() where Self.isUUID(name) { found.append((name, try disk.kind(path + "/" + name))) }
      return found
    } catch { throw StickFault(error) }
  }

  /// Files of a journal; nil where one of these names, or the directory, is not what it should be.
  func files(of journal: String) throws(StickFault) -> [StickName]? {
    let place = path + "/" + journal
    do throws(DiskFault) {
      switch try disk.kind(place) {
      case .absent: return []
      case .directory: break
      case .file, .other: return nil
      }
      var names: [StickName] = []
      for text in try disk.list(place) ?? [] {
        guard let name = StickName(text) else { continue }
        guard try disk.kind(place + "/" + text) == .file else { return nil }
        names.append(name)
      }
      return names.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    } catch { throw StickFault(error) }
  }

  /// A file's bytes; nil where it is longer than any of ours.
  func read(_ name: StickName, of journal: String, bytesMax: Int) throws(StickFault) -> [UInt8]? {
    do throws(DiskFault) {
      let file = path + "/" + journal + "/" + name.text
      guard let length = try disk.length(file) else { throw DiskFault(.read, errno: 2) }
      guard length <= bytesMax else { return nil }
      return try disk.read(file, bytesMax: bytesMax, fresh: true)
    } catch { throw StickFault(error) }
  }

  /// Makes the journal's directory where it is missing.
  func prepare(_ journal: String) throws(StickFault) {
    do throws(DiskFault) {
      for (place, above) in [(path, parent), (path + "/" + journal, path)] where try disk.kind(place) == .absent {
        try disk.makeDirectory(place)
        try sync(above)
      }
      // What a pulled stick left of a file on its way.
      for name in try disk.list(path + "/" + journal) ?? [] where name.hasSuffix(StickName.asideSuffix) {
        if StickName(String(name.dropLast(StickName.asideSuffix.count))) != nil { try disk.remove(path + "/" + journal + "/" + name) }
      }
    } catch { throw StickFault(error) }
  }

  private var parent: String { String(path.dropLast("/zoufang".count)) }

  /// Writes a file aside, syncs it, and gives it its name: it is there whole, or not at all.
  func write(_ file: StickFile, of journal: String) throws(StickFault) {
    let place = path + "/" + journal
    let aside = place + "/" + file.name.text + StickName.asideSuffix
    do throws(DiskFault) {
      let opened = try disk.open(aside, .create)
      do throws(DiskFault) {
        var rest = file.bytes[...]
        while !rest.isEmpty {
          let count = try disk.write(opened, Array(rest))
          guard count > 0 else { throw DiskFault(.write, errno: DiskFault.full) }
          rest = rest.dropFirst(count)
        }
        try disk.syncAll(opened)
        disk.close(opened)
      } catch {
        disk.close(opened)
        throw error
      }
      try disk.rename(aside, to: place + "/" + file.name.text)
      try sync(place)
    } catch {
      try? disk.remove(aside)
      throw StickFault(error)
    }
  }

  /// Removes a file of this laptop's own that a longer one has taken the place of.
  func remove(_ name: StickName, of journal: String) throws(StickFault) {
    do throws(DiskFault) {
      try disk.remove(path + "/" + journal + "/" + name.text)
      try sync(path + "/" + journal)
    } catch { throw StickFault(error) }
  }

  private func sync(_ directory: String) throws(DiskFault) {
    do throws(DiskFault) { try disk.syncDirectory(directory) } catch { if !error.isUnsupported { throw error } }
  }

  static func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 36
      && bytes.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == 45 : (48...57).contains(byte) || (97...102).contains(byte)
      }
  }
}
