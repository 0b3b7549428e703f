// A form as PDF, by libharu: A4, a table of questions with room for a pen, lines to sign on. The only file that sees libharu. It embeds
// TrueType outlines alone, so the font is a TrueType one with Chinese glyphs (docs/papers.md); what the font lacks is told, not dropped.

internal import CHaru
internal import Relief

public enum PdfFault: Error, Equatable, Sendable {
  /// No such file, or nothing libharu can embed (a font with CFF outlines, as Noto CJK).
  case font(path: String)
  /// libharu's own number.
  case library(code: UInt)
}

/// A finished document.
public struct PdfFile: Equatable, Sendable {
  public var bytes: [UInt8]
  public var pages: Int
  /// Characters the font has no glyph for; 〓 stands in their place.
  public var missing: [Character]
}

extension PaperForm {
  /// - Parameter font: a TrueType file (.ttf, or .ttc: its first font).
  public func pdf(font: String) throws(PdfFault) -> PdfFile {
    let page = try PdfPages(font: font, footer: stamp)
    try page.text(title, size: 16, isCentred: true)
    for line in lines {
      switch line {
      case .heading(let text): try page.row([(text, PdfPages.width)], isFilled: true)
      case .question(let number, let label, let answer):
        let room = answer == .blank ? 1 : 0
        try page.row([("\(number)", 28), (label, 150), (answer.text, PdfPages.width - 178)], extraLines: room)
      }
    }
    try page.signatures(signatures)
    return try page.finish()
  }
}

/// Rows from the top down, a new page where one is full.
@safe private final class PdfPages {
  static let width: Float = 595 - 2 * margin
  private static let margin: Float = 40
  private static let height: Float = 842
  private static let size: Float = 10
  private static let leading: Float = 15
  private static let padding: Float = 4

  private let document: HPDF_Doc
  private let font: HPDF_Font
  private let footer: String
  private var page: HPDF_Page?
  private var pages = 0
  private var top: Float = 0
  private var missing: [Character] = []

  init(font path: String, footer: String) throws(PdfFault) {
    // Without a handler libharu keeps its error, and every later call answers with it.
    guard let document = unsafe HPDF_New(nil, nil) else { throw .library(code: 0) }
    unsafe self.document = unsafe document
    self.footer = footer
    unsafe HPDF_UseUTFEncodings(document)
    unsafe HPDF_SetCompressionMode(document, HPDF_UINT(HPDF_COMP_ALL))
    let name = unsafe path.hasSuffix(".ttc")
      ? HPDF_LoadTTFontFromFile2(document, path, 0, HPDF_BOOL(HPDF_TRUE)) : HPDF_LoadTTFontFromFile(document, path, HPDF_BOOL(HPDF_TRUE))
    guard let name = unsafe name, let font = unsafe HPDF_GetFont(document, name, "UTF-8") else {
      unsafe HPDF_Free(document)
      throw .font(path: path)
    }
    unsafe self.font = unsafe font
    try begin()
  }

  deinit { unsafe HPDF_Free(document) }

  private func begin() throws(PdfFault) {
    guard let page = unsafe HPDF_AddPage(document) else { throw .library(code: unsafe UInt(HPDF_GetError(document))) }
    unsafe HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT)
    unsafe HPDF_Page_SetLineWidth(page, 0.5)
    unsafe self.page = unsafe page
    pages += 1
    top = Self.height - Self.margin
    write("\(footer)    第 \(pages) 页", x: Self.margin, y: Self.margin - 18, size: 8)
  }

  private func write(_ text: String, x: Float, y: Float, size: Float) {
    guard let page = unsafe page else { return }
    unsafe HPDF_Page_BeginText(page)
    unsafe HPDF_Page_SetFontAndSize(page, font, size)
    unsafe HPDF_Page_TextOut(page, x, y, text)
    unsafe HPDF_Page_EndText(page)
  }

  func text(_ text: String, size: Float, isCentred: Bool) throws(PdfFault) {
    let shown = known(text)
    top -= size
    write(shown, x: isCentred ? (595 - measure(shown, size)) / 2 : Self.margin, y: top, size: size)
    top -= 12
  }

  /// One row of cells with their widths; as high as its longest cell.
  func row(_ cells: [(text: String, width: Float)], isFilled: Bool = false, extraLines: Int = 0) throws(PdfFault) {
    let wrapped = cells.map { wrap(known($0.text), to: $0.width - 2 * Self.padding) }
    let perPage = Int((Self.height - 2 * Self.margin - 2 * Self.padding) / Self.leading)
    let lines = (wrapped.map(\.count).max() ?? 1) + extraLines
    // A cell longer than a page goes on on the next.
    var first = 0
    while first < max(lines, 1) {
      var count = min(max(lines, 1) - first, perPage)
      let room = Int((top - Self.margin - 2 * Self.padding) / Self.leading)
      if room < min(count, 3) { try begin() } else { count = min(count, room) }
      draw(wrapped.map { Array($0.dropFirst(first).prefix(count)) }, cells.map(\.width), lines: count, isFilled: isFilled)
      first += count
    }
  }

  private func draw(_ cells: [[String]], _ widths: [Float], lines: Int, isFilled: Bool) {
    guard let page = unsafe page else { return }
    let high = Float(lines) * Self.leading + 2 * Self.padding
    var x = Self.margin
    for (cell, width) in zip(cells, widths) {
      if isFilled { unsafe HPDF_Page_SetRGBFill(page, 0.9, 0.9, 0.9) }
      unsafe HPDF_Page_Rectangle(page, x, top - high, width, high)
      if isFilled { unsafe HPDF_Page_FillStroke(page) } else { unsafe HPDF_Page_Stroke(page) }
      unsafe HPDF_Page_SetRGBFill(page, 0, 0, 0)
      for (index, line) in cell.enumerated() {
        write(line, x: x + Self.padding, y: top - Self.padding - Self.leading * Float(index + 1) + 4, size: Self.size)
      }
      x += width
    }
    top -= high
  }

  /// A line each, with room above it for a pen or a finger.
  func signatures(_ names: [String]) throws(PdfFault) {
    if top - Self.margin < 40 * Float(names.count) { try begin() }
    for name in names {
      top -= 36
      write(name + "：", x: Self.margin, y: top, size: Self.size)
      guard let page = unsafe page else { return }
      unsafe HPDF_Page_MoveTo(page, Self.margin + 110, top - 3)
      unsafe HPDF_Page_LineTo(page, Self.margin + 330, top - 3)
      unsafe HPDF_Page_Stroke(page)
    }
  }

  func finish() throws(PdfFault) -> PdfFile {
    guard unsafe HPDF_SaveToStream(document) == HPDF_STATUS(HPDF_OK) else { throw .library(code: unsafe UInt(HPDF_GetError(document))) }
    let size = unsafe HPDF_GetStreamSize(document)
    var read = size
    unsafe HPDF_ResetStream(document)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      _ = unsafe HPDF_ReadFromStream(document, buffer.baseAddress, &read)
      count = Int(read)
    }
    guard bytes.starts(with: Array("%PDF-".utf8)) else { throw .library(code: unsafe UInt(HPDF_GetError(document))) }
    return PdfFile(bytes: bytes, pages: pages, missing: missing)
  }

  // MARK: Texts

  /// In thousandths of the size; 0 where the font has no glyph. libharu's encoding has sixteen bits.
  private func advance(_ scalar: Unicode.Scalar) -> Int32 {
    guard scalar.value <= 0xFFFF else { return 0 }
    return unsafe HPDF_Font_GetUnicodeWidth(font, HPDF_UNICODE(scalar.value))
  }

  private func measure(_ text: String, _ size: Float) -> Float {
    text.unicodeScalars.reduce(0) { $0 + Float(advance($1)) } * size / 1_000
  }

  private func known(_ text: String) -> String {
    String(
      text.map { character in
        if character.isNewline { return "\n" }
        if character.unicodeScalars.allSatisfy({ advance($0) > 0 }) { return character }
        if !missing.contains(character) { missing.append(character) }
        return "〓"
      })
  }

  private func wrap(_ text: String, to width: Float) -> [String] {
    var lines = [""]
    var used: Float = 0
    for character in text {
      let wide = measure(String(character), Self.size)
      if character == "\n" || (used + wide > width && used > 0) {
        lines.append("")
        used = 0
        if character == "\n" { continue }
      }
      lines[lines.count - 1].append(character)
      used += wide
    }
    return lines
  }
}
