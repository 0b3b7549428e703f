// Keeping: what was shown as saved is there after a kill, a full disk, a newer program.

import Glibc
@testable import Journal
import Support
import Testing

extension Journeys {
  @Suite struct Keeping {
    @Test("kill -9 in the middle of a visit: it reopens at the same field with everything accepted")
    func killed() throws {
      let desk = try Desk()
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.fill(Answer.atHome + [.choice("受访人与户主关系", "户主")])
      try tty.fill([.choice("A 残疾人", "无"), .choice("B 缺劳动力", "有"), .choice("C 重病或慢性病人", "不清楚")])
      try tty.wait(at: "D 急难或意外")
      try tty.wait(title: "已保存")
      let before = tty.text
      let cursor = tty.cursor
      tty.kill(SIGKILL)
      #expect(try tty.waitForExit() == .signal(SIGKILL))

      let again = try desk.practice()
      try again.openDraft("刘凤芹")
      try again.wait(at: "D 急难或意外")
      #expect(again.text == before)
      #expect(again.cursor == cursor)
      for words in ["无", "有", "不清楚"] { #expect(again.text.contains("] \(words)")) }
      try again.goTo("interviewee_relation")
      #expect(again.cursorLine.contains("户主"))
    }

    @Test("A visit left with Esc is on the list as 草稿, and is taken up where it was left, finished, and no draft any more")
    func leftAndTakenUp() throws {
      let desk = try Desk()
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.goToWords()
      tty.type("屋顶有点漏")
      // Esc gives the field up, and once more the visit; what was not confirmed is not kept, as Esc says on the key page.
      tty.press(.escape)
      try tty.wait(forGone: "屋顶有点漏")
      tty.type("屋顶漏得厉害")
      tty.press(.enter)
      try tty.wait(at: "走访结论")
      tty.press(.escape)
      try tty.wait(title: "今日走访")
      #expect(tty.cursorLine.contains("刘凤芹") && tty.cursorLine.contains("草稿"))
      // Another household in between.
      try tty.openHousehold("李文海")
      try tty.finishNobodyAtHome()
      tty.press(.enter)
      try tty.wait(title: "今日走访")

      try tty.openDraft("刘凤芹")
      try tty.wait(at: "走访结论")
      try tty.goTo("words")
      #expect(tty.cursorLine.contains("屋顶漏得厉害"))
      try tty.goTo("interviewee_relation")
      try tty.fill(Answer.nothingFound)
      while tty.title.contains("成员") { try tty.proceed() }
      try tty.fill([.choice("走访结论", "未发现困难"), .choice("受访人签字", "签字")])
      try tty.finish()
      tty.press(.enter)
      try tty.wait(title: "今日走访")
      #expect(!tty.text.contains("草稿"))
      let row = try #require(tty.row(of: "刘凤芹"))
      #expect(tty.line(row).contains("已访"))
    }

    @Test("A journal and a vault written by a newer program are refused and not touched", arguments: ["seg-", "vault.key"])
    func newer(_ name: String) throws {
      let desk = try Desk()
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.finishNobodyAtHome()
      tty.press(.enter)
      try tty.wait(title: "今日走访")
      #expect(try tty.quit() == .code(0))
      for path in try Files.everything(below: desk.data).keys.sorted() where path.contains("/practice/" + name) {
        try makeNewer(path)
      }
      let before = try Files.everything(below: desk.data)
      let again = try desk.open(["--practice"])
      #expect(try again.waitForExit() == .code(1))
      #expect(again.outputText.contains("数据是更新版本的程序写的，没有动它：请换新版 zoufang"))
      #expect(again.modes.isSuperset(of: .sane))
      let after = try Files.everything(below: desk.data)
      #expect(Set(after.keys) == Set(before.keys))
      for (path, text) in before { #expect(after[path] == text, "\(path) was touched") }
    }

    /// A later format: the major number of journal lines, or the title of the vault file with its checksum made anew.
    private func makeNewer(_ path: String) throws {
      let text = try #require(TextFile.read(path))
      if path.contains("/seg-") {
        try Files.write(text.replacing("J1", with: "J2"), to: path)
      } else {
        let body = String(text.dropLast(13)).replacing("zoufang-vault-v1", with: "zoufang-vault-v2")
        let digits = String(RawBytes.crc32c(Array(body.utf8)), radix: 16)
        try Files.write(body + "crc " + String(repeating: "0", count: 8 - digits.count) + digits + "\n", to: path)
      }
    }

    @Test(
      "A full disk is said before typing, 未保存 stands on the screen while a field is not saved, and nothing typed is lost",
      .enabled(if: SmallDisk.canMount, "this machine lets us mount no small disk (unshare -m): a full disk is not tried"))
    func fullDisk() throws {
      let desk = try Desk()
      let disk = try SmallDisk(megabytes: 48, below: desk.directory.path)
      let arguments = ["--practice", "--data", disk.path + "/data", "--clock", desk.clock]
      // Room enough, though little: it is said on the list.
      let tty = try disk.open(Program.path("zoufang"), arguments)
      try tty.wait(for: "请尽快清理")
      try tty.openHousehold("刘凤芹")
      try tty.fill(Answer.atHome)
      try tty.wait(title: "已保存")
      // Somebody fills the disk to the last byte while the visit is open.
      try disk.fill(leavingMegabytes: 0)
      // Drafts reserve room ahead; sooner or later an answer does not fit any more.
      var answers = 0
      while !tty.title.contains("未保存"), answers < 400 {
        try tty.goTo("words")
        tty.press(.control("u"))
        try tty.answer(.text("受访人原话", String(repeating: "三百多", count: 90) + "第\(answers)次再写"))
        try tty.wait("the answer saved or not") { $0.title.contains("已保存") || $0.title.contains("未保存") }
        answers += 1
      }
      #expect(tty.title.contains("未保存"))
      #expect(tty.text.contains("未保存：磁盘满了，请先腾出空间"))
      // Leaving is refused; with room again the same text is saved.
      let bells = tty.bells
      tty.press(.escape)
      try tty.wait("leaving refused") { $0.bells > bells && $0.title.contains("未保存") }
      try disk.empty()
      tty.press(.escape)
      try tty.wait("saved or left") { $0.title.contains("已保存") || $0.title.contains("今日走访") }
      if !tty.title.contains("今日走访") { tty.press(.escape) }
      try tty.wait(title: "今日走访")
      #expect(tty.cursorLine.contains("草稿"))

      // Nearly full when a visit is to begin: it is said before anything is typed.
      try disk.fill(leavingMegabytes: 4)
      #expect(try tty.quit() == .code(0))
      let full = try disk.open(Program.path("zoufang"), arguments)
      try full.wait(for: "先清理再录入")
      try full.select("李文海")
      full.press(.enter)
      try full.wait(title: "磁盘空间不足")
      full.type("1")
      try full.wait(title: "今日走访")
      // The draft still opens, with the text that once was not saved.
      try full.select("刘凤芹")
      full.press(.enter)
      try full.wait(title: "磁盘空间不足")
      full.type("2")
      try full.wait("the draft") { $0.title.contains("刘凤芹") }
      try full.goTo("words")
      #expect(full.cursorLine.contains("第\(answers - 1)次再写"))
    }
  }
}
