import Papers
import Relief
import Tables
import Testing

/// 明白纸: the county's own figures, and 未设定 where there are none.
@Suite struct PolicyNoticeTests {
  static func parameters(_ values: [PolicyParameter: String]) -> PolicyParameters {
    var parameters = PolicyParameters()
    for (parameter, value) in values {
      parameters.state(DatedValue(from: CivilDate("2026-01-01"), value: value, source: "县文件", certainty: .local), of: parameter)
    }
    return parameters
  }

  static func lines(_ scheme: PolicyNotice.Scheme, _ values: [PolicyParameter: String], _ section: String, telephone: String? = nil) throws -> [String] {
    let day = try #require(CivilDate("2026-11-24"))
    let notice = PolicyNotice(scheme, parameters(values), on: day, labels: Township.labels, telephone: telephone)
    return try #require(notice.sections.first { $0.title == section }).lines
  }

  @Test func aFigureNobodySetSaysSo() throws {
    #expect(try Self.lines(.lb, [:], "标准") == ["农村：未设定", "城镇：未设定"])
    #expect(try Self.lines(.lb, [:], "监督电话") == ["未设定"] && Self.lines(.by, [:], "标准") == ["未设定"] && Self.lines(.zcx, [:], "标准") == ["未设定"])
  }

  @Test func theCountysFiguresStandWithTheirUnits() throws {
    let values: [PolicyParameter: String] = [.lbStandardRural: "650/month", .lbStandardUrban: "9600/year", .fpLine: "7000", .byMeasures: "基本医保资助"]
    #expect(try Self.lines(.lb, values, "标准") == ["农村：650 元/人·月", "城镇：9600 元/人·年"])
    #expect(try Self.lines(.monitored, values, "谁能申请").first?.contains("低于 7000 元/人·年") == true)
    #expect(try Self.lines(.by, values, "标准") == ["基本医保资助"])
    #expect(try Self.lines(.lb, values, "监督电话", telephone: "0319-0000000") == ["0319-0000000"])
  }

  /// A figure holds from its day on.
  @Test func theFiguresOfTheDayCount() throws {
    let before = try #require(CivilDate("2025-12-31"))
    let notice = PolicyNotice(.lb, Self.parameters([.lbStandardRural: "650/month"]), on: before)
    #expect(notice.text.contains("农村：未设定"))
  }

  @Test(arguments: PolicyNotice.Scheme.allCases) func everySchemeHasTheSixThings(_ scheme: PolicyNotice.Scheme) throws {
    let day = try #require(CivilDate("2026-11-24"))
    let notice = PolicyNotice(scheme, PolicyParameters(), on: day)
    for title in ["谁能申请", "标准", "去哪申请", "材料", "多长时间", "监督电话"] {
      #expect(notice.sections.first { $0.title == title }?.lines.isEmpty == false, "\(title)")
      #expect(notice.text.contains("\n\(title)\n"))
    }
    #expect(notice.sheet.rows.count == notice.sections.map(\.lines.count).reduce(0, +))
  }
}
