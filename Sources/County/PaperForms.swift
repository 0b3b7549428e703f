// Forms on paper and 明白纸 out of the county (R15, R68). Blank forms and leaflets hold nobody's data. A filled form does: each is
// written down as an export before it is handed over.

public import Derivation
public import Papers
public import Relief
public import struct Relief.Record
internal import Wire
internal import XForm

/// A form of a record as it was answered.
public struct FilledForm: Sendable, Equatable {
  public var paper: PaperForm
  public var record: String
  /// Day of the record, for the name of the file.
  public var day: String
}

extension County {
  /// Published forms to be filled with a pen: of each id the newest that is to be used today.
  /// - Parameter ids: nothing is every form.
  public func blankForms(_ ids: [String] = []) async throws(CountyFault) -> [PaperForm] {
    guard let day = today else { throw .store(detail: "no date") }
    let published = try await own(.form)
    let known = Set(published.forms().map(\.id)).sorted()
    return try (ids.isEmpty ? known : ids).map { id throws(CountyFault) in
      guard let form = published.form(id, on: day) else { throw .noForm(id, known: known) }
      do throws(FormFault) {
        return try PaperForm(blank: try definition(form, lists: nil), paperSurroundings)
      } catch { throw .form(FormSentence.of(error)) }
    }
  }

  /// One record's form as it was answered, also of a record that was amended since.
  public func filledForm(record id: String) async throws(CountyFault) -> FilledForm {
    guard let record = try await guarded({ try await store.record(id: id) }), record.submission != nil else { throw .noSubmission(id) }
    return try await filled([record])[0]
  }

  /// The newest filled form of each kind of a household, in the order of the form's ids; what was amended or taken back is not among them.
  /// - Parameters:
  ///   - household: its number in the roster (户编号), or its id.
  ///   - ids: nothing is every form.
  public func filledForms(household: String, _ ids: [String] = []) async throws(CountyFault) -> [FilledForm] {
    let named = NamedID.make(county: configuration.id, kind: "household", [household])
    let records = try await guarded { try await store.records(households: [household, named]) }
    let void = Set(records.flatMap { $0.type.replacesWhole ? $0.supersedes : [] })
    var newest: [String: Record] = [:]
    for record in records where record.submission != nil && !void.contains(record.id) {
      guard let form = record.form?.id, ids.isEmpty || ids.contains(form) else { continue }
      if let other = newest[form], (other.wall, other.id) > (record.wall, record.id) { continue }
      newest[form] = record
    }
    guard !newest.isEmpty else { throw .noSubmission(household) }
    return try await filled(newest.sorted { $0.key < $1.key }.map(\.value))
  }

  /// 明白纸 of every scheme with the figures of a day, today unless said.
  /// - Parameter telephone: 监督电话.
  public func notices(
    on day: CivilDate? = nil, codes: [UInt8]? = nil, telephone: String? = nil
  ) async throws(CountyFault) -> [PolicyNotice] {
    guard let day = day ?? today else { throw .store(detail: "no date") }
    let labels = try Self.codeLists(codes).codeLabels
    let parameters = try await own(.parameter).policyParameters
    return PolicyNotice.Scheme.allCases.map { PolicyNotice($0, parameters, on: day, labels: labels, telephone: telephone) }
  }

  private static let unnamed = "未登记"

  private func filled(_ records: [Record]) async throws(CountyFault) -> [FilledForm] {
    let published = try await own(.form)
    let register = try await guarded { try await store.register() }
    let forms = try records.map { record throws(CountyFault) in try filled(record, published, register) }
    try await writing { () async throws(CountyFault) in
      var scribe = Scribe(self)
      let audits = records.map { record in
        scribe.record(
          .audit, household: record.household, division: record.division, facts: [],
          body: ["act": "export", "subject": "paper-form \(record.id)", "rows": "1", "numbers": "full"])
      }
      return (audits, ())
    }
    return forms
  }

  private func filled(_ record: Record, _ published: Register, _ register: Register) throws(CountyFault) -> FilledForm {
    guard let stamp = record.form, let form = published.form(stamp) else {
      throw .noForm(record.form?.id ?? "", known: Set(published.forms().map(\.id)).sorted())
    }
    let lists = record.household.map {
      EntityLists($0, register, unnamed: Self.unnamed, neighboursMax: CountyLimits.paperNeighbours)
    }
    do throws(FormFault) {
      var paper = try PaperForm(
        try definition(form, lists: lists), filled: Array((record.submission ?? "").utf8), record: record.id, paperSurroundings)
      paper.about = about(record, register)
      return FilledForm(paper: paper, record: record.id, day: String(record.wall.prefix(10)))
    } catch { throw .form(FormSentence.of(error)) }
  }

  /// Whom a signature is about.
  private func about(_ record: Record, _ register: Register) -> [String] {
    let household = record.household.flatMap { register.household($0) }
    let place = (household?.division ?? Division(record.division)).map { register.fullName(of: $0) }
    let head = household?.headName.map { "户主：" + $0 }
    return [
      [place, head].compactMap { $0 }.joined(separator: "　"),
      "填表：\(record.author.name)　时间：\(record.wall.prefix(16).replacing("T", with: " "))",
    ].filter { !$0.isEmpty }
  }

  /// - Parameter lists: what the form chooses among; nil leaves these lists empty, as on a blank form.
  private func definition(_ form: PublishedForm, lists: EntityLists?) throws(FormFault) -> FormDefinition {
    let xml = Array(form.xform.utf8)
    var media = form.media.mapValues { Array($0.utf8) }
    let names = try FormDefinition.attachmentNames(in: xml, name: form.id)
    for name in names where media[name] == nil && EntityListFile.list(of: name) != nil {
      media[name] = lists?.csv(name) ?? EntityListFile.empty
    }
    return try FormDefinition(parsing: xml, name: form.id, attachments: media)
  }

  private var paperSurroundings: Surroundings {
    let day = today
    let moment = Moment(year: day?.year ?? 2000, month: day?.month ?? 1, day: day?.day ?? 1, offsetMinutes: 480)
    return Surroundings(now: { moment }, random: { 0 })
  }
}
