import Testing
@testable import Journal

@Suite struct LineTests {
  @Test func crcOfTheStandardCheckString() { #expect(RawBytes.crc32c(Array("123456789".utf8)) == 0xE306_9283) }
}
