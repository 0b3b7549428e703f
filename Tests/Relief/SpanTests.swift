import Testing

@testable import Relief

/// A figure that may be open: the sum in place is the sum.
@Suite struct SpanTests {
  static let spans: [Span] = [
    .zero, Span(whole: 5), Span(low: 0, high: 50_000, missing: [MissingInput(.income)]), .unknown(MissingInput(.incomeAmount, of: "a")),
    .unset(.rigidSpending), Span(low: -20_000, high: 20_000, missing: [MissingInput(.spending)], unset: [.employmentCost]),
    Span(low: 30_000, high: nil, missing: [MissingInput(.income)], unset: [.rigidSpending]),
  ]

  @Test func addingInPlaceIsAdding() {
    for left in Self.spans {
      for right in Self.spans {
        var sum = left
        sum += right
        #expect(sum == left + right, "\(left) \(right)")
      }
    }
    let all = Self.spans.reduce(into: Span.zero) { $0 += $1 }
    #expect(all == Self.spans.reduce(.zero, +) && all.missing.count == 3 && all.high == nil)
  }
}
