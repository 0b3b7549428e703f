// VisitOutline: the relevant items of a session cut into sections. A section is a group with `zf:section`; where a
// form has none, every group of the first level is one. Made anew after each accepted answer, never while characters
// are typed.

import XForm

struct VisitSection: Equatable, Sendable {
  /// nil: items before the first section.
  var path: InstancePath?
  var title: String
  var items: [OutlineItem]
}

struct VisitOutline: Equatable, Sendable {
  var sections: [VisitSection] = []

  init(_ session: Session) {
    let items = session.outline
    let isNamed = items.contains { $0.kind == .group && session.attributes(at: $0.path)["section"] != nil }
    var hiddenDepth: Int?
    var sectionDepth: Int?
    for item in items {
      if let depth = hiddenDepth, item.depth > depth { continue }
      hiddenDepth = nil
      if item.kind == .repeatInstance || item.kind == .addRepeat, session.attributes(at: item.path)["hidden"] == "yes" {
        // Rows the form makes by itself, with nothing to ask.
        hiddenDepth = item.depth
        continue
      }
      let isSection =
        item.kind == .group
        && (isNamed ? session.attributes(at: item.path)["section"] != nil : item.depth == 0)
      if isSection {
        sections.append(VisitSection(path: item.path, title: Self.title(item.path, session), items: []))
        sectionDepth = item.depth
        continue
      }
      // What stands outside every section makes one of its own.
      let belongs = sectionDepth.map { item.depth > $0 } ?? (sections.last?.path == nil && !sections.isEmpty)
      if !belongs {
        sections.append(VisitSection(path: nil, title: session.form.title, items: []))
        sectionDepth = nil
      }
      sections[sections.count - 1].items.append(item)
    }
    sections.removeAll { section in !section.items.contains { $0.kind != .group } }
  }

  private static func title(_ path: InstancePath, _ session: Session) -> String {
    let short = session.attributes(at: path)["section"] ?? ""
    if !short.isEmpty, short != "true()", short != "yes", Int(short) == nil { return short }
    return session.label(at: path) ?? path.name
  }

  /// The section that holds a place; nil where the place is not relevant now.
  func index(of place: VisitPlace) -> Int? {
    let kind: OutlineItem.Kind =
      switch place {
      case .field: .question
      case .row: .repeatInstance
      case .add: .addRepeat
      }
    return sections.firstIndex { $0.items.contains { $0.kind == kind && $0.path == place.path } }
  }
}

extension VisitSection {
  /// The items inside the row that stands at an index: those that follow it and lie deeper.
  func inside(rowAt index: Int) -> ArraySlice<OutlineItem> {
    let depth = items[index].depth
    let end = items[(index + 1)...].firstIndex { $0.depth <= depth } ?? items.endIndex
    return items[(index + 1)..<end]
  }

  func index(ofRow instance: InstancePath) -> Int? {
    items.firstIndex { $0.kind == .repeatInstance && $0.path == instance }
  }

  /// The innermost row around a path.
  func row(around path: InstancePath) -> InstancePath? {
    items.last { item in
      item.kind == .repeatInstance && item.path.steps.count < path.steps.count && item.path.contains(path)
    }?.path
  }
}
