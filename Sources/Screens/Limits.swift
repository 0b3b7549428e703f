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
  /// Characters of a new passphrase, at least.
  static let passphraseCharactersMin = 8
  /// Households a search shows.
  static let foundMax = 200
  /// Households of a village that a form can choose among.
  static let neighboursMax = 2_000
  /// Lines of choices shown under a field.
  static let choiceLinesMax = 6
}
