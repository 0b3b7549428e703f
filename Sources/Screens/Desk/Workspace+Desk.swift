// The desk's lists that are kept from one word to the next (DeskBook), and whose.

public import Relief

extension Workspace {
  /// What the desk lists now, for the next workspace of the same laptop to begin with; nil for somebody who works at none.
  /// - Parameter earlier: of an earlier workspace of this laptop.
  public func desk(after earlier: DeskBook?) -> DeskBook? {
    guard identity.role.worksAtDesk, let division else { return nil }
    guard var book = earlier, book.division == division else { return DeskBook(register, in: division, rules) }
    book.follow(register, rules)
    return book
  }

  /// The desk as the register stands now, where one is kept.
  var keptDesk: DeskBook? {
    guard var desk, desk.division == division else { return nil }
    desk.follow(register, rules)
    return desk
  }
}
