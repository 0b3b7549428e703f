// RecordNumbers — a set of record numbers, kept and written as ascending ranges: "5,9-12". Headers name lost records with it.

/// Numbers of records, in ascending ranges that do not touch.
public struct RecordNumbers: Hashable, Sendable {
  public private(set) var ranges: [ClosedRange<UInt64>]

  public init() { ranges = [] }

  public init(_ numbers: some Sequence<UInt64>) {
    ranges = []
    for number in numbers.sorted() {
      if let last = ranges.last, number <= last.upperBound { continue }
      if let last = ranges.last, number == last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
  }

  public init(_ range: ClosedRange<UInt64>) { ranges = [range] }

  /// Reads what `text` writes; nil for anything else.
  public init?(text: String) {
    ranges = []
    guard !text.isEmpty else { return }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
        last <= JournalLimits.recordsMax, ranges.last.map({ first > $0.upperBound + 1 }) ?? true,
        ranges.count < JournalLimits.lostRangesMax
      else { return nil }
      ranges.append(first...last)
    }
  }

  public var text: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }

  public var isEmpty: Bool { ranges.isEmpty }
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }

  public func contains(_ number: UInt64) -> Bool { ranges.contains { $0.contains(number) } }

  /// Every number, ascending.
  public var all: [UInt64] { ranges.flatMap { Array($0) } }

  public mutating func formUnion(_ other: RecordNumbers) {
    var all: [ClosedRange<UInt64>] = []
    for range in (ranges + other.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = all.last, range.lowerBound <= last.upperBound + 1 {
        all[all.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        all.append(range)
      }
    }
    ranges = all
  }

  public func subtracting(_ other: RecordNumbers) -> RecordNumbers {
    var left = ranges
    for hole in other.ranges {
      left = left.flatMap { range -> [ClosedRange<UInt64>] in
        guard range.overlaps(hole) else { return [range] }
        var parts: [ClosedRange<UInt64>] = []
        if range.lowerBound < hole.lowerBound { parts.append(range.lowerBound...hole.lowerBound - 1) }
        if range.upperBound > hole.upperBound { parts.append(hole.upperBound + 1...range.upperBound) }
        return parts
      }
    }
    var result = RecordNumbers()
    result.ranges = left
    return result
  }

  /// At most `lostRangesMax` ranges: the last one then reaches over the gaps behind it. A header has to fit its line, and naming
  /// a few too many is better than naming too few.
  var bounded: RecordNumbers {
    guard ranges.count > JournalLimits.lostRangesMax, let last = ranges.last else { return self }
    var result = self
    result.ranges = Array(ranges.prefix(JournalLimits.lostRangesMax - 1))
    result.ranges.append(ranges[JournalLimits.lostRangesMax - 1].lowerBound...last.upperBound)
    return result
  }
}

extension RecordNumbers: Codable {
  /// As its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let numbers = RecordNumbers(text: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no record numbers")
    }
    self = numbers
  }
}
