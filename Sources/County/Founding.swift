// `init`: a whole county in one empty directory, or nothing. county.yaml is written last; without it there is no
// county.

internal import Crypto
internal import Foundation
internal import Journal

/// What a new county is told.
public struct FoundingOrder: Sendable {
  public var name: String
  public var division: String
  public var hosts: [String]
  public var addresses: [String]
  public var port: Int
  public var listen: String
  /// Where the private recovery key is left; nil: in the directory, under a name that says what to do with it.
  public var recoveryFile: String?

  public init(
    name: String, division: String = "", hosts: [String], addresses: [String] = [], port: Int = 8443,
    listen: String = "0.0.0.0", recoveryFile: String? = nil
  ) {
    self.name = name
    self.division = division
    self.hosts = hosts
    self.addresses = addresses
    self.port = port
    self.listen = listen
    self.recoveryFile = recoveryFile
  }
}

/// What `init` made, for the person who ran it.
public struct Founded: Sendable {
  public var configuration: CountyConfiguration
  /// SHA-256 of the CA's DER, hex.
  public var fingerprint: String
  public var recoveryFile: String
}

extension County {
  public static func found(
    _ directory: CountyDirectory, _ order: FoundingOrder, surroundings: CountySurroundings = .real
  ) async throws(CountyFault) -> Founded {
    guard !directory.isOccupied else { throw .directoryTaken(path: directory.path) }
    // A control character would make a county.yaml that nobody can read again.
    guard isPlain(order.name) else { throw .badCountyName }
    guard order.division.isEmpty || (order.division.count == 6 && DivisionCode.isCode(order.division)) else {
      throw .badDivision(order.division)
    }
    let authority = try CertificateAuthority(county: order.name, now: surroundings.now())
    // Before anything is written: wrong names and addresses show here.
    let server = try authority.issueServer(hosts: order.hosts, addresses: order.addresses, now: surroundings.now())
    let pem = try authority.pem
    let configuration = CountyConfiguration(
      name: order.name, id: surroundings.uuid(), division: order.division, hosts: order.hosts,
      addresses: order.addresses, port: order.port, listen: order.listen)

    try directory.createFolders()
    try directory.write(Array(pem.utf8), to: .authority)
    try directory.write(Array(authority.key.pemRepresentation.utf8), to: .authorityKey)
    try directory.write(Array(server.certificate.utf8), to: .server)
    try directory.write(Array(server.key.utf8), to: .serverKey)
    func hex(_ bytes: [UInt8]) -> [UInt8] { Array((Hex.encode(bytes) + "\n").utf8) }
    let ingest = PrivateReaderKey()
    try directory.write(hex(ingest.rawRepresentation), to: .ingestKey)
    try directory.write(hex(ingest.publicKey), to: .ingest)
    let root = SigningKey()
    try directory.write(hex(root.rawRepresentation), to: .rootKey)
    try directory.write(hex(root.publicKey), to: .root)
    let recovery = PrivateReaderKey()
    try directory.write(hex(recovery.publicKey), to: .recovery)
    let recoveryFile = order.recoveryFile ?? directory.recoveryToTakeAway
    try CountyDirectory.write(
      Array(recoveryText(recovery, county: order.name).utf8), to: recoveryFile, mode: 0o400)
    try CountyJournal.create(in: directory)
    try CountyDirectory.write(Array(configuration.yaml.utf8), to: directory.configuration, mode: 0o600)
    // The first opening makes the database and the county's own device.
    _ = try await County.open(directory, surroundings: surroundings)
    return Founded(
      configuration: configuration,
      fingerprint: Hex.encode(try CertificateAuthority.fingerprint(ofPEM: pem)), recoveryFile: recoveryFile)
  }

  private static func recoveryText(_ key: PrivateReaderKey, county: String) -> String {
    """
    走访 恢复私钥 · \(county)
    zoufang recovery key (X25519, private)

    这把钥匙能打开本县所有电脑上的记录，包括忘记口令的电脑。
    请立即拷到两个 U 盘或打印成纸，由两名保管人分开保存在保险柜里，
    然后从服务器上删除这个文件（shred -u 文件名）。服务端运行不需要它。

    key id  \(key.keyID)
    private \(Hex.encode(key.rawRepresentation))
    public  \(Hex.encode(key.publicKey))

    """
  }
}

/// Division codes as this room needs them: 2, 4, 6, 9 or 12 digits.
enum DivisionCode {
  static let lengths = [2, 4, 6, 9, 12]

  static func isCode(_ text: String) -> Bool {
    lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
