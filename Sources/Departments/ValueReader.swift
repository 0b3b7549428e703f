// One cell to one value. Bytes in, a packed value out; what was odd is named, what cannot be read is a reason. Most cells need no byte
// changed, and are then ranges of the file.

internal import Tables

struct ValueReader {
  enum Outcome {
    case value(PackedValue)
    case absent
    case wrong(RowReason)
  }

  /// Bytes that had to be written otherwise.
  var extra: [UInt8] = []
  /// Of the row at hand.
  var findings: ValueFindings = []
  var identity = IdentityKey.none
  /// An identity number that could have lost its last digits.
  var endsInZeros = false
  /// Whether the ranges of cells stay valid after the row.
  let keepsBytes: Bool
  /// Where each column's codes stand in `extra`, by folded label.
  var codes: [Int: [String: PackedValue]] = [:]

  init(keepsBytes: Bool) { self.keepsBytes = keepsBytes }

  mutating func startRow() { (findings, identity, endsInZeros) = ([], .none, false) }

  mutating func read(_ cell: TableCell, of bytes: [UInt8], _ column: ProfileColumn, at position: Int) -> Outcome {
    if cell.findings.contains(.formulaWithoutValue) { return .wrong(.formulaWithoutValue) }
    if cell.findings.contains(.formula) { findings.insert(.formula) }
    guard cell.count > 0 else { return cell.findings.contains(.covered) ? .wrong(.coveredByMerge) : .absent }
    if cell.kind == .error { return .wrong(.errorValue(String(decoding: bytes[cell.range], as: UTF8.self))) }
    var text = bytes[cell.range]
    var shape = Shape(text)
    if shape.hasControls { return .wrong(.controlCharacter) }
    if shape.maybeFramed { unframe(&text, &shape) }
    guard !text.isEmpty else { return .absent }
    guard text.count <= DepartmentsLimits.valueBytes else { return .wrong(.tooLong(max: DepartmentsLimits.valueBytes)) }
    switch column.type {
    case .idNumber: return readIdentity(text, shape, cell, column)
    case .name: return readName(text, shape)
    case .date: return readDate(text, shape, column)
    case .amount: return readAmount(text, shape, column)
    case .number: return readNumber(text, shape)
    case .code: return readCode(text, column, at: position)
    case .division: return .value(kept(narrowed(text, shape)))
    case .text: return .value(kept(shape.hasBreaks ? oneLine(text) : Piece(text)))
    }
  }

  /// What a look at every byte tells.
  struct Shape {
    var isASCII = true
    var hasBlanks = false
    var hasBreaks = false
    var hasControls = false
    /// Bytes that begin wide forms, or blanks and dots that are not ASCII.
    var hasOddLead = false
    /// Blanks, an apostrophe or `="` may stand around it.
    var maybeFramed = false

    init(_ text: ArraySlice<UInt8>) {
      for byte in text {
        if byte >= 0x80 {
          isASCII = false
          if byte == 0xEF || byte == 0xE2 || byte == 0xE3 || byte == 0xC2 { hasOddLead = true }
        } else if byte <= 0x20 {
          switch byte {
          case 0x20: hasBlanks = true
          case 9, 10, 13: hasBreaks = true
          default: hasControls = true
          }
        } else if byte == 0x7F {
          hasControls = true
        }
      }
      maybeFramed = hasBlanks || hasBreaks || hasOddLead || text.first == UInt8(ascii: "'") || text.first == UInt8(ascii: "=")
    }
  }

  /// Blanks of every kind that carry no meaning: ideographic, no-break, zero-width, and marks of byte order.
  private static let blanks: [[UInt8]] = [[0xE3, 0x80, 0x80], [0xC2, 0xA0], [0xE2, 0x80, 0x8B], [0xEF, 0xBB, 0xBF]]

  /// Takes away what stands around a text: blanks, an apostrophe, `="` and `"`.
  private mutating func unframe(_ text: inout ArraySlice<UInt8>, _ shape: inout Shape) {
    let before = text.count
    trim(&text)
    if text.count != before { findings.insert(.blanks) }
    if text.first == UInt8(ascii: "=") , text.count >= 3, text.dropFirst().first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") {
      text = text.dropFirst(2).dropLast()
      findings.insert(.textFormula)
    }
    let apostrophes: [[UInt8]] = [[0x27], Array("‘".utf8), Array("’".utf8), Array("＇".utf8), Array("`".utf8)]
    for mark in apostrophes where text.starts(with: mark) {
      text = text.dropFirst(mark.count)
      findings.insert(.leadingApostrophe)
      break
    }
    trim(&text)
    shape = Shape(text)
  }

  private func trim(_ text: inout ArraySlice<UInt8>) {
    while let first = text.first {
      let blank = first <= 0x20 ? 1 : Self.blanks.first { text.starts(with: $0) }?.count
      guard let blank else { break }
      text = text.dropFirst(blank)
    }
    while let last = text.last {
      let blank = last <= 0x20 ? 1 : Self.blanks.first { text.suffix($0.count).elementsEqual($0) }?.count
      guard let blank else { break }
      text = text.dropLast(blank)
    }
  }

  /// Bytes, and whether they are the cell's own or were written anew.
  struct Piece {
    var bytes: ArraySlice<UInt8>
    var isOwn = true

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
    init(anew bytes: [UInt8]) { (self.bytes, isOwn) = (bytes[...], false) }
  }

  /// Wide digits and letters made narrow; blanks within taken out.
  mutating func narrowed(_ text: ArraySlice<UInt8>, _ shape: Shape) -> Piece {
    guard shape.hasOddLead || shape.hasBlanks || shape.hasBreaks else { return Piece(text) }
    var narrow: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if Self.isBlank(scalar) {
        findings.insert(.blanks)
      } else if (0xFF01...0xFF5E).contains(scalar.value) {
        findings.insert(.wideCharacters)
        narrow.append(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
      } else {
        narrow.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return Piece(anew: narrow)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
  }

  /// A cell of several lines as one: names and reasons are one line everywhere else.
  mutating func oneLine(_ text: ArraySlice<UInt8>) -> Piece {
    findings.insert(.lineBreaks)
    var line: [UInt8] = []
    for part in text.split(whereSeparator: { $0 == 9 || $0 == 10 || $0 == 13 }) {
      if !line.isEmpty { line.append(0x20) }
      line.append(contentsOf: part)
    }
    return Piece(anew: line)
  }

  /// A value for these bytes: their own range where they stay, a copy where not.
  mutating func kept(_ piece: Piece) -> PackedValue {
    if keepsBytes, piece.isOwn { return PackedValue(piece.bytes.startIndex..<piece.bytes.endIndex, isExtra: false) }
    let start = extra.count
    extra.append(contentsOf: piece.bytes)
    return PackedValue(start..<extra.count, isExtra: true)
  }
}
