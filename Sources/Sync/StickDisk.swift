// StickDisk: a stick is a disk of somebody else's making. Before a path on it is used its kind is asked for: a symbolic link there could
// lead anywhere on this machine, and is never followed.

internal import Glibc
public import Journal

public enum PathKind: Equatable, Sendable {
  case absent, directory, file
  /// A symbolic link, a device…
  case other
}

public protocol StickDisk: Disk {
  /// What stands there; a link is not followed.
  func kind(_ path: String) throws(DiskFault) -> PathKind
}

extension PosixDisk: StickDisk {
  public func kind(_ path: String) throws(DiskFault) -> PathKind {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .absent }
      throw DiskFault(.length, errno: errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    default: return .other
    }
  }
}

extension StickFault {
  init(_ fault: DiskFault) {
    switch fault.errno {
    case ENOSPC, EDQUOT: self = .full
    case EROFS, EACCES, EPERM: self = .readOnly
    case EIO, ENODEV, ENXIO, ENOENT, ESTALE, ENOTCONN: self = .gone
    default: self = .system(errno: fault.errno)
    }
  }
}

extension DiskFault {
  static let full = ENOSPC

  /// The file system has no such call: some drivers of a stick's format cannot sync a directory.
  var isUnsupported: Bool { errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP }
}
