// zoufangd page-user

internal import ArgumentParser
internal import County

struct PageUser: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page-user",
    abstract: "管理看网页的账号（县民政局、审计）。",
    discussion: """
      网页在服务端地址后加 /page，只有数字，没有户和人。打印的一次性密码 72 小时内有效，第一次登录必须换掉。

      例：zoufangd page-user add /srv/zoufang --person P009 --name 李审 --role auditor --scope 130599100
      """,
    subcommands: [Add.self, List.self, Remove.self, Reset.self, Log.self])

  struct Person: ParsableArguments {
    @Option(help: ArgumentHelp("人员编号。", valueName: "编号"))
    var person: String
  }

  struct Add: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "新建账号，打印一次性密码。",
      discussion: "例：zoufangd page-user add /srv/zoufang --person P009 --name 李审 --role auditor --scope 130599100")
    @OptionGroup var place: DirectoryArgument
    @OptionGroup var who: Person

    @Option(help: ArgumentHelp("姓名。", valueName: "姓名"))
    var name: String

    @Option(help: ArgumentHelp("county（县民政局）或 auditor（审计）。", valueName: "角色"))
    var role: String

    @Option(help: ArgumentHelp("能看的区划代码：县 6 位、乡镇 9 位、村 12 位。", valueName: "代码"))
    var scope: String

    @OptionGroup var time: CountyClock

    func work() async throws(CountyFault) {
      let county = try await County.open(place.county, surroundings: time.surroundings)
      let password = try await county.addPageUser(person: who.person, name: name, role: Words.roleCode(role), scope: scope)
      Say.line(Words.account(who.person, password, at: county.pageAddress, until: county.pagePasswordEnd))
    }
  }

  struct List: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "列出账号。", discussion: "例：zoufangd page-user list /srv/zoufang")
    @OptionGroup var place: DirectoryArgument

    func work() async throws(CountyFault) {
      let users = try await County.open(place.county).pageUsers()
      if users.isEmpty { Say.line("还没有网页账号。用 zoufangd page-user add 新建。") }
      for user in users {
        Say.line(
          [user.person, user.name, Words.role(user.role), user.scope, user.mustChange ? "还没换密码" : "在用"]
            .joined(separator: "  "))
      }
    }
  }

  struct Remove: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "删除账号，立即生效。", discussion: "例：zoufangd page-user remove /srv/zoufang --person P009")
    @OptionGroup var place: DirectoryArgument
    @OptionGroup var who: Person

    func work() async throws(CountyFault) {
      try await County.open(place.county).removePageUser(person: who.person)
      Say.line("已删除 \(who.person)。")
    }
  }

  struct Reset: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "重发一次性密码；原密码和已登录的立即失效。", discussion: "例：zoufangd page-user reset /srv/zoufang --person P009")
    @OptionGroup var place: DirectoryArgument
    @OptionGroup var who: Person

    func work() async throws(CountyFault) {
      let county = try await County.open(place.county)
      let password = try await county.resetPageUser(person: who.person)
      Say.line(Words.account(who.person, password, at: county.pageAddress, until: county.pagePasswordEnd))
    }
  }

  struct Log: CountyCommand {
    static let configuration = CommandConfiguration(
      abstract: "看谁在什么时候看了哪一页。", discussion: "例：zoufangd page-user log /srv/zoufang --last 200")
    @OptionGroup var place: DirectoryArgument

    @Option(help: ArgumentHelp("最近多少条。", valueName: "条"))
    var last = 100

    func work() async throws(CountyFault) {
      let lines = try await County.open(place.county).pageAudit(limit: max(0, last))
      if lines.isEmpty { Say.line("还没有人看过网页。") }
      for line in lines {
        Say.line([line.at, line.person ?? "—", line.page, line.outcome].joined(separator: "  "))
      }
    }
  }
}
