// Runs expat over one part of a package, a chunk at a time, for a handler that may stop at any element and go on later. Names are
// compared without their prefix: programs choose prefixes as they like, and no part that is read mixes vocabularies that clash.
// A document type declaration is refused (no part has one), so there are no entities to expand and nothing outside to fetch.

internal import CExpat
internal import Glibc

/// What a handler sees. Pointers live as long as the call.
protocol PartHandler: AnyObject {
  func start(_ element: PartElement, in parser: PartParser)
  func end(_ name: PartName, in parser: PartParser)
  func text(_ bytes: UnsafeRawBufferPointer)
}

/// The local name of an element or attribute.
@safe struct PartName {
  let pointer: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    unsafe pointer = unsafe strchr(name, 0x3A).map { unsafe UnsafePointer($0).successor() } ?? name
  }

  /// The first letter decides most of the time.
  @inline(__always) static func == (name: PartName, text: StaticString) -> Bool {
    unsafe UInt8(bitPattern: name.pointer.pointee) == text.utf8Start.pointee
      && strcmp(name.pointer, UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }

  @inline(__always) static func != (name: PartName, text: StaticString) -> Bool { !(name == text) }
}

@safe struct PartElement {
  let name: PartName
  fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute, by its local name. `isQualified`: only one with a prefix (`r:id` beside `id`).
  func value(_ wanted: StaticString, isQualified: Bool = false) -> UnsafeBufferPointer<UInt8>? {
    guard var attribute = unsafe attributes else { return nil }
    while let key = unsafe attribute.pointee, let value = unsafe attribute.successor().pointee {
      let name = unsafe PartName(key)
      if name == wanted, unsafe !isQualified || name.pointer != key {
        return unsafe UnsafeBufferPointer(start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: strlen(value))
      }
      unsafe attribute = unsafe attribute.advanced(by: 2)
    }
    return nil
  }

  func string(_ wanted: StaticString, isQualified: Bool = false) -> String? {
    unsafe value(wanted, isQualified: isQualified).map { unsafe String(decoding: $0, as: UTF8.self) }
  }

  func number(_ wanted: StaticString) -> Int? {
    guard let value = unsafe value(wanted), !value.isEmpty, value.count <= 10 else { return nil }
    var number = 0
    for unsafe byte in unsafe value {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  func isTrue(_ wanted: StaticString) -> Bool {
    guard let value = unsafe value(wanted) else { return false }
    return unsafe value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
  }
}

@safe final class PartParser {
  private let parser: XML_Parser
  private let part: ZipPart
  private unowned let handler: any PartHandler
  private var depth = 0
  private var isSuspended = false
  private var isFinished = false
  /// Set by the handler, or here: the end of everything.
  var fault: TableFileFault?

  init(_ part: ZipPart, _ handler: any PartHandler) throws(TableFileFault) {
    guard let made = unsafe XML_ParserCreate(nil) else { throw TableFileFault(.badArchive(code: Int(ENOMEM))) }
    unsafe parser = unsafe made
    (self.part, self.handler) = (part, handler)
    unsafe XML_SetUserData(made, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      made,
      { data, name, attributes in unsafe PartParser.from(data)?.started(name, attributes) },
      { data, name in unsafe PartParser.from(data)?.ended(name) })
    unsafe XML_SetCharacterDataHandler(made) { data, text, length in
      guard let parser = unsafe PartParser.from(data), parser.fault == nil, let text = unsafe text else { return }
      unsafe parser.handler.text(UnsafeRawBufferPointer(start: text, count: Int(length)))
    }
    unsafe XML_SetStartDoctypeDeclHandler(made) { data, _, _, _, _ in
      guard let parser = unsafe PartParser.from(data) else { return }
      parser.refuse(TableFileFault(.documentTypeRefused(part: parser.part.name)))
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  private static func from(_ data: UnsafeMutableRawPointer?) -> PartParser? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<PartParser>.fromOpaque(data).takeUnretainedValue()
  }

  private func started(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard fault == nil, let name = unsafe name else { return }
    depth += 1
    guard depth <= TablesLimits.markupDepth else { return refuse(markupFault("depth")) }
    handler.start(unsafe PartElement(name: PartName(name), attributes: attributes), in: self)
  }

  private func ended(_ name: UnsafePointer<CChar>?) {
    guard fault == nil, let name = unsafe name else { return }
    depth -= 1
    handler.end(unsafe PartName(name), in: self)
  }

  /// Stops for good.
  func refuse(_ fault: TableFileFault) {
    guard self.fault == nil else { return }
    self.fault = fault
    _ = unsafe XML_StopParser(parser, 0)
  }

  /// Stops here; `run` goes on.
  func pause() { if fault == nil { _ = unsafe XML_StopParser(parser, 1) } }

  private func markupFault(_ word: String) -> TableFileFault {
    TableFileFault(.badMarkup(part: part.name, line: unsafe Int(clamping: XML_GetCurrentLineNumber(parser)), word: word))
  }

  /// Goes on until the handler pauses (true) or the part has ended (false).
  func run() throws(TableFileFault) -> Bool {
    while !isFinished || isSuspended {
      let status: XML_Status
      if isSuspended {
        status = unsafe XML_ResumeParser(parser)
      } else {
        guard let buffer = unsafe XML_GetBuffer(parser, Int32(TablesLimits.chunkBytes)) else {
          throw TableFileFault(.badArchive(code: Int(ENOMEM)))
        }
        let count = unsafe try part.read(into: buffer, count: TablesLimits.chunkBytes)
        isFinished = count == 0
        status = unsafe XML_ParseBuffer(parser, Int32(count), isFinished ? 1 : 0)
      }
      if let fault { throw fault }
      isSuspended = status == XML_STATUS_SUSPENDED
      if isSuspended { return true }
      guard status == XML_STATUS_OK else {
        throw markupFault(unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? "?")
      }
    }
    return false
  }

  /// Goes through to the end.
  func finish() throws(TableFileFault) { while try run() {} }
}
