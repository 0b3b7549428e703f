// Our reader and writer of tables as a program, for script/interop: what another program (openpyxl) makes of our bytes, and we of its.
//
//   TableProbe write IN.csv OUT.xlsx [OUT.csv]   the first line names the columns; `name:fen`, `name:date`, `name:int` type their cells
//   TableProbe time FILE                         rows, seconds, and the most memory the process held (release build: docs/tables.md)
//   TableProbe read FILE [SHEET]                 a line a cell: row TAB column TAB kind TAB findings TAB text, with \n and \t for breaks

import FoundationEssentials
import Glibc
import Tables

struct Misuse: Error {}

func bytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }

func value(_ text: String, _ type: Substring) throws -> TableValue {
  guard !text.isEmpty else { return .empty }
  switch type {
  case "fen", "int":
    guard let number = Int64(text) else { throw Misuse() }
    return type == "fen" ? .amountFen(number) : .integer(number)
  case "date":
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { throw Misuse() }
    return .date(year: parts[0], month: parts[1], day: parts[2])
  default: return .text(text)
  }
}

func write(_ source: String, _ workbook: String, _ csv: String?) throws {
  var reader = try CSVReader(bytes(source), delimiter: .comma)
  guard try reader.next() else { throw Misuse() }
  let names = reader.texts().map { $0.split(separator: ":") }
  let head = SheetHead(name: "名单", title: "名单标题", columns: names.map { TableColumn(String($0[0]), width: 20) }, footer: "&C第 &P 页，共 &N 页")
  var sheet = Sheet(head, rows: [])
  while try reader.next() {
    sheet.rows.append(try zip(reader.texts(), names).map { try value($0, $1.count > 1 ? $1[1] : "text") })
  }
  try TableDocument([sheet]).write(to: workbook, created: 1_700_000_000)
  if let csv { try Data(sheet.csv()).write(to: URL(filePath: csv)) }
}

func read<Source: RowSource & ~Copyable>(_ table: inout Source) throws {
  let findings: [(CellFindings, String)] = [
    (.formula, "formula"), (.formulaWithoutValue, "formulaWithoutValue"), (.lostDigits, "lostDigits"), (.longNumber, "longNumber"),
    (.impossibleDate, "impossibleDate"), (.covered, "covered"), (.merged, "merged"), (.notANumber, "notANumber"),
  ]
  while try table.next() {
    let texts = table.texts()
    for (index, cell) in table.row.cells.enumerated() {
      let named = findings.filter { cell.findings.contains($0.0) }.map(\.1).joined(separator: ",")
      let text = texts[index].replacing("\n", with: "\\n").replacing("\t", with: "\\t")
      print("\(table.row.number)\t\(index + 1)\t\(cell.kind)\t\(named)\t\(text)")
    }
  }
}

func time(_ path: String) throws {
  let file = try bytes(path)
  let start = ContinuousClock.now
  var rows = 0, cells = 0
  if try TableFormat(of: file) == .csv {
    var reader = try CSVReader(file)
    while try reader.next() { (rows, cells) = (rows + 1, cells + reader.row.cells.count) }
  } else {
    let workbook = try Workbook(file)
    let reader = try SheetReader(workbook.sheet(), of: workbook)
    while try reader.next() { (rows, cells) = (rows + 1, cells + reader.row.cells.count) }
  }
  let took = ContinuousClock.now - start
  var usage = rusage()
  _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  print("\(rows) rows, \(cells) cells, \(took), \(usage.ru_maxrss) KB")
}

let words = CommandLine.arguments.dropFirst()
switch (words.first, words.count) {
case ("write", 3...4): try write(words[2], words[3], words.count > 3 ? words[4] : nil)
case ("time", 2): try time(words[2])
case ("read", 2...3):
  let file = try bytes(words[2])
  if try TableFormat(of: file) == .csv {
    var reader = try CSVReader(file)
    try read(&reader)
  } else {
    let workbook = try Workbook(file)
    var reader = try SheetReader(workbook.sheet(named: words.count > 2 ? words[3] : nil), of: workbook)
    try read(&reader)
  }
default: throw Misuse()
}
