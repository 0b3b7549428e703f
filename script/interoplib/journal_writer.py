"""An independent writer of the journal format (docs/journal.md): makes the lines of one journal in one segment, for the independent client
to push and for `zoufang journal verify` to judge."""
import base64, hashlib, json, os, secrets, struct, time, uuid
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

import hpke
from journal_reader import crc32c, hkdf, uuid_bytes

SIZES = [256 << n for n in range(12)] + [528_384, 786_404]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def padded(content):
    length = next(size for size in SIZES if size >= 4 + len(content))
    return struct.pack(">I", len(content)) + content + bytes(length - 4 - len(content))


class Journal:
    """A journal with its first segment; `lines` are its lines, `chains` the chain behind every record."""

    def __init__(self, device, sign, readers, vault=None):
        """readers: [(kind, public key)]; vault: (id, master key), a vault of its own where there is none."""
        self.id, self.segment, self.sign = str(uuid.uuid4()), str(uuid.uuid4()), sign
        self.key = secrets.token_bytes(32)
        self.chain, self.seq = bytes(32), 0
        self.lines, self.chains = [], []
        ids = uuid_bytes(self.id) + uuid_bytes(self.segment)
        vault_id, master = vault or (str(uuid.uuid4()), secrets.token_bytes(32))
        nonce = secrets.token_bytes(12)
        box = nonce + ChaCha20Poly1305(hkdf(master, b"seg-wrap")).encrypt(nonce, self.key, ids)
        wraps = [{"kind": "vault", "kid": vault_id, "box": base64url(box)}]
        for kind, public in readers:
            kid = hpke.key_id(public)
            enc, sealed = hpke.seal(public, b"zoufang-seg-v1" + ids + kid.encode(), self.key)
            wraps.append({"kind": kind, "kid": kid, "enc": base64url(enc), "box": base64url(sealed)})
        body = json.dumps({
            "v": 1, "journal_id": self.id, "segment_id": self.segment, "segment_no": 1, "first_seq": 1, "device_id": device,
            "machine": "", "month": time.strftime("%Y-%m"), "suite": 1, "compat": [], "incompat": [], "wraps": wraps,
            "sign_pub": base64url(sign.public_key().public_bytes_raw()),
        }, separators=(",", ":"), sort_keys=True).encode()[:-1]
        payload = base64url(body + b',"sig":"' + base64url(sign.sign(b"zoufang-head-v1\n" + body)).encode() + b'"}')
        self.header = self.line(b"H", 1, payload)

    def line(self, kind, seq, payload):
        before = b"J1%s|%010d|%07d|%s|" % (kind, seq, len(payload), payload.encode())
        self.chain = hashlib.sha256(self.chain + before).digest()
        covered = before + base64url(self.chain).encode() + b"|"
        return covered + b"%08x\n" % crc32c(covered)

    def append(self, content):
        """Seals one content and returns its line."""
        self.seq += 1
        aad = (b"zoufang-jrnl-v1" + uuid_bytes(self.id) + uuid_bytes(self.segment) + b"R" + struct.pack(">Q", self.seq))
        nonce = secrets.token_bytes(12)
        sealed = nonce + ChaCha20Poly1305(self.key).encrypt(nonce, padded(content), aad)
        self.lines.append(self.line(b"R", self.seq, base64url(sealed)))
        self.chains.append(self.chain)
        return self.lines[-1]

    def checkpoint(self, seq, sign=None):
        """-> (seq, chain, signature) of the record of that number, as the header of a push wants it"""
        chain = base64url(self.chains[seq - 1])
        text = f"zoufang/{self.id}\n{seq}\n{chain}\n"
        return seq, chain, base64url((sign or self.sign).sign(text.encode()))

    def write(self, directory):
        """As files, with the watermark behind the last record."""
        os.makedirs(directory, mode=0o700)
        data = self.header * 2 + b"".join(self.lines)
        with open(os.path.join(directory, f"seg-0000000001-{self.segment[:8]}.jnl"), "wb") as file:
            file.write(data)
        slot = b"H1|%010d|%s|%010d|%012d|%s|" % (
            1, self.segment.encode(), self.seq, len(data), base64url(self.chain).encode())
        slot += b"%08x\n" % crc32c(slot)
        with open(os.path.join(directory, "HEAD"), "wb") as file:
            # Generation 1: the slot at 4096.
            file.write(bytes(4096) + slot.ljust(4096, b"\0"))
