// The visit screen knows sections, questions and rows, never a question's name: a form of another kind works as well.

import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct AnyFormTests {
  static let source = """
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:jr="http://openrosa.org/javarosa" xmlns:zf="https://zoufang.cn/xforms">
    <h:head><h:title>杂项</h:title><model>
    <instance><data id="misc" version="1">
      <one><seen/><day/><clock/><count/><amount/><year/><photo/><note/></one>
      <two><needs/><why/><item jr:template=""><what/><price/></item></two>
    </data></instance>
    <bind nodeset="/data/one/seen" type="string" required="true()"/>
    <bind nodeset="/data/one/day" type="date"/>
    <bind nodeset="/data/one/clock" type="time"/>
    <bind nodeset="/data/one/count" type="int" constraint=". &lt; 100" jr:constraintMsg="太多：请核对"/>
    <bind nodeset="/data/one/amount" type="decimal"/>
    <bind nodeset="/data/one/year" type="string" zf:kind="year" zf:length="4"/>
    <bind nodeset="/data/one/photo" type="binary"/>
    <bind nodeset="/data/one/note" type="string" readonly="true()"/>
    <bind nodeset="/data/two/why" type="string" relevant="selected(/data/two/needs, 'b')"/>
    </model></h:head>
    <h:body>
    <group ref="/data/one"><label>第一节</label>
      <trigger ref="/data/one/seen"><label>已告知</label></trigger>
      <input ref="/data/one/day"><label>日期</label></input>
      <input ref="/data/one/clock"><label>时间</label></input>
      <input ref="/data/one/count"><label>人数</label></input>
      <input ref="/data/one/amount"><label>金额</label></input>
      <input ref="/data/one/year"><label>年份</label></input>
      <upload ref="/data/one/photo" mediatype="image/*"><label>照片</label></upload>
      <input ref="/data/one/note"><label>说明</label></input>
    </group>
    <group ref="/data/two"><label>第二节</label>
      <select ref="/data/two/needs"><label>需求</label>
        <item><label>医疗</label><value>a</value></item><item><label>住房</label><value>b</value></item>
        <item><label>就业</label><value>c</value></item></select>
      <input ref="/data/two/why"><label>原因</label></input>
      <group ref="/data/two/item"><label>物品</label><repeat nodeset="/data/two/item">
        <input ref="/data/two/item/what"><label>名称</label></input>
        <input ref="/data/two/item/price"><label>价格</label></input>
      </repeat></group>
    </group>
    </h:body></h:html>
    """

  func begun() throws -> KeyScript {
    let form = VisitForm(try FormDefinition(parsing: Array(Self.source.utf8), name: "misc.xml"))
    var script = KeyScript(Village.workspace(form))
    script.type("2")
    script.press(.enter)
    return script
  }

  func value(_ path: String, _ script: KeyScript) -> String? {
    InstancePath(path).flatMap { script.program.visit?.session.value(at: $0) }
  }

  @Test func groupsOfTheFirstLevelAreSectionsWhereNoneIsNamed() throws {
    let script = try begun()
    #expect(script.title.contains("1/2 第一节"))
    #expect(script.text.contains("照片") && script.text.contains("说明"), "what cannot be typed is shown")
  }

  @Test func everyKindOfFieldIsTyped() throws {
    var script = try begun()
    script.type("1")  // seen
    script.type("20261124")  // a date of eight digits ends itself
    script.type("0930")
    script.press(.enter)
    script.type("１２")
    script.press(.enter)
    script.type("12。50")
    script.press(.enter)
    script.type("2026")  // four digits end themselves
    #expect(script.title.contains("2/2 第二节"), "pictures and read-only fields are passed over: \(script.text)")
    #expect(value("/data/one/seen", script) == "OK")
    #expect(value("/data/one/day", script) == "2026-11-24")
    #expect(value("/data/one/clock", script)?.hasPrefix("09:30") == true)
    #expect(value("/data/one/count", script) == "12")
    #expect(value("/data/one/amount", script) == "12.5")
    #expect(value("/data/one/year", script) == "2026")
  }

  @Test func aFormsOwnMessageIsSaid() throws {
    var script = try begun()
    script.press(.pageUp)
    script.type("1")
    script.press(.enter, .enter)
    script.type("120")
    script.press(.enter)
    #expect(script.message == "太多：请核对")
    script.press(.enter)
    script.type("9")
    script.press(.enter)
    #expect(value("/data/one/count", script) == "9", "Enter let go of the error, the first key replaced the text")
  }

  @Test func severalAreChosenByDigitsAndBringTheirQuestion() throws {
    var script = try begun()
    script.press(.pageDown)
    script.type("31")
    script.press(.enter)
    #expect(value("/data/two/needs", script) == "a c")
    #expect(script.cursorLine.contains("新增"))
    script.press(.up)
    script.type("2")
    script.press(.enter)
    #expect(script.cursorLine.contains("原因"))
    #expect(script.text.contains("1 医疗  2 住房  3 就业"))
  }

  @Test func sameAgainTakesTheValueOfTheRowAbove() throws {
    var script = try begun()
    script.press(.pageDown)
    script.press(.enter)
    script.type("药")
    script.press(.enter)
    script.type("30")
    script.press(.enter)
    #expect(script.cursorLine.contains("新增"))
    script.type("米")
    script.press(.enter, .control("r"))
    #expect(value("/data/two/item[2]/price", script) == "30")
    #expect(script.text.contains("1 药  30") || script.text.contains("1 药"))
  }
}
