// What a visit must be to answer a warning (R16): asked when a step is typed, and again whenever the steps are folded, so that a visit that
// is withdrawn later, or that was made before anybody had warned, answers nothing.

struct WarningBasis {
  var household: String
  var raised: CivilDate?
  /// Those that whoever answers has seen.
  var findings: [Finding]
  /// Records of earlier answers, and the visits they rested on.
  var answers: [String]
  /// The day the last answer was sent back; nil: none was.
  var returned: CivilDate?

  /// It holds, or what amended it does; it was on the spot (线下: in the house or with neighbours, not by telephone) and met somebody, not
  /// before the warning was raised and not before the newest of its findings; and where the answer was sent back, it is a visit since then,
  /// not the one that was sent back.
  func isServed(by record: String, in register: Register) -> Bool {
    guard let standing = register.standingVersion(of: record), let visit = register.visitAlone(standing), visit.household == household,
      visit.isMet, let date = visit.date, let raised, date >= raised
    else { return false }
    guard visit.value("method") != "phone" else { return false }
    guard findings.allSatisfy({ $0.date.map { date >= $0 } ?? true }) else { return false }
    guard let returned else { return true }
    return !answers.contains(record) && date >= returned
  }
}

extension RiskWarning {
  /// As it stands now.
  var basis: WarningBasis {
    WarningBasis(
      household: household, raised: raised, findings: findings,
      answers: history.filter { $0.isMoving && $0.step.to == .answered }.flatMap { [$0.step.visit, $0.record] }.compactMap { $0 },
      returned: last(into: .returned)?.step.date)
  }
}
