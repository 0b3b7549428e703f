// Saved records that the disk lost are said by the program when it opens and by `journal verify`, until somebody confirms; a journal of a
// later version is not judged and not touched.

import Glibc
import Journal
import Laptop
import Screens
import Terminal
import Testing

@testable import zoufang

@Suite struct LossTests {
  /// The practice village with three records of its own, whose second one the disk then loses.
  static func damaged(_ room: Room) throws {
    var bench = try RunnerTests.practising(room)
    let laptop = try #require(bench.runner.laptop)
    for _ in 0..<3 {
      RunnerTests.typedVisit(&bench)
      bench.press(.function(10), .enter)
    }
    let saved = laptop.pendingUploadCount
    laptop.close()
    #expect(saved >= 3)
    let path = room.path + "/practice"
    let name = try #require(FolderListing.names(path).first { $0.hasSuffix(".jnl") })
    var bytes = try #require(SmallFile.read(path + "/" + name, bytesMax: 8 << 20))
    var starts: [Int] = []
    for index in bytes.indices.dropLast(4) where bytes[index..<index + 4].elementsEqual("J1R|".utf8) { starts.append(index) }
    bytes[starts[1] + 60] ^= 1
    try room.write(bytes, to: path + "/" + name)
  }

  @Test func theProgramSaysWhatIsLostAtEveryOpeningUntilSomebodyConfirms() throws {
    let room = try Room()
    try Self.damaged(room)
    for _ in 0..<2 {
      var bench = try RunnerTests.practising(room)
      #expect(bench.title.contains("有记录丢失"), "\(bench.text)")
      #expect(bench.text.contains("丢失 1 条保存过的记录：第 2 条"), "\(bench.text)")
      #expect(bench.text.contains("补录"))
      #expect(JournalSurvey(DataDirectory(room.path + "/practice")).code == 1)
      bench.press(.enter)
      #expect(bench.title.contains("今日走访"), "\(bench.text)")
      bench.runner.laptop?.close()
    }
    var bench = try RunnerTests.practising(room)
    bench.type("2")
    #expect(bench.title.contains("今日走访"), "\(bench.text)")
    bench.runner.laptop?.close()
    let survey = JournalSurvey(DataDirectory(room.path + "/practice"))
    #expect(survey.code == 0)
    #expect(survey.text.contains("丢失 1 条保存过的记录（第 2 条"), "\(survey.text)")
    #expect(survey.text.contains("已有人确认"))
    #expect(try RunnerTests.practising(room).title.contains("今日走访"))
  }

  @Test func aJournalOfALaterVersionIsTwoAndUntouched() throws {
    let room = try Room()
    try RunnerTests.practising(room).runner.laptop?.close()
    let path = room.path + "/practice"
    let later = Array("J2H|0000000001|0000004|AAAA|".utf8) + [UInt8](repeating: 65, count: 43) + Array("|00000000\n".utf8)
    let file = path + "/seg-0000000009-0a1b2c3d.jnl"
    try room.write(later, to: file)
    let names = FolderListing.names(path)
    let survey = JournalSurvey(DataDirectory(path))
    #expect(survey.code == 2)
    #expect(survey.text.contains("更新版本的程序写的"), "\(survey.text)")
    #expect(FolderListing.names(path) == names)
    #expect(SmallFile.read(file, bytesMax: 1000) == later)
  }
}
