"""openpyxl reads a workbook of ours, and ours reads workbooks of openpyxl: every cell, its type, and what stands around the cells.

    tables.py TABLEPROBE"""
import csv, datetime, io, os, subprocess, sys, tempfile
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

ENVIRONMENT = dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8", SWIFT_BACKTRACE="enable=no", TZ="Asia/Shanghai")
wrong = []
count = 0


def same(what, ours, theirs):
    global count
    count += 1
    if ours != theirs:
        wrong.append(f"{what}: wanted {theirs!r}, got {ours!r}")


def probe(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode != 0:
        wrong.append(f"{words}: ended {done.returncode}: {done.stderr[:300]}")
    return done.stdout


# Texts that a spreadsheet or a careless writer would change. Not among them: `_x0041_`, which Excel and we write as `_x005F_x0041_`;
# openpyxl knows no escapes, in either direction.
TEXTS = ["130599195003070030", "13059919491003002X", "张三", "=1+1", "+86", "-x", "@SUM(A1)", "\tx", "a,\"b\"", "two\nlines", " 前 后 ", "<&>", "㐀𠮷", "007"]


def written(program, folder):
    source, book_path, csv_path = (os.path.join(folder, name) for name in ("in.csv", "out.xlsx", "out.csv"))
    rows = [(text, 123456 - at, at, f"2026-{at % 12 + 1:02d}-{at + 1:02d}") for at, text in enumerate(TEXTS)]
    with open(source, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("文字", "金额:fen", "数:int", "日期:date"), *rows])
    probe(program, "write", source, book_path, csv_path)
    sheet = openpyxl.load_workbook(book_path)["名单"]
    same("title", sheet["A1"].value, "名单标题")
    same("merged title", [str(merged) for merged in sheet.merged_cells.ranges], ["A1:D1"])
    same("header", [cell.value for cell in sheet[2]], ["文字", "金额", "数", "日期"])
    same("header is bold", all(cell.font.bold for cell in sheet[2]), True)
    same("frozen", sheet.freeze_panes, "A3")
    same("printed again", sheet.print_title_rows, "$1:$2")
    same("paper", (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight), ("landscape", "9", 0))
    same("rows", sheet.max_row, len(rows) + 2)
    for at, (text, fen, number, date) in enumerate(rows, start=3):
        cells = sheet[at]
        same(f"text {text!r}", (cells[0].value, cells[0].data_type, cells[0].number_format), (text, "s", "@"))
        same(f"amount {fen}", (round(cells[1].value * 100), cells[1].data_type, cells[1].number_format), (fen, "n", "0.00"))
        same(f"number {number}", (cells[2].value, cells[2].data_type), (number, "n"))
        same(f"date {date}", (cells[3].value, cells[3].is_date), (datetime.datetime.fromisoformat(date), True))
    text = open(csv_path, encoding="utf-8-sig", newline="").read()
    back = list(csv.reader(io.StringIO(text, newline="")))
    same("csv header", back[0], ["文字", "金额", "数", "日期"])
    for row, (text, fen, number, date) in zip(back[1:], rows):
        guarded = "'" + text if text.lstrip(" ")[:1] in tuple("=+-@\t\r\n") else text
        same(f"csv {text!r}", row, [guarded, f"{fen // 100}.{fen % 100:02d}", str(number), date])


def read(program, folder):
    for epoch in (None, CALENDAR_MAC_1904):
        book = openpyxl.Workbook()
        if epoch:
            book.epoch = epoch
        hidden, sheet = book.active, book.create_sheet("名单")
        hidden.title, hidden.sheet_state, hidden["A1"] = "字典", "hidden", "hidden"
        wanted = {}

        def put(at, value, kind, text, findings="", style=None):
            cell = sheet.cell(*at, value)
            if style:
                cell.number_format = style
            wanted[at] = (kind, findings, text)

        put((1, 1), "标题", "text", "标题", "merged")
        sheet.merge_cells("A1:B1")
        wanted[(1, 2)] = ("empty", "covered", "")
        for at, text in enumerate(TEXTS, start=2):
            if text.startswith("="):
                continue
            put((at, 1), text, "text", text.replace("\n", "\\n").replace("\t", "\\t"))
        put((2, 2), 1234.56, "number", "1234.56")
        put((3, 2), 0.1 + 0.2, "number", "0.3")
        # It writes sixteen digits: two are gone.
        put((4, 2), 130599195003070030, "number", "1.3059919500307e+17", "lostDigits")
        put((6, 2), datetime.date(2026, 11, 26), "date", "2026-11-26")
        put((7, 2), datetime.datetime(2026, 11, 26, 9, 30), "date", "2026-11-26T09:30:00")
        put((8, 2), datetime.date(2026, 2, 28), "date", "2026-02-28", style='yyyy"年"m"月"d"日"')
        put((9, 2), True, "boolean", "true")
        put((10, 2), "#N/A", "error", "#N/A")
        put((11, 2), "=SUM(B2:B3)", "empty", "", "formulaWithoutValue")
        path = os.path.join(folder, "theirs.xlsx")
        book.save(path)
        got = {}
        for line in probe(program, "read", path).splitlines():
            row, column, kind, findings, text = line.split("\t")
            if kind != "empty" or findings:
                got[(int(row), int(column))] = (kind, findings, text)
        for at in sorted(set(wanted) | set(got)):
            same(f"theirs{' since 1904' if epoch else ''} {at}", got.get(at), wanted.get(at))
        same("a hidden sheet by name", probe(program, "read", path, "字典").strip(), "1\t1\ttext\t\thidden")


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        written(program, folder)
        read(program, folder)
    for line in wrong:
        print("  NO  " + line)
    print(f"interop: {count} cells and settings compared with openpyxl, {len(wrong)} differ")
    return 1 if wrong or count < 120 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
