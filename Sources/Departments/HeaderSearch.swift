// Finds the header: the first row that has every required column. Titles above it, and headers of two rows with names merged downwards,
// are what departments' files have.

internal import Tables

struct HeaderSearch {
  struct Found {
    var row: Int
    var headers: [String]
    var columns: [BatchColumn]
  }

  private struct Seen {
    var row: Int
    var texts: [String]
  }

  private let profile: DepartmentProfile
  private let merges: [CellSpan]
  private let sheet: String?
  private var seen: [Seen] = []
  private var names: [String: Int] = [:]
  private var best: (matches: Int, row: Int, missing: [Int])?

  init(_ profile: DepartmentProfile, sheet: String?, merges: [CellSpan]) {
    (self.profile, self.sheet) = (profile, sheet)
    self.merges = merges.filter { $0.rows.lowerBound <= profile.headerWithin }
    for (index, column) in profile.columns.enumerated() {
      for header in [column.name] + column.headers { names[HeaderText.folded(header)] = index }
    }
  }

  /// Looks at the next row; nil: not this one.
  mutating func look(at row: Int, _ texts: [String]) throws(BatchFault) -> Found? {
    guard row <= profile.headerWithin else { throw failure() }
    seen.append(Seen(row: row, texts: texts))
    let headers = titles(row, texts)
    var positions: [Int: [Int]] = [:]
    var units: [Int: Int64] = [:]
    for (position, header) in headers.enumerated() {
      guard let (index, unit) = match(header) else { continue }
      positions[index, default: []].append(position)
      if let unit { units[index] = unit }
    }
    let missing = profile.columns.indices.filter { profile.columns[$0].isRequired && positions[$0] == nil }
    if positions.count > best?.matches ?? 0 { best = (positions.count, row, missing) }
    guard missing.isEmpty, !positions.isEmpty else { return nil }
    // Names merged downwards: the header ends with the last of their rows.
    let matched = Set(positions.values.joined().map { $0 + 1 })
    let over = merges.filter { $0.rows.contains(row) && $0.columns.contains(where: matched.contains) }
    guard over.allSatisfy({ $0.rows.upperBound == row }) else { return nil }
    try check(positions, headers, row)
    let columns = positions.map { index, positions in
      var column = profile.columns[index]
      if let unit = units[index] { column.fenPerUnit = unit }
      return (index, BatchColumn(column: column, header: headers[positions[0]], position: positions[0] + 1))
    }
    return Found(row: row, headers: headers, columns: columns.sorted { $0.0 < $1.0 }.map(\.1))
  }

  /// Why no row was the header.
  func failure() -> BatchFault {
    guard let best else { return BatchFault(.noHeader(within: profile.headerWithin), sheet: sheet) }
    let missing = best.missing.map { BatchFault.MissingColumn(name: profile.columns[$0].name, headers: profile.columns[$0].headers) }
    return BatchFault(.missingColumns(missing), sheet: sheet, row: best.row)
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

  /// The column a header names, and the unit it says.
  private func match(_ header: String) -> (index: Int, unit: Int64?)? {
    let folded = HeaderText.folded(header)
    guard !folded.isEmpty else { return nil }
    if let index = names[folded] { return (index, HeaderText.parted(folded).flatMap { Self.unit($0.bracket, profile.columns[index]) }) }
    guard let parted = HeaderText.parted(folded), let index = names[parted.name] else { return nil }
    return (index, Self.unit(parted.bracket, profile.columns[index]))
  }

  private static func unit(_ bracket: String, _ column: ProfileColumn) -> Int64? {
    guard column.type == .amount else { return nil }
    return switch bracket {
    case "元", "人民币元", "单位:元": 100
    case "万元", "万", "单位:万元": 1_000_000
    case "分": 1
    default: nil
    }
  }
}
