"""A month of a small county, made through the real zoufangd by an independent writer and client, and its monthly tables re-read by openpyxl.

    month.py PROGRAMS         founds a county, imports, pushes a month, exports every table, reads them all
    month.py --folder DIR     reads tables that are there already
    month.py --journey DIR    reads what the journey of a month left there (Tests/Journeys/MonthTables.swift): the tables, the lines of
                              `zoufangd figures` and the bureau's page, and asks whether they say the same

Asked of every table: a title, one header, numbers as numbers and identity numbers as text, no formula, no error value. Of the month made here also:
sums that are those of `zoufangd figures`, the fund's lines that add up, a name that looks like a formula and stays a name."""
import datetime, glob, os, shutil, subprocess, sys, tempfile, uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "faultlib")]
import openpyxl

VILLAGE, OTHER_VILLAGE, TOWN = "130599100201", "130599100202", "130599100"
FIRST, LAST = "2026-10-28", "2026-11-27"
HOSTILE = "=HYPERLINK(1)"
FIGURES = ["应走访", "已走访", "未遇", "发现", "建议纳入", "纳入救助", "急难", "转办", "清零", "逾期"]
checks = 0


def same(what, found, wanted):
    global checks
    if found != wanted:
        sys.exit(f"month: wrong: {what}: {str(found)[:400]}, wanted {str(wanted)[:400]}")
    checks += 1


class Table:
    """One exported workbook: the title, the header, and the rows as dictionaries of cells."""

    def __init__(self, path):
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        self.name, self.title = os.path.basename(path), sheet["A1"].value
        self.columns = [cell.value for cell in sheet[2]]
        self.cells = [dict(zip(self.columns, row)) for row in sheet.iter_rows(min_row=3)]
        self.rows = [{name: cell.value for name, cell in row.items()} for row in self.cells]

    def row(self, column, text):
        return next(row for row in self.rows if row[column] == text)


def read_any(path):
    """What must be so of every table, whoever made it."""
    table = Table(path)
    same(f"{table.name} has a title", bool(table.title), True)
    same(f"{table.name} has named columns, each once", (all(table.columns), len(set(table.columns))), (True, len(table.columns)))
    for row in table.cells:
        for name, cell in row.items():
            what = f"{table.name} {cell.coordinate} {name}"
            same(what + " is a text, a number or a day, and no formula", cell.data_type in ("s", "n", "d", "inlineStr"), True)
            if cell.value is None:
                continue
            if name.endswith("号码"):
                same(what + " is text", cell.data_type, "s")
            if name.endswith("（元）"):
                same(what + " is a number", (cell.data_type, isinstance(cell.value, (int, float))), ("n", True))
            if name.endswith("日期") and isinstance(cell.value, datetime.datetime):
                same(what + " is a day", cell.is_date, True)
    return table


def read_folder(folder):
    paths = sorted(glob.glob(folder + "/*.xlsx"))
    same("there are tables", len(paths) > 15, True)
    # 表名_地方_年-月.xlsx; a table's own name may have an underscore too.
    return {os.path.basename(path).rsplit("_", 2)[0]: read_any(path) for path in paths}


# MARK: a month

def make(programs, work):
    import journal_reader, journal_writer
    from county import County
    from wire_client import Client
    county = County({name: f"{programs}/{name}" for name in ("zoufang", "zoufangd")}, work + "/county")
    county.make()
    with open(work + "/parameters.yaml", "w", encoding="utf-8") as file:
        for name, value in (("warning_dispatch_workdays", "3"), ("warning_medical", "20000"), ("warning_levels", '"medical_cost=orange"')):
            file.write(f'{name}:\n  - value: {value}\n    from: 2024-01-01\n    source: "示范县练习用"\n')
    county.command("import", "parameters", county.directory, work + "/parameters.yaml")
    with open(work + "/自付.csv", "w", encoding="utf-8") as file:
        file.write("身份证号,姓名,个人自付\n130599195901302817,李文海,32000\n130599195706024057,吕长河,45000.50\n")
    county.command("import", "list", county.directory, work + "/自付.csv", "--profile", "medical_insurance/expense", "--profiles", "seeds/profiles",
                   "--as-of", "2026-11-02", "--clock", "2026-11-02T09:00:00+08:00")
    county.serve()
    client = Client("localhost", county.port, county.code("interop-clerk", "试办员", "clerk", TOWN))
    client.trust()
    client.enrol()
    client.check_grant()
    client.session()
    records = [item["record"] for item in client.feed()[0]]
    homes = roster(records)
    readers = [(one["kind"], journal_reader.unbase64(one["public_key"])) for one in client.grant["readers"]]
    journal = journal_writer.Journal(client.grant["device_id"], client.sign, readers)
    for type_name, household, division, facts in month(homes):
        record = client.record(type_name, household, division, facts)
        journal.append(record.replace(b'"household":null,', b""))
    count = len(journal.lines)
    answer = client.push(journal.id, 1, journal.header + b"".join(journal.lines), journal.checkpoint(count))
    same("everything is taken", [item.get("code") or item["state"] for item in answer.json["items"]], ["applied"] * count)
    return county


def roster(records):
    """Households of the feed: head's name → (id, village)."""
    import json
    homes, heads = {}, {}
    for record in map(json.loads, records):
        for fact in record.get("facts", []):
            said = dict(fact["properties"])
            if fact["list"] == "household" and record["type"] == "roster":
                homes[fact["entity"]] = record["division"]
            if fact["list"] == "person" and said.get("relation") == "02":
                heads[said["name"]] = record["household"]
    return {name: (household, homes.get(household, VILLAGE)) for name, household in heads.items()}


def month(homes):
    """The records: ten visits, two slips of which one is answered, the fund and what it gave."""
    def one(list_name, entity=None, **said):
        return {"entity": entity or str(uuid.uuid4()), "list": list_name, "properties": [[name, value] for name, value in said.items()]}

    def about(head):
        return homes[head]

    for number, head in enumerate(["张广田", "李文海", "刘凤芹", "陈建军", "吴德顺", "冯立新", "吕长河", "张淑英", "金海波", "戚永福"]):
        household, village = about(head)
        met = number % 3 != 2
        said = {"household": household, "date": f"2026-11-{10 + number:02d}", "method": "home" if met else "not_met"}
        said.update({"result": "suspected" if number == 4 else "none", "emergency": "no"} if met else {"not_met_reason": "nobody_home"})
        yield "visit", household, village, [one("visit", **said)]
    slips = [str(uuid.uuid4()) for _ in range(2)]
    for slip, head, number in zip(slips, ("李文海", "吕长河"), ("YB-7", "ZJ-3")):
        household, village = about(head)
        yield "referral", household, village, [one("referral", slip, household=household, need="medical", department="medical_insurance",
                                                   date="2026-11-12", due="2026-12-20", number=number)]
    household, village = about("李文海")
    yield "referral_answer", household, village, [one("referral", slips[0], received_by="刘科长", received="2026-11-13", outcome="helped",
                                                      amount_fen="320050", thing=HOSTILE, answered="2026-11-18")]
    yield "fund", None, TOWN, [one("fund", kind="allocation", amount_fen="1000000", date="2026-11-05", division=TOWN)]
    for head, fen in (("吴德顺", "150000"), ("李文海", "86050")):
        household, village = about(head)
        yield "assistance", household, village, [one("assistance", household=household, form="money", kind="temporary", funding="reserve",
                                                     amount_fen=fen, date="2026-11-13", department="town")]


def figures_of(said):
    """What `zoufangd figures` printed: by code, or 合计, the figures behind the name; the first line names the columns."""
    lines = [line.split("\t") for line in said.splitlines() if "\t" in line][1:]
    return {cells[0]: [int(cell) for cell in cells[2:]] for cells in lines}


def judge(county, tables):
    figures = figures_of(county.command("figures", county.directory, "--from", FIRST, "--to", LAST))
    supervision = tables["督促调度表"]
    same("the title says where and which days", supervision.title, f"示范县 督促调度表（{FIRST} 至 {LAST}）")
    for key, column, text in (("合计", "乡镇", "合计"), (VILLAGE, "村（社区）", "东庄村"), (OTHER_VILLAGE, "村（社区）", "西坡村"), (TOWN, "村（社区）", "小计")):
        same(f"{text} is what zoufangd says", [supervision.row(column, text)[name] for name in FIGURES], figures[key])
    villages = [row for row in supervision.rows if row["村（社区）"] in ("东庄村", "西坡村")]
    for name in FIGURES:
        same(f"{name} of the villages adds up", sum(row[name] for row in villages), supervision.row("乡镇", "合计")[name])
    same("visited, not met, suspected, slips", [figures["合计"][at] for at in (1, 2, 4, 7)], [7, 3, 1, 2])
    fund = tables["临时救助备用金台账"]
    came = sum(row["收入（元）"] or 0 for row in fund.rows)
    went = sum(row["支出（元）"] or 0 for row in fund.rows)
    same("the fund adds up", (came, went, fund.rows[-1]["结余（元）"]), (10000, 2360.5, 7639.5))
    slips = tables["转办台账"]
    same("a slip's answer", (slips.row("单号", "YB-7")["金额（元）"], slips.row("单号", "YB-7")["实物或服务"]), (3200.5, HOSTILE))
    warnings = tables["预警处置台账"]
    same("two warnings, raised on the day of the list", [row["预警日期"] for row in warnings.rows], [datetime.datetime(2026, 11, 2)] * 2)
    same("nobody judged them: one level up, and late", {(row["级别"], row["逾期"]) for row in warnings.rows}, {("红", "逾期")})


def journey(folder):
    """Tables by openpyxl, the page by an HTML parser: the same figures everywhere, and every yuan of the fund and of the slip."""
    from html.parser import HTMLParser
    tables = read_folder(folder + "/tables")
    with open(folder + "/figures.tsv", encoding="utf-8") as file:
        figures = figures_of(file.read())

    class Page(HTMLParser):
        rows, key, is_cell = {}, None, False

        def handle_starttag(self, tag, attributes):
            if tag == "table":
                self.is_progress = dict(attributes).get("id") == "progress"
            if tag == "tr":
                self.key = dict(attributes).get("data-key", "合计")
            self.is_cell = tag == "td"

        def handle_endtag(self, tag):
            self.is_cell = False

        def handle_data(self, text):
            if self.is_cell and self.is_progress:
                self.rows.setdefault(self.key, []).append(int(text))

    page = Page()
    with open(folder + "/page.html", encoding="utf-8") as file:
        page.feed(file.read())
    supervision, sweep = tables["督促调度表"], tables["排查汇总表"]
    same("somebody was visited", figures["合计"][1] > 0, True)
    same("the page shows the township and all", sorted(page.rows), sorted([TOWN, "合计"]))
    for key, column, text in (("合计", "乡镇", "合计"), (VILLAGE, "村（社区）", "东庄村"), (OTHER_VILLAGE, "村（社区）", "西坡村"), (TOWN, "村（社区）", "小计")):
        row = [supervision.row(column, text)[name] for name in FIGURES]
        same(f"{text} in the table is what zoufangd says", row, figures[key])
        same(f"{text} in the table of the sweep", [sweep.row(column, text)[name] for name in FIGURES if name in sweep.columns],
             [value for name, value in zip(FIGURES, row) if name in sweep.columns])
        if key in page.rows:
            same(f"{text} on the page is what the table says", page.rows[key], row)
    fund = tables["临时救助备用金台账"]
    came, went = (sum(row[name] or 0 for row in fund.rows) for name in ("收入（元）", "支出（元）"))
    same("the fund is settled", (came, went, fund.rows[-1]["结余（元）"]), (10000, 10000, 0))
    same("a slip is answered with money", [(row["单号"], row["结果"], row["金额（元）"]) for row in tables["转办台账"].rows], [("YB-1", "已救助", 860)])
    warnings = tables["预警处置台账"]
    same("a warning is ignored with its reason", [row["理由"] for row in warnings.rows if row["状态"] == "已忽略"], ["已由大病保险全额报销"])
    same("what nobody judged is late, one level up", [(row["户主"], row["级别"]) for row in warnings.rows if row["逾期"] == "逾期"], [("戚永福", "橙")])
    same("as many are late as the figures say", figures["合计"][-1], len([row for row in warnings.rows if row["逾期"] == "逾期"]))
    print(f"month: {checks} cells and figures of the journey's tables are the page's, as openpyxl reads them")


def main(programs, folder=None):
    if programs == "--journey":
        return journey(folder)
    if programs == "--folder":
        read_folder(folder)
        print(f"month: {checks} cells and settings of {folder} are as they should be")
        return
    work, county = tempfile.mkdtemp(prefix="month-"), None
    try:
        county = make(programs, work)
        out = work + "/十一月"
        county.command("papers", county.directory, out, "--month", "2026-11", "--settle-day", "27", "--codes", "seeds/codes.csv", "--full-numbers")
        judge(county, read_folder(out))
        print(f"month: {checks} cells, settings and sums of the monthly tables are as openpyxl should find them")
    finally:
        if county:
            county.stop()
        shutil.rmtree(work, ignore_errors=True)


main(*sys.argv[1:])
