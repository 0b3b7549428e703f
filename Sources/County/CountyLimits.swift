// Every limit of the county server, in one table. What two ends must agree on stands in Wire; what only the server keeps
// stands here. A limit that is reached is said, never silently applied.

enum CountyLimits {
  /// Bytes of a file given to `import` or `publish-form`.
  static let importBytes = 64 << 20
  /// Rows of such a file.
  static let importRows = 500_000
  /// Records appended to the county's own journal by one synced batch.
  static let appendBatch = 512

  /// Life of a one-time enrolment code.
  static let codeHours = 72
  /// Wrong tries after which a code is closed.
  static let codeTries = 10
  /// Enrolment requests of one network address within a minute.
  static let enrolPerMinute = 5
  /// Challenges and session requests of one device within a minute.
  static let sessionsPerMinute = 10
  /// Pushes of one device within a minute.
  static let pushesPerMinute = 60
  /// Feed and cursor requests of one device within a minute.
  static let readsPerMinute = 240
  /// Requests of one device at work at one time.
  static let concurrentPerDevice = 2
  /// Names (addresses, devices) a rate limiter remembers before it forgets those at rest.
  static let limiterNames = 20_000

  /// Life of a challenge.
  static let challengeSeconds = 120
  /// Challenges waiting for their answer.
  static let challenges = 10_000
  /// Life of a session token.
  static let sessionSeconds = 15 * 60
  /// Sessions alive.
  static let sessions = 20_000

  /// Bytes of a JSON body.
  static let controlBytes = 64 << 10
  /// Seconds the whole of a request body may take; at 1 KiB/s a batch of 1 MiB would take 17 minutes, at the slowest
  /// line we serve (64 kbit/s) it takes a little over two.
  static let bodySeconds = 300
}
