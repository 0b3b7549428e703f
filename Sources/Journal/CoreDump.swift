// CoreDump — a crash must not leave keys, or what was typed, in a file. Both programs say so first thing, whatever the command.

internal import Glibc

public enum CoreDump {
  /// From here on this process leaves no core dump, and nothing it starts may change that.
  public static func refuse() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
