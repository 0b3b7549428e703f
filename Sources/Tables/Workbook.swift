// An .xlsx file: its sheets, and what they share.

public final class Workbook {
  public let sheets: [SheetEntry]
  let archive: ZipArchive
  let countsFrom1904: Bool
  let styles: StylesPart
  private let textsPath: String?

  public init(_ file: [UInt8]) throws(TableFileFault) {
    archive = try ZipArchive(file)
    let path = try Self.mainPart(of: archive)
    let relations = try Relationships(of: path, in: archive)
    let part = try WorkbookPart(archive.part(path, bytesMax: TablesLimits.smallPartBytes))
    countsFrom1904 = part.countsFrom1904
    sheets = part.sheets.compactMap { sheet in
      guard let target = relations.targets[sheet.id], !target.isExternal else { return nil }
      return SheetEntry(name: sheet.name, isHidden: sheet.isHidden, hasCells: target.kind == "worksheet", path: target.path)
    }
    if let styles = relations.first("styles"), archive.holds(styles) {
      self.styles = try StylesPart(archive.part(styles, bytesMax: TablesLimits.smallPartBytes))
    } else {
      styles = StylesPart()
    }
    textsPath = relations.first("sharedStrings")
  }

  /// The shared texts, read anew for every sheet that is read: they may be most of the memory, and nobody reads two sheets at once.
  func texts() throws(TableFileFault) -> SharedTexts {
    guard let textsPath, archive.holds(textsPath) else { return SharedTexts() }
    return try SharedTexts(archive.part(textsPath, bytesMax: TablesLimits.stringPartBytes))
  }

  /// The sheet of a name (blanks around it do not count), or the first one that has cells and is not hidden.
  public func sheet(named name: String? = nil) throws(TableFileFault) -> SheetEntry {
    let candidates = sheets.filter(\.hasCells)
    let found = if let name {
      candidates.first { $0.name == name } ?? candidates.first { Self.trimmed($0.name) == Self.trimmed(name) }
    } else {
      candidates.first { !$0.isHidden }
    }
    guard let found else { throw TableFileFault(.noSuchSheet(name ?? "", available: candidates.map(\.name))) }
    return found
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Where the workbook stands, if the package holds one that can be read.
  private static func mainPart(of archive: ZipArchive) throws(TableFileFault) -> String {
    guard archive.holds("[Content_Types].xml") else {
      // An open document says so in its first part.
      throw TableFileFault(archive.holds("mimetype") && archive.holds("content.xml") ? .openDocument : .notATable)
    }
    let types = try ContentTypes(in: archive)
    guard let path = try Relationships(of: "", in: archive).first("officeDocument") else { throw TableFileFault(.notATable) }
    let type = types.type(of: path) ?? ""
    if type.contains("sheet.binary") { throw TableFileFault(.binaryWorkbook) }
    // Templates and workbooks with macros are the same tables; nothing in them is ever run.
    guard type.hasSuffix("+xml"), type.contains("sheet.main") || type.contains("template.main") || type.contains("sheet.macroEnabled.main")
      || type.contains("template.macroEnabled.main"), type.contains("spreadsheetml") || type.contains("ms-excel")
    else { throw TableFileFault(.wrongContentType(type)) }
    return path
  }
}
