// Paper forms and 明白纸 as PDF (R15, R68): a table of questions with room for a pen, or of sections with their lines.

public import Derivation

extension PaperForm {
  /// - Parameter font: a TrueType file (.ttf, or .ttc: its first font).
  public func pdf(font: String) throws(PdfFault) -> PdfFile {
    let page = try PdfPages(font: font, footer: stamp)
    page.title(title)
    for line in about { page.line(line) }
    let signing = PdfPages.signatureHeight * Float(signatures.count)
    for (index, line) in lines.enumerated() {
      switch line {
      case .heading(let text): try page.row([(text, PdfPages.width)], isFilled: true, keeping: 60)
      case .question(let number, let label, let answer):
        let cells = [("\(number)", 28), (label, 150), (answer.text, PdfPages.width - 178)]
        try page.row(cells, extraLines: answer == .blank ? 1 : 0, keeping: index == lines.count - 1 ? signing : 0)
      }
    }
    try page.signatures(signatures)
    return try page.finish()
  }
}

extension PolicyNotice {
  /// - Parameter font: a TrueType file (.ttf, or .ttc: its first font).
  public func pdf(font: String) throws(PdfFault) -> PdfFile {
    // Old people read it.
    let page = try PdfPages(font: font, footer: title, size: 15)
    page.title(title)
    for section in sections {
      try page.row([(section.title, 80), (section.lines.joined(separator: "\n"), PdfPages.width - 80)])
    }
    return try page.finish()
  }
}
