// zoufangd import list, profiles and compare: departments' lists

internal import ArgumentParser
internal import County
internal import Departments
internal import Foundation
internal import Relief
internal import Tables

struct ProfileFolder: ParsableArguments {
  @Option(help: ArgumentHelp("读取配置（.yaml）所在的目录，默认是数据目录里的 profiles；没有就把 seeds/profiles 拷过去。", valueName: "目录"), completion: .directory)
  var profiles: String?

  func path(_ place: DirectoryArgument) -> String { profiles ?? place.directory + "/profiles" }

  func read(_ county: County, _ place: DirectoryArgument) throws(CountyFault) -> [DepartmentProfile] {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path(place), isDirectory: &isFolder)
    guard isThere, isFolder.boolValue else { throw .noProfiles(path: path(place)) }
    return try county.profiles(in: path(place))
  }
}

struct ImportList: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "导入部门名单（.csv 或 .xlsx），并与台账比对。",
    discussion: """
      名单按读取配置（profile）认列，配置的名字写成 部门/名单，例如 medical_insurance/expense；zoufangd profiles 列出有哪些。
      工作簿里有几张这样的工作表，用 --sheet 一张一张收。同一个文件换一个日期再收，算另一批（每月不变的发放名单）。
      读不了的行放在一边，--rejected 指定的新表格（.xlsx，不能已经有）里逐行写明原因，可退给部门改。同一个文件按同一个日期导入两次，第二次什么都不变。
      导入后接着比对，产生的预警下次同步就到电脑上；只导入不比对用 --no-compare。

      例：zoufangd import list /srv/zoufang 自付.xlsx --profile medical_insurance/expense --as-of 2026-10-31
      """)

  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("部门给的文件。", valueName: "文件"), completion: .file(extensions: ["csv", "xlsx"]))
  var file: String

  @Option(help: ArgumentHelp("用哪个读取配置。", valueName: "部门/名单"))
  var profile: String

  @OptionGroup var folder: ProfileFolder

  @Option(help: ArgumentHelp("名单说的是哪一天的情况，不晚于今天。", valueName: "日期"))
  var asOf: String

  @Option(help: ArgumentHelp("把没有收下的行写成新的 .xlsx，退给部门。", valueName: "文件"), completion: .file(extensions: ["xlsx"]))
  var rejected: String?

  @Option(help: ArgumentHelp("收工作簿里的哪一张工作表。", valueName: "工作表"))
  var sheet: String?

  @Flag(help: "列名更像本部门的另一种名单时也照收。")
  var anyway = false

  @Flag(help: "导入后不比对。")
  var noCompare = false

  @OptionGroup var time: CountyClock

  func validate() throws {
    if let rejected, !rejected.lowercased().hasSuffix(".xlsx") { throw ValidationError(Words.rejectedName(rejected)) }
  }

  /// Whatever goes wrong with the paper that goes back once the list is in stops nothing; what can be seen before, does.
  private func checkRejected() throws(CountyFault) {
    guard let rejected, FileManager.default.fileExists(atPath: rejected) else { return }
    func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    throw .fileTaken(path: rejected, isInput: real(rejected) == real(file))
  }

  func work() async throws(CountyFault) {
    try checkRejected()
    let county = try await County.open(place.county, surroundings: time.surroundings)
    let profiles = try folder.read(county, place)
    let profile = try county.profile(profile, in: folder.path(place))
    let bytes = try Files.read(file)
    let choices = BatchChoices(sheet: sheet, others: anyway ? [] : profiles)
    let report: ListReport
    do throws(CountyFault) {
      report = try await county.importList(bytes, name: Files.name(file), by: profile, asOf: asOf, choices, words: Words.reject)
    } catch {
      if case .list(let fault) = error, case .everyRowRejected = fault.kind { await handBackAll(bytes, profile, choices, county) }
      throw error
    }
    try await takenIn(report, county, profiles)
  }

  /// Nothing of the file was taken, and its department is to be told why, row by row. What keeps the paper from being written is said;
  /// the list's own fault comes after it.
  private func handBackAll(
    _ bytes: [UInt8], _ profile: DepartmentProfile, _ choices: BatchChoices, _ county: County
  ) async {
    let sheet = county.rejectedRows(bytes, name: Files.name(file), by: profile, choices, words: Words.reject)
    do throws(CountyFault) { try await write(sheet, county) } catch { Say.error(Words.sentences(for: error)) }
  }

  /// - Returns: whether there was something to write, and a file to write it to.
  @discardableResult
  private func write(_ rows: Sheet?, _ county: County) async throws(CountyFault) -> Bool {
    guard let rejected, let bytes = try await county.handBack(rows, as: Files.name(rejected)) else { return false }
    try Files.write(bytes, Files.name(rejected), in: Files.folder(rejected), replaces: false)
    Say.line(Words.handedBack(rejected))
    return true
  }

  private func takenIn(_ report: ListReport, _ county: County, _ profiles: [DepartmentProfile]) async throws(CountyFault) {
    for line in Words.list(report, file: Files.name(file)) { Say.line(line) }
    try await county.follow(profiles)
    // The list is in from here on. What it means comes before the paper that goes back, and neither keeps the other from being done.
    var uncompared: CountyFault?
    if !noCompare {
      do throws(CountyFault) {
        Say.line(Words.comparison(try await county.compare(batch: report.batch, unnamed: Words.unnamed)))
      } catch { uncompared = error }
    }
    if uncompared != nil { Say.error([Words.uncompared(report.batch)]) }
    do throws(CountyFault) { try await handBack(report, county) } catch {
      Say.error((uncompared.map(Words.sentences) ?? []) + [Words.notHandedBack(isCompared: uncompared == nil && !noCompare)])
      throw error
    }
    if let uncompared { throw uncompared }
    if let doubt = Words.doubt(report, asOf: asOf, today: county.today, place.directory) { Say.line(doubt) }
  }

  private func handBack(_ report: ListReport, _ county: County) async throws(CountyFault) {
    guard report.rejected != nil else { return }
    if try await !write(report.rejected, county) { Say.line(Words.handBackHint) }
  }
}

struct Compare: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "把收下的部门名单重新与台账比对。",
    discussion: "台账变了、参数设定了，旧名单可能有新的意思。不写批次就逐批比对。说过的不再说。\n\n例：zoufangd compare /srv/zoufang")

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("只比对这一批。", valueName: "批次"))
  var batch: String?

  @OptionGroup var time: CountyClock

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county, surroundings: time.surroundings)
    let batches = try await county.batches()
    if let batch, !batches.contains(where: { $0.batch == batch }) { throw .noSuchBatch(batch) }
    if batches.isEmpty { Say.line("还没有收过部门名单。先用 zoufangd import list。") }
    for one in batches where batch == nil || one.batch == batch {
      Say.line("\(one.profile)  \(one.file)（\(one.asOf)）  \(one.batch)")
      Say.line("  " + Words.comparison(try await county.compare(batch: one.batch, unnamed: Words.unnamed)))
    }
  }
}

struct Profiles: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "列出部门名单的读取配置：何时应更新，认得哪些列名。",
    discussion: """
      配置是数据，不是程序：照着写一份 .yaml 放进目录，就能收一种新的名单。
      周期写在配置里（every_months），没写的按参数 import_period_months。

      例：zoufangd profiles /srv/zoufang --profiles seeds/profiles
      """)

  @OptionGroup var place: DirectoryArgument
  @OptionGroup var folder: ProfileFolder

  @Flag(help: "只列应更新的，不列列名。")
  var due = false

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    let profiles = try folder.read(county, place)
    let standing = try await county.listStanding(profiles)
    for profile in profiles where !due || standing.due.contains(where: { $0.profile == profile.id }) {
      Say.line("\(profile.id)  \(profile.departmentTitle)：\(profile.title)。\(profile.meaning)")
      if let list = standing.lists.first(where: { $0.profile == profile.id }) { Say.line("    " + Words.standing(list, on: standing.day)) }
      if due { continue }
      for column in profile.columns {
        Say.line("    \(column.isRequired ? "必有" : "可有")  \(column.headers.joined(separator: "、"))")
      }
    }
    let names = Set(profiles.map(\.id))
    for list in standing.lists where !names.contains(list.profile) && (!due || list.isDue(on: standing.day)) {
      Say.line("\(list.profile)  \(Words.name(list))。这个目录里没有它的读取配置。")
      Say.line("    " + Words.standing(list, on: standing.day))
    }
    if due, standing.due.isEmpty { Say.line("没有应更新的部门名单。") }
  }
}
