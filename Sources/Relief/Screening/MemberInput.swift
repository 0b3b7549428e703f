// A member of the household, and the people who by law must support one, as screening looks at them.

public struct MemberInput: Equatable, Sendable {
  /// Names the member within the case: an entity id, or whatever a case file calls it. Never shown by a rule as a name.
  public var key: String
  public var kin: Kin?
  public var born = Born()
  public var sex: IdentityNumber.Sex?
  /// Codes of statuses that may keep somebody out: `serving` `rehabilitation` `missing` `clergy`, local ones such as
  /// `conscript`. Empty: none of them. Nil: not known.
  public var statuses: Set<String>?
  /// 在校生状况, codes of `person.schooling`.
  public var schooling: String?
  /// 能独立生活
  public var independent: Answer?
  /// 有法定赡养、扶养、抚养义务关系; nil: what the relation says (T-HH-1).
  public var legalDuty: Answer?
  /// 长期共同居住
  public var coresident: Answer?
  public var coresidentMonths: Int?
  /// Somebody who may decide has said whether they count; then T-HH-1 asks nothing.
  public var counted: Bool?
  /// Also counted in another household.
  public var alsoElsewhere: Answer?
  public var labour: Labour?
  public var disability = DisabilityInput()
  /// 患大病 or 慢性病
  public var illness: Answer?
  /// 重大疾病 recognised by the department in charge.
  public var majorDisease: Answer?
  /// Codes of diseases, for the list of the parameter `major_diseases`. `other` is one that has no code here, listed or not.
  public var diseases: [String] = []
  /// Codes of other circumstances without 劳动能力, for `tk_no_labour_other`.
  public var noLabourOther: [String] = []
  /// Categories this person is in (特困, 单人保); nil: not known.
  public var holds: Set<ReliefCategory>?
  /// 特困 as a minor.
  public var heldAsMinor = false
  /// 选择孤儿或事实无人抚养儿童保障
  public var orphanScheme: Answer?
  /// 自理六项; nil: not asked.
  public var selfCare: [SelfCareItem: SelfCare]?
  /// Nil: not known whether there is anybody.
  public var obligors: ObligorsInput?

  public init(key: String) { self.key = key }
}

/// 与户主关系, as far as the rules tell relations apart. From GB/T 4761.
public enum Kin: String, CaseIterable, Sendable {
  case head, spouse, child
  /// 儿媳, 女婿
  case childInLaw = "child_in_law"
  case grandchild, parent
  /// 公婆, 岳父母
  case parentInLaw = "parent_in_law"
  case other

  /// Two digits of GB/T 4761; nil for anything else.
  public init?(code: String) {
    guard code.utf8.count == 2, let number = Int(code), number > 0 else { return nil }
    switch number {
    case 1, 2: self = .head
    case 10...12: self = .spouse
    case 28, 38: self = .childInLaw
    case 20...39: self = .child
    case 40...44, 47...49: self = .grandchild
    case 53...56: self = .parentInLaw
    case 50...59: self = .parent
    default: self = .other
    }
  }
}

/// When somebody was born, as exactly as that is known: a date that may be partial, or only an age on the visit date.
public struct Born: Equatable, Sendable {
  public var date: CivilDate?
  public var age: Int?

  public init(date: CivilDate? = nil, age: Int? = nil) { (self.date, self.age) = (date, age) }

  /// Completed years on a day (2.0: one older on the birthday itself; born on 29 February, on 1 March of other years).
  func years(on day: CivilDate, _ missing: MissingInput) -> Span {
    guard let date else {
      guard let age, age >= 0 else { return .unknown(missing) }
      return Span(whole: Int64(age))
    }
    let last = CivilDate(
      year: date.year, month: date.month ?? 12, day: date.day ?? CivilDate.days(inMonth: date.month ?? 12, of: date.year))
    let first = CivilDate(year: date.year, month: date.month ?? 1, day: date.day ?? 1)
    guard let oldest = first?.age(on: day) else { return .unknown(missing) }
    let youngest = last?.age(on: day) ?? 0
    let low = Int128(youngest) * Span.scale
    let high = Int128(oldest) * Span.scale
    return low == high ? Span(whole: Int64(oldest)) : Span(low: low, high: high, missing: [missing])
  }
}

/// 劳动技能
public enum Labour: String, CaseIterable, Sendable {
  case ordinary, skilled, weak, lost, none

  public var canWork: Bool { self == .ordinary || self == .skilled || self == .weak }
}

/// A 残疾.
public struct DisabilityInput: Equatable, Sendable {
  public var has: Answer?
  /// GB/T 26341: 1 视力 2 听力 3 言语 4 肢体 5 智力 6 精神 7 多重.
  public var kind: Int?
  /// 1 the gravest … 4.
  public var grade: Int?
  /// 重残 was ticked, without a grade that proves it.
  public var severe: Answer?

  public init() {}
  public static let none: DisabilityInput = {
    var input = DisabilityInput()
    input.has = .no
    return input
  }()

  /// Somebody said anything about it.
  var isStated: Bool { has != nil || kind != nil || grade != nil || severe != nil }
}

/// 吃饭 穿衣 上下床 如厕 室内行走 洗澡
public enum SelfCareItem: String, CaseIterable, Sendable { case eating, dressing, bed, toilet, walking, washing }

/// Whether somebody does it alone; with help (要人帮) is not alone.
public enum SelfCare: String, CaseIterable, Sendable { case able, help, unable }

/// 法定义务人
public struct ObligorsInput: Equatable, Sendable {
  public var list: [ObligorInput]
  /// Nobody else is known to exist; nil or `no`: there may be more.
  public var isComplete: Answer?

  public init(_ list: [ObligorInput], isComplete: Answer? = .yes) { (self.list, self.isComplete) = (list, isComplete) }
}

public struct ObligorInput: Equatable, Sendable {
  public var key: String
  public var born = Born()
  public var hukou: Hukou?
  /// Nil: not known.
  public var holds: Set<ReliefCategory>?
  public var disability = DisabilityInput()
  /// 无民事行为能力, 被宣告失踪, 在监狱服刑.
  public var incapable: Answer?
  /// Own income of a year.
  public var incomeFen: Int64?
  /// 财产符合低收入家庭条件
  public var property: PropertyInput.Result?
  /// Codes of other circumstances, for `obligor_other`.
  public var other: [String] = []

  public init(key: String) { self.key = key }
}
