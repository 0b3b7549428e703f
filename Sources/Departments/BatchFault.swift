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
