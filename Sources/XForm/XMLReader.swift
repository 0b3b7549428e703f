// XMLReader: bytes to XMLTree by libexpat (docs/decisions/0002-expat.md says why).
//
// A document type declaration is refused outright: no ODK document has one, and without it there are no entities to expand and
// nothing outside the document to fetch. Size, number of nodes and depth are limited (Limits).

internal import CExpat
internal import Glibc

enum XMLReader {
  /// Parses one document. `name` is the name given in faults.
  static func parse(
    _ document: [UInt8], name: String, bytesMax: Int = Limits.documentBytes
  ) throws(FormFault) -> XMLTree {
    guard document.count <= bytesMax else {
      throw FormFault(file: name, line: 0, node: "", reason: .tooLarge(limit: bytesMax))
    }
    let builder = XMLBuilder()
    // The separator cannot stand in a name or a URI.
    guard let parser = unsafe XML_ParserCreateNS("UTF-8", 0x1F) else {
      throw FormFault(file: name, line: 0, node: "", reason: .tooLarge(limit: bytesMax))
    }
    defer { unsafe XML_ParserFree(parser) }
    unsafe builder.attach(to: parser)
    let status = unsafe document.withUnsafeBytes { bytes in
      unsafe XML_Parse(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 1)
    }
    let line = unsafe Int(XML_GetCurrentLineNumber(parser))
    if let reason = builder.refusal {
      throw FormFault(file: name, line: line, node: builder.openName, reason: reason)
    }
    guard status == XML_STATUS_OK, !builder.tree.elements.isEmpty else {
      let word = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? "no element"
      throw FormFault(file: name, line: line, node: builder.openName, reason: .notXML(word))
    }
    return builder.tree
  }
}

/// Collects what expat reports. Lives only inside `XMLReader.parse`.
@safe private final class XMLBuilder {
  var tree = XMLTree()
  var refusal: FormFault.Reason?
  private var open: [Int] = []
  private var nodes = 0
  private var uris: [(bytes: [UInt8], uri: String)] = []
  private var pendingText: [UInt8] = []
  private var pendingDeclarations: [(prefix: String, uri: String)] = []
  private var parser: XML_Parser?

  var openName: String { open.last.map { tree.elements[$0].name.local } ?? "" }

  func attach(to parser: XML_Parser) {
    unsafe self.parser = unsafe parser
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetReturnNSTriplet(parser, 1)
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in unsafe XMLBuilder.from(data)?.start(name, attributes) },
      { data, _ in unsafe XMLBuilder.from(data)?.end() })
    unsafe XML_SetCharacterDataHandler(parser) { data, text, length in
      unsafe XMLBuilder.from(data)?.characters(text, length)
    }
    unsafe XML_SetStartNamespaceDeclHandler(parser) { data, prefix, uri in
      unsafe XMLBuilder.from(data)?.declare(prefix, uri)
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      unsafe XMLBuilder.from(data)?.refuse(.documentTypeRefused)
    }
  }

  static func from(_ data: UnsafeMutableRawPointer?) -> XMLBuilder? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<XMLBuilder>.fromOpaque(data).takeUnretainedValue()
  }

  func refuse(_ reason: FormFault.Reason) {
    guard refusal == nil else { return }
    refusal = reason
    if let parser = unsafe parser { _ = unsafe XML_StopParser(parser, 0) }
  }

  func declare(_ prefix: UnsafePointer<CChar>?, _ uri: UnsafePointer<CChar>?) {
    pendingDeclarations.append(
      (unsafe prefix.map { unsafe String(cString: $0) } ?? "", unsafe uri.map { unsafe String(cString: $0) } ?? ""))
  }

  func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard refusal == nil, let name = unsafe name else { return }
    flushText()
    var element = XMLTree.Element(name: unsafe self.name(name), line: 0)
    if let parser = unsafe parser { element.line = unsafe Int(XML_GetCurrentLineNumber(parser)) }
    element.declarations = pendingDeclarations
    pendingDeclarations = []
    nodes += 1
    if var attribute = unsafe attributes {
      while let key = unsafe attribute.pointee, let value = unsafe attribute.successor().pointee {
        unsafe element.attributes.append(XMLAttribute(name: self.name(key), value: String(cString: value)))
        unsafe attribute = unsafe attribute.advanced(by: 2)
        nodes += 1
      }
    }
    guard nodes <= Limits.documentNodes else { return refuse(.tooLarge(limit: Limits.documentNodes)) }
    guard open.count < Limits.documentDepth else { return refuse(.tooDeep(limit: Limits.documentDepth)) }
    let index = tree.elements.count
    tree.elements.append(element)
    if let parent = open.last { tree.elements[parent].children.append(.element(index)) }
    open.append(index)
  }

  func end() {
    guard refusal == nil else { return }
    flushText()
    if !open.isEmpty { open.removeLast() }
  }

  func characters(_ text: UnsafePointer<CChar>?, _ length: Int32) {
    guard refusal == nil, let text = unsafe text, length > 0 else { return }
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(length))
    unsafe pendingText.append(contentsOf: bytes)
  }

  private func flushText() {
    guard !pendingText.isEmpty else { return }
    if let parent = open.last {
      tree.elements[parent].children.append(.text(String(decoding: pendingText, as: UTF8.self)))
    }
    pendingText.removeAll(keepingCapacity: true)
  }

  /// "uri␟local␟prefix", "uri␟local" or "local".
  private func name(_ raw: UnsafePointer<CChar>) -> XMLName {
    let bytes = unsafe UnsafeRawBufferPointer(start: raw, count: strlen(raw))
    guard let first = unsafe bytes.firstIndex(of: 0x1F) else {
      return unsafe XMLName(uri: "", prefix: "", local: String(decoding: bytes, as: UTF8.self))
    }
    let uri = unsafe interned(bytes[..<first])
    let rest = unsafe bytes[(first + 1)...]
    guard let second = unsafe rest.firstIndex(of: 0x1F) else {
      return unsafe XMLName(uri: uri, prefix: "", local: String(decoding: rest, as: UTF8.self))
    }
    return unsafe XMLName(
      uri: uri, prefix: String(decoding: rest[(second + 1)...], as: UTF8.self),
      local: String(decoding: rest[..<second], as: UTF8.self))
  }

  /// A document names few namespaces, many times.
  private func interned(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    for known in uris where unsafe known.bytes.elementsEqual(bytes) { return known.uri }
    let uri = unsafe String(decoding: bytes, as: UTF8.self)
    uris.append((unsafe Array(bytes), uri))
    return uri
  }
}
