#!/usr/bin/env python3
"""The bureau's page in headless Chromium, over WebDriver (W3C) and nothing but the standard library.

    page_check.py PROGRAMS [SCREENSHOT]

Makes a county of made-up households, serves it, logs in as an auditor would, and asks: are the figures in the DOM those of
`zoufangd figures`; is there no script and no request to anybody else; does the page fit 1024 pixels and a phone.
"""
import base64, json, os, re, shutil, signal, subprocess, sys, tempfile, time, urllib.error, urllib.request

PASSWORD = "made up and long enough"
checks = 0


def check(what, holds, more=""):
    global checks
    if not holds:
        sys.exit(f"page: wrong: {what} {more}")
    checks += 1


class Driver:
    """One WebDriver session."""

    def __init__(self, work):
        self.process = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = None
        for line in self.process.stdout:
            found = re.search(r"successfully on port (\d+)", line)
            if found:
                port = found[1]
                break
        self.base = f"http://127.0.0.1:{port}"
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--user-data-dir=" + work,
                "--disable-background-networking", "--window-size=1024,900"]
        capabilities = {"alwaysMatch": {"browserName": "chrome", "acceptInsecureCerts": True,
                                        "goog:loggingPrefs": {"performance": "ALL"},
                                        "goog:chromeOptions": {"args": args, "binary": shutil.which("chromium")}}}
        self.session = ""
        self.session = "/session/" + self.ask("POST", "/session", {"capabilities": capabilities})["sessionId"]

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + self.session + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def script(self, text):
        return self.ask("POST", "/execute/sync", {"script": text, "args": []})

    def find(self, css):
        return "/element/" + list(self.ask("POST", "/element", {"using": "css selector", "value": css}).values())[0]

    def type(self, css, text):
        self.ask("POST", self.find(css) + "/value", {"text": text})

    def click(self, css):
        """Clicks what sends a form, and waits for the page that answers it: a password is stretched for a while."""
        self.script("window.isOld = true")
        self.ask("POST", self.find(css) + "/click", {})
        for _ in range(200):
            try:
                if self.script("return window.isOld !== true && document.readyState === 'complete'"):
                    return
            except urllib.error.HTTPError:
                pass  # between two pages
            time.sleep(0.05)
        raise SystemExit(f"page: nothing came after a click on {css}")

    def end(self):
        try:
            self.ask("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait()


def county(program, work):
    """A county with 240 households in six villages, a third of them on the month's list."""
    directory = work + "/county"
    run = lambda *words: subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout
    run("init", directory, "--name", "示范县", "--division", "130599", "--host", "localhost", "--address", "127.0.0.1")
    villages = [f"130599{town}{village}" for town in (100, 200) for village in (201, 202, 203)]
    write = lambda name, rows: open(f"{work}/{name}", "w", encoding="utf-8").write("\n".join(rows) + "\n")
    write("divisions.csv", ["代码,名称,类型", "130599,示范县,县", "130599100,示范镇,镇", "130599200,<b>远山</b>乡,乡"]
          + [f"{code},村{code[-3:]},村" for code in villages])
    write("roster.csv", ["户编号,村代码,现享受政策,人员编号,姓名,证件类型,证件号码,无证件原因,性别,出生日期,与户主关系"]
          + [f"A{n},{villages[n % 6]},,A{n}-1,张{'甲乙丙丁戊'[n % 5]},无证件,,老人无证,男,1950-03,户主" for n in range(240)])
    write("codes.csv", ["列表,代码,名称", "relation,02,户主", "scheme,lb,低保", "id_kind,id,居民身份证", "id_kind,none,无证件"])
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
    write("sweep.csv", ["户编号,起始日期,截止日期,列入原因"] + [f"A{n},{today},{today},定期" for n in range(0, 240, 3)])
    run("import", "divisions", directory, work + "/divisions.csv")
    run("import", "roster", directory, work + "/roster.csv", "--codes", work + "/codes.csv")
    run("import", "sweep", directory, work + "/sweep.csv")
    return directory, today, run


def figures(run, directory, first, last, division):
    lines = run("figures", directory, "--from", first, "--to", last, "--division", division).splitlines()[1:]
    return {cells[0]: cells[2:] for cells in (line.split("\t") for line in lines)}


TABLE = """const rows = {};
for (const row of document.querySelectorAll('#progress tbody tr'))
  rows[row.dataset.key] = [...row.querySelectorAll('td')].map(cell => cell.textContent);
rows['合计'] = [...document.querySelectorAll('#progress tfoot td')].map(cell => cell.textContent);
return rows;"""


def look(driver, base, run, directory, today, screenshot):
    first = today[:8] + "01"
    for division, depth in (("130599", 9), ("130599100", 12)):
        driver.open(f"{base}/page?division={division}&from={first}&to={today}")
        own = {key: cells for key, cells in figures(run, directory, first, today, division).items() if len(key) in (2, depth)}
        shown = driver.script(TABLE)
        check("the table is what zoufangd says", shown == own, f"{division}\n{shown}\n{own}")
        check("somebody is to be visited", int(own["合计"][0]) > 0)
    for path in ("/page", "/page/warnings", "/page/coverage", "/page/cases"):
        driver.open(base + path)
        check("no script in " + path, driver.script("return document.scripts.length + document.querySelectorAll('[onclick],[onload],iframe').length") == 0)
        check("styled", driver.script("return getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse")
        check("a chart", driver.script("return document.querySelectorAll('svg').length") > 0)
        check("a hostile name is text", driver.script("return document.querySelectorAll('td b, th b, text b').length") == 0)
        for width in (1024, 390):
            driver.ask("POST", "/window/rect", {"width": width, "height": 900})
            check(f"{path} fits {width} pixels", driver.script("return document.documentElement.scrollWidth <= window.innerWidth"))
        driver.ask("POST", "/window/rect", {"width": 1024, "height": 900})
    driver.open(f"{base}/page?from={first}&to={today}")
    if screenshot:
        open(screenshot, "wb").write(base64.b64decode(driver.ask("GET", "/screenshot")))


def main():
    program, screenshot = sys.argv[1] + "/zoufangd", sys.argv[2] if len(sys.argv) > 2 else None
    work = tempfile.mkdtemp(prefix="page-")
    server = driver = None
    try:
        directory, today, run = county(program, work)
        once = run("page-user", "add", directory, "--person", "P1", "--name", "李审", "--role", "auditor", "--scope", "130599").split()[-1]
        server = subprocess.Popen([program, "serve", directory, "--port", "0", "--listen", "127.0.0.1"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        base = "https://localhost:" + re.search(r":(\d+)", server.stdout.readline())[1]
        driver = Driver(work + "/browser")
        driver.open(base + "/page")
        check("who is not logged in comes to the form", driver.ask("GET", "/url").endswith("/page/login"))
        for person, password in (("P1", "wrong"), ("P1", once)):
            driver.type("input[name=person]", person)
            driver.type("input[name=password]", password)
            driver.click("button")
        check("the printed password must be changed", driver.ask("GET", "/url").endswith("/page/password"))
        for name, text in (("old", once), ("new", PASSWORD), ("again", PASSWORD)):
            driver.type(f"input[name={name}]", text)
        driver.click("button")
        for _ in range(60):
            driver.open(base + "/page")
            if driver.script("return !!document.querySelector('#progress')"):
                break
            time.sleep(0.5)
        check("cookies are no script's", driver.script("return document.cookie") == "")
        look(driver, base, run, directory, today, screenshot)
        driver.click("header button")
        driver.open(base + "/page")
        check("who has logged out comes to the form", driver.ask("GET", "/url").endswith("/page/login"))
        log = [json.loads(line["message"])["message"] for line in driver.ask("POST", "/se/log", {"type": "performance"})]
        urls = [one["params"]["request"]["url"] for one in log if one["method"] == "Network.requestWillBeSent"]
        foreign = [url for url in urls if not url.startswith((base + "/", "data:", "chrome:", "about:"))]
        check("requests go to the county alone", urls and not foreign, foreign)
        print(f"page: {checks} checks in {len(urls)} requests")
    finally:
        if driver:
            driver.end()
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
        shutil.rmtree(work, ignore_errors=True)


main()
