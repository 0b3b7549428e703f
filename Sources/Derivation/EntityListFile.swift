// EntityListFile: the files by which a form chooses among what the register knows: ODK's own way of follow-up forms, an entity list
// attached as a .csv (`person.csv`) and a `select_one_from_file` over it. The program makes the rows when the form opens for a
// household; a form is checked and published with none.
//
// Columns: `name` (the entity's id, what the answer holds), `label` (what is read on the screen), `household`.

internal import Relief

public enum EntityListFile {
  /// Lists that a form can choose from.
  public static let lists = [
    FactList.household, FactList.person, FactList.risk, FactList.need, FactList.emergency, FactList.referral, FactList.carePlan,
    FactList.application,
  ]

  /// A list with no row.
  public static let empty = Array("name,label,household\n".utf8)

  /// Every file with no row.
  public static var allEmpty: [String: [UInt8]] { Dictionary(uniqueKeysWithValues: lists.map { ($0 + ".csv", empty) }) }

  /// The list a file of this name is, nil for any other file.
  public static func list(of file: String) -> String? {
    guard file.hasSuffix(".csv") else { return nil }
    let name = String(file.dropLast(4))
    return lists.contains(name) ? name : nil
  }
}
