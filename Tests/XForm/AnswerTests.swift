// How answers are taken: typed, checked, refused, written as ODK's engine writes them.

import Testing
import XForm

@Suite struct AnswerTests {
  private static func typed(_ type: String) throws -> Scenario {
    try Scenario("<q/>", "<bind nodeset=\"/data/q\" type=\"\(type)\"/>", body: "<input ref=\"/data/q\"/>")
  }

  @Test(arguments: [
    ("int", "007", "7"), ("int", "-3", "-3"), ("decimal", "5", "5.0"), ("decimal", "12345678.5", "1.23456785E7"),
    ("date", "2026-1-2", "2026-01-02"), ("dateTime", "2026-01-02T03:04:05Z", "2026-01-02T11:04:05.000+08:00"),
    ("time", "9:30", "09:30:00.000+08:00"), ("boolean", "true", "1"), ("geopoint", "37.3 114.7", "37.3 114.7 0.0 0.0"),
    ("geotrace", "1 2;3 4 5 6", "1.0 2.0 0.0 0.0; 3.0 4.0 5.0 6.0"), ("string", " 村 ", " 村 "), ("barcode", "6901", "6901"),
  ])
  func valuesAreWrittenInOneForm(type: String, typed: String, stored: String) throws {
    var scenario = try Self.typed(type)
    #expect(scenario.answer("/data/q", typed) == .accepted)
    #expect(scenario.value("/data/q") == stored)
  }

  @Test(arguments: [
    ("int", "1.5"), ("int", "99999999999"), ("int", "abc"), ("decimal", "1,5"), ("decimal", "inf"), ("decimal", "1e999"),
    ("date", "2026-02-30"), ("date", "昨天"), ("time", "25:00"), ("geopoint", "91 0"), ("geopoint", "1"), ("boolean", "maybe"),
  ])
  func whatIsNoValueIsRefused(type: String, typed: String) throws {
    var scenario = try Self.typed(type)
    guard case .notOfType? = scenario.answer("/data/q", typed) else { return #expect(Bool(false), "\(type) took \(typed)") }
    #expect(scenario.value("/data/q") == "")
  }

  @Test func requiredComesBeforeTheConstraintAndEmptyPassesTheConstraint() throws {
    var scenario = try Scenario(
      "<a>5</a><b/>",
      """
      <bind nodeset="/data/a" type="int" required="true()" constraint=". &gt; 3" jr:constraintMsg="大于3" jr:requiredMsg="必填"/>
      <bind nodeset="/data/b" type="int" constraint=". &gt; 3"/>
      """, body: "<input ref=\"/data/a\"/><input ref=\"/data/b\"/>")
    #expect(scenario.answer("/data/a", "") == .requiredButEmpty(message: "必填"))
    #expect(scenario.answer("/data/a", "2") == .constraintViolated(message: "大于3"))
    #expect(scenario.value("/data/a") == "5")
    #expect(scenario.answer("/data/b", "4") == .accepted)
    #expect(scenario.answer("/data/b", "") == .accepted)
    #expect(scenario.session.validate().isEmpty)
    #expect(scenario.answer("/data/nowhere", "1") == .noSuchQuestion)
  }

  /// A pattern that is no pattern fails when it is used: nothing meets a condition without a value.
  @Test func aConditionThatHasNoValueIsFalse() throws {
    var scenario = try Scenario(
      "<p>[</p><a/><b/>",
      "<bind nodeset=\"/data/a\" constraint=\"regex(., /data/p)\"/><bind nodeset=\"/data/b\" relevant=\"regex('x', /data/p)\"/>",
      body: "<input ref=\"/data/p\"/><input ref=\"/data/a\"/><input ref=\"/data/b\"/>")
    #expect(scenario.answer("/data/a", "x") == .constraintViolated(message: nil))
    #expect(!scenario.isRelevant("/data/b"))
    scenario.answer("/data/p", "x")
    #expect(scenario.answer("/data/a", "x") == .accepted)
    #expect(scenario.isRelevant("/data/b"))
  }

  @Test func readOnlyAndHiddenQuestionsTakeNothing() throws {
    var scenario = try Scenario(
      "<a/><b/><c/>", "<bind nodeset=\"/data/a\" readonly=\"true()\"/><bind nodeset=\"/data/b\" relevant=\"false()\"/>",
      body: "<input ref=\"/data/a\"/><input ref=\"/data/b\"/>")
    #expect(scenario.answer("/data/a", "1") == .readOnly)
    #expect(scenario.answer("/data/b", "1") == .noSuchQuestion)
    #expect(scenario.answer("/data/c", "1") == .noSuchQuestion)
  }

  @Test func aSoftCheckWarnsAndTheAnswerStands() throws {
    var scenario = try Scenario(
      "<a/>", "<bind nodeset=\"/data/a\" type=\"int\" zf:warn=\". &lt; 100\" zf:warnMsg=\"很少见\" zf:purpose=\"年龄\"/>",
      body: "<input ref=\"/data/a\" zf:length=\"3\"/>")
    let path = try #require(InstancePath("/data/a"))
    #expect(scenario.session.warnings(at: path).isEmpty)
    #expect(scenario.answer("/data/a", "104") == .accepted)
    #expect(scenario.session.warnings(at: path) == [SoftWarning(path: path, message: "很少见")])
    #expect(scenario.session.attributes(at: path)["purpose"] == "年龄")
    #expect(scenario.question("/data/a")?.attributes["length"] == "3")
  }

  @Test func setvalueActsOnLoadOnChangeAndOnANewInstance() throws {
    let actions = "xmlns:ev=\"http://www.w3.org/2001/xml-events\""
    var scenario = try Scenario(
      "<a/><b/><r><x/></r>",
      "<setvalue \(actions) ev:event=\"odk-instance-first-load\" ref=\"/data/a\">first</setvalue>",
      body: """
        <input ref="/data/a"><setvalue \(actions) ev:event="xforms-value-changed" ref="/data/b" value="concat(/data/a, '+')"/></input>
        <group><repeat nodeset="/data/r"><setvalue \(actions) ev:event="odk-new-repeat" ref="/data/r/x" value="position(..)"/>
        <input ref="/data/r/x"/></repeat></group>
        """)
    #expect(scenario.value("/data/a") == "first")
    #expect(scenario.value("/data/b") == "first+")
    scenario.answer("/data/a", "second")
    #expect(scenario.value("/data/b") == "second+")
    #expect(scenario.add("/data/r") == "/data/r[2]")
    #expect(scenario.value("/data/r[2]/x") == "2")
    #expect(scenario.value("/data/r[1]/x") == "")
  }
}
