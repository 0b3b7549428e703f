import Testing
import Wire

@testable import Laptop

/// The id of a name is the same on every laptop of a county and at the county itself.
@Suite struct NamedIDTests {
  /// Counted apart: `printf 'county-1\nsweep\nh-1\n日常排查\n2026-11-24' | sha256sum`, first 16 bytes, version and variant set.
  @Test func isTheHashOfItsParts() {
    #expect(NamedID.make(in: "county-1", kind: "sweep", ["h-1", "日常排查", "2026-11-24"]) == "e268de70-cd7c-8f66-8854-52b9d189c76a")
  }

  @Test func differsWithEveryPart() {
    let all = [
      NamedID.make(in: "a", kind: "sweep", ["h", "c", "d"]), NamedID.make(in: "b", kind: "sweep", ["h", "c", "d"]),
      NamedID.make(in: "a", kind: "household", ["h", "c", "d"]), NamedID.make(in: "a", kind: "sweep", ["h", "c", "e"]),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test func tooShortAHashGivesNone() { #expect(NamedID(county: "a", kind: "b", ["c"]).uuid(sha256: [1, 2, 3]) == nil) }
}
