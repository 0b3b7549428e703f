// DepartmentsLimits: bounds of profiles and of one batch (docs/limits.md repeats them).

public enum DepartmentsLimits {
  /// Lists of one department's profile.
  public static let lists = 64
  /// Columns of one list.
  public static let columns = 64
  /// Names a column may have in files.
  public static let headers = 64
  /// Codes of one column.
  public static let codes = 1_000
  /// Rows at the top in which a profile may have the header looked for.
  public static let headerWithin = 100
  /// Months after which a list may be said to be due.
  public static let everyMonths = 36
  /// Other sheets of a workbook that are looked at for a header that fits as well.
  public static let sheetsLooked = 32
  /// Rows of one batch that may be set aside; with more, the file is the wrong one and the batch is refused.
  public static let rejectedRows = 100_000
  /// Bytes of one value that is kept (a Chinese character is three).
  public static let valueBytes = 6_000
}
