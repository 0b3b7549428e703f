// What all papers share: what they say of a household in the same way, and how a sheet is put together.

internal import Relief
internal import Tables

/// Where a household stands and whose it is, as every list begins.
struct Home {
  var village: Division?
  var head: String?
  var members: Int

  /// Lists run by village, then by household.
  func key(_ id: String) -> (String, String) { (village?.code ?? "~", id) }
}

extension PaperContext {
  func home(_ household: String?) -> Home {
    let line = household.flatMap { register.summary(of: $0) }
    return Home(village: line?.division, head: line?.headName, members: line?.members.count ?? 0)
  }

  /// Whether a household is of this division. One whose village nobody knows is the county's.
  func holds(_ household: String?) -> Bool {
    guard let village = home(household).village else { return division.level <= .county }
    return division.contains(village)
  }

  func townshipName(_ place: Division?) -> TableValue {
    guard let place, place.level >= .township, let township = Division(String(place.code.prefix(9))) else { return .empty }
    return .text(register.name(of: township) ?? township.code)
  }

  func villageName(_ place: Division?) -> TableValue {
    guard let place, place.level == .village else { return .empty }
    return .text(register.name(of: place) ?? place.code)
  }

  /// An identity number as the papers of the office have it.
  func number(_ text: String?) -> TableValue {
    guard let text, !text.isEmpty else { return .empty }
    return .text(showsNumbers ? text : Masked.number(text))
  }

  /// A person's name and number; of a household as a whole its head's.
  func subject(person: String?, household: String?) -> (name: TableValue, number: TableValue) {
    if let person { return (.of(register.person(person)?.name), number(register.value("id_number", of: FactList.person, person))) }
    let line = household.flatMap { register.summary(of: $0) }
    return (.of(line?.headName), number(line?.headIDNumber))
  }

  /// Who was helped. Of somebody who is registered elsewhere the register has neither a person nor a household with a head, only what the
  /// emergency says of them (R52).
  func helped(person: String?, household: String?, in emergency: Emergency?) -> (name: TableValue, number: TableValue) {
    let known = subject(person: person, household: household)
    guard known.name == .empty, let emergency else { return known }
    return (.of(emergency.entity.value("name")), number(emergency.entity.value("id_number")))
  }

  func label(_ code: String?, _ list: String) -> TableValue { .of(labels.label(code, in: list)) }

  func day(_ entity: Entity, _ name: String) -> CivilDate? { entity.value(name).flatMap { CivilDate($0) } }

  func entities(_ list: String) -> [Entity] { register.entities(of: list).compactMap { register.entity(list, $0) } }

  /// A sheet under its title, with the rows numbered from 1 in a first column.
  func sheet(_ name: String, title: String? = nil, _ columns: [TableColumn], rows: [[TableValue]], total: [TableValue]? = nil) -> Sheet {
    let numbered = rows.enumerated().map { [TableValue.integer(Int64($0.offset + 1))] + $0.element }
    return plainSheet(
      name, title: title, [TableColumn("序号")] + columns, rows: numbered + (total.map { [[TableValue.text("合计")] + $0] } ?? []),
      summaryRows: total == nil ? 0 : 1)
  }

  func plainSheet(_ name: String, title: String? = nil, _ columns: [TableColumn], rows: [[TableValue]], summaryRows: Int = 0) -> Sheet {
    let place = register.name(of: division) ?? division.code
    let head = SheetHead(
      name: name, title: "\(place) \(title ?? name)（\(days.from) 至 \(days.to)）", columns: columns, footer: "&L制表：&C第 &P 页，共 &N 页&R签字：")
    return Sheet(head, rows: rows, summaryRows: summaryRows)
  }
}

extension TableValue {
  static func of(_ text: String?) -> TableValue { text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }

  static func of(_ number: Int) -> TableValue { .integer(Int64(number)) }

  static func of(fen text: String?) -> TableValue { text.flatMap { Money(fen: $0) }.map { .amountFen($0.fen) } ?? .empty }

  /// A date a spreadsheet counts from; an older one, or one that is not known to the day, as its text.
  static func of(_ date: CivilDate?) -> TableValue {
    guard let date else { return .empty }
    guard let month = date.month, let day = date.day, date.year > 1900 else { return .text(date.description) }
    return .date(year: date.year, month: month, day: day)
  }
}

/// What stands in place of what is nobody's business (P2).
public enum Masked {
  /// The last four: the usual mask hides just the birth date, which an age beside it gives away.
  public static func number(_ text: String) -> String { String(repeating: "*", count: max(0, text.count - 4)) + text.suffix(4) }

  /// 张*三, 张*.
  public static func name(_ text: String?) -> String? {
    guard let text, let first = text.first, text.count > 1 else { return text.map { _ in "*" } }
    return text.count == 2 ? "\(first)*" : "\(first)*\(text.suffix(1))"
  }
}

extension TableColumn {
  static let township = TableColumn("乡镇", width: 12)
  static let village = TableColumn("村（社区）", width: 14)
  static let head = TableColumn("户主", width: 10)
  static let person = TableColumn("对象姓名", width: 10)
  static let number = TableColumn("证件号码", width: 21)
  static let size = TableColumn("家庭人口")
  static func day(_ title: String) -> TableColumn { TableColumn(title, width: 12) }
  static func text(_ title: String) -> TableColumn { TableColumn(title, width: 24) }
}
