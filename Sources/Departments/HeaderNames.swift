// The columns of a profile by what files call them, and how well a row of titles fits.

struct HeaderNames {
  /// Where a row of titles has the profile's columns: positions from 0, by index of the column.
  struct Places {
    var positions: [Int: [Int]] = [:]
    /// Of amounts: 分 in the unit that the title says.
    var units: [Int: Int64] = [:]
  }

  private let profile: DepartmentProfile
  private var names: [String: Int] = [:]

  init(_ profile: DepartmentProfile) {
    self.profile = profile
    for (index, column) in profile.columns.enumerated() {
      for header in [column.name] + column.headers { names[HeaderText.folded(header)] = index }
    }
  }

  func places(in headers: [String]) -> Places {
    var places = Places()
    for (position, header) in headers.enumerated() {
      guard let (index, unit) = match(header) else { continue }
      places.positions[index, default: []].append(position)
      if let unit { places.units[index] = unit }
    }
    return places
  }

  /// Required columns that a row of titles does not have.
  func missing(in places: Places) -> [Int] {
    profile.columns.indices.filter { profile.columns[$0].isRequired && places.positions[$0] == nil }
  }

  /// Whether it has none of the columns of which the profile needs one.
  func lacksAny(in places: Places) -> Bool {
    !profile.needsAny.isEmpty
      && !profile.columns.indices.contains { profile.needsAny.contains(profile.columns[$0].name) && places.positions[$0] != nil }
  }

  /// The list's own columns that a row of titles has; nil where the profile could not read a file with it.
  func telling(in headers: [String]) -> [String]? {
    let places = places(in: headers)
    guard !places.positions.isEmpty, missing(in: places).isEmpty, !lacksAny(in: places) else { return nil }
    return places.positions.filter { profile.columns[$0.key].isTelling }.map { headers[$0.value[0]] }.sorted()
  }

  /// The column a header names, and the unit it says.
  private func match(_ header: String) -> (index: Int, unit: Int64?)? {
    let folded = HeaderText.folded(header)
    guard !folded.isEmpty else { return nil }
    let parted = HeaderText.parted(folded)
    if let index = names[folded] { return (index, parted.flatMap { unit($0.bracket, of: index) }) }
    guard let parted, HeaderText.isRemark(parted.bracket), let index = names[parted.name] else { return nil }
    return (index, unit(parted.bracket, of: index))
  }

  private func unit(_ bracket: String, of index: Int) -> Int64? {
    profile.columns[index].type == .amount ? HeaderText.fen(bracket) : nil
  }
}
