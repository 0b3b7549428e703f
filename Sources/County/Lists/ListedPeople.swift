// Whom of the register a list names, and whom it leaves out of those that a model asks about (docs/warnings.md).

internal import Comparison
internal import Relief

/// Whom a list names.
struct ListedPeople {
  /// Those of its profile that ask whom it leaves out.
  let models: [WarningModel]
  /// By model: the list has rows of the sort it asks for at all.
  private(set) var speaks: [Bool]
  /// By model, persons whom such a row names or may name: who may be on a list is not missing from it.
  private(set) var named: [Set<String>]
  /// Of a list that says how things stand: by township, persons whom rows name by number, or by what is similar to nobody else.
  private(set) var surely: [Substring: Set<String>] = [:]
  private let isStanding: Bool

  init(_ profile: String) {
    models = WarningModels.unnamed(in: profile)
    speaks = models.map { _ in false }
    named = models.map { _ in [] }
    isStanding = WarningModels.standing.contains(profile)
  }

  /// A later list may say something instead of it.
  var mayBeOutdated: Bool { isStanding || !models.isEmpty }

  mutating func take(_ rows: [KeptRow], _ findings: Swift.Span<Comparison.Finding>, _ people: [RegisteredPerson]) {
    guard mayBeOutdated else { return }
    for place in models.indices where !speaks[place] {
      let trigger = models[place].trigger
      speaks[place] = rows.contains { trigger.reads($0.values) }
    }
    Comparison.Finding.each(findings, of: rows) { finding, row in
      let person = people[Int(finding.person)]
      for place in models.indices where models[place].trigger.reads(row.values) { named[place].insert(person.person) }
      if isStanding, !finding.isAnybodys { surely[person.township, default: []].insert(person.person) }
    }
  }
}

/// Of whom a model asks whether a list names them, by township.
struct AskedPeople {
  let model: WarningModel
  /// Whom its condition speaks of, whatever their household holds: any of them on a list shows that it is one of their township.
  private let everybody: [Substring: [RegisteredPerson]]
  /// Those of them who are looked for.
  private let lookedFor: [Substring: [RegisteredPerson]]

  /// - Parameter followed: households that hold a category, as far as their records may say so.
  init(_ model: WarningModel, _ people: [RegisteredPerson], _ followed: Set<String>) {
    self.model = model
    let meant = people.filter { model.condition != .severelyDisabled || $0.isSeverelyDisabled }
    everybody = Dictionary(grouping: meant.once, by: \.township)
    // Whom no row could have named (no number, no birth) is not missing from a list.
    let found = meant.filter { person in
      (model.audience != .covered || followed.contains(person.household))
        && ((try? IdentityNumber(person.number)) != nil || !person.birth.isEmpty)
    }
    lookedFor = Dictionary(grouping: found.once, by: \.township)
  }

  /// Where somebody is looked for.
  var townships: Set<Substring> { Set(lookedFor.keys) }

  func missing(_ township: Substring, from named: Set<String>) -> [RegisteredPerson] {
    (lookedFor[township] ?? []).filter { !named.contains($0.person) }
  }

  /// Somebody may be insured in another township than they live in: one row is no list of that township. It is one where it names at least
  /// as many people as it leaves out.
  func shares(of named: Set<String>) -> [TownshipShare] {
    lookedFor.keys.sorted().map { township in
      TownshipShare(
        model.code, township: String(township), named: (everybody[township] ?? []).count { named.contains($0.person) },
        missing: missing(township, from: named).count)
    }
  }
}

extension WarningModel.Trigger {
  /// Whether a row that says this is one of those that must name a person.
  fileprivate func reads(_ values: [String: String]) -> Bool {
    guard case .unnamed(let property?, let codes) = self else { return true }
    return values[property].map(codes.contains) ?? false
  }
}

extension Comparison.Finding {
  /// The row may mean several people, and nothing is made of it.
  var isAnybodys: Bool { outcome == .similar && isAmbiguous }

  /// Each finding with its row.
  /// - Parameter rows: those that the findings' lines are of, in their order.
  static func each(
    _ findings: Swift.Span<Comparison.Finding>, of rows: [KeptRow], _ body: (_ finding: Comparison.Finding, _ row: KeptRow) -> Void
  ) {
    var next = 0
    for index in findings.indices {
      let finding = findings[index]
      while next < rows.count, rows[next].line < Int(finding.line) { next += 1 }
      guard next < rows.count, rows[next].line == Int(finding.line) else { continue }
      body(finding, rows[next])
    }
  }
}
