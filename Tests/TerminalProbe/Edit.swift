// The form of three fields: what a screen of the real program does with Terminal, as small as can be.

import Glibc
import Terminal

extension TerminalProbe {
  private static let labels = ["姓名", "身份证号", "备注"]
  private static let widths = [20, 20, 40]

  static func edit() -> Int32 {
    guard var terminal = open() else { return 1 }
    var fields = [LineEditor(), LineEditor("旧值", replacesOnFirstKey: true), LineEditor()]
    var focus = 0
    var status = "ready"
    var code: Int32 = 0
    while true {
      terminal.show(frame(terminal.size, fields, focus, status))
      switch terminal.wait() {
      case .key(.enter), .key(.tab), .key(.down): focus = (focus + 1) % fields.count
      case .key(.backTab), .key(.up): focus = (focus + fields.count - 1) % fields.count
      case .key(.control("q")):
        finish(terminal, fields)
        return code
      case .key(.function(let number)) where (5...7).contains(number): crash(number)
      case .key(.function(9)): terminal.beep()
      case .key(let key): if !fields[focus].apply(key) { status = "key \(key)" }
      case .paste(let text): status = fields[focus].insert(text) ? "pasted" : "pasted, cut"
      case .resized(let size): status = "size \(size.rows)x\(size.columns)"
      case .resumed: status = "resumed"
      case .hangup(let signal):
        code = signal == SIGTERM ? 0 : 2
        finish(terminal, fields)
        return code
      case .wake, .timeout, .readable: break
      }
    }
  }

  private static func finish(_ terminal: consuming Terminal, _ fields: [LineEditor]) {
    terminal.close()
    for (label, field) in zip(labels, fields) {
      let scalars = field.text.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
      say("\(label)=\(field.text) \(scalars.joined(separator: " "))\n")
    }
  }

  static func frame(_ size: Size, _ fields: [LineEditor], _ focus: Int, _ status: String) -> Frame {
    var frame = Frame(size: size)
    guard size.rows >= Size.smallest.rows, size.columns >= Size.smallest.columns else {
      frame.put("窗口太小", row: 0, column: 0, style: .error)
      return frame
    }
    frame.fill(row: 0, style: .title)
    frame.put("入户走访 \(size.rows)x\(size.columns)", row: 0, column: 1, style: .title)
    for (index, field) in fields.enumerated() {
      let row = 2 + index
      frame.put(Columns.locale.pad(labels[index], to: 10), row: row, column: 1, style: index == focus ? .focus : .label)
      frame.put("[", row: row, column: 12)
      let window = field.window(columnsMax: widths[index])
      frame.put(window.text, row: row, column: 13, columnsMax: widths[index], style: .value)
      frame.put("] 末", row: row, column: 13 + widths[index])
      if index == focus { frame.cursor = Position(row: row, column: 13 + window.cursorColumn) }
    }
    frame.put(status, row: size.rows - 3, column: 1, style: .warning)
    frame.put("F1", row: size.rows - 1, column: 1, style: .hintKey)
    frame.put("帮助", row: size.rows - 1, column: 4, style: .hint)
    return frame
  }
}
