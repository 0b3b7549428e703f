// journal-bench: two ratios, each taken inside one round on one file system.
//
//   journal-bench DIRECTORY ROUNDS        (a directory is made inside it and removed again)
//
//   save   one sealed 8 KiB record (write, fdatasync, HEAD pwrite, fdatasync) against two bare pwrite + fdatasync of as many bytes,
//          25 of each in a round, one after the other
//   open   open, verify and unseal 10 000 records of 2 KiB against SHA-256 and ChaCha20-Poly1305 over the same bytes, once each in a round
//
// The median of a round's ratios over the rounds is printed. Rounds whose floor is slower than 1.3 times the best are left out, because
// something else had the machine.

import Crypto
import Foundation
import Glibc
import Journal

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

func quantile(_ times: [Double], _ part: Double) -> Double {
  let sorted = times.sorted()
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

func median(_ times: [Double]) -> Double { quantile(times, 0.5) }

/// What one round measured: ours, and the floor of it.
struct Round {
  let ours: [Double]
  let floor: [Double]
  var ratio: Double { median(ours) / median(floor) }
}

/// Prints both sides and their ratio over the rounds that count.
func report(_ what: String, _ against: String, _ rounds: [Round]) {
  let best = rounds.map { median($0.floor) }.min() ?? 0
  let kept = rounds.filter { median($0.floor) <= 1.3 * best }
  func line(_ name: String, _ times: [Double]) {
    let padded = name.padding(toLength: 44, withPad: " ", startingAt: 0)
    print(String(format: "%@ p50 %8.3f ms  p95 %8.3f ms  n %d", padded, median(times) * 1e3, quantile(times, 0.95) * 1e3, times.count))
  }
  line(what, kept.flatMap(\.ours))
  line(against, kept.flatMap(\.floor))
  let ratios = kept.map(\.ratio)
  print(
    String(
      format: "ratio %.3f  [%.3f…%.3f], rounds kept %d/%d\n", median(ratios), ratios.min() ?? 0, ratios.max() ?? 0, kept.count, rounds.count))
}

guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]), count > 0 else {
  print("usage: journal-bench DIRECTORY ROUNDS (a directory is made inside it and removed again)")
  exit(2)
}
let root = CommandLine.arguments[1] + "/journal-bench-\(getpid())"
try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)

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

/// The lines of a journal's sealed records, as they stand on the disk.
func recordLines(_ journal: Journal) throws -> [[UInt8]] {
  let raw = try journal.rawLines(journalID: journal.journalID, from: 1, bytesMax: .max)
  return (raw?.bytes ?? []).split(separator: 0x0A).map { Array($0) }.filter { $0[2] == 0x52 }
}

func save() throws -> (rounds: [Round], bytes: Int) {
  let journal = try Journal.open(directory: root + "/save", keys: vault.keys, settings: settings)
  defer { journal.close() }
  let content = [UInt8](repeating: 0x41, count: 8188)
  _ = try journal.append([content])
  guard let line = try recordLines(journal).first else { fatalError("no record was written") }
  // Its own line end too: as many bytes as a record takes on the disk.
  let lineBytes = [UInt8](repeating: 0x42, count: line.count + 1)
  let slot = [UInt8](repeating: 0x43, count: 512)
  let data = bare(root + "/bare.data")
  let head = bare(root + "/bare.head")
  put(head, [UInt8](repeating: 0, count: 8192), 0)
  var offset = 0
  var rounds: [Round] = []
  for _ in 0..<count {
    var ours: [Double] = []
    var floor: [Double] = []
    // One after the other: what the disk does behind a sync falls on both alike.
    for number in 0..<25 {
      ours.append(try seconds { _ = try journal.append([content]) })
      floor.append(
        seconds {
          put(data, lineBytes, offset)
          put(head, slot, number % 2 * 4096)
        })
      offset += lineBytes.count
    }
    rounds.append(Round(ours: ours, floor: floor))
  }
  return (rounds, lineBytes.count)
}

func openAll() throws -> (whole: [Round], verify: [Round]) {
  let directory = root + "/open"
  let records = 10_000
  let content = [UInt8](repeating: 0x41, count: 2044)
  let writer = try Journal.open(directory: directory, keys: vault.keys, settings: settings)
  for _ in 0..<100 { _ = try writer.append([[UInt8]](repeating: content, count: records / 100)) }
  // The same bytes: every line as it stands, and every sealed payload.
  let lines = try recordLines(writer)
  writer.close()
  let key = SymmetricKey(size: .bits256)
  let authenticated = [UInt8](repeating: 1, count: 56)
  let boxes = try lines.map { _ in
    try ChaChaPoly.seal([UInt8](repeating: 0x41, count: 2048), using: key, authenticating: authenticated).combined
  }
  var whole: [Round] = []
  var verify: [Round] = []
  for _ in 0..<max(3, count / 4) {
    let ours = try seconds {
      let reader = try JournalReader(directory: directory, keys: vault.keys)
      guard try reader.records().count == records else { fatalError("records are missing") }
    }
    let opening = try seconds { _ = try JournalReader(directory: directory, keys: vault.keys) }
    let hashing = seconds { for line in lines { _ = SHA256.hash(data: line) } }
    let unsealing = try seconds {
      for box in boxes {
        _ = try ChaChaPoly.open(try ChaChaPoly.SealedBox(combined: box), using: key, authenticating: authenticated)
      }
    }
    whole.append(Round(ours: [ours], floor: [hashing + unsealing]))
    verify.append(Round(ours: [opening], floor: [hashing]))
  }
  return (whole, verify)
}

do {
  defer { try? FileManager.default.removeItem(atPath: root) }
  let (rounds, bytes) = try save()
  report("save a sealed visit of 8 KiB (\(bytes) bytes)", "two bare pwrite + fdatasync", rounds)
  let (whole, verify) = try openAll()
  report("open, verify, unseal 10 000 of 2 KiB", "SHA-256 + ChaChaPoly over the same", whole)
  report("of that, open and verify", "SHA-256 over the same", verify)
}
