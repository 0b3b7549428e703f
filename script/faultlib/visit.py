"""The visit that is typed: Tests/Journeys/household-of-four.md, typed into the program by somebody who sees nothing but the screen. The
first time it is typed key by key with patience, and what the screen and the watermark say after every key is written down: that is
the record a killed program is held against."""
import os, re, time
import xml.etree.ElementTree as ElementTree

import journal_reader

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENTER, DOWN, PAGE_DOWN, FIND, FINISH = b"\r", b"\x1b[B", b"\x1b[6~", b"\x06", b"\x13"


def script_lines():
    """-> [(path without indexes, row indexes, kind, typed)]"""
    lines = []
    for line in open(os.path.join(ROOT, "Tests/Journeys/household-of-four.md"), encoding="utf-8"):
        if line.startswith("| /"):
            path, typed, kind = [cell.strip() for cell in line.split("|")[1:4]]
            rows = [int(number) for number in re.findall(r"\[(\d+)\]", path)]
            lines.append((re.sub(r"\[\d+\]", "", path), rows, kind, typed))
    return lines


def field_numbers():
    """Path -> the number that the screen shows: the place of the question in the form's body."""
    tree = ElementTree.parse(os.path.join(ROOT, "forms/household-visit.xml"))
    body = next(element for element in tree.iter() if element.tag.endswith("}body"))
    asked = ("input", "select", "select1", "trigger", "range", "upload", "rank")
    refs = [element.get("ref") for element in body.iter() if element.tag.split("}")[-1] in asked]
    return {ref: number for number, ref in enumerate(refs, 1)}


class Typist:
    """Types the script. `press(bytes)` sends one key and waits until the screen stands still."""

    def __init__(self, terminal, press):
        self.terminal, self.press = terminal, press
        self.numbers = field_numbers()
        self.row = None

    def place(self):
        """-> (kind, number): where the cursor stands."""
        text = self.terminal.row(self.terminal.screen.cursor.y)
        if re.match(r"^\s+\+\s+新增", text):
            return "add", 0
        found = re.match(r"^\s+[>v]\s+(\d+)", text)
        if found:
            return "row", int(found.group(1))
        found = re.match(r"^\s{0,3}(\d{1,3}) ", text)
        return ("field", int(found.group(1))) if found else ("nowhere", 0)

    def section(self, path):
        return path.split("/")[2]

    def go(self, path, rows):
        """Moves on to the field; True where it is the first of a row that is still to be begun."""
        number = self.numbers[path]
        for _ in range(60):
            kind, here = self.place()
            if kind == "field":
                if here == number:
                    self.row = rows
                    return False
                inside = [other for other, at in self.numbers.items() if at == here]
                near = inside and self.section(inside[0]) == self.section(path) and (not rows or self.row == rows)
                self.press(ENTER if near and here < number else PAGE_DOWN)
            elif kind == "row":
                self.press(DOWN)
            elif kind == "add":
                if rows and self.row != rows:
                    self.row = rows
                    return True
                self.press(ENTER)
            else:
                break
        raise RuntimeError(f"{path} not reached:\n{self.terminal.text()}")

    def code(self, label):
        """The digits of a choice below the active field; None where they are not shown."""
        below = self.terminal.screen.cursor.y
        for number in range(below + 1, min(below + 8, 22)):
            text = self.terminal.row(number)
            if re.match(r"^\s{0,3}\d{1,3} ", text[:5]) or not re.match(r"^ {6,8}", text):
                break
            for found in re.finditer(r"(\d{1,2}) (\S.*?)(?=\s{2,}|\s+\d{1,2} |$)", text):
                if found.group(2).strip() == label:
                    return found.group(1)
        return None

    def type(self, path, rows, kind, typed):
        if kind == "row":
            return
        begins = self.go(path, rows)
        number = self.numbers[path]
        labels = typed.split("、") if kind == "several" else [typed]
        if kind in ("choice", "several"):
            for label in labels:
                code = None if begins else self.code(label)
                for character in code or label:
                    self.press(character.encode())
                if code is None or (kind == "choice" and self.place() == ("field", number)):
                    self.press(ENTER)
            if kind == "several":
                self.press(ENTER)
        else:
            for character in typed:
                self.press(character.encode())
            if self.place() == ("field", number):
                self.press(ENTER)


def is_asleep(process):
    with open(f"/proc/{process}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0] == "S"


def stand_still(terminal):
    """Waits until the program sleeps and has written everything."""
    quiet = 0
    end = time.monotonic() + 10
    while quiet < 4 and time.monotonic() < end:
        quiet = 0 if terminal.pump(0.004) or not is_asleep(terminal.process) else quiet + 1


class Moment:
    """After one key: the key, what the screen shows, how many entries the draft's watermark covers; and whether the key began a row, so
    that it was an act and the row's first character in one."""

    def __init__(self, key, state, entries, begins):
        self.key, self.state, self.entries, self.begins = key, state, entries, begins


def watermark(draft):
    """Entries that the draft's watermark covers; 0 where there is none."""
    head = journal_reader.read_head(os.path.join(draft, "HEAD")) if os.path.exists(os.path.join(draft, "HEAD")) else None
    return head[2] if head else 0


def drafts(data):
    place = os.path.join(data, "drafts")
    names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    return [os.path.join(place, name) for name in names if any(one.endswith(".jnl") for one in os.listdir(os.path.join(place, name)))]


def rehearse(terminal, data, program=None):
    """Types the whole visit up to, without, its last key, and writes every moment down."""
    moments = []

    def press(key):
        begins = key != ENTER and typist.place()[0] == "add"
        terminal.write(key)
        stand_still(terminal)
        found = drafts(data)
        entries = watermark(found[0]) if found else 0
        while True:
            stand_still(terminal)
            again = watermark(found[0]) if found else 0
            if again == entries:
                break
            entries = again
        moments.append(Moment(key, terminal.state(), entries, begins))

    typist = Typist(terminal, press)
    for line in script_lines():
        typist.type(*line)
    return moments
