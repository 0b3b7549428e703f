#!/usr/bin/env python3
"""How fast the bureau's page answers while people look at it.

    page_load.py ZOUFANGD [RECORDS [SECONDS]]

Makes a county whose store holds so many records of 60,000 made-up households (written straight into the store's table of records: how
they came there is another figure), serves it, waits for the first snapshot, and lets four people with four connections each ask for
all four pages as fast as they may (600 a minute each). Prints how long the first snapshot took, what the server holds in memory, and
the percentiles of the answers.
"""
import http.client, json, os, re, shutil, signal, sqlite3, ssl, subprocess, sys, tempfile, threading, time, urllib.parse

HOUSEHOLDS, TOWNS, VILLAGES = 60_000, 20, 15
PASSWORD = "made up and long enough"


def records(count, day):
    """(type, household, division, record) in the wire's form."""
    number = 0

    def one(kind, household, division, role, facts, at=day, supersedes=()):
        nonlocal number
        number += 1
        name = f"00000000-0000-7000-8000-{number:012x}"
        record = {"author": {"name": "甲", "person": "p1", "role": role}, "clock_ok": True, "device": "d1", "division": division,
                  "facts": facts, "household": household, "id": name, "type": kind, "tz": "+08:00", "v": 1,
                  "wall": at + "T10:00:00+08:00"}
        if supersedes:
            record["supersedes"] = list(supersedes)
        return record

    def fact(kind, entity, **properties):
        return {"entity": entity, "list": kind, "properties": [[name, value] for name, value in properties.items()]}

    year, month = int(day[:4]), int(day[5:7])
    for round_ in range(1_000):
        for h in range(HOUSEHOLDS):
            if number >= count:
                return
            household = f"h-{h}"
            division = f"130599{100 + h % TOWNS}{201 + h // TOWNS % VILLAGES}"
            if round_ == 0:
                yield one("roster", household, division, "county",
                          [fact("household", household, division=division, **({"category": "lb"} if h % 6 == 0 else {}))])
                if h % 2 == 0:
                    yield one("sweep", household, division, "county", [fact(
                        "sweep", f"s-{h}", household=household, reason="period", **{"from": day[:8] + "01", "to": day[:8] + "28"})])
                if h % 30 == 1:
                    yield one("warning", household, division, "county", [
                        fact("warning", f"w-{h}", household=household, raised=day[:8] + "02"),
                        fact("finding", f"f-{h}", warning=f"w-{h}", model="medical_cost", department="medical_insurance", evidence="x",
                             level="orange")])
                continue
            back = round_ % 24
            at = f"{year - (month - 1 - back < 0) - (month + 11 - back < 0):04}-{(month - 1 - back) % 12 + 1:02}-{1 + (h + round_) % 28:02}"
            visit = one("visit", household, division, "cadre", [fact(
                "visit", f"v-{h}-{round_}", household=household, date=at, method="home", emergency="no",
                result="suspected" if h % 10 == 0 else "none")], at)
            yield visit
            if h % 10 == 0 and round_ == 1:
                yield one("case_step", household, division, "clerk", [fact(
                    "case_step", f"c-{h}", household=household, track="unstable", to="monitored", date=at, basis=visit["id"],
                    **{"from": "found"})], at, [visit["id"]])


def fill(path, count, day, done=0):
    """Records done…count of the same county, written into the store's table."""
    store = sqlite3.connect(path)
    store.execute("PRAGMA synchronous = OFF")
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = ((one["id"], "made-up", n + 1, "d1", one["type"], one["household"], one["division"], 0, n, dumps(one).encode())
            for n, one in enumerate(records(count, day)) if done <= n < count)
    with store:
        store.executemany("INSERT INTO record(record_id, journal_id, seq, device_id, type, household, division, mark_high, mark_low, text) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    store.close()


class Person:
    def __init__(self, port):
        self.port, self.cookies = port, {}
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=60)

    def ask(self, connection, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None if fields is None else urllib.parse.urlencode(fields)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text

    def enter(self, connection, person, password):
        token = lambda text: re.search(r'name="token" value="([^"]*)"', text)[1]
        self.ask(connection, "POST", "/page/login",
                 {"token": token(self.ask(connection, "GET", "/page/login")[1]), "person": person, "password": password})
        return token

    def login(self, person, once):
        connection = self.connect()
        token = self.enter(connection, person, once)
        form = self.ask(connection, "GET", "/page/password")[1]
        status, _ = self.ask(connection, "POST", "/page/password", {"token": token(form), "old": once, "new": PASSWORD, "again": PASSWORD})
        assert status == 303, status


def load(people, seconds):
    took, wrong, lock = [], [], threading.Lock()
    paths = ["/page", "/page/warnings", "/page/coverage", "/page/cases", "/page?division=130599100"]
    end = time.monotonic() + seconds

    def look(person, start):
        connection, n = person.connect(), start
        person.ask(connection, "GET", "/page/style.css")
        while time.monotonic() < end:
            begin = time.perf_counter()
            status, _ = person.ask(connection, "GET", paths[n % len(paths)])
            spent = time.perf_counter() - begin
            with lock:
                (took if status == 200 else wrong).append(spent)
            n += 1
            # Four connections of a person within its 600 a minute.
            time.sleep(max(0.0, 0.42 - spent))

    threads = [threading.Thread(target=look, args=(person, start)) for person in people for start in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return sorted(took), len(wrong)


def main():
    program = os.path.abspath(sys.argv[1])
    count, seconds = int((sys.argv[2:] or ["1000000"])[0]), int((sys.argv[3:] or ["30"])[0])
    work = tempfile.mkdtemp(prefix="page-load-")
    server = None
    try:
        directory = work + "/county"
        run = lambda *words: subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout.strip()
        run("init", directory, "--name", "示范县", "--division", "130599", "--host", "localhost", "--address", "127.0.0.1")
        names = [f"P{n}" for n in range(4)]
        once = [run("page-user", "add", directory, "--person", name, "--name", "李", "--role", "auditor", "--scope", "130599").split()[-1] for name in names]
        fill(directory + "/county.db", count, time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600)))
        server = subprocess.Popen([program, "serve", directory, "--port", "0", "--listen", "127.0.0.1", "--log-level", "error"],
                                  stdout=subprocess.PIPE, text=True)
        begin = time.monotonic()
        port = int(re.search(r":(\d+)", server.stdout.readline())[1])
        people = [Person(port) for _ in names]
        for person, name, password in zip(people, names, once):
            person.login(name, password)
        connection = people[0].connect()
        while people[0].ask(connection, "GET", "/page")[0] != 200:
            time.sleep(0.5)
        first = time.monotonic() - begin
        people[0].ask(connection, "GET", "/page?division=130599100")
        with open(f"/proc/{server.pid}/status") as status:
            memory = int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) // 1024
        took, wrong = load(people, seconds)
        at = lambda share: took[min(len(took) - 1, int(len(took) * share))] * 1000
        print(f"page: {count} records; first snapshot after {first:.1f} s; server {memory} MiB; {len(took)} answers in {seconds} s, "
              f"{wrong} refused; p50 {at(.5):.1f} ms, p99 {at(.99):.1f} ms, most {took[-1] * 1000:.1f} ms")
    finally:
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
