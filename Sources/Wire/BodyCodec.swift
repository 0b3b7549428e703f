// Control bodies to and from JSON bytes. Keys are sorted so that a transcript is the same every time.

import FoundationEssentials

public enum BodyCodec {
  /// A body that is not JSON of the expected shape.
  public struct Fault: Error, Equatable, Sendable {
    public init() {}
  }

  public static func encode(_ body: some Encodable) throws(Fault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(body)) } catch { throw Fault() }
  }

  public static func decode<Body: Decodable>(_ type: Body.Type = Body.self, from bytes: [UInt8]) throws(Fault) -> Body {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do { return try decoder.decode(type, from: Data(bytes)) } catch { throw Fault() }
  }
}
