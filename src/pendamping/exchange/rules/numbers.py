"""Numbers of persons on their way between servers: ciphertext under a passphrase, else they stay.

AES-SIV (RFC 5297) under a key that scrypt (RFC 7914) makes of the passphrase and the ward: the same numbers under the
same passphrase are the same text, so that a package stays the same bytes; a cell is bound to its person, and one
that was moved, changed or sealed under another passphrase does not open.
"""

import base64
from binascii import Error as NotBase64
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pendamping.kernel.refusal import N_, refuse

FORM, SHORTEST = "s1.", 12
COST = 2**15  # of scrypt, with r=8: 32 MB and a tenth of a second for each guess


@lru_cache(maxsize=4)
def _engine(passphrase: str, ward: str) -> AESSIV:
    salt = f"pendamping/package/numbers/{ward}".encode()
    return AESSIV(Scrypt(salt=salt, length=64, n=COST, r=8, p=1).derive(passphrase.encode()))


def ask_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is soon guessed."""
    if len(passphrase.strip()) < SHORTEST:
        text = N_("The passphrase has fewer than {least} signs; take several words.")
        raise refuse("package.passphrase", text, least=SHORTEST)


def sealed(passphrase: str, ward: str, person: str, digits: str) -> str:
    """The cell that travels; empty where there is no number.

    >>> cell = sealed("empat kata yang panjang", "32.71.01.1003", "p1", "3271014505800001")
    >>> cell[:3], "3271" in cell, opened("empat kata yang panjang", "32.71.01.1003", "p1", cell)
    ('s1.', False, '3271014505800001')
    """
    if not digits:
        return ""
    cipher = _engine(passphrase, ward).encrypt(digits.encode(), [person.encode()])
    return FORM + base64.urlsafe_b64encode(cipher).decode()


def opened(passphrase: str, ward: str, person: str, cell: str) -> str:
    """The digits of a cell; refuses a wrong passphrase and a cell that was changed or moved."""
    try:
        cipher = base64.urlsafe_b64decode(cell.removeprefix(FORM).encode("ascii"))
        return _engine(passphrase, ward).decrypt(cipher, [person.encode()]).decode("ascii")
    except (InvalidTag, NotBase64, ValueError):
        raise refuse(
            "package.passphrase",
            N_(
                "The numbers of persons do not open: the passphrase is another one, or the cell was changed."
            ),
            where={"file": "data/persons.csv", "column": "nik", "key": person},
        ) from None


def all_opened(passphrase: str, ward: str, cells: Mapping[str, str]) -> dict[str, str]:
    """Person to digits, of every cell that holds a number."""
    return {one: opened(passphrase, ward, one, cell) for one, cell in cells.items() if cell}
