"""HPKE (RFC 9180), base mode, one message, for the one suite that the journal uses: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
ChaCha20-Poly1305. Written from the RFC, for the independent reader and writer of journals."""
import hashlib, hmac
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEM = b"KEM" + (0x0020).to_bytes(2, "big")
SUITE = b"HPKE" + (0x0020).to_bytes(2, "big") + (0x0001).to_bytes(2, "big") + (0x0003).to_bytes(2, "big")


def labeled_extract(suite, salt, label, material):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, hashlib.sha256)


def labeled_expand(suite, key, label, info, length):
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(key, block + labeled + bytes([count]), hashlib.sha256)
        out, count = out + block, count + 1
    return out[:length]


def key_and_nonce(shared_point, enc, public, info):
    extracted = labeled_extract(KEM, b"", b"eae_prk", shared_point)
    shared = labeled_expand(KEM, extracted, b"shared_secret", enc + public, 32)
    context = b"\0" + labeled_extract(SUITE, b"", b"psk_id_hash", b"") + labeled_extract(SUITE, b"", b"info_hash", info)
    secret = labeled_extract(SUITE, shared, b"secret", b"")
    return labeled_expand(SUITE, secret, b"key", context, 32), labeled_expand(SUITE, secret, b"base_nonce", context, 12)


def seal(public, info, text):
    """-> (encapsulated key, sealed text)"""
    own = X25519PrivateKey.generate()
    enc = own.public_key().public_bytes_raw()
    key, nonce = key_and_nonce(own.exchange(X25519PublicKey.from_public_bytes(public)), enc, public, info)
    return enc, ChaCha20Poly1305(key).encrypt(nonce, text, b"")


def open_sealed(private, enc, info, sealed):
    own = X25519PrivateKey.from_private_bytes(private)
    point = own.exchange(X25519PublicKey.from_public_bytes(enc))
    key, nonce = key_and_nonce(point, enc, own.public_key().public_bytes_raw(), info)
    return ChaCha20Poly1305(key).decrypt(nonce, sealed, b"")


def key_id(public):
    return hashlib.sha256(public).hexdigest()[:16]
