// Floor: what libexpat alone needs for a document, with handlers that only count. The engine parses with it too, so the difference to
// this figure is ours.

import CExpat
import XForm

enum Floor {
  private struct Counts {
    var elements = 0
    var characters = 0
  }

  /// Parses the whole document; gives the number of its elements.
  static func parse(_ document: [UInt8]) -> Int {
    guard let parser = unsafe XML_ParserCreateNS("UTF-8", 0x1F) else { fatalError("no memory for a parser") }
    defer { unsafe XML_ParserFree(parser) }
    var counts = Counts()
    let status = unsafe withUnsafeMutablePointer(to: &counts) { place in
      unsafe XML_SetUserData(parser, place)
      unsafe XML_SetElementHandler(
        parser, { data, _, _ in unsafe data?.assumingMemoryBound(to: Counts.self).pointee.elements += 1 }, { _, _ in })
      unsafe XML_SetCharacterDataHandler(
        parser, { data, _, count in unsafe data?.assumingMemoryBound(to: Counts.self).pointee.characters += Int(count) })
      return unsafe document.withUnsafeBytes { bytes in
        unsafe XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 1)
      }
    }
    guard status == XML_STATUS_OK else { fatalError("a vector's submission is not XML") }
    return counts.elements
  }
}
