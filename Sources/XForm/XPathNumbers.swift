// Functions of numbers, and lists of conditions.

extension XPathCall {
  func numeric() throws(XPathFault) -> XPathAtom {
    switch function {
    case .random: return .number(XPathCall.fraction(environment.random()))
    case .pi: return .number(.pi)
    case .int: return .number(XPathNumber.truncated(try number(0)))
    case .round:
      return .number(XPathNumber.round(try number(0), places: count == 2 ? XPathNumber.int(try number(1)) : 0))
    case .pow: return .number(XPathMath.power(try fractional(0), try fractional(1)))
    case .atan2: return .number(XPathMath.angle(try fractional(0), try fractional(1)))
    case .sum:
      let values = try nodes(0).map { atom(of: $0).number(offset: offset) }
      return .number(values.filter { !$0.isNaN }.reduce(0, +))
    case .max, .min:
      let values = try flattened(from: 0).map { $0.number(offset: offset) }.filter { !$0.isNaN }
      return .number((function == .max ? values.max() : values.min()) ?? .nan)
    case .checklist: return try checklist()
    case .weightedChecklist: return try weightedChecklist()
    default: return .number(XPathMath.unary(function, try fractional(0)) ?? .nan)
    }
  }

  /// A number; a date keeps its time of day here.
  private func fractional(_ at: Int) throws(XPathFault) -> Double {
    let value = try atom(at)
    if case .date(let instant) = value { return Double(instant.days) + instant.fractionOfDay }
    return value.number(offset: offset)
  }

  private func checklist() throws(XPathFault) -> XPathAtom {
    let (least, most) = (XPathNumber.int(try number(0)), XPathNumber.int(try number(1)))
    let holding = try flattened(from: 2).filter(\.boolean).count
    return .boolean((least < 0 || holding >= least) && (most < 0 || holding <= most))
  }

  private func weightedChecklist() throws(XPathFault) -> XPathAtom {
    let (least, most) = (try number(0), try number(1))
    var sum = 0.0
    if count == 4, let flags = try nodesIfAny(2), let weights = try nodesIfAny(3) {
      guard flags.count == weights.count else { throw argument(3, .outOfRange) }
      for (flag, weight) in zip(flags, weights) where atom(of: flag).boolean {
        sum += atom(of: weight).number(offset: offset)
      }
    } else {
      for at in stride(from: 2, to: count - 1, by: 2) where try boolean(at) { sum += try number(at + 1) }
    }
    return .boolean((least == -1 || sum >= least) && (most == -1 || sum <= most))
  }
}
