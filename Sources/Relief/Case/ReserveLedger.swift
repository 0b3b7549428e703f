// 乡镇临时救助备用金 (R51): what was allocated, what was paid, what is left. Payouts are the `assistance` facts themselves: one
// truth, so the ledger cannot say anything else than the help given.

public struct ReserveLedger: Equatable, Sendable {
  public struct Line: Equatable, Sendable {
    public enum Kind: String, Sendable { case allocation, takenBack = "return", payout }

    public var entity: String
    public var kind: Kind
    public var date: CivilDate?
    /// Positive comes in, negative goes out.
    public var changeFen: Int64
    public var balanceFen: Int64
    public var household: String?
    public var emergency: String?

    /// More was paid than there was.
    public var isOverdrawn: Bool { balanceFen < 0 }
  }

  public var township: Division
  /// By date, what comes in before what goes out on one day; undated lines first.
  public var lines: [Line]
  /// Entities whose amount cannot be read, or would take the sum beyond what can be counted: not in the balance.
  public var unreadable: [String]

  public var balance: Money { Money(fen: lines.last?.balanceFen ?? 0) }
  /// The first line at which there was less than nothing.
  public var firstOverdrawn: Line? { lines.first(where: \.isOverdrawn) }
}

extension Register {
  /// The ledger of one township (9 digits).
  public func reserve(of township: Division) -> ReserveLedger {
    var unsorted: [ReserveLedger.Line] = []
    var unreadable: [String] = []
    for row in rows(of: FactList.fund) where stands(row, FactList.fund, in: township) {
      let kind: ReserveLedger.Line.Kind = row.value("kind") == "return" ? .takenBack : .allocation
      add(row, kind, &unsorted, &unreadable)
    }
    for row in rows(of: FactList.assistance)
    where row.value("funding") == "reserve" && stands(row, FactList.assistance, in: township) {
      add(row, .payout, &unsorted, &unreadable)
    }
    unsorted.sort { left, right in
      let one = (left.date?.dayNumber ?? .min, left.changeFen < 0 ? 1 : 0, left.entity)
      return one < (right.date?.dayNumber ?? .min, right.changeFen < 0 ? 1 : 0, right.entity)
    }
    var balance: Int64 = 0
    var lines: [ReserveLedger.Line] = []
    for var line in unsorted {
      let (sum, overflow) = balance.addingReportingOverflow(line.changeFen)
      if overflow {
        unreadable.append(line.entity)
        continue
      }
      balance = sum
      line.balanceFen = sum
      lines.append(line)
    }
    return ReserveLedger(township: township, lines: lines, unreadable: unreadable.sorted())
  }

  private func add(
    _ row: Entity, _ kind: ReserveLedger.Line.Kind, _ lines: inout [ReserveLedger.Line], _ unreadable: inout [String]
  ) {
    guard let amount = row.value("amount_fen").flatMap({ Money(fen: $0) }), amount.fen >= 0 else {
      unreadable.append(row.id)
      return
    }
    lines.append(
      ReserveLedger.Line(
        entity: row.id, kind: kind, date: row.value("date").flatMap { CivilDate($0) },
        changeFen: kind == .allocation ? amount.fen : -amount.fen, balanceFen: 0, household: row.value("household"),
        emergency: row.value("emergency")))
  }

  private func stands(_ row: Entity, _ list: String, in township: Division) -> Bool {
    let stated = row.value("division").flatMap { Division($0) }
    return (stated ?? division(of: list, row.id)).map { township.contains($0) } ?? false
  }
}
