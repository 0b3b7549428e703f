#!/usr/bin/env python3
"""Where one server ends: what it does as its store grows.

    scale.py ZOUFANGD FOLDER [RECORDS…]

A county of 60,000 made-up households is filled to each number of records in turn (written into the store's table of records, then
`zoufangd refold`), and asked each time: how fast sealed visits of 8 KiB come in over TLS from four devices at once, 90 a push; how fast a
village's laptop gets its feed; how long the page's first snapshot takes and how it answers; how long a list of 50,000 rows takes to come
in and to be compared, while the server runs; what it holds in memory and on the disk. The client is the independent one of
script/interoplib; it seals beforehand. One line a size, as a table.
"""
import os, re, shutil, signal, subprocess, sys, threading, time, uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [HERE + "/../page", HERE + "/../import", HERE + "/../../interoplib"]
import import_rate, journal_reader, journal_writer, page_load
from wire_client import Client

# A push has a mebibyte at most: ninety visits that are padded to 8 KiB.
DEVICES, PUSHES, RECORDS_A_PUSH, SUBMISSION_BYTES, LIST_ROWS = 4, 6, 90, 6_800, 50_000


class Server:
    def __init__(self, program, directory):
        self.program, self.directory = program, directory
        self.process = subprocess.Popen([program, "serve", directory, "--port", "0", "--listen", "127.0.0.1", "--log-level", "error"],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)", self.process.stdout.readline())[1])

    def memory(self, key):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(key + r":\s+(\d+)", status.read())[1]) // 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def enrolled(run, port, person, division):
    said = run("enrol-code", "--person", person, "--name", "李", "--role", "cadre", "--scope", division)
    code = next(line.split()[-1] for line in said.splitlines() if line.strip().startswith("登记码"))
    client = Client("localhost", port, code)
    client.trust()
    assert client.enrol().status == 200
    assert client.session().status == 200
    return client


def sealed(client, division):
    """A journal with all its pushes, ready to be sent."""
    readers = [(one["kind"], journal_reader.unbase64(one["public_key"])) for one in client.grant["readers"]]
    journal = journal_writer.Journal(client.grant["device_id"], client.sign, readers)
    for n in range(PUSHES * RECORDS_A_PUSH):
        household = str(uuid.uuid4())
        fact = {"entity": str(uuid.uuid4()), "list": "visit",
                "properties": [["household", household], ["date", time.strftime("%Y-%m-%d")], ["method", "home"], ["result", "none"]]}
        journal.append(client.record("visit", household, division, [fact], submission="<data>" + "x" * SUBMISSION_BYTES + "</data>"))
    pushes = []
    for n in range(PUSHES):
        first, upto = n * RECORDS_A_PUSH + 1, (n + 1) * RECORDS_A_PUSH
        pushes.append((journal.id, first, (journal.header if n == 0 else b"") + b"".join(journal.lines[first - 1:upto]), journal.checkpoint(upto)))
    return pushes


def intake(clients, pushes):
    """Records a second, all devices at once."""
    wrong = []

    def send(client, own):
        for push in own:
            answer = client.push(*push)
            states = {item["state"] for item in (answer.json or {}).get("items", [])}
            if answer.status != 200 or states != {"applied"}:
                wrong.append((answer.status, answer.body[:200], states))

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, pushes)]
    begin = time.perf_counter()
    [one.start() for one in threads]
    [one.join() for one in threads]
    spent = time.perf_counter() - begin
    assert not wrong, wrong[0]
    return len(clients) * PUSHES * RECORDS_A_PUSH / spent


def one_size(program, folder, directory, done, count, accounts):
    run = lambda word, *words: subprocess.run([program, word, directory, *words], check=True, capture_output=True, text=True).stdout
    page_load.fill(directory + "/county.db", count, time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600)), done)
    begin = time.perf_counter()
    run("refold")
    refold = time.perf_counter() - begin
    disk = sum(os.path.getsize(directory + "/county.db" + end) for end in ("", "-wal") if os.path.exists(directory + "/county.db" + end))
    server = Server(program, directory)
    try:
        begin = time.monotonic()
        people = [page_load.Person(server.port) for _ in accounts]
        for person, (name, password) in zip(people, accounts):
            if done:
                person.enter(person.connect(), name, page_load.PASSWORD)
            else:
                person.login(name, password)
        connection = people[0].connect()
        while people[0].ask(connection, "GET", "/page")[0] != 200:
            time.sleep(0.2)
        first = time.monotonic() - begin
        took, refused = page_load.load(people, 12)
        at = lambda share: took[min(len(took) - 1, int(len(took) * share))] * 1000
        villages = [f"130599{100 + n}{201}" for n in range(DEVICES)]
        clients = [enrolled(run, server.port, f"c{count}-{n}", villages[n]) for n in range(DEVICES)]
        pushes = [sealed(client, village) for client, village in zip(clients, villages)]
        rate = intake(clients, pushes)
        begin = time.perf_counter()
        items, _, pages = clients[0].feed(limit=256)
        feed = time.perf_counter() - begin
        listed = f"{folder}/list-{LIST_ROWS}-{count}.csv"
        import_rate.make(listed, LIST_ROWS, seed=count)
        begin = time.perf_counter()
        subprocess.run(
            [program, "import", "list", directory, listed, "--profile", "medical_insurance/expense", "--as-of", "2026-10-31",
             "--profiles", HERE + "/../../../seeds/profiles"], check=True, capture_output=True)
        list_seconds = time.perf_counter() - begin
        print(f"| {count:,} | {refold:.0f} | {rate:.0f} | {len(items)} in {feed:.2f} | {first:.1f} | {at(.5):.1f}, {at(.99):.1f} | "
              f"{list_seconds:.1f} | {server.memory('VmRSS')}, {server.memory('VmHWM')} | {disk / count:.0f} |", flush=True)
    finally:
        server.stop()


def main():
    program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    sizes = [int(word) for word in sys.argv[3:]] or [100_000, 500_000, 1_000_000]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    directory = folder + "/county"
    run = lambda *words: subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout.strip()
    run("init", directory, "--name", "示范县", "--division", "130599", "--host", "localhost", "--address", "127.0.0.1")
    names = [f"P{n}" for n in range(4)]
    accounts = [(name, run("page-user", "add", directory, "--person", name, "--name", "李", "--role", "auditor", "--scope", "130599").split()[-1])
                for name in names]
    print("| records | refold s | intake records/s | village's feed, records in s | first snapshot s | page p50, p99 ms | list of "
          f"{LIST_ROWS:,} s | memory MiB now, most | disk B/record |\n|---|---|---|---|---|---|---|---|---|", flush=True)
    done = 0
    for count in sizes:
        one_size(program, folder, directory, done, count, accounts)
        done = count
    shutil.rmtree(folder, ignore_errors=True)


main()
