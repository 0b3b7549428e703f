"""An independent client of the protocol (docs/wire.md): standard library, and `cryptography` for the signatures. One Client is one device."""
import base64, hashlib, http.client, json, ssl, time, uuid
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from journal_writer import base64url
from journal_reader import unbase64


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.json = json.loads(body) if headers.get("Content-Type", "").startswith("application/json") else None

    @property
    def reason(self):
        return (self.status, (self.json or {}).get("reason"))


def signed_text(*fields):
    if any("\n" in field for field in fields):
        raise ValueError("a field with a line feed is never signed")
    return "".join(field + "\n" for field in fields).encode()


class Client:
    def __init__(self, host, port, slip):
        """slip: the code as it is printed: 28 characters of code, 16 of the authority's fingerprint."""
        self.host, self.port = host, port
        plain = slip.replace("-", "").replace(" ", "")
        self.code, self.fingerprint = plain[:28].upper(), plain[28:].lower()
        self.sign, self.box = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        self.context = self.token = None

    def call(self, method, path, body=None, headers=None, context=None):
        sent = dict(headers or {})
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body, sort_keys=True).encode(), "application/json"
        if self.token and "Authorization" not in sent:
            sent["Authorization"] = "Bearer " + self.token
        sent["Zoufang-Protocol"] = sent.get("Zoufang-Protocol", "1")
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=30, context=context or self.context)
        try:
            connection.request(method, path, body=body, headers=sent)
            got = connection.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            connection.close()
        if answer.headers.get("Zoufang-Protocol") != "1":
            raise ValueError(f"{method} {path}: an answer without the county's mark")
        return answer

    def trust(self):
        """First contact: the authority from whoever answers, believed only if the slip says its fingerprint."""
        blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
        pem = self.call("GET", "/v1/ca", context=blind).body.decode()
        found = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
        if len(self.fingerprint) != 16 or not found.startswith(self.fingerprint):
            raise ValueError("the authority is not the slip's")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.load_verify_locations(cadata=pem)
        self.authority = pem

    def enrol(self):
        sign = base64url(self.sign.public_key().public_bytes_raw())
        box = base64url(self.box.public_key().public_bytes_raw())
        proof = self.sign.sign(signed_text("zoufang-enrol-v1", self.code, sign, box))
        answer = self.call("POST", "/v1/enrol", {
            "code": self.code, "sign_public_key": sign, "box_public_key": box, "proof": base64url(proof)})
        if answer.status == 200:
            self.grant = answer.json
        return answer

    def check_grant(self):
        """Raises unless the county's root key signed the grant."""
        grant = self.grant
        fields = ["zoufang-grant-v1"] + [
            grant[key] for key in ("device_id", "person", "name", "role", "county", "server", "issued", "root_public_key")]
        fields += [f"scopes {len(grant['scopes'])}", *grant["scopes"]]
        named = grant.get("households")
        fields += [f"households {'all' if named is None else len(named)}", *(named or [])]
        fields += [f"readers {len(grant['readers'])}"]
        for reader in grant["readers"]:
            fields += [reader["kind"], reader["key_id"], reader["public_key"]]
        text = signed_text(*fields) + grant["ca_pem"].encode()
        Ed25519PublicKey.from_public_bytes(unbase64(grant["root_public_key"])).verify(unbase64(grant["signature"]), text)
        if grant["ca_pem"] != self.authority:
            raise ValueError("the grant names another authority")

    def challenge(self):
        return self.call("POST", "/v1/sessions/challenge", {"device_id": self.grant["device_id"]}).json["challenge"]

    def session(self, challenge=None, key=None, server=None):
        challenge = challenge or self.challenge()
        text = signed_text("zoufang-auth-v1", server or self.grant["server"], challenge, self.grant["device_id"])
        answer = self.call("POST", "/v1/sessions", {
            "device_id": self.grant["device_id"], "challenge": challenge, "signature": base64url((key or self.sign).sign(text))})
        if answer.status == 200:
            self.token = answer.json["token"]
        return answer

    def cursor(self, journal, **more):
        return self.call("GET", f"/v1/journals/{journal}/cursor", **more)

    def push(self, journal, first, body, checkpoint):
        return self.call("POST", f"/v1/journals/{journal}/entries?from={first}", body, {
            "Content-Type": "text/plain", "Zoufang-Checkpoint": " ".join(str(part) for part in checkpoint)})

    def feed(self, limit=7):
        """Every record of the feed, as text, page by page; and the state that the last page names."""
        items, cursor, pages = [], 0, 0
        while True:
            answer = self.call("GET", f"/v1/feed?cursor={cursor}&limit={limit}")
            if answer.status != 200:
                raise ValueError(f"feed: {answer.reason}")
            page, pages = answer.json, pages + 1
            items += page["items"]
            cursor = page["next"]
            if not page["more"]:
                return items, answer.headers.get("Zoufang-State"), pages

    def record(self, type_name, household, division, facts, **more):
        """A record's JSON, as bytes."""
        stamp = int(time.time() * 1000).to_bytes(6, "big") + uuid.uuid4().bytes[6:]
        version7 = bytearray(stamp)
        version7[6] = 0x70 | version7[6] & 0x0F
        record = {
            "v": 1, "id": str(uuid.UUID(bytes=bytes(version7))), "type": type_name, "household": household, "division": division,
            "author": {"person": self.grant["person"], "name": self.grant["name"], "role": self.grant["role"]},
            "device": self.grant["device_id"], "wall": time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 28800)),
            "tz": "Asia/Shanghai", "clock_ok": True, "facts": facts, **more}
        return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def feed_state(ids):
    """`Zoufang-State` of records with these ids."""
    high = low = 0
    for one in ids:
        digest = hashlib.sha256(one.encode()).digest()
        high += int.from_bytes(digest[:4], "big")
        low += int.from_bytes(digest[4:8], "big")
    return f"{len(ids)},{high & 0xFFFFFFFF:08x}{low & 0xFFFFFFFF:08x}"
