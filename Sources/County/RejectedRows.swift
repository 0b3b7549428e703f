// The rows of a list of which nothing was taken: its department is to hear what is wrong in each of them.

public import Departments
internal import Relief
public import Tables

extension County {
  /// The table to hand back of a file that was refused because no row of it can be read; nil for any other file.
  public func rejectedRows(
    _ file: [UInt8], name: String, by profile: DepartmentProfile, _ choices: BatchChoices, words: RejectWords
  ) -> Sheet? {
    var choices = choices
    choices.takesNone = true
    let source = BatchSource(name: name, sha256: "")
    guard let batch = try? DepartmentBatch.read(file, by: profile, from: source, choices), batch.rows.isEmpty else { return nil }
    return batch.rejectedTable(name: words.sheet, title: name, titles: words.titles, cut: words.cut, words: words.reason)
  }
}
