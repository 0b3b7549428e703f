// A file of seeds/policy: every parameter of one theme with its dated values.

public import Relief
public import Yaml

public enum ParameterFile {
  /// The values of a file, put over what held before.
  public static func read(
    _ bytes: [UInt8], name: String, onto parameters: PolicyParameters = PolicyParameters()
  ) throws(CaseFault) -> PolicyParameters {
    let documents: [YamlNode]
    do { documents = try YamlNode.documents(bytes) } catch {
      throw CaseFault(file: name, line: error.line, key: "", kind: .yaml(error.kind))
    }
    var parameters = parameters
    for document in documents where !document.isNull {
      guard let entries = document.entries else {
        throw CaseFault(file: name, line: document.line, key: "", kind: .wrongShape(.map))
      }
      parameters = try ParameterReader(name).read(entries, onto: parameters)
    }
    return parameters
  }

  /// Names of the parameters a file speaks of, in its order: for whoever checks that none is forgotten.
  public static func names(_ bytes: [UInt8]) throws(YamlFault) -> [String] {
    try YamlNode.documents(bytes).flatMap { $0.entries?.map(\.key) ?? [] }
  }
}
