// Visits: short visits that several journeys need, as keys.

import Support
import Testing

extension Tty {
  /// From the list: the form of the household in this row, at its first field.
  func openHousehold(_ number: Int) throws {
    try wait("the list") { $0.title.contains("今日走访") }
    type(String(number))
    press(.enter)
    try wait(at: "走访方式")
  }

  /// Jumps to a field by the number left of it.
  func goTo(_ number: Int, _ label: String) throws {
    press(.function(6))
    try wait(for: "跳到第几栏")
    type(String(number))
    press(.enter)
    try wait(at: label)
  }

  /// Nobody was at home: the shortest visit there is, from its first field to the receipt.
  func finishNobodyAtHome(reason: String = "1") throws {
    type("4")
    try wait(at: "未走访原因")
    type(reason)
    try wait("the reason taken") { !$0.cursorLine.contains("未走访原因") || $0.message.contains("已到最后") }
    press(.function(10))
    try wait(title: "走访已完成")
  }

  /// A household of the roster, at home: the roster's proposals taken, what must be asked answered, the words of the
  /// family typed. From the first field to the receipt.
  func finishAtHome(words: String) throws {
    type("11")
    try wait(at: "受访人与户主关系")
    press(.function(5))
    try wait(title: "户情")
    press(.function(5))
    try wait(at: "A 残疾人")
    type("2222")
    try wait(title: "成员")
    press(.function(5))
    try wait("what the roster knows taken") { !$0.title.contains("成员") }
    try goTo(100, "帮扶需求")
    type("1")
    try wait(at: "需要什么")
    // 医疗: no longer code begins with 3. Enter ends the list.
    type("3")
    press(.enter)
    try wait(at: "受访人原话")
    type(words)
    press(.enter)
    try wait(at: "走访结论")
    type("1")
    try wait("the conclusion taken") { !$0.cursorLine.contains("走访结论") }
    press(.pageDown)
    try wait(at: "受访人签字")
    type("1")
    try wait("the signature taken") { $0.text.contains("[ 1] 签字") }
    try finishKnowingly()
  }

  /// Finishes; a signature without the printed form's number is asked about once, and left so.
  func finishKnowingly() throws {
    press(.function(10))
    try wait("finished, or the question") { $0.title.contains("走访已完成") || $0.message.contains("存疑没说明") }
    if title.contains("走访已完成") { return }
    type("2")
    try wait(title: "走访已完成")
  }
}
