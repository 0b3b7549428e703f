// MemoryDisk — a file system in memory that can be told to fail. It keeps what is durable apart from what is merely written:
// `powerCut` forgets everything that no sync covered, and a sync that failed cannot be made good by a second one. A plan says which operation fails, once or from then on, and how.

import Journal
import Synchronization

final class MemoryDisk: Disk {
  enum Failure: Sendable {
    case error(Int32)
    /// Writes a part of the bytes and says so.
    case short
    /// Says yes and does nothing (a disk that lies about a sync).
    case lie
  }

  struct Plan: Sendable {
    /// The first operation that fails, counted from 1.
    var at: Int
    var continuously: Bool
    var failure: Failure
  }

  struct Inode: Sendable {
    var bytes: [UInt8] = []
    var durable: [UInt8] = []
    /// What was written since the last sync.
    var unsynced: [(offset: Int, bytes: [UInt8])] = []

    mutating func write(_ new: some Collection<UInt8>, at offset: Int) {
      Inode.put(new, at: offset, in: &bytes)
      unsynced.append((offset, Array(new)))
    }

    mutating func sync() {
      durable = medium
      unsynced = []
    }

    /// After a sync that failed the kernel calls the pages clean: they are still read, and no later sync writes them.
    mutating func failToSync() { unsynced = [] }

    /// What the medium holds, and what is still to go there.
    var medium: [UInt8] {
      var medium = durable
      for (offset, bytes) in unsynced { Inode.put(bytes, at: offset, in: &medium) }
      return medium
    }

    private static func put(_ new: some Collection<UInt8>, at offset: Int, in bytes: inout [UInt8]) {
      let missing = offset + new.count - bytes.count
      if missing > 0 { bytes.append(contentsOf: repeatElement(0, count: missing)) }
      bytes.replaceSubrange(offset..<offset + new.count, with: new)
    }
  }

  struct State: Sendable {
    var inodes: [Inode] = []
    var names: [String: Int] = [:]
    var durableNames: [String: Int] = [:]
    var directories: Set<String> = []
    var durableDirectories: Set<String> = []
    /// Directories that were renamed and whose new name no sync covered yet.
    var moves: [(from: String, to: String)] = []
    var files: [Int32: Int] = [:]
    var locks: [Int32: String] = [:]
    var nextFile: Int32 = 3
    var operations = 0
    var plan: Plan?
    var freeBytes = Int.max
    var log: [DiskOperation] = []
  }

  let state: Mutex<State>

  init(_ state: State = State()) { self.state = Mutex(state) }

  /// A second disk with the same content, nothing open and no plan.
  func copy() -> MemoryDisk {
    state.withLock { old in
      var new = State()
      new.inodes = old.inodes
      new.names = old.names
      new.durableNames = old.durableNames
      new.directories = old.directories
      new.durableDirectories = old.durableDirectories
      new.moves = old.moves
      return MemoryDisk(new)
    }
  }

  /// What is there after the power went: only what syncs covered.
  func powerCut() -> MemoryDisk {
    let disk = copy()
    disk.state.withLock { state in
      // A renamed directory has its old name again, a removed one is there again, and one whose name no sync covered is gone
      // with everything in it.
      for (from, to) in state.moves.reversed() { state.directories = MemoryDisk.moved(state.directories, to, from) }
      state.moves = []
      state.directories.formUnion(state.durableDirectories)
      let gone = state.directories.subtracting(state.durableDirectories)
      state.directories = state.directories.filter { path in !gone.contains { path == $0 || path.hasPrefix($0 + "/") } }
      state.names = state.durableNames.filter { name in !gone.contains { name.key.hasPrefix($0 + "/") } }
      state.durableNames = state.names
      for index in state.inodes.indices {
        state.inodes[index].bytes = state.inodes[index].durable
        state.inodes[index].unsynced = []
      }
    }
    return disk
  }

  func fail(_ plan: Plan?) {
    state.withLock {
      $0.plan = plan; $0.operations = 0; $0.log = []
    }
  }
  var operations: Int { state.withLock { $0.operations } }
  var log: [DiskOperation] { state.withLock { $0.log } }

  func bytes(_ path: String) -> [UInt8]? {
    state.withLock { state in state.names[path].map { state.inodes[$0].bytes } }
  }

  func setBytes(_ path: String, _ bytes: [UInt8]?) {
    state.withLock { state in
      guard let bytes else {
        state.names[path] = nil
        state.durableNames[path] = nil
        return
      }
      state.inodes.append(Inode(bytes: bytes, durable: bytes))
      state.names[path] = state.inodes.count - 1
      state.durableNames[path] = state.inodes.count - 1
    }
  }

  var paths: [String] { state.withLock { $0.names.keys.sorted() } }

  private static func moved(_ path: String, _ from: String, _ to: String) -> String {
    path == from || path.hasPrefix(from + "/") ? to + path.dropFirst(from.count) : path
  }

  private static func moved(_ paths: Set<String>, _ from: String, _ to: String) -> Set<String> {
    Set(paths.map { moved($0, from, to) })
  }

  private static func moved(_ names: [String: Int], _ from: String, _ to: String) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.map { (moved($0.key, from, to), $0.value) })
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  // MARK: Disk

  /// Counts the operation; nil: go on. `short` and `lie` are for the caller.
  private static func count(_ state: inout State, _ operation: DiskOperation) throws(DiskFault) -> Failure? {
    state.operations += 1
    state.log.append(operation)
    guard let plan = state.plan, state.operations == plan.at || (plan.continuously && state.operations > plan.at) else {
      return nil
    }
    if case .error(let number) = plan.failure { throw DiskFault(operation, errno: number) }
    return plan.failure
  }

  func makeDirectory(_ path: String) throws(DiskFault) {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .makeDirectory)
      state.directories.insert(path)
    }
  }

  func list(_ path: String) throws(DiskFault) -> [String]? {
    try state.withLock { (state) throws(DiskFault) -> [String]? in
      _ = try MemoryDisk.count(&state, .list)
      guard state.directories.contains(path) else { return nil }
      let inside = Array(state.names.keys) + Array(state.directories)
      return inside.filter { $0 != "/" && MemoryDisk.directory(of: $0) == path }.map {
        String($0.dropFirst(path.count + 1))
      }
    }
  }

  func open(_ path: String, _ opening: DiskOpening) throws(DiskFault) -> DiskFile {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .open)
      switch opening {
      case .create, .createReadOnly:
        guard state.names[path] == nil else { throw DiskFault(.open, errno: 17) }
        state.inodes.append(Inode())
        state.names[path] = state.inodes.count - 1
      case .append, .update:
        guard state.names[path] != nil else { throw DiskFault(.open, errno: 2) }
      }
      state.nextFile += 1
      state.files[state.nextFile] = state.names[path]
      return DiskFile(descriptor: state.nextFile)
    }
  }

  func read(_ path: String, bytesMax: Int, fresh: Bool) throws(DiskFault) -> [UInt8]? {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .read)
      guard let inode = state.names[path] else { return nil }
      // Read anew from the medium, pages that no sync brought there are gone.
      if fresh { state.inodes[inode].bytes = state.inodes[inode].medium }
      return state.inodes[inode].bytes
    }
  }

  func read(_ path: String, from offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .read)
      guard let inode = state.names[path] else { throw DiskFault(.read, errno: 2) }
      return Array(state.inodes[inode].bytes.dropFirst(offset).prefix(count))
    }
  }

  func length(_ path: String) throws(DiskFault) -> Int? {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .length)
      return state.names[path].map { state.inodes[$0].bytes.count }
    }
  }

  func write(_ file: DiskFile, _ bytes: [UInt8]) throws(DiskFault) -> Int {
    try state.withLock { (state) throws(DiskFault) in
      guard let inode = state.files[file.descriptor] else { throw DiskFault(.write, errno: 9) }
      let failure: Failure?
      do throws(DiskFault) { failure = try MemoryDisk.count(&state, .write) } catch {
        // A failed write may still have left a part behind.
        state.inodes[inode].write(bytes.prefix(bytes.count / 3), at: state.inodes[inode].bytes.count)
        throw error
      }
      let count = if case .short = failure { bytes.count / 2 } else { bytes.count }
      state.inodes[inode].write(bytes.prefix(count), at: state.inodes[inode].bytes.count)
      return count
    }
  }

  func write(_ file: DiskFile, _ bytes: [UInt8], at offset: Int) throws(DiskFault) -> Int {
    try state.withLock { (state) throws(DiskFault) in
      guard let inode = state.files[file.descriptor] else { throw DiskFault(.writeAt, errno: 9) }
      let failure = try MemoryDisk.count(&state, .writeAt)
      // Half of a slot of the watermark would be all of its text: behind that are zeros.
      let count = if case .short = failure { bytes.count / 8 } else { bytes.count }
      state.inodes[inode].write(bytes.prefix(count), at: offset)
      return count
    }
  }

  func syncData(_ file: DiskFile) throws(DiskFault) { try sync(file, .syncData) }
  func syncAll(_ file: DiskFile) throws(DiskFault) { try sync(file, .syncAll) }

  private func sync(_ file: DiskFile, _ operation: DiskOperation) throws(DiskFault) {
    try state.withLock { (state) throws(DiskFault) in
      guard let inode = state.files[file.descriptor] else { throw DiskFault(operation, errno: 9) }
      do throws(DiskFault) {
        if case .lie = try MemoryDisk.count(&state, operation) { return }
      } catch {
        state.inodes[inode].failToSync()
        throw error
      }
      state.inodes[inode].sync()
    }
  }

  func syncDirectory(_ path: String) throws(DiskFault) {
    try state.withLock { (state) throws(DiskFault) in
      if case .lie = try MemoryDisk.count(&state, .syncDirectory) { return }
      for (from, to) in state.moves where MemoryDisk.directory(of: to) == path {
        state.durableDirectories = MemoryDisk.moved(state.durableDirectories, from, to)
        state.durableNames = MemoryDisk.moved(state.durableNames, from, to)
      }
      state.moves.removeAll { MemoryDisk.directory(of: $0.to) == path }
      state.durableDirectories = state.durableDirectories.filter {
        MemoryDisk.directory(of: $0) != path || state.directories.contains($0)
      }
      for made in state.directories where MemoryDisk.directory(of: made) == path || path == "/" {
        state.durableDirectories.insert(made)
      }
      state.durableNames = state.durableNames.filter { MemoryDisk.directory(of: $0.key) != path }
      for (name, inode) in state.names where MemoryDisk.directory(of: name) == path { state.durableNames[name] = inode }
    }
  }

  func allocate(_ file: DiskFile, from offset: Int, count: Int) throws(DiskFault) -> Bool {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .allocate)
      if count > state.freeBytes { throw DiskFault(.allocate, errno: 28) }
      return true
    }
  }

  func rename(_ path: String, to other: String) throws(DiskFault) {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .rename)
      if state.directories.contains(path) {
        state.moves.append((path, other))
        state.directories = MemoryDisk.moved(state.directories, path, other)
        state.names = MemoryDisk.moved(state.names, path, other)
        return
      }
      guard let inode = state.names.removeValue(forKey: path) else { throw DiskFault(.rename, errno: 2) }
      state.names[other] = inode
    }
  }

  func remove(_ path: String) throws(DiskFault) {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .remove)
      let isEmpty = !state.names.keys.contains { $0.hasPrefix(path + "/") }
      guard isEmpty else { throw DiskFault(.remove, errno: 39) }
      state.names[path] = nil
      state.directories.remove(path)
    }
  }

  func lock(_ path: String) throws(DiskFault) -> DiskFile? {
    try state.withLock { (state) throws(DiskFault) in
      _ = try MemoryDisk.count(&state, .lock)
      if state.locks.values.contains(path) { return nil }
      state.nextFile += 1
      state.locks[state.nextFile] = path
      return DiskFile(descriptor: state.nextFile)
    }
  }

  func freeBytes(_ path: String) throws(DiskFault) -> Int { state.withLock { $0.freeBytes } }

  func close(_ file: DiskFile) {
    state.withLock { state in
      state.files[file.descriptor] = nil
      state.locks[file.descriptor] = nil
    }
  }
}
