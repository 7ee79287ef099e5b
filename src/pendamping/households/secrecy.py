"""NIK and KK at rest: encrypted, matched by a keyed hash, shown by their last four digits.

Two keys are derived from the server's secret, one to encrypt (AES-256-GCM), one to match
(HMAC-SHA-256), so that whoever learns one does not hold the other.
"""

import base64
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pendamping.kernel.refusal import refuse

_FORM = b"households.number.1"
_FILE = b"pendamping-sealed-1\n"  # what a sealed file begins with
Sealed = tuple[str, str, str]  # cipher, keyed hash, last four digits


@cache
def _key(secret: str, use: str) -> bytes:
    derive = HKDF(hashes.SHA256(), 32, salt=None, info=f"pendamping/households/{use}".encode())
    return derive.derive(secret.encode())


@cache
def _engine(secret: str) -> AESGCM:
    return AESGCM(_key(secret, "encrypt"))


def seal(digits: str) -> Sealed:
    """What is stored of a number: cipher, hash, last four digits; three empty texts for none."""
    if not digits:
        return "", "", ""
    nonce = os.urandom(12)
    cipher = _engine(settings.PENDAMPING_SECRET).encrypt(nonce, digits.encode(), _FORM)
    return base64.b64encode(nonce + cipher).decode(), match_hash(digits), digits[-4:]


def match_hash(digits: str) -> str:
    """The keyed hash by which equal numbers meet; empty for none."""
    if not digits:
        return ""
    key = _key(settings.PENDAMPING_SECRET, "match")
    return hmac.digest(key, digits.encode(), "sha256").hex()


def reveal(cipher: str) -> str:
    """The digits again; refuses where the server's secret is not the one that sealed them."""
    packed = base64.b64decode(cipher)
    try:
        engine = _engine(settings.PENDAMPING_SECRET)
        return engine.decrypt(packed[:12], packed[12:], _FORM).decode()
    except InvalidTag:
        raise refuse(
            "households.number.secret",
            "The number was stored under another secret of the server; it cannot be read here.",
        ) from None


def seal_file(content: bytes) -> bytes:
    """A file that holds such numbers, as it is kept on the disk."""
    nonce = os.urandom(12)
    return _FILE + nonce + _engine(settings.PENDAMPING_SECRET).encrypt(nonce, content, _FILE)


def open_file(kept: bytes) -> bytes:
    """The file again; one kept before files were sealed comes back as it is."""
    if not kept.startswith(_FILE):
        return kept
    start = len(_FILE)
    try:
        engine = _engine(settings.PENDAMPING_SECRET)
        return engine.decrypt(kept[start : start + 12], kept[start + 12 :], _FILE)
    except InvalidTag:
        raise refuse(
            "households.upload.gone",
            "The uploaded file is no longer on the server. Upload it again.",
        ) from None
