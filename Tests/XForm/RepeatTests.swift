// Repeats: templates, counts that grow and shrink, the places of new instances, and limits.

import Testing
import XForm

@Suite struct RepeatTests {
  private let body = "<input ref=\"/data/n\"/><repeat nodeset=\"/data/r\"><input ref=\"/data/r/x\"/></repeat>"

  @Test func aTemplateGivesNewInstancesItsValues() throws {
    var scenario = try Scenario("<n/><r jr:template=\"\"><x>new</x></r><after/>", body: body)
    #expect(scenario.session.repeatCount(try #require(InstancePath("/data/r"))) == 0)
    #expect(scenario.add("/data/r") == "/data/r[1]")
    #expect(scenario.submission.contains("<n /><r><x>new</x></r><after />"))
  }

  @Test func withoutATemplateNewInstancesAreEmpty() throws {
    var scenario = try Scenario("<n/><r><x>first</x></r>", body: body)
    scenario.add("/data/r")
    #expect(scenario.value("/data/r[1]/x") == "first")
    #expect(scenario.value("/data/r[2]/x") == "")
    #expect(scenario.outline.last == "addRepeat /data/r")
  }

  @Test func aCountedRepeatGrowsAndShrinks() throws {
    var scenario = try Scenario(
      "<n/><r jr:template=\"\"><x/></r>", "<bind nodeset=\"/data/n\" type=\"int\"/>",
      body: body.replacing("<repeat ", with: "<repeat jr:count=\"/data/n\" "))
    let path = try #require(InstancePath("/data/r"))
    scenario.answer("/data/n", "3")
    #expect(scenario.session.repeatCount(path) == 3)
    #expect(!scenario.session.canAddRepeat(path))
    scenario.answer("/data/r[2]/x", "kept")
    scenario.answer("/data/n", "2")
    #expect(scenario.session.repeatCount(path) == 2)
    #expect(scenario.value("/data/r[2]/x") == "kept")
    scenario.answer("/data/n", "-1")
    #expect(scenario.session.repeatCount(path) == 0)
    scenario.answer("/data/n", "2000000000")
    #expect(scenario.session.repeatCount(path) == Limits.repeatInstances)
  }

  @Test func nestedInstancesKeepTheirOwn() throws {
    var scenario = try Scenario("nested.xml")
    scenario.answer("/data/house[1]/hno", "9")
    scenario.answer("/data/house[1]/member[1]/mage", "40")
    scenario.add("/data/house")
    scenario.answer("/data/house[2]/hno", "8")
    scenario.add("/data/house[2]/member")
    scenario.answer("/data/house[2]/member[1]/mage", "50")
    #expect(scenario.value("/data/house[2]/member[1]/pos") == "2.1")
    #expect(scenario.value("/data/allmax") == "50")
    #expect(scenario.remove("/data/house[1]") == true)
    #expect(scenario.value("/data/house[1]/member[1]/pos") == "1.1")
    #expect(scenario.value("/data/house[1]/hno") == "8")
  }

  @Test func whatIsNoRepeatIsNeitherAddedNorRemoved() throws {
    var scenario = try Scenario("<n/><r><x/></r>", body: body)
    for path in ["/data", "/data/n", "/data/r[1]/x", "/data/zzz", "/x"] {
      #expect(scenario.add(path) == nil)
      #expect(scenario.remove(path) == false)
    }
    #expect(scenario.remove("/data/r[7]") == false)
    #expect(InstancePath("/data/r[0]/x") == nil)
    #expect(InstancePath("data") == nil)
    #expect(InstancePath("/data/r[99999999999999999999]") == nil)
  }
}
