// Limits: every limit of the screens in one table. What reaches one says so on the message line.

enum Limits {
  /// Characters of one field without a length of its own.
  static let fieldCharacters = 1_000
  /// Characters of a reason or a search.
  static let promptCharacters = 200
  /// Steps 撤销 goes back within one visit.
  static let undoSteps = 200
  /// Smallest screen that shows the program (rows × columns).
  static let rowsMin = 18
  static let columnsMin = 60
  /// A pause after which typed, unaccepted text goes into the draft, in milliseconds.
  static let idleMilliseconds = 1_000
  /// How long full numbers are shown when no key is pressed, in milliseconds.
  static let unmaskedMilliseconds = 15_000
  /// Characters of a new passphrase, at least.
  static let passphraseCharactersMin = 8
  /// Drafts of one household that its screen offers to go on with; the list of the day has them all.
  static let householdDraftsMax = 3
  /// Households a search shows.
  static let foundMax = 200
  /// Households that are indexed beside the large index before it is made anew.
  static let searchChangedMax = 500
  /// Households of a village that a form can choose among.
  static let neighboursMax = 2_000
  /// How long a supervisor may be stood in for at once, in days, and the characters such a number takes.
  static let deputyDaysMax = 90
  static let deputyDayCharacters = 2
  /// Suggestions and open questions under a receipt; the whole is a key away.
  static let receiptSuggestionsMax = 4
  /// How many days a list may be made for, and what it begins with.
  static let sweepDays = [1, 3, 7, 15, 30, 90]
  static let sweepDaysAtFirst = 7
  /// How many days a campaign is planned for at first, the characters of its name, and how many of them are listed.
  static let campaignDaysAtFirst = 30
  static let campaignNameCharacters = 30
  static let campaignsMax = 100
  /// How many days a dispatched warning stands on the village's list by itself; a list that is made takes it on.
  static let warningListDays = 7
  /// Characters of what a warning says, as the visit's question about it shows it.
  static let warningHintCharacters = 120
  /// Lines of choices shown under a field; more are turned to.
  static let choiceLinesMax = 6
}
