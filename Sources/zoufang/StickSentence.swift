// What an exchange over a stick says: what came and went, then each thing that somebody has to do something about.

import Laptop
import Sync

enum StickSentence {
  static func lines(_ report: StickReport, directory: String) -> [String] {
    var lines = ["收到 \(report.taken) 条，写了 \(report.filesWritten) 个文件"]
    lines += report.troubles.map(sentence)
    if let fault = report.fault {
      lines.append(sentence(fault, directory))
    } else {
      lines.append("U 盘交换完了，可以拔盘（先在系统里弹出）；联网后照常同步，不会重复")
    }
    return lines
  }

  private static func sentence(_ trouble: StickTrouble) -> String {
    let who = trouble.name.map { "\($0)的电脑" } ?? "一台不认识的电脑（\(trouble.journalID.prefix(8))）"
    return switch trouble.reason {
    case .damaged: "\(who)写的文件坏了或被改过，没有收：请把 U 盘插回那台电脑再交换一次，会重新写好"
    case .unknownSigner: "\(who)没有县里的登记证明，没有收：请让那台电脑和本机都联网同步一次，再交换"
    case .revokedSigner: "\(who)已被县里停用，没有收：请联系县里"
    case .newer: "\(who)用的是更新的程序，没有收：请更新本机的 zoufang，再交换一次"
    case .forked: "\(who)的记录和上次收的对不上（多半用旧备份恢复过），没有收：请在那台电脑上打开一次 zoufang，再交换"
    case .gap(let from): "\(who)的文件缺了第 \(from) 条，后面的没有收：请把 U 盘插回那台电脑再交换一次，会补上"
    case .notAFile: "U 盘上 zoufang 目录里的 \(trouble.journalID) 是链接或别的东西，没有动它：请删掉它，再交换一次"
    case .tooMany: "U 盘上的文件太多，后面的没有收：请换一个空的 U 盘，各台电脑重新交换"
    case .closed(let count): "\(who)还不知道本机，\(count) 条打不开：请把 U 盘插回那台电脑交换一次，再插回来"
    case .refused(let count): "\(who)有 \(count) 条超出它的权限或范围，没有收：请联系县里"
    case .unreadable(let count): "\(who)有 \(count) 条本机的程序还不认得：请更新 zoufang；联网同步后会补上"
    case .ownRestored: "U 盘上有本机没有的记录（多半用旧备份恢复过）：请打开一次 zoufang 登记界面，再交换一次，会自动接着写"
    }
  }

  private static func sentence(_ fault: StickFault, _ directory: String) -> String {
    switch fault {
    case .noDirectory: "没有目录 \(directory)：请插好 U 盘，写明它的目录"
    case .notOurs: "\(directory)/zoufang 不是目录（是文件或链接），没有动它：请改名或删掉，再交换一次"
    case .full: "U 盘满了，本机的没有写完，已写的都算数：请腾出空间或换一个 U 盘，再交换一次"
    case .readOnly: "U 盘写不了（写保护或没有权限），能收的已经收了：请打开写保护或换一个 U 盘，再交换一次"
    case .gone: "U 盘没有应答（拔早了或坏了），收到的和写好的都算数：请重新插好，再交换一次"
    case .system(let number): "U 盘出错（系统错误 \(number)），收到的和写好的都算数：请换一个 U 盘再试"
    case .noDevices: "本机还没有县里的设备名单，不能辨认别的电脑：请先联网同步一次"
    case .revoked: "本机已被县里停用：请联系县里"
    case .laptop(.notEnrolled): "练习村不和别的电脑交换：请先用登记码登记"
    case .laptop(let fault): CommandFailure.sentence(fault)
    }
  }
}
