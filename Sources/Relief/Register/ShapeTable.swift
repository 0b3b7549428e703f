// The property names of facts that are alike, each kind once (`RecordStore`).

/// The list and the property names of facts that are alike.
struct Shape: Sendable {
  var list: UInt32
  var names: [UInt32]
  /// The names as texts: every fact of the shape is given out with these.
  var texts: [String]

  /// The later of two of one name holds.
  func position(of name: UInt32) -> Int? { names.lastIndex(of: name) }
}

struct ShapeTable: Sendable {
  private(set) var shapes: [Shape] = []
  private var numbers: [[UInt32]: Int] = [:]

  subscript(number: Int) -> Shape { shapes[number] }

  init() {}

  func write(to snapshot: inout SnapshotWriter) {
    snapshot.list(shapes) { snapshot, shape in
      snapshot.number(Int(shape.list))
      snapshot.list(shape.names) { $0.number(Int($1)) }
    }
  }

  init(from snapshot: inout SnapshotReader, _ texts: TextTable) throws(SnapshotFault) {
    for _ in 0..<(try snapshot.count()) {
      let list = try snapshot.small()
      var names: [UInt32] = []
      for _ in 0..<(try snapshot.count()) { names.append(try snapshot.small()) }
      _ = number(list, names, texts)
    }
  }

  mutating func number(_ list: UInt32, _ names: [UInt32], _ texts: TextTable) -> Int {
    let key = [list] + names
    if let known = numbers[key] { return known }
    shapes.append(Shape(list: list, names: names, texts: names.map { texts.text($0) }))
    numbers[key] = shapes.count - 1
    return shapes.count - 1
  }
}
