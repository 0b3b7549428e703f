import Derivation
import Foundation
import Papers
import Relief
import Tables
import Testing
import XForm

/// The paper form asks what the form asks, in its words.
@Suite struct PaperFormTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let font = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
  static let surroundings = Surroundings(now: { Moment(year: 2026, month: 11, day: 24, offsetMinutes: 480) }, random: { 1 })

  static func form(_ name: String = "household-visit.xml") throws -> FormDefinition {
    let bytes = [UInt8](try Data(contentsOf: root.appending(path: "forms/" + name)))
    // What a form chooses among is of one household; a blank one is nobody's.
    let lists = try FormDefinition.attachmentNames(in: bytes, name: name).map { ($0, EntityListFile.empty) }
    return try FormDefinition(parsing: bytes, name: name, attachments: Dictionary(uniqueKeysWithValues: lists))
  }

  /// Every form that ships.
  static let shipped = ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "forms").path)) ?? []).filter {
    $0.hasSuffix(".xml")
  }.sorted()

  static func labels(_ form: PaperForm) -> [String] {
    form.lines.compactMap { if case .question(_, let label, _) = $0 { label } else { nil } }
  }

  @Test func everyFormThatShipsIsThere() { #expect(Self.shipped.count >= 20 && Self.shipped.contains("household-visit.xml")) }

  @Test(arguments: shipped) func aBlankFormAsksEveryQuestionOfTheForm(_ name: String) throws {
    let form = try Self.form(name)
    let asked = Self.labels(try PaperForm(blank: form, Self.surroundings))
    let wanted = FormCheck(form).items.filter { $0.control != nil && $0.control != "trigger" && !$0.rules.contains("readOnly") }
    #expect(asked.count >= wanted.count && !wanted.isEmpty && (asked.count > 50 || name != "household-visit.xml"))
    #expect(asked.allSatisfy { !$0.isEmpty })
    let ticks = try PaperForm(blank: form, Self.surroundings).sheet.rows.map { $0.last?.shown ?? "" }.joined()
    #expect((ticks.contains("□") || name != "household-visit.xml") && !ticks.contains("■"), "nothing is ticked on a blank form")
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
    // A question has one number: at the screen, on the blank paper and on the filled one.
    let numbers = FieldNumbers(FormCheck(form))
    func numbered(_ paper: PaperForm) -> [String: Int] {
      Dictionary(
        paper.lines.compactMap { if case .question(let number, let label, _) = $0 { (label, number) } else { nil } },
        uniquingKeysWith: { first, _ in first })
    }
    let (blank, filled) = (numbered(try PaperForm(blank: form, Self.surroundings)), numbered(paper))
    let asked = try #require(session.question(at: result))
    #expect(filled[asked.label] == numbers.number(of: result) && numbers.number(of: result) > 50)
    #expect(blank.first { $0.key.hasPrefix(asked.label) }?.value == numbers.number(of: result))
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

  /// What a person reads on the paper, page by page, by a reader that is not libharu.
  static func pages(_ file: PdfFile) throws -> [String] {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".pdf")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(file.bytes).write(to: path)
    let reader = Process()
    reader.executableURL = URL(fileURLWithPath: pdfReader)
    reader.arguments = ["-layout", path.path, "-"]
    let pipe = Pipe()
    reader.standardOutput = pipe
    reader.standardError = FileHandle.nullDevice
    try reader.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    reader.waitUntilExit()
    return text.split(separator: "\u{0C}").map(String.init)
  }

  static let pdfReader = "/usr/bin/pdftotext"
  static var canRead: Bool { [font, pdfReader].allSatisfy { FileManager.default.fileExists(atPath: $0) } }

  /// Whoever signs, signs below something: the lines to sign on never stand alone on a page, however long the form is.
  @Test(.enabled(if: canRead), arguments: Array(stride(from: 10, to: 40, by: 3)))
  func aSignatureStandsBelowWhatIsSigned(_ count: Int) throws {
    var form = try PaperForm(blank: Self.form(), Self.surroundings)
    let questions = form.lines.filter { if case .question = $0 { true } else { false } }
    form.lines = Array(questions.prefix(count))
    let last = try #require(Self.pages(try form.pdf(font: Self.font)).last)
    #expect(last.contains("受访人签字") && last.contains("日期："))
    #expect(last.contains(Self.labels(form)[count - 1].prefix(4)), "\(last)")
  }

  /// Every question comes back out of the file as text, a box stays with its choice, and every page says which of how many it is.
  @Test(.enabled(if: canRead)) func theDocumentIsReadBack() throws {
    let form = try PaperForm(blank: Self.form(), Self.surroundings)
    let file = try form.pdf(font: Self.font)
    let pages = try Self.pages(file)
    let text = pages.joined().filter { !$0.isWhitespace }
    #expect(pages.count == file.pages)
    // A long label stands on several lines beside its answer: its first words are enough.
    for label in Self.labels(form) { #expect(text.contains(label.filter { !$0.isWhitespace }.prefix(6)), "\(label)") }
    for (index, page) in pages.enumerated() {
      #expect(page.contains("第 \(index + 1) 页，共 \(pages.count) 页"))
      for line in page.split(separator: "\n") { #expect(!line.hasSuffix("□") && line.first { $0 != " " } != "）", "\(line)") }
    }
  }

  /// 明白纸 as a document says what the text says.
  @Test(.enabled(if: canRead)) func aLeafletIsReadBack() throws {
    let notice = PolicyNotice(.lb, PolicyParameters(), on: try #require(CivilDate("2026-11-24")))
    let text = try Self.pages(try notice.pdf(font: Self.font)).joined().filter { !$0.isWhitespace }
    for section in notice.sections {
      #expect(text.contains(section.title) && text.contains(section.lines[0].filter { !$0.isWhitespace }.prefix(6)), "\(section) \(text)")
    }
  }
}
