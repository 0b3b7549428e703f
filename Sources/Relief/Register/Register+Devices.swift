// Which device wrote when: what a county sees of the laptops that are out there.

extension Register {
  /// By device, the last day it wrote something that is here, as its own clock says. A pass over every record.
  public func lastWritten() -> [String: CivilDate] {
    var last: [String: String] = [:]
    for index in 0..<store.rows.count {
      let head = store.head(at: index)
      if last[head.device].map({ $0 < head.wall }) ?? true { last[head.device] = head.wall }
    }
    return last.compactMapValues { CivilDate(startOf: $0) }
  }
}
