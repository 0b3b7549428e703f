// TablesLimits: bounds of every table that is read or written, so that no file can eat the machine (docs/limits.md repeats them).

public enum TablesLimits {
  /// Bytes of a .csv file; it is held in memory while it is read, and once more while it is turned from GB18030 into UTF-8.
  public static let csvBytes = 256 << 20
  /// Bytes of an .xlsx file as it is packed; it is held in memory while it is read.
  public static let xlsxBytes = 256 << 20
  /// Rows of a .csv file that hold something.
  public static let csvRows = 2_000_000
  /// Rows of a sheet: what the format has.
  public static let sheetRows = 1_048_576
  /// Columns of a table: the last one that holds something.
  public static let columns = 512
  /// Bytes of one cell; a spreadsheet allows 32,767 characters.
  public static let cellBytes = 131_072
  /// Lines at the top of a .csv file in which the character that parts columns is looked for.
  public static let delimiterLines = 20
  /// Parts of an .xlsx package.
  public static let parts = 4_096
  /// Bytes a sheet unpacks to: a million rows of twenty columns are about this.
  public static let sheetBytes = 2 << 30
  /// Bytes the table of shared texts unpacks to.
  public static let stringPartBytes = 512 << 20
  /// Bytes every other part that is read unpacks to.
  public static let smallPartBytes = 16 << 20
  /// How many times its packed size a part may unpack to; a real sheet of empty rows comes to about 60.
  public static let unpackRatio = 250
  /// Bytes that a part may unpack to before the ratio is looked at.
  public static let unpackFreeBytes = 4 << 20
  /// Shared texts of one workbook, and their bytes without the markup; they are held in memory.
  public static let strings = 8_000_000
  public static let stringBytes = 192 << 20
  /// Sheets of one workbook.
  public static let sheets = 256
  /// Cell styles of one workbook.
  public static let styles = 65_536
  /// Merged ranges of one sheet that are remembered; more are as many reasons to unmerge it.
  public static let merges = 65_536
  /// Depth of elements in one part.
  public static let markupDepth = 100
  /// Bytes that are unpacked and parsed in one go.
  public static let chunkBytes = 65_536
  /// Characters a sheet's name may have: what the format has.
  public static let sheetNameCharacters = 31
  /// Characters of one text cell that is written: what the format has.
  public static let writtenCharacters = 32_767
}
