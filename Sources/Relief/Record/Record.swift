// A record: one thing that somebody wrote down. It is never changed; a later record supersedes it.
//
// Everything in the programme is a record: what a cadre typed, and also what the county imported or published. A record
// carries who, when, where, the household, the records it supersedes, the facts its form declared, and the submission as
// the form's engine wrote it. The register reads the facts and never the submission.

public struct Record: Equatable, Sendable {
  /// UUIDv7, lower case. Duplicates of one id are one record.
  public var id: String
  public var type: RecordType
  /// The household the record is about, when it is about one.
  public var household: String?
  /// Division code of at most 12 digits, or a prefix of one: who may read the record is decided by it.
  public var division: String
  public var author: Author
  /// Id of the device that wrote it.
  public var device: String
  /// Civil time with offset as the device's clock showed it: `2026-11-24T09:30:05+08:00`. Never decides an order.
  public var wall: String
  /// IANA name, `Asia/Shanghai`.
  public var timeZone: String
  /// False when the device knew that its clock could not be right.
  public var clockTrusted: Bool
  /// Ids of records this one takes the place of; what that means depends on the type (`RecordType.replacesWhole`).
  public var supersedes: [String]
  public var form: FormStamp?
  public var facts: [Fact]
  /// The finished form as ODK submission XML.
  public var submission: String?
  /// What a record type says beside its facts: short named texts, `docs/facts.md` lists them.
  public var body: [String: String]
  /// Keys of a newer program, kept as the JSON text they came as, so that passing a record on loses nothing.
  public var unknown: [String: String]

  public init(
    id: String, type: RecordType, household: String? = nil, division: String, author: Author, device: String,
    wall: String, timeZone: String = "Asia/Shanghai", clockTrusted: Bool = true, supersedes: [String] = [],
    form: FormStamp? = nil, facts: [Fact] = [], submission: String? = nil, body: [String: String] = [:],
    unknown: [String: String] = [:]
  ) {
    self.id = id
    self.type = type
    self.household = household
    self.division = division
    self.author = author
    self.device = device
    self.wall = wall
    self.timeZone = timeZone
    self.clockTrusted = clockTrusted
    self.supersedes = supersedes
    self.form = form
    self.facts = facts
    self.submission = submission
    self.body = body
    self.unknown = unknown
  }
}

/// The kind of a record. A kind this program does not know is kept and passed on.
public struct RecordType: RawRepresentable, Hashable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// A household visit (入户走访).
  public static let visit = RecordType(rawValue: "visit")
  /// A finished record written again: takes the place of the whole of what it supersedes.
  public static let amendment = RecordType(rawValue: "amendment")
  /// A visit was typed a second time from its paper form, and nothing of the first typing had to be put right (核对录入). Where something
  /// had, the amendment says so itself.
  public static let verification = RecordType(rawValue: "verification")
  /// Takes a record back, with its reason in the body.
  public static let withdrawal = RecordType(rawValue: "withdrawal")
  /// A row of the household roster (台账) as the county imported it.
  public static let roster = RecordType(rawValue: "roster")
  /// One household on a sweep list (排查名单).
  public static let sweep = RecordType(rawValue: "sweep")
  /// A published form.
  public static let form = RecordType(rawValue: "form")
  /// A row of the division table (行政区划).
  public static let division = RecordType(rawValue: "division")
  /// A supervisor's word on a visit (审核).
  public static let review = RecordType(rawValue: "review")
  /// The choice between values that contradict each other.
  public static let resolution = RecordType(rawValue: "resolution")
  /// A dated policy parameter (政策参数).
  public static let parameter = RecordType(rawValue: "parameter")
  /// 快速登记: a clue in a few fields.
  public static let capture = RecordType(rawValue: "capture")
  /// 申请
  public static let application = RecordType(rawValue: "application")
  /// 急难, also of people who are not registered here.
  public static let emergency = RecordType(rawValue: "emergency")
  /// A red record was seen by the one who must see it.
  public static let acknowledgement = RecordType(rawValue: "acknowledgement")
  /// One step of a case (办理步骤).
  public static let caseStep = RecordType(rawValue: "case_step")
  /// 身份认定
  public static let category = RecordType(rawValue: "category")
  /// 转办单
  public static let referral = RecordType(rawValue: "referral")
  /// 转办回复
  public static let referralAnswer = RecordType(rawValue: "referral_answer")
  /// 帮扶
  public static let assistance = RecordType(rawValue: "assistance")
  /// 备用金 allocated or taken back.
  public static let fund = RecordType(rawValue: "fund")
  /// 一户一策
  public static let plan = RecordType(rawValue: "plan")
  public static let carePlan = RecordType(rawValue: "care_plan")
  /// 访视照料
  public static let careVisit = RecordType(rawValue: "care_visit")
  /// 慈善对接
  public static let match = RecordType(rawValue: "match")
  /// 宣传
  public static let publicity = RecordType(rawValue: "publicity")
  /// 培训
  public static let training = RecordType(rawValue: "training")
  /// 专班
  public static let team = RecordType(rawValue: "team")
  /// Members join or leave, households merge or split, outside a visit.
  public static let householdChange = RecordType(rawValue: "household_change")
  /// Who stands in for a supervisor, and when.
  public static let deputy = RecordType(rawValue: "deputy")
  /// A department's list that the county took in (部门数据批次).
  public static let batch = RecordType(rawValue: "batch")
  /// What a comparison found out about a household (预警).
  public static let warning = RecordType(rawValue: "warning")
  /// One step of a warning: 派发, 接收, 核查, 反馈, 结案, 退回, 忽略.
  public static let warningStep = RecordType(rawValue: "warning_step")
  /// 专项排查: a campaign planned, ended, its villages given to cadres, its lists made.
  public static let campaign = RecordType(rawValue: "campaign")
  /// One audit line: who looked at, printed or exported what.
  public static let audit = RecordType(rawValue: "audit")

  /// Whether what it supersedes is void as a whole. Every other type replaces only the fields that it states itself.
  public var replacesWhole: Bool { self == .amendment || self == .withdrawal }
}

/// Who wrote a record: the person as enrolled, and the role they held then.
public struct Author: Hashable, Sendable {
  public var person: String
  public var name: String
  public var role: Role

  public init(person: String, name: String, role: Role) {
    self.person = person
    self.name = name
    self.role = role
  }
}

/// Which form an answer was typed into; `hash` is SHA-256 of the form's XML in lower-case hex and pins its meaning.
public struct FormStamp: Hashable, Sendable {
  public var id: String
  public var version: String?
  public var hash: String

  public init(id: String, version: String?, hash: String) {
    self.id = id
    self.version = version
    self.hash = hash
  }
}
