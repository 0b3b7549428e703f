// FieldNote: what is said right of a field while it is typed: of an identity number how many digits are missing, or
// sex, birth date and age, or that the check digit does not fit; of a date how it will be read.

import Relief
import Terminal

enum FieldNote {
  /// The longest wording that fits the room.
  static func text(of field: FieldEditor, today: String, room: Int, columns: Columns) -> String {
    wordings(of: field, today: today).first { columns.width(of: $0) <= room } ?? ""
  }

  private static func wordings(of field: FieldEditor, today: String) -> [String] {
    switch field.kind {
    case .identityNumber:
      let text = typed(field)
      return text.isEmpty ? [] : identity(text, today: today)
    case .date:
      guard field.isDirty, let date = TypedDate(typed(field), today: today) else { return [] }
      return [date.description]
    case .partialDate:
      let text = typed(field)
      guard field.isDirty, let date = TypedDate.partial(text), date != text else { return [] }
      return [date]
    case .name:
      return typed(field).unicodeScalars.contains { $0.value >= 0x20000 } ? [Words.Visit.rareCharacter] : []
    default: return []
    }
  }

  private static func typed(_ field: FieldEditor) -> String {
    Folding.trimmed(field.kind.folds ? Folding.folded(field.line.text) : field.line.text)
  }

  private static func identity(_ text: String, today: String) -> [String] {
    let missing = 18 - text.count
    if missing > 0 { return [Words.Visit.missingDigits(missing)] }
    guard let number = try? IdentityNumber(text, on: CivilDate(today)) else { return [Words.Visit.badIdentity] }
    let sex = number.sex == .male ? Words.Visit.male : Words.Visit.female
    let age = CivilDate(today).flatMap { number.birth.age(on: $0) }.map { Words.Visit.age($0) } ?? ""
    return ["\(sex) \(number.birth) \(age)", "\(sex) \(age)", sex]
  }
}
