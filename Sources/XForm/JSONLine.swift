// JSONLine: one flat JSON object a line, as traces are written: strings, numbers, true, false, null. Nested values are refused.

enum JSONLine {
  /// The fields as text; nil inside for null. nil: not a flat object.
  static func fields(_ line: String) -> [String: String?]? {
    var reader = Reader(bytes: Array(line.utf8))
    return reader.object()
  }

  static func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 32: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
      while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { place += 1 }
    }

    mutating func take(_ wanted: UInt8) -> Bool {
      skipSpace()
      guard byte == wanted else { return false }
      place += 1
      return true
    }

    mutating func object() -> [String: String?]? {
      guard take(UInt8(ascii: "{")) else { return nil }
      var fields: [String: String?] = [:]
      if take(UInt8(ascii: "}")) { return fields }
      repeat {
        skipSpace()
        guard let key = string(), take(UInt8(ascii: ":")) else { return nil }
        skipSpace()
        if byte == 0x22 {
          guard let value = string() else { return nil }
          fields[key] = .some(value)
        } else {
          let start = place
          while let byte, byte != 0x2C, byte != 0x7D, byte != 0x7B, byte != 0x5B { place += 1 }
          let word = String(decoding: bytes[start..<place], as: UTF8.self).trimmed
          guard !word.isEmpty else { return nil }
          fields[key] = .some(word == "null" ? nil : word)
        }
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "}")) ? fields : nil
    }

    mutating func string() -> String? {
      guard byte == 0x22 else { return nil }
      place += 1
      var units: [UInt16] = []
      var text: [UInt8] = []
      func flush(_ text: inout [UInt8], _ units: inout [UInt16]) {
        guard !units.isEmpty else { return }
        text += Array(String(decoding: units, as: UTF16.self).utf8)
        units = []
      }
      while let next = byte {
        place += 1
        if next == 0x22 {
          flush(&text, &units)
          return String(decoding: text, as: UTF8.self)
        }
        guard next == 0x5C else {
          flush(&text, &units)
          text.append(next)
          continue
        }
        guard let escape = byte else { return nil }
        place += 1
        if escape == UInt8(ascii: "u") {
          guard place + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
          else { return nil }
          place += 4
          units.append(unit)
          continue
        }
        flush(&text, &units)
        switch escape {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        default: text.append(escape)
        }
      }
      return nil
    }
  }
}
