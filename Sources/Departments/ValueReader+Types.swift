// The types of columns.

internal import Tables

extension ValueReader {
  mutating func readIdentity(_ text: ArraySlice<UInt8>, _ shape: Shape, _ cell: TableCell, _ column: ProfileColumn) -> Outcome {
    if cell.findings.contains(.lostDigits) { return .wrong(.lostDigits) }
    if cell.findings.contains(.longNumber) { findings.insert(.numberAsNumber) }
    var piece = narrowed(text, shape)
    if Self.isScientific(piece.bytes) { return .wrong(.lostDigits) }
    // What a spreadsheet keeps is fifteen digits; the three behind them become zeros.
    let hasZeroTail = piece.bytes.count == 18 && piece.bytes.suffix(3).elementsEqual([48, 48, 48])
    switch IdentityKey.read(piece.bytes) {
    case .length(let count): return .wrong(.numberLength(count))
    case .character(let position): return .wrong(.numberCharacter(at: position))
    case .doubtful:
      if hasZeroTail { return .wrong(.lostDigits) }
      guard column.keepsDoubtful else { return .wrong(.numberCheck) }
      findings.insert(.doubtfulNumber)
      if piece.bytes.last == UInt8(ascii: "x") {
        findings.insert(.smallX)
        piece = Piece(anew: piece.bytes.dropLast() + [UInt8(ascii: "X")])
      }
    case .number(let key, let found):
      identity = key
      findings.formUnion(found)
      endsInZeros = hasZeroTail
      if !found.isEmpty { piece = Piece(anew: Array(key.text.utf8)) }
    }
    return .value(kept(piece))
  }

  /// `1.30599198001011E+17`, `1.30599E+17`
  private static func isScientific(_ text: ArraySlice<UInt8>) -> Bool {
    guard let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), mark > text.startIndex else { return false }
    let before = text[..<mark], after = text[(mark + 1)...]
    return before.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") } && !after.isEmpty
      && after.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "+") }
  }

  mutating func readName(_ text: ArraySlice<UInt8>, _ shape: Shape) -> Outcome {
    let hasPoint = text.contains(UInt8(ascii: "."))
    guard shape.hasBlanks || shape.hasBreaks || shape.hasOddLead || hasPoint else { return .value(kept(Piece(text))) }
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    // 张　三 is 张三; a name in letters keeps the blanks between its words.
    let dropsBlanks = !scalars.contains { $0.isASCII && $0.properties.isAlphabetic }
    var name: [UInt8] = []
    for scalar in scalars {
      if Self.isBlank(scalar) {
        findings.insert(.blanks)
        if !dropsBlanks, name.last != 0x20 { name.append(0x20) }
      } else if [".", "．", "•", "・", "∙", "‧", "･"].contains(scalar) {
        findings.insert(.middleDot)
        name.append(contentsOf: "·".utf8)
      } else {
        name.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return .value(kept(Piece(anew: name)))
  }

  mutating func readDate(_ text: ArraySlice<UInt8>, _ shape: Shape, _ column: ProfileColumn) -> Outcome {
    // As it stands first: a blank may part the time of day.
    var reading = DateText.read(text)
    if reading == .none { reading = DateText.read(narrowed(text, shape).bytes) }
    switch reading {
    case .whole(let date, let found):
      findings.formUnion(found)
      return .value(PackedValue(date))
    case .partial(let date, let found):
      guard column.allowsPartial else { return .wrong(.partialDate) }
      findings.formUnion(found)
      return .value(PackedValue(date))
    case .none: return .wrong(.notADate)
    }
  }

  mutating func readAmount(_ text: ArraySlice<UInt8>, _ shape: Shape, _ column: ProfileColumn) -> Outcome {
    guard let (fen, found) = AmountText.fen(narrowed(text, shape).bytes, fenPerUnit: column.fenPerUnit) else {
      return .wrong(.notAnAmount)
    }
    findings.formUnion(found)
    return .value(PackedValue(fen))
  }

  mutating func readNumber(_ text: ArraySlice<UInt8>, _ shape: Shape) -> Outcome {
    let bytes = narrowed(text, shape).bytes
    guard bytes.count <= 18, let number = Int64(String(decoding: bytes, as: UTF8.self)) else { return .wrong(.notANumber) }
    return .value(PackedValue(number))
  }

  mutating func readCode(_ text: ArraySlice<UInt8>, _ column: ProfileColumn, at position: Int) -> Outcome {
    let label = HeaderText.folded(String(decoding: text, as: UTF8.self))
    if let known = codes[position]?[label] { return .value(known) }
    guard let code = column.codes[label] ?? column.codes.values.first(where: { $0 == label }) else {
      return .wrong(.notOneOf(column.codes.sorted { ($0.value, $0.key.count, $0.key) < ($1.value, $1.key.count, $1.key) }.map(\.key)))
    }
    let value = kept(Piece(anew: Array(code.utf8)))
    codes[position, default: [:]][label] = value
    return .value(value)
  }
}
