// 台账、报表 and exports out of the county's whole register. Whatever leaves is written down first: an `audit` record of the county's own for
// each file, what and how many rows. Who calls writes the files.

internal import Foundation
internal import Papers
internal import Relief
internal import struct Relief.Record
public import Tables
internal import Wire

/// What is asked for.
public struct PaperRequest: Sendable {
  /// Names of papers, or their titles; empty is all.
  public var names: [String] = []
  /// `yyyy-MM`
  public var month: String
  public var settleDay = PaperDays.settleDayDefault
  /// A part of the county; nil is the county.
  public var division: String?
  public var showsNumbers = false
  /// Names of files that stand where the new ones are to be written: none of them is written over.
  public var taken: Set<String> = []

  public init(month: String) { self.month = month }
}

public struct PaperFile: Sendable, Equatable {
  /// What the file should be called, without its folder.
  public var name: String
  /// Rows that are somebody's: a sum is none.
  public var rows: Int
  public var bytes: [UInt8]
}

extension County {
  public func papers(_ request: PaperRequest, codes: [UInt8]? = nil) async throws(CountyFault) -> [PaperFile] {
    let papers: [Paper] = try request.names.map { name throws(CountyFault) in
      guard let paper = Paper.named(name) else { throw .noPaper(name, known: Paper.all.map { "\($0.name) \($0.title)" }) }
      return paper
    }
    let context = try await context(request, codes: codes)
    let sheets = (papers.isEmpty ? Paper.all : papers).flatMap { $0.sheets(context) }
    let place = placeName(context)
    var names: Set<String> = []
    let files = try sheets.map { sheet throws(CountyFault) in
      let parts = [sheet.head.name, place, request.month]
      var name = FileName.make(parts)
      // Two sheets of one name are two departments that a list calls the same.
      var number = 1
      while !names.insert(name.lowercased()).inserted {
        number += 1
        name = FileName.make(parts + [String(number)])
      }
      return try file(sheet, name)
    }
    let taken = files.map(\.name).filter(request.taken.contains)
    guard taken.isEmpty else { throw .filesTaken(taken) }
    try await audit(files, in: context.division, full: request.showsNumbers)
    return files
  }

  func context(_ request: PaperRequest, codes: [UInt8]?) async throws(CountyFault) -> PaperContext {
    guard let days = PaperDays(month: request.month, settleDay: request.settleDay) else { throw .badMonth(request.month) }
    try checkBegun(days.from)
    let division = try await place(request.division)
    let labels = try Self.codeLists(codes).codeLabels
    let register = try await guarded { try await store.register() }
    let seed = surroundings.random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return PaperContext(
      register, in: division, days, CaseRules(register.policyParameters, on: days.to), today: today, labels: labels,
      showsNumbers: request.showsNumbers, seed: seed)
  }

  /// A division as the names of its files have it. Villages of two townships share names, and so may townships: then the code stands
  /// behind it.
  func placeName(_ context: PaperContext) -> String {
    let code = context.division.code
    guard code != configuration.division else { return configuration.name }
    guard let name = context.register.name(of: context.division) else { return code }
    let same = context.register.divisions().count { $0.name == name }
    return same > 1 ? FileName.part(name, bytesMax: FileName.partBytes - code.utf8.count) + code : name
  }

  func file(_ sheet: Sheet, _ name: String) throws(CountyFault) -> PaperFile {
    do throws(TableFileFault) {
      return PaperFile(
        name: name, rows: sheet.rows.count - sheet.summaryRows, bytes: try TableDocument([sheet]).xlsx(created: surroundings.seconds))
    } catch { throw .cannotWrite(path: name) }
  }

  /// The rows of a list that were not taken in, as the workbook that goes back to its department: full numbers and names, so it is
  /// written down like any other paper. Nil where every row was taken.
  public func handBack(_ sheet: Sheet?, as name: String) async throws(CountyFault) -> [UInt8]? {
    guard let sheet, let own = Division(configuration.division) else { return nil }
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
        scribe.record(.audit, division: division.code, facts: [], body: Self.trail(file, full: full))
      }
      return (records, ())
    }
  }

  /// What is written down of a file that leaves.
  static func trail(_ file: PaperFile, full: Bool) -> [String: String] {
    ["act": "export", "subject": file.name, "rows": String(file.rows), "numbers": full ? "full" : "masked"]
  }
}

/// Names of files, made of what lists and profiles call things: nothing in them is a path, or a character that a file's name may not have
/// on the system it is carried to.
enum FileName {
  /// Bytes of one part: a file system takes a name of 255, and two parts may be this long.
  static let partBytes = 96
  private static let forbidden = Set("/\\:*?\"<>|".unicodeScalars)

  static func make(_ parts: [String]) -> String { parts.map { part($0, bytesMax: partBytes) }.joined(separator: "_") + ".xlsx" }

  static func part(_ text: String, bytesMax: Int) -> String {
    var kept = String.UnicodeScalarView()
    for one in text.unicodeScalars where one.properties.generalCategory != .control {
      kept.append(forbidden.contains(one) ? "-" : one)
    }
    var part = String(kept).drop { $0 == "." || $0 == " " }
    while part.utf8.count > bytesMax { part.removeLast() }
    return String(part)
  }
}
