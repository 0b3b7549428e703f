import Testing

/// A message has one line of 36 columns: a fact, and what to do.
@Suite struct MessageTests {
  static let columnsMax = 36

  private static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
  }

  @Test func constraintMessagesFitInBothLanguages() throws {
    let messages = try XFormText.shipped().messages.filter { $0.id.hasSuffix(":jr:constraintMsg") }
    #expect(Set(messages.map(\.language)).count == 2)
    #expect(messages.count > 40)
    for message in messages {
      #expect(Self.columns(message.text) <= Self.columnsMax, "\(message.id)")
      #expect(message.text.contains { "：:,".contains($0) }, "\(message.id) does not say what to do")
    }
  }

  @Test func everyConstraintSaysWhatIsWrong() throws {
    for line in try Repository.text(VisitForm.path).split(separator: "\n") where line.contains(" constraint=\"") {
      #expect(line.contains(" jr:constraintMsg=\"jr:itext("), "\(line.prefix(120))")
    }
  }

  @Test func softChecksFitToo() throws {
    let warnings = try XFormText.shipped().warnings
    #expect(warnings.count >= 7)
    for warning in warnings { #expect(Self.columns(warning) <= Self.columnsMax, "\(warning)") }
  }

  @Test func labelsAndHintsAreShort() throws {
    for message in try XFormText.shipped().messages where message.language.hasPrefix("中文") {
      if message.text.contains("<output") { continue }
      let limit = message.id.hasSuffix(":hint") ? 40 : 36
      #expect(Self.columns(message.text) <= limit, "\(message.id)")
    }
  }

  @Test func everyQuestionSaysWhyItIsAskedAndHowSensitiveItIs() throws {
    let xml = try Repository.text(VisitForm.path)
    guard let body = xml.firstRange(of: "<h:body") else { return }
    let binds = xml[..<body.lowerBound].split(separator: "\n").filter { $0.contains("<bind ") }
    for line in xml[body.lowerBound...].split(separator: "\n") {
      guard line.contains("<input ") || line.contains("<select"), let from = line.firstRange(of: "ref=\"")?.upperBound,
        let to = line[from...].firstIndex(of: "\"")
      else { continue }
      let bind = try #require(binds.first { $0.contains("nodeset=\"\(line[from..<to])\"") })
      if bind.contains("readonly=\"true()\"") { continue }  // a note
      #expect(bind.contains("zf:purpose=\"") && bind.contains("zf:sensitivity=\""), "\(line[from..<to])")
      #expect(bind.contains("zf:carry=\""), "\(line[from..<to])")
    }
  }
}
