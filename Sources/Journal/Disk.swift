// Disk — every call this room makes to a file system, as a protocol: the real one is PosixDisk; tests put one between that
// fails, shortens or forgets the n-th call. Nothing else in the room touches a file.

internal import Glibc

/// What was being done when the system said no.
public enum DiskOperation: String, Sendable, Codable {
  case makeDirectory, list, open, read, write, writeAt, syncData, syncAll, syncDirectory, allocate, rename, remove,
    lock,
    free, length, close
}

/// A system call that failed.
public struct DiskFault: Error, Equatable, Sendable {
  public var operation: DiskOperation
  /// The system's error number; 0 where the call succeeded but did less than asked.
  public var errno: Int32

  public init(_ operation: DiskOperation, errno: Int32) {
    self.operation = operation
    self.errno = errno
  }
}

/// An open file.
public struct DiskFile: Hashable, Sendable {
  /// What the disk knows the file by.
  public let descriptor: Int32
  public init(descriptor: Int32) { self.descriptor = descriptor }
}

/// How a file is opened. Always close-on-exec and never through a symbolic link.
public enum DiskOpening: Sendable {
  /// New, 0600, must not exist; for writing.
  case create
  /// New, 0400, must not exist; for writing through this opening only.
  case createReadOnly
  /// Existing, every write goes to its end.
  case append
  /// Existing, written at given places.
  case update
}

/// The file system, as this room needs it.
public protocol Disk: Sendable {
  /// Makes one directory, 0700; an existing one is no error.
  func makeDirectory(_ path: String) throws(DiskFault)
  /// Names in a directory, without `.` and `..`; nil where the directory does not exist.
  func list(_ path: String) throws(DiskFault) -> [String]?
  func open(_ path: String, _ opening: DiskOpening) throws(DiskFault) -> DiskFile
  /// The whole file; nil where it does not exist. `fresh`: cached pages are dropped first, so that what is read stands on the
  /// medium as far as the system can tell. A file longer than `bytesMax` is an error (EFBIG).
  func read(_ path: String, bytesMax: Int, fresh: Bool) throws(DiskFault) -> [UInt8]?
  /// Part of a file.
  func read(_ path: String, from offset: Int, count: Int) throws(DiskFault) -> [UInt8]
  /// Its length in bytes; nil where it does not exist.
  func length(_ path: String) throws(DiskFault) -> Int?
  /// One `write(2)`; may write fewer bytes than given.
  func write(_ file: DiskFile, _ bytes: [UInt8]) throws(DiskFault) -> Int
  /// One `pwrite(2)`.
  func write(_ file: DiskFile, _ bytes: [UInt8], at offset: Int) throws(DiskFault) -> Int
  /// `fdatasync(2)`. Never repeated after an error: the pages may be marked clean without being written.
  func syncData(_ file: DiskFile) throws(DiskFault)
  /// `fsync(2)`.
  func syncAll(_ file: DiskFile) throws(DiskFault)
  /// `fsync(2)` of a directory: makes new names last.
  func syncDirectory(_ path: String) throws(DiskFault)
  /// Reserves space without moving the end of the file (`FALLOC_FL_KEEP_SIZE`). False where the file system cannot.
  func allocate(_ file: DiskFile, from offset: Int, count: Int) throws(DiskFault) -> Bool
  func rename(_ path: String, to other: String) throws(DiskFault)
  func remove(_ path: String) throws(DiskFault)
  /// An exclusive `flock(2)` on a file that is made where it is missing and never removed; nil where another holds it.
  func lock(_ path: String) throws(DiskFault) -> DiskFile?
  /// Bytes that a normal user may still write.
  func freeBytes(_ path: String) throws(DiskFault) -> Int
  func close(_ file: DiskFile)
}

extension DiskFault {
  static let noSpace = ENOSPC
  /// The disk, or the person's share of it, is full.
  public var isNoSpace: Bool { errno == ENOSPC || errno == EDQUOT }
}
