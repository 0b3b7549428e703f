// The small parts of a package: where its workbook stands, which sheets it has, which cell styles show a date, and the table of
// shared texts.

internal import Glibc

/// The relationships of one part: id → kind and target.
final class Relationships: PartHandler {
  struct Target { var kind: String, path: String, isExternal: Bool }

  private(set) var targets: [String: Target] = [:]
  private let folder: String

  /// - Parameter part: whose relationships; `""` for the package's own.
  init(of part: String, in archive: ZipArchive) throws(TableFileFault) {
    let slash = part.lastIndex(of: "/")
    folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
    let path = folder + "_rels/" + name + ".rels"
    guard archive.holds(path) else { return }
    try PartParser(archive.part(path, bytesMax: TablesLimits.smallPartBytes), self).finish()
  }

  func start(_ element: PartElement, in parser: PartParser) {
    guard element.name == "Relationship", let id = element.string("Id"), let target = element.string("Target") else { return }
    let kind = element.string("Type").flatMap { $0.split(separator: "/").last.map(String.init) } ?? ""
    targets[id] = Target(kind: kind, path: Self.resolved(target, in: folder), isExternal: element.string("TargetMode") == "External")
  }

  func end(_ name: PartName, in parser: PartParser) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}

  func first(_ kind: String) -> String? { targets.values.first { $0.kind == kind && !$0.isExternal }?.path }

  /// A target is relative to the folder of its part, or begins with a slash.
  static func resolved(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for step in target.split(separator: "/") {
      if step == ".." { _ = parts.popLast() } else if step != "." { parts.append(String(step)) }
    }
    return parts.joined(separator: "/")
  }
}

/// What the package says its parts are.
final class ContentTypes: PartHandler {
  private var byName: [String: String] = [:]
  private var byEnding: [String: String] = [:]

  init(in archive: ZipArchive) throws(TableFileFault) {
    try PartParser(archive.part("[Content_Types].xml", bytesMax: TablesLimits.smallPartBytes), self).finish()
  }

  func start(_ element: PartElement, in parser: PartParser) {
    guard let type = element.string("ContentType") else { return }
    if element.name == "Override", let name = element.string("PartName") {
      byName[(name.hasPrefix("/") ? String(name.dropFirst()) : name).lowercased()] = type
    } else if element.name == "Default", let ending = element.string("Extension") {
      byEnding[ending.lowercased()] = type
    }
  }

  func end(_ name: PartName, in parser: PartParser) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}

  func type(of part: String) -> String? {
    let name = part.lowercased()
    return byName[name] ?? name.lastIndex(of: ".").flatMap { byEnding[String(name[name.index(after: $0)...])] }
  }
}

/// One sheet as the workbook names it.
public struct SheetEntry: Equatable, Sendable {
  public var name: String
  /// Hidden by whoever made the file, or so that only a macro shows it.
  public var isHidden: Bool
  /// Dialogs and charts are sheets too; they have no cells.
  public var hasCells: Bool
  var path: String
}

final class WorkbookPart: PartHandler {
  private(set) var sheets: [(name: String, id: String, isHidden: Bool)] = []
  private(set) var countsFrom1904 = false

  init(_ part: ZipPart) throws(TableFileFault) { try PartParser(part, self).finish() }

  func start(_ element: PartElement, in parser: PartParser) {
    if element.name == "workbookPr" {
      countsFrom1904 = element.isTrue("date1904")
    } else if element.name == "sheet", let name = element.string("name") {
      guard sheets.count < TablesLimits.sheets else {
        return parser.refuse(TableFileFault(.tooManySheets(max: TablesLimits.sheets)))
      }
      let state = element.string("state") ?? "visible"
      sheets.append((name, element.string("id", isQualified: true) ?? "", state != "visible"))
    }
  }

  func end(_ name: PartName, in parser: PartParser) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

/// Which cell styles show their number as a date.
final class StylesPart: PartHandler {
  /// By style.
  private(set) var showsDate: [Bool] = []
  private var custom: [Int: Bool] = [:]
  private var isInCellFormats = false

  init() {}

  init(_ part: ZipPart) throws(TableFileFault) { try PartParser(part, self).finish() }

  func start(_ element: PartElement, in parser: PartParser) {
    if element.name == "numFmt", let id = element.number("numFmtId"), let code = element.string("formatCode") {
      guard custom.count < TablesLimits.styles else { return parser.refuse(TableFileFault(.tooManyStyles(max: TablesLimits.styles))) }
      custom[id] = DateFormat.showsDate(code: code)
    } else if element.name == "cellXfs" {
      isInCellFormats = true
    } else if element.name == "xf", isInCellFormats {
      guard showsDate.count < TablesLimits.styles else {
        return parser.refuse(TableFileFault(.tooManyStyles(max: TablesLimits.styles)))
      }
      let id = element.number("numFmtId") ?? 0
      showsDate.append(custom[id] ?? DateFormat.showsDate(builtin: id))
    }
  }

  func end(_ name: PartName, in parser: PartParser) { if name == "cellXfs" { isInCellFormats = false } }
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

/// The shared texts, one after the other. Readings above characters (`rPh`) are not part of a text.
final class SharedTexts: PartHandler {
  private(set) var bytes: [UInt8] = []
  /// Where each text ends.
  private(set) var ends: [UInt32] = []
  private var isInText = false
  private var isInReading = false
  private var start = 0

  init() {}

  init(_ part: ZipPart) throws(TableFileFault) { try PartParser(part, self).finish() }

  /// The texts, for whoever hands them out; ranges stay what they are.
  func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  func range(_ index: Int) -> Range<Int>? {
    guard index >= 0, index < ends.count else { return nil }
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  func start(_ element: PartElement, in parser: PartParser) {
    if element.name == "t" { isInText = true } else if element.name == "rPh" { isInReading = true }
  }

  func end(_ name: PartName, in parser: PartParser) {
    if name == "t" {
      isInText = false
    } else if name == "rPh" {
      isInReading = false
    } else if name == "si" {
      EscapedText.unescape(&bytes, from: start)
      guard bytes.count - start <= TablesLimits.cellBytes else {
        return parser.refuse(TableFileFault(.cellTooLong(bytesMax: TablesLimits.cellBytes)))
      }
      start = bytes.count
      guard ends.count < TablesLimits.strings else {
        return parser.refuse(TableFileFault(.tooManyStrings(max: TablesLimits.strings)))
      }
      ends.append(UInt32(truncatingIfNeeded: start))
    }
    if bytes.count > TablesLimits.stringBytes {
      parser.refuse(TableFileFault(.partTooLarge("sharedStrings", bytesMax: TablesLimits.stringBytes)))
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer) { if isInText, !isInReading { unsafe self.bytes.append(contentsOf: bytes) } }
}

/// `_x000D_`: how a workbook writes characters that XML cannot hold. Four digits that make no character stay as they are.
enum EscapedText {
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard bytes.count - start >= 7, bytes[start...].contains(UInt8(ascii: "_")) else { return }
    var from = start, into = start
    while from < bytes.count {
      if bytes[from] == UInt8(ascii: "_"), let scalar = scalar(bytes, at: from) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[into] = byte
          into += 1
        }
        from += 7
      } else {
        bytes[into] = bytes[from]
        from += 1
        into += 1
      }
    }
    bytes.removeLast(bytes.count - into)
  }

  /// Never NUL: no text holds it.
  private static func scalar(_ bytes: [UInt8], at start: Int) -> Unicode.Scalar? {
    guard start + 7 <= bytes.count, bytes[start + 1] == UInt8(ascii: "x"), bytes[start + 6] == UInt8(ascii: "_") else { return nil }
    guard let value = UInt32(String(decoding: bytes[(start + 2)..<(start + 6)], as: UTF8.self), radix: 16), value > 0 else { return nil }
    return Unicode.Scalar(value)
  }
}
