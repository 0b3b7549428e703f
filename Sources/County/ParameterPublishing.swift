// Policy parameters (政策参数) of a county: a file of dated values becomes records of list `parameter`, which every laptop reads from the
// feed. A value is never changed: a new figure is a new day it holds from, so what an old visit concluded stays what it was.

internal import Foundation
internal import PolicyFiles
public import Relief
internal import Wire

extension County {
  /// Publishes what a file states (seeds/policy has the shape; docs/screening.md the names).
  /// - Returns: rows are dated values; the same file again writes nothing. A value that stood for the same day and is another one now is
  ///   among the changes.
  /// - Throws: `parameters` naming line and key, and nothing is written.
  public func publishParameters(_ file: [UInt8], source: String) async throws(CountyFault) -> ImportReport {
    let stated: PolicyParameters
    do { stated = try ParameterFile.read(file, name: source) } catch { throw .parameters(CaseSentence.of(error)) }
    return try await writing { () async throws(CountyFault) in
      let before = try await own(.parameter)
      var scribe = Scribe(self)
      let origin = ImportSource(name: source, batch: surroundings.uuid())
      var report = ImportReport()
      var records: [Record] = []
      for parameter in PolicyParameter.allCases {
        for value in stated.stated(of: parameter) {
          report.rows += 1
          guard let news = Self.newsAlsoEmptied(fact(of: value, parameter), beside: before) else {
            report.unchanged += 1
            continue
          }
          let stood = before.entity(FactList.parameter, news.entity)?.fields["value"]?.value
          if let stood, stood != value.value {
            report.changes.append(
              ParameterChange(parameter: parameter, from: value.from?.description ?? "", old: stood, new: value.value))
          }
          records.append(
            scribe.record(
              .parameter, division: configuration.division, supersedes: before.recordsSeen(household: nil, facts: [news]),
              facts: [news], body: origin.body(line: report.rows)))
        }
      }
      report.written = records.count
      return (records, report)
    }
  }

  /// Every parameter as this county's records have it on a day.
  public func parameters(on day: CivilDate? = nil) async throws(CountyFault) -> [ParameterState] {
    guard let day = day ?? today else { return [] }
    return try await own(.parameter).policyParameters.states(on: day)
  }

  /// The entity is the name and the first day: the same day stated again corrects what was stated.
  private func fact(of value: DatedValue, _ parameter: PolicyParameter) -> Fact {
    let from = value.from?.description ?? ""
    return Fact(
      list: FactList.parameter, entity: NamedID.make(county: configuration.id, kind: "parameter", [parameter.rawValue, from]),
      properties: [
        Property("name", parameter.rawValue), Property("from", from), Property("value", value.value),
        Property("source", value.source), Property("certainty", value.certainty.rawValue), Property("note", value.note),
      ])
  }
}
