#!/usr/bin/env python3
"""keys.py ROUNDS KEYS WORKDIR

Key to screen, CPU and bytes a key, idleness, start to first screen and memory: raw echo (the floor), a bare curses program, `dialog --form`
(what a user would otherwise be given) and zoufang, interleaved in rounds. A ratio is taken inside a round; the median over the rounds is
printed. Rounds whose floor is slower than 1.3 times the best are left out, because something else had the machine.

A key is sent when nothing has come for 15 ms, as a person types: the processor has slept and its caches have been others'. `paced` is the
same without that rest, each key when the one before was answered.

WORKDIR holds `zoufang`, `rawecho` and `cursesecho`. As root the meter and the programs run under a real-time policy, so that other work on
the machine disturbs less; otherwise as they are."""
import os, re, shutil, statistics, sys, time

from meter import Program

ASCII = "abcdefghijklmnopqrstuvwxyz"
CHINESE = "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗"
# A field is emptied after so many characters: a screen row must hold them all.
FIELD = 16
STARTS = 8
BURSTS = 8
# Text that is typed and not accepted is noted in the draft after a while; after that nothing may happen any more.
NOTED_SECONDS = 4

median = statistics.median


class Measured:
    """One program in one round."""

    def __init__(self, title, command, ready, into="", empty="\x7f" * FIELD, characters=ASCII, environment=None, notes=False):
        self.title, self.command, self.ready, self.into = title, command, ready, into
        self.empty, self.characters, self.environment, self.notes = empty, characters, environment, notes

    def open(self):
        program = Program(self.command, self.environment)
        response = program.wait(lambda: re.search(self.ready, program.text), seconds=20, quiet=0.06)
        if response.shown is None:
            text = program.text.rstrip()
            program.close()
            sys.exit(f"{self.title}: its first screen did not come:\n{text}")
        return program, response.shown - program.started

    def start(self):
        program, seconds = self.open()
        resident, private = program.resident()
        program.close()
        return {"start": seconds, "resident": resident, "private": private}

    def type(self, keys, idle):
        program, seconds = self.open()
        for part in filter(None, self.into.split("\0")):
            program.send(part.encode())
            program.wait(seconds=0.4, quiet=0.1)
        row = {"opened": seconds, "latency": [], "bytes": [], "cpu": 0.0, "missed": 0}
        row["idle"] = self.rest(program, idle)
        for first in range(0, keys, FIELD - 2):
            self.fill(program, first, min(keys - first, FIELD - 2), row)
        row["paced"] = [seconds for _ in range(BURSTS) for seconds in self.burst(program)]
        if self.notes:
            # The text is noted once, then there is nothing left to do.
            program.wait(seconds=NOTED_SECONDS, quiet=NOTED_SECONDS)
            row["rested"] = self.rest(program, idle)
        row["resident"], row["private"] = program.resident()
        program.close()
        return row

    def burst(self, program):
        program.send(self.empty.encode())
        program.wait(seconds=0.6, quiet=0.06)
        return program.pace([letter.encode() for letter in self.characters[:FIELD - 2]])

    def fill(self, program, first, count, row):
        """Empties the field and types into it; two characters unmeasured, so that no expected text is a single letter."""
        program.send(self.empty.encode())
        program.wait(seconds=0.6, quiet=0.06)
        letters = self.characters
        typed = letters[-1] + letters[-2]
        program.send(typed.encode())
        program.wait(lambda: typed in program.text, seconds=1)
        before = program.cpu()
        for number in range(first, first + count):
            letter = letters[number % len(letters)]
            wanted = (typed + letter)[-8:]
            seen = self.shown(program).count(wanted)
            sent = time.perf_counter()
            program.send(letter.encode())
            response = program.wait(lambda: self.shown(program).count(wanted) > seen, seconds=1.5)
            typed += letter
            if response.shown is None:
                row["missed"] += 1
                continue
            row["latency"].append(response.shown - sent)
            row["bytes"].append(response.bytes)
        row["cpu"] += program.cpu() - before

    @staticmethod
    def shown(program):
        # pyte keeps an empty cell behind a wide character; `display` leaves it out.
        return program.text

    @staticmethod
    def rest(program, seconds):
        wakeups, cpu = program.wakeups(), program.cpu()
        count = program.wait(seconds=seconds, quiet=seconds).bytes
        return {"bytes": count, "wakeups": program.wakeups() - wakeups, "cpu": program.cpu() - cpu}


def programs(work):
    zoufang, data = os.path.join(work, "zoufang"), os.path.join(work, "data")
    form = ["dialog", "--form", "入户调查", "20", "70", "14"]
    for number in range(1, 11):
        form += [f"字段{number}", str(number), "1", "", str(number), "12", "40", "60"]
    # The first household of today's list, its second section, six fields down: 住址, a text field. Ctrl-U empties it.
    address = "\r\0\x1b[6~\0" + "\x1b[B" * 6 + "\0"
    echo = dict(ready="READY", empty="\r\x1b[K")
    bare = dict(ready="READY", empty="\x15")
    visit = dict(ready="今日走访", into=address, empty="\x15", notes=True)
    echoed, ours = [os.path.join(work, "rawecho")], [zoufang, "--data", data, "--practice"]
    typed = [
        Measured("raw echo", echoed, **echo),
        Measured("bare curses", [os.path.join(work, "cursesecho")], **bare),
        Measured("dialog --form", form, ready="OK"),
        Measured("zoufang", ours, **visit),
        Measured("raw echo 中文", echoed, characters=CHINESE, **echo),
        Measured("bare curses 中文", [os.path.join(work, "cursesecho")], characters=CHINESE, **bare),
        Measured("dialog --form 中文", form, ready="OK", characters=CHINESE),
        Measured("zoufang 中文", ours, characters=CHINESE, **visit),
    ]
    started = [
        Measured("raw echo", echoed, ready="READY"),
        Measured("dialog --form", form, ready="OK"),
        # The practice village's own directory is that of an enrolled laptop: it asks for a passphrase.
        Measured("zoufang, unlock screen", [zoufang, "--data", os.path.join(data, "practice")], ready="口令"),
        Measured("zoufang, first use", [zoufang, "--data", os.path.join(work, "nothing")], ready="首次使用"),
    ]
    if shutil.which("dialog"):
        return typed, started
    return [[one for one in some if one.command[0] != "dialog"] for some in (typed, started)]


def anew(work, typed):
    """Makes the practice village anew, so that every measurement opens the same empty visit."""
    shutil.rmtree(os.path.join(work, "data"), ignore_errors=True)
    next(program for program in typed if program.title == "zoufang").start()


def measure(work, keys, idle):
    """One round."""
    typed, started = programs(work)
    anew(work, typed)
    starts = {program.title: [] for program in started}
    for _ in range(STARTS):
        for program in started:
            starts[program.title].append(program.start())
    rows = {}
    for program in typed:
        if program.title == "zoufang 中文":
            anew(work, typed)
        rows[program.title] = program.type(keys, idle)
    return {"typed": rows, "starts": starts}


def table(head, lines):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(line) + " |")
    print()


def report(rounds, keys):
    def latency(of):
        return median(of["latency"]) * 1e6

    def high(of):
        return sorted(of["latency"])[int(0.95 * len(of["latency"]))] * 1e6

    def paced(of):
        return median(of["paced"]) * 1e6

    def cpu(of):
        return of["cpu"] / max(1, len(of["latency"]) + of["missed"]) * 1e6

    def begun(starts):
        return median(one["start"] for one in starts) * 1e3

    best = min(latency(one["typed"]["raw echo"]) for one in rounds)
    kept = [one for one in rounds if latency(one["typed"]["raw echo"]) <= 1.3 * best]
    print(f"rounds kept {len(kept)}/{len(rounds)}, {keys} keys of each a round\n")

    def typing(title):
        of = [one["typed"][title] for one in kept]
        counts = [count for row in of for count in row["bytes"]]
        idle = [row["idle"] for row in of] + [row["rested"] for row in of if "rested" in row]
        return [
            title, f"{median(map(latency, of)):.0f}", f"{median(map(high, of)):.0f}", f"{median(map(paced, of)):.0f}",
            f"{median(map(cpu, of)):.0f}", f"{median(counts):.0f}", f"{sum(counts) / len(counts):.1f}",
            f"{max(row['bytes'] for row in idle)}", f"{max(row['wakeups'] for row in idle)}",
            f"{max(row['cpu'] for row in idle) * 1e6:.0f}", f"{sum(row['missed'] for row in of)}",
        ]

    table(["", "key µs p50", "p95", "paced µs", "CPU µs", "bytes p50", "mean", "idle bytes", "idle wake-ups", "idle CPU µs",
           "not shown"], [typing(title) for title in kept[0]["typed"]])

    def starting(title):
        of = [one["starts"][title] for one in kept]
        every = [start for starts in of for start in starts]
        return [title, f"{median(map(begun, of)):.1f}", f"{median(one['resident'] for one in every):.1f}",
                f"{median(one['private'] for one in every):.1f}"]

    table(["", "start ms", "RSS MiB", "private MiB"], [starting(title) for title in kept[0]["starts"]])

    def ratio(name, of, aim):
        try:
            values = [of(one) for one in kept]
        except KeyError:
            return [name, "not measured", "", f"≤ {aim}" if aim else "", ""]
        middle = median(values)
        spread = f"{min(values):.2f}…{max(values):.2f}"
        return [name, f"{middle:.2f}", spread, f"≤ {aim}" if aim else "", ("yes" if middle <= aim else "NO") if aim else ""]

    def typed(figure, what, against):
        return lambda one: figure(one["typed"][what]) / figure(one["typed"][against])

    def started(what, beyond=None):
        def of(one):
            base = begun(one["starts"][beyond]) if beyond else 0
            return (begun(one["starts"][what]) - base) / (begun(one["starts"]["dialog --form"]) - base)
        return of

    table(["ratio inside a round", "median", "over the rounds", "aim", "met"], [
        ratio("key to screen: zoufang / raw echo", typed(latency, "zoufang", "raw echo"), 1.4),
        ratio("key to screen: zoufang / dialog", typed(latency, "zoufang", "dialog --form"), 0.85),
        ratio("中文 to screen: zoufang / raw echo", typed(latency, "zoufang 中文", "raw echo 中文"), 1.4),
        ratio("中文 to screen: zoufang / dialog", typed(latency, "zoufang 中文", "dialog --form 中文"), 0.85),
        ratio("key to screen: bare curses / raw echo", typed(latency, "bare curses", "raw echo"), None),
        ratio("key to screen: dialog / raw echo", typed(latency, "dialog --form", "raw echo"), None),
        ratio("paced: zoufang / raw echo", typed(paced, "zoufang", "raw echo"), None),
        ratio("paced: zoufang / dialog", typed(paced, "zoufang", "dialog --form"), None),
        ratio("CPU a key: zoufang / raw echo", typed(cpu, "zoufang", "raw echo"), 1.4),
        ratio("CPU a key: zoufang / dialog", typed(cpu, "zoufang", "dialog --form"), 0.85),
        ratio("CPU a 中文 key: zoufang / dialog", typed(cpu, "zoufang 中文", "dialog --form 中文"), 0.85),
        ratio("start to unlock screen: zoufang / dialog", started("zoufang, unlock screen"), 3),
        ratio("start to first use: zoufang / dialog", started("zoufang, first use"), 3),
        ratio("the same, what a bare program needs taken off both", started("zoufang, first use", "raw echo"), None),
    ])


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    rounds, keys, work = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    if os.geteuid() == 0:
        try:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
        except OSError:
            pass
    report([measure(work, keys, 1.0) for _ in range(rounds)], keys)


main()
