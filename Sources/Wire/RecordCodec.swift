// A record as JSON text: the form in which it is sealed in a journal line and carried by the feed.

public import Relief

public enum RecordCodec {
  public static func encode(_ record: Record) throws(RecordFault) -> [UInt8] { [] }
  public static func decode(_ bytes: some Collection<UInt8>) throws(RecordFault) -> Record { throw .malformed(offset: 0) }
}

/// Why bytes are no record. Carries no text of the record.
public enum RecordFault: Error, Equatable, Sendable {
  /// Not JSON of a record; the byte where reading stopped.
  case malformed(offset: Int)
  /// A key that every record has is missing or has another kind of value.
  case badField(String)
  /// A limit of `Limits`, by name.
  case overLimit(String)
}
