// YamlLimits: bounds of what is read as YAML, so that no file can eat the machine (docs/limits.md repeats them).

public enum YamlLimits {
  /// Bytes of one YAML text.
  public static let textBytes = 8 << 20
  /// How deep lists and maps may nest.
  public static let depth = 64
  /// Nodes of one text, what aliases repeat counted each time.
  public static let nodes = 1_000_000
}
