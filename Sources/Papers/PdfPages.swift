// A page of rows as PDF, by libharu: A4, cells with borders, lines to sign on. The only file that sees libharu. It embeds TrueType outlines
// alone, so the font is a TrueType one with Chinese glyphs (docs/papers.md); what the font lacks is told, not dropped.

internal import CHaru

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

/// Rows from the top down, a new page where one is full.
@safe final class PdfPages {
  static let width: Float = 595 - 2 * margin
  private static let margin: Float = 40
  private static let height: Float = 842
  private static let padding: Float = 4
  static let signatureHeight: Float = 36

  private let document: HPDF_Doc
  private let font: HPDF_Font
  private let footer: String
  private let size: Float
  private var leading: Float { size * 1.5 }
  private var pages: [HPDF_Page] = unsafe []
  private var page: HPDF_Page? { unsafe pages.last }
  private var top: Float = 0
  private var missing: [Character] = []

  /// - Parameter size: of the text in cells, in points.
  init(font path: String, footer: String, size: Float = 10) throws(PdfFault) {
    // Without a handler libharu keeps its error, and every later call answers with it.
    guard let document = unsafe HPDF_New(nil, nil) else { throw .library(code: 0) }
    unsafe self.document = unsafe document
    (self.footer, self.size) = (footer, size)
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
    unsafe pages.append(page)
    top = Self.height - Self.margin
  }

  private func write(_ text: String, x: Float, y: Float, size: Float) {
    guard let page = unsafe page else { return }
    unsafe write(text, on: page, x: x, y: y, size: size)
  }

  private func write(_ text: String, on page: HPDF_Page, x: Float, y: Float, size: Float) {
    unsafe HPDF_Page_BeginText(page)
    unsafe HPDF_Page_SetFontAndSize(page, font, size)
    unsafe HPDF_Page_TextOut(page, x, y, text)
    unsafe HPDF_Page_EndText(page)
  }

  /// In the middle, as many lines as it needs.
  func title(_ text: String) {
    for line in wrap(known(text), to: Self.width, size: 16) {
      top -= 16
      write(line, x: (595 - measure(line, 16)) / 2, y: top, size: 16)
      top -= 4
    }
    top -= 8
  }

  /// A line without a border.
  func line(_ text: String) {
    for line in wrap(known(text), to: Self.width, size: size) {
      top -= size
      write(line, x: Self.margin, y: top, size: size)
      top -= 6
    }
  }

  /// One row of cells with their widths; as high as its longest cell.
  /// - Parameter keeping: room to be left below it on its page: a heading stands above its questions, a signature below what is signed.
  func row(
    _ cells: [(text: String, width: Float)], isFilled: Bool = false, extraLines: Int = 0, keeping: Float = 0
  ) throws(PdfFault) {
    let wrapped = cells.map { wrap(known($0.text), to: $0.width - 2 * Self.padding, size: size) }
    let perPage = Int((Self.height - 2 * Self.margin - 2 * Self.padding) / leading)
    let lines = (wrapped.map(\.count).max() ?? 1) + extraLines
    let high = Float(lines) * leading + 2 * Self.padding + keeping
    if keeping > 0, high > top - Self.margin, high < Self.height - 2 * Self.margin { try begin() }
    // A cell longer than a page goes on on the next.
    var first = 0
    while first < max(lines, 1) {
      var count = min(max(lines, 1) - first, perPage)
      let room = Int((top - Self.margin - 2 * Self.padding) / leading)
      if room < min(count, 3) { try begin() } else { count = min(count, room) }
      draw(wrapped.map { Array($0.dropFirst(first).prefix(count)) }, cells.map(\.width), lines: count, isFilled: isFilled)
      first += count
    }
  }

  private func draw(_ cells: [[String]], _ widths: [Float], lines: Int, isFilled: Bool) {
    guard let page = unsafe page else { return }
    let high = Float(lines) * leading + 2 * Self.padding
    var x = Self.margin
    for (cell, width) in zip(cells, widths) {
      if isFilled { unsafe HPDF_Page_SetRGBFill(page, 0.9, 0.9, 0.9) }
      unsafe HPDF_Page_Rectangle(page, x, top - high, width, high)
      if isFilled { unsafe HPDF_Page_FillStroke(page) } else { unsafe HPDF_Page_Stroke(page) }
      unsafe HPDF_Page_SetRGBFill(page, 0, 0, 0)
      for (index, line) in cell.enumerated() {
        write(line, x: x + Self.padding, y: top - Self.padding - leading * Float(index + 1) + size * 0.4, size: size)
      }
      x += width
    }
    top -= high
  }

  /// A line each, with room above it for a pen or a finger.
  func signatures(_ names: [String]) throws(PdfFault) {
    if top - Self.margin < Self.signatureHeight * Float(names.count) { try begin() }
    for name in names {
      top -= Self.signatureHeight
      write(name + "：", x: Self.margin, y: top, size: size)
      guard let page = unsafe page else { return }
      unsafe HPDF_Page_MoveTo(page, Self.margin + 110, top - 3)
      unsafe HPDF_Page_LineTo(page, Self.margin + 330, top - 3)
      unsafe HPDF_Page_Stroke(page)
    }
  }

  func finish() throws(PdfFault) -> PdfFile {
    for unsafe (index, page) in unsafe pages.enumerated() {
      let text = "\(known(footer))    第 \(index + 1) 页，共 \(unsafe pages.count) 页"
      unsafe write(text, on: page, x: Self.margin, y: Self.margin - 18, size: 8)
    }
    guard unsafe HPDF_SaveToStream(document) == HPDF_STATUS(HPDF_OK) else { throw .library(code: unsafe UInt(HPDF_GetError(document))) }
    let size = unsafe HPDF_GetStreamSize(document)
    var read = size
    unsafe HPDF_ResetStream(document)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      _ = unsafe HPDF_ReadFromStream(document, buffer.baseAddress, &read)
      count = Int(read)
    }
    guard bytes.starts(with: Array("%PDF-".utf8)) else { throw .library(code: unsafe UInt(HPDF_GetError(document))) }
    return PdfFile(bytes: bytes, pages: unsafe pages.count, missing: missing)
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

  private static let closing: Set<Character> = ["）", ")", "，", "。", "；", "：", "、", "！", "？", "》", "”"]

  private func wrap(_ text: String, to width: Float, size: Float) -> [String] {
    var lines = [""]
    var used: Float = 0
    // What stands between wide blanks (a box and its choice) is not broken where it fits a line of its own.
    for (index, piece) in text.split(separator: "\u{3000}", omittingEmptySubsequences: false).enumerated() {
      if index > 0 {
        let whole = measure(String(piece), size)
        if used > 0, used + size + whole > width, whole <= width {
          lines.append("")
          used = 0
        } else if used > 0 {
          lines[lines.count - 1].append("\u{3000}")
          used += size
        }
      }
      for character in piece {
        let wide = measure(String(character), size)
        if character == "\n" || (used + wide > width && used > 0) {
          // No line begins with what closes: it takes the character before it along.
          let taken = Self.closing.contains(character) && lines[lines.count - 1].count > 1 ? lines[lines.count - 1].removeLast() : nil
          lines.append(taken.map { String($0) } ?? "")
          used = taken.map { measure(String($0), size) } ?? 0
          if character == "\n" { continue }
        }
        lines[lines.count - 1].append(character)
        used += wide
      }
    }
    return lines
  }
}
