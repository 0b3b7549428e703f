// What is wrong with a form is said with file, line and node; nothing a file says brings the program down.

import Testing
@testable import XForm

@Suite struct FormReaderTests {
  private func fault(_ text: String) -> FormFault? {
    do {
      _ = try FormDefinition(parsing: Array(text.utf8), name: "bad.xml")
      return nil
    } catch {
      return error
    }
  }

  @Test func aBrokenDocumentNamesItsLine() {
    let broken = fault("<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\">\n<h:head>\n</h:html>")
    #expect(broken?.file == "bad.xml")
    #expect(broken?.line == 3)
    #expect(broken?.reason == .notXML("mismatched tag"))
    #expect(fault("")?.reason == .notXML("no element found"))
    #expect(fault("<a/>")?.reason == .missingElement("html"))
  }

  @Test func aDocumentTypeIsRefusedBeforeItsEntitiesAreRead() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>"
    #expect(fault(bomb)?.reason == .documentTypeRefused)
    #expect(fault("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>")?.reason == .documentTypeRefused)
  }

  @Test func depthAndSizeAreLimited() {
    let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
    #expect(fault(deep)?.reason == .tooDeep(limit: Limits.documentDepth))
    #expect(throws: FormFault.self) { try XMLReader.parse(Array("<a>123</a>".utf8), name: "x", bytesMax: 5) }
  }

  @Test func anExpressionThatCannotBeReadNamesItsBind() throws {
    let bad = fault(Scenario.text("<a/>", "<bind nodeset=\"/data/a\" relevant=\"1 +\"/>", body: ""))
    #expect(bad?.line == 3)
    #expect(bad?.node == "bind /data/a")
    guard case .badExpression("relevant", "1 +", _)? = bad?.reason else { return #expect(Bool(false), "\(bad as Any)") }
  }

  @Test func controlsMustHaveTheirNode() throws {
    #expect(fault(Scenario.text("<a/>", body: "<input ref=\"/data/b\"/>"))?.reason == .noSuchNode("/data/b"))
    #expect(fault(Scenario.text("<a/>", body: "<repeat nodeset=\"/data\"/>")) != nil)
    let twice = "<bind nodeset=\"/data/a\" type=\"int\"/><bind nodeset=\"/data/a\" type=\"string\"/>"
    let form = try Scenario.form("<a/>", twice, body: "<input ref=\"/data/a\"/>")
    #expect(form.warnings.map(\.reason) == [.duplicateBind("/data/a")])
  }

  @Test func newerEntitiesAndEncryptionAreRefused() {
    let text = Scenario.text("<a/>", body: "")
    let newer = text.replacing("<model>", with: "<model entities:entities-version=\"2030.1.0\">")
    #expect(fault(newer)?.reason == .unsupportedEntitiesVersion("2030.1.0"))
    #expect(fault(text.replacing("<model>", with: "<model entities:entities-version=\"2025.1.0\">")) == nil)
    let sealed = Scenario.text("<a/>", "<submission base64RsaPublicKey=\"MII\"/>", body: "")
    #expect(fault(sealed)?.reason == .encryptedForm)
  }

  @Test func whatIsUnknownIsWarnedOfAndKeptOutOfTheWay() throws {
    let form = try Scenario.form(
      "<a/>", "<bind nodeset=\"/data/a\" type=\"xsd:colour\" odd=\"1\"/><bind nodeset=\"/data/gone\"/><dance/>",
      body: "<input ref=\"/data/a\"><sing/></input><banner/>")
    let reasons = form.warnings.map(\.reason)
    #expect(reasons.contains(.unknownDataType("xsd:colour")))
    #expect(reasons.contains(.unknownAttribute("odd")))
    #expect(reasons.contains(.noSuchNode("/data/gone")))
    #expect(reasons.contains(.unknownElement("dance")))
    #expect(reasons.contains(.unknownElement("sing")))
    #expect(reasons.contains(.unknownElement("banner")))
  }

  @Test func theBodyMayComeBeforeTheModelAndTheFirstModelCounts() throws {
    let text = """
      <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:body><input ref="/d/a"/></h:body>
      <h:head><model><instance><d id="one" version="3"><a/></d></instance></model>\
      <model><instance><d id="two"><b/></d></instance></model></h:head></h:html>
      """
    let form = try FormDefinition(parsing: Array(text.utf8), name: "x")
    #expect(form.id == "one")
    #expect(form.version == "3")
    #expect(form.warnings.map(\.reason) == [.secondModelIgnored])
  }

  /// Every prefix of a form and every form with a byte changed either loads or is refused; nothing traps.
  @Test func damagedFormsAreRefusedNotFatal() throws {
    let whole = try Scenario.file("Forms/actions.xml")
    for end in stride(from: 0, to: whole.count, by: 41) {
      _ = try? FormDefinition(parsing: Array(whole[..<end]), name: "x")
    }
    for place in stride(from: 7, to: whole.count, by: 23) {
      var damaged = whole
      damaged[place] = UInt8(ascii: "/")
      guard let form = try? FormDefinition(parsing: damaged, name: "x"),
        let session = try? Session(form, surroundings: Scenario.surroundings())
      else { continue }
      _ = session.outline.map { session.label(at: $0.path) }
      _ = session.validate()
    }
  }

  @Test func checkTellsQuestionsDependantsAndLists() throws {
    let check = FormCheck(try FormDefinition(parsing: try Scenario.file("Forms/cascade.xml"), name: "cascade.xml"))
    let age = try #require(check.items.first { $0.path == "/data/person/age" })
    #expect(age.control == "input")
    #expect(age.rules == ["constraint"])
    #expect(Set(age.dependants) == ["/data/person/prev", "/data/person/school", "/data/sums/total", "/data/sums/adults"])
    #expect(check.repeats == 1)
    #expect(check.lists.map(\.id) == ["county", "crop", "town", "village"])
    #expect(check.problems.isEmpty)
  }
}
