// A CSV file mapped into memory, and rows of it as cells. Fast for what it meets here: a comma, and quotes where there are any.

import Comparison
import Glibc

/// Bytes that stay where they are until the program ends; shared between threads as what they are, an address and a length.
struct MappedFile: Sendable {
  private let address: UInt
  let count: Int

  init(_ path: String) {
    let file = unsafe open(path, O_RDONLY)
    var about = stat()
    guard file >= 0, unsafe fstat(file, &about) == 0 else { fatalError("cannot read \(path)") }
    count = Int(about.st_size)
    let base = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else { fatalError("cannot map \(path)") }
    address = UInt(bitPattern: base)
    close(file)
  }

  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    guard let base = unsafe UnsafePointer<UInt8>(bitPattern: address) else { fatalError("nothing is mapped") }
    return unsafe body(Span(_unsafeStart: base, count: count))
  }

  /// Where the next line begins after `place`.
  func lineStart(after place: Int) -> Int {
    guard place < count, let base = unsafe UnsafePointer<UInt8>(bitPattern: address) else { return count }
    guard let found = unsafe memchr(base + place, 10, count - place) else { return count }
    return Int(bitPattern: found) - Int(bitPattern: base) + 1
  }

  /// `parts` ranges of whole lines, the header left out.
  func parts(_ parts: Int) -> [Range<Int>] {
    var starts = [lineStart(after: 0)]
    for part in 1..<max(parts, 1) { starts.append(max(starts[0], lineStart(after: count / parts * part))) }
    starts.append(count)
    return zip(starts, starts.dropFirst()).map { $0..<max($0, $1) }
  }
}

/// Reads rows whose first columns are number, name, birth, village.
struct RowReader {
  private var place: Int
  private let end: Int
  /// The row's line end has been passed.
  private var isAtEnd = false
  private(set) var line: UInt32 = 0

  init(_ range: Range<Int>) {
    place = range.lowerBound
    end = range.upperBound
  }

  /// Fills `rows` with up to `count` rows; their lines count from 0. Birth and village are left out where nobody asks for them.
  mutating func fill(_ rows: inout [ListRow], _ count: Int, from file: MappedFile, _ bytes: Span<UInt8>, numbersOnly: Bool) {
    rows.removeAll(keepingCapacity: true)
    while rows.count < count, place < end {
      isAtEnd = false
      let number = cell(bytes)
      let name = cell(bytes)
      var row = ListRow(line: line, number: number, name: name)
      if !numbersOnly {
        row.birth = cell(bytes)
        row.village = cell(bytes)
      }
      if !isAtEnd { place = file.lineStart(after: place) }
      rows.append(row)
      line += 1
    }
  }

  /// The cell that begins here, without its quotes; at a line's end there are no more.
  @inline(__always) private mutating func cell(_ bytes: Span<UInt8>) -> Cell {
    if isAtEnd { return .missing }
    let isQuoted = place < end && bytes[place] == 34
    if isQuoted {
      place += 1
      let start = place
      while place < end, bytes[place] != 34 { place += 1 }
      let length = place - start
      while place < end, bytes[place] != 44, bytes[place] != 10 { place += 1 }
      pass(bytes)
      return Cell(start: UInt32(start), length: UInt32(length))
    }
    let start = place
    while place < end, bytes[place] != 44, bytes[place] != 10 { place += 1 }
    let length = place - start
    pass(bytes)
    return Cell(start: UInt32(start), length: UInt32(length))
  }

  /// Over the comma or the line end.
  @inline(__always) private mutating func pass(_ bytes: Span<UInt8>) {
    isAtEnd = place >= end || bytes[place] == 10
    if place < end { place += 1 }
  }
}
