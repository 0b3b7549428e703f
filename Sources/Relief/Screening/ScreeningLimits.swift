// ScreeningLimits: bounds of what screening takes for a figure. Beyond them a figure is absurd, and stays unknown (docs/screening.md).

public enum ScreeningLimits {
  /// One amount, in 分: a thousand million 元.
  public static let amountFenMax: Int64 = 100_000_000_000
  /// Members, and items of income, of spending, of property, that one household may have.
  public static let rowsMax = 2_000
}
