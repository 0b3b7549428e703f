// What the message line says: short, without exclamation, and drawn with the same width in every Chinese locale.

import Relief
import Terminal
import Testing

@testable import Screens

@Suite struct WordsTests {
  static let messages: [Message] =
    [
      .notWhole, .notNumber, .notDate, .notPartialDate, .notTime, .digitsOnly, .identityCharacters, .fieldFull, .pasteTooLong,
      .notTypedHere,
      .noSuchCode, .noSuchChoice, .choicesLeft(28), .required, .refused(""), .notOfType, .readOnly, .warned(""),
      .remarked, .remarkTaken, .reasonNeeded, .nothingBefore, .nothingProposed, .undone, .redone, .nothingToUndo,
      .nothingToRedo,
      .endOfForm, .startOfForm, .noSuchField, .fieldNotAsked(128), .noMoreRows, .noRowHere, .deleteRow, .rowDeleted,
      .leaveRow, .rowLeft, .rowHasLeft, .rowIsKnown, .draftDiscarded, .noDraftHere, .formBroken,
      .leaveUnsaved, .notReplayed(12), .problems(12, .notOfType), .openWarnings(12), .finishing, .diskLow(120),
      .diskFull(3),
      .emptyList, .acknowledgeFirst, .quit, .mayNotVisit, .emptySearch, .noneFound, .tooMany(200), .formMissing,
      .unreadable, .numberTyped("12"), .typedBefore, .warningUnreached(household: "欧*阳"), .cannotSeeVillage, .noSuchRow("12"), .passphraseWrong, .wait(120), .emptyField,
      .passphrasesDiffer,
      .exported, .nobodyToStandIn, .deputyDays(90), .passed(120, left: 0), .judged(.returned, left: 0), .passed(120, left: 120), .deputySaved, .redAcknowledged(left: 120), .redAcknowledged(left: 0), .warningMoved(household: "欧阳*明", .dispatched, left: 120), .warningMoved(household: "欧阳*明", .ignored, left: nil), .warningMoved(household: "欧阳*明", .ignored, left: 0), .planUnsaved, .listGiven, .nothingToDo, .beyondReserve(Money(fen: 9_999_999_999)), .warningTaken, .reminded("已记告知已读：请当场读给受访人"), .nobodyToVisit, .noVillages, .nothingToList, .alreadyListed, .listed(120), .noCampaigns, .chooseVillage,
      .differences(128), .differencesLeft(128), .differencesSettled, .settledRefused, .notAskedAgain, .amendedSince,
      .verified(ComparisonCounts(differences: 0, corrected: 0)), .verified(ComparisonCounts(differences: 128, corrected: 127)),
      .passphraseShort, .working, .badAddress, .synced(SyncOutcome(pushed: 120, pulled: 1200, waiting: 0)),
    ] + KeyTable.bindings.flatMap(\.keys).map(Message.notHere) + saves.map(Message.saveFailed) + saves.map(Message.notDiscarded) + saves.map(Message.notExported)
    + saves.map(Message.notFinished) + saves.map(Message.notUnmasked) + opens.map(Message.opened)
    + syncs.map(Message.sync) + warnings.map(Message.warningRefused)
    + campaignProblems.map(Message.campaignProblem) + campaignRefusals.map(Message.campaignRefused)

  static let campaignProblems: [CampaignProblem] = [
    .noName, .nameTaken, .daysReversed, .isOver, .overlapsNext(months: 12), .noKinds, .noPlaces, .tooWide,
  ]
  static let campaignRefusals: [CampaignRefusal] = [.notYours, .notRunning, .nothingToList, .isOver]

  static let warnings: [WarningRefusal] = [
    .notFrom(stated: .new, standing: [.answered]), .noSuchStep(from: .dispatched, to: .closed), .roleMayNot(.supervisor, allowed: [.county]),
    .needsReason, .needsCheck, .visitDoesNotServe, .needsResult, .needsDate, .dateBefore(.init("2026-11-24")!),
  ]

  static let saves: [SaveFault] = [.diskFull, .readOnlyDisk, .noPermission, .ioError, .tooLarge, .system(errno: 122)]
  static let opens: [OpenFault] = [
    .newerVersion, .inUse, .notEnrolled, .keysDamaged, .notShipped, .sealingUnavailable, .damaged(lines: 12), .noPermission, .noSuchDraft, .unknownForm(id: "f", version: nil),
    .brokenForm(file: "f.xml", line: 1234, node: "bind"), .system(errno: 122),
  ]
  static let refusals = [
    "bad_code", "weak_passphrase", "other_slip", "revoked", "busy", "fork", "county_has_more", "bad_line", "too_large", "damaged", "in_use", "disk",
    "status_418",
  ]
  static let syncs: [SyncFailure] =
    [
      .noNetwork, .captivePortal, .wrongCertificate, .serverAbsent, .newerProtocol, .notEnrolled, .practice, .interrupted,
      .crashed(status: 139),
    ] + refusals.map { .refused(code: $0) }

  @Test(arguments: messages) func aMessageIsShort(_ message: Message) {
    let sentence = message.sentence
    #expect(!sentence.isEmpty, "\(message) says nothing")
    let width = Columns.locale.width(of: sentence)
    #expect(width <= (Self.isLong(message) ? 44 : 36), "\(width) columns: \(sentence)")
  }

  /// A count in front of another message may be wider; it still fits the narrowest screen.
  static func isLong(_ message: Message) -> Bool { if case .problems = message { true } else { false } }

  @Test(arguments: messages) func aMessageIsCalm(_ message: Message) {
    #expect(!message.sentence.contains("!") && !message.sentence.contains("！"))
  }

  /// ─ “ ” … — · and their like are one column in UTF-8 locales and two in GB18030 ones.
  @Test(arguments: messages) func aMessageHasOneWidthEverywhere(_ message: Message) {
    for scalar in message.sentence.unicodeScalars {
      #expect(Self.hasOneWidth(scalar), "\(scalar) in \(message.sentence)")
    }
  }

  static func hasOneWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    // 〔〕 of a document number are wide in both kinds of locale.
    case 0x3001, 0x3002, 0x3014, 0x3015, 0x4E00...0x9FFF: true
    case 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B: true
    default: false
    }
  }
}
