// What all imports share: read the whole file, say every problem with its line, import nothing while there is one; then
// write only what the county's journal does not say yet. The same file again changes nothing, also after a power cut
// half-way.

internal import Foundation
public import Relief
internal import Wire

/// What an import did.
public struct ImportReport: Sendable, Equatable {
  /// Rows of the file, without the header.
  public var rows = 0
  /// Records written.
  public var written = 0
  /// Things (households, list rows, divisions) that the journal says already.
  public var unchanged = 0
  /// Header names that no column has; their cells were not read.
  public var unknownHeaders: [String] = []
  /// What was taken in as it stands and should be looked at, by line.
  public var notes: [ImportNote] = []
  /// Values of parameters that stood there and are other ones now.
  public var changes: [ParameterChange] = []
}

/// A parameter's value of a day that was stated anew.
public struct ParameterChange: Equatable, Sendable {
  public var parameter: PolicyParameter
  /// The first day it holds; empty: it has always held.
  public var from: String
  /// Empty says 未设定.
  public var old: String
  public var new: String
}

/// Something in a row that is taken in and may be a mistake.
public struct ImportNote: Equatable, Sendable {
  public var line: Int
  public var what: What

  public enum What: Equatable, Sendable {
    /// The household stood in another village.
    case moved(from: String, to: String)
    /// Neither the file nor the register has a head of the household.
    case noHead
    /// The household has another head already, of whom the file says nothing: now it has two.
    case secondHead
    /// The head of a household of this village stands in another household now, and the file says nothing of the one that was left.
    case leftWithoutHead(village: String)
    /// The household's head is registered under another entity already: the same human being twice.
    case sameHead
    /// The head's number is the head's of another household: of the file, at this line, or of the register, in this village.
    case headOfAnother(line: Int?, village: String?)
    /// 走访人 who has neither laptop nor code.
    case unknownCadre
  }
}

/// Problems found so far, and the reading of single cells.
struct Problems {
  private(set) var found: [RowProblem] = []

  mutating func add(_ line: Int, _ column: String, _ reason: RowProblem.Reason) {
    guard found.count < CountyLimits.importProblems else { return }
    found.append(RowProblem(line: line, column: column, reason: reason))
  }

  func check() throws(CountyFault) {
    if !found.isEmpty { throw .rows(found) }
  }

  /// A cell that must hold something and may not be endless.
  mutating func required(_ row: Table.Row, _ column: String, title: String) -> String {
    let value = row[column]
    if value.isEmpty { add(row.line, title, .missing) }
    return limited(value, row, title)
  }

  mutating func limited(_ value: String, _ row: Table.Row, _ title: String) -> String {
    if value.count > CountyLimits.importField { add(row.line, title, .tooLong(limit: CountyLimits.importField)) }
    if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      add(row.line, title, .controlCharacter)
    }
    return value
  }

  /// `yyyy-MM-dd`, also written `yyyy/M/d` or `yyyy年M月d日`, or `+n`: so many days after today. Partial dates only where
  /// they are allowed.
  mutating func date(_ text: String, line: Int, title: String, today: CivilDate?, partial: Bool = false) -> String {
    guard !text.isEmpty else { return "" }
    if text.hasPrefix("+"), let days = Int(text.dropFirst()), (0...3_660).contains(days), let today,
      let date = CivilDate(dayNumber: today.dayNumber + days)
    {
      return date.description
    }
    let parts = text.split(whereSeparator: { "-/.年月日".contains($0) }).map(String.init)
    let numbers = parts.compactMap { Int($0) }
    if numbers.count == parts.count, (1...3).contains(numbers.count), parts[0].count == 4,
      let date = CivilDate(
        year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil, day: numbers.count > 2 ? numbers[2] : nil),
      partial || date.isWhole
    {
      return date.description
    }
    add(line, title, .notADate)
    return ""
  }
}

extension NamedID {
  /// The id of a name in this county.
  static func make(county: String, kind: String, _ name: [String]) -> String {
    let named = NamedID(county: county, kind: kind, name)
    return named.uuid(sha256: Digest.sha256(Array(named.text.utf8))) ?? ""
  }
}

/// What stands in the `body` of an imported record.
struct ImportSource {
  /// Name of the file, without its folder.
  var name: String
  /// One id for all records of one import.
  var batch: String

  func body(line: Int) -> [String: String] { ["source": name, "batch": batch, "row": String(line)] }
}

extension County {
  /// Today in China, by this machine's clock.
  public var today: CivilDate? { CivilDate(startOf: CountySurroundings.text(surroundings.now())) }

  /// Makes records of this county's own device.
  struct Scribe {
    private var maker = UUIDv7Maker()
    private let county: County

    init(_ county: County) { self.county = county }

    mutating func record(
      _ type: RecordType, household: String? = nil, division: String, supersedes: [String] = [], facts: [Fact],
      form: FormStamp? = nil, body: [String: String]
    ) -> Record {
      let now = county.surroundings.now()
      let bytes = county.surroundings.random(16)
      var words = stride(from: 0, to: 16, by: 8).map { start in
        bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      let id = maker.make(milliseconds: UInt64(max(0, now.timeIntervalSince1970 * 1000))) { words.popLast() ?? 0 }
      return Record(
        id: id, type: type, household: household, division: division, author: county.author,
        device: county.ownDevice.id,
        wall: CountySurroundings.text(now), clockTrusted: county.surroundings.clockIsBelieved, supersedes: supersedes, form: form,
        facts: facts, body: body)
    }
  }

  /// What the county's own earlier records of a type say, folded.
  func own(_ type: RecordType) async throws(CountyFault) -> Register {
    let records = try await guarded { try await store.records(type, of: configuration.id) }
    var register = Register()
    register.apply(contentsOf: records.map { ($0, nil) })
    return register
  }

  /// The part of a fact that an earlier register does not say; nil when it says all of it.
  static func news(_ fact: Fact, beside register: Register) -> Fact? {
    let known = register.entity(fact.list, fact.entity)
    var news = fact
    news.properties = fact.properties.filter { !$0.value.isEmpty && known?.fields[$0.name]?.value != $0.value }
    return news.properties.isEmpty ? nil : news
  }

  /// Unlike in an import of people, an empty value says something here: 未设定. So it is news where another value stood.
  static func newsAlsoEmptied(_ fact: Fact, beside register: Register) -> Fact? {
    let known = register.entity(fact.list, fact.entity)
    var news = fact
    news.properties = fact.properties.filter { property in
      let held = known?.fields[property.name]?.value
      return property.value.isEmpty ? !(held ?? "").isEmpty : held != property.value
    }
    return news.properties.isEmpty ? nil : news
  }
}
