// One sheet, row by row: expat stops at the end of every row and goes on for the next, so only one row is in memory, beside the shared
// texts. Those stand at the front of `bytes`, so a cell with a shared text costs nothing; what a row writes itself stands behind them
// and is gone with the next row.

public final class SheetReader: RowSource {
  public let sheet: String?
  public private(set) var bytes: [UInt8]
  public private(set) var row = TableRow()
  /// Merged ranges in the order of the file; they are found before the first row is read.
  public let merges: [CellSpan]

  private let texts: SharedTexts
  private let styles: StylesPart
  private let from1904: Bool
  private var parser: PartParser?
  private var handler: Handler?
  private let sharedEnd: Int
  private var openMerges: [CellSpan] = []
  private var nextMerge = 0
  private let mergesByRow: [CellSpan]

  /// - Parameter readsMerges: merged ranges stand at the end of a sheet, so it is unpacked once more for them.
  public init(_ entry: SheetEntry, of workbook: Workbook, readsMerges: Bool = true) throws(TableFileFault) {
    do throws(TableFileFault) {
      sheet = entry.name
      texts = try workbook.texts()
      (styles, from1904) = (workbook.styles, workbook.countsFrom1904)
      bytes = texts.takeBytes()
      sharedEnd = bytes.count
      merges = readsMerges ? try MergeScan.merges(of: workbook.archive.part(entry.path, bytesMax: TablesLimits.sheetBytes)) : []
      mergesByRow = merges.sorted { $0.rows.lowerBound < $1.rows.lowerBound }
      let handler = Handler()
      parser = try PartParser(workbook.archive.part(entry.path, bytesMax: TablesLimits.sheetBytes), handler)
      self.handler = handler
    } catch {
      throw TableFileFault(error.kind, sheet: entry.name, row: error.row, column: error.column)
    }
  }

  public func next() throws(TableFileFault) -> Bool {
    guard let parser, let handler else { return false }
    do throws(TableFileFault) {
      repeat {
        bytes.removeLast(bytes.count - sharedEnd)
        guard try parser.run() else { return false }
        try take(handler)
      } while row.isEmpty
    } catch {
      throw TableFileFault(error.kind, sheet: sheet, row: error.row ?? handler.rowNumber, column: error.column)
    }
    return true
  }

  /// Makes the row of what the handler collected.
  private func take(_ handler: Handler) throws(TableFileFault) {
    row.number = handler.rowNumber
    row.cells.removeAll(keepingCapacity: true)
    row.isEmpty = true
    for raw in handler.cells {
      let cell = try cell(raw, handler)
      if cell.kind == .empty && cell.findings.isEmpty { continue }
      guard raw.column <= TablesLimits.columns else {
        throw TableFileFault(.tooManyColumns(max: TablesLimits.columns), column: raw.column)
      }
      while row.cells.count < raw.column - 1 { row.cells.append(.empty) }
      row.cells.append(cell)
      row.isEmpty = false
    }
    if !mergesByRow.isEmpty { markMerged() }
  }

  private func cell(_ raw: RawCell, _ handler: Handler) throws(TableFileFault) -> TableCell {
    var findings: CellFindings = []
    let source = handler.text[raw.text]
    if raw.isFormula { findings.insert(source.isEmpty ? .formulaWithoutValue : .formula) }
    guard !source.isEmpty else { return TableCell(start: 0, count: 0, kind: .empty, findings: findings) }
    let start = bytes.count
    var kind = CellKind.text
    switch raw.type {
    case .shared:
      guard let index = Int(String(decoding: source, as: UTF8.self)), let range = texts.range(index) else {
        throw TableFileFault(.noSuchString, column: raw.column)
      }
      return TableCell(start: range.lowerBound, count: range.count, kind: range.isEmpty ? .empty : .text, findings: findings)
    case .text:
      bytes.append(contentsOf: source)
      EscapedText.unescape(&bytes, from: start)
    case .error:
      bytes.append(contentsOf: source)
      kind = .error
    case .boolean:
      bytes.append(contentsOf: (source.elementsEqual("1".utf8) ? "true" : "false").utf8)
      kind = .boolean
    case .isoDate:
      bytes.append(contentsOf: source)
      kind = .date
    case .number:
      kind = .number
      if raw.style < styles.showsDate.count, styles.showsDate[raw.style] {
        if let serial = Double(String(decoding: source, as: UTF8.self)),
          DateFormat.append(serial: serial, from1904: from1904, to: &bytes)
        {
          kind = .date
          break
        }
        findings.insert(.impossibleDate)
      }
      findings.formUnion(NumberText.append(source, to: &bytes))
      if findings.contains(.notANumber) { kind = .text }
    }
    return TableCell(start: start, count: bytes.count - start, kind: kind, findings: findings)
  }

  /// Names the cells of this row that a merged range covers.
  private func markMerged() {
    openMerges.removeAll { $0.rows.upperBound < row.number }
    while nextMerge < mergesByRow.count, mergesByRow[nextMerge].rows.lowerBound <= row.number {
      if mergesByRow[nextMerge].rows.upperBound >= row.number { openMerges.append(mergesByRow[nextMerge]) }
      nextMerge += 1
    }
    for merge in openMerges {
      for column in merge.columns where column <= TablesLimits.columns {
        let isFirst = row.number == merge.rows.lowerBound && column == merge.columns.lowerBound
        while row.cells.count < column { row.cells.append(.empty) }
        row.cells[column - 1].findings.insert(isFirst ? .merged : .covered)
      }
    }
  }

  enum CellType { case shared, text, number, boolean, error, isoDate }

  struct RawCell {
    var column: Int
    var type: CellType
    var style: Int
    var isFormula: Bool
    /// In the handler's text.
    var text: Range<Int>
  }
}
