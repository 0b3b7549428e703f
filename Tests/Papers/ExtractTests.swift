import CZip
import Papers
import Relief
import Tables
import Testing

/// What others get has nothing of anybody's number, telephone, illness or birth in it, wherever in the file one looks (P10).
@Suite struct ExtractTests {
  static let extracts = Paper.all.filter { $0.audience == .extract }

  /// A household with every secret there is, in every place a paper could take one from.
  static func township() -> Township {
    var town = Township()
    town.household(
      "h-1", "王秘密", members: 1,
      [
        "phone": Township.phones[0], "head_id_number": Township.numbers[0], "hardship_kinds": "illness disability housing",
        "hardship_level": "red",
      ])
    town.write(
      .roster, FactList.person, "h-1-1", of: "h-1",
      [
        "name": "王秘密", "id_number": Township.numbers[0], "birth": "1952-03-07", "phone": Township.phones[1], "illness_name": "尿毒症",
        "disability": "yes",
        "disability_certificate": "130599620301011234",
      ])
    town.write(
      .roster, FactList.person, "h-1-2", of: "h-1",
      ["name": "王小孩", "id_number": Township.numbers[1], "birth": "2019-01-01", "relation": "20"])
    let typed = "患尿毒症，电话 13900000002，证号 130599195203070012，卡号 6228480000000001，残疾"
    town.write(
      .category, FactList.category, "c-1", of: "h-1", ["kind": "lb", "from": "2026-11-01", "amount_fen": "60000", "period": "month"])
    town.write(
      .category, FactList.category, "c-2", of: "h-1",
      ["kind": "tk", "subtype": "disabled", "person": "h-1-2", "from": "2026-11-01", "amount_fen": "70000", "period": "month"])
    town.write(
      .referral, FactList.referral, "s-1", of: "h-1",
      ["number": "转1", "need": "medical", "department": "health", "date": "2026-10-20", "detail": typed, "person": "h-1-2"])
    town.write(
      .referral, FactList.referral, "s-2", of: "h-1",
      ["number": "转2", "need": "housing", "department": "housing", "date": "2026-10-20", "detail": typed])
    town.write(.visit, FactList.need, "n-1", of: "h-1", by: .cadre, ["kind": "housing", "urgency": "red", "detail": typed])
    town.write(
      .emergency, FactList.emergency, "e-1", of: "h-1",
      ["kind": "fire", "date": "2026-10-20", "detail": typed, "first_aid": "yes", "first_aid_date": "2026-10-20"])
    return town
  }

  /// Every part of the package, unpacked.
  static func parts(of workbook: [UInt8]) throws -> [String: String] {
    var parts: [String: String] = [:]
    try unsafe workbook.withUnsafeBytes { bytes in
      let source = unsafe try #require(zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, nil))
      let archive = unsafe try #require(zip_open_from_source(source, ZIP_RDONLY, nil))
      for index in 0..<UInt64(unsafe zip_get_num_entries(archive, 0)) {
        let name = unsafe String(cString: try #require(zip_get_name(archive, index, 0)))
        let file = unsafe try #require(zip_fopen_index(archive, index, 0))
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = unsafe buffer.withUnsafeMutableBytes { unsafe zip_fread(file, $0.baseAddress, 65_536) }
          guard count > 0 else { break }
          content += buffer.prefix(Int(count))
        }
        unsafe zip_fclose(file)
        parts[name] = String(decoding: content, as: UTF8.self)
      }
      unsafe zip_discard(archive)
    }
    return parts
  }

  @Test(arguments: extracts.map(\.name)) func nothingThatIsNobodysBusinessStandsInTheFile(_ name: String) throws {
    let sheets = Self.township().sheets(name)
    #expect(sheets.contains { !$0.rows.isEmpty }, "an empty file keeps every secret")
    // A public notice and a department know the name; a charity and an inspection do not.
    let secrets = Township.secrets.filter { !["extract-public", "extract-departments"].contains(name) || $0 != "王秘密" }
    for sheet in sheets {
      let parts = try Self.parts(of: try TableDocument([sheet]).xlsx(created: 0))
      #expect(parts.keys.contains { $0.hasPrefix("xl/worksheets/") })
      for (part, content) in parts {
        for secret in secrets { #expect(!content.contains(secret), "\(name): \(secret) in \(part)") }
      }
    }
  }

  /// The search above finds what is there: the office's own register in full has the number.
  @Test func theSearchFindsWhatIsThere() throws {
    var context = Self.township().context()
    context.showsNumbers = true
    let sheet = try #require(Paper.named("register")?.sheets(context).first)
    let parts = try Self.parts(of: try TableDocument([sheet]).xlsx(created: 0))
    #expect(parts.values.contains { $0.contains(Township.numbers[0]) } && parts.values.contains { $0.contains("王秘密") })
  }

  @Test func aNoticeNamesHouseholdSizeAndAmountAndMasksAChild() {
    #expect(
      Self.township().rows("extract-public") == [
        ["1", "示范镇", "东庄村", "王秘密", "2", "低保对象", "600", "月"], ["2", "示范镇", "东庄村", "王*孩", "1", "tk", "700", "月"],
      ])
  }

  /// Orphans are heads of households of their own: a number, a birth or a relation that says a child masks the name, and so does no age at all.
  @Test(arguments: [
    (["head_id_number": "130599201505050011"], [:], "赵*苗"), (["head_id_number": ""], ["birth": "2015-05-05"], "赵*苗"),
    (["head_id_number": "130599201505050011"], ["birth": "1980-05-05"], "赵*苗"), (["head_id_number": ""], [:], "赵*苗"),
    (["head_id_number": "130599196001010012"], ["birth": "2015-05-05", "name": "赵小苗苗"], "赵*苗"),
    (["head_id_number": ""], ["birth": "2012-11-16"], "赵*苗"), (["head_id_number": ""], ["birth": "2012-11-15"], "赵小苗"),
    (["head_id_number": "130599196001010012"], [:], "赵小苗"),
  ] as [([String: String], [String: String], String)])
  func aChildWhoIsTheHeadIsMasked(_ household: [String: String], _ head: [String: String], _ shown: String) {
    var town = Township()
    town.household("h-9", "赵小苗", members: 1, household)
    town.write(.roster, FactList.person, "h-9-1", of: "h-9", ["name": "赵小苗", "relation": "02"].merging(head) { $1 })
    town.write(.category, FactList.category, "c-9", of: "h-9", ["kind": "lb", "from": "2026-11-01", "amount_fen": "60000", "period": "month"])
    town.write(
      .referral, FactList.referral, "s-9", of: "h-9", ["number": "转9", "need": "medical", "department": "health", "date": "2026-10-20"])
    #expect(town.rows("extract-public").map { $0[3] } == [shown])
    #expect(town.rows("extract-departments").map { $0[4] } == [shown])
  }

  @Test func eachDepartmentGetsItsOwnSlips() {
    let sheets = Self.township().sheets("extract-departments")
    #expect(sheets.map(\.head.name) == ["转办单（卫健局）", "转办单（住建局）"])
    #expect(sheets.map { $0.rows.map { $0[1].shown } } == [["转1"], ["转2"]])
    #expect(sheets.first?.rows.first?[4].shown == "王*孩", "a child is masked here too")
  }

  @Test func aCharityReadsNeedsWithoutHealthOrVillage() {
    #expect(Self.township().rows("extract-charity") == [["1", "示范镇", "住房", "red", "housing", "red", "2 至 3 人", "有"]])
  }

  @Test func anInspectionReadsWhatIsLateWithMaskedNames() {
    let rows = Self.township().rows("extract-inspection")
    #expect(!rows.isEmpty && rows.allSatisfy { $0[3] == "王*密" && (Int($0[6]) ?? 0) > 0 })
    #expect(rows.contains { $0[4] == "转办答复" })
  }
}
