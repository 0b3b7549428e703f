// Words+Sync: what the county says of records it took and does not count yet, and of this machine's clock. The screens and the command
// line say it in the same words.

public enum ParkedWords {
  /// The reasons are those of docs/county.md.
  public static func sentence(_ code: String, _ count: Int) -> String { "\(count) 条县里已收下、暂不计入：\(reason(code))" }

  private static func reason(_ code: String) -> String {
    switch code {
    case "cannot_open": "县里打不开，请联系县里"
    case "not_a_record", "not_read", "unknown_type", "unknown_form": "县里的程序还不认得，请联系县里"
    case "outside_scope": "不在您负责的范围，请核对村和户"
    case "not_author": "署名不是您本人，请联系县里"
    case "not_allowed": "您的岗位不能写这种记录，请联系县里"
    case "waits": "它所依据的记录还没有到，到了会自动计入"
    case "id_taken": "编号和别的记录重了，请联系县里"
    case "cannot_apply": "县里入库出错，请联系县里"
    default: "原因 \(code)，请联系县里"
    }
  }
}

public enum ClockWords {
  /// `ahead`: the county's clock minus this machine's, in seconds.
  public static func sentence(_ ahead: Int) -> String {
    "本机时钟比县里\(ahead > 0 ? "慢" : "快") \(span(abs(ahead)))：请校准时钟，再同步一次"
  }

  private static func span(_ seconds: Int) -> String {
    switch seconds {
    case ..<7_200: "\(seconds / 60) 分钟"
    case ..<172_800: "\(seconds / 3600) 小时"
    default: "\(seconds / 86_400) 天"
    }
  }
}
