// journal-bench — two ratios, each taken in one run on one file system:
//
//   save   one sealed 8 KiB record (write, fdatasync, HEAD pwrite, fdatasync) against two bare pwrite + fdatasync of as many bytes
//   open   open, verify and unseal 10 000 records of 2 KiB against SHA-256 and ChaCha20-Poly1305 over the same bytes
//
// Rounds of both sides alternate, so that a busy minute hits both. Medians and the 95th percentile are printed.

import Crypto
import Foundation
import Glibc
import Journal

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let time = try clock.measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

func quantile(_ times: [Double], _ part: Double) -> Double {
  let sorted = times.sorted()
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

func line(_ name: String, _ times: [Double]) {
  let median = quantile(times, 0.5) * 1e3
  let high = quantile(times, 0.95) * 1e3
  print(String(format: "%@  p50 %.3f ms  p95 %.3f ms  n %d", name, median, high, times.count))
}

guard CommandLine.arguments.count == 2 else {
  print("usage: journal-bench DIRECTORY (a new one is made inside it)")
  exit(2)
}
let root = CommandLine.arguments[1] + "/journal-bench-\(getpid())"
try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: root) }

let vault = try Vault.create(in: root, keyFile: root + "/bench.key")
let ingest = PrivateReaderKey()
let recovery = PrivateReaderKey()
let settings = JournalSettings(
  deviceID: "00000000-0000-4000-8000-000000000000", machine: "",
  readers: [
    ReaderKey(kind: .ingest, publicKey: ingest.publicKey), ReaderKey(kind: .recovery, publicKey: recovery.publicKey),
  ])

func bare(_ path: String) -> Int32 { unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600) }

func put(_ file: Int32, _ bytes: [UInt8], _ offset: Int) {
  let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
  guard written == bytes.count, fdatasync(file) == 0 else { fatalError("bare write failed") }
}

func save() throws {
  let journal = try Journal.open(directory: root + "/save", keys: vault.keys, settings: settings)
  let content = [UInt8](repeating: 0x41, count: 8188)
  let lineBytes = [UInt8](repeating: 0x42, count: 11_037)
  let slot = [UInt8](repeating: 0x43, count: 512)
  let data = bare(root + "/bare.data")
  let head = bare(root + "/bare.head")
  put(head, [UInt8](repeating: 0, count: 8192), 0)
  var offset = 0
  var ours: [Double] = []
  var theirs: [Double] = []
  for round in 0..<40 {
    for _ in 0..<25 { ours.append(try seconds { _ = try journal.append([content]) }) }
    for count in 0..<25 {
      theirs.append(
        seconds {
          put(data, lineBytes, offset)
          put(head, slot, (round * 25 + count) % 2 * 4096)
        })
      offset += lineBytes.count
    }
  }
  line("save: journal      ", ours)
  line("save: bare two syncs", theirs)
  print(String(format: "save: ratio of medians %.3f", quantile(ours, 0.5) / quantile(theirs, 0.5)))
  journal.close()
}

func openAll() throws {
  let directory = root + "/open"
  let count = 10_000
  let content = [UInt8](repeating: 0x41, count: 2044)
  let writer = try Journal.open(directory: directory, keys: vault.keys, settings: settings)
  for _ in 0..<100 { _ = try writer.append([[UInt8]](repeating: content, count: count / 100)) }
  // The same bytes: every line as it stands, and every sealed payload under a key of its own.
  let raw = try writer.rawLines(journalID: writer.journalID, from: 1, bytesMax: .max)
  let lines = (raw?.bytes ?? []).split(separator: 0x0A).map { Array($0) }.filter { $0[2] == 0x52 }
  writer.close()
  let key = SymmetricKey(size: .bits256)
  let aad = [UInt8](repeating: 1, count: 56)
  let boxes = try lines.map { _ in
    try ChaChaPoly.seal([UInt8](repeating: 0x41, count: 2048), using: key, authenticating: aad).combined
  }
  var ours: [Double] = []
  var opening: [Double] = []
  var theirs: [Double] = []
  for _ in 0..<9 {
    ours.append(
      try seconds {
        let reader = try JournalReader(directory: directory, keys: vault.keys)
        guard try reader.records().count == count else { fatalError("records are missing") }
      })
    opening.append(try seconds { _ = try JournalReader(directory: directory, keys: vault.keys) })
    theirs.append(
      try seconds {
        for line in lines { _ = SHA256.hash(data: line) }
        for box in boxes {
          _ = try ChaChaPoly.open(try ChaChaPoly.SealedBox(combined: box), using: key, authenticating: aad)
        }
      })
  }
  line("open: verify and unseal 10 000", ours)
  line("open: of that, verify alone   ", opening)
  line("open: SHA-256 + ChaChaPoly    ", theirs)
  print(String(format: "open: ratio of medians %.3f", quantile(ours, 0.5) / quantile(theirs, 0.5)))
}

try save()
try openAll()
