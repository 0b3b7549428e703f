// PosixDisk — the real file system, call by call. Interrupted calls (EINTR) are repeated where nothing was done yet; nothing
// else is ever repeated, least of all a sync.

internal import Glibc

/// The file system of this machine.
public struct PosixDisk: Disk {
  /// What is done between two tries at a lock.
  private let lockPause: @Sendable () -> Void

  public init() { self.init(lockPause: { usleep(20_000) }) }

  init(lockPause: @escaping @Sendable () -> Void) { self.lockPause = lockPause }

  private func check(_ result: Int32, _ operation: DiskOperation) throws(DiskFault) {
    if result != 0 { throw DiskFault(operation, errno: errno) }
  }

  private func opened(_ path: String, _ flags: Int32, _ mode: mode_t = 0) throws(DiskFault) -> Int32 {
    while true {
      let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw DiskFault(.open, errno: errno) }
    }
  }

  public func makeDirectory(_ path: String) throws(DiskFault) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw DiskFault(.makeDirectory, errno: errno) }
  }

  public func list(_ path: String) throws(DiskFault) -> [String]? {
    guard let directory = unsafe opendir(path) else {
      if errno == ENOENT { return nil }
      throw DiskFault(.list, errno: errno)
    }
    defer { unsafe _ = closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    if errno != 0 { throw DiskFault(.list, errno: errno) }
    return names
  }

  public func open(_ path: String, _ opening: DiskOpening) throws(DiskFault) -> DiskFile {
    switch opening {
    case .create: DiskFile(descriptor: try opened(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, 0o600))
    case .createReadOnly: DiskFile(descriptor: try opened(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, 0o400))
    case .append: DiskFile(descriptor: try opened(path, O_WRONLY | O_APPEND))
    case .update: DiskFile(descriptor: try opened(path, O_WRONLY))
    }
  }

  public func read(_ path: String, bytesMax: Int, fresh: Bool) throws(DiskFault) -> [UInt8]? {
    let descriptor: Int32
    do { descriptor = try opened(path, O_RDONLY) } catch {
      if error.errno == ENOENT { return nil }
      throw DiskFault(.read, errno: error.errno)
    }
    defer { _ = Glibc.close(descriptor) }
    if fresh { _ = posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED)) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw DiskFault(.read, errno: errno) }
    guard status.st_size <= bytesMax else { throw DiskFault(.read, errno: EFBIG) }
    return try readAll(descriptor, from: 0, count: Int(status.st_size))
  }

  public func read(_ path: String, from offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
    let descriptor: Int32
    do { descriptor = try opened(path, O_RDONLY) } catch { throw DiskFault(.read, errno: error.errno) }
    defer { _ = Glibc.close(descriptor) }
    return try readAll(descriptor, from: offset, count: count)
  }

  private func readAll(_ descriptor: Int32, from offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
    var failed: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, written in
      var done = 0
      while done < count, let base = buffer.baseAddress {
        let got = unsafe pread(descriptor, base + done, count - done, off_t(offset + done))
        if got < 0 {
          if errno == EINTR { continue }
          failed = errno
          break
        }
        if got == 0 { break }
        done += got
      }
      written = done
    }
    if failed != 0 { throw DiskFault(.read, errno: failed) }
    return bytes
  }

  public func length(_ path: String) throws(DiskFault) -> Int? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw DiskFault(.length, errno: errno)
    }
    return Int(status.st_size)
  }

  public func write(_ file: DiskFile, _ bytes: [UInt8]) throws(DiskFault) -> Int {
    while true {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file.descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      if errno != EINTR { throw DiskFault(.write, errno: errno) }
    }
  }

  public func write(_ file: DiskFile, _ bytes: [UInt8], at offset: Int) throws(DiskFault) -> Int {
    while true {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(file.descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count >= 0 { return count }
      if errno != EINTR { throw DiskFault(.writeAt, errno: errno) }
    }
  }

  public func syncData(_ file: DiskFile) throws(DiskFault) { try check(fdatasync(file.descriptor), .syncData) }

  public func syncAll(_ file: DiskFile) throws(DiskFault) { try check(fsync(file.descriptor), .syncAll) }

  public func syncDirectory(_ path: String) throws(DiskFault) {
    let descriptor: Int32
    do { descriptor = try opened(path, O_RDONLY | O_DIRECTORY) } catch {
      throw DiskFault(.syncDirectory, errno: error.errno)
    }
    defer { _ = Glibc.close(descriptor) }
    try check(fsync(descriptor), .syncDirectory)
  }

  public func allocate(_ file: DiskFile, from offset: Int, count: Int) throws(DiskFault) -> Bool {
    guard let reserve = PosixDisk.reserve else { return false }
    while true {
      if reserve(file.descriptor, PosixDisk.keepSize, off_t(offset), off_t(count)) == 0 { return true }
      switch errno {
      case EINTR: continue
      case EOPNOTSUPP, ENOSYS: return false
      default: throw DiskFault(.allocate, errno: errno)
      }
    }
  }

  /// `fallocate(2)` is hidden from Swift's view of the C library (it wants _GNU_SOURCE), so it is looked up by name.
  private typealias Reserve = @convention(c) (Int32, Int32, off_t, off_t) -> Int32
  private static let reserve: Reserve? = {
    guard let symbol = unsafe dlsym(nil, "fallocate") else { return nil }
    return unsafe unsafeBitCast(symbol, to: Reserve.self)
  }()
  /// FALLOC_FL_KEEP_SIZE of linux/falloc.h.
  private static let keepSize: Int32 = 1

  public func rename(_ path: String, to other: String) throws(DiskFault) {
    try check(unsafe Glibc.rename(path, other), .rename)
  }

  public func remove(_ path: String) throws(DiskFault) { try check(unsafe Glibc.remove(path), .remove) }

  public func lock(_ path: String) throws(DiskFault) -> DiskFile? {
    let descriptor: Int32
    do { descriptor = try opened(path, O_RDWR | O_CREAT, 0o600) } catch {
      throw DiskFault(.lock, errno: error.errno)
    }
    // A child that is being started holds every open file of its parent for the moment between fork and exec, also the lock of a
    // journal that was just closed: wait that out before saying that somebody else has it.
    var triesLeft = Self.lockTries
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      if reason == EWOULDBLOCK, triesLeft > 1 {
        triesLeft -= 1
        lockPause()
        continue
      }
      _ = Glibc.close(descriptor)
      if reason == EWOULDBLOCK { return nil }
      throw DiskFault(.lock, errno: reason)
    }
    return DiskFile(descriptor: descriptor)
  }

  /// With their pauses a second, which a person at the keyboard can wait.
  private static let lockTries = 50

  public func freeBytes(_ path: String) throws(DiskFault) -> Int {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { throw DiskFault(.free, errno: errno) }
    let (bytes, over) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
    return over || bytes > UInt(Int.max) ? Int.max : Int(bytes)
  }

  public func close(_ file: DiskFile) { _ = Glibc.close(file.descriptor) }
}
