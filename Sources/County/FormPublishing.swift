// Publishing a form: read by the form engine first, so that no laptop ever gets one that does not open; then a record
// like everything else. A version is published once: the same id and version with other content is refused.

internal import Derivation
internal import Foundation
internal import Relief
internal import XForm

/// What publishing did.
public struct PublishedFormReport: Sendable, Equatable {
  public var id: String
  public var version: String
  public var title: String
  /// SHA-256 of the file, hex; what a visit's form stamp names.
  public var hash: String
  /// False when the very same form was published before.
  public var isNew: Bool
  /// What the engine passes over in the form, a sentence each, with file, line and node.
  public var warnings: [String]
}

extension County {
  public func publishForm(_ file: [UInt8], name: String) async throws(CountyFault) -> PublishedFormReport {
    let form: FormDefinition
    do {
      form = try FormDefinition(parsing: file, name: name, attachments: EntityListFile.allEmpty)
    } catch {
      throw .form(FormSentence.of(error))
    }
    let hash = Hex.encode(Digest.sha256(file))
    let version = form.version ?? ""
    return try await writing { () async throws(CountyFault) in
      let before = try await guarded { try await store.records(.form) }.filter { $0.form?.id == form.id }
      let report = PublishedFormReport(
        id: form.id, version: version, title: form.title, hash: hash, isNew: true,
        warnings: form.warnings.map(FormSentence.of))
      for record in before where (record.form?.version ?? "") == version {
        guard record.form?.hash == hash else { throw .formVersionTaken(id: form.id, version: version) }
        var same = report
        same.isNew = false
        return ([], same)
      }
      let today = CountySurroundings.text(surroundings.now()).prefix(10)
      let fact = Fact(
        list: FactList.form, entity: form.id, label: form.title,
        properties: [
          Property("version", version), Property("hash", hash), Property("title", form.title),
          Property("from", String(today)),
        ].filter { !$0.value.isEmpty })
      var register = Register()
      register.apply(contentsOf: before.map { ($0, nil) })
      var scribe = Scribe(self)
      let record = scribe.record(
        .form, division: configuration.division, supersedes: register.recordsSeen(household: nil, facts: [fact]),
        facts: [fact], form: FormStamp(id: form.id, version: form.version, hash: hash),
        body: ["xform": String(decoding: file, as: UTF8.self)])
      return ([record], report)
    }
  }
}
