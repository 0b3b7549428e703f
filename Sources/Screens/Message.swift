// Message: what the message line can say, as facts. The sentences are in Words+Messages.

import Relief
import Terminal
import XForm

indirect enum Message: Equatable, Sendable {
  enum Kind: Equatable { case fact, caution, error }

  // Typing
  case notWhole, notNumber, notDate, notPartialDate, notTime, digitsOnly, identityCharacters, fieldFull, pasteTooLong, notTypedHere
  case noSuchCode, noSuchChoice, choicesLeft(Int)
  case required, refused(String), notOfType, readOnly, warned(String)
  case remarked, remarkTaken, reasonNeeded, nothingBefore, nothingProposed
  case undone, redone, nothingToUndo, nothingToRedo, continued, typedBefore
  // Moving
  case endOfForm, startOfForm, noSuchField, fieldNotAsked(Int), noMoreRows, noRowHere, deleteRow, rowDeleted
  case leaveRow, rowLeft, rowHasLeft, rowIsKnown
  // Typed a second time
  case differences(Int), differencesLeft(Int), differencesSettled, settledRefused, notAskedAgain, amendedSince
  case verified(ComparisonCounts)
  // Saving and finishing
  case notFinished(SaveFault), notUnmasked(SaveFault), draftDiscarded, notDiscarded(SaveFault), noDraftHere
  case saveFailed(SaveFault), leaveUnsaved, notReplayed(Int)
  case problems(Int, Message), openWarnings(Int), finishing, divisionMissing, divisionNotYours
  // Lists
  case diskLow(Int), diskFull(Int), emptyList, acknowledgeFirst, notHere(Key), quit, mayNotVisit, mayNotWrite, noForms,
    emptySearch, noneFound,
    tooMany(Int)
  // The evening
  case review(ReviewRefusal), alreadyReviewed, openItFirst, nothingClean, openSample(Int), passed(Int, left: Int),
    judged(Relief.Review.Verdict, left: Int)
  case stepRefused(CaseRefusal), emergencyRefused(EmergencyProblem),
    warningRefused(WarningRefusal), warningMoved(household: String, WarningState, left: Int?), warningTaken,
    warningUnreached(household: String), cannotSeeVillage, reminded(String)
  case beyondReserve(Money), nothingToDo
  case nobodyToVisit, noVillages, nothingToList, alreadyListed, listed(Int)
  case campaignProblem(CampaignProblem), campaignRefused(CampaignRefusal), noCampaigns, chooseVillage, planUnsaved, listGiven
  case nothingToAcknowledge, acknowledged, printed, notPrinted(Int)
  case exported, notExported(SaveFault), redAcknowledged(left: Int), nobodyToStandIn, deputyDays(Int), deputySaved
  case formBroken, formMissing, unreadable, numberTyped(String), noSuchRow(String)
  // Opening
  case passphraseWrong, wait(Int), emptyField, passphrasesDiffer, passphraseShort, opened(OpenFault), working
  case sync(SyncFailure), synced(SyncOutcome), badAddress

  /// A rejected answer, in the form's own words where it has some.
  init(_ outcome: AnswerOutcome) {
    switch outcome {
    case .accepted: self = .redone
    case .requiredButEmpty(let words): self = words.map { $0.isEmpty ? .required : .refused($0) } ?? .required
    case .constraintViolated(let words): self = words.map(Message.refused) ?? .refused("")
    case .notOfType(let type): self = type == .date ? .notDate : type == .int ? .notWhole : .notOfType
    case .readOnly: self = .readOnly
    case .noSuchQuestion: self = .readOnly
    }
  }

  /// What a list says when a sync ended; nil while it runs.
  init?(_ news: SyncNews) {
    switch news {
    case .progress, .waiting, .stick: return nil
    case .finished(let outcome): self = .synced(outcome)
    case .failed(let failure): self = .sync(failure)
    }
  }

  var kind: Kind {
    switch self {
    case .undone, .redone, .continued, .typedBefore, .remarked, .remarkTaken, .endOfForm, .startOfForm, .rowDeleted, .rowLeft, .rowHasLeft,
      .finishing, .working, .numberTyped, .draftDiscarded, .synced, .passed, .judged, .acknowledged, .redAcknowledged,
      .warningMoved, .warningTaken, .reminded, .deputySaved,
      .exported, .listGiven,
      .printed, .listed, .differencesSettled, .verified:
      .fact
    case .warned, .required, .openWarnings, .warningUnreached, .deleteRow, .leaveRow, .rowIsKnown, .noDraftHere, .formBroken, .diskLow,
      .choicesLeft, .nothingBefore, .nothingProposed, .nothingToUndo, .nothingToRedo, .quit, .emptyList, .acknowledgeFirst,
      .notHere, .tooMany, .alreadyReviewed, .openSample, .nothingClean, .noneFound, .emptySearch,
      .notReplayed, .wait, .nobodyToStandIn, .nobodyToVisit, .noVillages, .nothingToList, .alreadyListed, .noCampaigns, .chooseVillage,
      .planUnsaved, .nothingToDo,
      .differences, .differencesLeft, .notAskedAgain:
      .caution
    default: .error
    }
  }
}
