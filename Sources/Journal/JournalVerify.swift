// JournalVerify — the verdict of every segment of a directory, without any key: framing, CRC, chain, signatures. It reads and
// touches nothing, not even the lock.

/// Looks at journals and touches nothing.
public enum JournalVerify {
  /// The report of one journal directory; nil where it holds no journal.
  public static func report(
    directory: String, disk: any Disk = PosixDisk()
  ) throws(JournalFault) -> JournalReport? {
    guard let survey = try JournalIndex.survey(directory: directory, disk: disk, fresh: true) else { return nil }
    if survey.scans.isEmpty && survey.head.isAbsent { return nil }
    return survey.report
  }

  /// The exit status of `journal verify`: 0 clean, 1 damaged, or with a loss that nobody has confirmed to know, 2 not readable by
  /// this version.
  public static func status(_ report: JournalReport) -> Int32 {
    if report.segments.contains(where: { $0.verdict == .newer }) { return 2 }
    return report.isClean && report.lossesUnseen.isEmpty ? 0 : 1
  }
}
