// Writes JSON to bytes: what is necessary is escaped and nothing else, so Chinese stays readable.

struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(4096) }

  mutating func object(_ fields: [(key: String, write: (inout JSONWriter) -> Void)]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      string(field.key)
      bytes.append(UInt8(ascii: ":"))
      field.write(&self)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func array<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(&self, item)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func literal(_ text: String) { bytes += Array(text.utf8) }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    // Nearly every text stands for itself.
    if text.utf8.allSatisfy({ $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 10: bytes += Array("\\n".utf8)
      case 13: bytes += Array("\\r".utf8)
      case 9: bytes += Array("\\t".utf8)
      case 0..<32:
        let hex = String(byte, radix: 16)
        bytes += Array("\\u00\(hex.utf8.count == 1 ? "0" : "")\(hex)".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
