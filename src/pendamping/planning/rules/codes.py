"""The code on a ballot's stub with which its voter opens the kiosk: the number and digits that only the server knows."""

import hmac
import re

DIGITS = 6


def code_of(key: bytes, station: str, number: int) -> str:
    """The code of one ballot of a station: its number, then six digits that follow from the server's key.

    >>> code_of(b"key", "01J", 17)
    '17-458134'
    """
    seal = hmac.new(key, f"kiosk:{station}:{number}".encode(), "sha256").digest()
    return f"{number}-{int.from_bytes(seal[:8]) % 10**DIGITS:0{DIGITS}d}"


def number_of(key: bytes, station: str, typed: str) -> int | None:
    """The number of the ballot whose code this is; nothing where it is none. Spaces and signs between do not matter.

    >>> number_of(b"key", "01J", " 17 458134"), number_of(b"key", "01J", "17-458135"), number_of(b"key", "01J", "7")
    (17, None, None)
    """
    digits = re.sub(r"\D", "", typed[:40], flags=re.ASCII)
    if not DIGITS < len(digits) <= DIGITS + 6:
        return None
    number = int(digits[:-DIGITS])
    code = re.sub(r"\D", "", code_of(key, station, number), flags=re.ASCII)
    return number if hmac.compare_digest(code, str(number) + digits[-DIGITS:]) else None
