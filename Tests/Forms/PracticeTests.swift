import Testing

/// The made-up village is whole: numbers that check, one head a household, labels that the code lists know, lists
/// that fit.
@Suite struct PracticeTests {
  private static let coded = [
    "电话归属": "phone_owner", "户籍": "hukou", "户籍地": "hukou_place", "户类型": "household_kind", "低收入类别": "category",
    "现享受政策": "scheme",
    "证件类型": "id_kind", "与户主关系": "relation", "民族": "ethnicity", "文化程度": "education", "在校状况": "schooling",
    "婚姻状况": "marital",
    "劳动能力": "labour", "就业状况": "employment", "基本医保": "insurance_medical", "在家情况": "presence", "残疾类别": "disability_kind",
    "残疾等级": "disability_grade", "健康状况": "health",
  ]

  private static func hasRightCheck(_ number: String) -> Bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let digits = number.dropLast().compactMap(\.wholeNumberValue)
    guard digits.count == 17 else { return false }
    let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return number.last == Array("10X98765432")[sum % 11]
  }

  @Test func nobodyCouldBeReal() throws {
    let numbers = try Repository.table("seeds/practice/roster.csv").compactMap { $0["证件号码"] }.filter { !$0.isEmpty }
    #expect(numbers.count > 50)
    #expect(Set(numbers).count == numbers.count)
    for number in numbers { #expect(number.hasPrefix("130599") && Self.hasRightCheck(number)) }
  }

  @Test func everyHouseholdHasOneHead() throws {
    let rows = try Repository.table("seeds/practice/roster.csv")
    let households = Dictionary(grouping: rows) { $0["户编号"] ?? "" }
    #expect(households.count == 24)
    for (number, members) in households {
      #expect(members.filter { $0["与户主关系"] == "户主" }.count == 1, "\(number)")
      #expect(members.first?["与户主关系"] == "户主", "\(number)")
      #expect(members.first?["村代码"]?.hasPrefix("130599100") == true)
    }
    for row in try Repository.table("seeds/practice/sweep.csv") {
      #expect(households[row["户编号"] ?? ""] != nil)
      #expect((row["列入原因"] ?? "").count <= 18)
    }
  }

  @Test func labelsAreInTheCodeLists() throws {
    let codes = try Repository.table("seeds/codes.csv")
    let known = Set(codes.map { ($0["列表"] ?? "") + " " + ($0["名称"] ?? "") })
    for row in try Repository.table("seeds/practice/roster.csv") {
      for (column, list) in Self.coded {
        for label in (row[column] ?? "").split(separator: "、") {
          #expect(known.contains("\(list) \(label)"), "\(column) \(label)")
        }
      }
    }
  }

  @Test func thePeopleAreAsDifferentAsAVillage() throws {
    let rows = try Repository.table("seeds/practice/roster.csv")
    #expect(rows.contains { ($0["姓名"] ?? "").contains("·") })
    #expect(rows.contains { ($0["姓名"] ?? "").unicodeScalars.contains { $0.value > 0xFFFF } })
    #expect(rows.contains { ($0["证件号码"] ?? "").isEmpty && ($0["出生日期"] ?? "").hasPrefix("2026") })
    for column in ["残疾类别", "低收入类别"] { #expect(rows.contains { !($0[column] ?? "").isEmpty }) }
    for state in ["外出", "服刑", "失联"] { #expect(rows.contains { $0["在家情况"] == state }) }
  }

  @Test func townshipUnitsOfTheCountyAreAllThere() throws {
    let rows = try Repository.table("seeds/divisions/130525-2022.csv")
    #expect(rows.filter { ($0["代码"] ?? "").count == 9 }.count == 13)
    #expect(rows.allSatisfy { ($0["代码"] ?? "").hasPrefix("130525") && !($0["来源"] ?? "").isEmpty })
  }
}
