// An .xlsx package: a zip file held in memory, its parts unpacked piece by piece (libzip). The only file that sees libzip. What a part
// claims to unpack to is not believed: bytes are counted as they come, and a part that unpacks to too many, or to too many for its
// packed size, is refused there.

internal import CZip
internal import Glibc

@safe final class ZipArchive {
  private let archive: OpaquePointer

  init(_ file: [UInt8]) throws(TableFileFault) {
    guard file.count <= TablesLimits.xlsxBytes else { throw TableFileFault(.tooLarge(bytesMax: TablesLimits.xlsxBytes)) }
    // libzip wants the bytes to stay where they are for as long as it lives: a copy that it frees itself.
    guard let copy = unsafe malloc(max(file.count, 1)) else { throw TableFileFault(.badArchive(code: Int(ENOMEM))) }
    unsafe file.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { unsafe copy.copyMemory(from: base, byteCount: bytes.count) }
    }
    var error = unsafe zip_error_t()
    guard let source = unsafe zip_source_buffer_create(copy, UInt64(file.count), 1, &error) else {
      unsafe free(copy)
      throw unsafe TableFileFault(.badArchive(code: Int(error.zip_err)))
    }
    guard let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
      unsafe zip_source_free(source)
      throw unsafe TableFileFault(.badArchive(code: Int(error.zip_err)))
    }
    unsafe archive = unsafe opened
    guard unsafe zip_get_num_entries(opened, 0) <= Int64(TablesLimits.parts) else {
      throw TableFileFault(.tooManyParts(max: TablesLimits.parts))
    }
  }

  deinit { unsafe zip_discard(archive) }

  func holds(_ name: String) -> Bool { unsafe zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE)) >= 0 }

  /// Opens a part. Names of parts do not mind their case.
  func part(_ name: String, bytesMax: Int) throws(TableFileFault) -> ZipPart {
    let index = unsafe zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
    guard index >= 0 else { throw TableFileFault(.missingPart(name)) }
    var stat = unsafe zip_stat_t()
    guard unsafe zip_stat_index(archive, UInt64(index), 0, &stat) == 0 else { throw TableFileFault(.missingPart(name)) }
    guard unsafe stat.encryption_method == UInt16(ZIP_EM_NONE) else { throw TableFileFault(.encrypted) }
    guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else {
      throw unsafe TableFileFault(.badArchive(code: Int(zip_error_code_zip(zip_get_error(archive)))))
    }
    return unsafe ZipPart(file, archive: self, name: name, packed: Int(clamping: stat.comp_size), bytesMax: bytesMax)
  }
}

/// One part being unpacked. Keeps its archive open.
@safe final class ZipPart {
  let name: String
  private let file: OpaquePointer
  private let archive: ZipArchive
  private let packed: Int
  private let bytesMax: Int
  private var unpacked = 0

  fileprivate init(_ file: OpaquePointer, archive: ZipArchive, name: String, packed: Int, bytesMax: Int) {
    unsafe self.file = unsafe file
    (self.archive, self.name, self.packed, self.bytesMax) = (archive, name, packed, bytesMax)
  }

  deinit { _ = unsafe zip_fclose(file) }

  /// Fills a piece of memory; 0 at the end. The checksum of the whole part has held when 0 comes.
  func read(into buffer: UnsafeMutableRawPointer, count: Int) throws(TableFileFault) -> Int {
    let read = unsafe Int(zip_fread(file, buffer, UInt64(count)))
    guard read >= 0 else { throw unsafe TableFileFault(.badArchive(code: Int(zip_error_code_zip(zip_file_get_error(file))))) }
    unpacked += read
    guard unpacked <= bytesMax else { throw TableFileFault(.partTooLarge(name, bytesMax: bytesMax)) }
    guard unpacked <= TablesLimits.unpackFreeBytes || unpacked / TablesLimits.unpackRatio <= packed else {
      throw TableFileFault(.partTooDense(name, ratioMax: TablesLimits.unpackRatio))
    }
    return read
  }

  /// The next piece; empty at the end.
  func readChunk() throws(TableFileFault) -> [UInt8] {
    var fault: TableFileFault?
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: TablesLimits.chunkBytes) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      do throws(TableFileFault) { count = unsafe try read(into: base, count: TablesLimits.chunkBytes) } catch { fault = error }
    }
    if let fault { throw fault }
    return chunk
  }
}
