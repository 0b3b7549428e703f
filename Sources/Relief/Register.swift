// The register (台账): a fold over facts. One piece of code on a laptop (in memory) and at the county.
public struct Register: Sendable {
  public init() {}

  /// Takes a record in. Any order and any duplication gives the same register.
  public mutating func apply(_ record: Record, at place: Place? = nil) {}

  /// Takes many in: views are made once at the end.
  public mutating func apply(contentsOf records: some Sequence<(record: Record, place: Place?)>) {}
}
