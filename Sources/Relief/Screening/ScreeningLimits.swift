// ScreeningLimits: bounds of what screening takes for a figure (docs/screening.md).

public enum ScreeningLimits {
  /// One amount, in 分: a thousand million 元. A parameter beyond it is refused; an amount of a household beyond it is reckoned with and
  /// T-INC-3 asks to look at it again.
  public static let amountFenMax: Int64 = 100_000_000_000
  /// Members, and items of income, of spending, of property, that one household may have.
  public static let rowsMax = 2_000
}
