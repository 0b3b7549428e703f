// Checks of one person's data on a day.

struct PersonQuality {
  let person: Person
  let date: CivilDate

  private var entity: Entity { person.entity }
  private func says(_ name: String) -> String? { entity.value(name) }

  /// Completed years, where they are certain.
  var years: Int? { person.age(on: date) }

  func findings() -> [QualityFinding] {
    let found = identity() + codes() + work() + insurance() + certificate()
    return found.map { QualityFinding($0.rule, of: person.id, "person." + $0.name) }
  }

  private typealias Found = (rule: QualityRule, name: String)

  // MARK: 证件

  private func identity() -> [Found] {
    guard let text = says("id_number"), says("id_kind") ?? "id" == "id" else { return [] }
    guard let number = try? IdentityNumber(text, on: date) else { return [(.badID, "id_number")] }
    var found: [Found] = []
    if !number.provinceIsKnown { found.append((.unknownProvince, "id_number")) }
    // Only 男 and 女 say anything; 未知 and 未说明 do not contradict.
    if let sex = says("sex").flatMap(IdentityNumber.Sex.init), sex != number.sex { found.append((.sexDiffers, "sex")) }
    if let birth = says("birth").flatMap({ CivilDate($0) }), !birth.covers(number.birth) { found.append((.birthDiffers, "birth")) }
    return found
  }

  // MARK: 代码

  private func codes() -> [Found] {
    var found: [Found] = []
    if let relation = says("relation"), !Self.relations.contains(relation) { found.append((.badRelation, "relation")) }
    for (name, known) in Self.known {
      if let value = says(name), !known.contains(value) { found.append((.badCode, name)) }
    }
    let inSchool = says("schooling").map { $0 != "none" }
    let hasEducation = says("education") != nil
    // Exactly one of the two is filled; 非在校生 fills none.
    if let inSchool, inSchool == hasEducation { found.append((.educationAndSchooling, "schooling")) }
    if entity.fields["health"].map({ $0.value?.isEmpty ?? false }) ?? true { found.append((.healthEmpty, "health")) }
    if let phone = says("phone"), phone != "none", Phone(phone) == nil { found.append((.badPhone, "phone")) }
    if says("schooling") == "postgraduate", let years, years < 20 { found.append((.youngPostgraduate, "schooling")) }
    return found
  }

  /// GB/T 4761.
  private static let relations: Set<String> = {
    let gaps = [3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 98]
    return Set((1...99).filter { !gaps.contains($0) }.map { $0 < 10 ? "0\($0)" : String($0) })
  }()

  private static let known: [(String, Set<String>)] = [
    ("political", ["party", "probationary", "league", "masses"]),
    ("education", ["illiterate", "primary", "junior", "senior", "college", "bachelor"]),
    ("labour", Set(Labour.allCases.map(\.rawValue))),
    ("schooling", Set(["preschool", "kindergarten", "primary", "g7", "g8", "g9", "postgraduate", "none"] + years)),
  ]

  private static let years: [String] = [("senior", 3), ("vocational", 3), ("college", 3), ("technician", 4), ("bachelor", 5)]
    .flatMap { name, count in (1...count).map { name + String($0) } }

  // MARK: 劳动和务工

  private func work() -> [Found] {
    var found: [Found] = []
    let months = says("work_months").flatMap { Int($0) } ?? 0
    let place = says("work_place")
    if (place != nil) != (months > 0) { found.append((.workWithoutMonths, place == nil ? "work_place" : "work_months")) }
    guard let years else { return found }
    if years < 16, months > 0 || place != nil { found.append((.childWorks, "work_months")) }
    let isWell = entity.codes("health") == ["healthy"] && says("illness") != "yes" && says("disability") != "yes"
    let isPupil = says("schooling").map { $0 != "none" } ?? false
    if (16..<60).contains(years), isWell, !isPupil, ["weak", "none"].contains(says("labour") ?? "") {
      found.append((.healthyWithoutLabour, "labour"))
    }
    return found
  }

  // MARK: 保险

  private func insurance() -> [Found] {
    var found: [Found] = []
    switch says("insurance_medical") {
    case nil: found.append((.insuranceEmpty, "insurance_medical"))
    case "none"?: found.append((.notInsured, "insurance_medical"))
    default: break
    }
    if let years, years >= 16, says("insurance_pension") == nil { found.append((.insuranceEmpty, "insurance_pension")) }
    switch says("insurance_serious") {
    case nil: found.append((.insuranceEmpty, "insurance_serious"))
    case "no"?: found.append((.noSeriousInsurance, "insurance_serious"))
    default: break
    }
    return found
  }

  // MARK: 残疾证

  private func certificate() -> [Found] {
    let name = "disability_certificate"
    guard let text = says(name) else { return [] }
    let own = person.identity
    if text.utf8.count == 18 {
      guard let number = try? IdentityNumber(text) else { return [(.certificateChecksum, name)] }
      return [(.certificateShort, name)] + (own.map { $0 != number } ?? false ? [(.certificateOfAnother, name)] : [])
    }
    guard let certificate = DisabilityCertificate(text) else { return [(.certificateShape, name)] }
    guard let number = try? IdentityNumber(certificate.identityText) else { return [(.certificateChecksum, name)] }
    var found: [Found] = []
    if let own, own != number { found.append((.certificateOfAnother, name)) }
    let differs = [("disability_kind", certificate.kind), ("disability_grade", certificate.grade)].first { field, digit in
      says(field).map { $0 != String(digit) } ?? false
    }
    if let differs { found.append((.certificateDiffers, differs.0)) }
    return found
  }
}

extension CivilDate {
  /// Whether a whole date lies in this one, which may be a year or a month.
  func covers(_ date: CivilDate) -> Bool {
    year == date.year && (month == nil || month == date.month) && (day == nil || day == date.day)
  }
}
