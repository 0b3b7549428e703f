// Finds the header: the first row that has every required column. Titles above it, and headers of two rows with names merged downwards,
// are what departments' files have.

internal import Tables

struct HeaderSearch {
  struct Found {
    var row: Int
    var headers: [String]
    var columns: [BatchColumn]
    /// Columns that have a name, or stand below one: what stands to the right of them belongs to nothing.
    var width: Int
  }

  private struct Seen {
    var row: Int
    var texts: [String]
  }

  private let profile: DepartmentProfile
  private let merges: [CellSpan]
  private let sheet: String?
  private var seen: [Seen] = []
  private let names: HeaderNames
  private var best: (matches: Int, row: Int, missing: [Int])?

  init(_ profile: DepartmentProfile, sheet: String?, merges: [CellSpan]) {
    (self.profile, self.sheet) = (profile, sheet)
    self.merges = merges.filter { $0.rows.lowerBound <= profile.headerWithin }
    names = HeaderNames(profile)
  }

  /// Looks at the next row; nil: not this one.
  mutating func look(at row: Int, _ texts: [String]) throws(BatchFault) -> Found? {
    guard row <= profile.headerWithin else { throw failure() }
    let texts = texts.map(ShownText.line)
    seen.append(Seen(row: row, texts: texts))
    let headers = titles(row, texts)
    let places = names.places(in: headers), positions = places.positions
    let missing = names.missing(in: places), lacksAny = names.lacksAny(in: places)
    if positions.count > best?.matches ?? 0 { best = (positions.count, row, missing) }
    guard missing.isEmpty, !lacksAny, !positions.isEmpty else { return nil }
    // Names merged downwards: the header ends with the last of their rows.
    let matched = Set(positions.values.joined().map { $0 + 1 })
    let over = merges.filter { $0.rows.contains(row) && $0.columns.contains(where: matched.contains) }
    guard over.allSatisfy({ $0.rows.upperBound == row }) else { return nil }
    try check(positions, headers, row)
    let columns = positions.map { index, positions in
      var column = profile.columns[index]
      if let unit = places.units[index] { column.fenPerUnit = unit }
      return (index, BatchColumn(column: column, header: headers[positions[0]], position: positions[0] + 1))
    }
    let wide = merges.filter { $0.rows.contains(row) }.map(\.columns.upperBound)
    let width = max((headers.lastIndex { !$0.isEmpty } ?? 0) + 1, wide.max() ?? 0)
    return Found(row: row, headers: headers, columns: columns.sorted { $0.0 < $1.0 }.map(\.1), width: width)
  }

  /// Why no row was the header.
  func failure() -> BatchFault {
    guard let best else { return BatchFault(.noHeader(within: profile.headerWithin), sheet: sheet) }
    let column = { (column: ProfileColumn) in BatchFault.MissingColumn(name: column.name, headers: column.headers) }
    if best.missing.isEmpty {
      let telling = profile.columns.filter { profile.needsAny.contains($0.name) }
      return BatchFault(.missingAnyOf(telling.map(column)), sheet: sheet, row: best.row)
    }
    return BatchFault(.missingColumns(best.missing.map { column(profile.columns[$0]) }), sheet: sheet, row: best.row)
  }

  /// Refuses a header that another list of the department fits better: which of them it is, its own columns say.
  func refuse(_ found: Found, whereFits others: [DepartmentProfile]) throws(BatchFault) {
    let own = found.columns.count { $0.column.isTelling }
    var better: (profile: DepartmentProfile, columns: [String])?
    for other in others where other.department == profile.department && other.list != profile.list {
      let columns = HeaderNames(other).telling(in: found.headers) ?? []
      guard columns.count > max(own, better?.columns.count ?? 0) else { continue }
      better = (other, columns)
    }
    guard let better else { return }
    throw BatchFault(
      .fitsAnother(profile: better.profile.id, title: better.profile.title, headers: better.columns), sheet: sheet, row: found.row)
  }

  private func check(_ positions: [Int: [Int]], _ headers: [String], _ row: Int) throws(BatchFault) {
    for (index, places) in positions.sorted(by: { $0.key < $1.key }) {
      if places.count > 1 {
        throw BatchFault(
          .doubledColumn(name: profile.columns[index].name, headers: places.map { headers[$0] }, columns: places.map { $0 + 1 }),
          sheet: sheet, row: row, column: places[1] + 1)
      }
      if let wide = merges.first(where: { $0.rows.contains(row) && $0.columns.count > 1 && $0.columns.contains(places[0] + 1) }) {
        throw BatchFault(
          .mergedHeader(header: headers[places[0]], columns: wide.columns), sheet: sheet, row: row, column: places[0] + 1)
      }
    }
  }

  /// The names above each column as this row sees them: what is merged from above counts where it is one column wide.
  private func titles(_ row: Int, _ texts: [String]) -> [String] {
    var titles = texts
    for merge in merges where merge.columns.count == 1 && merge.rows.contains(row) && merge.rows.lowerBound < row {
      let column = merge.columns.lowerBound - 1
      guard let above = seen.first(where: { $0.row == merge.rows.lowerBound }), column < above.texts.count else { continue }
      while titles.count <= column { titles.append("") }
      if titles[column].isEmpty { titles[column] = above.texts[column] }
    }
    return titles
  }
}
