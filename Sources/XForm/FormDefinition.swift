// FormDefinition: a form, read once and never changed: a value that any number of sessions share.

public struct FormDefinition: Sendable {
  public let id: String
  public let version: String?
  public let title: String
  /// itext languages, the default one first; empty where the form has no itext.
  public let languages: [String]
  /// What was met and not understood, kept untouched.
  public let warnings: [FormFault]

  /// Reads an XForm. `name` is the name given in faults; `attachments` are the files its external instances name
  /// ("villages.csv" for jr://file-csv/villages.csv). Never keeps the bytes.
  public init(
    parsing document: [UInt8], name: String, attachments: [String: [UInt8]] = [:]
  ) throws(FormFault) {
    id = ""
    version = nil
    title = ""
    languages = []
    warnings = []
  }
}
