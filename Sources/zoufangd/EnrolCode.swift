// zoufangd enrol-code

internal import ArgumentParser
internal import County
internal import Relief

struct EnrolCode: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol-code",
    abstract: "发一个一次性登记码，打印成登记条交给本人。",
    discussion: """
      登记码只能用一次，72 小时内有效，服务端不保存原文。登记条上的证书指纹用来确认连到的真是本县。
      角色：cadre 村干部 · clerk 乡镇经办 · supervisor 乡镇审核 · county 县民政局 · visitor 社工机构。审计只看网页，见 zoufangd page-user。

      例：zoufangd enrol-code /srv/zoufang --person P001 --name 张三 --role cadre --scope 130599100201
      """)

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("人员编号，不会变的，如工号；不要用身份证号。", valueName: "编号"))
  var person: String

  @Option(help: ArgumentHelp("姓名。", valueName: "姓名"))
  var name: String

  @Option(help: ArgumentHelp("角色，上面的英文词或中文名之一。", valueName: "角色"))
  var role: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("能看和能写的区划代码，可写多个：乡镇 9 位，村 12 位。县民政局和社工机构可以不写。", valueName: "代码"))
  var scope: [String] = []

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("社工机构（visitor）能看的户，写台账里的户编号，可写多个。", valueName: "户"))
  var household: [String] = []

  func validate() throws {
    let role = Words.roleCode(role)
    guard Role.known.contains(Role(rawValue: role)) else {
      throw ValidationError(Words.sentences(for: .badRole(role)).joined())
    }
    guard role != "auditor" else { throw ValidationError(Words.sentences(for: .noLaptop(role)).joined()) }
    guard role != "visitor" || !household.isEmpty else { throw ValidationError(Words.sentences(for: .noHouseholds).joined()) }
    guard !scope.isEmpty || role == "county" || role == "visitor" else { throw ValidationError("至少写一个 --scope。") }
    guard role == "visitor" || household.isEmpty else { throw ValidationError("--household 只用于 visitor。") }
  }

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    let slip = try await county.enrolmentCode(
      person: person, name: name, role: Words.roleCode(role), scopes: scope, households: household)
    Say.line(Words.slip(slip))
  }
}
