// A workbook, written row by row in constant memory by libxlsxwriter: rows go to a temporary file that has no name, and from there into
// the package. The only file that sees libxlsxwriter.

internal import CXlsxWriter
internal import Glibc

@safe public final class XlsxWriter {
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var worksheet: UnsafeMutablePointer<lxw_worksheet>?
  private let formats: Formats
  private var names: Set<String> = []
  private var columns = 0
  /// From 0, as the library counts.
  private var nextRow = 0

  /// - Parameter created: seconds since 1970.
  public init(path: String, created: Int64) throws(TableFileFault) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    guard let made = unsafe workbook_new_opt(path, &options) else { throw TableFileFault(.cannotWrite("workbook_new")) }
    unsafe workbook = unsafe made
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = time_t(created)
    unsafe workbook_set_properties(made, &properties)
    formats = unsafe Formats(made)
  }

  deinit {
    // Not finished: the library frees a workbook only by writing it, and whoever gave up removes the file.
    if let workbook = unsafe workbook { _ = unsafe workbook_close(workbook) }
  }

  /// Begins the next sheet: title, header, widths, what is repeated on every printed page.
  public func begin(_ head: SheetHead) throws(TableFileFault) {
    guard let workbook = unsafe workbook else { throw TableFileFault(.cannotWrite("finished")) }
    guard SheetHead.mayBeNamed(head.name), names.insert(head.name.lowercased()).inserted,
      let sheet = unsafe workbook_add_worksheet(workbook, head.name)
    else { throw TableFileFault(.badSheetName(head.name)) }
    guard (1...TablesLimits.columns).contains(head.columns.count) else {
      throw TableFileFault(.tooManyColumns(max: TablesLimits.columns), sheet: head.name)
    }
    unsafe worksheet = unsafe sheet
    columns = head.columns.count
    nextRow = 0
    let last = lxw_col_t(columns - 1)
    for (index, column) in head.columns.enumerated() {
      unsafe worksheet_set_column(sheet, lxw_col_t(index), lxw_col_t(index), min(max(column.width, 1), 255), nil)
    }
    if let title = head.title {
      // The library refuses to merge a single cell.
      if columns > 1 {
        unsafe worksheet_merge_range(sheet, 0, 0, 0, last, WrittenText.xlsx(title), formats.title)
      } else {
        unsafe worksheet_write_string(sheet, 0, 0, WrittenText.xlsx(title), formats.title)
      }
      unsafe worksheet_set_row(sheet, 0, 28, nil)
      nextRow = 1
    }
    let headerRow = lxw_row_t(nextRow)
    for (index, column) in head.columns.enumerated() {
      unsafe worksheet_write_string(sheet, headerRow, lxw_col_t(index), WrittenText.xlsx(column.header), formats.header)
    }
    nextRow += 1
    unsafe worksheet_freeze_panes(sheet, lxw_row_t(nextRow), 0)
    unsafe worksheet_set_paper(sheet, 9)  // A4
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
    unsafe worksheet_repeat_rows(sheet, 0, headerRow)
    if let height = head.rowHeight { unsafe worksheet_set_default_row(sheet, height, 0) }
    if let footer = head.footer { unsafe worksheet_set_footer(sheet, footer) }
  }

  public func add(_ row: [TableValue]) throws(TableFileFault) {
    guard let sheet = unsafe worksheet else { throw TableFileFault(.cannotWrite("no sheet")) }
    guard row.count <= columns else { throw TableFileFault(.tooManyCells(columns: columns), row: nextRow + 1) }
    guard nextRow < TablesLimits.sheetRows else { throw TableFileFault(.tooManyRows(max: TablesLimits.sheetRows), row: nextRow + 1) }
    let at = lxw_row_t(nextRow)
    for index in 0..<columns {
      let column = lxw_col_t(index)
      let value = index < row.count ? row[index] : .empty
      let error: lxw_error
      switch value {
      case .empty: error = unsafe worksheet_write_blank(sheet, at, column, formats.text)
      case .text(let text): error = unsafe worksheet_write_string(sheet, at, column, WrittenText.xlsx(text), formats.text)
      case .integer(let number): error = unsafe worksheet_write_number(sheet, at, column, Double(number), formats.integer)
      case .amountFen(let fen): error = unsafe worksheet_write_number(sheet, at, column, Double(fen) / 100, formats.amount)
      case .date(let year, let month, let day):
        var date = lxw_datetime(year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
        error = unsafe worksheet_write_datetime(sheet, at, column, &date, formats.date)
      }
      guard error == LXW_NO_ERROR else {
        throw unsafe TableFileFault(.cannotWrite(String(cString: lxw_strerror(error))), row: nextRow + 1, column: index + 1)
      }
    }
    nextRow += 1
  }

  /// Writes the file.
  public func finish() throws(TableFileFault) {
    guard let workbook = unsafe workbook else { return }
    unsafe self.workbook = nil
    unsafe worksheet = nil
    let error = unsafe workbook_close(workbook)
    guard error == LXW_NO_ERROR else { throw unsafe TableFileFault(.cannotWrite(String(cString: lxw_strerror(error)))) }
  }

  /// The styles of a workbook; it owns them.
  @safe private struct Formats {
    let title, header, text, integer, amount, date: UnsafeMutablePointer<lxw_format>?

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
      func format(_ code: String? = nil, _ dress: (UnsafeMutablePointer<lxw_format>) -> Void = { _ in }) -> UnsafeMutablePointer<lxw_format>? {
        guard let format = unsafe workbook_add_format(workbook) else { return nil }
        unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        if let code { unsafe format_set_num_format(format, code) }
        unsafe dress(format)
        return unsafe format
      }
      unsafe title = unsafe format("@") { format in
        unsafe format_set_bold(format)
        unsafe format_set_font_size(format, 16)
        unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      }
      unsafe header = unsafe format("@") { format in
        unsafe format_set_bold(format)
        unsafe format_set_text_wrap(format)
        unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        unsafe format_set_bg_color(format, 0xE7E6E6)
      }
      unsafe text = unsafe format("@") { format in unsafe format_set_text_wrap(format) }
      unsafe integer = unsafe format("0")
      unsafe amount = unsafe format("0.00")
      unsafe date = unsafe format("yyyy-mm-dd")
    }
  }
}

/// A file without a name, gone with the process: what is exported has people's names and numbers in it.
@safe final class NamelessFile {
  private let file: UnsafeMutablePointer<FILE>
  private let descriptor: Int32
  var path: String { "/proc/self/fd/\(descriptor)" }

  init() throws(TableFileFault) {
    guard let file = unsafe tmpfile() else { throw TableFileFault(.cannotWrite(unsafe String(cString: strerror(errno)))) }
    unsafe self.file = unsafe file
    descriptor = unsafe fileno(file)
  }

  deinit { _ = unsafe fclose(file) }

  func bytes() throws(TableFileFault) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0 else { throw TableFileFault(.cannotWrite("empty")) }
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = unsafe pread(descriptor, buffer.baseAddress?.advanced(by: count), size - count, off_t(count))
        guard read > 0 else {
          failed = true
          return
        }
        count += read
      }
    }
    if failed { throw TableFileFault(.cannotWrite(unsafe String(cString: strerror(errno)))) }
    return bytes
  }
}
