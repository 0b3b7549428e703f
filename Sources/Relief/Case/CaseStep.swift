// One step of a case, as the fact `case_step` states it (docs/facts.md).

public struct CaseStep: Equatable, Sendable {
  public var key: CaseKey
  /// Nil: nothing was on file.
  public var from: CaseState?
  public var to: CaseState
  /// The day the step is taken.
  public var date: CivilDate?
  /// Record it rests on.
  public var basis: String?
  public var reason: String?
  public var clause: String?
  public var votes: Votes?
  public var publicFrom: CivilDate?
  public var publicTo: CivilDate?
  /// `none`, or what was objected; nil: nothing is said about objections.
  public var objection: String?
  public var decidedBy: String?
  /// The county had given this decision to the township then.
  public var isDelegated: Bool
  /// Since when the household's income is above the line, as far as the author knows (T-FP-2).
  public var stableSince: CivilDate?

  /// 民主评议
  public struct Votes: Hashable, Sendable {
    public var present: Int
    public var entitled: Int
    public var agreeing: Int
    public var opposing: Int

    public init(present: Int, entitled: Int, agreeing: Int, opposing: Int) {
      self.present = present
      self.entitled = entitled
      self.agreeing = agreeing
      self.opposing = opposing
    }

    /// Nobody votes who is not there, and nobody is there who is not one of them.
    public var isPossible: Bool {
      present > 0 && present <= entitled && agreeing >= 0 && opposing >= 0 && agreeing <= present && opposing <= present - agreeing
    }
  }

  public init(
    _ key: CaseKey, from: CaseState?, to: CaseState, date: CivilDate?, basis: String? = nil, reason: String? = nil,
    clause: String? = nil, votes: Votes? = nil, publicFrom: CivilDate? = nil, publicTo: CivilDate? = nil,
    objection: String? = nil, decidedBy: String? = nil, isDelegated: Bool = false, stableSince: CivilDate? = nil
  ) {
    self.key = key
    self.from = from
    self.to = to
    self.date = date
    self.basis = basis
    self.reason = reason
    self.clause = clause
    self.votes = votes
    self.publicFrom = publicFrom
    self.publicTo = publicTo
    self.objection = objection
    self.decidedBy = decidedBy
    self.isDelegated = isDelegated
    self.stableSince = stableSince
  }

  /// Nil where the fact names no household, or a state this program does not know.
  public init?(_ fact: Fact, household: String?) {
    func text(_ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }
    func day(_ name: String) -> CivilDate? { text(name).flatMap { CivilDate($0) } }
    func count(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    guard let household = text("household") ?? household, let to = text("to").flatMap({ CaseState(rawValue: $0) })
    else { return nil }
    let from = text("from")
    guard from == nil || from.flatMap({ CaseState(rawValue: $0) }) != nil else { return nil }
    var votes: Votes?
    if let present = count("present"), let entitled = count("entitled"), let agreeing = count("votes_for") {
      votes = Votes(
        present: present, entitled: entitled, agreeing: agreeing, opposing: count("votes_against") ?? 0)
    }
    self.init(
      CaseKey(
        household: household, person: text("person"), track: text("track").map { CaseTrack(rawValue: $0) }),
      from: from.flatMap { CaseState(rawValue: $0) }, to: to, date: day("date"), basis: text("basis"),
      reason: text("reason"), clause: text("clause"), votes: votes, publicFrom: day("public_from"),
      publicTo: day("public_to"),
      objection: text("objection").map { Self.nobodyObjected.contains($0) ? "none" : $0 }, decidedBy: text("decided_by"),
      isDelegated: text("delegated") == "yes", stableSince: day("stable_since"))
  }

  /// What people write where nobody objected (the form asks for 无).
  private static let nobodyObjected: Set<String> = ["无", "没有", "无异议", "没有异议"]

  /// The fact that states the step.
  /// - Parameter entity: a UUID of its own for each step.
  public func fact(entity: String) -> Fact {
    let stated: [(String, String?)] = [
      ("household", key.household), ("person", key.person), ("track", key.track?.rawValue), ("from", from?.rawValue),
      ("to", to.rawValue), ("date", date?.description), ("basis", basis), ("reason", reason), ("clause", clause),
      ("present", votes.map { String($0.present) }), ("entitled", votes.map { String($0.entitled) }),
      ("votes_for", votes.map { String($0.agreeing) }), ("votes_against", votes.map { String($0.opposing) }),
      ("public_from", publicFrom?.description), ("public_to", publicTo?.description), ("objection", objection),
      ("decided_by", decidedBy), ("delegated", isDelegated ? "yes" : nil),
      ("stable_since", stableSince?.description),
    ]
    return Fact(
      list: FactList.caseStep, entity: entity,
      properties: stated.compactMap { name, value in value.map { Property(name, $0) } })
  }
}
