"""A program in a terminal of its own: a pseudo-terminal whose screen is kept by pyte, an emulator that knows nothing of the program."""
import fcntl, os, pty, select, signal, struct, termios, time
import pyte

ROWS, COLUMNS = 24, 80


class Terminal:
    def __init__(self, command, environment=None):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.exit = None
        self.process, self.master = pty.fork()
        if self.process == 0:
            # The Linux console is what pyte emulates: for an xterm the program scrolls and repeats with sequences pyte does not know.
            os.execvpe(command[0], command, dict(os.environ, TERM="linux", LANG="C.UTF-8", LC_ALL="C.UTF-8",
                                                SWIFT_BACKTRACE="enable=no", **(environment or {})))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def row(self, number):
        line = self.screen.buffer[number]
        return "".join(line[column].data for column in range(COLUMNS)).rstrip()

    def text(self):
        return "\n".join(self.row(number) for number in range(ROWS))

    def state(self):
        """What tells one moment of the screen from another: every row and the cursor."""
        return self.text(), (self.screen.cursor.y, self.screen.cursor.x)

    def pump(self, seconds, seen=None):
        """Takes what the program writes within so many seconds; after every piece `seen` may look. False: nothing came, or it ended."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            self.reap()
            return False
        self.stream.feed(data)
        if seen:
            seen()
        return True

    def settle(self, pause=0.03, longest=5.0):
        """Reads until the program has been silent for so long."""
        end = time.monotonic() + longest
        while self.pump(pause) and time.monotonic() < end:
            pass

    def wait(self, condition, seconds=20.0):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.exit is not None:
                raise TimeoutError("not seen:\n" + self.text())
            self.pump(0.05)
        self.settle()

    def write(self, data):
        while data:
            try:
                data = data[os.write(self.master, data):]
            except OSError:
                return  # the program has gone

    def kill(self):
        """SIGKILL, then what it had written before."""
        if self.exit is None:
            os.kill(self.process, signal.SIGKILL)

    def drain(self, seen=None):
        while self.exit is None and self.pump(2.0, seen):
            pass
        self.close()

    def reap(self):
        if self.exit is None:
            _, status = os.waitpid(self.process, 0)
            self.exit = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)

    def close(self):
        self.kill()
        self.reap()
        if self.master >= 0:
            os.close(self.master)
        self.master = -1
