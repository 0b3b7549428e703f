// Paths and header names. No personal data ever stands in a path or a query.

public enum Path {
  public static let hello = "/v1/hello"
  /// The county's CA as PEM, for first contact: it is trusted only after its fingerprint equals the paper slip's.
  public static let ca = "/v1/ca"
  public static let enrol = "/v1/enrol"
  public static let challenge = "/v1/sessions/challenge"
  public static let sessions = "/v1/sessions"
  public static let feed = "/v1/feed"
  public static let devices = "/v1/devices"
  public static let journals = "/v1/journals"

  public static func cursor(journal: String) -> String { "/v1/journals/\(journal)/cursor" }
  public static func entries(journal: String) -> String { "/v1/journals/\(journal)/entries" }
}

public enum Header {
  /// On every answer of the county, value `1`. Where it is missing, something else answered (a captive portal).
  public static let protocolVersion = "Zoufang-Protocol"
  /// On a push: `<seq> <chain> <signature>`, chain and signature in base64url, signing `checkpointText`.
  public static let checkpoint = "Zoufang-Checkpoint"
  /// On a push: what the laptop's clock shows, seconds since 1970. The county marks what comes under a wrong one.
  public static let clock = "Zoufang-Clock"
  /// On a page of the feed: `<count>,<hash>` of everything in the reader's scope.
  public static let state = "Zoufang-State"
  public static let authorization = "Authorization"
  public static let retryAfter = "Retry-After"
}
