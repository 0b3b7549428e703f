// Functions of places. A point is "latitude longitude altitude accuracy" (the last two may be missing), a trace or
// shape points with `;` between. The Earth is a sphere of 6,378,100 m; areas are sums of triangles in degrees scaled
// to metres, distances follow the spherical law of cosines, as in ODK's engine.

struct XPathPoint: Equatable, Sendable {
  var latitude: Double
  var longitude: Double

  /// nil: not a point.
  init?(_ text: Substring) {
    let parts = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard parts.count >= 2 else { return nil }
    let numbers = parts.map { XPathNumber.parse(String($0)) }
    guard numbers.allSatisfy({ !$0.isNaN }) else { return nil }
    latitude = numbers[0]
    longitude = numbers[1]
  }

  /// nil: one of them is not a point. An empty text has none.
  static func points(_ text: String) -> [XPathPoint]? {
    var points: [XPathPoint] = []
    for part in text.split(separator: ";") where part.contains(where: { $0 != " " }) {
      guard let point = XPathPoint(part) else { return nil }
      points.append(point)
    }
    return points
  }
}

extension XPathCall {
  func place() throws(XPathFault) -> XPathAtom {
    switch function {
    case .area: return .number(XPathGeodesy.area(try points(from: 0)))
    case .distance: return .number(XPathGeodesy.distance(try points(from: 0)))
    case .geofence:
      guard let point = XPathPoint(try string(0)[...]) else { throw argument(0, .notPlace) }
      return .boolean(XPathGeodesy.isInside(point, try points(of: [try atom(1)], at: 1)))
    default: return .boolean(XPathGeodesy.crossesItself(try points(from: 0)))
    }
  }

  private func points(from first: Int) throws(XPathFault) -> [XPathPoint] {
    try points(of: try flattened(from: first), at: first)
  }

  private func points(of values: [XPathAtom], at argument: Int) throws(XPathFault) -> [XPathPoint] {
    var points: [XPathPoint] = []
    for value in values {
      guard let read = XPathPoint.points(value.string) else { throw self.argument(argument, .notPlace) }
      points += read
    }
    return points
  }
}

enum XPathGeodesy {
  static let radius = 6_378_100.0
  private static let metresPerDegree = 2 * radius * Double.pi / 360

  static func radians(_ degrees: Double) -> Double { degrees / 180 * .pi }

  static func area(_ points: [XPathPoint]) -> Double {
    guard points.count >= 3 else { return 0 }
    let flat = points.dropFirst().map { point in
      (
        x: (point.longitude - points[0].longitude) * metresPerDegree * XPathMath.cosine(radians(point.latitude)),
        y: (point.latitude - points[0].latitude) * metresPerDegree
      )
    }
    var sum = 0.0
    for (left, right) in zip(flat, flat.dropFirst()) { sum += (left.y * right.x - left.x * right.y) / 2 }
    return abs(sum)
  }

  static func distance(_ points: [XPathPoint]) -> Double {
    var sum = 0.0
    for (left, right) in zip(points, points.dropFirst()) {
      let (first, second) = (radians(left.latitude), radians(right.latitude))
      let cosine =
        XPathMath.sin(first) * XPathMath.sin(second)
        + XPathMath.cosine(first) * XPathMath.cosine(second)
        * XPathMath.cosine(radians(left.longitude - right.longitude))
      // A little more than 1 is rounding: the same point twice.
      sum += XPathMath.arcCosine(min(1, max(-1, cosine))) * radius
    }
    return sum
  }

  /// Even-odd rule over the edges of a closed polygon.
  static func isInside(_ point: XPathPoint, _ polygon: [XPathPoint]) -> Bool {
    var inside = false
    for (first, second) in zip(polygon, polygon.dropFirst())
    where (second.latitude > point.latitude) != (first.latitude > point.latitude) {
      let slope = (first.longitude - second.longitude) / (first.latitude - second.latitude)
      if point.longitude < slope * (point.latitude - second.latitude) + second.longitude { inside.toggle() }
    }
    return inside
  }

  /// Whether two edges that are not neighbours cross.
  static func crossesItself(_ points: [XPathPoint]) -> Bool {
    let edges = Array(zip(points, points.dropFirst()))
    guard edges.count >= 3 else { return false }
    let isClosed = points.first == points.last
    for first in 0..<(edges.count - 2) {
      for second in (first + 2)..<edges.count where !(isClosed && first == 0 && second == edges.count - 1) {
        if cross(edges[first], edges[second]) { return true }
      }
    }
    return false
  }

  private static func cross(_ one: (XPathPoint, XPathPoint), _ other: (XPathPoint, XPathPoint)) -> Bool {
    func side(_ edge: (XPathPoint, XPathPoint), _ point: XPathPoint) -> Double {
      (edge.1.longitude - edge.0.longitude) * (point.latitude - edge.0.latitude)
        - (edge.1.latitude - edge.0.latitude) * (point.longitude - edge.0.longitude)
    }
    return side(one, other.0) * side(one, other.1) < 0 && side(other, one.0) * side(other, one.1) < 0
  }
}
