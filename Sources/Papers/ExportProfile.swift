// Export profiles (R31): the exact columns another system wants, as data (seeds/exports). One row is a household that is in a scheme on the
// last day (today, while the month runs), or a member who holds something: alone, or with the household. A column is a property of
// docs/facts.md, or a computed value named here.

internal import Relief
public import Tables

public struct ExportProfile: Equatable, Sendable {
  public enum Rows: String, Sendable, CaseIterable { case household, person }

  public enum Computed: String, Sendable, CaseIterable {
    /// The row's number.
    case number
    case township, village
    /// Categories held, and the group they report under.
    case category, group
    /// Since when, and how much, where one row of `category` says it.
    case since, amount
    case familySize = "family_size"
    /// Of a person, from the identity number where there is one.
    case age, birth, sex
    /// The last visit that met somebody.
    case visited
  }

  public enum Value: Equatable, Sendable {
    case household(String)
    case person(String)
    case computed(Computed)
    /// The same text in every row.
    case constant(String)
  }

  public enum Shape: String, Sendable, CaseIterable { case text, integer, amount, date }

  public struct Column: Equatable, Sendable {
    public var header: String
    public var value: Value
    public var shape: Shape = .text
    /// The other system's words for our codes; a code that is not among them is shown by `list`, else as it is.
    public var codes: [String: String] = [:]
    /// A list of codes.csv.
    public var list: String?
    public var width: Double?

    public init(_ header: String, _ value: Value) { (self.header, self.value) = (header, value) }
  }

  public var name: String
  public var title: String
  public var rows: Rows
  /// Whether what was typed into the other system already is left out, and may be marked (已录入省系统, R30).
  public var tracksEntered: Bool
  public var columns: [Column]

  public init(name: String, title: String, rows: Rows, tracksEntered: Bool, columns: [Column]) {
    (self.name, self.title, self.rows, self.tracksEntered, self.columns) = (name, title, rows, tracksEntered, columns)
  }

  /// One kind that a row of the file shows of somebody: what is marked once the row was typed.
  public struct Entry: Hashable, Sendable {
    public var household: String
    /// Nil: of the household as a whole.
    public var person: String?
    public var kind: String

    public init(household: String, person: String?, kind: String) {
      (self.household, self.person, self.kind) = (household, person, kind)
    }
  }

  /// A sheet, and what its rows show, in their order.
  public struct Export: Equatable, Sendable {
    public var sheet: Sheet
    public var entries: [Entry]
  }

  /// - Parameters:
  ///   - name: what the file is known by, below each printed page; nil: nothing stands there.
  ///   - includesEntered: also what was entered already.
  public func export(_ context: PaperContext, name: String? = nil, includesEntered: Bool = false) -> Export {
    var entries: [Entry] = []
    var rows: [[TableValue]] = []
    for (household, grants) in context.register.grants(in: context.division, on: context.asOf) {
      let line = ExportLine(context, household, grants)
      let known = tracksEntered && !includesEntered ? context.register.provincialEntries(of: household, on: context.asOf) : nil
      switch self.rows {
      case .household:
        if let known, grants.allSatisfy({ known.covers($0) }) { continue }
        rows.append(columns.map { line.cell($0, person: nil, number: rows.count + 1) })
        entries += grants.map { Entry(household: household, person: $0.person, kind: $0.kind) }
          .sorted { ($0.kind, $0.person ?? "") < ($1.kind, $1.person ?? "") }
      case .person:
        for person in context.register.persons(of: household) {
          let kinds = line.kinds(person)
          // Who holds nothing is nobody the other system asks for, whatever another member holds.
          guard !kinds.isEmpty, !(known.map { known in kinds.allSatisfy { known.covers($0, of: person.id) } } ?? false) else { continue }
          rows.append(columns.map { line.cell($0, person: person, number: rows.count + 1) })
          entries += kinds.map { Entry(household: household, person: person.id, kind: $0) }
        }
      }
    }
    let head = SheetHead(
      name: title, columns: columns.map { TableColumn($0.header, width: $0.width) }, footer: name.map { "&L导出编号 \($0)&C第 &P 页，共 &N 页" })
    return Export(sheet: Sheet(head, rows: rows), entries: entries)
  }
}

/// One household while its rows are made.
private struct ExportLine {
  let context: PaperContext
  let household: String
  let home: Home
  let grants: Set<Grant>

  init(_ context: PaperContext, _ household: String, _ grants: Set<Grant>) {
    (self.context, self.household, self.grants) = (context, household, grants)
    home = context.home(household)
  }

  func cell(_ column: ExportProfile.Column, person: Person?, number: Int) -> TableValue {
    switch column.value {
    case .constant(let text): return .of(text)
    case .household(let name): return shaped(context.register.value(name, of: FactList.household, household), column)
    case .person(let name): return shaped(person?.entity.value(name), column)
    case .computed(let computed): return value(computed, column, person, number)
    }
  }

  private func value(_ computed: ExportProfile.Computed, _ column: ExportProfile.Column, _ person: Person?, _ number: Int) -> TableValue {
    switch computed {
    case .number: return .of(number)
    case .township: return context.townshipName(home.village)
    case .village: return context.villageName(home.village)
    case .category: return .of(kinds(person).map { named($0, column, list: "category") }.joined(separator: "、"))
    case .group:
      let groups = Set(kinds(person).compactMap { ReliefGroup(kind: $0) })
      return .of(ReliefGroup.allCases.filter { groups.contains($0) }.map(\.title).joined(separator: "、"))
    case .since: return .of(granted(person)?.value("from").flatMap { CivilDate($0) })
    case .amount: return .of(fen: granted(person)?.value("amount_fen"))
    case .familySize: return .of(home.members)
    case .age: return person?.age(on: context.asOf).map { .of($0) } ?? .empty
    case .birth: return .of(person?.birth)
    case .sex: return .of(person?.sex.map { named($0.rawValue, column, list: "sex") })
    case .visited: return .of(context.register.visits(of: household).first { $0.value("method") != "not_met" }?.date)
    }
  }

  /// What the household, or this person, holds.
  func kinds(_ person: Person?) -> [String] {
    Set(grants.filter { $0.person == nil || person == nil || $0.person == person?.id }.map(\.kind)).sorted()
  }

  /// The row that says it, where it is only one.
  private func granted(_ person: Person?) -> Entity? {
    let day = context.asOf
    let rows = context.register.entities(of: FactList.category, household: household).filter { row in
      let isMeant = row.value("person").map { $0 == person?.id } ?? true
      let holds = context.day(row, "from").map { $0 <= day } ?? true && context.day(row, "to").map { day < $0 } ?? true
      return isMeant && holds
    }
    return rows.count == 1 ? rows.first : nil
  }

  private func named(_ code: String, _ column: ExportProfile.Column, list: String? = nil) -> String {
    column.codes[code] ?? context.labels.label(code, in: column.list ?? list ?? "") ?? code
  }

  private func shaped(_ text: String?, _ column: ExportProfile.Column) -> TableValue {
    guard let text, !text.isEmpty else { return .empty }
    switch column.shape {
    case .text:
      guard !column.codes.isEmpty || column.list != nil else { return .text(text) }
      return .text(text.split(separator: " ").map { named(String($0), column) }.joined(separator: "、"))
    case .integer: return Int64(text).map { .integer($0) } ?? .text(text)
    case .amount: return Money(fen: text).map { .amountFen($0.fen) } ?? .text(text)
    case .date: return CivilDate(text).map { .of($0) } ?? .text(text)
    }
  }
}
