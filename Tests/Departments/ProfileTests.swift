import Foundation
import Relief
import Testing
import Yaml

@testable import Departments

@Suite("Profiles")
struct ProfileTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every profile that is shipped.
  static func shipped() throws -> [DepartmentProfile] {
    let folder = root.appendingPathComponent("seeds/profiles")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
    return try names.flatMap { try DepartmentProfile.read(Array(Data(contentsOf: folder.appendingPathComponent($0))), file: $0) }
  }

  @Test("every department of the programme has a profile, and nearly every one says what it gave to whom")
  func departments() throws {
    let profiles = try Self.shipped()
    #expect(
      Set(profiles.map(\.department)) == [
        "civil_affairs", "rural", "labour", "education", "housing", "health", "emergency", "medical_insurance", "disabled", "police",
        "justice", "own",
      ])
    #expect(Set(profiles.filter { $0.list == "assistance" }.map(\.department)).count == 11)
    #expect(Set(profiles.map(\.id)).count == profiles.count)
  }

  @Test("every property that a profile writes is in the vocabulary of facts, and every list has a name to find people by")
  func vocabulary() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("docs/facts.md"), encoding: .utf8)
    let profiles = try Self.shipped()
    for profile in profiles {
      #expect(page.contains("## \(profile.asserts) (") || page.contains("### \(profile.asserts) (") || page.contains("## income, expense"), "\(profile.id): \(profile.asserts)")
      let written = profile.columns.compactMap(\.property).compactMap { $0.split(separator: ".").last.map(String.init) }
      for name in profile.set.map(\.property) + written {
        #expect(page.contains("`\(name)`"), "\(profile.id): \(name)")
      }
      for value in profile.set.map(\.value) { #expect(page.contains(value), "\(profile.id): \(value)") }
      #expect(profile.columns.contains { $0.name == "id_number" && $0.type == .idNumber } && profile.columns.contains { $0.name == "name" && $0.isRequired }, "\(profile.id)")
    }
  }

  private func fault(_ text: String) -> ProfileFault? {
    do { _ = try DepartmentProfile.read(Array(text.utf8), file: "a.yaml") } catch { return error }
    return nil
  }

  private let head = "department: own\ntitle: 本县\n"
  private let list = "lists:\n  - list: a\n    title: 甲\n    row: 一行\n    asserts: person\n"

  @Test("how often a list is to come: months, none, or not said; anything else is a fault with its line")
  func periods() throws {
    func period(_ line: String) throws -> DepartmentList.Period {
      let text = head + list + line + "    columns: [{name: name, headers: [姓名], type: name}]\n"
      return try DepartmentProfile.read(Array(text.utf8), file: "a.yaml")[0].period
    }
    #expect(try period("") == .unset)
    #expect(try period("    every_months: 3\n") == .months(3))
    #expect(try period("    every_months: none\n") == .never)
    for wrong in ["0", "37", "-1", "monthly"] {
      let text = head + list + "    every_months: \(wrong)\n    columns: [{name: name, headers: [姓名], type: name}]\n"
      #expect(fault(text) == ProfileFault(file: "a.yaml", line: 8, key: "every_months", kind: .badValue(wrong, allowed: ["1…36", "none"])))
    }
  }

  @Test("a profile is read as it stands: defaults, and a list's own column before the common one")
  func reading() throws {
    let text = head + "columns:\n  - {name: name, headers: [姓名], type: name}\n" + list
      + "    set: {kind: lb}\n    columns:\n      - {name: name, headers: [户主], type: name, required: yes}\n      - {name: amount, headers: 金额, type: amount, unit: wan}\n"
    let profile = try DepartmentProfile.read(Array(text.utf8), file: "a.yaml")[0]
    #expect(profile.columns.map(\.headers) == [["户主"], ["金额"]])
    #expect(profile.columns.map(\.isRequired) == [true, false])
    #expect(profile.columns[1].fenPerUnit == 1_000_000)
    #expect(profile.headerWithin == 15 && profile.defaultDate == .given && profile.sheet == nil && !profile.isOfHousehold)
    #expect(profile.set.map(\.value) == ["lb"])
  }

  @Test("what is wrong with a profile is said with its line and key")
  func faults() {
    func at(_ line: Int, _ key: String, _ kind: ProfileFault.Kind) -> ProfileFault { ProfileFault(file: "a.yaml", line: line, key: key, kind: kind) }
    let column = "    columns:\n      - name: x\n        headers: [甲]\n"
    #expect(fault("")?.kind == .empty)
    #expect(fault("a: [")?.line == 2)
    #expect(fault(head + "owner: x\n") == at(3, "owner", .unknownKey(allowed: ["department", "title", "columns", "lists"])))
    #expect(fault("title: x\n") == at(1, "department", .missingKey))
    #expect(fault(head) == at(1, "lists", .missingKey))
    #expect(fault(head + "lists: x\n") == at(3, "lists", .wrongShape(wanted: "list")))
    #expect(fault(head + list) == at(4, "columns", .missingKey))
    #expect(fault(head + list + column + "        type: money\n") == at(11, "type", .badValue("money", allowed: ColumnType.allCases.map(\.rawValue))))
    #expect(fault(head + list + column + "        type: text\n        unit: wan\n") == at(12, "unit", .badValue("text", allowed: ["amount"])))
    #expect(fault(head + list + column + "        type: code\n") == at(9, "codes", .missingKey))
    #expect(fault(head + list + column + "        type: text\n        required: maybe\n") == at(12, "required", .badValue("maybe", allowed: ["yes", "no"])))
    #expect(fault(head + list + column + "        type: text\n      - {name: y, headers: [' 甲 '], type: text}\n") == at(9, "columns", .repeated("甲")))
    #expect(fault(head + list + column + "        type: text\n      - {name: x, headers: [乙], type: text}\n")?.kind == .repeated("x"))
    #expect(
      fault(head + list + "    needs_any: [x, 乙]\n" + column + "        type: text\n") == at(8, "needs_any", .badValue("乙", allowed: ["x"])))
    #expect(fault(head + list + "    header_within: 500\n" + column + "        type: text\n")?.key == "header_within")
    let date = "    columns: [{name: date, headers: [日期], type: date}]\n"
    #expect(
      fault(head + list + "    default_date: 2026-13-01\n" + date)
        == at(8, "default_date", .badValue("2026-13-01", allowed: ["given", "none", "yyyy-MM-dd"])))
  }

  /// What would be read and change nothing is refused, with its line.
  @Test("a key that would do nothing is a fault: a date for rows that all have one, a property of something else, one property twice")
  func idleKeys() throws {
    func columns(_ text: String) -> String { head + list + "    columns:\n      - {name: name, headers: [姓名], type: name}\n" + text }
    let none = ProfileFault.Kind.saysNothing(without: "columns: {name: date, type: date, required: no}")
    for column in ["", "      - {name: since, headers: [日期], type: date}\n", "      - {name: date, headers: [日期], type: date, required: yes}\n"] {
      for value in ["given", "none", "2026-11-01"] {
        let found = fault(columns(column) + "    default_date: \(value)\n")
        #expect(found?.key == "default_date" && found?.kind == none, "\(column) \(value)")
      }
    }
    let dated = columns("      - {name: date, headers: [日期], type: date}\n    default_date: 2026-11-01\n")
    #expect(try DepartmentProfile.read(Array(dated.utf8), file: "a.yaml")[0].defaultDate == .fixed("2026-11-01"))

    #expect(fault(columns("").replacing("asserts: person", with: "asserts: persons"))?.key == "asserts")
    let lists = ["person.…", "household.…"]
    for property in ["risk.kind", "kind", "person.", "person.a.b"] {
      #expect(
        fault(columns("      - {name: x, headers: [甲], type: text, property: \(property)}\n"))?.kind == .badValue(property, allowed: lists),
        "\(property)")
    }
    let other = "      - {name: x, headers: [甲], type: text, property: person.kind}\n      - {name: y, headers: [乙], type: text, property: household.kind}\n"
    #expect(fault(columns(other))?.kind == .repeated("household.kind"))
    let named = "      - {name: id_number, headers: [证号], type: id_number, property: household.head_id_number}\n"
    #expect(fault(columns(named))?.kind == .badValue("household.head_id_number", allowed: ["person.id_number"]))
    #expect(fault(columns(named) + "    unit: household\n") == nil)
  }
}
