// The county's keys, read once at start.

internal import Journal

struct CountyKeys: Sendable {
  /// Opens what laptops push.
  var ingest: PrivateReaderKey
  /// Signs grants; laptops keep its public half from enrolment on.
  var root: SigningKey
  /// Public half of the key in the safe.
  var recovery: [UInt8]
  var authorityPEM: String

  init(reading directory: CountyDirectory) throws(CountyFault) {
    func key(_ file: CountyDirectory.KeyFile) throws(CountyFault) -> [UInt8] {
      let text = String(decoding: try directory.read(file), as: UTF8.self)
      guard let bytes = Hex.decode(Table.trimmed(text)), bytes.count == 32 else {
        throw .badKey(path: directory.file(file))
      }
      return bytes
    }
    do {
      ingest = try PrivateReaderKey(raw: try key(.ingestKey))
    } catch {
      throw error as? CountyFault ?? .badKey(path: directory.file(.ingestKey))
    }
    do {
      root = try SigningKey(raw: try key(.rootKey))
    } catch {
      throw error as? CountyFault ?? .badKey(path: directory.file(.rootKey))
    }
    recovery = try key(.recovery)
    authorityPEM = String(decoding: try directory.read(.authority), as: UTF8.self)
  }

  /// Who reads everything that is written in this county.
  var readers: [ReaderKey] {
    [ReaderKey(kind: .ingest, publicKey: ingest.publicKey), ReaderKey(kind: .recovery, publicKey: recovery)]
  }
}
