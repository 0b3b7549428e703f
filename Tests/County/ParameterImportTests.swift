// A county's figures: stated once, never changed behind an old visit's back.

import Foundation
import Relief
import Testing

@testable import County

@Suite("Policy parameters of a county")
struct ParameterImportTests {
  private func publish(_ at: TestCounty, _ text: String) async throws -> ImportReport {
    try await at.county.publishParameters(Array(text.utf8), source: "标准.yaml")
  }

  private func standard(_ at: TestCounty, on day: String) async throws -> ParameterState? {
    try await at.county.parameters(on: CivilDate(day)).first { $0.parameter == .lbStandardRural }
  }

  private let two = """
    lb_standard_rural:
      - {value: 7200/year, from: 2024-01-01, source: 县政府文件}
      - {value: 7560/year, from: 2026-01-01, source: 县政府文件}
    """

  @Test("each day has the figure that held on it, and the file again writes nothing")
  func dated() async throws {
    let at = try await TestCounty()
    #expect(try await publish(at, two) == ImportReport(rows: 2, written: 2, unchanged: 0))
    #expect(try await standard(at, on: "2025-12-31")?.text == "7200/year")
    #expect(try await standard(at, on: "2026-01-01")?.text == "7560/year")
    #expect(try await standard(at, on: "2023-12-31")?.value == nil, "before the first day nothing is set")
    #expect(try await publish(at, two) == ImportReport(rows: 2, written: 0, unchanged: 2))
  }

  @Test("the same day stated again corrects the figure; 未设定 takes it away from that day")
  func corrected() async throws {
    let at = try await TestCounty()
    _ = try await publish(at, two)
    let corrected = two.replacingOccurrences(of: "7560", with: "7680")
    #expect(try await publish(at, corrected).written == 1)
    let state = try await standard(at, on: "2026-06-01")
    #expect(state?.text == "7680/year", "corrected, not contested")
    #expect(state?.source == "县政府文件")
    _ = try await publish(at, "lb_standard_rural:\n  - {value: 未设定, from: 2026-01-01, source: 撤回}")
    #expect(try await standard(at, on: "2026-06-01")?.standing == .unset)
    #expect(try await standard(at, on: "2025-06-01")?.text == "7200/year")
  }

  @Test("a slip names its line, and nothing of the file is published")
  func slip() async throws {
    let at = try await TestCounty()
    var said = ""
    do { _ = try await publish(at, two + "\nlb_standart_urban: 9600/year") } catch CountyFault.parameters(let sentence) { said = sentence }
    #expect(said.hasPrefix("标准.yaml:4 lb_standart_urban："), "\(said)")
    #expect(try await standard(at, on: "2026-01-01")?.value == nil)
  }
}
