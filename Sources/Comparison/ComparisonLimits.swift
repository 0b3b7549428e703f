// What one row of a list may cost, whatever the list or the register holds.

public enum ComparisonLimits {
  /// Persons of one number that a row is matched with; a number more persons share is a fault of the register.
  public static let personsOfNumberMax = 16
  /// Candidates reported for one row that is 疑似.
  public static let candidatesMax = 8
  /// Persons of one birth and village whose names are compared one by one; of more only those whose name sounds the same.
  public static let blockMax = 64
  /// Persons that a row's name is compared with in all.
  public static let judgedMax = 256
  /// Characters of a name; a longer one counts as missing.
  public static let nameCharactersMax = 64
  /// Bytes of a cell that are looked at; a longer number, birth or village cannot be read, a longer name counts as missing.
  public static let cellBytesMax = 256
  /// Persons whose own number has a wrong check digit and whose possible right numbers are kept to be found by.
  public static let repairedPersonsMax = 50_000
  /// A candidate that scores this much less than the best one is not reported.
  public static let scoreGap = 20
}
