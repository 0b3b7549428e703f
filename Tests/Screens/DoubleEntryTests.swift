// Two typings of one form, compared without a screen: what differs, what does not, and what comes of a choice.

import Testing
import XForm

@testable import Screens

@Suite struct DoubleEntryTests {
  static let source = """
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
    <h:head><h:title>两遍</h:title><model>
    <instance><data id="twice" version="1"><one><needs/><why/><amount/><low/><high/><sum/></one>
      <two><item jr:template=""><what/><price/></item></two></data></instance>
    <bind nodeset="/data/one/why" type="string" relevant="selected(/data/one/needs, 'b')"/>
    <bind nodeset="/data/one/amount" type="decimal"/>
    <bind nodeset="/data/one/low" type="int"/>
    <bind nodeset="/data/one/high" type="int" constraint=". &gt;= /data/one/low" jr:constraintMsg="上限低于下限：请核对"/>
    <bind nodeset="/data/one/sum" type="int" readonly="true()" calculate="/data/one/low + /data/one/high"/>
    </model></h:head>
    <h:body>
    <group ref="/data/one"><label>第一节</label>
      <select ref="/data/one/needs"><label>需求</label>
        <item><label>医疗</label><value>a</value></item><item><label>住房</label><value>b</value></item></select>
      <input ref="/data/one/why"><label>原因</label></input>
      <input ref="/data/one/amount"><label>金额</label></input>
      <input ref="/data/one/low"><label>下限</label></input>
      <input ref="/data/one/high"><label>上限</label></input>
      <input ref="/data/one/sum"><label>合计</label></input>
    </group>
    <group ref="/data/two"><label>第二节</label>
      <group ref="/data/two/item"><label>物品</label><repeat nodeset="/data/two/item">
        <input ref="/data/two/item/what"><label>名称</label></input>
        <input ref="/data/two/item/price"><label>价格</label></input>
      </repeat></group>
    </group>
    </h:body></h:html>
    """

  let form: FormDefinition

  init() throws { form = try FormDefinition(parsing: Array(Self.source.utf8), name: "twice.xml") }

  /// A typing: answers by the question's name, and the items.
  func typed(_ answers: [(String, String)] = [], items: [String] = []) throws -> Session {
    var session = try Session(form, surroundings: Village.surroundings)
    for (name, value) in answers {
      #expect(session.answer(try #require(InstancePath("/data/one/" + name)), value) == .accepted, "\(name)")
    }
    let repeatPath = try #require(InstancePath("/data/two/item"))
    for item in items {
      let added = session.addRepeat(repeatPath)
      let row = try #require(added)
      #expect(session.answer(row.child("what"), item) == .accepted)
    }
    return session
  }

  func path(_ name: String) throws -> InstancePath { try #require(InstancePath("/data/" + name)) }

  func items(_ session: Session) throws -> [String] {
    let repeatPath = try path("two/item")
    return (0..<(session.repeatCount(repeatPath) ?? 0)).map { session.value(at: repeatPath.instance($0 + 1).child("what")) ?? "" }
  }

  @Test func whatMeansTheSameIsTheSame() throws {
    let first = try typed([("needs", "a b"), ("amount", "12.50"), ("low", "3")])
    let second = try typed([("needs", "b a"), ("amount", "12.5"), ("low", "3")])
    #expect(DoubleEntry(first: first, second: second).differences == [])
  }

  @Test func blankAndFilledDifferAndWhatTheFormComputesIsNoQuestion() throws {
    let entry = DoubleEntry(first: try typed([("low", "3")]), second: try typed([("low", "4"), ("high", "9")]))
    #expect(entry.differences.map(\.label) == ["下限", "上限"], "合计 differs, too, and nobody typed it")
    #expect(entry.differences.last?.first == "（空）" && entry.differences.last?.second == "9")
  }

  @Test func aRowWithNothingInItIsNoRow() throws {
    var second = try typed(items: ["床"])
    _ = second.addRepeat(try path("two/item"))
    #expect(DoubleEntry(first: try typed(items: ["床"]), second: second).differences == [])
    // Filled in the other typing it comes in, and takes the empty one's place.
    let entry = DoubleEntry(first: second, second: try typed(items: ["床", "柜"]))
    let difference = try #require(entry.differences.first)
    #expect(entry.differences.count == 1 && difference.isRow && difference.label == "物品2")
    #expect(try items(entry.merged([difference.path: .second]).session) == ["床", "柜"])
  }

  @Test("Rows come and go as wholes", arguments: [
    (["床"], ["床", "柜", "灯"], ["床", "柜", "灯"]), (["床", "柜", "灯"], ["床"], ["床"]), ([], ["床"], ["床"]), (["床"], [], []),
  ])
  func rows(_ first: [String], _ second: [String], _ merged: [String]) throws {
    let entry = DoubleEntry(first: try typed(items: first), second: try typed(items: second))
    #expect(entry.differences.count == abs(first.count - second.count) && entry.differences.allSatisfy(\.isRow))
    let chosen = Dictionary(uniqueKeysWithValues: entry.differences.map { ($0.path, Typing.second) })
    #expect(try items(entry.merged(chosen).session) == merged)
    let kept = Dictionary(uniqueKeysWithValues: entry.differences.map { ($0.path, Typing.first) })
    #expect(try items(entry.merged(kept).session) == first)
  }

  @Test func anAnswerThatOpensAnotherIsPutInBeforeIt() throws {
    let entry = DoubleEntry(first: try typed([("needs", "a")]), second: try typed([("needs", "b"), ("why", "漏雨")]))
    let (needs, why) = (try path("one/needs"), try path("one/why"))
    #expect(entry.differences.map(\.path) == [needs, why])
    #expect(entry.differences[1].first == "（没问到）")
    #expect(!entry.isAsked(entry.differences[1], in: entry.merged([needs: .first])))
    #expect(entry.isAsked(entry.differences[1], in: entry.merged([needs: .second])))
    #expect(entry.merged([needs: .second, why: .second]).session.value(at: why) == "漏雨")
  }

  @Test func whatDoesNotHoldTogetherIsRefused() throws {
    let entry = DoubleEntry(first: try typed([("low", "5"), ("high", "6")]), second: try typed([("low", "1"), ("high", "2")]))
    let (low, high) = (try path("one/low"), try path("one/high"))
    #expect(entry.merged([low: .first, high: .second]).refused == [high])
    let both = entry.merged([low: .second, high: .second])
    #expect(both.refused == [] && both.session.value(at: high) == "2")
  }
}
