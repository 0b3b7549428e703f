// Session, entities: what the relevant part of the form declares (ODK Entities): every `meta/entity` with its list, and the nodes
// saved to it: those below the same container that no deeper entity's container claims.

extension Session {
  public func entities() -> [EntityDeclaration] {
    var found: [EntityDeclaration] = []
    collectEntities(at: 0, into: &found)
    return found
  }

  /// The list and property a node is saved to (`entities:saveto`), relevant or not; nil for a node that is saved nowhere.
  public func savedTo(at path: InstancePath) -> (list: String, property: String)? {
    guard let node = node(at: path), let property = form.model.nodes[Int(instance[node].model)].saveTo else { return nil }
    var container = instance[node].parent
    while container >= 0 {
      for meta in instance.children(of: container) where name(of: meta) == "meta" {
        for entity in instance.children(of: meta) where name(of: entity) == "entity" {
          for attribute in instance.attributes(of: entity) where name(of: attribute) == "dataset" {
            return (instance[attribute].value, property)
          }
        }
      }
      container = instance[container].parent
    }
    return nil
  }

  private func name(of node: Int32) -> String { form.model.nodes[Int(instance[node].model)].name.local }

  /// The entity elements of a container: those in its `meta`.
  private func entityNodes(of container: Int32) -> [Int32] {
    var list: [Int32] = []
    for meta in instance.children(of: container) where name(of: meta) == "meta" {
      for entity in instance.children(of: meta)
      where name(of: entity) == "entity" && instance[entity].flags.contains(.relevant) {
        list.append(entity)
      }
    }
    return list
  }

  private func collectEntities(at container: Int32, into found: inout [EntityDeclaration]) {
    guard instance[container].flags.contains(.relevant) else { return }
    for entity in entityNodes(of: container) {
      if let declaration = declaration(of: entity, container: container) { found.append(declaration) }
    }
    for child in instance.children(of: container) where name(of: child) != "meta" {
      collectEntities(at: child, into: &found)
    }
  }

  private func declaration(of entity: Int32, container: Int32) -> EntityDeclaration? {
    func attribute(_ name: String) -> String? {
      for node in instance.attributes(of: entity)
      where self.name(of: node) == name && instance[node].flags.contains(.relevant) {
        return instance[node].value
      }
      return nil
    }
    func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }
    guard let list = attribute("dataset"), !list.isEmpty else { return nil }
    let isCreate = isTrue(attribute("create"))
    let isUpdate = isTrue(attribute("update"))
    guard isCreate || isUpdate else { return nil }
    var properties: [EntityProperty] = []
    collectProperties(at: container, into: &properties)
    let label = instance.children(of: entity).first { name(of: $0) == "label" && instance[$0].flags.contains(.relevant) }
    return EntityDeclaration(
      list: list, id: attribute("id") ?? "", isCreate: isCreate, isUpdate: isUpdate,
      label: label.map { instance[$0].value }, baseVersion: attribute("baseVersion"),
      trunkVersion: attribute("trunkVersion"), branchID: attribute("branchId"), properties: properties,
      path: path(of: container))
  }

  private func collectProperties(at node: Int32, into properties: inout [EntityProperty]) {
    for child in instance.children(of: node) where instance[child].flags.contains(.relevant) {
      let model = form.model.nodes[Int(instance[child].model)]
      if let property = model.saveTo {
        properties.append(
          EntityProperty(name: property, value: instance[child].value, saysEmpty: model.extensions["empties"] == "yes"))
      }
      if entityNodes(of: child).isEmpty { collectProperties(at: child, into: &properties) }
    }
  }
}
