// LaptopLimits: every limit of the room in one table.

public enum LaptopLimits {
  /// A snapshot of the register is kept when so many records were folded since the last one: fewer are folded in a tenth of a second.
  public static let snapshotRecordsMin = 1_000
  /// Bytes that must be free for that: a snapshot is never worth a visit that cannot be saved.
  public static let snapshotFreeBytesMin = 1_073_741_824
}
