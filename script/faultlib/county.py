"""A county on this machine, made by the real programs as script/run makes it; and kill -9 of its server while a laptop pushes."""
import json, os, random, shutil, socket, sqlite3, subprocess, threading, time

import journal_reader
from laptop import Killer, Lost
from terminal import Terminal
from visit import FIND, ENTER, FINISH, ROOT, stand_still

ENVIRONMENT = dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8", SWIFT_BACKTRACE="enable=no", TZ="Asia/Shanghai")
PASSPHRASE = "示范镇东庄村练习专用"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class County:
    """One county directory and its server."""

    def __init__(self, programs, directory):
        self.zoufang, self.zoufangd, self.directory = programs["zoufang"], programs["zoufangd"], directory
        self.server = None

    def command(self, *arguments):
        done = subprocess.run([self.zoufangd, *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"zoufangd {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def make(self):
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.command("init", self.directory, "--name", "示范县", "--division", "130599", "--host", "localhost", "--address", "127.0.0.1",
                     "--port", str(self.port), "--listen", "127.0.0.1", "--recovery-file", self.directory + ".recovery")
        self.command("import", "divisions", self.directory, "seeds/practice/divisions.csv")
        self.command("import", "roster", self.directory, "seeds/practice/roster.csv", "--codes", "seeds/codes.csv")
        self.command("import", "sweep", self.directory, "seeds/practice/sweep.csv")
        self.command("publish-form", self.directory, "forms/household-visit.xml")

    def serve(self):
        log = open(self.directory + ".log", "ab")
        self.server = subprocess.Popen([self.zoufangd, "serve", self.directory, "--log-level", "warning"], env=ENVIRONMENT,
                                       stdout=subprocess.PIPE, stderr=log)
        line = self.server.stdout.readline().decode()
        if "就绪" not in line:
            raise RuntimeError(f"the county's server did not start: {line}; see {self.directory}.log")

    def stop(self, signal=15):
        if self.server:
            self.server.send_signal(signal)
            self.server.wait()
            self.server.stdout.close()
        self.server = None

    def code(self, person, name, role, scope):
        """The code of a fresh slip, as the slip prints it."""
        said = self.command("enrol-code", self.directory, "--person", person, "--name", name, "--role", role, "--scope", scope)
        return next(line.split()[-1] for line in said.splitlines() if line.strip().startswith("登记码"))

    def enrol(self, laptop, person, name, role, scope):
        """Enrols a data directory with the real program, and synchronises it once."""
        os.makedirs(laptop, exist_ok=True)
        secret = laptop + ".passphrase"
        with open(secret, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        done = subprocess.run([self.zoufang, "enrol", self.url, self.code(person, name, role, scope), "--data", laptop,
                               "--passphrase-file", secret], env=ENVIRONMENT, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"zoufang enrol: {done.stdout}{done.stderr}")
        status, said = self.sync(laptop, secret)
        if status != 0:
            raise RuntimeError(f"zoufang sync: {said}")
        return secret

    def sync(self, laptop, secret):
        done = subprocess.run([self.zoufang, "sync", "--data", laptop, "--passphrase-file", secret], env=ENVIRONMENT,
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def rows(self, sql, *values):
        with sqlite3.connect(self.directory + "/county.db") as store:
            return store.execute(sql, values).fetchall()


def type_visits(county, laptop, secret, moments, count):
    """Types so many visits into an enrolled laptop, at full speed."""
    terminal = Terminal([county.zoufang, "--data", laptop, "--passphrase-file", secret])
    for number in range(count):
        terminal.wait(lambda: "今日走访" in terminal.text())
        terminal.write(FIND)
        terminal.wait(lambda: "查找住户" in terminal.text())
        terminal.write("诸葛".encode() + ENTER)
        terminal.wait(lambda: "抬头" in terminal.text())
        for at in range(0, len(moments), 40):
            terminal.write(b"".join(moment.key for moment in moments[at:at + 40]))
            stand_still(terminal)
        terminal.write(FINISH)
        terminal.wait(lambda: "回执号" in terminal.text())
        terminal.write(ENTER)
    terminal.wait(lambda: "今日走访" in terminal.text())
    terminal.close()


def receipts(laptop, vault):
    """By journal: up to which record the laptop holds a receipt."""
    place = os.path.join(laptop, "sync")
    through = {}
    if os.path.exists(os.path.join(place, "HEAD")):
        for record in journal_reader.read_journal(place, vault)[0]:
            kind, *parts = record.decode().split("\n", 4)
            if kind == "R1":
                through[parts[0]] = max(through.get(parts[0], 0), int(parts[1]))
            elif kind == "L1":
                through[parts[0]] = min(through.get(parts[0], 0), int(parts[1]))
    return through


class Pushes:
    """Rounds of: a county without the visits, a laptop with them; push, kill, start again, push, until everything has a receipt."""

    def __init__(self, programs, work, moments, visits, say):
        self.say, self.visits = say, visits
        self.county = County(programs, os.path.join(work, "county"))
        self.laptop = os.path.join(work, "cadre")
        self.work = work
        self.kills, self.rounds, self.interrupted, self.partial = 0, 0, 0, 0
        self.county.make()
        self.county.serve()
        self.secret = self.county.enrol(self.laptop, "practice-cadre", "练习员", "cadre", "130599100201")
        self.county.stop()
        type_visits(self.county, self.laptop, self.secret, moments, visits)
        self.vault = journal_reader.open_vault(self.laptop, PASSPHRASE)
        records, _ = journal_reader.read_journal(self.laptop, self.vault)
        self.ids = [json.loads(record)["id"] for record in records]
        for name in ("county", "cadre"):
            shutil.copytree(os.path.join(work, name), os.path.join(work, name + ".before"))

    def back(self):
        for name in ("county", "cadre"):
            shutil.rmtree(os.path.join(self.work, name))
            shutil.copytree(os.path.join(self.work, name + ".before"), os.path.join(self.work, name))

    def run(self, count, chance):
        self.measure()
        self.say(f"push: {len(self.ids)} records of the laptop, stored from {self.first:.2f} to {self.last:.2f} s after the start")
        while self.kills < count:
            self.back()
            self.rounds += 1
            self.round(count, chance)
        return self

    def measure(self):
        """A sync that nobody disturbs: when the first line is stored, and when the last."""
        self.back()
        self.county.serve()
        before = self.stored()
        start = time.monotonic()
        sync = threading.Thread(target=lambda: outcome.append(self.county.sync(self.laptop, self.secret)))
        outcome, seen = [], []
        sync.start()
        while sync.is_alive():
            count = self.stored() - before
            if count and (not seen or count > seen[-1][1]):
                seen.append((time.monotonic() - start, count))
            time.sleep(0.002)
        sync.join()
        if outcome[0][0] != 0 or not seen or seen[-1][1] != len(self.ids):
            raise Lost(f"an undisturbed sync fails: {outcome[0][1]} {seen}")
        self.first, self.last = seen[0][0], seen[-1][0]
        self.county.stop()
        self.whole()

    def stored(self):
        return self.county.rows("SELECT count(*) FROM line")[0][0]

    def moment(self, chance):
        """Microseconds after the start of a sync: one in five anywhere in it, the others from just before the first line to the last."""
        first, last = (0, self.last) if chance.random() < 0.2 else (self.first - 0.1, self.last)
        return chance.randrange(int(max(first, 0) * 1e6), int((last + 0.05) * 1e6))

    def round(self, count, chance):
        for attempt in range(20):
            self.county.serve()
            kill = attempt == 0 or (self.kills < count and chance.random() < 0.5)
            if kill:
                killer = Killer(self.county.server.pid, self.moment(chance))
                killer.start()
            status, said = self.county.sync(self.laptop, self.secret)
            if kill:
                killer.join()
                self.kills += 1
                self.interrupted += status != 0
            self.county.stop(9)
            self.acknowledged_is_there(kill)
            if status == 0:
                self.whole()
                return
        raise Lost(f"after 20 tries the laptop has not everything confirmed: {said}")

    def acknowledged_is_there(self, killed):
        """Every line that the laptop holds a receipt for is stored."""
        for journal, through in receipts(self.laptop, self.vault).items():
            stored = self.county.rows("SELECT count(*), max(seq) FROM line WHERE journal_id = ?", journal)[0]
            if stored[0] < through or (stored[1] or 0) < through:
                raise Lost(f"the laptop holds a receipt for {through} records, the county has {stored[0]}")
            self.partial += killed and 0 < stored[0] < len(self.ids)

    def whole(self):
        """Everything confirmed, each record once, opened and applied, and the store is sound."""
        through = receipts(self.laptop, self.vault)
        if sum(through.values()) != len(self.ids):
            raise Lost(f"{through} is confirmed, the laptop has {len(self.ids)} records")
        device = self.county.rows("SELECT device_id FROM journal WHERE journal_id = ?", next(iter(through)))[0][0]
        found = [row[0] for row in self.county.rows("SELECT record_id FROM record WHERE device_id = ? ORDER BY feed_seq", device)]
        if found != self.ids:
            raise Lost(f"the county has {len(found)} records of the laptop's {len(self.ids)}, or in another order")
        outcomes = self.county.rows("SELECT state, count(*) FROM outcome WHERE journal_id IN (SELECT journal_id FROM journal "
                                    "WHERE device_id = ?) GROUP BY state", device)
        if outcomes != [("applied", len(self.ids))]:
            raise Lost(f"outcomes: {outcomes}")
        if self.county.rows("PRAGMA integrity_check") != [("ok",)]:
            raise Lost("the county's store is not sound")


def run(programs, work, moments, count, visits, seed, say):
    chance = random.Random(seed)
    pushes = None
    try:
        pushes = Pushes(programs, work, moments, visits, say)
        return pushes.run(count, chance)
    except Lost as lost:
        raise Lost(f"seed {seed}, kill {pushes.kills if pushes else 0} of the server: {lost} (kept: {work})") from None
    finally:
        if pushes and pushes.county.server:
            pushes.county.stop(9)
