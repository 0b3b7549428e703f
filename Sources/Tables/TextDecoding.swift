// What encoding a .csv file has. Valid UTF-8 is UTF-8; anything else is GB18030 if it is valid GB18030 from its first byte to its
// last, and refused otherwise. Bytes of a Chinese text hardly ever pass for both. A byte order mark decides by itself.

internal import Glibc

public enum TextEncoding: Sendable, CaseIterable {
  case utf8
  case gb18030
  /// Only with a byte order mark: what Excel calls “Unicode text”.
  case utf16
}

struct DecodedText {
  /// UTF-8.
  var bytes: [UInt8]
  /// Where the text starts: behind the mark.
  var start: Int
  var encoding: TextEncoding

  init(_ file: consuming [UInt8], accepting: [TextEncoding]) throws(TableFileFault) {
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      guard accepting.contains(.utf16) else { throw TableFileFault(.wrongEncoding, row: 1, column: 1) }
      let name = file[0] == 0xFF ? "UTF-16LE" : "UTF-16BE"
      (bytes, start, encoding) = (try Self.converted(file, skipping: 2, from: name), 0, .utf16)
      return
    }
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    guard let bad = Self.firstInvalid(file) else {
      (bytes, start, encoding) = (file, hasMark ? 3 : 0, .utf8)
      return
    }
    guard !hasMark, accepting.contains(.gb18030) else { throw Self.fault(.wrongEncoding, in: file, at: bad) }
    do throws(Stopped) {
      (bytes, start, encoding) = (try Self.convert(file, skipping: 0, from: "GB18030"), 0, .gb18030)
    } catch {
      guard let offset = error.offset else { throw TableFileFault(.encodingUnavailable("GB18030")) }
      throw Self.fault(.wrongEncoding, in: file, at: max(bad, offset))
    }
  }

  /// Offset of the first bytes that are no UTF-8.
  private static func firstInvalid(_ file: borrowing [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: file.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// Line and column of an offset. Columns are counted by commas and tabs: which of them parts columns is not known yet.
  static func fault(_ kind: TableFileFault.Kind, in file: borrowing [UInt8], at offset: Int) -> TableFileFault {
    var row = 1, column = 1
    let bytes = file.span
    var at = 0
    while at < offset, at < bytes.count {
      let byte = bytes[at]
      if byte == 0x0A || (byte == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)) {
        row += 1
        column = 1
      } else if byte == Delimiter.comma.rawValue || byte == Delimiter.tab.rawValue {
        column += 1
      }
      at += 1
    }
    return TableFileFault(kind, row: row, column: column)
  }

  /// Nil: there is no converter. Otherwise the offset at which the text stopped being one.
  private struct Stopped: Error { var offset: Int? }

  private static func converted(
    _ file: borrowing [UInt8], skipping: Int, from name: String
  ) throws(TableFileFault) -> [UInt8] {
    do throws(Stopped) { return try convert(file, skipping: skipping, from: name) } catch {
      guard error.offset != nil else { throw TableFileFault(.encodingUnavailable(name)) }
      throw TableFileFault(.wrongEncoding, row: 1, column: 1)
    }
  }

  /// glibc's own iconv: the whole of GB18030, four-byte characters too.
  private static func convert(_ file: borrowing [UInt8], skipping: Int, from name: String) throws(Stopped) -> [UInt8] {
    let descriptor = unsafe iconv_open("UTF-8", name)
    guard unsafe descriptor != iconv_t(bitPattern: -1) else { throw Stopped(offset: nil) }
    defer { _ = unsafe iconv_close(descriptor) }
    // Two bytes become three at most in either encoding, and four stay four.
    let room = file.count / 2 * 3 + 16
    var stopped: Int?
    let text = unsafe file.withUnsafeBytes { source in
      unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
        var from: UnsafeMutablePointer<CChar>? = unsafe source.baseAddress.map {
          unsafe UnsafeMutableRawPointer(mutating: $0).advanced(by: skipping).assumingMemoryBound(to: CChar.self)
        }
        var left = source.count - skipping
        var free = room
        unsafe target.withMemoryRebound(to: CChar.self) { target in
          var into = target.baseAddress
          let result = unsafe iconv(descriptor, &from, &left, &into, &free)
          if result == -1 || left > 0 { stopped = source.count - left }
        }
        count = room - free
      }
    }
    if let stopped { throw Stopped(offset: stopped) }
    return text
  }
}
