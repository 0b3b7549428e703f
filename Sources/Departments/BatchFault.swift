// Why a whole file is refused: then nothing of it was taken.

public import Tables

public struct BatchFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// The file cannot be read at all, or not to its end.
    case table(TableFileFault.Kind)
    /// None of the first rows names any column of the profile: another list, or another sheet.
    case noHeader(within: Int)
    /// Required columns that the header does not have; each with the names it may have.
    case missingColumns([MissingColumn])
    /// None of the columns of which the profile needs one at least.
    case missingAnyOf([MissingColumn])
    /// Another list of the same department has more of the header's columns than this one has: it is that one, most likely. `headers` are
    /// those that are its own.
    case fitsAnother(profile: String, title: String, headers: [String])
    /// Several sheets have a header that fits, and nobody has said which is meant.
    case severalSheets([String])
    /// Two columns of the file (from 1) mean the same; `headers` are their names.
    case doubledColumn(name: String, headers: [String], columns: [Int])
    /// A name that stands over several columns, merged: which of them is meant nobody says.
    case mergedHeader(header: String, columns: ClosedRange<Int>)
    /// A header and nothing below it.
    case noRows
    /// So many rows had to be set aside that this is the wrong file.
    case tooManyRejected(max: Int)
    /// Every row had to be set aside; `first` is why the first one was.
    case everyRowRejected(count: Int, first: RowReason)
  }

  public struct MissingColumn: Equatable, Sendable {
    public var name: String
    public var headers: [String]
  }

  public var kind: Kind
  public var sheet: String?
  public var row: Int?
  public var column: Int?

  public init(_ kind: Kind, sheet: String? = nil, row: Int? = nil, column: Int? = nil) {
    (self.kind, self.sheet, self.row, self.column) = (kind, sheet, row, column)
  }

  init(_ fault: TableFileFault) { self.init(.table(fault.kind), sheet: fault.sheet, row: fault.row, column: fault.column) }
}
