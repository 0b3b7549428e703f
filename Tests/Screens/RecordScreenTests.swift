import Testing

@testable import Relief
@testable import Screens
@testable import Terminal

/// A prompt whose answer is written closes when it is on the disk, and else stays with what was typed and says why.
@Suite struct RecordScreenTests {
  static func prompts() throws -> [any PromptScreen] {
    var workspace = try CampaignScreenTests.workspace()
    workspace.register.apply(try CampaignScreenTests.planned())
    let campaign = try #require(workspace.register.campaign(CampaignScreenTests.id))
    let village = try #require(Division(CampaignScreenTests.west))
    return [CampaignEndScreen(campaign), CampaignCadreScreen(campaign, village, workspace), ListingScreen("h-w")]
  }

  static func isPop(_ step: Step) -> Bool { if case .pop = step.move { true } else { false } }

  @Test func whatIsSavedClosesThePrompt() throws {
    for var prompt in try Self.prompts() {
      #expect(Self.isPop(prompt.receive(.written(nil), in: nil)), "\(type(of: prompt))")
    }
  }

  @Test func whatIsNotSavedStaysTypedAndIsSaid() throws {
    for var prompt in try Self.prompts() {
      prompt.line = LineEditor("路不通", charactersMax: Limits.promptCharacters)
      let step = prompt.receive(.notWritten(.diskFull), in: nil)
      #expect(!Self.isPop(step) && prompt.line.text == "路不通", "\(type(of: prompt))")
      #expect(prompt.message == .saveFailed(.diskFull), "\(type(of: prompt))")
    }
  }

  /// The reason for an amendment opens a form: what that form saves is not the prompt's to answer for.
  @Test func thePromptOfAnAmendmentLeavesWhatItsFormSavesAlone() {
    var prompt = AmendScreen("r-1", nil)
    #expect(!Self.isPop(prompt.receive(.written(nil), in: nil)))
  }
}
