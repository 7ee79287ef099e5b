"""Names of informants at rest: sealed with a key of their own, bound to their informant."""

import base64
import os
from binascii import Error as NotBase64
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pendamping.kernel.refusal import N_, refuse


@cache
def _engine(secret: str) -> AESGCM:
    derive = HKDF(hashes.SHA256(), 32, salt=None, info=b"pendamping/evidence/name")
    return AESGCM(derive.derive(secret.encode()))


def seal(informant: str, name: str) -> str:
    """What is stored of a name; it opens only beside its informant."""
    nonce = os.urandom(12)
    engine = _engine(settings.PENDAMPING_SECRET)
    return base64.b64encode(
        nonce + engine.encrypt(nonce, name.encode(), informant.encode())
    ).decode()


def reveal(informant: str, sealed: str) -> str:
    """The name again; refuses where the server's secret is not the one that sealed it."""
    try:
        packed = base64.b64decode(sealed, validate=True)
        engine = _engine(settings.PENDAMPING_SECRET)
        return engine.decrypt(packed[:12], packed[12:], informant.encode()).decode()
    except (InvalidTag, NotBase64, ValueError):
        text = N_("This was stored under another secret of the server; it cannot be read here.")
        raise refuse("evidence.secret", text) from None
