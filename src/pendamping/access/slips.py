"""One-time codes that are printed on a slip and typed once."""

import hashlib
import secrets

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else on paper
GROUPS, LENGTH = 4, 4


def new_code() -> str:
    """A code of four groups of four, about 79 bits: ``K7QM-2XTB-9HRD-WC4E``."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def code_hash(code: str) -> str:
    """SHA-256 of a code as typed: case, spaces and dashes do not matter. 64 hex digits."""
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()
