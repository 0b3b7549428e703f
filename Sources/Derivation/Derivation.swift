// Where XForm and Relief meet: what a finished form declared becomes facts, and a finished session becomes a record. One piece of
// code for both programs: the laptop runs it when a visit is finished, the county when a phone's submission arrives.
//
// It knows entity properties, never a question's name. What it adds to a form's own words:
//  * an empty property is a fact only where somebody emptied it: a question left blank says nothing, whatever the register knows;
//  * a record that follows others names what its writer had seen, so that its values take the place of theirs.

public import Relief
public import XForm

public enum Derivation {
  /// Facts of what a form declared, in the form's order. Declarations of one entity stay one fact each.
  /// - Parameters:
  ///   - uncleared: what the same form would declare had nobody cleared a value it began with: an empty property that has a value
  ///     there was emptied by somebody. Nobody can tell it of a phone's submission: without it only a property whose bind says so
  ///     (`zf:empties`) is emptied.
  ///   - register: what was known before. Emptied is only what it knows a value of.
  public static func facts(
    from declarations: [EntityDeclaration], uncleared: [EntityDeclaration] = [], knowing register: Register
  ) -> [Fact] {
    declarations.compactMap { declaration in
      guard !declaration.list.isEmpty, !declaration.id.isEmpty else { return nil }
      let before = uncleared.first { $0.path == declaration.path && $0.list == declaration.list && $0.id == declaration.id }
      let saying = declaration.properties.filter { property in
        guard property.value.isEmpty else { return true }
        guard property.saysEmpty || before?.property(property.name)?.isEmpty == false else { return false }
        return register.field(property.name, of: declaration.list, declaration.id)?.candidates.contains { !$0.value.isEmpty } ?? false
      }
      return Fact(
        list: declaration.list, entity: declaration.id, label: declaration.label.flatMap { $0.isEmpty ? nil : $0 },
        properties: saying.map { Property($0.name, $0.value) })
    }
  }

  /// Who, when and where, of the record to be made.
  public struct Circumstances: Sendable {
    /// A fresh UUIDv7.
    public var id: String
    public var household: String
    public var division: String
    public var author: Author
    public var device: String
    /// `2026-11-24T09:30:05+08:00`.
    public var wall: String
    public var timeZone: String
    public var clockTrusted: Bool

    public init(
      id: String, household: String, division: String, author: Author, device: String, wall: String,
      timeZone: String = "Asia/Shanghai", clockTrusted: Bool = true
    ) {
      self.id = id
      self.household = household
      self.division = division
      self.author = author
      self.device = device
      self.wall = wall
      self.timeZone = timeZone
      self.clockTrusted = clockTrusted
    }
  }

  /// The record of a finished form. `session.finish()` has been called.
  /// - Parameters:
  ///   - formHash: SHA-256 of the form's XML, hex.
  ///   - register: what the writer saw: every record it holds about the household or the entities is superseded.
  ///   - amending: the record this one takes the place of as a whole, nil for a new visit.
  public static func record(
    of session: Session, formHash: String, _ circumstances: Circumstances, knowing register: Register,
    amending amended: String? = nil, body: [String: String] = [:]
  ) -> Record {
    // What an amended record said is void once the amendment stands, so it is not among what is known.
    let facts = facts(from: session.entities(), knowing: register)
    let seen = register.recordsSeen(household: circumstances.household, facts: facts)
    return Record(
      id: circumstances.id, type: amended == nil ? .visit : .amendment, household: circumstances.household,
      division: circumstances.division, author: circumstances.author, device: circumstances.device,
      wall: circumstances.wall, timeZone: circumstances.timeZone, clockTrusted: circumstances.clockTrusted,
      supersedes: amended.map { [$0] } ?? seen,
      form: FormStamp(id: session.form.id, version: session.form.version, hash: formHash), facts: facts,
      submission: String(decoding: session.instanceXML(submission: true), as: UTF8.self), body: body)
  }
}
