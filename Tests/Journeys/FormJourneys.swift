// The commands for whoever writes forms, as they are run at a shell.

import Support
import Testing

extension Journeys {
  @Suite struct Forms {
    @Test("Steps saved by an editor of Windows are as many as the same steps saved by another")
    func lineEnds() throws {
      let home = try TemporaryDirectory()
      let form = """
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model>\
        <instance><data id="t"><a/></data></instance><bind nodeset="/data/a" type="string"/></model></h:head>\
        <h:body><input ref="/data/a"><label>a</label></input></h:body></h:html>
        """
      let steps = ["甲", "乙"].map { "{\"op\":\"answer\",\"ref\":\"/data/a[0]\",\"value\":\"\($0)\"}" }
      try Files.write(form, to: home.path + "/t.xml")
      try Files.write(steps.map { $0 + "\n" }.joined(), to: home.path + "/unix.jsonl")
      try Files.write(steps.map { $0 + "\r\n" }.joined(), to: home.path + "/windows.jsonl")
      func replay(_ name: String) throws -> String {
        try Command.run("zoufang", ["form", "replay", home.path + "/t.xml", home.path + "/" + name])
      }
      let said = try replay("unix.jsonl")
      #expect(said.contains("<a>乙</a>"), "\(said)")
      #expect(try replay("windows.jsonl") == said)
    }
  }
}
