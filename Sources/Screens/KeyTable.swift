// KeyTable: the one table of keys. Screens ask it what a key means, the hint bar and docs/keys.md are made from it.
//
// Rules: no letter, no digit and no punctuation mark is a command (under a Chinese input method they open a preedit
// or arrive full-width); digits pick from what is on the screen. Every F-key has a Ctrl twin, because laptops hide
// the F-keys behind Fn and GNOME Terminal keeps F1, F10 and F11. Ctrl-C, Ctrl-Space and every combination fcitx or
// ibus uses are not commands.

public import Terminal

/// What a key asks for.
public enum Command: String, CaseIterable, Sendable {
  case accept, next, previous, nextSection, previousSection, up, down, pageUp, pageDown, first, last
  case back, help, force, find, sameAgain, unchanged, goTo, dayList, deleteRow, sync, finish, unmask
  case nextChoices, previousChoices, undo, redo, clear, forms, discard
  case pass, acknowledge, passClean, export, totals, print, ledgers
  case sweep, mark, writeList, moreDays, fewerDays, nextSpan, previousSpan
  case campaigns, planCampaign, writePlan, giveList, endCampaign, nextRound, previousRound
}

/// Where keys are pressed: which commands mean something there.
public enum KeyContext: String, CaseIterable, Sendable {
  /// A line of text outside a form: passphrase, code, search words, a reason.
  case text
  /// A list of households or visits.
  case list
  /// A field of the visit form that is typed.
  case field
  /// A field of the visit form that is chosen from a list.
  case choice
  /// The line of a member, or the line where one more is added.
  case row
  /// A question answered by a digit, a receipt, a page to read.
  case menu
  /// A visit shown for reading.
  case page
  /// The supervisor's list of the day.
  case evening
  /// One visit of it, beside the one before.
  case review
  /// A ledger: what waits, slips, the fund.
  case ledger
  /// A list to pick one thing from: a form, the next step of a case.
  case pick
  /// The ledger of red records.
  case redLedger
  /// The ledger of needs, which leaves as a file.
  case needsLedger
  /// A page of lines to read that can be printed: a household's history, the totals.
  case printable
  /// The list that is being made.
  case sweep
  /// Whose list is to be made: the villages of somebody with several.
  case villages
  /// 专项排查, a line each.
  case campaigns
  /// One of them.
  case campaign
  /// One that is being planned.
  case campaignPlan
  /// 督促调度: figures of some days.
  case supervision
  /// Where two typings of a paper form differ.
  case compare
  /// The help page.
  case help
}

public struct KeyBinding: Sendable {
  public var command: Command
  /// All keys that mean it; the first two are shown.
  public var keys: [Key]
  /// At most four Chinese characters.
  public var label: String
  public var contexts: Set<KeyContext>
  /// Contexts whose hint bar shows it.
  public var hinted: Set<KeyContext>
  /// One sentence for the help page and docs/keys.md.
  public var note: String
}

public enum KeyTable {
  public enum Meaning: Equatable, Sendable {
    case command(Command)
    /// The key means something, but not here.
    case elsewhere(Command)
    /// Not in the table: a character to type, or nothing.
    case none
  }

  public static let bindings: [KeyBinding] = moves + acts

  private static let everywhere = Set(KeyContext.allCases)
  private static let form: Set<KeyContext> = [.field, .choice, .row]
  private static let lists: Set<KeyContext> = [
    .list, .page, .help, .evening, .review, .ledger, .pick, .sweep, .supervision, .redLedger,
    .needsLedger, .printable, .compare, .villages, .campaigns, .campaign, .campaignPlan,
  ]

  private static let moves: [KeyBinding] = [
    KeyBinding(
      command: .accept, keys: [.enter], label: Words.Keys.accept, contexts: everywhere.subtracting([.sweep, .campaignPlan]),
      hinted: [.text, .list, .field, .choice, .row, .evening, .ledger, .redLedger, .pick, .villages, .campaigns, .campaign], note: Words.Keys.acceptNote),
    KeyBinding(
      command: .next, keys: [.tab, .down], label: Words.Keys.next, contexts: form.union([.text]), hinted: [],
      note: Words.Keys.nextNote),
    KeyBinding(
      command: .previous, keys: [.up, .backTab], label: Words.Keys.previous, contexts: form.union([.text]),
      hinted: [.field, .choice], note: Words.Keys.previousNote),
    KeyBinding(
      command: .nextSection, keys: [.pageDown], label: Words.Keys.nextSection, contexts: form, hinted: form,
      note: Words.Keys.nextSectionNote),
    KeyBinding(
      command: .previousSection, keys: [.pageUp], label: Words.Keys.previousSection, contexts: form, hinted: [],
      note: Words.Keys.previousSectionNote),
    KeyBinding(
      command: .nextChoices, keys: [.right], label: Words.Keys.nextChoices, contexts: [.choice], hinted: [],
      note: Words.Keys.nextChoicesNote),
    KeyBinding(
      command: .previousChoices, keys: [.left], label: Words.Keys.previousChoices, contexts: [.choice], hinted: [],
      note: Words.Keys.previousChoicesNote),
    KeyBinding(
      command: .up, keys: [.up, .backTab], label: Words.Keys.up, contexts: lists, hinted: [], note: Words.Keys.upNote),
    KeyBinding(
      command: .down, keys: [.down, .tab], label: Words.Keys.down, contexts: lists, hinted: [],
      note: Words.Keys.downNote),
    KeyBinding(
      command: .pageDown, keys: [.pageDown], label: Words.Keys.pageDown, contexts: lists,
      hinted: [.list, .page, .help],
      note: Words.Keys.pageDownNote),
    KeyBinding(
      command: .pageUp, keys: [.pageUp], label: Words.Keys.pageUp, contexts: lists, hinted: [],
      note: Words.Keys.pageUpNote),
    KeyBinding(
      command: .first, keys: [.home], label: Words.Keys.first, contexts: lists, hinted: [], note: Words.Keys.firstNote),
    KeyBinding(
      command: .last, keys: [.end], label: Words.Keys.last, contexts: lists, hinted: [], note: Words.Keys.lastNote),
    KeyBinding(
      command: .back, keys: [.escape], label: Words.Keys.back, contexts: everywhere, hinted: everywhere,
      note: Words.Keys.backNote),
  ]

  private static let acts: [KeyBinding] = [
    KeyBinding(
      command: .help, keys: [.function(1), .control("o")], label: Words.Keys.help, contexts: everywhere,
      hinted: everywhere, note: Words.Keys.helpNote),
    KeyBinding(
      command: .force, keys: [.function(2), .control("n")], label: Words.Keys.force, contexts: [.field, .choice],
      hinted: [], note: Words.Keys.forceNote),
    KeyBinding(
      command: .find, keys: [.function(3), .control("f")], label: Words.Keys.find, contexts: [.list, .evening],
      hinted: [.list, .evening],
      note: Words.Keys.findNote),
    KeyBinding(
      command: .sameAgain, keys: [.function(4), .control("r")], label: Words.Keys.sameAgain,
      contexts: [.field, .choice], hinted: [.field, .choice], note: Words.Keys.sameAgainNote),
    KeyBinding(
      command: .unchanged, keys: [.function(5), .control("e")], label: Words.Keys.unchanged, contexts: form,
      hinted: form, note: Words.Keys.unchangedNote),
    KeyBinding(
      command: .goTo, keys: [.function(6), .control("g")], label: Words.Keys.goTo, contexts: form,
      hinted: [.field, .choice, .row], note: Words.Keys.goToNote),
    KeyBinding(
      command: .dayList, keys: [.function(7), .control("l")], label: Words.Keys.dayList, contexts: [.list, .evening],
      hinted: [.list], note: Words.Keys.dayListNote),
    KeyBinding(
      command: .deleteRow, keys: [.function(8), .control("d")], label: Words.Keys.deleteRow, contexts: form,
      hinted: [.row], note: Words.Keys.deleteRowNote),
    KeyBinding(
      command: .sync, keys: [.function(9), .control("t")], label: Words.Keys.sync, contexts: [.list, .evening],
      hinted: [.list, .evening],
      note: Words.Keys.syncNote),
    KeyBinding(
      command: .finish, keys: [.function(10), .control("s")], label: Words.Keys.finish, contexts: form.union([.compare]),
      hinted: form.union([.compare]),
      note: Words.Keys.finishNote),
    KeyBinding(
      command: .forms, keys: [.function(11), .control("k")], label: Words.Keys.forms, contexts: [.list, .evening],
      hinted: [.list, .evening],
      note: Words.Keys.formsNote),
    KeyBinding(
      command: .pass, keys: [.function(5), .control("e")], label: Words.Keys.pass, contexts: [.evening, .review],
      hinted: [.evening, .review], note: Words.Keys.passNote),
    KeyBinding(
      command: .acknowledge, keys: [.function(5), .control("e")], label: Words.Keys.acknowledge, contexts: [.redLedger],
      hinted: [.redLedger],
      note: Words.Keys.acknowledgeNote),
    KeyBinding(
      command: .export, keys: [.function(10), .control("s")], label: Words.Keys.export, contexts: [.needsLedger],
      hinted: [.needsLedger], note: Words.Keys.exportNote),
    KeyBinding(
      command: .totals, keys: [.function(6), .control("g")], label: Words.Keys.totals, contexts: [.evening, .campaign],
      hinted: [.evening, .campaign], note: Words.Keys.totalsNote),
    KeyBinding(
      command: .passClean, keys: [.function(10), .control("s")], label: Words.Keys.passClean, contexts: [.evening],
      hinted: [.evening], note: Words.Keys.passCleanNote),
    KeyBinding(
      command: .print, keys: [.function(12), .control("p")], label: Words.Keys.print,
      contexts: [.list, .evening, .ledger, .redLedger, .needsLedger, .sweep, .supervision, .printable, .campaign],
      hinted: [.list, .evening, .ledger, .needsLedger, .sweep, .supervision, .printable, .campaign],
      note: Words.Keys.printNote),
    KeyBinding(
      command: .ledgers, keys: [.function(8), .control("d")], label: Words.Keys.ledgers, contexts: [.list, .evening],
      hinted: [.list, .evening], note: Words.Keys.ledgersNote),
    KeyBinding(
      command: .sweep, keys: [.function(6), .control("g")], label: Words.Keys.sweep, contexts: [.list], hinted: [.list],
      note: Words.Keys.sweepNote),
    KeyBinding(
      command: .mark, keys: [.enter], label: Words.Keys.mark, contexts: [.sweep, .campaignPlan],
      hinted: [.sweep, .campaignPlan], note: Words.Keys.markNote),
    KeyBinding(
      command: .fewerDays, keys: [.left], label: Words.Keys.fewerDays, contexts: [.sweep],
      hinted: [], note: Words.Keys.fewerDaysNote),
    KeyBinding(
      command: .moreDays, keys: [.right], label: Words.Keys.moreDays, contexts: [.sweep], hinted: [.sweep],
      note: Words.Keys.moreDaysNote),
    KeyBinding(
      command: .previousSpan, keys: [.left], label: Words.Keys.previousSpan, contexts: [.supervision], hinted: [],
      note: Words.Keys.previousSpanNote),
    KeyBinding(
      command: .nextSpan, keys: [.right], label: Words.Keys.nextSpan, contexts: [.supervision], hinted: [.supervision],
      note: Words.Keys.nextSpanNote),
    KeyBinding(
      command: .writeList, keys: [.function(10), .control("s")], label: Words.Keys.writeList,
      contexts: [.sweep, .campaigns, .campaign], hinted: [.sweep, .campaigns, .campaign],
      note: Words.Keys.writeListNote),
    KeyBinding(
      command: .campaigns, keys: [.function(6), .control("g")], label: Words.Keys.campaigns, contexts: [.villages], hinted: [.villages],
      note: Words.Keys.campaignsNote),
    KeyBinding(
      command: .planCampaign, keys: [.function(6), .control("g")], label: Words.Keys.planCampaign, contexts: [.campaigns],
      hinted: [.campaigns], note: Words.Keys.planCampaignNote),
    KeyBinding(
      command: .writePlan, keys: [.function(10), .control("s")], label: Words.Keys.writePlan, contexts: [.campaignPlan],
      hinted: [.campaignPlan], note: Words.Keys.writePlanNote),
    KeyBinding(
      command: .giveList, keys: [.function(5), .control("e")], label: Words.Keys.giveList, contexts: [.campaign], hinted: [.campaign],
      note: Words.Keys.giveListNote),
    KeyBinding(
      command: .endCampaign, keys: [.function(8), .control("d")], label: Words.Keys.endCampaign, contexts: [.campaign],
      hinted: [.campaign], note: Words.Keys.endCampaignNote),
    KeyBinding(
      command: .previousRound, keys: [.left], label: Words.Keys.previousRound, contexts: [.campaign], hinted: [],
      note: Words.Keys.previousRoundNote),
    KeyBinding(
      command: .nextRound, keys: [.right], label: Words.Keys.nextRound, contexts: [.campaign], hinted: [],
      note: Words.Keys.nextRoundNote),
    KeyBinding(
      command: .discard, keys: [.delete], label: Words.Keys.discard, contexts: [.list], hinted: [], note: Words.Keys.discardNote),
    KeyBinding(
      command: .unmask, keys: [.function(12), .control("p")], label: Words.Keys.unmask, contexts: [.page],
      hinted: [.page], note: Words.Keys.unmaskNote),
    KeyBinding(
      command: .undo, keys: [.control("z")], label: Words.Keys.undo, contexts: form, hinted: [.field, .choice],
      note: Words.Keys.undoNote),
    KeyBinding(
      command: .redo, keys: [.control("y")], label: Words.Keys.redo, contexts: form, hinted: [],
      note: Words.Keys.redoNote),
    KeyBinding(
      command: .clear, keys: [.control("u")], label: Words.Keys.clear, contexts: form.union([.text]), hinted: [],
      note: Words.Keys.clearNote),
  ]

  private static let meanings: [KeyContext: [Key: Command]] = {
    var all: [KeyContext: [Key: Command]] = [:]
    for binding in bindings {
      for context in binding.contexts {
        for key in binding.keys { all[context, default: [:]][key] = binding.command }
      }
    }
    return all
  }()

  /// Keys that move or edit wherever there is something to move in or to edit, whatever act a list puts on them besides.
  private static let understood: Set<Key> = [.enter, .left, .right, .home, .end, .backspace, .delete]

  /// The command of a key that has one only in other contexts; moves and edits are left out, they are understood anyway.
  private static let elsewhere: [Key: Command] = {
    var all: [Key: Command] = [:]
    for binding in acts {
      for key in binding.keys where all[key] == nil && !understood.contains(key) { all[key] = binding.command }
    }
    return all
  }()

  public static func meaning(of key: Key, in context: KeyContext) -> Meaning {
    // No character is a command, and nearly every key is one: they are not looked up.
    if case .character = key { return .none }
    if let command = meanings[context]?[key] { return .command(command) }
    if let command = elsewhere[key] { return .elsewhere(command) }
    return .none
  }

  /// The hint bar of a context: name of the key and what it does, in the table's order.
  public static func hints(in context: KeyContext) -> [(key: String, label: String)] {
    bindings.filter { $0.hinted.contains(context) }.map { binding in
      (key: binding.keys.first.map(name(of:)) ?? "", label: binding.label)
    }
  }

  /// How a key is written on the screen and in the manual.
  public static func name(of key: Key) -> String {
    switch key {
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .function(let number): "F\(number)"
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .character(let scalar): String(Character(scalar))
    case .unknown: "?"
    }
  }
}
