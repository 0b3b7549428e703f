// DataDirectory: where each thing stands in one laptop's data directory (0700).
//
//     vault.key, vault.key.bak      the keys, under the passphrase
//     LOCK, HEAD, seg-….jnl         the own journal: what was typed here
//     drafts/<id>/                  a draft, itself a small journal
//     inbox/                        a journal of what was pulled from the county
//     sync/                         a journal of receipts: what the county has confirmed
//     letters/<device>/             a letter, itself a small journal: copies for one other laptop, sealed to it, that travel by stick
//     register.snap                 the register as it was at some moment, to be thrown away at will (RegisterSnapshot)
//     practice/                     the practice village, a data directory of its own
//
// The own journal has one writer, the typing program. inbox/, sync/ and letters/ have one writer, the sync process. Readers take no lock.

public import Journal

public struct DataDirectory: Equatable, Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  public var journal: String { path }
  public var inbox: String { path + "/inbox" }
  public var receipts: String { path + "/sync" }
  public var drafts: String { path + "/drafts" }
  public var letters: String { path + "/letters" }
  public var snapshot: String { path + "/register.snap" }
  public var practice: DataDirectory { DataDirectory(path + "/practice") }

  /// The directory of one draft; nil for an id that could lead elsewhere.
  public func draft(_ id: String) -> String? { DataDirectory.isID(id) ? drafts + "/" + id : nil }

  /// The directory of the letter to one device; nil for an id that could lead elsewhere.
  public func letter(to device: String) -> String? { DataDirectory.isID(device) ? letters + "/" + device : nil }

  public var hasVault: Bool { Vault.exists(in: path) }

  /// Makes the directory and every missing one above it, 0700.
  public func make(disk: some Disk) throws(LaptopFault) {
    var grown = path.hasPrefix("/") ? "" : "."
    do throws(DiskFault) {
      for part in path.split(separator: "/") {
        let above = grown.isEmpty ? "/" : grown
        grown += "/" + part
        if try disk.list(grown) == nil {
          try disk.makeDirectory(grown)
          try disk.syncDirectory(above)
        }
      }
    } catch { throw LaptopFault(error) }
  }

  /// Hexadecimal digits and dashes, 1…64 of them.
  static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
  }

  /// Every journal of the directory with a name for reports: its own, inbox, receipts, letters, drafts.
  public func journals(disk: some Disk) throws(LaptopFault) -> [(name: String, path: String)] {
    var found: [(name: String, path: String)] = [("journal", journal)]
    do throws(DiskFault) {
      for (name, place) in [("inbox", inbox), ("sync", receipts)] where try disk.list(place) != nil { found.append((name, place)) }
      for id in try (disk.list(letters) ?? []).sorted() where DataDirectory.isID(id) {
        found.append(("letters/" + id, letters + "/" + id))
      }
      for id in try (disk.list(drafts) ?? []).sorted() where DataDirectory.isID(id) {
        found.append(("drafts/" + id, drafts + "/" + id))
      }
    } catch { throw LaptopFault(error) }
    return found
  }
}
