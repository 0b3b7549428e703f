// What a comparison came to, and what it did not look at.

public import Relief

/// What comparing a batch came to.
public struct ComparisonReport: Sendable, Equatable {
  public var rows = 0
  /// 命中: rows whose number is a person's; of those, rows of another name.
  public var exact = 0
  public var otherName = 0
  /// 疑似, and of those rows that may be several people's: nothing is made of these.
  public var similar = 0
  public var ambiguous = 0
  public var unmatched = 0
  /// Warnings raised, and open ones that got findings more.
  public var raised = 0
  public var joined = 0
  /// What departments gave, written down (R37).
  public var assistance = 0
  /// Rows of which people were left out because a limit was reached, and the lines of the first of them.
  public var cut = 0
  public var cutLines: [Int] = []
  /// Persons of the register with a wrong number that no row was compared with by what it may have been.
  public var unrepaired = 0
  /// Persons of whom the register says several things at once, compared under what is said.
  public var contested = 0
  /// Of those, persons of whom so much is said that not all of it was put together with all else.
  public var contestedCut = 0
  /// Rows that were set aside: any of them may name who seems to be missing, so nobody was looked for who is not on the list.
  public var rejectedUnlooked = 0
  /// Where a list of the same profile and a later day says who stands in it, and this one says nothing of it.
  public var newerStanding: NewerLists?
  /// By model, where such a list says who is missing.
  public var newerMissing: [String: NewerLists] = [:]
  /// By model and township, where of the people the model asks about the list names nobody, or fewer than it leaves out: a part of a list,
  /// delivered by itself, leaves out nobody elsewhere.
  public var townshipsUncovered: [TownshipShare] = []
  /// What the county's table of divisions calls these townships, by code.
  public var townshipNames: [String: String] = [:]
  /// Parameters a model asked for that nobody has set.
  public var unset: [PolicyParameter] = []
}

/// A list that was compared again after another one had been withdrawn.
public struct ComparedAgain: Sendable, Equatable {
  public var batch: String
  public var profile: String
  public var file: String
  public var asOf: String
  public var report: ComparisonReport
}

/// Townships in which lists of a later day say something instead.
public struct NewerLists: Sendable, Equatable {
  /// Nine digits, in order.
  public var townships: [String]
  /// The day of the newest of these lists.
  public var asOf: String

  public init(_ townships: [String], asOf: String) { (self.townships, self.asOf) = (townships, asOf) }
}

/// How many of a township's people of whom a model asks a list names, and how many of those looked for it leaves out.
public struct TownshipShare: Sendable, Equatable {
  /// Code of the model.
  public var model: String
  /// Nine digits.
  public var township: String
  public var named: Int
  public var missing: Int

  public init(_ model: String, township: String, named: Int, missing: Int) {
    (self.model, self.township, self.named, self.missing) = (model, township, named, missing)
  }

  /// The list is one of this township.
  public var isCovered: Bool { named > 0 && named >= missing }
}
