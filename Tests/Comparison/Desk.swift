// A register and a list in a few lines, for the tests. Everybody is made up; numbers are of the unassigned region 130599.

import Comparison

struct Someone: Sendable, CustomStringConvertible {
  var number = ""
  var name = ""
  var birth = ""
  var village = ""

  init(_ number: String = "", _ name: String = "", _ birth: String = "", _ village: String = "") {
    self.number = number
    self.name = name
    self.birth = birth
    self.village = village
  }

  var description: String { "\(number)|\(name)|\(birth)|\(village)" }
}

struct Desk {
  let comparer: Comparer

  /// Labels are 100, 101, …
  init(_ register: [Someone], similar: Bool = true) {
    var population = Population()
    for (place, person) in register.enumerated() {
      population.add(
        number: person.number, name: person.name, birth: person.birth, village: person.village, label: UInt32(100 + place))
    }
    comparer = Comparer(population, similar: similar)
  }

  /// Lines are 2, 3, …
  func answer(_ rows: [Someone]) -> Answer {
    var bytes: [UInt8] = []
    var list: [ListRow] = []
    for (place, row) in rows.enumerated() {
      list.append(
        ListRow(
          line: UInt32(place + 2), number: row.number, name: row.name, birth: row.birth, village: row.village, appendingTo: &bytes))
    }
    var answer = Answer(for: comparer.population)
    comparer.compare(list, in: bytes.span, into: &answer)
    return answer
  }

  func outcome(_ row: Someone) -> Outcome { answer([row]).outcomes[0] }
  func finding(_ row: Someone) -> Finding? { answer([row]).findings.first }
}

/// 130599 and a birth, an order and the check character that belongs to them.
func number(_ birth: String, _ order: Int) -> String {
  let text = "130599" + birth + String(String(1000 + order).dropFirst())
  return text + check(of: text)
}

func check(of first17: String) -> String {
  let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  let sum = zip(first17.compactMap(\.wholeNumberValue), weights).map { $0 * $1 }.reduce(0, +)
  return String(Array("10X98765432")[sum % 11])
}

let east = "130599100201"
let west = "130599100202"
