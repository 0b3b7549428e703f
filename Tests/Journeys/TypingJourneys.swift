// Typing: what reaches a field from a keyboard, an input method, a slow line, a paste.

import Glibc
import Support
import Testing

extension Journeys {
  @Suite struct Typing {
    /// Chinese with a full-width comma, a middle dot and an ASCII digit: one, two and three bytes a character.
    static let sentence = "阿卜杜拉·买买提家3口，药钱三百多"

    /// The words of the family: a long text field of a section every visit has.
    func atWords(_ desk: Desk) throws -> Tty {
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.goToWords()
      return tty
    }

    /// Accepts the field and finds the text in the draft after the program was opened again.
    func expectKept(_ text: String, _ tty: Tty, _ desk: Desk) throws {
      tty.press(.enter)
      try tty.wait(at: "走访结论")
      try tty.wait(title: "已保存")
      tty.kill(SIGKILL)
      _ = try tty.waitForExit()
      let again = try desk.practice()
      try again.openDraft("刘凤芹")
      try again.wait(at: "走访结论")
      try again.goTo("words")
      try again.wait("the text again") { $0.cursorLine.contains(text.suffix(6)) }
    }

    @Test("Chinese in one burst, as an input method commits it")
    func oneBurst() throws {
      let desk = try Desk()
      let tty = try atWords(desk)
      tty.type(Self.sentence)
      try tty.wait("the whole sentence") { $0.cursorLine.hasSuffix(Self.sentence) }
      try tty.wait(title: "本栏未确认")
      try expectKept(Self.sentence, tty, desk)
    }

    @Test("Chinese byte by byte, as a slow line delivers it")
    func byteByByte() throws {
      let desk = try Desk()
      let tty = try atWords(desk)
      tty.typeByteByByte(Self.sentence)
      try tty.wait("the whole sentence") { $0.cursorLine.hasSuffix(Self.sentence) }
      try expectKept(Self.sentence, tty, desk)
    }

    @Test("Half a character waits for its other half, and a broken one costs only itself")
    func brokenBytes() throws {
      let desk = try Desk()
      let tty = try atWords(desk)
      let start = tty.cursor.column
      tty.type("张")
      try tty.wait("one character") { $0.cursor.column == start + 2 }
      // The first two bytes of 三, then 王: what was begun is dropped, what broke it is typed.
      tty.send(bytes: [0xE4, 0xB8])
      tty.type("王")
      try tty.wait("the next one whole") { $0.cursorLine.hasSuffix("张王") && $0.cursor.column == start + 4 }
    }

    @Test("Backspace takes a wide character whole and leaves no half on the screen")
    func backspace() throws {
      let desk = try Desk()
      let tty = try atWords(desk)
      let start = tty.cursor.column
      tty.type("张a三·王")
      try tty.wait("all five") { $0.cursorLine.hasSuffix("张a三·王") }
      for (left, columns) in [("张a三·", 6), ("张a三", 5), ("张a", 3), ("张", 2)] {
        tty.press(.backspace)
        try tty.wait("\(left) left") { $0.cursorLine.hasSuffix(left) && $0.cursor.column == start + columns }
      }
      // In the middle: what stands to the right closes up.
      tty.type("三王")
      tty.press(.left, .backspace)
      try tty.wait("the middle one gone") { $0.cursorLine.hasSuffix("张王") && $0.cursor.column == start + 2 }
    }

    @Test("A paste goes into the field, its line ends with it, and never on to the next field")
    func paste() throws {
      let desk = try Desk()
      let tty = try atWords(desk)
      tty.paste("第一行\n第二行\t有制表符")
      try tty.wait("the paste in one line") {
        $0.cursorLine.contains("第一行") && $0.cursorLine.contains("第二行") && $0.cursorLine.contains("受访人原话")
      }
      #expect(tty.title.contains("本栏未确认"))
      // A paste into a field that ends itself when it is typed: it stays until Enter.
      tty.press(.escape)
      try tty.wait(forGone: "第一行")
      try tty.goTo("id_number")
      tty.press(.control("u"))
      tty.paste("130599194410055909")
      try tty.wait("the number pasted") { $0.cursorLine.contains("130599194410055909") }
      #expect(tty.cursorLine.contains("身份证号"))
    }

    @Test("撤销 takes the last answer back, 重做 gives it again, and 撤销 reaches back over a restart")
    func undo() throws {
      let desk = try Desk()
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.fill([.choice("走访方式", "电话"), .choice("告知已读", "是")])
      tty.press(.control("z"))
      try tty.wait(for: "已撤销；Ctrl-Y 重做")
      #expect(tty.cursorLine.contains("告知已读") && !tty.cursorLine.contains("是"))
      tty.press(.control("y"))
      try tty.wait("the answer again") { $0.text.contains("] 是") }
      tty.press(.control("z"), .control("z"))
      try tty.wait("the first answer taken back") { $0.cursorLine.contains("走访方式") && !$0.text.contains("] 电话") }
      tty.press(.control("y"))
      try tty.wait(for: "] 电话")
      tty.kill(SIGKILL)
      _ = try tty.waitForExit()

      let again = try desk.practice()
      try again.openDraft("刘凤芹")
      try again.wait(for: "] 电话")
      again.press(.control("z"))
      try again.wait(for: "已撤销")
      #expect(!again.text.contains("] 电话"))
    }
  }
}
