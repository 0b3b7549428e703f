// WorkspaceMaker: from an opened Laptop to what the screens know of it.

import Journal
import Laptop
import Relief
import Wire
import Screens
import Wire
import XForm

/// Finds the forms, and remembers those it has parsed.
struct WorkspaceMaker {
  private var parsed: [String: VisitForm] = [:]
  /// Forms that do not parse, by the same hash: they are not tried again.
  private var broken: [String: OpenFault] = [:]
  /// The index of the households of one opened laptop.
  private var search: HouseholdSearch?
  /// What the desk of that laptop's person lists.
  private var desk: DeskBook?
  private weak var searched: Laptop?
  /// SHA-256 of the XML a form was parsed from, in hex.
  private(set) var hashes: [FormKey: String] = [:]

  /// The form every visit is typed with.
  static let visitFormID = "household-visit"
  /// The other forms that come with the program.
  static let shippedForms = [
    "quick-capture", "emergency", "application", "household-change", "case-step", "referral", "referral-answer", "assistance",
    "plan", "care-plan", "care-visit", "charity-match", "fund", "publicity", "training", "team", "emergency-followup", "risk-cleared",
    "application-notified",
  ]

  mutating func workspace(of laptop: Laptop) throws(OpenFault) -> Workspace {
    let register = laptop.register
    let today = laptop.clock.today
    let (newest, hasBrokenForm) = try visitForm(register, today: today)
    var older: [FormKey: VisitForm] = [:]
    for form in register.forms() {
      if let known = try? parse(Array(form.xform.utf8), name: form.id, media: form.media) { older[known.key] = known }
    }
    if let shipped = try? shippedForm(), older[shipped.key] == nil { older[shipped.key] = shipped }
    older[newest.key] = nil
    let others = otherForms(register, today: today)
    for form in others { older[form.key] = nil }
    let grant = laptop.enrolment.grant
    var workspace = Workspace(
      identity: Identity(
        person: grant.person, name: grant.name, role: laptop.enrolment.role, scopes: grant.scopes, county: grant.county,
        isPractice: laptop.enrolment.isPractice),
      register: register, drafts: try drafts(of: laptop), pendingUploadCount: laptop.pendingUploadCount,
      pendingHouseholds: laptop.pendingHouseholds, visitForm: newest, hasBrokenForm: hasBrokenForm,
      otherForms: others, olderForms: older, today: today, space: Self.space(laptop), surroundings: Self.surroundings(laptop))
    workspace.clockAhead = laptop.clockAhead.flatMap { LaptopClock.isWrong(by: $0) ? $0 : nil }
    workspace.losses = laptop.losses.map {
      LostVisits(
        numbers: $0.numbers.text, count: $0.numbers.count, uploaded: $0.uploaded.count, isTailUnknown: $0.isTailUnknown)
    }
    workspace.namedID = { kind, name in NamedID.make(in: grant.server, kind: kind, name) }
    if let day = CivilDate(today) { workspace.rules = CaseRules(register.policyParameters, on: day) }
    if search == nil || searched !== laptop { search = HouseholdSearch(register) } else { search?.follow(register) }
    workspace.search = search
    workspace.desk = workspace.desk(after: searched === laptop ? desk : nil)
    desk = workspace.desk
    searched = laptop
    // A cadre's laptop need not check the county's word on each.
    if laptop.enrolment.role.reviewsVisits || laptop.enrolment.role.writes(.campaign) {
      workspace.devices = laptop.devices.devices.map {
        KnownDevice(
          id: $0.deviceId, person: $0.person, name: $0.name, role: Role(rawValue: $0.role), scopes: $0.scopes, isRevoked: $0.isRevoked)
      }
    }
    return workspace
  }

  private func drafts(of laptop: Laptop) throws(OpenFault) -> [DraftSummary] {
    do {
      return try laptop.draftBeginnings().compactMap { draft in
        guard case .begun(let beginning)? = DraftEntry(decoding: draft.first) else { return nil }
        guard DraftSummary.needsWords(beginning), let entries = try? laptop.draftEntries(draft.id) else {
          return DraftSummary(id: draft.id, beginning: beginning)
        }
        return DraftSummary(id: draft.id, entries: entries.compactMap(DraftEntry.init(decoding:)))
      }
    } catch { throw OpenFault(error) }
  }

  /// The newest visit form that parses. One that does not must not keep anybody from visiting: that it is there is said.
  private mutating func visitForm(_ register: Register, today: String) throws(OpenFault) -> (VisitForm, hasBrokenForm: Bool) {
    let (found, hasBroken) = newest(Self.visitFormID, register, today: today)
    if let found { return (found, hasBroken) }
    return (try shippedForm(), hasBroken)
  }

  /// Of the published versions of a form that are to be used by today, the newest that parses.
  private mutating func newest(_ id: String, _ register: Register, today: String) -> (VisitForm?, hasBroken: Bool) {
    guard let day = CivilDate(today) else { return (nil, false) }
    var hasBroken = false
    for form in register.forms().reversed() where form.id == id && (form.from.map { $0 <= day } ?? true) {
      if let parsed = try? parse(Array(form.xform.utf8), name: id, media: form.media) { return (parsed, hasBroken) }
      hasBroken = true
    }
    return (nil, hasBroken)
  }

  /// Every other form somebody can type: what the county published, and for ids it never published what was shipped with the program.
  /// A version that does not parse is passed over here too (`zoufang form check` says what is wrong).
  private mutating func otherForms(_ register: Register, today: String) -> [VisitForm] {
    var forms: [VisitForm] = []
    let published = Set(register.forms().map(\.id)).subtracting([Self.visitFormID])
    for id in published.sorted() { if let form = newest(id, register, today: today).0 { forms.append(form) } }
    for name in Self.shippedForms where !forms.contains(where: { $0.key.id == name }) {
      guard let bytes = Place.shipped("forms/" + name + ".xml") else { continue }
      if let form = try? parse(bytes, name: name + ".xml", media: [:]) { forms.append(form) }
    }
    return forms.sorted { ($0.order ?? .max, $0.key.id) < ($1.order ?? .max, $1.key.id) }
  }

  private mutating func shippedForm() throws(OpenFault) -> VisitForm {
    let name = Self.visitFormID + ".xml"
    guard let bytes = Place.shipped("forms/" + name) else { throw .notShipped }
    return try parse(bytes, name: name, media: [:])
  }

  private mutating func parse(_ bytes: [UInt8], name: String, media: [String: String]) throws(OpenFault) -> VisitForm {
    let hash = Digest.sha256(bytes)
    if let form = parsed[hash] { return form }
    if let fault = broken[hash] { throw fault }
    let form: VisitForm
    do { form = try VisitForm(parsing: bytes, name: name, media: media.mapValues { Array($0.utf8) }) } catch {
      let fault = OpenFault.brokenForm(file: error.file, line: error.line, node: error.node)
      broken[hash] = fault
      throw fault
    }
    parsed[hash] = form
    hashes[form.key] = hash
    return form
  }

  /// Below this the next visits would not be saved; below the second an evening's work still is.
  static let fullBytes = 8 << 20
  static let lowBytes = 64 << 20

  static func space(_ laptop: Laptop) -> FreeSpace {
    guard let free = try? laptop.freeBytes() else { return .plenty }
    if free < fullBytes { return .full(megabytes: free >> 20) }
    return free < lowBytes ? .low(megabytes: free >> 20) : .plenty
  }

  private static func surroundings(_ laptop: Laptop) -> Surroundings {
    let clock = laptop.clock
    let grant = laptop.enrolment.grant
    return Surroundings(
      now: clock.now, random: { SystemRandomNumberGenerator.draw() }, deviceID: grant.deviceId, userName: grant.name)
  }
}

extension SystemRandomNumberGenerator {
  /// 64 fresh bits of the operating system.
  static func draw() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

extension OpenFault {
  init(_ fault: LaptopFault) {
    switch fault {
    case .newerVersion: self = .newerVersion
    case .inUse: self = .inUse
    case .noSuchDraft: self = .noSuchDraft
    case .disk(let fault) where fault.errno == 13 || fault.errno == 1: self = .noPermission
    case .disk(let fault): self = .system(errno: fault.errno)
    case .diskFull: self = .system(errno: 28)
    case .empty, .notEnrolled: self = .notEnrolled
    case .wrongPassphrase, .damaged: self = .keysDamaged
    case .unavailable: self = .sealingUnavailable
    case .badRecord, .tooLarge: self = .damaged(lines: 1)
    }
  }
}

extension OpenFault {
  init(_ fault: Practice.Fault) {
    switch fault {
    case .laptop(let fault): self.init(fault)
    case .noVillage, .badVillage: self = .notShipped
    }
  }
}

extension SaveFault {
  init(errno: Int32) {
    switch errno {
    case 30: self = .readOnlyDisk
    case 1, 13: self = .noPermission
    case 5: self = .ioError
    case 28, 122: self = .diskFull
    default: self = .system(errno: errno)
    }
  }

  init(_ fault: LaptopFault) {
    switch fault {
    case .diskFull: self = .diskFull
    case .tooLarge, .badRecord: self = .tooLarge
    case .disk(let fault): self.init(errno: fault.errno)
    default: self = .ioError
    }
  }
}
