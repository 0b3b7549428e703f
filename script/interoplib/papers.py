#!/usr/bin/env python3
"""What the county hands out, read by others: papers, extracts, an export and paper forms by openpyxl, the PDFs by pypdf.

    papers.py PROGRAMS    the directory of zoufang and zoufangd

Makes a county of made-up people with what should never leave in every field, lets the real zoufangd write its files, and asks of each: is a text
still a text, are the figures those that were written, does nothing stand in it that its reader has no business with, and is it written down."""
import datetime, glob, json, os, re, shutil, sys, tempfile, uuid
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "faultlib")]
import journal_reader, journal_writer
from checks import Checks, Failed
from county import County
from visit import ROOT
from wire_client import Client
import openpyxl, pypdf

VILLAGE, TOWN = "130599100201", "130599100"
HEAD, NUMBER, PHONE = "=牛顶真", "130599195203070019", "13987654321"
TYPED = "+患尿毒症，电话 13987654321"
SECRETS = [NUMBER, PHONE, "尿毒症", "1952-03-07", "19520307"]

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>签字表</h:title><model>
<instance><data id="sign" version="1"><who/><words/><kind/></data></instance>
<instance id="person" src="jr://file-csv/person.csv"/>
<bind nodeset="/data/who" type="string"/><bind nodeset="/data/words" type="string"/><bind nodeset="/data/kind" type="string"/>
</model></h:head><h:body>
<select1 ref="/data/who"><label>是谁</label><itemset nodeset="instance('person')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<input ref="/data/words"><label>原话</label><hint>照他说的写</hint></input>
<select ref="/data/kind"><label>困难在哪</label><item><label>吃</label><value>food</value></item><item><label>住</label><value>home</value></item></select>
</h:body></h:html>"""


def cells(path, titled=True):
    """Header and rows of a workbook's one sheet, as openpyxl has them; what another system reads has no title above the header."""
    book = openpyxl.load_workbook(path)
    if len(book.worksheets) != 1:
        raise Failed(f"{path}: {len(book.worksheets)} sheets")
    rows = [list(row) for row in book.active.iter_rows()]
    head = 1 if titled else 0
    return [cell.value for cell in rows[head]], rows[head + 1:]


def texts(path):
    rows = cells(path)[1]
    return [[("" if cell.value is None else cell.value) for cell in row] for row in rows]


def raw(path):
    """Every part of the package as text: what somebody finds who looks past the cells."""
    import zipfile
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def pdf_text(path):
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def device(county, person, name, role, scope):
    client = Client("localhost", county.port, county.code(person, name, role, scope))
    client.trust()
    if client.enrol().status != 200 or client.session().status != 200:
        raise Failed(f"{role} cannot enrol")
    return client


def push(client, records):
    readers = [(one["kind"], journal_reader.unbase64(one["public_key"])) for one in client.grant["readers"]]
    journal = journal_writer.Journal(client.grant["device_id"], client.sign, readers)
    for record in records:
        journal.append(record)
    answer = client.push(journal.id, 1, journal.header + b"".join(journal.lines), journal.checkpoint(len(journal.lines)))
    states = [(item["state"], item.get("code")) for item in answer.json.get("items", [])]
    if states != [("applied", None)] * len(records):
        raise Failed(f"push: {answer.status} {states}")


def fact(list_name, household, **properties):
    return {"entity": str(uuid.uuid4()), "list": list_name, "properties": sorted([["household", household]] + [list(one) for one in properties.items()])}


def people(county, work):
    """One household more, whose head's name begins like a formula; and what an office and a cadre write about it."""
    with open(work + "/more.csv", "w", encoding="utf-8") as file:
        file.write("户编号,村代码,联系电话,人员编号,姓名,证件类型,证件号码,与户主关系,病名\n"
                   f"X1,{VILLAGE},{PHONE},X1-1,{HEAD},居民身份证,{NUMBER},户主,尿毒症\n")
    county.command("import", "roster", county.directory, work + "/more.csv", "--codes", "seeds/codes.csv")
    with open(work + "/sign.xml", "w", encoding="utf-8") as file:
        file.write(FORM)
    county.command("publish-form", county.directory, work + "/sign.xml")
    county.command("import", "parameters", county.directory, "seeds/practice/parameters.yaml")
    shutil.copy(os.path.join(ROOT, "seeds/codes.csv"), county.directory + "/codes.csv")


def written(county, today):
    """Records of an office and of a cadre; gives the id of the visit that was typed."""
    office = device(county, "p-office", "县局", "county", "130599")
    records = [json.loads(item["record"]) for item in office.feed(limit=200)[0]]
    roster = next(one for one in records if one["type"] == "roster" and NUMBER in json.dumps(one))
    household = roster["household"]
    person = next(one["entity"] for one in roster["facts"] if one["list"] == "person")
    form = next(one for one in records if one["type"] == "form" and one["form"]["id"] == "sign")
    push(office, [
        office.record("category", household, VILLAGE, [fact(
            "category", household, kind="lb", **{"from": today}, amount_fen="123456", period="month")]),
        office.record("referral", household, VILLAGE, [fact(
            "referral", household, number="转1", need="medical", department="health", date=today, detail=TYPED)])])
    cadre = device(county, "p-cadre", "王小明", "cadre", VILLAGE)
    submission = f'<data id="sign" version="1"><who>{person}</who><words>屋顶漏雨，&lt;三年&gt;了</words><kind>food home</kind></data>'
    visit = cadre.record("visit", household, VILLAGE, [fact("visit", household, date=today, result="done")], form=form["form"], submission=submission)
    push(cadre, [visit])
    return json.loads(visit)["id"]


def office_papers(checks, county, work, month):
    for full in (False, True):
        out = f"{work}/papers-{full}"
        county.command("papers", county.directory, out, "--month", month, *(["--full-numbers"] if full else []))
        files = sorted(glob.glob(out + "/*.xlsx"))
        checks.equal("papers are for their owner's eyes", {oct(os.stat(path).st_mode & 0o777) for path in files}, {"0o600"})
        every = [(path, cell) for path in files for row in cells(path)[1] for cell in row]
        checks.equal(f"{len(every)} cells of {len(files)} papers: no formula", [cell.coordinate for _, cell in every if cell.data_type == "f"], [])
        long_numbers = [cell.value for _, cell in every if isinstance(cell.value, (int, float)) and cell.value >= 1e15]
        checks.equal("no number is long enough to lose digits", long_numbers, [])
        register = next(path for path in files if os.path.basename(path).startswith("低收入人口数据库台账"))
        row = next(row for row in texts(register) if HEAD in row)
        checks.equal("the register's number is " + ("whole" if full else "masked"), (NUMBER in row, any(str(cell).endswith(NUMBER[-4:]) for cell in row)), (full, True))
    lb = next(path for path in files if os.path.basename(path).startswith("新增救助明细（低保）"))
    header = cells(lb)[0]
    rows = texts(lb)
    amount = header.index("保障金额（元）")
    checks.equal("新增低保: one row with the amount that was granted, and their sum", [round(row[amount] * 100) for row in rows], [123456, 123456])
    return f"{work}/papers-False"


def extracts(checks, folder):
    found = {}
    for path in sorted(glob.glob(folder + "/*.xlsx")):
        name = os.path.basename(path).split("_")[0]
        if name.startswith(("公示名单", "转办单", "慈善对接需求", "督查清单")):
            found[name] = path
    checks.equal("extracts", sorted(found), ["公示名单", "慈善对接需求", "督查清单", "转办单（卫健局）"])
    for name, path in found.items():
        text = raw(path)
        checks.equal(f"{name}: nothing that is nobody's business", [one for one in SECRETS if one in text], [])
    checks.equal("公示名单 names the head", any(HEAD in row for row in texts(found["公示名单"])), True)
    checks.equal("the department's slip is there", [row[1] for row in texts(found["转办单（卫健局）"])], ["转1"])


def export(checks, county, work, month):
    words = ("export", county.directory, work + "/export", "--month", month, "--profile", "seeds/exports/provincial.yaml")
    with open(os.path.join(ROOT, "seeds/exports/provincial.yaml"), encoding="utf-8") as file:
        wanted = re.findall(r"^  - \{header: ([^,}]+)", file.read(), re.M)
    county.command(*words)
    path = glob.glob(work + "/export/*.xlsx")[0]
    header, rows = cells(path, titled=False)
    checks.equal("the export's columns are the profile's, in its order", header, wanted)
    row = next(row for row in rows if HEAD in [cell.value for cell in row])
    number = row[header.index("证件号码")]
    checks.equal("its number is whole, a text, and formatted as one", (number.value, number.data_type, number.number_format), (NUMBER, "s", "@"))
    copy = f"{work}/{os.path.basename(path)[:-5]} - 副本.xlsx"
    shutil.copy(path, copy)
    heads = {row[header.index("户主证件号码")].value for row in rows}
    checks.equal("a copy of the workbook marks what it has", f"已记下 {len(heads)} 户" in county.command("mark-entered", county.directory, copy), True)
    before = raw(path)
    said = county.command(*words)
    checks.equal("what was entered is left out, and no file is written", ("没有写文件" in said, glob.glob(work + "/export/*.xlsx"), raw(path) == before), (True, [path], True))


def blank(checks, county, work):
    out = work + "/blank"
    county.command("paper-form", "blank", county.directory, out)
    tree = ElementTree.parse(os.path.join(ROOT, "forms/household-visit.xml"))
    name = lambda tag: tag.split("}")[-1]
    chinese = next(one for one in tree.iter() if name(one.tag) == "translation" and "zh" in one.get("lang", ""))
    said = {one.get("id"): next((value.text or "") for value in one if name(value.tag) == "value" and not value.get("form")) for one in chinese
            if any(name(value.tag) == "value" and not value.get("form") for value in one)}
    read_only = {one.get("nodeset") for one in tree.iter() if name(one.tag) == "bind" and one.get("readonly")}
    labels = []
    for control in tree.iter():
        if name(control.tag) in ("input", "select1", "select", "range", "rank") and control.get("ref") not in read_only:
            label = next((one for one in control if name(one.tag) == "label"), None)
            if label is not None and "jr:itext" in (label.get("ref") or ""):
                labels.append(said[re.search(r"'([^']+)'", label.get("ref"))[1]])
    plain = [label for label in labels if "${" not in label and "<" not in label]
    path = next(path for path in glob.glob(out + "/*.xlsx") if "入户走访" in path)
    asked = [row[1] for row in texts(path)]
    missing = [label for label in plain if label and not any(str(text).startswith(label) for text in asked)]
    checks.equal(f"the blank form as a workbook asks all {len(plain)} questions", (len(plain) > 80, missing), (True, []))
    checks.equal("with room for a pen", openpyxl.load_workbook(path).active.sheet_format.defaultRowHeight, 24)
    text = pdf_text(path[:-5] + ".pdf")
    checks.equal("as a PDF too, in text that can be read back", [label for label in plain if "".join(label.split()) not in text], [])
    checks.equal("with its lines to sign on", all(word in text for word in ("受访人签字（按印）", "走访人签字", "日期")), True)
    checks.equal("nobody's data", [one for one in SECRETS + [HEAD] if one in text + raw(path)], [])


def filled(checks, county, work, visit):
    out = work + "/filled"
    county.command("paper-form", "filled", county.directory, out, "--household", "X1")
    path = glob.glob(out + "/签字表_*.xlsx")[0]
    rows = [row[1:] for row in texts(path)]
    answers = {row[0].split("（")[0]: row[1] for row in rows}
    checks.equal("a filled form: the answers", (answers["原话"], answers["困难在哪"]), ("屋顶漏雨，<三年>了", "■吃　■住"))
    checks.equal("the person by name, not by id", answers["是谁"].startswith("■" + HEAD), True)
    text = pdf_text(path[:-5] + ".pdf")
    wanted = [HEAD, "屋顶漏雨，<三年>了", "■吃", "示范镇东庄村", "王小明", visit, "受访人签字（按印）"]
    checks.equal("the same in the PDF", [one for one in wanted if one not in text], [])


def notices(checks, county, work):
    out = work + "/notices"
    county.command("policy-notice", county.directory, out, "--telephone", "0319-0000000")
    names = sorted(os.path.basename(path)[:-4] for path in glob.glob(out + "/*.txt"))
    checks.equal("a leaflet for each scheme", len(names), 6)
    for name in names:
        with open(f"{out}/{name}.txt", encoding="utf-8") as file:
            lines = [line.strip() for line in file.read().split("\n") if line.strip()]
        told = {str(cell) for row in texts(f"{out}/{name}.xlsx") for cell in row if cell}
        checks.equal(f"{name}: text and workbook say the same", told, set(lines[1:]))
        text = pdf_text(f"{out}/{name}.pdf")
        checks.equal(f"{name}: the PDF too", [line for line in lines if "".join(line.split()) not in text], [])


def main():
    programs = {name: os.path.join(sys.argv[1], name) for name in ("zoufang", "zoufangd")}
    work = tempfile.mkdtemp(prefix="papers-")
    county, checks = County(programs, work + "/county"), Checks()
    china = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    ahead = china + datetime.timedelta(days=20)
    month = (china if china.day <= 15 else ahead.replace(day=1)).strftime("%Y-%m")
    audits = lambda: county.rows("SELECT count(*) FROM record WHERE type = 'audit'")[0][0]
    try:
        county.make()
        people(county, work)
        county.serve()
        visit = written(county, china.isoformat())
        county.stop()
        before = audits()
        blank(checks, county, work)
        notices(checks, county, work)
        checks.equal("blank forms and leaflets leave no line in the trail", audits() - before, 0)
        folder = office_papers(checks, county, work, month)
        extracts(checks, folder)
        export(checks, county, work, month)
        files = sum(len(glob.glob(f"{work}/papers-{full}/*.xlsx")) for full in (False, True)) + 1
        checks.equal("every paper and export is written down", audits() - before, files)
        filled(checks, county, work, visit)
        checks.equal("and so is the filled form", audits() - before, files + 1)
    except (Failed, RuntimeError) as failed:
        print(f"papers: NO  {failed} (kept: {work})")
        return 1
    finally:
        county.stop()
    shutil.rmtree(work)
    print(f"papers: {checks.done} checks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
