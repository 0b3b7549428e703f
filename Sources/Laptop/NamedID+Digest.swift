// The hash a NamedID asks for, on the laptop's side.

internal import Crypto
public import Wire

extension NamedID {
  /// The id a name has in a county, as the county itself makes it.
  /// - Parameter county: the server's name of the grant.
  public static func make(in county: String, kind: String, _ name: [String]) -> String {
    let named = NamedID(county: county, kind: kind, name)
    return named.uuid(sha256: Array(SHA256.hash(data: Array(named.text.utf8)))) ?? ""
  }
}
