// The table of who gets what: written down by hand, from docs/county.md and docs/page.md, and not taken from the program. Where it and
// the program differ, one of the two is wrong, and which one is for a person to say.
//
// A cell of the first table is a status, or for a redirect where it leads: `login`, `password`, `page` (the first page of figures).
// A cell of the other tables is a set of places: v the own village, n the neighbouring village, t the township itself, c the county,
// e a village of another township; `-` is none, `403` and the like a refusal of the whole question.

enum AccessTable {
  /// Everybody who may stand before an endpoint. `forged` has a token that nobody gave; `revoked` a session that was opened before the
  /// county took the device away; `p:` are accounts of the page, `p:first` before its printed password is replaced, `p:clerk` one whose
  /// role somebody changed in the store.
  static let endpoints = """
    endpoint                            nobody forged revoked cadre clerk supervisor county auditor visitor p:county p:auditor p:first  p:clerk
    GET  /v1/hello                      200    200    200     200   200   200        200    200     200     200      200       200      200
    GET  /v1/ca                         200    200    200     200   200   200        200    200     200     200      200       200      200
    POST /v1/enrol                      403    403    403     403   403   403        403    403     403     403      403       403      403
    POST /v1/sessions/challenge         200    200    200     200   200   200        200    200     200     200      200       200      200
    POST /v1/sessions                   401    401    401     401   401   401        401    401     401     401      401       401      401
    GET  /v1/feed                       401    401    403     200   200   200        200    403     200     401      401       401      401
    GET  /v1/devices                    401    401    403     200   200   200        200    403     403     401      401       401      401
    POST /v1/journals                   401    401    403     200   200   200        200    403     200     401      401       401      401
    GET  /v1/journals/{journal}/cursor  401    401    403     200   200   200        200    403     200     401      401       401      401
    POST /v1/journals/{journal}/entries 401    401    403     200   200   200        200    403     200     401      401       401      401
    GET  /page/style.css                200    200    200     200   200   200        200    200     200     200      200       200      200
    GET  /page/login                    200    200    200     200   200   200        200    200     200     200      200       200      200
    POST /page/login                    403    403    403     403   403   403        403    403     403     403      403       403      403
    GET  /page                          login  login  login   login login login      login  login   login   200      200       password login
    GET  /page/warnings                 login  login  login   login login login      login  login   login   200      200       password login
    GET  /page/coverage                 login  login  login   login login login      login  login   login   200      200       password login
    GET  /page/cases                    login  login  login   login login login      login  login   login   200      200       password login
    GET  /page/password                 login  login  login   login login login      login  login   login   200      200       200      login
    POST /page/password                 login  login  login   login login login      login  login   login   403      403       403      login
    POST /page/logout                   login  login  login   login login login      login  login   login   403      403       403      login
    """

  /// Another person's journal, by those who have one of their own: its cursor, lines into it, and a journal that says it goes on from it.
  static let foreignJournals = """
    endpoint                            cadre clerk supervisor county visitor
    GET  /v1/journals/{journal}/cursor  403   403   403        403    403
    POST /v1/journals/{journal}/entries 403   403   403        403    403
    POST /v1/journals                   403   403   403        403    403
    """

  /// What the feed gives, by scope and kind of record: a visit, a warning out of a department's list, what a department gave, the township's
  /// fund, a list that came to the county, the forms that speak for a whole area. A visitor has the village's household h-v alone. And of
  /// whom the county attests devices: one cadre's each in v, n and e, one supervisor's in t, one of the county in c; oneself left out.
  static let reading = """
    reader     scope    visit warning assistance fund  batch form   devices
    cadre      village  v     v       v          -     -     vtc    vtc
    cadre      two      vn    vn      vn         -     -     vntc   vntc
    clerk      village  v     v       v          v     v     vtc    vtc
    clerk      township vnt   vnt     vnt        vnt   vnt   vntc   vntc
    supervisor village  v     v       v          v     v     vtc    vtc
    supervisor township vnt   vnt     vnt        vnt   vnt   vntc   vntc
    supervisor county   vntce vntce   vntce      vntce vntce vntce  vntce
    county     township vnt   vnt     vnt        vnt   vnt   vntc   vntc
    county     county   vntce vntce   vntce      vntce vntce vntce  vntce
    visitor    village  v     -       -          -     -     vtc    403
    visitor    township v     -       -          -     -     vntc   403
    auditor    county   403   403     403        403   403   403    403
    """

  /// Where a record that a device pushes is applied, by its kind; everywhere else it is parked. A kind that the role does not write is
  /// applied nowhere.
  static let writing = """
    writer     scope    visit fund  review batch  form
    cadre      village  v     -     -      -      -
    cadre      two      vn    -     -      -      -
    clerk      village  v     v     -      -      -
    clerk      township vnt   vnt   -      -      -
    supervisor township vnt   vnt   vnt    -      -
    county     township vnt   vnt   vnt    vnt    vntc
    county     county   vntce vntce vntce  vntce  vntce
    visitor    village  v     -     -      -      -
    visitor    township v     -     -      -      -
    """

  /// Of which places an account of the page sees figures, by page. Every other place is 403.
  static let page = """
    account    scope    /page /page/warnings /page/coverage /page/cases
    auditor    village  v     v              v              v
    auditor    township vnt   vnt            vnt            vnt
    county     township vnt   vnt            vnt            vnt
    auditor    county   vntce vntce          vntce          vntce
    county     county   vntce vntce          vntce          vntce
    """

  struct Row {
    /// The first columns that name the row.
    var name: [String]
    /// By head of the column.
    var cells: [String: String]
  }

  /// - Parameter naming: how many columns name the row; of an endpoint its method and its path.
  static func rows(_ table: String, naming: Int) -> [Row] {
    let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let heads = Array(lines[0].suffix(lines[1].count - naming))
    return lines.dropFirst().map { line in
      Row(name: Array(line.prefix(naming)), cells: Dictionary(uniqueKeysWithValues: zip(heads, line.dropFirst(naming))))
    }
  }

  /// Whether every line of a table has as many cells as its head.
  static func isWhole(_ table: String, naming: Int, heads: Int) -> Bool {
    let lines = table.split(separator: "\n").map { $0.split(separator: " ") }
    return lines.dropFirst().allSatisfy { $0.count == naming + heads } && rows(table, naming: naming).allSatisfy { $0.cells.count == heads }
  }
}
