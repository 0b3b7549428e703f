// What a sheet's elements say, collected a row at a time.

extension SheetReader {
  final class Handler: PartHandler {
    private(set) var rowNumber = 0
    private(set) var cells: [RawCell] = []
    private(set) var text: [UInt8] = []
    private var cell = RawCell(column: 0, type: .number, style: 0, isFormula: false, text: 0..<0)
    private var isInCell = false
    /// Inside `v`, or inside a `t` of an inline text that is no reading.
    private var takesText = false
    private var isInReading = false

    func start(_ element: PartElement, in parser: PartParser) {
      let name = element.name
      if isInCell {
        if name == "v" {
          takesText = true
        } else if name == "f" {
          cell.isFormula = true
        } else if name == "t" {
          takesText = !isInReading
        } else if name == "rPh" {
          isInReading = true
        }
      } else if name == "c" {
        startCell(element, parser)
      } else if name == "row" {
        startRow(element, parser)
      }
    }

    private func startRow(_ element: PartElement, _ parser: PartParser) {
      let number = element.number("r") ?? rowNumber + 1
      guard number > rowNumber else { return parser.refuse(TableFileFault(.badReference(element.string("r") ?? ""), row: rowNumber)) }
      guard number <= TablesLimits.sheetRows else {
        return parser.refuse(TableFileFault(.tooManyRows(max: TablesLimits.sheetRows), row: number))
      }
      rowNumber = number
      cells.removeAll(keepingCapacity: true)
      text.removeAll(keepingCapacity: true)
      cell.column = 0
    }

    private func startCell(_ element: PartElement, _ parser: PartParser) {
      var column = cell.column + 1
      if let reference = unsafe element.value("r") {
        guard let named = unsafe Self.column(of: reference), named >= column else {
          return parser.refuse(
            unsafe TableFileFault(.badReference(String(decoding: reference.prefix(20), as: UTF8.self)), row: rowNumber, column: column))
        }
        column = named
      }
      var type = CellType.number
      if let word = unsafe element.value("t"), let first = unsafe word.first {
        switch first {
        case UInt8(ascii: "s"): type = word.count == 1 ? .shared : .text
        case UInt8(ascii: "i"): type = .text
        case UInt8(ascii: "b"): type = .boolean
        case UInt8(ascii: "e"): type = .error
        case UInt8(ascii: "d"): type = .isoDate
        default: break
        }
      }
      cell = RawCell(column: column, type: type, style: element.number("s") ?? 0, isFormula: false, text: text.count..<text.count)
      (isInCell, takesText, isInReading) = (true, false, false)
    }

    func end(_ name: PartName, in parser: PartParser) {
      if isInCell {
        if name == "v" || name == "t" {
          takesText = false
        } else if name == "rPh" {
          isInReading = false
        } else if name == "c" {
          isInCell = false
          cell.text = cell.text.lowerBound..<text.count
          guard cell.text.count <= TablesLimits.cellBytes else {
            return parser.refuse(
              TableFileFault(.cellTooLong(bytesMax: TablesLimits.cellBytes), row: rowNumber, column: cell.column))
          }
          // Cells that only have a style say nothing; a row may carry sixteen thousand of them.
          if !cell.text.isEmpty || cell.isFormula { cells.append(cell) }
        }
      } else if name == "row" {
        parser.pause()
      }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
      guard takesText, text.count - cell.text.lowerBound <= TablesLimits.cellBytes else { return }
      unsafe text.append(contentsOf: bytes)
    }

    /// The column of `AB12`; nil for what is no reference.
    static func column(of reference: UnsafeBufferPointer<UInt8>) -> Int? {
      var column = 0
      for unsafe byte in unsafe reference {
        if (65...90).contains(byte) {
          column = column * 26 + Int(byte - 64)
          guard column <= 16_384 else { return nil }
        } else {
          return (48...57).contains(byte) && column > 0 ? column : nil
        }
      }
      return nil
    }
  }
}

/// Looks for merged ranges. They stand behind the rows; a `<` in a cell's text is written `&lt;`, so the bytes `<mergeCell ` are the
/// element wherever they are, and expat need not see the rows twice.
enum MergeScan {
  static func merges(of part: ZipPart) throws(TableFileFault) -> [CellSpan] {
    var merges: [CellSpan] = []
    var window: [UInt8] = []
    while true {
      let chunk = try part.readChunk()
      window.append(contentsOf: chunk)
      let done = collect(window, isLast: chunk.isEmpty, into: &merges)
      if chunk.isEmpty { return merges }
      window.removeFirst(done)
    }
  }

  private static let word = Array("mergeCell ".utf8)

  /// Takes what is whole in the window; answers how much of it is done with.
  private static func collect(_ window: [UInt8], isLast: Bool, into merges: inout [CellSpan]) -> Int {
    let bytes = window.span
    var at = 0
    while at < bytes.count {
      // `m` is rare enough to look for first.
      guard unsafe bytes[unchecked: at] == word[0] else {
        at += 1
        continue
      }
      guard at + word.count <= bytes.count else { return max(at - 1, 0) }
      var same = 1
      while same < word.count, bytes[at + same] == word[same] { same += 1 }
      guard same == word.count, at > 0, bytes[at - 1] == UInt8(ascii: "<") || bytes[at - 1] == UInt8(ascii: ":") else {
        at += 1
        continue
      }
      var end = at
      while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
      guard end < bytes.count || isLast || end - at > 1_000 else { return at - 1 }
      if merges.count < TablesLimits.merges, let span = span(window[at..<end]) { merges.append(span) }
      at = end
    }
    return max(at - 1, 0)
  }

  /// `… ref="A1:C2"`
  private static func span(_ element: ArraySlice<UInt8>) -> CellSpan? {
    let parts = element.split { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    for (index, part) in parts.enumerated() where part.elementsEqual("mergeCell ref=".utf8) || part.suffix(5).elementsEqual(" ref=".utf8) {
      guard index + 1 < parts.count else { return nil }
      let corners = parts[index + 1].split(separator: UInt8(ascii: ":"))
      guard corners.count == 2, let first = corner(corners[0]), let last = corner(corners[1]) else { return nil }
      guard first.row <= last.row, first.column <= last.column else { return nil }
      return CellSpan(rows: first.row...last.row, columns: first.column...last.column)
    }
    return nil
  }

  private static func corner(_ text: ArraySlice<UInt8>) -> (row: Int, column: Int)? {
    let letters = text.prefix { (65...90).contains($0) }
    guard (1...3).contains(letters.count), let row = Int(String(decoding: text.dropFirst(letters.count), as: UTF8.self)), row > 0 else {
      return nil
    }
    return (row, letters.reduce(0) { $0 * 26 + Int($1 - 64) })
  }
}
