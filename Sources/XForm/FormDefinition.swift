// FormDefinition: a form, read once and never changed: a value that any number of sessions share.

public struct FormDefinition: Sendable {
  public let id: String
  public let version: String?
  public let title: String
  /// itext languages, the default one first; empty where the form has no itext.
  public let languages: [String]
  /// What was met and not understood, kept untouched.
  public let warnings: [FormFault]
  /// Attributes of `<submission>` ("action", "method", "auto-send"…), kept and not acted on.
  public let submission: [String: String]
  /// "2025.1.0" where the form declares entities.
  public let entitiesVersion: String?
  /// Our own attributes of the primary instance's root element, by local name: what the whole form says of itself
  /// (`zf:record`, `zf:about`; docs/forms.md). They stay in every submission.
  public let marks: [String: String]
  /// The name given in faults.
  public let file: String

  let model: FormModel

  /// Reads an XForm. `name` is the name given in faults; `attachments` are the files its external instances name
  /// ("villages.csv" for jr://file-csv/villages.csv). Never keeps the bytes.
  public init(
    parsing document: [UInt8], name: String, attachments: [String: [UInt8]] = [:]
  ) throws(FormFault) {
    var reader = FormReader(file: name, attachments: attachments)
    try reader.read(document)
    id = reader.id
    version = reader.model.version
    title = reader.title
    languages = reader.model.translations.languages
    warnings = reader.warnings
    submission = reader.model.submission
    entitiesVersion = reader.model.entitiesVersion
    marks = reader.model.marks
    file = name
    model = reader.model
  }

  /// The names of the files that a form's external instances need, without reading the rest of it.
  public static func attachmentNames(in document: [UInt8], name: String) throws(FormFault) -> [String] {
    let tree = try XMLReader.parse(document, name: name)
    var names: [String] = []
    for element in tree.elements where element.name.local == "instance" {
      guard let source = element.attributes.first(where: { $0.name.local == "src" })?.value,
        source != "jr://instance/last-saved", let file = source.split(separator: "/").last
      else { continue }
      names.append(String(file))
    }
    return names
  }
}
