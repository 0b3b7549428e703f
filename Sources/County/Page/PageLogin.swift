// Logging in and out, and changing the password: the three forms that change something. Each carries a token bound to a cookie
// of the same browser.

internal import Dispatch
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Wire

extension PageRoutes {
  func loginForm(_ sentence: String?, status: HTTPResponse.Status = .ok, retryAfter: Int? = nil) -> Response {
    let cookie = sessions.newCookie()
    var response = Self.answer(
      PageViews.login(county.configuration.name, token: sessions.formToken(cookie), sentence), status: status)
    Self.set(Self.formCookie, cookie, in: &response)
    if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
    return response
  }

  func login(_ request: Request, _ context: CountyContext) async throws -> Response {
    if let wait = limiter.admit("page-login \(context.peer ?? "")", perMinute: CountyLimits.pageLoginsPerMinute) {
      return loginForm(PageWords.slowDown(wait), status: .tooManyRequests, retryAfter: wait)
    }
    let fields = try await form(request)
    guard let cookie = Self.cookie(Self.formCookie, of: request), sessions.isFormToken(fields["token"] ?? "", of: cookie) else {
      return loginForm(PageWords.stale, status: .forbidden)
    }
    let (person, password) = (fields["person"] ?? "", fields["password"] ?? "")
    let user = try await county.store.pageUser(person)
    if let wait = sessions.lockedFor(person) {
      try await audit(user?.person, "login", "locked")
      return loginForm(PageWords.locked(wait), status: .tooManyRequests, retryAfter: wait)
    }
    guard sessions.count(person) else { return loginForm(PageWords.busy, status: .serviceUnavailable, retryAfter: 60) }
    // Without an account the same work is done, so that the time tells nothing either.
    let kept = user?.password ?? PagePassword(salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32))
    let isRight = try await Self.stretching { kept.matches(password) }
    guard let user, isRight, user.endsAt.map({ $0 > county.surroundings.seconds }) ?? true, Access.allows(user.role, .readPage) else {
      try await audit(user?.person, "login", "refused")
      context.logger.warning("page login refused")
      return loginForm(PageWords.wrong, status: .unauthorized)
    }
    sessions.forgetTries(person)
    guard let session = sessions.open(user.person, stamp: user.stamp) else {
      return loginForm(PageWords.busy, status: .serviceUnavailable, retryAfter: 60)
    }
    try await audit(user.person, "login", "ok")
    var response = Self.moved(to: user.mustChange ? PagePath.password : PagePath.progress)
    Self.set(Self.sessionCookie, session, in: &response)
    Self.set(Self.formCookie, "", in: &response)
    return response
  }

  func logout(_ request: Request, _ context: CountyContext) async throws -> Response {
    guard let (user, cookie) = try await user(request) else { return Self.moved(to: PagePath.login) }
    guard sessions.isFormToken(try await form(request)["token"] ?? "", of: cookie) else {
      throw PageRefused(status: .forbidden, sentence: PageWords.stale, outcome: "bad_token")
    }
    sessions.close(cookie)
    try await audit(user.person, "logout", "ok")
    var response = Self.moved(to: PagePath.login)
    Self.set(Self.sessionCookie, "", in: &response)
    return response
  }

  func passwordForm(_ request: Request, _ context: CountyContext) async throws -> Response {
    guard let (user, cookie) = try await user(request) else { return Self.moved(to: PagePath.login) }
    return passwordAnswer(cookie, user.mustChange ? PageWords.mustChange : nil, .ok)
  }

  private func passwordAnswer(_ cookie: String, _ sentence: String?, _ status: HTTPResponse.Status) -> Response {
    Self.answer(PageViews.password(county.configuration.name, token: sessions.formToken(cookie), sentence), status: status)
  }

  func changePassword(_ request: Request, _ context: CountyContext) async throws -> Response {
    guard let (user, cookie) = try await user(request) else { return Self.moved(to: PagePath.login) }
    let fields = try await form(request)
    guard sessions.isFormToken(fields["token"] ?? "", of: cookie) else {
      throw PageRefused(status: .forbidden, sentence: PageWords.stale, outcome: "bad_token")
    }
    let (old, new) = (fields["old"] ?? "", fields["new"] ?? "")
    if let wait = sessions.lockedFor(user.person) {
      return passwordAnswer(cookie, PageWords.locked(wait), .tooManyRequests)
    }
    guard sessions.count(user.person), try await Self.stretching({ user.password.matches(old) }) else {
      try await audit(user.person, "password", "refused")
      return passwordAnswer(cookie, PageWords.wrongOld, .unauthorized)
    }
    sessions.forgetTries(user.person)
    guard new == fields["again"] else { return passwordAnswer(cookie, PageWords.unlike, .badRequest) }
    guard new.count >= CountyLimits.pagePasswordCharacters, new.utf8.count <= CountyLimits.pagePasswordBytes, new != old,
      !new.contains(user.person)
    else { return passwordAnswer(cookie, PageWords.passwordRule, .badRequest) }
    let salt = county.surroundings.random(16)
    guard let password = try await Self.stretching({ PagePassword(new, salt: salt) }),
      try await county.store.setPassword(password, of: user.person, mustChange: false, endsAt: nil)
    else { throw PageRefused(status: .serviceUnavailable, sentence: PageWords.fault, outcome: "fault") }
    try await audit(user.person, "password", "ok")
    // Every other session of the old password is over with its stamp; this one goes on under a new cookie.
    sessions.close(cookie)
    var response = Self.moved(to: PagePath.progress)
    Self.set(Self.sessionCookie, sessions.open(user.person, stamp: user.stamp + 1) ?? "", in: &response)
    return response
  }

  /// One at a time, and on no thread that answers others: 32 MiB and a tenth of a second each.
  private static let stretchQueue = DispatchQueue(label: "page-password")

  private static func stretching<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async throws -> Value {
    await withCheckedContinuation { continuation in stretchQueue.async { continuation.resume(returning: body()) } }
  }

  /// `application/x-www-form-urlencoded`; of a field that comes twice the first.
  private func form(_ request: Request) async throws -> [String: String] {
    let bytes = try await request.wholeBody(upTo: 4_096)
    let stale = PageRefused(status: .badRequest, sentence: PageWords.stale, outcome: "malformed")
    guard let text = String(validating: bytes, as: UTF8.self) else { throw stale }
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, let value = String(halves[1]).replacing("+", with: " ").removingPercentEncoding else { throw stale }
      if fields[String(halves[0])] == nil { fields[String(halves[0])] = value }
    }
    return fields
  }
}
