// Words+Opening: before the work begins: unlocking, first run, help, leaving; and what sync says.

extension Words {
  enum Unlock {
    static let title = "解锁"
    static let prompt = "口令："
    static let explain = "本机数据已加密，请输入口令。"
    static let forgotten = "忘了口令：请联系乡镇，用恢复钥匙找回。"
  }

  enum FirstRun {
    static let title = "首次使用"
    static let explain = "这台电脑还没有登记。"
    static let practice = "1 练习：用一个虚构的村试用，不需要网络"
    static let enrol = "2 登记：用县里发的一次性登记码"
    static let county = "县服务器地址："
    static let countyHint = "如 https://10.1.2.3:8443"
    static let code = "一次性登记码："
    static let passphrase = "设一个口令："
    static let passphraseHint = "至少 8 个字，开机要用，别人不知道"
    static let again = "再输一次口令："
  }

  enum Quit {
    static let title = "退出"
    static let stay = "1 不退出"
    static let leave = "2 退出程序"
    static let kept = "已确认的内容都已保存。"
  }

  enum Help {
    static let title = "帮助"
    static let field = "本栏："
    static let guidance = "说明："
    static let purpose = "用途："
    static let keys = "本屏可用的键："
    static let leave = "Esc 返回"

    /// What a small screen is for, before its keys; the form and the lists say more than a sentence could.
    static func about(_ context: KeyContext) -> String? {
      switch context {
      case .pick: "按前面的数字选一项；或者上下移动，再按 Enter。"
      case .menu: "按屏幕上写着的数字选；没有数字的，Esc 返回。"
      case .text: "打完按 Enter；打错了用 Backspace 退格，或 Ctrl-U 全部清掉再打。"
      case .ledger, .redLedger, .needsLedger: "最下面一行的数字换一本台账；Enter 打开光标所在的一件，办下一步。"
      case .supervision: "Enter 看光标所在乡镇的各村；Esc 回到各乡镇。"
      case .list: "打序号，或者上下移动，再按 Enter 打开。"
      default: nil
      }
    }

    /// What a key does here, where the table says what it does everywhere.
    static func note(_ binding: KeyBinding, _ context: KeyContext) -> String {
      switch (binding.command, context) {
      case (.accept, .pick), (.accept, .menu): "选光标所在的一项；问话时是不改动的那一项"
      case (.accept, .text): "确认这一行"
      case (.accept, .list), (.accept, .evening): "打开光标所在的一行"
      case (.accept, .ledger), (.accept, .redLedger), (.accept, .needsLedger): "打开光标所在的一件"
      case (.accept, .supervision): "看光标所在乡镇的各村"
      case (.back, .pick), (.back, .menu), (.back, .ledger), (.back, .redLedger), (.back, .needsLedger), (.back, .supervision),
        (.back, .printable), (.back, .page), (.back, .help):
        "回上一屏"
      case (.back, .text): "不要这一行了，退一步"
      case (.back, .list), (.back, .evening): "退出程序，先问一次"
      case (.next, .text), (.previous, .text): "到下一行、上一行要填的"
      default: binding.note
      }
    }
  }

  enum Stick {
    static let title = "U 盘交换"
    static let offer = "没有网，也能用 U 盘交给乡镇：按 2"
    static let looking = "正在找 U 盘"
    static let none = "没有找到 U 盘：插好，等几秒钟。"
    static let again = "1 再找一次"
    static let which = "和哪个 U 盘交换："
    static let exchanging = "正在和 U 盘交换"
    static let leaveIt = "不要拔 U 盘。"
    static let done = "U 盘交换完了"
    static let notDone = "U 盘交换没有做全"
  }

  enum Sync {
    static let title = "同步"
    static let done = "同步完成"
    static let failed = "同步没有完成"
    static let keepWorking = "Esc 返回继续录入，同步不会中断"
    static let leave = "Esc 返回"
    static let clockMark = "时钟不准"
    static let nothingLost = "本机记录都在，下次接着传。"

    static func stage(_ stage: SyncStage) -> String {
      switch stage {
      case .connecting: "正在连接县服务器"
      case .pushing: "正在上传"
      case .pulling: "正在取回"
      }
    }

    static func progress(_ done: Int, _ total: Int) -> String { total > 0 ? "\(done)/\(total)" : "" }
    static func busy(_ seconds: Int) -> String { "县里正忙，约 \(seconds) 秒后自动接着传" }
    static func pushed(_ count: Int) -> String { "上传 \(count) 条" }
    static func pulled(_ count: Int) -> String { "取回 \(count) 条" }
    static func waiting(_ count: Int) -> String { count == 0 ? "没有待传的了" : "还有 \(count) 条待传" }

    static func sentence(_ failure: SyncFailure) -> String {
      switch failure {
      case .noNetwork: "没有网络：接上网线或热点再试"
      case .noSuchName: "找不到县服务器的名字：请核对地址"
      case .clockWrong: "证书日期对不上：请校准本机时钟再试"
      case .tooSlow: "网络太慢：已传的不会重传，请再试"
      case .captivePortal: "网络要先登录：请在浏览器登录网络"
      case .wrongCertificate: "对方证书不是县里的：请停下报告县里"
      case .serverAbsent: "县服务器没有应答：请稍后再试"
      case .refused(let code): refusal(code)
      case .newerProtocol: "县里已升级：请先升级本程序"
      case .notEnrolled: "这台电脑没有登记：请先登记"
      case .practice: "练习村不上报：练的都只在本机"
      case .interrupted: "中途断网：已传的不会重传"
      case .crashed(let status): "同步程序异常退出（\(status)）：再试一次"
      }
    }

    /// The reasons of docs/wire.md, and what the laptop itself refuses with.
    private static func refusal(_ code: String) -> String {
      switch code {
      case "bad_code": "登记码不对、已用或过期：请核对登记条"
      case "other_slip": "登记码后16位不符：没打错就请停下"
      case "weak_passphrase": "口令太常见：请换几个不相干的词"
      case "busy": "县服务器正忙：请过一会儿再试"
      case "damaged": "有记录坏了没传：退出重开后再同步"
      case "in_use": "上次同步还没完：请过一会儿再试"
      case "disk": "本机磁盘出错：检查空间后再同步"
      case "fork", "county_has_more": "和县里对不上：退出重开后再同步"
      case "bad_line": "县里读不了本机记录：请联系县里"
      case "bad_signature": "县里不认得本机：请用新登记码再登记"
      case "too_large": "有一条记录太大：请联系县里"
      case "revoked": "这台电脑已停用：请联系县里"
      default: "县里不接受（\(code)）：请联系县里"
      }
    }
  }
}
