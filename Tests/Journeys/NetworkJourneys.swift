// Networks: why a sync did not happen, told apart by the real program on real sockets. Each sentence says what to do; the records stay.

import Support
import Testing

extension Journeys {
  @Suite struct Network {
    /// A laptop with one finished visit, at its list.
    private func finished(_ desk: Desk) throws -> Tty {
      let tty = try desk.unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishNobodyAtHome()
      tty.press(.enter)
      try tty.wait(title: "待传 1")
      return tty
    }

    @Test("Another county's certificate where ours should be: sync stops and says whom to tell")
    func wrongCertificate() throws {
      let county = try TestCounty()
      let desk = try county.cadre()
      let tty = try finished(desk)
      #expect(try county.stop() == .code(0))
      let impostor = try TestCounty(impostorAt: county.port)
      try tty.failToSync("对方证书不是县里的：请停下报告县里")
      try tty.wait(title: "待传 1")
      #expect(try desk.sync(exit: .code(1)).contains("连到的不是本县的服务端：请不要继续，联系县里"))
      // The real one is back, and gets what the other did not.
      #expect(try impostor.stop() == .code(0))
      try county.restart()
      try tty.sync(pushed: 1)
    }

    @Test(
      "A portal that wants a log-in answers in the county's place: sync says to log in",
      .enabled(if: Portal.canPlay, "openssl is missing: nobody plays the portal"))
    func captivePortal() throws {
      let county = try TestCounty()
      let desk = try county.cadre()
      let tty = try finished(desk)
      #expect(try county.stop() == .code(0))
      let portal = try Portal(port: county.port)
      try tty.failToSync("网络要先登录：请在浏览器登录网络")
      try tty.wait(title: "待传 1")
      #expect(try desk.sync(exit: .code(1)).contains("网络要先登录：请先在浏览器里登录，再同步"))
      // Nobody there at all is another sentence.
      portal.stop()
      #expect(try desk.sync(exit: .code(1)).contains("网络通，县里的服务端没有应答：请过一会儿再试"))
      try county.restart()
      try tty.sync(pushed: 1)
    }

    @Test(
      "No network at all: sync says to plug one in",
      .enabled(if: NoNetwork.canBe, "this machine lets us take the network away from no program (unshare -n)"))
    func noNetwork() throws {
      let desk = try TestCounty().cadre()
      #expect(try finished(desk).quit() == .code(0))
      let tty = try NoNetwork.open(desk)
      try tty.wait(title: "待传 1")
      try tty.failToSync("没有网络：接上网线或热点再试")
      #expect(try tty.quit() == .code(0))
      #expect(try NoNetwork.sync(desk).contains("没有网络：请接上网再同步"))
      let again = try desk.unlocked()
      try again.sync(pushed: 1)
    }
  }
}
