import Testing

@testable import XForm

/// The .xml is made from the .md by script/forms and by nothing else.
@Suite struct SourceTests {
  @Test func theXFormRecordsTheHashOfItsSource() throws {
    let source = try Repository.text("forms/household-visit.md")
    let digest = try #require(XPathDigest.bytes(of: source, algorithm: "SHA-256"))
    let second = try Repository.text(VisitForm.path).split(separator: "\n").dropFirst().first
    #expect(
      second?.contains("sha256:\(XPathDigest.hex(digest)) ") == true,
      "forms/household-visit.md has changed: run script/forms and commit both")
  }

  @Test func theFormIsUnderstoodCompletely() throws {
    let form = try VisitForm.definition()
    #expect(form.id == "household-visit")
    #expect(form.languages == ["中文 (zh)", "English (en)"])
    #expect(form.warnings.isEmpty)
  }
}
