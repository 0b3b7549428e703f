// DepartmentLines: what several departments do for one household (R45), as lines of its page: a heading for each with what stands open and
// what it gave, below it each slip with its state, deadline and answer, and each warning it has a part in; then 县级协调 with its outcome.

import Relief

struct DepartmentLines {
  private let workspace: Workspace
  private let words: HistoryWords
  private let labels: CodeLabels
  private var register: Register { workspace.register }

  init(_ workspace: Workspace, _ words: HistoryWords) {
    self.workspace = workspace
    self.words = words
    labels = CodeLabels(workspace)
  }

  func lines(_ household: String, _ history: HouseholdHistory) -> [HistoryScreen.Line] {
    guard let today = CivilDate(workspace.today) else { return [] }
    var lines: [HistoryScreen.Line] = []
    let works = register.departmentWork(of: household, given: history.assistanceByDepartment, workspace.rules)
    if !works.isEmpty { lines.append(HistoryScreen.Line(text: Words.History.byDepartment(works.count), isTitle: true)) }
    for work in works {
      let late = work.overdueDays(on: today, workspace.rules)
      lines.append(HistoryScreen.Line(text: words.department(work, overdue: late), isLate: late > 0))
      lines += work.slips.map { slip($0, household, on: today) }
      lines += work.warnings.map { warning in
        HistoryScreen.Line(
          text: Words.History.warning(Words.Warnings.models(warning), Words.Warnings.state(warning), warning.raised),
          isLate: warning.isOverdue(on: today, workspace.rules))
      }
    }
    let sentUp = register.coordinated(of: household)
    if !sentUp.isEmpty { lines.append(HistoryScreen.Line(text: Words.History.coordination, isTitle: true)) }
    lines += sentUp.map { emergency in
      let kind = emergency.kind.map { labels.value($0, list: FactList.emergency, property: "kind") }
      return HistoryScreen.Line(
        text: Words.History.coordinated(kind, emergency), record: emergency.records.last { register.hasSubmission($0) },
        isLate: emergency.awaitsCounty, open: matter(.emergency, emergency.id, isOpen: emergency.awaitsCounty))
    }
    return lines
  }

  private func slip(_ slip: Referral, _ household: String, on today: CivilDate) -> HistoryScreen.Line {
    func label(_ property: String) -> String? {
      slip.entity.value(property).map { labels.value($0, list: FactList.referral, property: property) }
    }
    let late = slip.isOpen ? slip.deadline(workspace.rules).overdueDays(on: today) : 0
    let isContested = ["outcome", "answered", "received"].contains { slip.entity.fields[$0]?.isConflict ?? false }
    let records = register.recordsStating(FactList.referral, slip.id)
    return HistoryScreen.Line(
      text: Words.History.slip(
        slip, need: label("need"), outcome: label("outcome"), deadline: slip.deadline(workspace.rules), overdue: late,
        isContested: isContested),
      record: records.last { register.hasSubmission($0) }, isContested: isContested, isLate: late > 0,
      open: matter(.referral, slip.id, isOpen: slip.isOpen))
  }

  /// What Enter ends, where this person may.
  private func matter(_ matter: OpenMatter.Matter, _ entity: String, isOpen: Bool) -> OpenMatter? {
    isOpen && OpenMatter.mayEnd(matter, workspace) ? OpenMatter(matter: matter, entity: entity, text: "") : nil
  }
}
