// Exports for another system (R31), and what was typed there (已录入省系统, R30). Between the two lies a day at the keyboard, in which the
// register goes on: what is marked is what the workbook has, not what an export would have by then. So every export has a number. It
// stands in the workbook's name and below its printed pages, and beside it in the trail stands what its rows show.

internal import Foundation
public import Papers
internal import Relief
internal import struct Relief.Record
internal import Wire

public struct ExportedFile: Sendable, Equatable {
  public var file: PaperFile
  /// Number of the export; nil where the profile has nothing marked.
  public var number: String?
}

/// An export as the trail has it.
public struct ExportMade: Sendable, Equatable {
  public var number: String
  /// Day it was made.
  public var day: String
  /// Name of the file as it was written.
  public var file: String
  public var rows: String
}

/// What a marking came to, in households.
public struct EnteredCount: Sendable, Equatable {
  public var marked: Int
  /// Of which everything in the workbook had been marked.
  public var known: Int
}

extension County {
  /// What a profile exports. Numbers stand in full: the other system asks for them. Nil where there is nothing to export: then no file
  /// is to be written, and none is written down.
  /// - Throws: `notBegun` for a month that has not begun, `badScope`, `noPlace`, `filesTaken`.
  public func export(
    _ profile: ExportProfile, _ request: PaperRequest, includesEntered: Bool = false, codes: [UInt8]? = nil
  ) async throws(CountyFault) -> ExportedFile? {
    let context = try await context(request, codes: codes)
    let number = Hex.encode(surroundings.random(ExportNumber.digits / 2))
    let export = profile.export(context, name: profile.tracksEntered ? number : nil, includesEntered: includesEntered)
    guard !export.entries.isEmpty else { return nil }
    let name = FileName.make([profile.title, placeName(context), request.month, number])
    let file = try file(export.sheet, name)
    guard !request.taken.contains(file.name) else { throw .filesTaken([file.name]) }
    let parts = profile.tracksEntered ? ExportNumber.texts(of: export.entries) : []
    // Of a month that runs still it is what stood today: whatever begins later was not typed.
    let through = context.asOf.description
    try await writing { () async throws(CountyFault) in
      var scribe = Scribe(self)
      let bodies = parts.isEmpty ? [Self.trail(file, full: true)] : parts.enumerated().map { index, text in
        // The file is one line of the trail; what one record cannot hold of it follows.
        (index == 0 ? Self.trail(file, full: true) : ["act": "export", "subject": file.name]).merging(
          ["export": number, "through": through, "entries": text]) { $1 }
      }
      let records = bodies.map { scribe.record(.audit, division: context.division.code, facts: [], body: $0) }
      return (records, ())
    }
    return ExportedFile(file: file, number: profile.tracksEntered ? number : nil)
  }

  /// Writes down that everything in the workbook of an export was typed into the other system by today.
  /// - Parameter text: the export's number, or a file's name that has it.
  public func markEntered(_ text: String) async throws(CountyFault) -> EnteredCount {
    guard let day = today else { throw .store(detail: "no date") }
    let made = try await guarded { try await store.records(.audit, of: configuration.id) }.filter { $0.body["export"] != nil }
    let asked = ExportNumber.numbers(in: text)
    guard let number = made.lazy.compactMap({ $0.body["export"] }).last(where: asked.contains) else {
      throw .noExport(text, recent: Self.recent(made))
    }
    let own = made.filter { $0.body["export"] == number }
    let entries = own.flatMap { ExportNumber.entries(in: $0.body["entries"] ?? "") }
    guard let through = own.first.flatMap(Self.through) else { throw .store(detail: "export without days") }
    let households = Dictionary(grouping: entries, by: \.household).sorted { $0.key < $1.key }
    return try await writing { () async throws(CountyFault) in
      let register = try await guarded { try await store.register(about: Set(households.map(\.key))) }
      var scribe = Scribe(self)
      let records = households.compactMap { household, entries -> Record? in
        let known = register.provincialEntries(of: household, on: through)
        let news = entries.filter { !known.speaks(of: $0.kind, person: $0.person, through: through) }
        guard !news.isEmpty else { return nil }
        let facts = news.map { entry(of: $0, through: through, on: day, number) } + [
          Fact(
            list: FactList.household, entity: household,
            properties: [Property("entered", "yes"), Property("entered_date", day.description)])
        ]
        return scribe.record(
          .householdChange, household: household, division: register.summary(of: household)?.division?.code ?? configuration.division,
          supersedes: register.recordsSeen(household: household, facts: facts), facts: facts, body: [:])
      }
      return (records, EnteredCount(marked: records.count, known: households.count - records.count))
    }
  }

  private func entry(of one: ExportProfile.Entry, through: CivilDate, on day: CivilDate, _ number: String) -> Fact {
    let named = [one.household, one.person ?? "", one.kind]
    var properties = [Property("household", one.household)]
    if let person = one.person { properties.append(Property("person", person)) }
    properties += [
      Property("kind", one.kind), Property("through", through.description), Property("date", day.description), Property("export", number),
    ]
    return Fact(
      list: FactList.provincialEntry, entity: NamedID.make(county: configuration.id, kind: FactList.provincialEntry, named),
      properties: properties)
  }

  /// The day an export speaks of: never after the day it was made, as older programs wrote it of a month that ran.
  private static func through(_ made: Record) -> CivilDate? {
    guard let stated = made.body["through"].flatMap({ CivilDate($0) }) else { return nil }
    return CivilDate(startOf: made.wall).map { min($0, stated) } ?? stated
  }

  private static func recent(_ made: [Record]) -> [ExportMade] {
    made.filter { $0.body["rows"] != nil }.suffix(CountyLimits.exportsSaid).reversed().map { one in
      ExportMade(
        number: one.body["export"] ?? "", day: String(one.wall.prefix(10)), file: one.body["subject"] ?? "", rows: one.body["rows"] ?? "")
    }
  }
}

/// Numbers of exports, and the text in which the trail has what a file's rows show: a line for each, household TAB person TAB kind.
enum ExportNumber {
  static let digits = 8

  /// Everything in a text that may be a number of an export, lower-case: a copy of a file has more words in its name.
  static func numbers(in text: String) -> Set<String> {
    let name = text.split(separator: "/").last ?? ""
    return Set(name.lowercased().split { !$0.isHexDigit }.filter { $0.count == digits }.map(String.init))
  }

  /// What one record cannot hold goes on in the next.
  static func texts(of entries: [ExportProfile.Entry]) -> [String] {
    var texts = [""]
    for entry in entries {
      let cells = [entry.household, entry.person ?? "", entry.kind]
      // A kind that no program of ours wrote is exported, and never marked.
      guard cells.allSatisfy({ cell in !cell.unicodeScalars.contains { $0.properties.generalCategory == .control } }) else { continue }
      let line = cells.joined(separator: "\t") + "\n"
      if texts[texts.count - 1].utf8.count + line.utf8.count > CountyLimits.exportTextBytes { texts.append("") }
      texts[texts.count - 1] += line
    }
    return texts
  }

  static func entries(in text: String) -> [ExportProfile.Entry] {
    text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 3 else { return nil }
      return ExportProfile.Entry(household: cells[0], person: cells[1].isEmpty ? nil : cells[1], kind: cells[2])
    }
  }
}
