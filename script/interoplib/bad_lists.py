#!/usr/bin/env python3
"""What departments send that is no list, given to the real zoufangd: a sentence with row and column, and nothing of it taken.

    bad_lists.py PROGRAMS    the directory of zoufang and zoufangd

The workbooks are openpyxl's, or put together by hand."""
import io, os, shutil, subprocess, sys, tempfile, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "faultlib")]
from checks import Checks, Failed
from county import County, ENVIRONMENT
from visit import ROOT
import openpyxl

HEADER = ["姓名", "身份证号", "自付金额"]
ROW = ["张甲", "130599195203070019", 1234.5]


def book(*rows, merge=None, before=None):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "名单"
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if before:
        first = made.create_sheet("填表说明", 0)
        for line in before:
            first.append([line])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def replaced(package, part, change):
    """The same package with another text in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(HEADER, ROW)

# What it is, its name, its bytes, what the sentence must say.
BAD = [
    ("wrong file: a PDF", "a.xlsx", b"%PDF-1.7\n" + bytes(range(256)), ["不是"]),
    ("wrong file: an old workbook", "a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ["旧格式 .xls", "另存为 .xlsx"]),
    ("wrong file: a web page", "a.xlsx", "<html><table><tr><td>姓名</td></tr></table></html>".encode(), ["网页", "另存为 .xlsx"]),
    ("wrong file: another list", "a.csv", "户号,树种,亩数\n1,杨,3\n".encode(), ["没有认得的列名", "zoufangd profiles"]),
    ("wrong sheet", "a.xlsx", book(HEADER, ROW, before=["填表说明", "请按身份证填写"]), ["第一张工作表不是这张名单", "“名单”", "--sheet 名单"]),
    ("a merged header", "a.xlsx", book(["姓名", "自付金额", None, "身份证号"], ["张甲", 1, 2, ROW[1]], merge="B1:C1"), ["第 1 行", "“自付金额”合并了第 2 到 3 列"]),
    ("formulas without a value", "a.xlsx", book(HEADER, [*ROW[:2], "=SUM(1,2)"]), ["第 2 行", "第 3 列", "没有算出结果的公式"]),
    ("a row beyond the last", "a.xlsx", replaced(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="1048577"/></sheetData>')), ["第 1048577 行", "超过 1048576 行"]),
    ("a zip bomb", "a.xlsx", replaced(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * (256 << 20) + b"</sheetData>")), [SHEET, "倍"]),
    ("a wrong encoding", "a.csv", "姓名,身份证号,自付金额\n".encode() + "张甲".encode() + b"\xff\xfe,1,2\n", ["第 2 行", "第 1 列", "GB18030", "CSV UTF-8"]),
    ("doubled headers", "a.csv", "姓名,身份证号,自付金额,自付合计\n张甲,,1,2\n".encode(), ["第 1 行", "第 3、4 列", "自付金额", "自付合计", "留一列"]),
    ("a quote never closed", "a.csv", "姓名,自付金额\n张甲,\"1\n李乙,2\n".encode(), ["第 2 行", "第 2 列", "双引号"]),
    ("a column that is missing", "a.csv", "姓名,身份证号\n张甲,1\n".encode(), ["缺少必有的列", "个人自付"]),
]

# The same day as six offices write it, and one that nobody can read.
DATES = ["2026-10-31", "2026/10/31", "2026.10.31", "20261031", "2026年10月31日", "2026/10/31 00:00:00"]


def give(county, work, name, content, *more):
    path = os.path.join(work, name)
    with open(path, "wb") as file:
        file.write(content)
    return subprocess.run(
        [county.zoufangd, "import", "list", county.directory, path, "--profile", "medical_insurance/expense", "--as-of", "2026-10-31",
         "--profiles", "seeds/profiles", "--no-compare", *more], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)


def stored(county):
    """Every table's count: what an import could have left half done."""
    tables = [row[0] for row in county.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    return {table: county.rows(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}


def main():
    programs = {name: os.path.join(sys.argv[1], name) for name in ("zoufang", "zoufangd")}
    work = tempfile.mkdtemp(prefix="lists-")
    county, checks = County(programs, work + "/county"), Checks()
    try:
        county.make()
        before = stored(county)
        for what, name, content, words in BAD:
            done = give(county, work, name, content)
            said = done.stdout + done.stderr
            missing = [word for word in [*words, "这个文件一行也没有收"] if word not in said]
            checks.equal(f"{what}: {said.splitlines()[0][:60] if said else ''}", (done.returncode, missing), (2, []))
            checks.equal("nothing of it was taken", stored(county), before)
        rows = "".join(f"张{at},,1,{date}\n" for at, date in enumerate(DATES))
        done = give(county, work, "dates.csv", ("姓名,身份证号,自付金额,截止日期\n" + rows + "李乙,,1,10/31/26\n=1+1,,x,2026-10-31\n").encode(),
                    "--rejected", work + "/back.xlsx")
        checks.equal("a day in six formats is taken, in a seventh set aside", (done.returncode, "收下 6 行，放在一边 2 行" in done.stdout), (0, True))
        back = openpyxl.load_workbook(work + "/back.xlsx").active
        found = [[cell.value for cell in row] for row in back.iter_rows()]
        checks.equal("what goes back names row, column and reason", [row[:3] for row in found if row[0] in (8, 9)],
                     [[8, "截止日期", "不是日期，写成 2026-11-24"], [9, "自付金额", "不是金额"]])
        checks.equal("and the row as it stood, its formula a text", [(cell.value, cell.data_type) for row in back.iter_rows() for cell in row if cell.value == "=1+1"],
                     [("=1+1", "s")])
    except (Failed, RuntimeError, subprocess.TimeoutExpired) as failed:
        print(f"lists: NO  {failed} (kept: {work})")
        return 1
    shutil.rmtree(work)
    print(f"lists: {checks.done} checks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
