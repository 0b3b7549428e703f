// The page over HTTP: who is asking, may they, and which figures. docs/page.md. Every answer says that nobody keeps it, runs no
// script and loads nothing but its own style sheet.

internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Relief
internal import Wire

/// A page that is not shown.
struct PageRefused: Error {
  var status: HTTPResponse.Status
  var sentence: String
  /// For the audit.
  var outcome: String
  var retryAfter: Int?
}

struct PageRoutes: Sendable {
  let county: County
  let sessions: PageSessions
  let limiter: RateLimiter

  static let sessionCookie = "__Host-zoufang"
  static let formCookie = "__Host-zoufang-form"

  init(_ county: County, _ limiter: RateLimiter) {
    self.county = county
    self.limiter = limiter
    sessions = PageSessions(county.surroundings)
  }

  func add(to router: Router<CountyContext>) {
    router.get(RouterPath(PagePath.style)) { _, _ in
      Self.answer(PageStyle.sheet, type: "text/css; charset=utf-8")
    }
    router.get(RouterPath(PagePath.login)) { _, _ in loginForm(nil) }
    router.post(RouterPath(PagePath.login), use: guarded(login))
    router.post(RouterPath(PagePath.logout), use: guarded(logout))
    router.get(RouterPath(PagePath.password), use: guarded(passwordForm))
    router.post(RouterPath(PagePath.password), use: guarded(changePassword))
    for (path, _) in PagePath.pages {
      router.get(RouterPath(path), use: guarded { request, context in try await show(path, request) })
    }
  }

  // MARK: - pages

  private func show(_ path: String, _ request: Request) async throws -> Response {
    guard let (user, cookie) = try await user(request) else { return Self.moved(to: PagePath.login) }
    guard !user.mustChange else { return Self.moved(to: PagePath.password) }
    if let wait = limiter.admit("page \(user.person)", perMinute: CountyLimits.pageViewsPerMinute) {
      throw PageRefused(status: .tooManyRequests, sentence: PageWords.slowDown(wait), outcome: "slow_down", retryAfter: wait)
    }
    do {
      let range = try range(request, user)
      let html = try await html(path, range, user, cookie)
      try await audit(user.person, path + " " + range.division.code, "ok")
      return Self.answer(html)
    } catch let refused as PageRefused {
      // What was asked for is not written down: it is whatever somebody typed.
      try await audit(user.person, path, refused.outcome)
      throw refused
    }
  }

  private func html(_ path: String, _ range: PageRange, _ user: PageUser, _ cookie: String) async throws -> String {
    let notYet = PageRefused(status: .serviceUnavailable, sentence: PageWords.notYet, outcome: "not_yet", retryAfter: 60)
    func sight(_ snapshot: PageSnapshot) -> PageSight {
      PageSight(
        snapshot: snapshot, county: county.configuration.name, user: user, range: range, token: sessions.formToken(cookie))
    }
    if path == PagePath.warnings || path == PagePath.coverage {
      guard let snapshot = county.board.snapshot else { throw notYet }
      return path == PagePath.warnings ? PageViews.warnings(sight(snapshot)) : PageViews.coverage(sight(snapshot))
    }
    guard let (report, snapshot) = try await county.board.report(range) else { throw notYet }
    return path == PagePath.cases ? PageViews.cases(sight(snapshot), report) : PageViews.progress(sight(snapshot), report)
  }

  /// Which days of which division, inside the scope. Default: the whole scope, this month until today.
  private func range(_ request: Request, _ user: PageUser) throws -> PageRange {
    let query = request.uri.queryParameters
    guard let today = county.today else { throw PageRefused(status: .badRequest, sentence: PageWords.badDays, outcome: "bad_days") }
    var division = user.scope
    if let asked = query["division"] {
      guard let said = Division(String(asked)), said.level >= .county else {
        throw PageRefused(status: .badRequest, sentence: PageWords.badPlace, outcome: "bad_place")
      }
      division = said
    }
    guard user.scope.contains(division) else {
      throw PageRefused(status: .forbidden, sentence: PageWords.notYours, outcome: "outside_scope")
    }
    guard PlaceTable(county: county.configuration.division, county.board.snapshot?.names ?? [:]).knows(division.code) else {
      throw PageRefused(status: .badRequest, sentence: PageWords.noPlace(division.code), outcome: "no_place")
    }
    let month = CivilDate(year: today.year, month: today.month, day: 1) ?? today
    let from = query["from"].map { CivilDate(String($0)) } ?? month
    let to = query["to"].map { CivilDate(String($0)) } ?? today
    guard let from, let to, from.isWhole, to.isWhole, from <= to, to.dayNumber - from.dayNumber <= CountyLimits.pageDays else {
      throw PageRefused(status: .badRequest, sentence: PageWords.badDays, outcome: "bad_days")
    }
    return PageRange(division: division, from: from, to: to)
  }

  /// The account behind a request and its cookie. The account is asked for every time: removing one works at once.
  func user(_ request: Request) async throws -> (PageUser, String)? {
    guard let cookie = Self.cookie(Self.sessionCookie, of: request), let session = sessions.session(cookie),
      let user = try await county.store.pageUser(session.person), user.stamp == session.stamp, Access.allows(user.role, .readPage)
    else { return nil }
    return (user, cookie)
  }

  func audit(_ person: String?, _ page: String, _ outcome: String) async throws {
    try await county.store.audit(person, page, outcome, at: county.surroundings.seconds)
  }

  // MARK: - answers

  /// A handler whose errors are sentences on a page.
  private func guarded(
    _ handler: @escaping @Sendable (Request, CountyContext) async throws -> Response
  ) -> @Sendable (Request, CountyContext) async throws -> Response {
    { request, context in
      do {
        return try await handler(request, context)
      } catch let refused as PageRefused {
        return answer(refused)
      } catch let refused as Refused where refused.status != .serviceUnavailable {
        return answer(PageRefused(status: refused.status, sentence: PageWords.stale, outcome: "malformed"))
      } catch {
        context.logger.error("page failed", metadata: ["error": "\(Store.brief(error))"])
        return answer(PageRefused(status: .serviceUnavailable, sentence: PageWords.fault, outcome: "fault", retryAfter: 60))
      }
    }
  }

  private func answer(_ refused: PageRefused) -> Response {
    var response = Self.answer(PageViews.sentence(county.configuration.name, refused.sentence), status: refused.status)
    if let wait = refused.retryAfter { response.headers[.retryAfter] = String(wait) }
    return response
  }

  static func answer(_ body: String, status: HTTPResponse.Status = .ok, type: String = "text/html; charset=utf-8") -> Response {
    var response = Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: body)))
    secure(&response)
    return response
  }

  static func moved(to path: String) -> Response {
    var response = Response(status: .seeOther, headers: [.location: path])
    secure(&response)
    return response
  }

  private static func secure(_ response: inout Response) {
    response.headers.set(
      .init("Content-Security-Policy"),
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    response.headers.set(.init("X-Content-Type-Options"), "nosniff")
    response.headers.set(.init("X-Frame-Options"), "DENY")
    response.headers.set(.init("Referrer-Policy"), "no-referrer")
    response.headers.set(.init("Cross-Origin-Opener-Policy"), "same-origin")
    response.headers.set(.init("Cross-Origin-Resource-Policy"), "same-origin")
  }

  // MARK: - cookies

  static func cookie(_ name: String, of request: Request) -> String? {
    for part in request.headers[.cookie]?.split(separator: ";") ?? [] {
      let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingCharacters(in: .whitespaces) }
      if pair.count == 2, pair[0] == name { return pair[1] }
    }
    return nil
  }

  static func set(_ name: String, _ value: String, in response: inout Response) {
    let end = value.isEmpty ? "; Max-Age=0" : ""
    response.headers.append(
      HTTPField(name: .setCookie, value: "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict\(end)"))
  }
}
