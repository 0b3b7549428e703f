// Departments: what other departments send, read by profiles that are data (seeds/profiles, docs/department-data.md). Knows Tables,
// Yaml and Relief; opens no file: whoever calls brings the bytes. A file is a batch, taken whole or refused; rows that are wrong are set
// aside with row, column and reason, to be handed back.

public import Relief

/// What a column's cells are.
public enum ColumnType: String, Sendable, CaseIterable {
  /// 居民身份证号码, 18 or 15 characters.
  case idNumber = "id_number"
  case name
  case date
  /// 元 or 万元, kept as 分.
  case amount
  /// A label with a code behind it.
  case code
  case number
  /// 行政区划: a code, or a name.
  case division
  case text

  /// Whether a cell that a merged range covers may count as an empty one. Who it is, when it was and how much it was may not: the value
  /// stands in another row, and whose it is nobody says.
  var mayBeCovered: Bool {
    switch self {
    case .idNumber, .name, .date, .amount: false
    case .code, .number, .division, .text: true
    }
  }
}

/// A column of a list, under every name it has in files.
public struct ProfileColumn: Equatable, Sendable {
  public var name: String
  public var headers: [String]
  public var type: ColumnType
  public var isRequired: Bool
  /// `list.property` of docs/facts.md that the cell says; nil where it only helps to find the person.
  public var property: String?
  /// Of an amount: 分 in one unit of the file.
  public var fenPerUnit: Int64 = 100
  /// Of a date: whether a year, or a year and a month, will do.
  public var allowsPartial = false
  /// Of an identity number: whether a row stays when the number's own check fails. It then has no number to compare by, only the
  /// text, and can be 疑似 at most.
  public var keepsDoubtful = true
  /// Of a code: label → code.
  public var codes: [String: String] = [:]
  /// Whether it is the list's own, and not one that every list of the department has: what tells one list from another.
  public var isTelling = false

  public init(name: String, headers: [String], type: ColumnType, isRequired: Bool = false, property: String? = nil) {
    (self.name, self.headers, self.type, self.isRequired, self.property) = (name, headers, type, isRequired, property)
  }
}

/// What stands in a row that has no date of its own.
public enum DefaultDate: Equatable, Sendable {
  /// The date given with the file: what day the list is of.
  case given
  case none
  /// yyyy-MM-dd
  case fixed(String)
}

/// One kind of list of one department.
public struct DepartmentProfile: Equatable, Sendable {
  /// As `referral.department` of docs/facts.md; `own` for one of your own.
  public var department: String
  public var departmentTitle: String
  /// Names the list within the department.
  public var list: String
  public var title: String
  /// What a row means, in words.
  public var meaning: String
  /// Whether a row speaks of a person or of a household (through its head): then what it says is said of the household once, whoever of it
  /// is named, and what it gave is the household's.
  public var isOfHousehold: Bool
  /// Name of the sheet; nil: the first one that is not hidden.
  public var sheet: String?
  /// The header is one of so many first rows.
  public var headerWithin: Int
  /// The list of facts (docs/facts.md) that a row asserts; of lists of `assistance` what was given is written down.
  public var asserts: String
  /// Properties of that fact that every row has.
  public var set: [(property: String, value: String)] { sets.map { ($0.property, $0.value) } }
  /// For rows whose `dateColumn` is empty or not in the file.
  public var defaultDate: DefaultDate
  /// How often the list is to come; `unset` where the profile says nothing.
  public var period: DepartmentList.Period
  public var columns: [ProfileColumn]
  /// Names of columns of which a file must have one at least; none: any file with the required ones will do.
  public var needsAny: [String] = []

  struct Constant: Equatable, Sendable { var property: String, value: String }
  var sets: [Constant]

  /// The column that says when what the row states was: the one named `date`.
  public var dateColumn: ProfileColumn? { columns.first { $0.name == "date" && $0.type == .date } }

  /// `department/list`, the name of the profile.
  public var id: String { department + "/" + list }
}
