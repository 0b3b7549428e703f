"""What the independent reader, writer and client ask of the real programs, one check after the other; script/interop runs it.

    checks.py PROGRAMS    the directory of zoufang and zoufangd

Prints one line a check. Ends 1 at the first that is not so, and keeps the directory it worked in."""
import http.client, json, os, shutil, socket, ssl, subprocess, sys, tempfile, uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "faultlib")]
import journal_reader, journal_writer
from county import County, ENVIRONMENT, PASSPHRASE
from terminal import Terminal
from visit import ENTER, FIND, FINISH, ROOT, rehearse
from wire_client import Client, feed_state
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

VILLAGE, OTHER_VILLAGE, TOWN = "130599100201", "130599100202", "130599100"


class Failed(Exception):
    """What is not as the page says."""


class Checks:
    def __init__(self):
        self.done = 0

    def equal(self, what, found, wanted):
        if found != wanted:
            raise Failed(f"{what}: {str(found)[:300]}, wanted {str(wanted)[:300]}")
        self.done += 1
        print(f"  ok  {what}", flush=True)

    def refused(self, what, act):
        """`act` must raise."""
        try:
            act()
        except Exception:  # whatever the reader says, as long as it says no
            self.equal(what, True, True)
            return
        raise Failed(f"{what}: was taken")


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def visit_facts(household):
    return [{"entity": str(uuid.uuid4()), "list": "visit",
             "properties": [["household", household], ["date", "2026-11-24"], ["result", "done"]]}]


# MARK: the client

def first_contact(checks, county):
    client = Client("localhost", county.port, county.code("interop-cadre", "试读员", "cadre", VILLAGE))
    wrong = Client("localhost", county.port, client.code + "0123456789abcdef")
    checks.refused("an authority whose fingerprint the slip does not say is not believed", wrong.trust)
    client.trust()
    hello = client.call("GET", "/v1/hello")
    checks.equal("hello over TLS 1.3 with the county's own authority", (hello.status, 1 in hello.json["protocols"]), (200, True))
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.load_verify_locations(cadata=client.authority)
    checks.refused("TLS 1.2 is refused", lambda: client.call("GET", "/v1/hello", context=old))
    other = client.call("GET", "/v1/hello", headers={"Zoufang-Protocol": "99"})
    checks.equal("another protocol is told to upgrade", other.reason, (426, "upgrade"))
    return client


def enrolment(checks, client):
    checks.equal("enrolment", client.enrol().status, 200)
    client.check_grant()
    checks.equal("the grant is signed by the county's root key", client.grant["scopes"], [VILLAGE])
    before = client.grant
    checks.equal("the same code with the same keys gives the same grant", (client.enrol().status, client.grant), (200, before))
    thief = Client(client.host, client.port, "")
    thief.code, thief.context = client.code, client.context
    checks.equal("the same code with other keys is refused", thief.enrol().reason, (403, "bad_code"))


def sessions(checks, client):
    checks.equal("without a session nothing is said", client.cursor(str(uuid.uuid4())).reason, (401, "no_session"))
    challenge = client.challenge()
    stranger = client.session(challenge, key=Ed25519PrivateKey.generate())
    checks.equal("a signature by another key opens no session", stranger.reason, (401, "bad_signature"))
    checks.equal("a challenge is good once", client.session(challenge).reason, (401, "bad_signature"))
    elsewhere = client.session(server="another-county")
    checks.equal("a signature for another server opens no session", elsewhere.reason, (401, "bad_signature"))
    checks.equal("a session", client.session().status, 200)


def county_feed(checks, client):
    items, state, pages = client.feed()
    records = [json.loads(item["record"]) for item in items]
    checks.equal(f"the feed: {len(records)} records on {pages} pages, in order",
                 [item["seq"] for item in items], sorted({item["seq"] for item in items}))
    outside = [one["division"] for one in records
               if not (one["division"].startswith(VILLAGE) or VILLAGE.startswith(one["division"]))]
    checks.equal("nothing in it is another village's", outside, [])
    checks.equal("Zoufang-State is the count and hash of what came", state, feed_state([one["id"] for one in records]))
    return records


def pushes(checks, client, household):
    readers = [(one["kind"], journal_reader.unbase64(one["public_key"])) for one in client.grant["readers"]]
    journal = journal_writer.Journal(client.grant["device_id"], client.sign, readers)
    cursor = client.cursor(journal.id).json
    checks.equal("the cursor of a new journal", (cursor["next_seq"], cursor["chain"]), (1, ""))
    texts = [client.record("visit", household, VILLAGE, visit_facts(household)) for _ in range(5)]
    # Out of reach: another village; somebody else's name.
    texts.append(client.record("visit", str(uuid.uuid4()), OTHER_VILLAGE, visit_facts(household)))
    texts.append(texts[0].replace(client.grant["person"].encode(), b"somebody-else").replace(b'"id":"01', b'"id":"02'))
    for text in texts:
        journal.append(text)
    lines, header = journal.lines, journal.header

    def push(first, upto, body=None, checkpoint=None):
        whole = (header if first == 1 else b"") + b"".join(lines[first - 1:upto])
        return client.push(journal.id, first, whole if body is None else body, checkpoint or journal.checkpoint(upto))

    answer = push(2, 3)
    checks.equal("lines beyond the cursor are a gap, and it says where to begin",
                 (answer.reason, answer.json.get("next_seq")), ((409, "gap"), 1))
    whole = header + b"".join(lines[:3])
    for what, at in (("the header", 40), ("a payload", len(header) + 60), ("a CRC", len(whole) - 4), ("a line feed", len(whole) - 1)):
        status = push(1, 3, flipped(whole, at)).reason
        checks.equal(f"a flipped bit in {what} is refused", status, (422, "bad_line"))
    stranger = journal.checkpoint(3, Ed25519PrivateKey.generate())
    checks.equal("a checkpoint signed by another key is refused", push(1, 3, checkpoint=stranger).reason, (422, "bad_checkpoint"))
    checks.equal("nothing of it was kept", client.cursor(journal.id).json["next_seq"], 1)
    answer = push(1, 3)
    checks.equal("a push of three records", (answer.status, answer.json["accepted_through"],
                 [item["state"] for item in answer.json["items"]]), (200, 3, ["applied"] * 3))
    checks.equal("the receipt names the chain there", answer.json["chain"], journal.checkpoint(3)[1])
    answer = push(1, 5)
    states = [item["state"] for item in answer.json["items"]]
    checks.equal("again with two more: three duplicates", states, ["duplicate"] * 3 + ["applied"] * 2)
    cursor = client.cursor(journal.id).json
    checks.equal("the cursor and its chain", (cursor["next_seq"], cursor["chain"]), (6, journal.checkpoint(5)[1]))
    answer = push(6, 7)
    checks.equal("what the device may not say is stored and parked", (answer.status, [
        (item["state"], item.get("code")) for item in answer.json["items"]]),
        (200, [("parked", "outside_scope"), ("parked", "not_author")]))
    return journal, texts


def forks(checks, client, journal, household):
    branch = journal_writer.Journal(client.grant["device_id"], client.sign, [])
    for name in ("id", "segment", "key"):
        setattr(branch, name, getattr(journal, name))
    branch.chain, branch.seq = journal.chains[4], 5
    branch.lines, branch.chains = list(journal.lines[:5]), list(journal.chains[:5])
    line = branch.append(client.record("visit", household, VILLAGE, visit_facts(household)))
    answer = client.push(journal.id, 6, line, branch.checkpoint(6))
    checks.equal("another record under a number that is taken is a fork", answer.reason, (409, "fork"))
    checks.equal("and the journal says so from then on", client.cursor(journal.id).json["state"], "forked")


def other_devices(checks, county, client, journal, texts):
    supervisor = Client("localhost", county.port, county.code("interop-supervisor", "试审员", "supervisor", TOWN))
    supervisor.trust()
    supervisor.enrol()
    supervisor.session()
    checks.equal("another device's journal is not shown", supervisor.cursor(journal.id).reason, (403, "not_allowed"))
    came = [item["record"].encode() for item in supervisor.feed()[0]]
    checks.equal("the supervisor's feed has the five visits, byte for byte and once each, and not the parked ones",
                 [came.count(text) for text in texts], [1] * 5 + [0] * 2)
    own = [item["record"].encode() for item in client.feed()[0]]
    checks.equal("a device's own records do not come back", [text for text in texts if text in own], [])
    return supervisor


# MARK: the reader and the writer

def type_visit(county, data, secret):
    terminal = Terminal([county.zoufang, "--data", data, "--passphrase-file", secret])
    terminal.wait(lambda: "今日走访" in terminal.text())
    terminal.write(FIND)
    terminal.wait(lambda: "查找住户" in terminal.text())
    terminal.write("诸葛".encode() + ENTER)
    terminal.wait(lambda: "抬头" in terminal.text())
    moments = rehearse(terminal, data)
    terminal.write(FINISH)
    terminal.wait(lambda: "回执号" in terminal.text())
    terminal.close()
    return len(moments)


def real_laptop(checks, county, supervisor, texts, work):
    """A journal that the real program wrote, read by us; and what it became at the county."""
    data = os.path.join(work, "cadre")
    secret = county.enrol(data, "practice-cadre", "练习员", "cadre", VILLAGE)
    keys = type_visit(county, data, secret)
    vault = journal_reader.open_vault(data, PASSPHRASE)
    records, count = journal_reader.read_journal(data, vault)
    typed = [json.loads(one) for one in records]
    checks.equal(f"a visit typed with {keys} keys into the real program: the reader opens it",
                 [one["type"] for one in typed], ["visit"])
    checks.equal("without a key it follows every line and opens none", journal_reader.read_journal(data), ([], count))
    checks.refused("another passphrase opens nothing", lambda: journal_reader.open_vault(data, PASSPHRASE + "不"))
    recovery = journal_reader.read_reader_key(county.directory + ".recovery")
    checks.equal("the county's recovery key opens the same records", journal_reader.read_journal(data, reader=recovery)[0], records)
    inbox, _ = journal_reader.read_journal(os.path.join(data, "inbox"), vault)
    checks.equal("what the program pulled holds the records of the client's village",
                 [sum(text in one for one in inbox) + sum(json.dumps(text.decode())[1:-1].encode() in one for one in inbox) > 0
                  for text in texts[:5]], [True] * 5)
    damaged(checks, data, work)
    status, said = county.sync(data, secret)
    checks.equal(f"the program uploads it{'' if status == 0 else ': ' + said}", status, 0)
    came = [item["record"].encode() for item in supervisor.feed(limit=200)[0]]
    checks.equal("the independent supervisor's feed has what was sealed on the laptop, byte for byte",
                 [came.count(one) for one in records], [1])


def damaged(checks, data, work):
    """The reader says no to damage: else its yes would mean nothing."""
    name = next(name for name in os.listdir(data) if name.endswith(".jnl"))
    whole = open(os.path.join(data, name), "rb").read()
    lines = whole.split(b"\n")
    place = os.path.join(work, "damaged")
    for what, bytes_there in (
        ("a flipped bit of a record", flipped(whole, len(whole) - 300)),
        ("a flipped bit of the header", flipped(whole, 50)),
        ("a record that is gone", b"\n".join(lines[:2] + lines[3:])),
    ):
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(place)
        shutil.copy(os.path.join(data, "HEAD"), place)
        open(os.path.join(place, name), "wb").write(bytes_there)
        checks.refused(f"the reader refuses {what}", lambda: journal_reader.read_journal(place))


def verify(county, place):
    done = subprocess.run([county.zoufang, "journal", "verify", place], env=ENVIRONMENT, capture_output=True, text=True)
    return done.returncode


def our_journal(checks, county, journal, texts, work):
    """A journal that we wrote, judged by the real program."""
    place = os.path.join(work, "written")
    journal.write(place)
    checks.equal("zoufang journal verify calls a journal of the independent writer whole", verify(county, place), 0)
    name = next(name for name in os.listdir(place) if name.endswith(".jnl"))
    path = os.path.join(place, name)
    whole = open(path, "rb").read()
    open(path, "wb").write(flipped(whole, len(whole) - 200))
    checks.equal("and damaged when one bit of it is flipped", verify(county, place), 1)
    records, _ = journal_reader.read_journal(
        os.path.join(county.directory, "journal"),
        journal_reader.open_vault(os.path.join(county.directory, "keys"),
                                  key_file=open(os.path.join(county.directory, "keys", "vault.secret"), "rb").read()))
    types = {json.loads(one)["type"] for one in records}
    checks.equal(f"the reader opens the county's own journal: {len(records)} records", {"division", "roster", "form"} <= types, True)


def main():
    os.environ.setdefault("ZOUFANG_SHARE", ROOT)
    programs = {name: os.path.join(os.path.abspath(sys.argv[1]), name) for name in ("zoufang", "zoufangd")}
    work = tempfile.mkdtemp(prefix="zoufang-interop-")
    county = County(programs, os.path.join(work, "county"))
    checks = Checks()
    try:
        county.make()
        county.serve()
        client = first_contact(checks, county)
        enrolment(checks, client)
        sessions(checks, client)
        records = county_feed(checks, client)
        household = next(one["household"] for one in records if one.get("household") and one["division"] == VILLAGE)
        journal, texts = pushes(checks, client, household)
        supervisor = other_devices(checks, county, client, journal, texts)
        real_laptop(checks, county, supervisor, texts, work)
        our_journal(checks, county, journal, texts, work)
        forks(checks, client, journal, household)
    except (Failed, RuntimeError, TimeoutError) as failed:
        print(f"  NO  {failed}\n(kept: {work})")
        return 1
    finally:
        county.stop(9)
    shutil.rmtree(work)
    print(f"interop: {checks.done} checks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
