// XFormText: the texts and lists of the made XForm, read line by line as script/forms writes them; independent of the
// engine under test.

struct XFormText {
  struct Message {
    var id: String
    var language: String
    var text: String
  }

  struct Entry: Equatable {
    var code: String
    var label: String
  }

  private(set) var messages: [Message] = []
  private(set) var lists: [String: [Entry]] = [:]
  /// The texts of `zf:warnMsg`, which are in Chinese only.
  private(set) var warnings: [String] = []

  init(_ xml: String) {
    var language = ""
    var list = ""
    var labels: [String: String] = [:]
    for line in xml.split(separator: "\n") {
      if let name = Self.between("<translation lang=\"", "\"", line) { language = name }
      if let name = Self.between("<instance id=\"", "\"", line) { list = name }
      if let id = Self.between("<text id=\"", "\"", line), let text = Self.between("<value>", "</value>", line) {
        messages.append(Message(id: id, language: language, text: text))
        if language.hasPrefix("中文") { labels[id] = text }
      }
      if let id = Self.between("<itextId>", "</itextId>", line), let code = Self.between("<name>", "</name>", line) {
        lists[list, default: []].append(Entry(code: code, label: labels[id] ?? ""))
      }
      if let text = Self.between("zf:warnMsg=\"", "\"", line) { warnings.append(text) }
    }
  }

  private static func between(_ start: String, _ end: String, _ line: Substring) -> String? {
    guard let from = line.firstRange(of: start)?.upperBound, let to = line[from...].firstRange(of: end)?.lowerBound
    else {
      return nil
    }
    return String(line[from..<to])
  }

  static func shipped() throws -> XFormText { XFormText(try Repository.text(VisitForm.path)) }
}
