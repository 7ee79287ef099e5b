"""Secrets of the second step at rest: sealed with a key derived from the server's secret.

AES-256-GCM under a key of its own, so that a copy of the database alone opens no second step.
"""

import base64
import os
from binascii import Error as NotBase64
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pendamping.kernel.refusal import refuse

_FORM = b"access.second_step.1"


@cache
def _engine(secret: str) -> AESGCM:
    derive = HKDF(hashes.SHA256(), 32, salt=None, info=b"pendamping/access/second_step")
    return AESGCM(derive.derive(secret.encode()))


def seal(text: str) -> str:
    """What is stored of a secret."""
    nonce = os.urandom(12)
    cipher = _engine(settings.PENDAMPING_SECRET).encrypt(nonce, text.encode(), _FORM)
    return base64.b64encode(nonce + cipher).decode()


def reveal(sealed: str) -> str:
    """The secret again; refuses where the server's secret is not the one that sealed it."""
    try:
        packed = base64.b64decode(sealed, validate=True)
        return _engine(settings.PENDAMPING_SECRET).decrypt(packed[:12], packed[12:], _FORM).decode()
    except (InvalidTag, NotBase64, ValueError):
        raise refuse(
            "access.second_step.secret",
            "The second step was set up under another secret of the server and cannot be checked here. "
            "Ask the administrator for a slip that ends it",
        ) from None
