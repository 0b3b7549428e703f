// ExportFolder: files that leave the laptop on purpose, in a folder that people find: `导出` below the data directory, readable by their
// owner only. Each is written aside, synced and renamed, so nobody carries off half a list.

import Glibc
import Screens

enum ExportFolder {
  /// - Returns: the folder's path.
  /// - Throws: the first thing that went wrong; files written before it stay.
  static func write(_ files: [ExportedFile], below data: String) throws(SaveFault) -> String {
    let folder = data + "/导出"
    if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw SaveFault(errno: errno) }
    for file in files { try write(Array(file.text.utf8), to: folder + "/" + file.name) }
    return folder
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(SaveFault) {
    let aside = path + ".new"
    _ = unsafe unlink(aside)
    let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SaveFault(errno: errno) }
    let isWhole = SmallFile.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let reason = errno
    close(descriptor)
    guard isWhole, unsafe rename(aside, path) == 0 else {
      let fault = SaveFault(errno: isWhole ? errno : reason)
      _ = unsafe unlink(aside)
      throw fault
    }
  }
}
