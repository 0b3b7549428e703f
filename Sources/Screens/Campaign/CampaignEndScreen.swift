// CampaignEndScreen: a campaign is ended, with the reason: no further round begins, no further list is made. What stands on lists
// stays.

import Relief
import Terminal

struct CampaignEndScreen: PromptScreen, RecordScreen {
  let campaign: Campaign
  var message: Message?
  var line = LineEditor("", charactersMax: Limits.promptCharacters)

  init(_ campaign: Campaign) { self.campaign = campaign }

  var keyContext: KeyContext { .text }

  mutating func accept(_ text: String, in workspace: Workspace?) -> Step {
    guard let workspace, let today = CivilDate(workspace.today) else { return .beep }
    return Step([.write([CampaignRecords.end(campaign, on: today, reason: text)])])
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title("\(Words.Campaigns.ending)  \(campaign.name)", right: "")
    canvas.put(Words.Campaigns.endingNote, row: 2, column: 4, columnsMax: canvas.width - 6)
    let used = canvas.put(Words.Campaigns.endReason, row: 4, column: 4, style: .label)
    canvas.put(line, row: 4, column: 4 + used, columnsMax: canvas.width - used - 6)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
