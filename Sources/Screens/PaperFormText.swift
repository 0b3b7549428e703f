// PaperFormText: a form on paper for the laptop's printer (R15): plain text in three columns, lines to sign on at the end. The county
// writes the same form as a workbook and a PDF (`zoufangd paper-form`).

public import Derivation
import Relief

public enum PaperFormText {
  private static let widths = [4, 34, 44]

  public static func text(_ form: PaperForm) -> String {
    let rows = form.lines.map { line in
      switch line {
      case .heading(let text): ["", "【\(text)】", ""]
      case .question(let number, let label, let answer):
        [String(number), label, answer == .blank ? String(repeating: "_", count: widths[2]) : folded(answer.text)]
      }
    }
    let signing = form.signatures.flatMap { ["", "", "\($0)：" + String(repeating: "_", count: widths[1])] }
    let table = PlainTable(
      heading: [form.title] + form.about,
      columns: zip(Words.Read.paperColumns, widths).enumerated().map {
        PlainTable.Column($0.element.0, width: $0.element.1, isRight: $0.offset == 0)
      },
      rows: rows, footing: signing + ["", form.stamp])
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  /// A box stays on one line with its choice: what stands between wide blanks is not broken where it fits a line of its own.
  private static func folded(_ text: String) -> String {
    var lines = [""]
    for piece in text.split(separator: "\u{3000}", omittingEmptySubsequences: false) {
      let used = lines[lines.count - 1]
      let joined = used.isEmpty ? String(piece) : used + "\u{3000}" + piece
      if used.isEmpty || joined.reduce(0, { $0 + PaperWidth.of($1) }) <= widths[2] {
        lines[lines.count - 1] = joined
      } else {
        lines.append(String(piece))
      }
    }
    return lines.joined(separator: "\n")
  }
}
