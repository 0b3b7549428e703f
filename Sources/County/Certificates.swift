// The county's own certificate authority and the server's certificate under it.
//
// Laptops trust this authority and no other: the paper slip carries its fingerprint, so the first contact is already
// safe. ASVS 12.2.2 wants publicly trusted certificates on internet-facing services; 12.3.4 allows an internal
// authority where it is the only one trusted, which is our case. P-256 with ECDSA-SHA256: every TLS library of the
// field has it.

internal import Crypto
internal import Foundation
internal import SwiftASN1
internal import X509

struct CertificateAuthority {
  static let years = 10
  /// A server's certificate lives shorter than a year, so that renewing it stays a practised act.
  static let serverDays = 360

  var certificate: Certificate
  var key: P256.Signing.PrivateKey

  /// A new authority for the county of this name.
  init(county: String, now: Date) throws(CountyFault) {
    let key = P256.Signing.PrivateKey()
    self.key = key
    do {
      let name = try DistinguishedName {
        CountryName("CN")
        OrganizationName(county)
        CommonName("\(county) zoufang CA")
      }
      certificate = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
        // A laptop's clock may be behind; a day of grace costs nothing.
        notValidBefore: now - 86_400, notValidAfter: now + Double(Self.years) * 365.25 * 86_400,
        issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try .init {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
        },
        issuerPrivateKey: .init(key))
    } catch {
      throw .certificate(detail: String(describing: error))
    }
  }

  init(certificatePEM: String, keyPEM: String) throws(CountyFault) {
    do {
      certificate = try Certificate(pemEncoded: certificatePEM)
      key = try P256.Signing.PrivateKey(pemRepresentation: keyPEM)
    } catch {
      throw .certificate(detail: String(describing: error))
    }
  }

  var pem: String {
    get throws(CountyFault) { try Self.pem(of: certificate) }
  }

  /// A server certificate for these names and addresses, with its key, both as PEM.
  func issueServer(
    hosts: [String], addresses: [String], now: Date
  ) throws(CountyFault) -> (certificate: String, key: String) {
    var names: [GeneralName] = []
    for host in hosts {
      guard Self.isHostName(host) else { throw .badHost(host) }
      names.append(.dnsName(host))
    }
    for address in addresses {
      guard let bytes = Self.addressBytes(address) else { throw .badAddress(address) }
      names.append(.ipAddress(ASN1OctetString(contentBytes: bytes[...])))
    }
    let serverKey = P256.Signing.PrivateKey()
    do {
      let leaf = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: .init(serverKey.publicKey),
        notValidBefore: now - 86_400, notValidAfter: now + Double(Self.serverDays) * 86_400,
        issuer: certificate.subject,
        subject: try DistinguishedName { CommonName(hosts.first ?? addresses.first ?? "zoufangd") },
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try .init {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([.serverAuth])
          SubjectAlternativeNames(names)
          AuthorityKeyIdentifier(
            keyIdentifier: SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey)).keyIdentifier)
        },
        issuerPrivateKey: .init(key))
      return (try Self.pem(of: leaf), serverKey.pemRepresentation)
    } catch let fault as CountyFault {
      throw fault
    } catch {
      throw .certificate(detail: String(describing: error))
    }
  }

  private static func pem(of certificate: Certificate) throws(CountyFault) -> String {
    do {
      return try certificate.serializeAsPEM().pemString + "\n"
    } catch {
      throw .certificate(detail: String(describing: error))
    }
  }

  /// SHA-256 of the DER of a certificate, lower-case hex: what `sha256sum` of the DER file and browsers show.
  static func fingerprint(ofPEM pem: String) throws(CountyFault) -> [UInt8] {
    do {
      let der = try PEMDocument(pemString: pem).derBytes
      return [UInt8](SHA256.hash(data: der))
    } catch {
      throw .certificate(detail: String(describing: error))
    }
  }

  /// Letters, digits, hyphens and dots (RFC 1123).
  static func isHostName(_ text: String) -> Bool {
    guard (1...253).contains(text.utf8.count) else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { byte in
          (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
        }
    }
  }

  /// Network bytes of an IPv4 (4) or IPv6 (16) address.
  static func addressBytes(_ text: String) -> [UInt8]? {
    var four = in_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      return unsafe withUnsafeBytes(of: four.s_addr) { unsafe [UInt8]($0) }
    }
    var six = in6_addr()
    if unsafe inet_pton(AF_INET6, text, &six) == 1 {
      return unsafe withUnsafeBytes(of: &six) { unsafe [UInt8]($0) }
    }
    return nil
  }
}
