// VisitBeginning: how a visit starts: a fresh session with the household's ids and its members as rows, and what is
// known of them as proposals. The roster finds its fields by the form's own words: `zf:prefill="household#phone"`, or
// `entities:saveto` of a field that says `zf:carry="prefill"`.

import Derivation
import Relief
import XForm

struct VisitBeginning {
  let workspace: Workspace
  /// nil: a household nobody knows yet.
  let household: String?
  /// Submission XML of the last visit.
  let lastVisit: String?

  init(_ workspace: Workspace, household: String?, lastVisit: String?) {
    self.workspace = workspace
    self.household = household
    self.lastVisit = lastVisit
  }

  typealias Made = Result<VisitScreen, PendingOpening.Refusal>

  // MARK: The ways

  /// - Parameter head: name of the head of a household that nobody knows yet, as far as somebody typed it; '' where not.
  func visit(head: String = "") -> Made {
    let form = workspace.visitForm
    guard var session = fresh(form) else { return failure(.formMissing) }
    let id = household ?? workspace.surroundings.uuid()
    var prefill = known(form)
    var roster = Roster(workspace, household: id, form: form, session: session)
    roster.placeMembers(&session, &prefill)
    Self.addRows(&session, prefill)
    roster.setIdentities(&session, prefill)
    let warning = warning(of: id)
    roster.preset(warning, &session)
    if !warning.isEmpty { Self.setChannel(&session) }
    roster.propose(to: &prefill)
    roster.propose(head: head, to: &prefill, session)
    Self.replaceDefaults(&session, prefill)
    let beginning = DraftBeginning(
      purpose: .visit, household: id, head: head, division: division(of: id), form: form.key,
      instance: String(decoding: session.instanceXML(submission: false), as: UTF8.self))
    return .success(screen(form, session, prefill, beginning, draft: workspace.surroundings.uuid(), exists: false))
  }

  /// 发现渠道 of a visit that a warning sends somebody to is 监测预警 (R17); whoever types may say otherwise.
  private static func setChannel(_ session: inout Session) {
    let questions = VisitOutline(session).sections.flatMap(\.items).filter { $0.kind == .question }
    guard let asked = questions.first(where: { session.savedProperty(at: $0.path) == "channel" }) else { return }
    _ = session.preset(asked.path, "warning")
  }

  /// The warning that the village has in hand: the visit says what came of it.
  private func warning(of household: String) -> [String: String] {
    guard let warning = workspace.register.openWarning(of: household), warning.contested.isEmpty, warning.state.isWithVillage else {
      return [:]
    }
    let said = warning.findings.map(Words.Warnings.finding).joined(separator: "；")
    return ["warning": warning.id, "warning#text": String(said.prefix(Limits.warningHintCharacters))]
  }

  /// Any other form: nothing of an earlier visit, only what the register and the opening screen know.
  func form(_ id: String, _ presets: [String: String]) -> Made {
    guard var form = workspace.otherForms.first(where: { $0.key.id == id }) else { return failure(.formMissing) }
    // A form about any subject that opens without a household may make one: its id is fixed now, so that a draft keeps it.
    let subject = household ?? (form.subject == .none ? "" : workspace.surroundings.uuid())
    form = form.filled(for: subject, workspace.register)
    guard var session = fresh(form) else { return failure(.formMissing) }
    var prefill = Prefill()
    let roster = Roster(workspace, household: subject, form: form, session: session)
    roster.setIdentities(&session, prefill)
    roster.preset(here.merging(["here#village": roster.division]) { $1 }.merging(presets) { $1 }, &session)
    roster.propose(to: &prefill)
    Self.replaceDefaults(&session, prefill)
    let beginning = DraftBeginning(
      purpose: .record(type: form.recordType.rawValue), household: subject, division: division(of: subject), form: form.key,
      instance: String(decoding: session.instanceXML(submission: false), as: UTF8.self))
    var screen = screen(form, session, prefill, beginning, draft: workspace.surroundings.uuid(), exists: false)
    screen.beginBehind(roster.paths(of: presets))
    return .success(screen)
  }

  /// The draft that the same act began earlier and nobody finished: the same form, told the same by the screen that opens it (which step of
  /// which case, which slip). A form that is told nothing may be wanted twice.
  func begun(_ id: String, _ presets: [String: String]) -> DraftSummary? {
    guard !presets.isEmpty else { return nil }
    return workspace.drafts.first { draft in
      let beginning = draft.beginning
      guard beginning.form.id == id, household == nil || beginning.household == household,
        let form = workspace.form(beginning.form)?.filled(for: beginning.household, workspace.register), let blank = fresh(form),
        let begun = resumed(form, beginning.instance)
      else { return false }
      return Roster(workspace, household: beginning.household, form: form, session: blank).holds(presets, in: begun)
    }
  }

  /// Where the person at the keyboard works: `here#division`, and its township, `here#township`. (`here#village` is the household's
  /// village, or the one village of whoever has only one.) Of several divisions none is chosen: the form asks.
  private var here: [String: String] {
    guard let scope = workspace.identity.onlyDivision?.code else { return [:] }
    return ["here#division": scope, "here#township": String(scope.prefix(9))]
  }

  func resumed(_ draft: DraftSummary, _ entries: [DraftEntry]) -> Made {
    let beginning = draft.beginning
    guard let form = workspace.form(beginning.form)?.filled(for: beginning.household, workspace.register) else {
      return failure(.opened(.unknownForm(id: beginning.form.id, version: beginning.form.version)))
    }
    guard let session = resumed(form, beginning.instance) else { return failure(.unreadable) }
    var prefill = Prefill()
    var roster = Roster(workspace, household: beginning.household, form: form, session: fresh(form) ?? session)
    switch beginning.purpose {
    case .visit:
      prefill = known(form)
      prefill.align(to: session)
      roster.findMembers(in: session)
      roster.propose(to: &prefill)
      roster.propose(head: beginning.head, to: &prefill, session)
    case .record: roster.propose(to: &prefill)
    case .amendment(let record, _) where workspace.register.visit(record)?.isMet == false:
      roster.findMembers(in: session)
      roster.propose(to: &prefill, withCampaign: false)
    case .amendment, .verification: break
    }
    var screen = screen(form, session, prefill, beginning, draft: draft.id, exists: true)
    if case .amendment(let record, _) = beginning.purpose {
      if let visit = workspace.register.visit(record) { screen.take(visit.notes) }
      screen.take(ReviewComment(on: record, workspace.register, session))
    }
    screen.replay(entries)
    return .success(screen)
  }

  func amendment(of visit: Relief.Visit, submission: String, reason: String) -> Made {
    guard let form = form(of: visit) else { return failure(.formMissing) }
    guard var session = resumed(form, submission) else { return failure(.unreadable) }
    var prefill = Prefill()
    if !visit.isMet { meet(visit.household, form, &session, &prefill) }
    let beginning = DraftBeginning(
      purpose: .amendment(of: visit.record, reason: reason), household: visit.household, division: visit.division,
      form: form.key, instance: String(decoding: session.instanceXML(submission: false), as: UTF8.self))
    var screen = screen(form, session, prefill, beginning, draft: workspace.surroundings.uuid(), exists: false)
    screen.take(visit.notes)
    screen.take(ReviewComment(on: visit.record, workspace.register, session))
    return .success(screen)
  }

  /// A submission that met nobody has no rows. Where its amendment meets somebody, those are the people of the roster: with rows begun
  /// anew everybody would stand in the register twice.
  private func meet(_ household: String, _ form: VisitForm, _ session: inout Session, _ prefill: inout Prefill) {
    // Where nobody was met the session shows no rows to ask about; a fresh one does.
    guard let blank = fresh(form) else { return }
    var roster = Roster(workspace, household: household, form: form, session: blank)
    roster.placeMembers(&session, &prefill)
    roster.setIdentities(&session, prefill)
    roster.propose(to: &prefill, withCampaign: false)
    Self.replaceDefaults(&session, prefill)
  }

  /// A finished record of any form, read-only.
  func reading(_ record: Record, submission: String) -> Result<ReadScreen, PendingOpening.Refusal> {
    let subject = record.household ?? ""
    let isVisit = record.type == .visit || record.type == .amendment
    guard let form = form(record.form, of: subject, isVisit: isVisit) else {
      return .failure(PendingOpening.Refusal(message: .formMissing))
    }
    guard let session = resumed(form, submission) else { return .failure(PendingOpening.Refusal(message: .unreadable)) }
    var headline = isVisit ? headline(of: subject) : form.definition.title
    if !isVisit, workspace.register.household(subject) != nil { headline += " " + self.headline(of: subject) }
    if workspace.register.holds(record.id) == false { headline += Words.Read.amended }
    if workspace.register.visit(record.id)?.isContested == true { headline += Words.Read.contested }
    let today = CivilDate(workspace.today)
    var paper = PaperForm(filled: session, of: form.definition, record: record.id)
    paper.about = [headline, Words.Read.paperAbout(record.author.name, String(record.wall.prefix(16)))]
    let minors = workspace.register.persons(of: subject).filter { person in today.flatMap { person.age(on: $0) }.map { $0 < 14 } ?? false }
    return .success(
      ReadScreen(
        session, household: subject, headline: headline, notes: VisitNote.notes(in: record.body), minors: Set(minors.map(\.id)),
        verification: workspace.register.visit(record.id)?.verification, paper: paper))
  }

  // MARK: Parts

  func failure<Made>(_ message: Message) -> Result<Made, PendingOpening.Refusal> {
    .failure(PendingOpening.Refusal(message: message))
  }

  func screen(
    _ form: VisitForm, _ session: Session, _ prefill: Prefill, _ beginning: DraftBeginning, draft: String, exists: Bool
  ) -> VisitScreen {
    var headline = headline(of: beginning.household)
    if !beginning.head.isEmpty, workspace.register.household(beginning.household) == nil { headline += " " + beginning.head }
    switch beginning.purpose {
    case .visit: break
    case .record:
      let isKnown = workspace.register.household(beginning.household) != nil
      headline = form.definition.title + (isKnown ? " " + headline : "")
    case .amendment: headline = Words.Visit.amending + " " + headline
    case .verification: headline = Words.Verify.title + Words.Verify.secondTyping + " " + headline
    }
    var prefill = prefill
    prefill.begin(with: session)
    var screen = VisitScreen(
      form, session: session, prefill: prefill, saver: DraftSaver(id: draft, beginning: beginning, exists: exists),
      headline: headline, today: workspace.today, scopes: workspace.identity.scopes,
      personsKnown: personsKnown(session, beginning.purpose), confirmsEveryField: workspace.confirmsEveryField)
    if case .record = beginning.purpose { screen.about = about(form, session, beginning.household) }
    return screen
  }

  /// The risk, slip, emergency or application that the form was told to end.
  private func about(_ form: VisitForm, _ session: Session, _ household: String) -> String? {
    guard OpenMatter.forms.contains(form.key.id) else { return nil }
    let roster = Roster(workspace, household: household, form: form, session: session)
    return OpenMatter.rows(household, workspace).first { $0.form == form.key.id && roster.holds($0.presets, in: session) }?.text
  }

  /// Whom the form's rows are about, of those the register knows; of an amendment, knows from another record than the one it replaces.
  private func personsKnown(_ session: Session, _ purpose: VisitPurpose) -> Set<String> {
    let replaced: String? =
      switch purpose {
      case .amendment(let record, _), .verification(let record): record
      case .visit, .record: nil
      }
    let ids = session.outline.filter { $0.kind == .repeatInstance }.compactMap { session.value(at: $0.path.entityID) }
    return Set(ids.filter { isKnown($0, besides: replaced) })
  }

  /// Whether the register knows a person from another record than this one.
  func isKnown(_ person: String, besides replaced: String?) -> Bool {
    guard !person.isEmpty, let person = workspace.register.person(person) else { return false }
    return person.entity.fields.values.contains { $0.candidates.contains { $0.records.contains { $0 != replaced } } }
  }

  private func headline(of household: String) -> String {
    guard let known = workspace.register.household(household) else { return Words.Visit.newHousehold }
    return "\(Chrome.village(of: known, workspace)) \(known.headName ?? "")"
  }

  private func division(of household: String) -> String {
    if let known = workspace.register.household(household)?.division { return known.code }
    return workspace.identity.onlyDivision?.code ?? ""
  }

  func form(of visit: Relief.Visit) -> VisitForm? { form(visit.form, of: visit.household, isVisit: true) }

  /// The form a record was written with; a visit of before records named theirs is read with the current one.
  private func form(_ stamp: FormStamp?, of household: String, isVisit: Bool) -> VisitForm? {
    guard let stamp else { return isVisit ? workspace.visitForm : nil }
    return workspace.form(FormKey(id: stamp.id, version: stamp.version))?.filled(for: household, workspace.register)
  }

  private var surroundings: Surroundings {
    var surroundings = workspace.surroundings
    surroundings.userName = workspace.identity.name
    surroundings.lastSaved = lastVisit.map { Array($0.utf8) }
    return surroundings
  }

  func fresh(_ form: VisitForm) -> Session? {
    try? Session(form.definition, surroundings: surroundings)
  }

  func resumed(_ form: VisitForm, _ instance: String) -> Session? {
    try? Session(form.definition, surroundings: surroundings, resuming: Array(instance.utf8))
  }

  /// What the last visit said.
  private func known(_ form: VisitForm) -> Prefill {
    var prefill = Prefill()
    if let lastVisit, let session = resumed(form, lastVisit) { prefill.take(lastVisit: session) }
    return prefill
  }

  /// As many rows as the last visit had.
  private static func addRows(_ session: inout Session, _ prefill: Prefill) {
    for (path, count) in prefill.rows.sorted(by: { $0.key.steps.count < $1.key.steps.count }) {
      while let now = session.repeatCount(path), now < count, session.addRepeat(path) != nil {}
    }
  }

  /// A form's default yields to what is known of this household; neither is somebody's answer yet.
  private static func replaceDefaults(_ session: inout Session, _ prefill: Prefill) {
    for item in session.outline where item.kind == .question {
      guard let proposal = prefill.proposal(at: item.path, session), let value = session.value(at: item.path), !value.isEmpty,
        value != proposal.value
      else { continue }
      _ = session.answer(item.path, proposal.value)
    }
  }
}
