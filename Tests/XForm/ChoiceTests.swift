// Lists: from the form, from attachments, filtered; values that fall out of a filter; languages.

import Testing
import XForm

@Suite struct ChoiceTests {
  @Test func aFilterFollowsAnswersAndClearsWhatItNoLongerOffers() throws {
    var scenario = try Scenario("cascade.xml")
    scenario.answer("/data/county", "c1")
    #expect(scenario.question("/data/town")?.choices.map(\.value) == ["t1", "t2"])
    #expect(scenario.answer("/data/town", "t3") == .notOfType(.string))
    scenario.answer("/data/town", "t1")
    scenario.answer("/data/village", "v2")
    #expect(scenario.value("/data/vname") == "二村")
    scenario.answer("/data/county", "c2")
    #expect(scenario.value("/data/town") == "")
    #expect(scenario.value("/data/village") == "")
    #expect(scenario.value("/data/vname") == "")
  }

  @Test func labelsFollowTheLanguage() throws {
    var scenario = try Scenario("cascade.xml")
    scenario.answer("/data/county", "c1")
    #expect(scenario.label("/data/addr") == "地址 c1")
    #expect(scenario.session.form.languages == ["中文 (zh)", "English (en)"])
    scenario.session.language = "English (en)"
    #expect(scenario.label("/data/addr") == "Address in c1")
    #expect(scenario.question("/data/county")?.choices.map(\.label) == ["A", "B"])
    scenario.session.language = "no such language"
    #expect(scenario.label("/data/addr") == "地址 c1")
  }

  @Test func selectionsAreCheckedAgainstTheList() throws {
    var scenario = try Scenario("cascade.xml")
    #expect(scenario.answer("/data/crops", "wheat corn") == .accepted)
    #expect(scenario.answer("/data/crops", "wheat wheat") == .notOfType(.string))
    #expect(scenario.answer("/data/crops", "rice") == .notOfType(.string))
    #expect(scenario.answer("/data/crops", "wheat corn bean") == .constraintViolated(message: "最多两种"))
    #expect(scenario.answer("/data/ranked", "bean wheat corn") == .accepted)
    #expect(scenario.value("/data/ranked") == "bean wheat corn")
  }

  private let select = """
    <select1 ref="/data/v"><itemset nodeset="instance('villages')/root/item[town = /data/t]"><value ref="name"/>\
    <label ref="label"/></itemset></select1><input ref="/data/t"/>
    """

  @Test func aListComesFromACSVAttachment() throws {
    let csv = "\u{FEFF}name,label,town\r\nv1,\"东,村\",t1\r\nv2,\"他说\"\"好\"\"\",t2\r\n"
    let model = "<instance id=\"villages\" src=\"jr://file-csv/villages.csv\"/>"
    var scenario = try Scenario("<v/><t/>", model, body: select, attachments: ["villages.csv": Array(csv.utf8)])
    scenario.answer("/data/t", "t1")
    #expect(scenario.question("/data/v")?.choices == [Choice(value: "v1", label: "东,村")])
    scenario.answer("/data/t", "t2")
    #expect(scenario.question("/data/v")?.choices == [Choice(value: "v2", label: "他说\"好\"")])
    let text = Scenario.text("<v/><t/>", model, body: select)
    #expect(try FormDefinition.attachmentNames(in: Array(text.utf8), name: "t.xml") == ["villages.csv"])
    let fault = #expect(throws: FormFault.self) { try Scenario.form("<v/><t/>", model, body: select) }
    #expect(fault?.reason == .missingAttachment("villages.csv"))
  }

  @Test func theLastSavedInstanceIsAList() throws {
    let form = try Scenario.form(
      "<a/><b/>",
      """
      <instance id="last" src="jr://instance/last-saved"/><bind nodeset="/data/b" calculate="instance('last')/data/a"/>
      """, body: "<input ref=\"/data/a\"/>")
    let with = try Session(form, surroundings: Scenario.surroundings(lastSaved: "<data id=\"t\"><a>旧</a></data>"))
    #expect(with.value(at: try #require(InstancePath("/data/b"))) == "旧")
    let without = try Session(form, surroundings: Scenario.surroundings())
    #expect(without.value(at: try #require(InstancePath("/data/b"))) == "")
  }
}
