// Workspace: what the screens know of the opened laptop, as one value. The runner makes it and sends a new one
// whenever it changed.

internal import Derivation
public import Relief
public import XForm

public struct Workspace: Sendable {
  public var identity: Identity
  public var register: Register
  public var drafts: [DraftSummary]
  /// Records in this laptop's journal that the county has not confirmed.
  public var pendingUploadCount: Int
  /// Households (entity ids) with a record among those.
  public var pendingHouseholds: Set<String>
  /// The form a new visit is typed with.
  public var visitForm: VisitForm
  /// A newer published visit form does not parse; `visitForm` is the newest that does.
  public var hasBrokenForm: Bool
  /// What else can be typed, in the order of the menu: the newest version of every other form that says which record it becomes.
  public var otherForms: [VisitForm]
  /// Older published versions, for drafts and for reading, by `FormKey`.
  public var olderForms: [FormKey: VisitForm]
  /// Civil date of today, "2026-11-24".
  public var today: String
  public var space: FreeSpace
  /// 回车确认: nothing goes on by itself, every answer wants its Enter.
  public var confirmsEveryField = false
  /// The county's clock minus this machine's in seconds, where this machine's is wrong.
  public var clockAhead: Int?
  /// Saved records that the disk lost and nobody has confirmed to know of.
  public var losses: [LostVisits] = []
  /// Clock, randomness and device for forms.
  public var surroundings: Surroundings
  /// The id a name has in this county (`NamedID`): what two people write down under one name is one thing.
  public var namedID: @Sendable (_ kind: String, _ name: [String]) -> String = { kind, name in ([kind] + name).joined(separator: "/") }
  /// The index of the households, kept by the runner; where there is none a screen makes its own.
  public var search: HouseholdSearch?
  /// What the desk lists, kept by the runner of somebody who works at one; where there is none a screen makes its own lists.
  public var desk: DeskBook?
  /// The clocks and figures in force today, as the county set them.
  public var rules = CaseRules()
  /// Of somebody who gives work to others: the laptops the county gave out in the same divisions.
  public var devices: [KnownDevice] = []

  public init(
    identity: Identity, register: Register, drafts: [DraftSummary] = [], pendingUploadCount: Int = 0,
    pendingHouseholds: Set<String> = [], visitForm: VisitForm, hasBrokenForm: Bool = false, otherForms: [VisitForm] = [],
    olderForms: [FormKey: VisitForm] = [:], today: String, space: FreeSpace = .plenty, surroundings: Surroundings
  ) {
    self.identity = identity
    self.register = register
    self.drafts = drafts
    self.pendingUploadCount = pendingUploadCount
    self.pendingHouseholds = pendingHouseholds
    self.visitForm = visitForm
    self.hasBrokenForm = hasBrokenForm
    self.otherForms = otherForms
    self.olderForms = olderForms
    self.today = today
    self.space = space
    self.surroundings = surroundings
  }

  /// This moment, for the rules that count hours.
  var now: Instant {
    let moment = surroundings.now()
    return Instant(moment.date + "T" + moment.time) ?? Instant(seconds: 0)
  }

  /// The narrowest division that holds every scope of this person. A laptop holds nothing beyond them, so a list over it leaves none
  /// of them out; nil for somebody without a scope.
  var division: Division? { Division.common(identity.scopes.compactMap { Division($0) }) }

  /// Whether this person may review today: by their role, or standing in for a supervisor.
  var reviewsToday: Bool { register.mayReview(identity.author, on: CivilDate(today)) }

  /// The form of an id and version: the current one, or an older one that is still here.
  public func form(_ key: FormKey) -> VisitForm? {
    visitForm.key == key ? visitForm : otherForms.first { $0.key == key } ?? olderForms[key]
  }
}

public struct FormKey: Hashable, Sendable {
  public var id: String
  public var version: String?

  public init(id: String, version: String?) {
    self.id = id
    self.version = version
  }
}

/// A form ready to be typed into, with what is made of it once: the paths and numbers of its fields.
public struct VisitForm: Sendable {
  public let definition: FormDefinition
  /// Where the form chooses among what the register knows of a household (`EntityLists`): its text, to be read again with these lists.
  let source: FormSource?
  let numbers: FieldNumbers
  /// Generic paths of every bind.
  let paths: [String]

  public init(_ definition: FormDefinition) { self.init(definition, source: nil) }

  /// Reads a form; its lists of entities (`person.csv`) stay empty until it opens for a household.
  public init(parsing xml: [UInt8], name: String, media: [String: [UInt8]] = [:]) throws(FormFault) {
    let lists = try FormDefinition.attachmentNames(in: xml, name: name).filter { media[$0] == nil && EntityListFile.list(of: $0) != nil }
    let source = FormSource(xml: xml, name: name, media: media, lists: lists)
    self.init(try source.definition { _ in EntityListFile.empty }, source: lists.isEmpty ? nil : source)
  }

  /// The same form with its lists filled for one household.
  func filled(for household: String, _ register: Register) -> VisitForm {
    guard let source else { return self }
    let lists = EntityLists(
      household, register, unnamed: Words.Today.unknownHead, neighboursMax: Limits.neighboursMax)
    guard let definition = try? source.definition({ lists.csv($0) }) else { return self }
    return VisitForm(definition, source: source)
  }

  private init(_ definition: FormDefinition, source: FormSource?) {
    self.definition = definition
    self.source = source
    let check = FormCheck(definition)
    numbers = FieldNumbers(check)
    paths = check.items.map(\.path)
  }

  public var key: FormKey { FormKey(id: definition.id, version: definition.version) }

  /// The type of record the form becomes (`zf:record`); a form that does not say is a visit.
  public var recordType: RecordType { definition.marks["record"].map { RecordType(rawValue: $0) } ?? .visit }

  /// What the form is about (`zf:about`).
  public enum Subject: String, Sendable {
    /// One household, chosen before the form opens.
    case household
    /// A household if there is one: it opens from a household and without one.
    case any
    /// No household.
    case none
  }

  public var subject: Subject { definition.marks["about"].flatMap { Subject(rawValue: $0) } ?? .household }

  /// Place in the menu (`zf:order`); a form without one is opened by a screen that knows what it answers, never from the menu.
  public var order: Int? { definition.marks["order"].flatMap { Int($0) } }
}

/// The text of a form and the files it names.
struct FormSource: Sendable {
  var xml: [UInt8]
  var name: String
  var media: [String: [UInt8]]
  /// Names of the files that are lists of entities.
  var lists: [String]

  func definition(_ list: (String) -> [UInt8]) throws(FormFault) -> FormDefinition {
    var attachments = media
    for name in lists { attachments[name] = list(name) }
    return try FormDefinition(parsing: xml, name: name, attachments: attachments)
  }
}

/// Who works at this laptop, as enrolled.
public struct Identity: Equatable, Sendable {
  public var person: String
  public var name: String
  public var role: Role
  /// Division-code prefixes this person works in.
  public var scopes: [String]
  /// Name of the county, for the title.
  public var county: String
  /// The made-up village: nothing typed here goes to a real county.
  public var isPractice: Bool

  public init(person: String, name: String, role: Role, scopes: [String], county: String, isPractice: Bool = false) {
    self.person = person
    self.name = name
    self.role = role
    self.scopes = scopes
    self.county = county
    self.isPractice = isPractice
  }
}

extension Identity {
  /// Where this person works, if that is one place: where the grant names several, nobody knows which of them is meant.
  var onlyDivision: Division? {
    let common = Division.common(scopes.compactMap { Division($0) })
    return common.flatMap { scopes.contains($0.code) ? $0 : nil }
  }

  /// Whether a division lies in what the grant names.
  func reaches(_ division: String) -> Bool { scopes.contains { division.hasPrefix($0) } }

  /// As the records of this laptop name it.
  var author: Author { Author(person: person, name: name, role: role) }
}

/// A draft as the list shows it: its id and its first entry.
public struct DraftSummary: Equatable, Sendable {
  public var id: String
  public var beginning: DraftBeginning
  /// Of a form about no household that is known: the first answer given in words, which says whom or what the draft is about; '' where
  /// there is none yet.
  public var words: String

  public init(id: String, beginning: DraftBeginning, words: String = "") {
    self.id = id
    self.beginning = beginning
    self.words = words
  }

  /// As the disk has it: what the entries say once they are replayed; nil where the first is no beginning.
  public init?(id: String, entries: [DraftEntry]) {
    guard case .begun(let beginning)? = entries.first else { return nil }
    self.init(id: id, beginning: beginning, words: Self.firstWords(entries))
  }

  /// Whether the first words are worth reading the whole draft for: nothing else says whom it is about.
  public static func needsWords(_ beginning: DraftBeginning) -> Bool {
    if case .record = beginning.purpose { beginning.head.isEmpty } else { false }
  }

  private static func firstWords(_ entries: [DraftEntry]) -> String {
    var done: [[DraftChange]] = []
    var undone: [[DraftChange]] = []
    for entry in entries {
      switch entry {
      case .step(let changes, _):
        done.append(changes)
        undone = []
      case .undone: if let last = done.popLast() { undone.append(last) }
      case .redone: if let last = undone.popLast() { done.append(last) }
      default: continue
      }
    }
    var order: [String] = []
    var answers: [String: String] = [:]
    for case .answered(let path, let value) in done.joined() {
      if answers.updateValue(value, forKey: path) == nil { order.append(path) }
    }
    return order.lazy.compactMap { answers[$0] }.first(where: isWords) ?? ""
  }

  /// A choice is kept as its code, a date and a number as digits: what is not of these letters was typed as words.
  static func isWords(_ value: String) -> Bool { value.unicodeScalars.contains { !$0.isASCII } }
}

/// Room on the disk that holds the journal.
public enum FreeSpace: Equatable, Sendable {
  case plenty
  /// Enough for this evening; whole megabytes left.
  case low(megabytes: Int)
  /// Typing would not be saved; whole megabytes left.
  case full(megabytes: Int)
}
