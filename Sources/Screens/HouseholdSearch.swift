// HouseholdSearch: every household by name, pinyin and the end of a number, kept from one search to the next. Making it for a township
// takes longer than a key may; after a visit only the households it touched are indexed again, beside the large index.

internal import Pinyin
public import Relief

public struct HouseholdSearch: Sendable {
  private struct Side: Sendable {
    let index: NameIndex
    let names: NameColumn

    init(_ summaries: [HouseholdSummary]) {
      index = NameIndex(summaries)
      names = NameColumn(index.names)
    }

    func find(_ text: String, limit: Int, except: Set<String>) -> [NameIndex.Ranked] {
      let query = PinyinQuery(text)
      return index.ranked(text, limit: limit, except: except, named: { limit in
        names.find(query, limit: limit).map { ($0.place, $0.rank.rawValue) }
      })
    }
  }

  private var most: Side
  /// Households whose line is another one than in `most`, with the lines they have now.
  private var changed: Set<String> = []
  private var fresh: Side?
  /// The revision `most` is of, and the one all of it is of.
  private var base: Int
  private var revision: Int

  public init(_ register: Register) {
    most = Side(register.summaries())
    base = register.lineRevision
    revision = base
  }

  /// Takes in what changed. `register` must be the one this was made of, or a later state of it.
  public mutating func follow(_ register: Register) {
    guard register.lineRevision != revision else { return }
    guard let changed = register.households(changedSince: base), changed.count <= Limits.searchChangedMax else {
      self = HouseholdSearch(register)
      return
    }
    self.changed = changed
    fresh = Side(changed.compactMap { register.summary(of: $0) })
    revision = register.lineRevision
  }

  /// Each household once, best first.
  func find(_ text: String, limit: Int) -> [NameIndex.Found] {
    NameIndex.merged(
      most.find(text, limit: limit, except: changed), fresh?.find(text, limit: limit, except: []) ?? [], limit: limit)
  }
}
