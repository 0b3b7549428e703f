import Derivation
import Foundation
import Papers
import Tables
import Testing
import XForm

/// The paper form asks what the form asks, in its words.
@Suite struct PaperFormTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let font = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
  static let surroundings = Surroundings(now: { Moment(year: 2026, month: 11, day: 24, offsetMinutes: 480) }, random: { 1 })

  static func form() throws -> FormDefinition {
    let bytes = try Data(contentsOf: root.appending(path: "forms/household-visit.xml"))
    return try FormDefinition(parsing: [UInt8](bytes), name: "household-visit.xml")
  }

  static func labels(_ form: PaperForm) -> [String] {
    form.lines.compactMap { if case .question(_, let label, _) = $0 { label } else { nil } }
  }

  @Test func aBlankFormAsksEveryQuestionOfTheForm() throws {
    let form = try Self.form()
    let asked = Self.labels(try PaperForm(blank: form, Self.surroundings))
    let wanted = FormCheck(form).items.filter { $0.control != nil && $0.control != "trigger" && !$0.rules.contains("readOnly") }
    #expect(asked.count >= wanted.count && asked.count > 50)
    #expect(asked.allSatisfy { !$0.isEmpty })
    let ticks = try PaperForm(blank: form, Self.surroundings).sheet.rows.map { $0.last?.shown ?? "" }.joined()
    #expect(ticks.contains("□") && !ticks.contains("■"), "nothing is ticked on a blank form")
  }

  @Test func aFilledFormShowsWhatWasAnswered() throws {
    let form = try Self.form()
    var session = try Session(form, surroundings: Self.surroundings)
    let paths = FormCheck(form).items.compactMap { InstancePath($0.path) }
    let saved = { (property: String) in paths.first { session.savedTo(at: $0).map { "\($0.list)#\($0.property)" } == property } }
    let (visitors, result) = (try #require(saved("visit#visitors")), try #require(saved("visit#result")))
    _ = session.answer(visitors, "赵走访")
    _ = session.answer(result, "recheck")
    let paper = try PaperForm(form, filled: session.instanceXML(submission: false), record: "r-1", Self.surroundings)
    let rows = paper.sheet.rows.map { $0.last?.shown ?? "" }
    #expect(rows.contains("赵走访") && rows.contains { $0.contains("■") && $0.contains("□") })
    #expect(paper.sheet.rows.suffix(3).map { $0[1].shown } == paper.signatures)
    #expect(paper.stamp.hasSuffix("r-1"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: font)))
  func theDocumentIsWholeAndSaysWhatTheFontLacks() throws {
    let file = try PaperForm(blank: Self.form(), Self.surroundings).pdf(font: Self.font)
    #expect(file.bytes.starts(with: Array("%PDF-".utf8)) && file.pages > 1 && file.missing.isEmpty)
    if let out = ProcessInfo.processInfo.environment["PAPER_FORM_OUT"] { try Data(file.bytes).write(to: URL(fileURLWithPath: out)) }
    var odd = try PaperForm(blank: Self.form(), Self.surroundings)
    odd.title = "𱍐户"
    #expect(try odd.pdf(font: Self.font).missing == ["𱍐"])
  }

  @Test func aFontThatIsNoneIsRefused() throws {
    let form = try PaperForm(blank: Self.form(), Self.surroundings)
    #expect(throws: PdfFault.font(path: "/nowhere.ttf")) { try form.pdf(font: "/nowhere.ttf") }
    let text = Self.root.appending(path: "README.md").path
    #expect(throws: PdfFault.font(path: text)) { try form.pdf(font: text) }
  }
}
