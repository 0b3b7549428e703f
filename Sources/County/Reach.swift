// Whether a device may say what a record says: the part that needs nothing but the two of them. What else is known
// (where an entity stands, whose the named record is) is asked in `Store/StoreReach.swift`.
//
// A record reaches further than its own `division`: through the records it takes back or amends, through the entities
// its facts speak of, and through the households and persons those facts point to. All of it must lie within the
// device's reach. The rule, and why the order of arrival does not matter, stands in docs/county.md.

internal import Relief
internal import Wire

/// Why a line is parked, and what may change that.
struct Objection: Equatable, Sendable {
  var code: ParkCode
  /// When one of these comes, the line is judged again.
  var awaited: [Awaited] = []
}

/// Something that, when it comes, makes a parked line worth judging again.
struct Awaited: Hashable, Sendable {
  enum Kind: String, Sendable {
    /// A record of this id is applied.
    case record
    /// An applied record says that its writer had seen the record of this id.
    case seen
    /// An entity gets a place that it did not have.
    case place
    /// This person is named as somebody's deputy.
    case deputy
  }

  var kind: Kind
  /// Of an entity, its list; else empty.
  var list = ""
  var target: String
}

enum Reach {
  /// An entity that a record speaks of or points to.
  struct Mention: Hashable {
    var list: String
    var entity: String
  }

  /// What the record alone shows; nil when nothing speaks against it so far. The rule is Relief's: a laptop judges what comes on a
  /// stick by the same.
  /// - Parameter standsIn: whether an applied record names the device's person as a deputy where this record stands.
  static func objection(to record: Record, from device: Device, standsIn: Bool = false) -> ParkCode? {
    switch device.grantee.objection(to: record, standsIn: standsIn) {
    case nil: nil
    case .notAuthor: .notAuthor
    case .unknownType: .unknownType
    case .outsideScope: .outsideScope
    case .notAllowed: .notAllowed
    }
  }

  /// Whether the record is one that a deputy (代理审核) writes in a supervisor's place, and the device's role one that may be a
  /// deputy. Who is one, and on which days, Relief says (`Register.mayReview`).
  static func mayStandIn(_ record: Record, _ device: Device) -> Bool { device.grantee.mayStandIn(record) }

  /// The records that this one acts on as a whole: takes back, amends, reviews, acknowledges, says to be typed twice. What it
  /// supersedes field by field is not among them: that touches only entities that it speaks of itself, and those are judged.
  static func targets(of record: Record) -> [String] {
    if record.type.replacesWhole { return record.supersedes }
    if [.review, .acknowledgement, .verification].contains(record.type) { return record.body["record"].map { [$0] } ?? [] }
    return []
  }

  /// Whether the role may take back or amend a record of this type that this person wrote.
  static func mayReplace(_ type: RecordType, by person: String, _ device: Device) -> Bool {
    device.role.mayReplace(type, isOwn: person == device.person)
  }

  static func mentions(in record: Record) -> Set<Mention> {
    var mentions: Set<Mention> = []
    if let household = record.household { mentions.insert(Mention(list: FactList.household, entity: household)) }
    for fact in record.facts {
      mentions.insert(Mention(list: fact.list, entity: fact.entity))
      for property in fact.properties where !property.value.isEmpty {
        if property.name == "household" { mentions.insert(Mention(list: FactList.household, entity: property.value)) }
        if property.name == "person" { mentions.insert(Mention(list: FactList.person, entity: property.value)) }
      }
    }
    return mentions
  }

  /// Whether the record itself shows that it may begin this entity: a row of a sweep list, whose id is made from what it
  /// says (`SweepImport` makes the same one). Whether it may write of the household is asked besides.
  static func begins(_ mention: Mention, _ record: Record, county: String) -> Bool {
    guard mention.list == FactList.sweep,
      let fact = record.facts.first(where: { $0.list == mention.list && $0.entity == mention.entity }),
      let household = fact.value("household"), let from = fact.value("from")
    else { return false }
    let name = [household, fact.value("campaign") ?? "", from]
    return NamedID.make(county: county, kind: "sweep", name) == mention.entity
  }

  /// Whether an id is made from a name (`NamedID`, UUID version 8): whoever knows the name knows the id, so only the county
  /// brings such an entity in. Other ids are random; nobody names one whom its maker's record has not reached.
  static func isNamed(_ entity: String) -> Bool {
    let bytes = Array(entity.utf8)
    return bytes.count == 36 && bytes[14] == UInt8(ascii: "8") && bytes[8] == UInt8(ascii: "-")
  }
}

extension Device {
  /// Whom it was granted to, as Relief judges what they write.
  var grantee: Grantee { Grantee(person: person, role: role, scopes: scopes, households: households) }

  /// Whether something that stands in this division and household is within this device's reach.
  func reaches(_ division: String, household: String) -> Bool {
    reaches(division) && (households.map { $0.contains(household) } ?? true)
  }
}
