// T-PROP: property is 符合, 不符合 or 待核对; it is 待核对 until a 核对报告 or a clerk has said otherwise (2.3). What the village
// has seen decides nothing.
//
// Decisions, each with cases under Tests/Policy/cases:
//  * 待核对 is unknown, not failed (2.11 decision 2): a rule that needs property to stand, or not to fail, is then 待核.
//  * An item under an exemption does not fail by itself. A finding that contradicts its own items is 待核: 不符合 where every
//    item is exempt, 符合 where one is not.

extension PropertyInput {
  func judgement(_ standard: Standard) -> Judgement {
    let open = Judgement.missing(.property)
    guard finder != .village else { return open }
    let fails = items.contains { $0.exemption == Item.noExemption }
    let allExempt = !items.isEmpty && items.allSatisfy { $0.exemption.map { $0 != Item.noExemption } ?? false }
    switch results[standard] {
    case .pass: return fails ? open : .met
    case .fail: return allExempt ? open : .notMet
    case .pending: return open
    case nil: return fails ? .notMet : open
    }
  }
}

extension Worksheet {
  func propertyResult() -> ScreeningResult {
    var draft = ResultDraft(.property, self)
    let stated = PropertyInput.Standard.allCases.filter { input.property.results[$0] != nil }
    let standards = stated.isEmpty ? [.lb] : stated
    let parts = standards.map { draft.part(.property, property($0, &draft)) }
    return draft.finish(.all(parts))
  }

  func propertyItemsResult() -> ScreeningResult {
    var draft = ResultDraft(.propertyItems, self)
    let parts = input.property.items.map { item in
      draft.look(at: .propertyItem, of: item.kind, item.exemption)
      let exempt = item.exemption.map { Judgement.of($0 != PropertyInput.Item.noExemption) }
      let decided = input.property.finder != .village || exempt == .met
      return draft.part(.item, (decided ? exempt : nil) ?? .missing(.propertyItem, of: item.kind))
    }
    return draft.finish(.all(parts))
  }
}
