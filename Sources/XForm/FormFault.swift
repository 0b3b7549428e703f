// FormFault: what is wrong with a form or a stored instance: the file, the line, the node and a reason made of facts.
// No sentences here: the screens and the command line say it in their own words.

public struct FormFault: Error, Equatable, Sendable {
  /// Name the caller gave the document ("household-visit.xml"), or the attachment's name.
  public var file: String
  /// 1-based; 0 where no line is known.
  public var line: Int
  /// The element or reference: "bind /data/age".
  public var node: String
  public var reason: Reason

  public init(file: String, line: Int, node: String, reason: Reason) {
    self.file = file
    self.line = line
    self.node = node
    self.reason = reason
  }

  public enum Reason: Equatable, Sendable {
    /// The XML parser's own word for what it met.
    case notXML(String)
    case documentTypeRefused
    case tooLarge(limit: Int)
    case tooDeep(limit: Int)
    case missingElement(String)
    case missingAttribute(String)
    case badAttribute(name: String, value: String)
    /// A reference that is not an absolute or relative path of names.
    case badReference(String)
    /// A reference to a node that the primary instance does not have.
    case noSuchNode(String)
    case noSuchInstance(String)
    case missingAttachment(String)
    case badAttachment(String)
    case duplicateBind(String)
    case duplicateInstance(String)
    case duplicateTranslation(language: String, id: String)
    case missingTranslation(String)
    /// An XPath expression that cannot be read; `detail` is the XPath fault's own text, `attribute` where it stood.
    case badExpression(attribute: String, expression: String, detail: String)
    /// Calculations that need each other, as generic paths in the order of the circle.
    case cycle([String])
    case unsupportedEntitiesVersion(String)
    case encryptedForm
    case wrongForm(expected: String, found: String)
    case instanceTooLarge(limit: Int)
    // Warnings (the form still works).
    case unknownElement(String)
    case unknownAttribute(String)
    case unknownDataType(String)
    case unsupported(String)
    case secondModelIgnored
    case questionWithoutNode(String)
  }
}
