// EntityDeclaration: what a finished form says of one entity (ODK Entities 2022.1 to 2025.1): its list, its id, whether it is made or
// updated, its label and its properties, in the form's order. Only relevant nodes count; a repeat gives one declaration an instance.

public struct EntityProperty: Equatable, Hashable, Sendable {
  public var name: String
  public var value: String
  /// An empty value was answered, not left open (`zf:empties="yes"` on the bind).
  public var saysEmpty: Bool

  public init(name: String, value: String, saysEmpty: Bool = false) {
    self.name = name
    self.value = value
    self.saysEmpty = saysEmpty
  }
}

public struct EntityDeclaration: Equatable, Sendable {
  /// The list's name (`dataset`).
  public var list: String
  public var id: String
  public var isCreate: Bool
  public var isUpdate: Bool
  public var label: String?
  public var baseVersion: String?
  public var trunkVersion: String?
  public var branchID: String?
  public var properties: [EntityProperty]
  /// The node whose `meta` declares it: the root, a group or a repeat instance.
  public var path: InstancePath

  public init(
    list: String, id: String, isCreate: Bool = true, isUpdate: Bool = false, label: String? = nil, baseVersion: String? = nil,
    trunkVersion: String? = nil, branchID: String? = nil, properties: [EntityProperty], path: InstancePath
  ) {
    self.list = list
    self.id = id
    self.isCreate = isCreate
    self.isUpdate = isUpdate
    self.label = label
    self.baseVersion = baseVersion
    self.trunkVersion = trunkVersion
    self.branchID = branchID
    self.properties = properties
    self.path = path
  }

  /// The value saved to a property; nil where the form saved none.
  public func property(_ name: String) -> String? {
    properties.first { $0.name == name }?.value
  }
}
