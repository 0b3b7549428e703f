// The instance as a document: sent, stored, resumed; and what it declares as entities.

import Testing
import XForm

@Suite struct InstanceXMLTests {
  @Test func aStoredInstanceIsResumedAsItStood() throws {
    var scenario = try Scenario("nested.xml")
    scenario.answer("/data/house[1]/hno", "9")
    scenario.add("/data/house")
    scenario.answer("/data/house[2]/hno", "4")
    scenario.answer("/data/n", "30")
    scenario.answer("/data/house[1]/member[1]/mname", " 𠮷 <&> \"'@\n")
    let stored = scenario.session.instanceXML(submission: false)
    let again = try Session(
      scenario.session.form, surroundings: Scenario.surroundings(), resuming: stored)
    #expect(again.instanceXML(submission: false) == stored)
    #expect(again.instanceXML(submission: true) == scenario.session.instanceXML(submission: true))
    #expect(again.outline == scenario.session.outline)
  }

  @Test func anotherFormsInstanceIsRefused() throws {
    let form = try Scenario("nested.xml").session.form
    let fault = #expect(throws: FormFault.self) {
      try Session(form, surroundings: Scenario.surroundings(), resuming: Array("<data id=\"other\"/>".utf8))
    }
    #expect(fault?.reason == .wrongForm(expected: "nested", found: "other"))
    #expect(throws: FormFault.self) {
      try Session(form, surroundings: Scenario.surroundings(), resuming: Array("<data".utf8))
    }
    // A document that lacks everything is a form without answers.
    let bare = try Session(form, surroundings: Scenario.surroundings(), resuming: Array("<data id=\"nested\"/>".utf8))
    #expect(bare.value(at: try #require(InstancePath("/data/n"))) == "")
  }

  @Test func preloadsAreFilled() throws {
    var scenario = try Scenario(
      "<s/><e/><t/><d/><u/><id/>",
      """
      <bind nodeset="/data/s" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
      <bind nodeset="/data/e" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
      <bind nodeset="/data/t" type="date" jr:preload="date" jr:preloadParams="today"/>
      <bind nodeset="/data/d" jr:preload="property" jr:preloadParams="deviceid"/>
      <bind nodeset="/data/u" jr:preload="property" jr:preloadParams="username"/>
      <bind nodeset="/data/id" jr:preload="uid"/>
      """, body: "")
    #expect(scenario.value("/data/s") == "2026-11-24T12:00:00.000+08:00")
    #expect(scenario.value("/data/e") == "")
    #expect(scenario.value("/data/t") == "2026-11-24")
    #expect(scenario.value("/data/d") == "laptop-7")
    #expect(scenario.value("/data/u") == "单建国")
    #expect(scenario.value("/data/id")?.wholeMatch(of: /uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    scenario.session.finish()
    #expect(scenario.value("/data/e") == "2026-11-24T12:00:00.000+08:00")
  }

  @Test func entitiesOfSeveralListsAndFromARepeat() throws {
    var scenario = try Scenario("entities.xml")
    scenario.answer("/data/hn", "东院")
    scenario.answer("/data/size", "4")
    scenario.answer("/data/p[1]/pn", "单建国")
    scenario.answer("/data/p[1]/pa", "40")
    scenario.answer("/data/p[1]/dis", "y")
    scenario.add("/data/p")
    scenario.answer("/data/p[2]/pn", "幼儿")
    scenario.answer("/data/p[2]/pa", "3")
    let entities = scenario.session.entities()
    #expect(entities.map(\.list) == ["household", "person"])
    #expect(entities.first?.label == "东院 4")
    #expect(entities.first?.properties == [EntityProperty(name: "hname", value: "东院"), EntityProperty(name: "size", value: "4")])
    #expect(entities.last?.isCreate == true)
    #expect(entities.last?.property("full_name") == "单建国")
    #expect(entities.last?.property("disabled") == "y")
    #expect(entities.last?.path.description == "/data/p[1]")
    #expect(Set(entities.map(\.id)).count == 2)
    scenario.answer("/data/p[2]/pa", "6")
    #expect(scenario.session.entities().map(\.list) == ["household", "person", "person"])
    // A property that is not relevant is not saved: nobody said no.
    #expect(scenario.session.entities().last?.property("disabled") == nil)
  }
}
