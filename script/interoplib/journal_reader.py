#!/usr/bin/env python3
"""journal_reader.py DIRECTORY [--passphrase-file FILE | --vault-key-file FILE | --reader-key-file FILE] [--records]

An independent reader of the journal format (docs/journal.md), written from the page and not from the program: what stands in a village's
journal must be readable in ten years without us. Checks framing, CRC32C, chain and signatures of every line, in the order the headers
say; with a passphrase it opens the vault and every record, and prints the records' JSON with --records. Exit 0: everything is right.
Needs the package `cryptography`."""
import argparse, base64, hashlib, json, os, struct, sys
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives import hashes


def unbase64(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise ValueError("not canonical base64url")
    return data


TABLE = []
for n in range(256):
    for _ in range(8):
        n = (n >> 1) ^ 0x82F63B78 if n & 1 else n >> 1
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def hkdf(key, info, salt=None):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def open_box(box, key, aad):
    return ChaCha20Poly1305(key).decrypt(box[:12], box[12:], aad)


def open_vault(directory, passphrase=None, key_file=None):
    """-> (vault id, master key)"""
    lines = open(os.path.join(directory, "vault.key"), "rb").read().decode().split("\n")
    body = "\n".join(lines[:5]) + "\n"
    assert lines[0] == "zoufang-vault-v1", lines[0]
    assert lines[5] == "crc %08x" % crc32c(body.encode()), "vault crc"
    kdf = lines[2].split(" ")
    if kdf[1] == "scrypt":
        folded = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else " " if c == "\u3000" else c for c in passphrase)
        key = hashlib.scrypt(folded.encode(), salt=unbase64(kdf[5]), n=1 << int(kdf[2]), r=8, p=1, maxmem=1 << 30, dklen=32)
    else:
        key = hkdf(key_file, b"zoufang-key-file-v1", unbase64(kdf[2]))
    heading = "\n".join(lines[:3]) + "\n"
    master = open_box(unbase64(lines[3].split(" ")[1]), key, heading.encode())
    return lines[1].split(" ")[1], master


def parse_line(line):
    """-> (kind, seq, payload text, bytes before the chain field, chain text); raises on a bad frame"""
    parts = line.split(b"|")
    if len(parts) != 6 or len(parts[0]) != 3 or parts[0][:2] != b"J1" or len(parts[1]) != 10 or len(parts[2]) != 7:
        raise ValueError("frame")
    if int(parts[2]) != len(parts[3]) or len(parts[4]) != 43 or len(parts[5]) != 8:
        raise ValueError("lengths")
    covered = line[: len(line) - 8]
    if "%08x" % crc32c(covered) != parts[5].decode():
        raise ValueError("crc")
    return parts[0][2:3], int(parts[1]), parts[3].decode(), line[: len(line) - 8 - 44], parts[4].decode()


def read_header(payload):
    raw = unbase64(payload)
    header = json.loads(raw)
    if header["v"] != 1 or header["incompat"]:
        raise ValueError("a newer format")
    body = raw[: raw.rindex(b',"sig":')]
    Ed25519PublicKey.from_public_bytes(unbase64(header["sign_pub"])).verify(
        unbase64(header["sig"]), b"zoufang-head-v1\n" + body)
    return header


def uuid_bytes(text):
    return bytes.fromhex(text.replace("-", ""))


def read_head(path):
    """The watermark: the valid slot with the highest generation -> (segment id, seq, end offset)"""
    best = None
    data = open(path, "rb").read()
    for at in (0, 4096):
        slot = data[at:at + 512].split(b"\n")[0].rstrip(b"\0 ")
        parts = slot.split(b"|")
        if len(parts) != 7 or parts[0] != b"H1":
            continue
        if "%08x" % crc32c(slot[: len(slot) - 8]) != parts[6].decode():
            continue
        if best is None or int(parts[1]) > best[0]:
            best = (int(parts[1]), parts[2].decode(), int(parts[3]), int(parts[4]))
    return best


def read_checkpoint(payload, header, seq, chain):
    text = unbase64(payload).decode()
    lines = text.split("\n")
    said = "\n".join(lines[:3]) + "\n"
    Ed25519PublicKey.from_public_bytes(unbase64(header["sign_pub"])).verify(unbase64(lines[3]), said.encode())
    if lines[:2] != ["zoufang/" + header["journal_id"], str(seq)] or unbase64(lines[2]) != chain or lines[4:] != [""]:
        raise ValueError(f"the checkpoint behind {seq} speaks of another place")


def segment_key(header, vault, reader):
    """The key of a segment's records: by the vault (id, master key), or by a reader's private key; None with neither."""
    ids = uuid_bytes(header["journal_id"]) + uuid_bytes(header["segment_id"])
    if vault:
        wrap = next(w for w in header["wraps"] if w["kind"] == "vault" and w["kid"] == vault[0])
        return open_box(unbase64(wrap["box"]), hkdf(vault[1], b"seg-wrap"), ids)
    if reader:
        import hpke
        kid = hpke.key_id(X25519PrivateKey.from_private_bytes(reader).public_key().public_bytes_raw())
        wrap = next(w for w in header["wraps"] if w["kind"] != "vault" and w["kid"] == kid)
        return hpke.open_sealed(reader, unbase64(wrap["enc"]), b"zoufang-seg-v1" + ids + kid.encode(), unbase64(wrap["box"]))
    return None


def open_record(payload, key, header, seq):
    aad = (b"zoufang-jrnl-v1" + uuid_bytes(header["journal_id"]) + uuid_bytes(header["segment_id"])
           + b"R" + struct.pack(">Q", seq))
    plain = open_box(unbase64(payload), key, aad)
    (length,) = struct.unpack(">I", plain[:4])
    if any(plain[4 + length:]):
        raise ValueError("padding")
    return plain[4:4 + length]


def read_headers(directory):
    """-> ([(file name, bytes, header)] in order, segment id -> bytes that count, journal id -> records that count)"""
    segments, lengths, limits = [], {}, {}
    for name in sorted(n for n in os.listdir(directory) if n.startswith("seg-") and n.endswith(".jnl")):
        data = open(os.path.join(directory, name), "rb").read()
        header = read_header(parse_line(data[:data.index(b"\n")])[2])
        segments.append((name, data, header))
        if "prev" in header:
            lengths[header["prev"]["segment_id"]] = header["prev"]["good_len"]
        for one in header.get("continues", []):
            limits[one["journal_id"]] = one["seq"]
    return segments, lengths, limits


def read_journal(directory, vault=None, reader=None):
    """-> (contents of the records in order, empty without a key; number of records). Raises at whatever is not as the page says."""
    segments, lengths, limits = read_headers(directory)
    head = read_head(os.path.join(directory, "HEAD"))
    records, count, chain, seq, journal = [], 0, bytes(32), 0, None
    for name, data, header in segments:
        # Behind the watermark, or behind what a later segment took over, a line may be torn; before it none.
        good = lengths.get(header["segment_id"], len(data))
        must = head[3] if head and head[1] == header["segment_id"] else good
        if header["journal_id"] != journal:
            journal, chain, seq = header["journal_id"], bytes(32), 0
        if "prev" in header and unbase64(header["prev"]["chain"]) != chain:
            raise ValueError(f"{name}: continues from another place")
        key = segment_key(header, vault, reader)
        seen, offset = None, 0
        while offset < good:
            end = data.find(b"\n", offset)
            try:
                kind, number, payload, before_chain, said = parse_line(data[offset:end] if end >= 0 else b"")
            except ValueError:
                if offset < must:
                    raise ValueError(f"{name}: no whole line at {offset}")
                break
            offset = end + 1
            if kind == b"H" and payload == seen:
                continue  # the second copy, the same bytes with the same chain
            before, chain = chain, hashlib.sha256(chain + before_chain).digest()
            if chain != unbase64(said):
                raise ValueError(f"{name}: chain before {offset}")
            if kind == b"H":
                seen = payload
            if number != seq + (kind in b"HR"):
                raise ValueError(f"{name}: number {number} behind {seq}")
            if kind == b"C":
                read_checkpoint(payload, header, seq, before)
            if kind != b"R":
                continue
            seq += 1
            if seq <= limits.get(journal, seq):
                count += 1
                if key:
                    records.append(open_record(payload, key, header, seq))
    if head and head[2] > seq:
        raise ValueError(f"the watermark says {head[2]}, {seq} are here")
    return records, count


def read_reader_key(path):
    """The private key of the paper that the county's founding leaves, or of a file that holds nothing else."""
    words = open(path, encoding="utf-8").read().split()
    return bytes.fromhex(words[words.index("private") + 1] if "private" in words else words[0])


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("directory")
    asked.add_argument("--passphrase-file")
    asked.add_argument("--vault-key-file", help="the key file of a server's vault")
    asked.add_argument("--vault", help="directory of the vault, where it is not the journal's")
    asked.add_argument("--reader-key-file", help="a file with a reader's private key in hexadecimal, as the county's recovery key")
    asked.add_argument("--records", action="store_true")
    given = asked.parse_args()
    vault = None
    if given.passphrase_file:
        passphrase = open(given.passphrase_file).read().split("\n")[0]
        vault = open_vault(given.vault or given.directory, passphrase)
    elif given.vault_key_file:
        vault = open_vault(given.vault or given.directory, key_file=open(given.vault_key_file, "rb").read())
    reader = read_reader_key(given.reader_key_file) if given.reader_key_file else None
    records, count = read_journal(given.directory, vault, reader)
    print(f"{count} records, every line right" + (", every record opened" if vault or reader else ""))
    if given.records:
        for record in records:
            print(record.decode())


if __name__ == "__main__":
    main()
