import Foundation
import GRDB
import HTTPTypes
import Journal
import Relief
import Testing
import struct Relief.Record

@testable import County

/// A browser without a window: keeps cookies, fills in forms.
final class TestBrowser {
  let at: TestCounty
  var cookies: [String: String] = [:]
  let peer = UUID().uuidString

  init(_ at: TestCounty) { self.at = at }

  func get(_ path: String) async throws -> Reply { try await send(.get, path, []) }

  func post(_ path: String, _ fields: [String: String]) async throws -> Reply {
    let body = fields.map { name, value in
      name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }.joined(separator: "&")
    return try await send(.post, path, Array(body.utf8))
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]) async throws -> Reply {
    let jar = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let reply = try await at.request(method, path, body, headers: jar.isEmpty ? [:] : ["Cookie": jar], peer: peer)
    for line in reply.headers[values: .setCookie] {
      #expect(line.contains("Path=/") && line.contains("Secure") && line.contains("HttpOnly") && line.contains("SameSite=Strict"))
      let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      cookies[pair[0]] = pair[1].isEmpty ? nil : pair[1]
    }
    return reply
  }

  /// The token of the form on a page.
  static func token(_ html: String) -> String {
    html.components(separatedBy: "name=\"token\" value=\"").dropFirst().first?.components(separatedBy: "\"").first ?? ""
  }

  @discardableResult func login(_ person: String, _ password: String) async throws -> Reply {
    let page = try await get(PagePath.login).text
    return try await post(PagePath.login, ["token": Self.token(page), "person": person, "password": password])
  }

  @discardableResult func change(_ old: String, to new: String, again: String? = nil) async throws -> Reply {
    let page = try await get(PagePath.password).text
    return try await post(PagePath.password, ["token": Self.token(page), "old": old, "new": new, "again": again ?? new])
  }

  /// With an account, past its first login.
  static func inside(_ at: TestCounty, role: String = "county", scope: String = "130599", person: String = "P1") async throws -> TestBrowser {
    let browser = TestBrowser(at)
    let once = try await at.county.addPageUser(person: person, name: "测试员", role: role, scope: scope)
    try await browser.login(person, once)
    #expect(try await browser.change(once, to: PageTests.password).headers[.location] == PagePath.progress)
    return browser
  }
}

extension Reply {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// Rows of a table by key: the cells of each.
  func table(_ id: String) -> [String: [String]] {
    let table = text.components(separatedBy: "<table id=\"\(id)\">").dropFirst().first?.components(separatedBy: "</table>").first ?? ""
    var rows: [String: [String]] = [:]
    let body = table.components(separatedBy: "</tbody>").first ?? ""
    for row in body.components(separatedBy: "<tr data-key=\"").dropFirst() {
      let cells = row.components(separatedBy: "<td>").dropFirst().map { $0.components(separatedBy: "</td>")[0] }
      rows[row.components(separatedBy: "\"")[0]] = cells
    }
    return rows
  }
}

@Suite("The page")
struct PageTests {
  static let password = "好密码也要够长才行呀1"

  // MARK: Logging in

  @Test("a printed password opens nothing but the form that replaces it, once, and for three days")
  func firstLogin() async throws {
    let at = try await TestCounty()
    let once = try await at.county.addPageUser(person: "P1", name: "甲", role: "auditor", scope: "130599100")
    let browser = TestBrowser(at)
    #expect(try await browser.login("P1", once).headers[.location] == PagePath.password)
    for (path, _) in PagePath.pages { #expect(try await browser.get(path).headers[.location] == PagePath.password) }
    #expect(try await browser.change(once, to: "短").status == 400)
    #expect(try await browser.change(once, to: Self.password, again: Self.password + "2").status == 400)
    #expect(try await browser.change(once, to: "我的编号是P1再加几个字").status == 400)
    #expect(try await browser.change("不是它", to: Self.password).status == 401)
    let before = browser.cookies
    #expect(try await browser.change(once, to: Self.password).headers[.location] == PagePath.progress)
    try await at.county.board.refresh()
    #expect(try await browser.get(PagePath.progress).status == 200)
    browser.cookies = before
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login, "the old cookie is over")
    #expect(try await TestBrowser(at).login("P1", once).status == 401)
    #expect(try await TestBrowser(at).login("P1", Self.password).headers[.location] == PagePath.progress)

    let late = try await at.county.resetPageUser(person: "P1")
    at.clock.pass(seconds: 72 * 3600 + 1)
    #expect(try await TestBrowser(at).login("P1", late).status == 401)
  }

  @Test("a wrong password and a person nobody knows are answered the same; after five both are closed for a quarter of an hour")
  func lockout() async throws {
    let at = try await TestCounty()
    _ = try await TestBrowser.inside(at)
    for person in ["P1", "nobody"] {
      for _ in 0..<5 {
        let reply = try await TestBrowser(at).login(person, "wrong password")
        #expect(reply.status == 401 && reply.text.contains(PageWords.wrong))
      }
      let closed = try await TestBrowser(at).login(person, Self.password)
      #expect(closed.status == 429 && closed.text.contains(PageWords.locked(900)) && closed.headers[.retryAfter] == "900")
    }
    at.clock.pass(seconds: 901)
    #expect(try await TestBrowser(at).login("P1", Self.password).headers[.location] == PagePath.progress)
  }

  @Test("many tries from one address are slowed down")
  func rateLimit() async throws {
    let at = try await TestCounty()
    let browser = TestBrowser(at)
    for number in 0..<10 { #expect(try await browser.login("nobody \(number)", "x").status == 401) }
    #expect(try await browser.login("nobody", "x").status == 429)
    at.clock.pass(seconds: 61)
    #expect(try await browser.login("nobody", "x").status == 401)
  }

  @Test("a form without the token of its browser does nothing")
  func formToken() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    let other = TestBrowser(at)
    let foreign = TestBrowser.token(try await other.get(PagePath.login).text)
    for token in ["", "x", foreign] {
      let stranger = TestBrowser(at)
      _ = try await stranger.get(PagePath.login)
      #expect(try await stranger.post(PagePath.login, ["token": token, "person": "P1", "password": Self.password]).status == 403)
      #expect(
        try await browser.post(PagePath.password, ["token": token, "old": Self.password, "new": "另外一个也够长的密码", "again": "另外一个也够长的密码"]).status == 403)
      #expect(try await browser.post(PagePath.logout, ["token": token]).status == 403)
    }
    #expect(try await browser.get(PagePath.warnings).status == 503, "still logged in; no figures yet")
  }

  @Test("a session ends half an hour after its last page, eight hours after its login, and at the logout")
  func sessionEnds() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    for _ in 0..<15 {
      at.clock.pass(seconds: 1_790)
      #expect(try await browser.get(PagePath.progress).status == 200)
    }
    at.clock.pass(seconds: 1_790)
    _ = try await browser.get(PagePath.progress)
    at.clock.pass(seconds: 1_790)
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login, "eight hours are over")
    try await browser.login("P1", Self.password)
    at.clock.pass(seconds: 1_801)
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login, "half an hour is over")
    try await browser.login("P1", Self.password)
    let cookies = browser.cookies
    let token = TestBrowser.token(try await browser.get(PagePath.progress).text)
    #expect(try await browser.post(PagePath.logout, ["token": token]).headers[.location] == PagePath.login)
    browser.cookies = cookies
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login, "the cookie opens nothing any more")
  }

  @Test("removing an account or giving it a new password ends its sessions at once")
  func removed() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    #expect(try await browser.get(PagePath.progress).status == 200)
    let once = try await at.county.resetPageUser(person: "P1")
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login)
    try await browser.login("P1", once)
    try await at.county.removePageUser(person: "P1")
    #expect(try await browser.get(PagePath.password).headers[.location] == PagePath.login)
    await #expect(throws: CountyFault.noPageUser("P1")) { try await at.county.removePageUser(person: "P1") }
  }

  @Test("who changes the own password ends every other session; an account made anew is nobody's who was logged in before")
  func otherSessions() async throws {
    let at = try await TestCounty()
    let here = try await TestBrowser.inside(at), elsewhere = TestBrowser(at)
    try await elsewhere.login("P1", Self.password)
    try await at.county.board.refresh()
    #expect(try await elsewhere.get(PagePath.progress).status == 200)
    let other = "换了一个够长的密码2"
    #expect(try await here.change(Self.password, to: other).headers[.location] == PagePath.progress)
    #expect(try await here.get(PagePath.progress).status == 200)
    for (path, _) in PagePath.pages { #expect(try await elsewhere.get(path).headers[.location] == PagePath.login) }
    #expect(try await elsewhere.get(PagePath.password).headers[.location] == PagePath.login)
    #expect(try await elsewhere.login("P1", Self.password).status == 401)

    // Taken away and made anew within a second, by another process: nobody is in.
    let cookies = here.cookies
    try await at.county.removePageUser(person: "P1")
    let once = try await at.county.addPageUser(person: "P1", name: "测试员", role: "county", scope: "130599")
    #expect(try await here.get(PagePath.progress).headers[.location] == PagePath.login)
    here.cookies = cookies
    #expect(try await here.get(PagePath.password).headers[.location] == PagePath.login)
    #expect(try await here.login("P1", once).headers[.location] == PagePath.password)
  }

  // MARK: Who, and where

  @Test("only county and auditor have accounts; nobody outside the county's own code", arguments: ["cadre", "clerk", "supervisor", "visitor", "mayor"])
  func roles(_ role: String) async throws {
    let at = try await TestCounty()
    await #expect(throws: CountyFault.badPageRole(role)) {
      try await at.county.addPageUser(person: "P1", name: "甲", role: role, scope: "130599")
    }
    for scope in ["", "1305", "130598", "1305991", "130599x"] {
      await #expect(throws: CountyFault.badScope(scope)) {
        try await at.county.addPageUser(person: "P1", name: "甲", role: "auditor", scope: scope)
      }
    }
    #expect(!Access.allows(Role(rawValue: role), .readPage))
  }

  @Test("a place that the table of divisions does not have is a sentence with its code, and 400")
  func unknownPlace() async throws {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(Array("代码,名称,类型\n130599100,示范镇,镇\n".utf8), source: "区划.csv")
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    #expect(try await browser.get(PagePath.progress + "?division=130599100").status == 200)
    let answer = try await browser.get(PagePath.progress + "?division=130599999")
    #expect(answer.status == 400 && answer.text.contains("区划表里没有 130599999"), "\(answer.text)")
  }

  @Test("an account whose role was changed in the store sees nothing")
  func roleAsked() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    try await at.county.store.write { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: "UPDATE page_user SET role = 'cadre'")
    }
    #expect(try await browser.get(PagePath.progress).headers[.location] == PagePath.login)
  }

  @Test("an auditor of a township sees that township and nothing of another, on every page")
  func scope() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at, role: "auditor", scope: TestCounty.township)
    try await at.county.board.refresh()
    for (path, _) in PagePath.pages {
      for other in ["130599200", TestCounty.elsewhere, "130599"] {
        let reply = try await browser.get(path + "?division=" + other)
        #expect(reply.status == 403 && reply.text.contains(PageWords.notYours))
      }
      let own = try await browser.get(path)
      #expect(own.status == 200 && !own.text.contains("130599200"), "\(path)")
      #expect(try await browser.get(path + "?division=" + TestCounty.village).status == 200)
    }
    #expect(try await browser.get(PagePath.progress).table("progress").keys.sorted() == [TestCounty.village, TestCounty.otherVillage])
  }

  @Test("days and divisions are checked", arguments: [
    "from=2026-11-30&to=2026-11-01", "from=2026-13-01", "to=2026-11", "from=1990-01-01&to=2026-11-24", "division=13", "division=abc", "division=",
  ])
  func badQuery(_ query: String) async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    #expect(try await browser.get(PagePath.progress + "?" + query).status == 400)
  }

  // MARK: Answers

  @Test("every answer forbids scripts, frames and keeping")
  func headers() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    let stranger = TestBrowser(at)
    var replies = [try await stranger.get(PagePath.login), try await stranger.get(PagePath.style), try await stranger.get(PagePath.progress)]
    for (path, _) in PagePath.pages { replies.append(try await browser.get(path)) }
    replies.append(try await browser.get(PagePath.progress + "?division=x"))
    for reply in replies {
      func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { reply.headers[$0] } }
      #expect(header("Content-Security-Policy")?.hasPrefix("default-src 'none'; style-src 'self'; form-action 'self'") == true)
      #expect(header("Cache-Control") == "no-store" && header("X-Frame-Options") == "DENY")
      #expect(header("X-Content-Type-Options") == "nosniff" && header("Referrer-Policy") == "no-referrer")
      #expect(!reply.text.contains("<script") && !reply.text.contains(" style=") && !reply.text.contains("http://"))
    }
  }

  @Test("every login and every page is written down, and nothing that was typed")
  func audit() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    _ = try await browser.get(PagePath.coverage)
    _ = try await browser.get(PagePath.coverage + "?division=110000")
    try await TestBrowser(at).login("typed-a-password-here", "secret")
    let rows = try await at.county.pageAudit(limit: 10)
    #expect(rows.map { "\($0.person ?? "–") \($0.page) \($0.outcome)" } == [
      "– login refused", "P1 /page/coverage outside_scope", "P1 /page/coverage 130599 ok", "P1 password ok", "P1 login ok",
    ])
    #expect(rows.first?.at.hasPrefix("2026-11-24T10:00") == true)
  }

  @Test("names of divisions cannot become markup")
  func hostileNames() async throws {
    let at = try await TestCounty()
    try await Self.fill(at, village: "<script>alert('x')</script>\"&村")
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    for (path, _) in PagePath.pages {
      for division in [TestCounty.township, TestCounty.village] {
        let text = try await browser.get(path + "?division=" + division).text
        #expect(!text.contains("<script") && !text.contains("alert('"))
      }
    }
    #expect(try await browser.get(PagePath.progress + "?division=" + TestCounty.township).text.contains("&lt;script&gt;alert(&#39;x&#39;)"))
  }
}
