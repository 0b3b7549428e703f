// A form on paper as a workbook (R15).

public import Derivation
public import Tables

extension PaperForm {
  /// The same as a workbook: three columns, and the lines to sign on.
  public var sheet: Sheet {
    var rows: [[TableValue]] = about.map { [.empty, .text($0)] }
    rows += lines.map { line in
      switch line {
      case .heading(let text): [.empty, .text(text)]
      case .question(let number, let label, let answer): [.of(number), .of(label), .of(answer.text)]
      }
    }
    rows += signatures.map { [.empty, .text($0), .empty] }
    let columns = [TableColumn("序号", width: 6), TableColumn("项目", width: 40), TableColumn("填写", width: 70)]
    return Sheet(SheetHead(name: "登记表", title: title, columns: columns, footer: "&L\(stamp)&R第 &P 页，共 &N 页"), rows: rows)
  }
}
