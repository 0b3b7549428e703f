// BlobPiece — a piece of an attachment as the content of a record: `B1`, a 2-byte big-endian length, that many bytes of JSON
// (which attachment, which piece), then at most 512 KiB of the attachment itself. A record's content that begins with `{` is
// a record; with `B1`, a piece. The visit names the SHA-256 of the whole.

/// One piece of an attachment.
public struct BlobPiece: Equatable, Sendable {
  /// JSON that says which attachment and which piece this is; at most 4 000 bytes.
  public var head: [UInt8]
  public var bytes: [UInt8]

  public static let headBytesMax = 4000

  public init(head: [UInt8], bytes: [UInt8]) {
    self.head = head
    self.bytes = bytes
  }

  /// The content of the record, or nil where head or bytes are too long.
  public var content: [UInt8]? {
    guard head.count <= BlobPiece.headBytesMax, bytes.count <= JournalLimits.blobPieceBytesMax else { return nil }
    return [0x42, 0x31, UInt8(head.count >> 8), UInt8(head.count & 255)] + head + bytes
  }

  /// The piece that a content holds; nil where it is none.
  public init?(content: [UInt8]) {
    guard content.count >= 4, content[0] == 0x42, content[1] == 0x31 else { return nil }
    let length = Int(content[2]) << 8 | Int(content[3])
    guard length <= BlobPiece.headBytesMax, content.count - 4 - length >= 0 else { return nil }
    head = Array(content[4..<4 + length])
    bytes = Array(content[(4 + length)...])
    guard bytes.count <= JournalLimits.blobPieceBytesMax else { return nil }
  }
}
