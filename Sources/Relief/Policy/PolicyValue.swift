// Values of policy parameters, each in its own text shape: what a record of list `parameter` carries and what a file of
// seeds/policy says. Amounts are typed in 元, as the county's papers print them. docs/policy-parameters.md shows the shapes.

/// The shape of a parameter's value.
public enum PolicyValueKind: String, CaseIterable, Sendable {
  /// 元, at most two decimals: `2000`, `2000.50`.
  case money
  /// 元 a person: `650` or `650/month`, `7800/year`.
  case standard
  /// A whole number of what the unit says.
  case count
  /// A decimal with at most four decimals: `1.5`.
  case multiplier
  /// `30%`.
  case percent
  /// A part of a whole, which no decimal can always say: `2/3`, `60%`.
  case fraction
  /// `yes`, `no`.
  case flag
  /// Codes with one space between them; `none` for an empty list.
  case codes
  /// `below` 低于, `within` 以内.
  case comparator
  /// What of rigid spending is deducted, see `SpendingTable`.
  case spending
  /// How the cost of working is deducted, see `CostRule`.
  case cost
  /// An income a person and year: `12000` 元, or `1.5x` of the standard.
  case limit
  /// The days of one year that are not what their weekday says: `01-01 01-02 02-14+`; `+` marks a weekend day that is worked.
  case holidays
  /// `deceased_paid=red medical_cost=orange`: of warning models (docs/warnings.md), see `WarningLevels`.
  case levels
  /// Text for people; no rule reads it.
  case text

  /// Nil where the text does not have the shape. Empty text is no value: it says 未设定.
  public func value(_ text: String) -> PolicyValue? {
    let text = text.trimmedBlanks
    guard !text.isEmpty else { return nil }
    switch self {
    case .money: return yuanAmount(text).map { .money($0) }
    case .standard: return standard(text)
    case .count: return count(text).map { .count($0) }
    case .multiplier: return Decimal4(text).map { .multiplier($0) }
    case .percent: return percentShare(text).map { .percent($0) }
    case .fraction: return Fraction(text).map { .fraction($0) }
    case .flag: return text == "yes" || text == "no" ? .flag(text == "yes") : nil
    case .codes: return codes(text).map { .codes($0) }
    case .comparator: return text == "below" ? .comparator(.below) : text == "within" ? .comparator(.within) : nil
    case .spending: return SpendingTable(text).map { .spending($0) }
    case .cost: return CostRule(text).map { .cost($0) }
    case .limit: return Cap(text).flatMap(IncomeLimit.init).map { .limit($0) }
    case .holidays: return isHolidays(text) ? .holidays(text) : nil
    case .levels: return WarningLevels(text).map { .levels($0) }
    case .text: return .text(text)
    }
  }

  /// 29 February is read here; whether the year has one is for the calendar.
  private func isHolidays(_ text: String) -> Bool {
    text.split(separator: " ").allSatisfy { word in
      CivilDate("2000-" + (word.hasSuffix("+") ? word.dropLast() : word))?.isWhole ?? false
    }
  }

  private func standard(_ text: String) -> PolicyValue? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let amount = yuanAmount(String(parts[0])) else { return nil }
    switch parts.count == 2 ? String(parts[1]) : "month" {
    case "month", "月": return .standard(yearFen: amount.fen * 12)
    case "year", "年": return .standard(yearFen: amount.fen)
    default: return nil
    }
  }

  private func count(_ text: String) -> Int? {
    guard text.utf8.count <= 6, text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }

  private func codes(_ text: String) -> [String]? {
    if text == "none" { return [] }
    let codes = text.split(separator: " ").map(String.init)
    let good: (UInt8) -> Bool = { isDigit($0) || (97...122).contains($0) || $0 == UInt8(ascii: "_") }
    return codes.allSatisfy { $0.utf8.allSatisfy(good) } ? codes : nil
  }
}

/// A value, read.
public enum PolicyValue: Equatable, Sendable {
  case money(Money)
  /// A person's, for a year, in 分: a monthly standard counts twelve times.
  case standard(yearFen: Int64)
  case count(Int)
  case multiplier(Decimal4)
  /// As a fraction: 30 % is 0.3.
  case percent(Decimal4)
  case fraction(Fraction)
  case flag(Bool)
  case codes([String])
  case comparator(Span.Order)
  case spending(SpendingTable)
  case cost(CostRule)
  case limit(IncomeLimit)
  /// The line as it stands; `WorkCalendar` takes it in.
  case holidays(String)
  case levels(WarningLevels)
  case text(String)
}

/// A part of a whole that is compared without dividing.
public struct Fraction: Hashable, Sendable {
  public var numerator: Int
  public var denominator: Int

  /// `2/3`, or `60%`; nil for anything else and for more than the whole.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }) {
      (numerator, denominator) = (Int(parts[0]) ?? 0, Int(parts[1]) ?? 0)
    } else if let share = percentShare(text), let tenThousandths = Int(exactly: share.tenThousandths) {
      (numerator, denominator) = (tenThousandths, 10_000)
    } else {
      return nil
    }
    guard denominator > 0, numerator <= denominator else { return nil }
  }
}

/// How much of something counts at most, for a household and a year (2.2; 2.11 decision 6).
public enum Cap: Hashable, Sendable {
  /// No cap.
  case none
  /// 元.
  case amount(Money)
  /// A share of the countable income (of wages, for the cost of working).
  case ofIncome(Decimal4)
  /// Times twelve times the monthly standard.
  case timesStandard(Decimal4)

  /// `none`, `5000`, `30%`, `2x`.
  public init?(_ text: String) {
    if text == "none" {
      self = .none
    } else if text.hasSuffix("%") {
      guard let share = percentShare(text) else { return nil }
      self = .ofIncome(share)
    } else if text.hasSuffix("x") {
      guard let times = Decimal4(String(text.dropLast())) else { return nil }
      self = .timesStandard(times)
    } else {
      guard let amount = yuanAmount(text) else { return nil }
      self = .amount(amount)
    }
  }
}

/// 刚性支出 that is deducted: which kinds, each up to its cap, and all of them together up to `total`.
///
/// Text: `medical:none disability:5000 education:30% total:2x`. Kinds not named are not deducted; `all` names the rest. A cap
/// alone (`5000`) is `all:none total:5000`; `off` deducts nothing.
public struct SpendingTable: Hashable, Sendable {
  public var caps: [String: Cap]
  public var others: Cap?
  public var total: Cap

  public static let kinds = ["medical", "disability", "education", "housing", "living", "disaster", "debt", "other"]

  public init?(_ text: String) {
    caps = [:]
    others = nil
    total = .none
    if text == "off" { return }
    if let cap = Cap(text) {
      others = Cap.none
      total = cap
      return
    }
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { return nil }
      if parts[1] == "off", Self.kinds.contains(parts[0]) { continue }
      guard let cap = Cap(parts[1]) else { return nil }
      switch parts[0] {
      case "total": total = cap
      case "all": others = cap
      case let kind where Self.kinds.contains(kind):
        guard caps.updateValue(cap, forKey: kind) == nil else { return nil }
      default: return nil
      }
    }
  }

  /// The cap of a kind, nil where the kind is not deducted. Debt is no 刚性支出 unless the table names it.
  public func cap(of kind: String) -> Cap? { caps[kind] ?? (kind == "debt" ? nil : others) }
}

/// How 必要的就业成本 is deducted.
///
/// Text: `actual` or `actual:CAP` what was spent, up to a cap (a cap alone means this); `fixed:2400` so many 元 a year for each
/// member with wages; `share:20%` of wages; `off` nothing.
public enum CostRule: Hashable, Sendable {
  case off
  case actual(Cap)
  case fixed(Money)
  case share(Decimal4)

  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("off", 1): self = .off
    case ("actual", 1): self = .actual(.none)
    case ("actual", 2):
      guard let cap = Cap(parts[1]) else { return nil }
      self = .actual(cap)
    case ("fixed", 2):
      guard let amount = yuanAmount(parts[1]) else { return nil }
      self = .fixed(amount)
    case ("share", 2):
      guard let share = percentShare(parts[1]) else { return nil }
      self = .share(share)
    case (_, 1):
      guard let cap = Cap(text) else { return nil }
      self = .actual(cap)
    default: return nil
    }
  }
}

/// An income of one person in a year.
public enum IncomeLimit: Hashable, Sendable {
  case amount(Money)
  case timesStandard(Decimal4)

  init?(_ cap: Cap) {
    switch cap {
    case .amount(let amount): self = .amount(amount)
    case .timesStandard(let times): self = .timesStandard(times)
    case .none, .ofIncome: return nil
    }
  }
}

/// 元 within what screening takes for an amount.
private func yuanAmount(_ text: String) -> Money? {
  guard let money = Money(yuan: text), money.fen <= ScreeningLimits.amountFenMax else { return nil }
  return money
}

/// `30%` as 0.3; up to two decimals, so that the share is exact.
private func percentShare(_ text: String) -> Decimal4? {
  guard text.hasSuffix("%"), let number = Decimal4(String(text.dropLast())) else { return nil }
  let (share, rest) = number.tenThousandths.quotientAndRemainder(dividingBy: 100)
  return rest == 0 ? Decimal4(tenThousandths: share) : nil
}

extension String {
  /// Without blanks at either end.
  var trimmedBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
