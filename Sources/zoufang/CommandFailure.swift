// What a subcommand can fail with, and the one place where that becomes a sentence: what is wrong, then what to do.

import Journal
import Laptop
import Screens
import Terminal

struct CommandFailure: Error, CustomStringConvertible {
  enum Fact {
    case noHome
    case cannotRead(String)
    case notAForm(String)
    case notAPassphrase(String)
    case terminal(TerminalFault)
    case laptop(LaptopFault)
    case practice(Practice.Fault)
    case open(OpenFault)
    case notADirectory(String)
    /// A line of a file of steps that is none, counted from 1.
    case notAStep(file: String, line: Int)
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
    case .notAPassphrase(let path): "\(path) 的第一行不是文字（UTF-8）：请检查是不是口令文件"
    case .terminal(let fault): sentence(fault)
    case .laptop(let fault): Self.sentence(fault)
    case .practice(.laptop(let fault)): Self.sentence(fault)
    case .practice(.noVillage): "找不到练习村的数据：请重新安装 zoufang"
    case .practice(.badVillage(let line)): "练习村的数据第 \(line) 行不对：请重新安装 zoufang"
    case .open(let fault): Self.sentence(fault)
    case .notADirectory(let path): "\(path) 不是目录：请用 --data 写明放数据的目录"
    case .notAStep(let file, let line): "\(file) 第 \(line) 行不是步骤：请写成 {\"op\":\"answer\",\"ref\":\"/data/name[0]\",\"value\":\"张三\"} 这样"
    case .noPassphrase: "没有口令：请在终端里运行再输入，或者用 --passphrase-file 写明文件"
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

  static func sentence(_ fault: OpenFault) -> String {
    switch fault {
    case .newerVersion: sentence(LaptopFault.newerVersion)
    case .inUse: sentence(LaptopFault.inUse)
    case .noSuchDraft: sentence(LaptopFault.noSuchDraft)
    case .notEnrolled: sentence(LaptopFault.empty)
    case .keysDamaged: sentence(LaptopFault.damaged)
    case .sealingUnavailable: sentence(LaptopFault.unavailable)
    case .damaged(let lines): "数据有 \(lines) 行损坏：请不要再动这个目录，运行 zoufang journal verify，联系县里"
    case .noPermission: "没有权限打开数据目录：请检查权限"
    case .notShipped: "程序没有装全，缺少走访表或练习村：请重新安装 zoufang"
    case .unknownForm(let id, let version): "没有走访表 \(id) \(version ?? "")：请先同步"
    case .brokenForm(let file, let line, let node): "走访表 \(file) 第 \(line) 行 \(node) 有错：请重新安装 zoufang，或者联系县里"
    case .system(let number): "打不开数据目录（系统错误 \(number)）：请检查磁盘和权限"
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
