// What can go wrong at the county before or outside a request: facts only. The sentences are the program's.

public import Departments
public import Papers

public enum CountyFault: Error, Equatable, Sendable {
  /// `init` found a county, or something else, in the directory.
  case directoryTaken(path: String)
  /// No county in the directory.
  case noCounty(path: String)
  case cannotWrite(path: String)
  case cannotRead(path: String)
  /// county.yaml cannot be understood; `detail` is what the YAML reader says.
  case badConfiguration(path: String, detail: String)
  /// A key file that holds no such key.
  case badKey(path: String)
  case badAddress(String)
  case badHost(String)
  case badScope(String)
  /// A place inside the county that its table of divisions does not have; `near` are some that it has, code and name.
  case noPlace(String, near: [String])
  /// Days that have not begun by today.
  case notBegun(from: String, today: String)
  /// The last day is before the first.
  case daysReversed(from: String, to: String)
  /// A county's own code that is not six digits.
  case badDivision(String)
  case badRole(String)
  /// A role that has no laptop.
  case noLaptop(String)
  /// A role that does not look at the page.
  case badPageRole(String)
  /// The person has an account of the page, or has none.
  case pageUserTaken(String)
  case noPageUser(String)
  case badPerson
  /// An identity number where a number of the county's own is wanted.
  case personIsNumber
  /// No household of this number or id.
  case noHousehold(String)
  /// A household that a visitor is to see, outside the places that are named.
  case householdOutside(String, division: String)
  /// Somebody who sees single households, and none is named.
  case noHouseholds
  case noPaper(String, known: [String])
  /// Files of these names stand where papers were to be written; nothing was, and nothing was written down.
  case filesTaken([String])
  /// Where a list's rows that are set aside were to go stands a file, or the list itself; nothing was taken in.
  case fileTaken(path: String, isInput: Bool)
  /// No number of an export in this text, or none that marks what was entered; `recent` are the last ones, newest first.
  case noExport(String, recent: [ExportMade])
  /// No form of this id is published for today, or not the one a record was typed into; `known` are those there are.
  case noForm(String, known: [String])
  /// No record or household of this id has a filled form.
  case noSubmission(String)
  /// No font that a PDF can embed; the path that was named, nil where none was and none of the usual ones is there.
  case noFont(path: String?)
  /// No `yyyy-MM`, or a settle day that some month does not have the day after of.
  case badMonth(String)
  /// An export profile that cannot be read.
  case exportProfile(ExportProfileFault)
  /// Empty, too long, or with control characters.
  case badCountyName
  case noSuchDevice(String)
  /// A file that cannot be read as a table.
  case table(TableFault)
  /// A table with rows that cannot be imported; nothing was.
  case rows([RowProblem])
  /// A form that cannot be read; the sentence names file, line and node.
  case form(String)
  /// A file of policy parameters that cannot be read; the sentence names file, line and key.
  case parameters(String)
  /// A department's list that cannot be taken in; nothing was.
  case list(BatchFault)
  /// A profile that cannot be read.
  case profile(ProfileFault)
  /// No profile of this name; `known` are those there are.
  case noProfile(String, known: [String])
  /// No folder of profiles.
  case noProfiles(path: String)
  /// Two lists were taken in at one time: of the one that began first nothing is kept.
  case importedAtOnce
  /// No batch of this id.
  case noSuchBatch(String)
  /// Text that is no whole date.
  case badDate(String)
  /// A reason that says nothing, is too long, or has control characters.
  case badReason
  /// A list of a day that has not come yet.
  case futureDate(String, today: String)
  /// The same form id and version were published with other content.
  case formVersionTaken(id: String, version: String)
  /// What was to be written is more than one record may hold; the limit's name in Wire's `Limits`.
  case overLimit(String)
  /// The county's own journal could not take a record.
  case journal(detail: String)
  /// The store answered with an error; `detail` never holds a value.
  case store(detail: String)
  /// There is no room on the disk; nothing was written. Bytes, where they are known.
  case diskFull(free: Int?, needed: Int?)
  /// An import stopped behind its first `kept` records: those are in the county's journal, and the same file again adds
  /// the others.
  case importUnfinished(kept: Int, of: Int, detail: String)
  /// The county's own journal is open in another process.
  case journalBusy
  /// The database was made by a newer program.
  case newerStore(version: Int)
  /// The database file is damaged, or no database.
  case storeDamaged(path: String, detail: String)
  /// No certificate could be made, or certificate and key do not fit.
  case certificate(detail: String)
  /// A file that holds no such certificate or key.
  case badCertificate(path: String, detail: String)
  /// Another program has the port.
  case portTaken(Int)
  /// The port may not be taken by this user, or the address is none of this machine's.
  case cannotBind(address: String, port: Int, isForbidden: Bool)
  /// The server ended with an error.
  case cannotListen(detail: String)
}

extension CountyFault {
  /// The fault in a few words without a sentence, for one that is part of another.
  var detail: String {
    switch self {
    case .journal(let detail), .store(let detail): detail
    case .diskFull: "disk full"
    default: String(describing: self)
    }
  }
}

/// One row of a file that cannot be imported.
public struct RowProblem: Equatable, Sendable {
  public var line: Int
  public var column: String
  public var reason: Reason

  public enum Reason: Equatable, Sendable {
    case missing
    case notADivision
    case unknownDivision
    case notADate
    case notAnIdentityNumber
    case notOneOf([String])
    /// Another row, at this line, says something else about the same thing.
    case contradicts(line: Int)
    case tooLong(limit: Int)
    /// A character that is not seen and no blank: most often what another program left in the cell.
    case controlCharacter
    case unknownHousehold
    /// The last day is before the first.
    case endsBeforeStart
    /// A spreadsheet made a number of it (1.30599E+17): its last digits are gone.
    case lostDigits
    case notUnder(String)
  }
}
