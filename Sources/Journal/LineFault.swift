// LineFault — why bytes are not the line that was expected. Facts only; a sentence is made by whoever shows it.

/// What is wrong with one line, or with its place in the journal.
public enum LineFault: Error, Equatable, Sendable {
  /// The bytes do not have the shape of a line (magic, field widths, separators, base64url, line feed).
  case malformed
  /// The line says a format major that this program does not know; the value is the digit, as a number.
  case newerFormat(major: Int)
  /// The payload is longer than ``JournalLimits/payloadCharactersMax``.
  case tooLong(characters: Int)
  /// CRC32C over the line does not give the number at its end.
  case badChecksum
  /// The line is whole, but does not follow the line before it.
  case badChain(seq: UInt64)
  /// The number is not the one that comes next.
  case unexpectedSeq(expected: UInt64, found: UInt64)
  /// A record came before any header: nothing says which segment it belongs to.
  case headerMissing
  /// A header's JSON cannot be read, or a field of it cannot be.
  case badHeader
  /// A header's or a checkpoint's signature does not fit the key.
  case badSignature
  /// The header belongs to another journal than the one being checked.
  case otherJournal
  /// The header names features that must be understood and are not.
  case unknownFeatures([String])
  /// The segment before was not the one this header continues, or not up to that place.
  case doesNotContinue
}
