// What the facts of one entity state, as a table: a row a fact, a column a property. Most entities are spoken of by a few records, each
// once and with the same properties, and then a field is a column, found without sorting everything that was said.

struct StatementTable {
  /// Rows that a set of them can name.
  private static let rowsMax = 64
  /// Where a fact does not state a property. No text has this number.
  private static let nothing = UInt32.max

  /// By column: the property.
  let names: [UInt32]
  /// By row: the record.
  let records: [Int]
  let labels: [Register.Stated]
  private let values: [UInt32]

  /// Nil where one record speaks more than once of the entity, or too many do. `live` is in the order the facts came.
  init?(_ live: [Int], _ store: RecordStore) {
    guard live.count <= Self.rowsMax else { return nil }
    var records: [Int] = []
    var names: [UInt32] = []
    var columnOf: [UInt32: Int] = [:]
    var columnsOf: [Int: [Int]] = [:]
    records.reserveCapacity(live.count)
    for fact in live {
      let record = Int(store.facts[fact].record)
      guard records.last != record else { return nil }
      records.append(record)
      let shape = store.shapeNumber(of: fact)
      guard columnsOf[shape] == nil else { continue }
      columnsOf[shape] = store.shapes[shape].names.map { name in
        if let column = columnOf[name] { return column }
        columnOf[name] = names.count
        names.append(name)
        return names.count - 1
      }
    }
    var values = [UInt32](repeating: Self.nothing, count: live.count * names.count)
    var labels: [Register.Stated] = []
    for (row, fact) in live.enumerated() {
      guard let columns = columnsOf[store.shapeNumber(of: fact)] else { return nil }
      var next = 0
      let label = store.properties(of: fact) { _, value in
        values[row * names.count + columns[next]] = value
        next += 1
      }
      if label > 0 { labels.append(.init(name: 0, record: records[row], value: UInt32(label - 1), place: labels.count)) }
    }
    self.names = names
    self.records = records
    self.labels = labels
    self.values = values
  }

  /// The value that everybody states who states one, and a bit for each of those rows; nil where they differ.
  func agreed(_ column: Int) -> (value: UInt32, rows: UInt64)? {
    var only: UInt32?
    var rows: UInt64 = 0
    for row in records.indices {
      let value = values[row * names.count + column]
      guard value != Self.nothing else { continue }
      if let only, only != value { return nil }
      only = value
      rows |= 1 << UInt64(row)
    }
    return only.map { ($0, rows) }
  }

  /// What each record states, in their order.
  func stated(_ column: Int) -> [Register.Stated] {
    records.indices.compactMap { row in
      let value = values[row * names.count + column]
      return value == Self.nothing ? nil : .init(name: names[column], record: records[row], value: value, place: row)
    }
  }
}
