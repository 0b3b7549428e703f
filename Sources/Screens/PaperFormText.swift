// PaperFormText: a form on paper for the laptop's printer (R15): plain text in three columns, lines to sign on at the end. The county
// writes the same form as a workbook and a PDF (`zoufangd paper-form`).

public import Derivation
import Relief

public enum PaperFormText {
  private static let widths = [4, 30, 48]

  public static func text(_ form: PaperForm) -> String {
    let rows = form.lines.map { line in
      switch line {
      case .heading(let text): ["", "【\(text)】", ""]
      case .question(let number, let label, let answer):
        [String(number), label, answer == .blank ? String(repeating: "_", count: widths[2]) : answer.text]
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
}
