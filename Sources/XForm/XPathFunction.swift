// The functions of the dialect and how many arguments each takes. Source: ODK XForms specification, "XPath Functions";
// `date-time`, `is-selected`, `enclosed-area`, `depend`, `version`, `property` are ODK's engine's own; `geofence` and
// `intersects` are documented with the form tools.

enum XPathFunction: String, CaseIterable, Sendable {
  // String
  case string, concat, join, substr
  case substringBefore = "substring-before"
  case substringAfter = "substring-after"
  case translate
  case stringLength = "string-length"
  case normalizeSpace = "normalize-space"
  case contains
  case startsWith = "starts-with"
  case endsWith = "ends-with"
  case uuid, digest, pulldata
  case base64Decode = "base64-decode"
  // Boolean
  case `if`, coalesce, once, `true`, `false`, boolean
  case booleanFromString = "boolean-from-string"
  case not, regex, checklist
  case weightedChecklist = "weighted-checklist"
  // Number
  case number, random, int, sum, max, min, round, pow, log, log10, abs, sin, cos, tan, asin, acos, atan, atan2, sqrt
  case exp, exp10, pi
  // Node-set
  case count
  case countNonEmpty = "count-non-empty"
  case position, randomize
  case indexedRepeat = "indexed-repeat"
  // Date and time
  case today, now
  case formatDate = "format-date"
  case formatDateTime = "format-date-time"
  case date
  case dateTime = "date-time"
  case decimalDateTime = "decimal-date-time"
  case decimalTime = "decimal-time"
  // Select and text
  case selected
  case selectedAt = "selected-at"
  case countSelected = "count-selected"
  case choiceName = "jr:choice-name"
  case itext = "jr:itext"
  // Places
  case area, distance, geofence, intersects
  // The engine's own
  case depend, version, property

  init?(named name: String) {
    switch name {
    case "is-selected": self = .selected
    case "enclosed-area": self = .area
    default:
      guard let function = XPathFunction(rawValue: name) else { return nil }
      self = function
    }
  }

  func takes(_ count: Int) -> Bool {
    switch self {
    case .true, .false, .random, .pi, .today, .now, .version: count == 0
    case .string, .boolean, .booleanFromString, .not, .number, .int, .sum, .count, .countNonEmpty, .date, .dateTime,
      .decimalDateTime, .decimalTime, .countSelected, .itext, .area, .base64Decode, .once, .property, .intersects,
      .log, .log10, .abs, .sin, .cos, .tan, .asin, .acos, .atan, .sqrt, .exp, .exp10:
      count == 1
    case .substringBefore, .substringAfter, .contains, .startsWith, .endsWith, .coalesce, .regex, .pow, .atan2,
      .formatDate, .formatDateTime, .selected, .selectedAt, .choiceName, .geofence:
      count == 2
    case .translate, .if: count == 3
    case .pulldata: count == 4
    case .stringLength, .normalizeSpace, .uuid, .position: count <= 1
    case .round, .randomize: count == 1 || count == 2
    case .substr, .digest: count == 2 || count == 3
    case .join, .depend, .distance: count >= 1
    case .concat, .max, .min: true
    case .checklist: count >= 2
    case .weightedChecklist: count >= 2 && count % 2 == 0
    case .indexedRepeat: count >= 3 && count <= 11 && count % 2 == 1
    }
  }
}
