// Workbooks made by hand, part by part, so that a test can say exactly what is wrong with one. libzip packs them: another author than
// the writer under test.

import CZip
import Testing

@testable import Tables

enum ZipFixture {
  struct CannotPack: Error {}

  /// Packs the parts in order.
  static func zip(_ parts: [(name: String, bytes: [UInt8])], password: String? = nil) throws -> [UInt8] {
    var error = unsafe zip_error_t()
    guard let source = unsafe zip_source_buffer_create(nil, 0, 0, &error),
      let archive = unsafe zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error)
    else { throw CannotPack() }
    unsafe zip_source_keep(source)
    // The library packs when it closes: until then the bytes must stay.
    var held = unsafe [UnsafeMutableRawPointer]()
    defer { unsafe held.forEach { unsafe $0.deallocate() } }
    for part in parts {
      let copy = UnsafeMutableRawPointer.allocate(byteCount: max(part.bytes.count, 1), alignment: 1)
      unsafe part.bytes.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { unsafe copy.copyMemory(from: base, byteCount: bytes.count) }
      }
      unsafe held.append(copy)
      let content = unsafe zip_source_buffer(archive, copy, UInt64(part.bytes.count), 0)
      let index = unsafe zip_file_add(archive, part.name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else { throw CannotPack() }
      if let password { unsafe zip_file_set_encryption(archive, UInt64(index), UInt16(ZIP_EM_AES_256), password) }
    }
    guard unsafe zip_close(archive) == 0 else { throw CannotPack() }
    var stat = unsafe zip_stat_t()
    unsafe zip_source_stat(source, &stat)
    let size = unsafe Int(stat.size)
    unsafe zip_source_open(source)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = unsafe Int(zip_source_read(source, buffer.baseAddress, UInt64(size)))
    }
    unsafe zip_source_close(source)
    unsafe zip_source_free(source)
    return bytes
  }

  static let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
  private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  struct SheetText {
    var name: String
    var state = ""
    var xml: String
  }

  /// A whole workbook.
  /// - Parameters:
  ///   - strings: `<si>…</si>` elements.
  ///   - formats: formatCode of cell styles 1, 2 …; style 0 has none.
  static func parts(
    _ sheets: [SheetText], strings: String? = nil, formats: [String] = [], workbookPr: String = "", type: String = main
  ) -> [(name: String, bytes: [UInt8])] {
    let entries = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" \(sheet.state) r:id=\"rId\(index + 1)\"/>"
    }
    var relations = sheets.indices.map { "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>" }
    relations.append("<Relationship Id=\"rIdS\" Type=\"\(relation)/styles\" Target=\"/xl/styles.xml\"/>")
    if strings != nil { relations.append("<Relationship Id=\"rIdT\" Type=\"\(relation)/sharedStrings\" Target=\"sharedStrings.xml\"/>") }
    let codes = formats.enumerated().map { "<numFmt numFmtId=\"\(200 + $0.offset)\" formatCode=\"\($0.element)\"/>" }.joined()
    let styles = "<xf numFmtId=\"0\"/>" + formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined()
    var texts: [(String, String)] = [
      ("[Content_Types].xml", """
      <?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="\(type)"/></Types>
      """),
      ("_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"\(relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
      ("xl/workbook.xml", """
      <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="\(relation)">\
      \(workbookPr)<sheets>\(entries.joined())</sheets></workbook>
      """),
      ("xl/_rels/workbook.xml.rels", "<Relationships>" + relations.joined() + "</Relationships>"),
      ("xl/styles.xml", "<styleSheet><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(styles)</cellXfs></styleSheet>"),
    ]
    if let strings { texts.append(("xl/sharedStrings.xml", "<sst>\(strings)</sst>")) }
    for (index, sheet) in sheets.enumerated() { texts.append(("xl/worksheets/sheet\(index + 1).xml", sheet.xml)) }
    return texts.map { ($0.0, Array($0.1.utf8)) }
  }

  /// One sheet `名单` of these rows.
  static func workbook(
    rows: String, tail: String = "", strings: String? = nil, formats: [String] = [], workbookPr: String = ""
  ) throws -> [UInt8] {
    let sheet = SheetText(name: "名单", xml: "<worksheet><sheetData>\(rows)</sheetData>\(tail)</worksheet>")
    return try zip(parts([sheet], strings: strings, formats: formats, workbookPr: workbookPr))
  }
}

/// A row read: its number, texts, kinds and findings.
struct ReadRow: Equatable {
  var number: Int
  var texts: [String]
  var kinds: [CellKind] = []
  var findings: [CellFindings] = []
}

enum Reading {
  static func csv(_ bytes: [UInt8], delimiter: Delimiter? = nil, accepting: [TextEncoding] = TextEncoding.allCases) throws -> [ReadRow] {
    var reader = try CSVReader(bytes, delimiter: delimiter, accepting: accepting)
    var rows: [ReadRow] = []
    while try reader.next() { rows.append(ReadRow(number: reader.row.number, texts: reader.texts())) }
    return rows
  }

  static func csv(_ text: String, delimiter: Delimiter? = nil) throws -> [ReadRow] { try csv(Array(text.utf8), delimiter: delimiter) }

  static func xlsx(_ bytes: [UInt8], sheet: String? = nil) throws -> [ReadRow] {
    let workbook = try Workbook(bytes)
    let reader = try SheetReader(workbook.sheet(named: sheet), of: workbook)
    var rows: [ReadRow] = []
    while try reader.next() {
      rows.append(
        ReadRow(
          number: reader.row.number, texts: reader.texts(), kinds: reader.row.cells.map(\.kind),
          findings: reader.row.cells.map(\.findings)))
    }
    return rows
  }

  /// The fault that a reading ends with.
  static func fault(_ body: () throws -> Void) -> TableFileFault? {
    do { try body() } catch { return error as? TableFileFault }
    return nil
  }
}
