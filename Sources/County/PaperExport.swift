// 台账、报表 and exports out of the county's whole register. Whatever leaves is written down first: an `audit` record of the county's own for
// each file, what and how many rows. Who calls writes the files.

internal import Foundation
public import Papers
internal import Relief
internal import struct Relief.Record
internal import Tables
internal import Wire

/// What is asked for.
public struct PaperRequest: Sendable {
  /// Names of papers; empty is all.
  public var names: [String] = []
  /// `yyyy-MM`
  public var month: String
  public var settleDay = PaperDays.settleDayDefault
  /// A part of the county; nil is the county.
  public var division: String?
  public var showsNumbers = false

  public init(month: String) { self.month = month }
}

public struct PaperFile: Sendable, Equatable {
  /// What the file should be called, without its folder.
  public var name: String
  public var rows: Int
  public var bytes: [UInt8]
}

public struct ExportedFile: Sendable, Equatable {
  public var file: PaperFile
  public var households: [String]
}

extension County {
  public func papers(_ request: PaperRequest, codes: [UInt8]? = nil) async throws(CountyFault) -> [PaperFile] {
    let papers: [Paper] = try request.names.map { name throws(CountyFault) in
      guard let paper = Paper.named(name) else { throw .noPaper(name, known: Paper.all.map(\.name)) }
      return paper
    }
    let context = try await context(request, codes: codes)
    let sheets = (papers.isEmpty ? Paper.all : papers).flatMap { $0.sheets(context) }
    let files = try sheets.map { sheet throws(CountyFault) in try file(sheet, "\(sheet.head.name)_\(request.month)") }
    try await audit(files, in: context.division, full: request.showsNumbers)
    return files
  }

  /// What a profile exports. Numbers stand in full: the other system asks for them.
  public func export(
    _ profile: ExportProfile, _ request: PaperRequest, includesEntered: Bool = false, codes: [UInt8]? = nil
  ) async throws(CountyFault) -> ExportedFile {
    let context = try await context(request, codes: codes)
    let export = profile.export(context, includesEntered: includesEntered)
    let file = try file(export.sheet, "\(profile.title)_\(request.month)")
    try await audit([file], in: context.division, full: true)
    return ExportedFile(file: file, households: export.households)
  }

  /// Writes down that these households were typed into the other system today (已录入省系统, R30).
  /// - Returns: how many had not been.
  public func markEntered(_ households: [String]) async throws(CountyFault) -> Int {
    guard let day = today else { throw .store(detail: "no date") }
    return try await writing { () async throws(CountyFault) in
      let register = try await guarded { try await store.register(about: Set(households)) }
      var scribe = Scribe(self)
      let records = households.filter { register.value("entered", of: FactList.household, $0) != "yes" }.map { household in
        let fact = Fact(
          list: FactList.household, entity: household,
          properties: [Property("entered", "yes"), Property("entered_date", day.description)])
        return scribe.record(
          .householdChange, household: household, division: register.summary(of: household)?.division?.code ?? configuration.division,
          supersedes: register.recordsSeen(household: household, facts: [fact]), facts: [fact], body: [:])
      }
      return (records, records.count)
    }
  }

  private func context(_ request: PaperRequest, codes: [UInt8]?) async throws(CountyFault) -> PaperContext {
    guard let days = PaperDays(month: request.month, settleDay: request.settleDay) else { throw .badMonth(request.month) }
    guard let division = Division(request.division ?? configuration.division), let own = Division(configuration.division),
      own.contains(division)
    else { throw .badScope(request.division ?? "") }
    let labels = try Self.codeLists(codes).codeLabels
    let register = try await guarded { try await store.register() }
    let seed = surroundings.random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return PaperContext(
      register, in: division, days, CaseRules(register.policyParameters, on: days.to), today: today, labels: labels,
      showsNumbers: request.showsNumbers, seed: seed)
  }

  private func file(_ sheet: Sheet, _ name: String) throws(CountyFault) -> PaperFile {
    do throws(TableFileFault) {
      return PaperFile(
        name: name + ".xlsx", rows: sheet.rows.count, bytes: try TableDocument([sheet]).xlsx(created: surroundings.seconds))
    } catch { throw .cannotWrite(path: name + ".xlsx") }
  }

  /// The rows of a list that were not taken in, as the workbook that goes back to its department: full numbers and names, so it is
  /// written down like any other paper. Nil where every row was taken.
  public func handBack(_ report: ListReport, as name: String) async throws(CountyFault) -> [UInt8]? {
    guard let sheet = report.rejected, let own = Division(configuration.division) else { return nil }
    let bytes: [UInt8]
    do throws(TableFileFault) {
      bytes = try TableDocument([sheet]).xlsx(created: surroundings.seconds)
    } catch { throw .cannotWrite(path: name) }
    try await audit([PaperFile(name: name, rows: sheet.rows.count, bytes: bytes)], in: own, full: true)
    return bytes
  }

  private func audit(_ files: [PaperFile], in division: Division, full: Bool) async throws(CountyFault) {
    try await writing { () async throws(CountyFault) in
      var scribe = Scribe(self)
      let records = files.map { file in
        scribe.record(
          .audit, division: division.code, facts: [],
          body: ["act": "export", "subject": file.name, "rows": String(file.rows), "numbers": full ? "full" : "masked"])
      }
      return (records, ())
    }
  }
}
