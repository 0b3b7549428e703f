// The figures of the page without a page: for whoever compares the two, or has no browser.

internal import Relief

/// A line of the report.
public struct PageFigureLine: Equatable, Sendable {
  /// A township or village; nil: all of them.
  public var division: String?
  /// As the table of divisions has it, else its code; the county's of all of them.
  public var name: String
  /// 应走访, 已走访, 未遇, 发现, 建议纳入, 纳入, 急难, 转办, 清零, 逾期.
  public var counts: [Int]

  /// What `counts` are called.
  public static let titles = PageWords.figures
}

extension County {
  /// Folds the register anew and reports these days: townships, each with its villages, and the sum.
  /// - Parameters:
  ///   - from: `2026-11-01`, like `to`.
  ///   - division: nil: the county.
  /// - Throws: `badDate`, `daysReversed`, `notBegun`, `badScope`, `noPlace`.
  public func figures(from: String, to: String, division: String?) async throws(CountyFault) -> [PageFigureLine] {
    guard let first = CivilDate(from), first.isWhole else { throw .badDate(from) }
    guard let last = CivilDate(to), last.isWhole else { throw .badDate(to) }
    guard first <= last else { throw .daysReversed(from: from, to: to) }
    try checkBegun(first)
    let place = try await place(division)
    let found = try await guarded {
      try await board.refresh()
      return try await board.report(PageRange(division: place, from: first, to: last))
    }
    guard let (report, snapshot) = found else { throw .store(detail: "no figures") }
    func line(_ division: String?, _ figures: SupervisionFigures) -> PageFigureLine {
      PageFigureLine(division: division, name: division.map { snapshot.names[$0] ?? $0 } ?? configuration.name, counts: figures.pageCounts)
    }
    return report.townships.flatMap { town in
      [line(town.division.code, town.figures)] + town.villages.map { line($0.division.code, $0.figures) }
    } + [line(nil, report.all)]
  }
}

extension SupervisionFigures {
  /// In the order of the page's columns.
  var pageCounts: [Int] {
    [
      sweep.planned, sweep.visited, sweep.notMet, sweep.found, sweep.suspected, included, sweep.emergencies, sweep.referred, sweep.cleared,
      overdue,
    ]
  }
}
