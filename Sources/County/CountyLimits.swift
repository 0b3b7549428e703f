// The limits that only the server keeps, in one table; what both ends must agree on stands in Wire's `Limits`. A limit
// that is reached is said, never silently applied.

internal import Wire

enum CountyLimits {
  /// Bytes of a file given to `import` or `publish-form`.
  static let importBytes = 64 << 20
  /// Rows of such a file.
  static let importRows = 500_000
  /// Problems reported for one file; a wrong column makes one a row, and nobody reads ten thousand.
  static let importProblems = 200
  /// Characters of one field of such a file.
  static let importField = 500
  /// Bytes that must stay free on the disk behind an import, so that the laptops' pushes still find room.
  static let importReserve = 32 << 20
  /// Records appended to the county's own journal by one synced batch.
  static let appendBatch = 512

  /// Other households of the village among which a filled paper form finds the one it names.
  static let paperNeighbours = 2_000

  /// Bytes of what one record of the trail says of an export's rows; what is more goes on in the next record.
  static let exportTextBytes = 256 * 1024
  /// Exports that are named where the one that was asked for is not known.
  static let exportsSaid = 5

  /// Characters of what a row of a department's list says, as a warning shows it.
  static let evidenceCharacters = 200
  /// Ways in which a person with contested number, name or birth is compared.
  static let comparedVariants = 8
  /// Rows of a batch read and compared at a time.
  static let comparedRows = 20_000
  /// Households whose register is folded, judged and written about at a time.
  static let comparedHouseholds = 500

  /// Wrong tries after which an enrolment code is closed.
  static let codeTries = 10
  /// Enrolment requests of one network address within a minute: a training hall behind one address enrols twenty at once.
  static let enrolPerMinute = 30
  /// Challenges and session requests of one device within a minute.
  static let sessionsPerMinute = 10
  /// The same of one network address, whatever devices it names: nobody has proved anything yet. A whole county may stand behind
  /// one address; `challenges` must hold many times this.
  static let sessionsPerAddress = 1_500
  /// Connections of one network address at one time, so that one machine cannot take every descriptor of the server.
  static let connectionsPerAddress = 256
  /// Pushes of one device within a minute.
  static let pushesPerMinute = 60
  /// Feed and cursor requests of one device within a minute.
  static let readsPerMinute = 240
  /// Requests of one device at work at one time.
  static let concurrentPerDevice = 2
  /// Names (addresses, devices) a rate limiter remembers; beyond, it forgets those at rest, and where all are busy all of them.
  static let limiterNames = 20_000

  /// Challenges waiting for their answer, and sessions alive.
  static let challenges = 10_000
  static let sessions = 20_000

  /// A body may be slow, but not this slow: after `bodyGraceSeconds` it must have kept this many bytes a second.
  static let bodyBytesPerSecond = 1_024
  static let bodyGraceSeconds = 30
  /// A connection that says nothing for so long is closed.
  static let idleSeconds = 90

  /// Lines of one journal opened in one go, so that a long push never holds the writer for long.
  static let openBatch = 256
  /// Different branches of one forked line that are kept as proof.
  static let forkBranches = 16

  /// Places of the table that are named where an unknown one was asked for.
  static let placesSaid = 6

  /// Lines of a list that are named of those that reached a limit of the comparison.
  static let cutLinesSaid = 10

  /// Bytes of a password for the page, and characters that a new one has at least.
  static let pagePasswordBytes = 128
  static let pagePasswordCharacters = 10
  /// Seconds in which a printed password opens the page once.
  static let pageOneTimeSeconds: Int64 = 72 * 3600
  /// Login requests of one network address within a minute.
  static let pageLoginsPerMinute = 10
  /// Wrong passwords in a row after which an account is closed, and for how many seconds.
  static let pageTries = 5
  static let pageLockSeconds = 900
  /// A session of a browser ends so many seconds after its last page, and so many after its login.
  static let pageIdleSeconds = 1_800
  static let pageSessionSeconds = 8 * 3600
  /// Sessions of browsers alive, and accounts whose wrong passwords are counted.
  static let pageSessions = 1_000
  static let pageTriedNames = 5_000
  /// Pages of one person within a minute.
  static let pageViewsPerMinute = 600
  /// Seconds between two looks for new records.
  static let pageRefreshSeconds = 60
  /// Reports that are kept beside the snapshot, and of those the ones that a new snapshot computes before anybody asks.
  static let pageReports = 64
  static let pageReportsAhead = 6
  /// Records folded at a time.
  static let pageFoldBatch = 5_000
  /// Days that a page may span.
  static let pageDays = 1_100
}
