// What was odd about a value and is right now, each with its name; and what makes a row wrong.

public struct ValueFindings: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// An apostrophe before the text, typed or put there against formulas.
  public static let leadingApostrophe = ValueFindings(rawValue: 1 << 0)
  /// `="…"`, so that a spreadsheet keeps digits.
  public static let textFormula = ValueFindings(rawValue: 1 << 1)
  /// Blanks before, behind or within, of any kind.
  public static let blanks = ValueFindings(rawValue: 1 << 2)
  /// Wide digits or letters.
  public static let wideCharacters = ValueFindings(rawValue: 1 << 3)
  /// A small `x` at the end of an identity number.
  public static let smallX = ValueFindings(rawValue: 1 << 4)
  /// An old number of fifteen digits: compared by the one it became.
  public static let oldNumber = ValueFindings(rawValue: 1 << 5)
  /// An identity number whose check character does not fit, or whose date of birth the calendar does not have: kept as text only.
  public static let doubtfulNumber = ValueFindings(rawValue: 1 << 6)
  /// An identity number that stood in the file as a number, in full.
  public static let numberAsNumber = ValueFindings(rawValue: 1 << 7)
  /// Written otherwise than yyyy-MM-dd.
  public static let dateRewritten = ValueFindings(rawValue: 1 << 8)
  /// A day number of a spreadsheet.
  public static let serialDate = ValueFindings(rawValue: 1 << 9)
  public static let partialDate = ValueFindings(rawValue: 1 << 10)
  /// A time of day that is not kept.
  public static let timeDropped = ValueFindings(rawValue: 1 << 11)
  /// Commas within an amount.
  public static let thousands = ValueFindings(rawValue: 1 << 12)
  /// A unit (元, 万元) that the cell or the header says.
  public static let unitRead = ValueFindings(rawValue: 1 << 13)
  /// An amount finer than 分, rounded half up.
  public static let rounded = ValueFindings(rawValue: 1 << 14)
  /// An amount below zero: something was taken back. The row still names its person.
  public static let negative = ValueFindings(rawValue: 1 << 15)
  /// Another dot than `·` between the parts of a name.
  public static let middleDot = ValueFindings(rawValue: 1 << 16)
  /// The value was computed by a formula.
  public static let formula = ValueFindings(rawValue: 1 << 17)
  /// Line breaks or tabs within, now blanks.
  public static let lineBreaks = ValueFindings(rawValue: 1 << 18)

  /// Each by its name, for counting.
  public static let named: [(name: String, finding: ValueFindings)] = [
    ("leading_apostrophe", .leadingApostrophe), ("text_formula", .textFormula), ("blanks", .blanks),
    ("wide_characters", .wideCharacters), ("small_x", .smallX), ("old_number", .oldNumber), ("doubtful_number", .doubtfulNumber),
    ("number_as_number", .numberAsNumber), ("date_rewritten", .dateRewritten), ("serial_date", .serialDate),
    ("partial_date", .partialDate), ("time_dropped", .timeDropped), ("thousands", .thousands), ("unit_read", .unitRead),
    ("rounded", .rounded), ("negative", .negative), ("middle_dot", .middleDot), ("formula", .formula), ("line_breaks", .lineBreaks),
  ]
}

/// Why a row is set aside.
public enum RowReason: Equatable, Sendable {
  case missing
  /// Something stands to the right of the last column that has a name; nobody knows what it is, nor whether all before it is in its place.
  case beyondHeader(column: Int)
  /// An identity number as a spreadsheet leaves it: scientific notation, or zeros for its last digits.
  case lostDigits
  case numberLength(Int)
  /// Position from 1.
  case numberCharacter(at: Int)
  /// The check character does not fit; only where the profile wants such rows rejected.
  case numberCheck
  case notADate
  /// Only a year, or a year and a month, where a whole date is wanted.
  case partialDate
  case notAnAmount
  case notANumber
  /// What it may be, in the order of the codes.
  case notOneOf([String])
  /// An error value of the spreadsheet.
  case errorValue(String)
  /// A formula without its value.
  case formulaWithoutValue
  /// The value stands in another cell of a merged range.
  case coveredByMerge
  case tooLong(max: Int)
  case controlCharacter
}
