"""kill -9 of the typing program, at random microseconds of a visit.

What counts as accepted is read off the screen: the moment whose screen was the last one seen before the kill says 已保存, and the rehearsal knows
how many entries the draft had then. After the kill all of them must be there, in order, none twice, and nothing that was not typed."""
import json, os, random, re, shutil, subprocess, threading, time

import journal_reader
from terminal import Terminal
from visit import ENTER, FIND, FINISH, drafts, rehearse, stand_still

PASSPHRASE = "zoufang practice"  # of the practice village, where nobody exists


class Lost(Exception):
    """What must not happen, in words."""


def read_draft(place, vault):
    """Every record of a draft, as the independent reader sees it: what one key wrote."""
    records, _ = journal_reader.read_journal(place, vault)
    return [record.decode() for record in records]


def acts(entries):
    """What was accepted, in order: everything but text that was noted before it was accepted, which comes and goes with the clock. The first
    entry holds the visit's id and the time it began; only its kind is compared."""
    return [entry if not entry.startswith("begun") else "begun" for entry in entries if not entry.startswith("typed\t")]


def visits(data, vault):
    """The finished visits of the laptop's own journal."""
    records, _ = journal_reader.read_journal(data, vault)
    return [record for record in map(json.loads, records) if record["type"] == "visit"]


def comparable(record):
    """A visit without what differs from one typing to the next: ids, clocks, and the draft it was made from."""
    text = json.dumps({key: record[key] for key in ("facts", "submission")}, ensure_ascii=False, sort_keys=True)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)", "TIME", text)


class Bench:
    """The village, made once; one copy of it for every visit."""

    def __init__(self, program, work, say):
        self.program, self.work, self.say = program, work, say
        self.village = os.path.join(work, "village")
        self.directory = os.path.join(work, "laptop")
        self.data = os.path.join(self.directory, "practice")

    def open(self):
        return Terminal([self.program, "--practice", "--data", self.directory])

    def fresh(self):
        shutil.rmtree(self.directory, ignore_errors=True)
        shutil.copytree(self.village, self.directory)

    def prepare(self):
        """Makes the village, then types the visit once without a kill."""
        terminal = Terminal([self.program, "--practice", "--data", self.village])
        terminal.wait(lambda: "今日走访" in terminal.text())
        terminal.close()
        self.fresh()
        self.vault = journal_reader.open_vault(self.data, PASSPHRASE)
        terminal = self.open()
        self.begin(terminal)
        self.moments = rehearse(terminal, self.data)
        self.entries = acts(read_draft(drafts(self.data)[0], self.vault))
        if len(self.entries) != self.moments[-1].entries:
            raise Lost(f"the rehearsal left {len(self.entries)} entries, its watermark says {self.moments[-1].entries}")
        terminal.write(FINISH)
        terminal.wait(lambda: "回执号" in terminal.text())
        terminal.close()
        found = visits(self.data, self.vault)
        if len(found) != 1:
            raise Lost(f"the rehearsal left {len(found)} visits")
        self.visit = comparable(found[0])

    def begin(self, terminal):
        terminal.wait(lambda: "今日走访" in terminal.text())
        terminal.write(FIND)
        terminal.wait(lambda: "查找住户" in terminal.text())
        terminal.write("诸葛".encode() + ENTER)
        terminal.wait(lambda: "抬头" in terminal.text())

    # After a kill

    def verify(self):
        done = subprocess.run([self.program, "journal", "verify", self.data, "--json"], capture_output=True, text=True,
                              env=dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8"))
        if done.returncode != 0:
            raise Lost(f"journal verify says {done.returncode}: {done.stdout.strip()[:2000]}")

    def check_draft(self, place, accepted, sent):
        """-> how many of the visit's entries are there."""
        found = acts(read_draft(place, self.vault))
        if found != self.entries[:len(found)]:
            at = next((at for at, pair in enumerate(zip(found, self.entries)) if pair[0] != pair[1]), len(self.entries))
            raise Lost(f"entry {at + 1} of {len(found)} is not what was typed")
        if len(found) < accepted:
            raise Lost(f"{accepted} entries had been shown as saved, {len(found)} are there")
        most = self.moments[sent - 1].entries if sent else 0
        if len(found) > most:
            raise Lost(f"{len(found)} entries are there, {most} can have come of the {sent} keys")
        return len(found)

    def check_visits(self, least, most):
        found = visits(self.data, self.vault)
        if not least <= len(found) <= most:
            raise Lost(f"{len(found)} finished visits are there, at least {least} and at most {most} were finished")
        if found and comparable(found[0]) != self.visit:
            raise Lost("the finished visit is not the one that was typed")
        return len(found)


class Killer:
    """Kills a process so many microseconds after `start`, from a thread of its own: nothing the driver does moves the moment."""

    def __init__(self, process, microseconds):
        self.process, self.seconds = process, microseconds / 1e6
        self.thread = threading.Thread(target=self.run)

    def start(self):
        self.thread.start()

    def run(self):
        time.sleep(self.seconds)
        try:
            os.kill(self.process, 9)
        except ProcessLookupError:
            pass

    def join(self):
        self.thread.join()


class Run:
    """Kills until a visit is finished, and begins the next visit, until the number is reached."""

    def __init__(self, bench, count, chance):
        self.bench, self.count, self.chance = bench, count, chance
        self.kills, self.finished, self.hidden = 0, 0, 0
        self.table = {"opening": 0, "typing": 0, "finishing": 0}
        self.kept_unshown, self.compared = 0, 0

    def go(self):
        while self.kills < self.count:
            self.bench.fresh()
            self.typed, self.accepted, self.sent = 0, 0, 0
            self.receipt = False
            self.asked = False
            while self.kills < self.count and not self.one():
                pass
        self.last_look()
        return self

    def last_look(self):
        """What the last kill left."""
        terminal = self.bench.open()
        if self.reopen(terminal):
            self.finished += 1
        terminal.close()

    def one(self):
        """One life of the program. True when the visit is finished and was found whole."""
        bench, chance = self.bench, self.chance
        kind = chance.choices(["opening", "typing", "finishing"], [15, 65, 20])[0]
        self.life = f"kill {self.kills + 1}, {kind}"
        terminal = bench.open()
        if kind == "opening":
            killer = Killer(terminal.process, chance.randrange(0, 700_000))
            killer.start()
            terminal.drain()
            killer.join()
            self.count_kill(kind)
            return False
        if self.reopen(terminal):
            terminal.close()
            self.finished += 1
            return True
        self.type(terminal, kind)
        self.count_kill(kind)
        return False

    def count_kill(self, kind):
        self.kills += 1
        self.table[kind] += 1
        self.bench.verify()

    def reopen(self, terminal):
        """Opens the visit where it stood and holds it against what had been shown. True: it is finished."""
        bench = self.bench
        terminal.wait(lambda: "今日走访" in terminal.text())
        stand_still(terminal)
        count = bench.check_visits(1 if self.receipt else 0, 1 if self.asked else 0)
        places = drafts(bench.data)
        if count == 1:
            if places or "草稿" in terminal.text():
                raise Lost("the visit is finished and its draft is still offered")
            if "待传 1" not in terminal.text():
                raise Lost("the finished visit does not wait for the upload: " + terminal.row(0))
            return True
        if not places:
            if self.accepted:
                raise Lost(f"the draft is gone, {self.accepted} entries had been shown as saved")
            bench.begin(terminal)
            self.typed = 0
            return False
        if len(places) > 1:
            raise Lost(f"{len(places)} drafts of one visit")
        if "草稿" not in terminal.row(2):
            raise Lost("the draft is not offered:\n" + terminal.text())
        terminal.write(ENTER)
        terminal.wait(lambda: "/9 " in terminal.row(0))
        stand_still(terminal)
        found = bench.check_draft(places[0], self.accepted, self.sent)
        self.kept_unshown += found - self.accepted
        self.compared += found
        self.accepted = max(self.accepted, found)
        last = next(at for at, moment in enumerate(bench.moments) if moment.entries >= found)
        self.compare_screen(terminal, bench.moments[last])
        # The next key is the one behind the act that is the draft's last; a row's first character was no answer yet and is typed again.
        self.typed = last if bench.moments[last].begins else last + 1
        return False

    def compare_screen(self, terminal, moment):
        """The reopened visit stands at the same field of the same section and shows the same answers."""
        if any(entry.startswith("typed\t") for entry in read_draft(drafts(self.bench.data)[0], self.bench.vault)[-1:]):
            terminal.write(b"\x15")
            stand_still(terminal)
        wanted, shown = moment.state[0].split("\n"), terminal.text().split("\n")
        # The message line is of the moment, and the section may be scrolled otherwise; every answer that is on both screens must agree.
        where = [re.sub("(已保存|本栏未确认|尚未录入|正在保存|未保存)$", "", lines[0]).rstrip() for lines in (wanted, shown)]
        if where[0] != where[1]:
            raise Lost(f"reopened as {where[1]!r}, it stood at {where[0]!r}")
        typing = wanted[moment.state[1][0]]
        answers = {line[:32]: line for line in wanted[1:20] if line[:4].strip().isdigit() and not (moment.begins and line == typing)}
        for line in shown[1:20]:
            if line[:32] in answers and answers[line[:32]] != line:
                raise Lost(f"reopened with {line!r}, it showed {answers[line[:32]]!r}")
        active = wanted[moment.state[1][0]][:8]
        if shown[terminal.screen.cursor.y][:8] != active:
            raise Lost(f"reopened at {shown[terminal.screen.cursor.y]!r}, the cursor stood at {active!r}")

    def type(self, terminal, kind):
        """Types on from where the visit stands until the kill comes."""
        bench, chance = self.bench, self.chance
        keys = bench.moments[self.typed:]
        pause = chance.choice([0, 0, 0.001, 0.004])
        seen = {"at": self.typed - 1, "sent": self.typed}

        def look():
            if "回执号" in terminal.text():
                self.receipt = True
            state = terminal.state()
            for at in range(max(seen["at"], 0), seen["sent"]):
                if bench.moments[at].state == state:
                    seen["at"] = at
                    break
            else:
                self.hidden += 1

        if kind == "typing":
            killer = Killer(terminal.process, chance.randrange(0, 450_000))
            killer.start()
        for moment in keys:
            if terminal.exit is not None:
                break
            terminal.write(moment.key)
            seen["sent"] += 1
            while terminal.pump(pause, look):
                pass
        if kind == "finishing":
            stand_still(terminal)
            terminal.pump(0, look)
            look()
            killer = Killer(terminal.process, chance.randrange(0, 60_000))
            killer.start()
        if terminal.exit is None and seen["sent"] == len(bench.moments):
            self.asked = True
            terminal.write(FINISH)
        terminal.drain(look)
        killer.join()
        self.sent = max(self.sent, seen["sent"])
        if seen["at"] >= 0 and "已保存" in bench.moments[seen["at"]].state[0]:
            self.accepted = max(self.accepted, bench.moments[seen["at"]].entries)


def run(program, work, count, seed, say):
    """-> lines of the table."""
    bench = Bench(program, work, say)
    bench.prepare()
    say(f"rehearsal: {len(bench.moments)} keys, {len(bench.entries)} entries of the draft, one visit")
    chance = random.Random(seed)
    done = Run(bench, count, chance)
    try:
        done.go()
    except Lost as lost:
        raise Lost(f"seed {seed}, {done.life}: {lost} (the directory is kept: {bench.data})") from None
    return done, bench
