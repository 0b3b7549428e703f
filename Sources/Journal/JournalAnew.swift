// JournalAnew: a journal that goes on under a new id by choice: the county cannot take the old one any more (it holds other lines under
// the same numbers), or what was sealed so far can be opened by nobody there (another county, begun anew).

extension Journal {
  /// Whether some record stands in a segment that none of these readers opens.
  public func hasRecords(closedTo readers: [ReaderKey]) -> Bool {
    let known = Set(readers.map(\.keyID))
    return index.epochs.flatMap(\.segments).contains { standing in
      let scan = index.scans[standing.scan]
      guard let header = scan.header, scan.chained.prefix(standing.count).contains(where: { $0.kind == .record }) else { return false }
      return !header.wraps.contains { $0.kind != .vault && known.contains($0.keyID) }
    }
  }

  /// Begins a new journal id and writes every record of this vault into it again, sealed to the present readers; the old lines stay where
  /// they are and do not count any more. All of it is one new segment: it stands whole, or everything is as it was. Record ids inside are
  /// unchanged, so whoever has a record already sees one id. Records of another vault go on counting where they are.
  public func beginAnew() throws(JournalFault) {
    guard let survey = try JournalIndex.survey(directory: directory, disk: disk, fresh: false), survey.condition == .readable else {
      throw .unavailable
    }
    if let active { disk.close(active.file) }
    active = nil
    let found = report
    try beginEpoch(survey, limitMax: 0)
    report = found
  }
}
