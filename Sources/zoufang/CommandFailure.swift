// What a subcommand can fail with, and the one place where that becomes a sentence: what is wrong, then what to do.

import Journal
import Laptop
import Terminal

struct CommandFailure: Error, CustomStringConvertible {
  enum Fact {
    case noHome
    case cannotRead(String)
    case notAForm(String)
    case terminal(TerminalFault)
    case laptop(LaptopFault)
    case practice(Practice.Fault)
    case noPassphrase
    case badHandOver
    case other(String)
  }
  var fact: Fact

  init(_ fact: Fact) { self.fact = fact }

  var description: String {
    switch fact {
    case .noHome: "不知道数据放在哪里：请用 --data 写明目录"
    case .cannotRead(let path): "读不了 \(path)：请检查文件名和权限"
    case .notAForm(let what): what
    case .terminal(let fault): sentence(fault)
    case .laptop(let fault): Self.sentence(fault)
    case .practice(.laptop(let fault)): Self.sentence(fault)
    case .practice(.noVillage): "找不到练习村的数据：请重新安装 zoufang"
    case .practice(.badVillage(let line)): "练习村的数据第 \(line) 行不对：请重新安装 zoufang"
    case .noPassphrase: "需要口令：请用 --passphrase-file，或者在终端里运行"
    case .badHandOver: "没有收到解锁的钥匙：这个子命令由登记界面启动，或者请加 --passphrase-file"
    case .other(let text): text
    }
  }

  private func sentence(_ fault: TerminalFault) -> String {
    switch fault {
    case .notATerminal: "这里不是终端：请在终端窗口里直接运行 zoufang"
    case .codeset(let name): "当前语言环境（\(name)）显示不了汉字：请先执行 export LANG=C.UTF-8，再运行 zoufang"
    case .noTerminfo(let term): "不认识这种终端（TERM=\(term)）：请先执行 export TERM=xterm，再运行 zoufang"
    case .cannotServe(let term): "这种终端（TERM=\(term)）不能移动光标：请换一个终端窗口"
    case .alreadyOpen: "终端已经打开了"
    case .system(let number): "终端打不开（系统错误 \(number)）：请换一个终端窗口再试"
    }
  }

  static func sentence(_ fault: LaptopFault) -> String {
    switch fault {
    case .empty: "数据目录里还没有登记过：请先运行 zoufang，练习或者登记本机"
    case .notEnrolled: "本机还没有登记完：请再登记一次"
    case .wrongPassphrase: "口令不对：请重新输入"
    case .newerVersion: "数据是更新版本的程序写的，没有动它：请换新版 zoufang"
    case .inUse: "另一个 zoufang 正在用这份数据：请先关掉它"
    case .damaged: "保存钥匙的文件坏了：请不要再动这个目录，联系县里"
    case .diskFull: "磁盘满了：请腾出空间再试"
    case .tooLarge(let bytes): "一条记录太大（\(bytes) 字节）：请分开写"
    case .noSuchDraft: "没有这份草稿"
    case .badRecord: "这条记录超过了限度：请缩短文字"
    case .disk(let fault): "磁盘出错（\(fault.operation.rawValue)，系统错误 \(fault.errno)）：请检查磁盘和权限"
    case .unavailable: "加密程序库不工作：请重新启动电脑再试"
    }
  }
}
