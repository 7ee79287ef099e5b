"""What complainants said and who they are, at rest: sealed with keys of their own, bound to their complaint.

AES-256-GCM under keys that are derived from the server's secret, never from the record: a copy of the database
alone opens nothing, and a sealed text that is moved to another complaint does not open there.
"""

import base64
import hmac
import json
import os
from binascii import Error as NotBase64
from collections.abc import Mapping
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pendamping.complaints.rules import code_from
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import refuse


@cache
def _key(secret: str, use: str) -> bytes:
    info = f"pendamping/complaints/{use}".encode()
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(secret.encode())


def _bound(complaint: str, part: str) -> bytes:
    return f"complaints.{part}.1:{complaint}".encode()


def seal(complaint: str, part: str, said: Mapping[str, str]) -> str:
    """What is stored of a part (``said``, ``person``, ``code``) of a complaint; empty where nothing was said."""
    kept = {key: value for key, value in said.items() if value}
    if not kept:
        return ""
    nonce = os.urandom(12)
    engine = AESGCM(_key(settings.PENDAMPING_SECRET, "seal"))
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    return base64.b64encode(nonce + engine.encrypt(nonce, text, _bound(complaint, part))).decode()


def reveal(complaint: str, part: str, sealed: str) -> dict[str, str]:
    """What was said; refuses where the server's secret is not the one that sealed it."""
    if not sealed:
        return {}
    engine = AESGCM(_key(settings.PENDAMPING_SECRET, "seal"))
    try:
        packed = base64.b64decode(sealed, validate=True)
        text = engine.decrypt(packed[:12], packed[12:], _bound(complaint, part))
    except (InvalidTag, NotBase64, ValueError):
        raise refuse(
            "complaints.secret",
            "This was stored under another secret of the server; it cannot be read here.",
        ) from None
    found: dict[str, str] = json.loads(text)
    return found


def new_code() -> str:
    """A code that nobody can work out from the id of a complaint."""
    return code_from(
        hmac.digest(_key(settings.PENDAMPING_SECRET, "draw"), new_id().encode(), "sha256")
    )


def code_hash(code: str) -> str:
    """The keyed hash by which a code finds its complaint."""
    return hmac.digest(_key(settings.PENDAMPING_SECRET, "match"), code.encode(), "sha256").hex()
