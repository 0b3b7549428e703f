"""meter: a terminal program under a pseudo-terminal, and what its user waits for.

The time at which each piece of output is read is kept before a terminal emulator (pyte) sees it; then the pieces are replayed, and the
one whose replay makes the expected text appear gives the time. So the emulator's own slowness is in no figure, and nothing but what a
person would see on the screen counts as shown.

CPU time and context switches are the kernel's own (schedstat and status of every thread of the program)."""
import fcntl, os, pty, re, select, signal, struct, termios, time
from dataclasses import dataclass

import pyte

ROWS, COLUMNS = 24, 80
# What pyte does not know and would print as text: private modes, keyboard protocols, window queries, device strings.
UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*[uSnm]|\x1b\[[0-9;]*t|\x1b[P_^X].*?\x1b\\", re.S)


@dataclass
class Response:
    """What came after one write: when the expected text was shown (None: it was not), and how many bytes came in all."""
    shown: float | None
    bytes: int


class Program:
    def __init__(self, command, environment=None):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            variables = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8", **(environment or {}))
            for name in ("LINES", "COLUMNS", "TMUX"):
                variables.pop(name, None)
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(command[0], command, variables)
            finally:
                os._exit(127)
        self.poll = select.poll()
        self.poll.register(self.terminal, select.POLLIN)

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    # What it shows

    @property
    def text(self):
        return "\n".join(self.screen.display)

    def send(self, data):
        # A terminal in application cursor mode (DECCKM) sends ESC O for the arrows.
        if (1 << 5) in self.screen.mode:
            data = re.sub(rb"\x1b\[([ABCDHF])", lambda arrow: b"\x1bO" + arrow[1], data)
        os.write(self.terminal, data)

    def wait(self, until=None, seconds=3.0, quiet=0.015):
        """Reads until `until` holds of the screen and nothing has come for `quiet` seconds, at most `seconds`."""
        deadline = time.perf_counter() + seconds
        shown, count, last, pieces = None, 0, None, []
        while (now := time.perf_counter()) < deadline:
            patience = 1 if last else max(1, int((deadline - now) * 1000))
            if self.poll.poll(patience):
                try:
                    piece = os.read(self.terminal, 1 << 16)
                except OSError:
                    break
                last = time.perf_counter()
                pieces.append((last, piece))
                count += len(piece)
                continue
            for when, piece in pieces:
                self.stream.feed(UNKNOWN.sub(b"", piece))
                if shown is None and until and until():
                    shown = when
            pieces = []
            if last and time.perf_counter() - last > quiet and (shown or not until):
                break
        for when, piece in pieces:
            self.stream.feed(UNKNOWN.sub(b"", piece))
            if shown is None and until and until():
                shown = when
        return Response(shown, count)

    def pace(self, keys):
        """Types without a pause: each key when the one before was answered. Seconds from each key to its first output."""
        times = []
        for key in keys:
            sent = time.perf_counter()
            os.write(self.terminal, key)
            if not self.poll.poll(1000):
                break
            piece = os.read(self.terminal, 1 << 16)
            times.append(time.perf_counter() - sent)
            self.stream.feed(UNKNOWN.sub(b"", piece))
        return times

    # What it costs

    def _threads(self, name):
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{thread}/{name}") as file:
                yield file.read()

    def cpu(self):
        """Seconds of processor time so far."""
        return sum(int(text.split()[0]) for text in self._threads("schedstat")) / 1e9

    def wakeups(self):
        """Times it slept and was woken."""
        return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M)[1]) for text in self._threads("status"))

    def resident(self):
        """MiB in memory, and of them those that no other process shares."""
        with open(f"/proc/{self.pid}/smaps_rollup") as file:
            text = file.read()
        kilobytes = lambda name: int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1])
        return kilobytes("Rss") / 1024, (kilobytes("Private_Clean") + kilobytes("Private_Dirty")) / 1024
