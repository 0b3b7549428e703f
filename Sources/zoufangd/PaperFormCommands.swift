// zoufangd paper-form and policy-notice: what is filled with a pen, what is signed, what is handed out

internal import ArgumentParser
internal import County
internal import Derivation
internal import Foundation
internal import Papers
internal import Relief
internal import Tables

/// Where the files go, and with which font a PDF is set.
struct SheetArguments: ParsableArguments {
  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("写到哪个目录；没有就建。", valueName: "目录"), completion: .directory)
  var out: String

  @Option(help: ArgumentHelp("PDF 用的中文字体（.ttf 或 .ttc）；不写就在系统里找。", valueName: "文件"), completion: .file(extensions: ["ttf", "ttc"]))
  var font: String?

  /// TrueType fonts with Chinese glyphs, as systems install them; the first that is there.
  private static let fonts = [
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc", "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc", "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
  ]

  private func fontFile() throws(CountyFault) -> String {
    if let font { return font }
    guard let found = Self.fonts.first(where: { FileManager.default.fileExists(atPath: $0) }) else { throw .noFont(path: nil) }
    return found
  }

  /// The workbook first: it needs no font.
  /// - Parameter title: what the files are called; a title may hold what no file's name may.
  func write(_ sheet: Sheet, _ title: String, pdf: (_ font: String) throws(PdfFault) -> PdfFile) throws(CountyFault) {
    let name = title.replacing("/", with: "／")
    let bytes: [UInt8]
    do throws(TableFileFault) {
      bytes = try TableDocument([sheet]).xlsx(created: Int64(Date().timeIntervalSince1970))
    } catch { throw .cannotWrite(path: name + ".xlsx") }
    try write(bytes, name + ".xlsx")
    let font = try fontFile()
    let file: PdfFile
    do throws(PdfFault) {
      file = try pdf(font)
    } catch {
      switch error {
      case .font(let path): throw .noFont(path: path)
      case .library: throw .cannotWrite(path: name + ".pdf")
      }
    }
    try write(file.bytes, name + ".pdf")
    if !file.missing.isEmpty { Say.error([Words.missing(file.missing, in: name + ".pdf")]) }
  }

  func write(_ bytes: [UInt8], _ name: String) throws(CountyFault) {
    try Files.write(bytes, name, in: out)
    Say.line(Words.wrote(name))
  }
}

struct PaperFormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paper-form", abstract: "纸质表：空白的，或按一户的记录填好、供签字的。", subcommands: [Blank.self, Filled.self])

  struct Blank: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "写出空白表（.xlsx 和 PDF），用笔填。",
      discussion: """
        题目、顺序、选项都取自已发布的表，不另抄一份；表改了版本，再写一遍就是新的。

        例：zoufangd paper-form blank /srv/zoufang 空白表 --form household-visit
        """)

    @OptionGroup var arguments: SheetArguments

    @Option(parsing: .upToNextOption, help: ArgumentHelp("只写这些表；不写就是全部已发布的。", valueName: "表"))
    var form: [String] = []

    func work() async throws(CountyFault) {
      for paper in try await County.open(arguments.place.county).blankForms(form) {
        try arguments.write(paper.sheet, paper.title + "_空白") { font throws(PdfFault) in try paper.pdf(font: font) }
      }
    }
  }

  struct Filled: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "按记录写出填好的表（.xlsx 和 PDF），供签字存档。",
      discussion: """
        用 --household 写户编号：每种表取这一户最近的一份；或用 --record 写一条记录的编号。证件号码是全号，每份记一笔。

        例：zoufangd paper-form filled /srv/zoufang 签字 --household H001 --form household-visit
        """)

    @OptionGroup var arguments: SheetArguments

    @Option(help: ArgumentHelp("户编号，和台账里的一样。", valueName: "编号"))
    var household: String?

    @Option(help: ArgumentHelp("一条记录的编号。", valueName: "编号"))
    var record: String?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("只写这些表；不写就是每种都写。", valueName: "表"))
    var form: [String] = []

    func validate() throws {
      guard (household == nil) != (record == nil) else { throw ValidationError(Words.householdOrRecord) }
    }

    func work() async throws(CountyFault) {
      let county = try await County.open(arguments.place.county)
      let forms =
        if let record { [try await county.filledForm(record: record)] } else {
          try await county.filledForms(household: household ?? "", form)
        }
      for filled in forms {
        let name = "\(filled.paper.title)_\(filled.day)_\(filled.record.suffix(8))"
        try arguments.write(filled.paper.sheet, name) { font throws(PdfFault) in try filled.paper.pdf(font: font) }
      }
    }
  }
}

struct PolicyNoticeCommand: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy-notice", abstract: "写出各项救助的明白纸（.txt、.xlsx 和 PDF）。",
    discussion: """
      标准和期限取自政策参数，按哪一天用 --day；没有设定的写“未设定”，先用 zoufangd import parameters 导入再发。目录里已有同名文件就一个也不写。

      例：zoufangd policy-notice /srv/zoufang 明白纸 --telephone 0319-0000000
      """)

  @OptionGroup var arguments: SheetArguments

  @Option(help: ArgumentHelp("按这一天的标准；不写是今天。", valueName: "年-月-日"))
  var day: String?

  @Option(help: ArgumentHelp("监督电话。", valueName: "电话"))
  var telephone: String?

  @Option(help: ArgumentHelp("代码表 codes.csv；不写用数据目录里的。", valueName: "文件"), completion: .file(extensions: ["csv"]))
  var codes: String?

  func work() async throws(CountyFault) {
    let on = try day.map { text throws(CountyFault) -> CivilDate in
      guard let date = CivilDate(text), date.isWhole else { throw .badDate(text) }
      return date
    }
    let labels = try arguments.place.labels(codes)
    let notices = try await County.open(arguments.place.county).notices(on: on, codes: labels, telephone: telephone)
    let taken = Files.names(in: arguments.out)
    let names = notices.flatMap { notice in ["txt", "xlsx", "pdf"].map { notice.title + "." + $0 } }.filter(taken.contains)
    guard names.isEmpty else { throw .filesTaken(names) }
    // Said before the first PDF: without a font nothing is said behind it.
    Say.error([Words.unset(notices.reduce(0) { $0 + $1.text.ranges(of: PolicyNotice.unset).count })])
    for notice in notices {
      try arguments.write(Array(notice.text.utf8), notice.title + ".txt")
      try arguments.write(notice.sheet, notice.title) { font throws(PdfFault) in try notice.pdf(font: font) }
    }
  }
}
