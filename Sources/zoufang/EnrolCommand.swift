// `zoufang enrol`: this laptop becomes somebody's, with the code of a paper slip. The screens do the same at first run.

import ArgumentParser
import Journal
import Laptop
import Screens
import Sync
import Wire

struct EnrolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol", abstract: "用县里发的登记条登记本机。",
    discussion: """
      县地址和登记码都在登记条上。登记码只能用一次，72 小时内有效；断了线可以再来一次。
      平时在界面里登记（运行 zoufang，选 2）。在终端里运行这个命令会当场设口令（输两次）；没有终端时口令要写在 --passphrase-file 里，
      只给练习和自动检查用。

      例：zoufang enrol https://county.example:8443 登记码
      """, helpNames: [.short, .long])

  @Argument(help: ArgumentHelp("县服务端地址，如 https://county.example:8443", valueName: "县地址")) var county: String
  @Argument(help: ArgumentHelp("登记条上的登记码，连字符可以不写", valueName: "登记码")) var code: String
  @OptionGroup var options: DataOptions

  func run() throws {
    let directory = DataDirectory(try Place.dataDirectory(options.data))
    let passphrase = try options.passphraseOrAsked(isNew: !directory.hasVault)
    switch EnrolFlow.enrol(directory, county: county, slip: code, passphrase: passphrase) {
    case .success(let grant): Output.line("登记好了：\(grant.county) \(grant.name)")
    case .failure(.network(let failure)): throw CommandFailure(.other(SyncSentence.of(.failed(failure))))
    case .failure(.laptop(let fault)): throw CommandFailure(.laptop(fault))
    case .failure(.weak(let fault)): throw CommandFailure(.other(EnrolFlow.sentence(fault)))
    }
  }
}

/// The steps of an enrolment, the same from the command line and from the screens.
enum EnrolFlow {
  enum Fault: Error {
    case network(SyncFailure)
    case laptop(LaptopFault)
    case weak(PassphraseRule.Fault)
  }

  /// Whether the slip is whole and its county answers at the address, before anybody thinks of a passphrase; nil where all is well.
  static func check(county: String, slip: String) -> SyncFailure? {
    guard let typed = SlipCode(typed: slip) else { return .refused(code: "bad_code") }
    do throws(SyncFault) {
      let isTheSlips = try EnrolmentRun.isAuthority(at: address(county), ofSlip: typed.fingerprint, proxy: Place.proxy)
      return isTheSlips ? nil : .refused(code: otherSlip)
    } catch { return SyncFailure(error) }
  }

  /// Somebody else's county, or the end of the code was mistyped: the laptop cannot tell which.
  private static let otherSlip = "other_slip"

  private static func address(_ county: String) -> String { county.contains("://") ? county : "https://" + county }

  static func enrol(
    _ directory: DataDirectory, county: String, slip: String, passphrase: String
  ) -> Result<EnrolGrant, Fault> {
    guard let typed = SlipCode(typed: slip) else { return .failure(.network(.refused(code: "bad_code"))) }
    let address = address(county)
    do throws(LaptopFault) {
      if !directory.hasVault {
        do { try PassphraseRule.check(passphrase) } catch { return .failure(.weak(error)) }
      }
      var vault = try Laptop.vaultForEnrolment(directory, passphrase: passphrase, cost: .calibrated())
      let grant: EnrolGrant
      do {
        grant = try EnrolmentRun.run(
          url: address, fingerprint: typed.fingerprint, code: typed.code, keys: vault.keys, proxy: Place.proxy)
      } catch { return .failure(.network(error == .otherAuthority ? .refused(code: otherSlip) : SyncFailure(error))) }
      try Laptop.enrol(&vault, as: Enrolment(grant: grant, county: address))
      return .success(grant)
    } catch { return .failure(.laptop(error)) }
  }

  static func sentence(_ fault: PassphraseRule.Fault) -> String {
    switch fault {
    case .tooShort(let least): "口令太短：至少 \(least) 个字"
    case .tooLong(let most): "口令太长：最多 \(most) 个字"
    case .common: "这个口令太常见：请换一个，四五个不相干的词最好记"
    }
  }
}

/// What sync says on a command line.
enum SyncSentence {
  static func lines(_ news: SyncNews) -> [String] {
    if case .stick(let stick) = news { return stick.lines }
    guard case .finished(let outcome) = news else { return [of(news)] }
    return [of(news)] + outcome.parked.sorted { $0.key < $1.key }.map { ParkedWords.sentence($0.key, $0.value) }
      + (outcome.clockAhead.map { [ClockWords.sentence($0)] } ?? [])
  }

  static func of(_ news: SyncNews) -> String {
    switch news {
    case .progress(.connecting, _, _): "正在连接县里"
    case .progress(.pushing, let done, let total): "已传 \(done)/\(total)"
    case .progress(.pulling, let done, _): "已取回 \(done)"
    case .waiting(let seconds): "县里正忙，约 \(seconds) 秒后自动接着传"
    case .finished(let outcome): "同步好了：上传 \(outcome.pushed)，取回 \(outcome.pulled)，还剩 \(outcome.waiting)"
    case .failed(let failure): sentence(failure)
    case .stick(let stick): stick.lines.joined(separator: "；")
    }
  }

  private static func sentence(_ failure: SyncFailure) -> String {
    switch failure {
    case .noNetwork: "没有网络：请接上网再同步"
    case .noSuchName: "网络通，但是找不到县服务端的名字：请核对地址，或者换县里的网络"
    case .clockWrong: "县服务端的证书在本机的日期上无效：请先校准本机时钟，再试一次"
    case .tooSlow: "网络太慢，县里没有按时应答：已传的都算数，请再同步一次"
    case .captivePortal: "网络要先登录：请先在浏览器里登录，再同步"
    case .wrongCertificate: "连到的不是本县的服务端：请不要继续，联系县里"
    case .serverAbsent: "网络通，县里的服务端没有应答：请过一会儿再试"
    case .newerProtocol: "县里要求新版程序：请更新 zoufang"
    case .notEnrolled: "本机还没有登记：请先用登记码登记"
    case .practice: "练习村不上报：要上报请先用登记码登记本机"
    case .interrupted: "中途断了：已传的都算数，请再同步一次"
    case .refused("bad_code"): "登记码不对或者已过期：请核对登记条"
    case .refused("other_slip"): "登记码后 16 位和这个地址的县服务端不符：请对照登记条；没有打错就停下来，联系县里"
    case .refused("revoked"): "本机已被县里停用：请联系县里"
    case .refused("fork"), .refused("county_has_more"):
      "本机记录和县里的对不上（多半是数据目录拷贝过，或者用旧备份恢复过）：请退出登记界面再打开，再同步一次，会自动接着传"
    case .refused("bad_signature"): "县里不认得这台电脑：请向县里要一张新的登记条，用 zoufang enrol 再登记一次，记录都会重新上传"
    case .refused("busy"): "县里正忙：请过一会儿再试"
    case .refused("damaged"): "本机有保存过的记录坏了，它后面的还没有上传：请打开 zoufang 登记界面（会自动接好），再同步一次"
    case .refused("in_use"): "另一个同步正在进行：请等它结束再试"
    case .refused("disk"): "本机的磁盘或数据出错，同步停了：已传的都算数，请检查磁盘空间和权限，再同步一次"
    case .refused(let code): "县里没有接受（\(code)）：请联系县里"
    case .crashed(let status): "同步程序出错退出（\(status)）：请再试一次"
    }
  }
}
