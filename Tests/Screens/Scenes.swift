// Scenes: every screen in a state worth looking at, by name. Goldens and the laws of frames go through all of them.

import Relief
import Terminal
import XForm

@testable import Screens

enum Scene: String, CaseIterable, Sendable {
  case unlock, unlockWrong, firstRun, firstRunEnrol, today, todayEmpty, household, amendReason, find, quit, fullDisk
  case visitHeading, visitChoiceFilter, visitFour, visitRows, visitMember, visitIdentity, visitError, visitLongChoices,
    visitAdd
  case visitGoTo, visitReason, visitDelete, visitUnsaved, visitConfirm, receipt, read, dayList, helpList, helpField
  case syncRunning, syncDone, syncFailed
  case receiptSuggested, screening, verifyDifferences
  case evening, reviewOne, reviewReason, totals, cases, ledger, formsMenu, sweepPlan
  case desk, warningPage, supervision
  case campaigns, campaign, campaignPlan

  func script(_ form: VisitForm, size: Size) -> KeyScript {
    let workspace = Village.workspace(form)
    switch self {
    case .unlock, .unlockWrong, .firstRun, .firstRunEnrol: return opening(workspace, size)
    case .visitHeading, .visitChoiceFilter, .visitFour, .visitRows, .visitMember, .visitIdentity, .visitError,
      .visitLongChoices,
      .visitAdd, .visitGoTo, .visitReason, .visitDelete, .visitUnsaved, .visitConfirm, .receipt, .read, .helpField:
      return visit(workspace, size)
    case .verifyDifferences:
      guard var script = try? VerifyTests().differing() else { return lists(workspace, size) }
      script.size = size
      return script
    case .receiptSuggested, .screening:
      guard var script = try? ScreeningScreenTests().finished() else { return lists(workspace, size) }
      script.size = size
      if self == .screening { script.type("2") }
      return script
    case .desk, .warningPage, .supervision:
      guard let desk = try? DeskScreenTests.workspace(.county) else { return lists(workspace, size) }
      var script = KeyScript(desk, size: size)
      if self == .warningPage { script.type("2"); script.press(.enter, .enter) }
      if self == .supervision { script.press(.end, .enter) }
      return script
    case .campaigns, .campaign, .campaignPlan:
      guard let begun = try? CampaignScreenTests.with([CampaignScreenTests.planned(every: 3)]),
        var script = try? CampaignScreenTests.opened(begun, size: size)
      else { return lists(workspace, size) }
      if self != .campaigns { script.press(self == .campaign ? .enter : .function(6)) }
      return script
    default: return lists(workspace, size)
    }
  }

  private func opening(_ workspace: Workspace, _ size: Size) -> KeyScript {
    let isFirst = self == .firstRun || self == .firstRunEnrol
    var script = KeyScript(isFirst ? .firstRun : .locked, laptop: FakeLaptop(workspace), size: size)
    switch self {
    case .unlockWrong:
      script.type("错")
      script.press(.enter)
      script.type("又错")
      script.press(.enter)
    case .firstRunEnrol:
      script.type("2https://10.1.2.3:8443")
      script.press(.enter)
      script.type("AB3D-9K2M")
      script.press(.enter)
      script.type("今天天气真的")
    default: break
    }
    return script
  }

  private func lists(_ workspace: Workspace, _ size: Size) -> KeyScript {
    var workspace = workspace
    if [.evening, .reviewOne, .reviewReason, .totals, .cases, .ledger, .formsMenu].contains(self) {
      workspace.identity.role = .supervisor
      workspace.otherForms = OtherFormTests.shipped
    }
    if self == .todayEmpty {
      workspace.today = "2026-12-24"
      workspace.identity.scopes = ["130599100202"]
    }
    if self == .fullDisk { workspace.space = .full(megabytes: 3) }
    var script = KeyScript(workspace, size: size)
    switch self {
    case .household, .amendReason:
      script.laptop.submissions["visit-zhao"] = ""
      script.type("1")
      script.press(.enter)
      if self == .amendReason { script = Self.amending(script) }
    case .find:
      script.press(.function(3))
      script.type("zjg")
    case .quit: script.press(.escape)
    case .dayList: script.press(.function(7))
    case .reviewOne, .reviewReason:
      script.press(.enter)
      if self == .reviewReason {
        script.type("4")
        script.type("家里着火，住不了人")
      }
    case .totals: script.press(.function(6))
    case .sweepPlan: script.press(.function(6))
    case .ledger: script.press(.function(8))
    case .formsMenu: script.press(.function(11))
    case .cases:
      script.press(.function(3))
      script.type("lzq")
      script.press(.enter)
      let acts = HouseholdScreen("h-liu").acts(workspace)
      script.type(String((acts.firstIndex(of: .cases) ?? 0) + 1))
    case .fullDisk:
      script.type("2")
      script.press(.enter)
    case .helpList: script.press(.function(1))
    case .syncRunning, .syncDone, .syncFailed:
      script.press(.function(9))
      script.send(.sync(.progress(.pushing, done: 3, total: 8)))
      if self == .syncDone { script.send(.sync(.finished(SyncOutcome(pushed: 8, pulled: 2, waiting: 0)))) }
      if self == .syncFailed { script.send(.sync(.failed(.captivePortal))) }
    default: break
    }
    return script
  }

  /// A visit that can be amended must first be typed: nobody at home.
  private static func amending(_ script: KeyScript) -> KeyScript {
    var script = finished(script)
    script.press(.enter)
    for (index, line) in script.lines.enumerated() where line.contains("王春梅") {
      script.type(String(index - 1))
      script.press(.enter)
      script.type("3")
      script.type("原因写")
      break
    }
    return script
  }

  private static func finished(_ script: KeyScript) -> KeyScript {
    var script = KeyScript(script.laptop.workspace, size: script.size)
    script.type("2")
    script.press(.enter)
    script.type("41")
    script.press(.function(10))
    return script
  }

  private func visit(_ workspace: Workspace, _ size: Size) -> KeyScript {
    var script = KeyScript(workspace, size: size)
    switch self {
    case .receipt, .read:
      script = Self.finished(script)
      guard self == .read else { return script }
      script.laptop.workspace.identity.role = .supervisor
      script.restart()
      for (index, line) in script.lines.enumerated() where line.contains("王*梅") {
        script.type(String(index - 1))
        script.press(.enter, .character("7"))
      }
      return script
    default: break
    }
    // 张建国, two members, visited in August.
    script.type("3")
    script.press(.enter)
    switch self {
    case .visitChoiceFilter: script.type("d")
    case .visitFour:
      script.press(.pageDown, .pageDown)
      script.type("1")
    case .visitRows: script.press(.pageDown, .pageDown, .pageDown)
    case .visitAdd: script.press(.pageDown, .pageDown, .pageDown, .down, .down)
    case .visitMember, .visitIdentity, .visitError, .visitLongChoices, .visitDelete, .visitReason: inMember(&script)
    case .visitGoTo:
      script.press(.function(6))
      script.type("３7")
    case .visitUnsaved:
      script.laptop.draftFault = .diskFull
      script.type("11")
    case .visitConfirm: break
    case .helpField: script.press(.enter, .function(1))
    default: break
    }
    return script
  }

  private func inMember(_ script: inout KeyScript) {
    script.press(.pageDown, .pageDown, .pageDown, .down, .down)
    script.type("阿卜杜拉·买买提")
    guard self != .visitMember else { return }
    script.press(.enter)
    switch self {
    case .visitIdentity: script.type("1305991949100300")
    case .visitError: script.type("130599194910030021")
    case .visitLongChoices:
      script.type("13059919491003002X")
      script.type("1")
    case .visitReason:
      script.type("991302199203100010")
      script.press(.function(2))
      script.type("户口本如")
    case .visitDelete: script.press(.function(8))
    default: break
    }
  }
}
