"""The code on a complainant's slip: nine signs, none of which looks like another, the last one a check.

The alphabet has a prime number of signs and each place its own weight, so that every single wrong sign and
every swap of two neighbours is found before anybody looks for the complaint.
"""

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"  # 29: without 0 O 1 I L, S like 5, U like V
LENGTH = 9
_MEANT = str.maketrans("SU", "5V")
_BASE = len(ALPHABET)


def code_from(drawn: bytes) -> str:
    """A code from at least eight bytes of chance.

    >>> code_from(bytes(8)), code_from(bytes(range(8)))
    ('222222223', '8H8JYDQ4N')
    """
    number, signs = int.from_bytes(drawn[:8], "big"), []
    for _place in range(LENGTH - 1):
        number, rest = divmod(number, _BASE)
        signs.append(ALPHABET[rest])
    return "".join(signs) + _check(signs)


def read_code(typed: str) -> str | None:
    """The code that was typed, however it was grouped; ``None`` where it cannot be one.

    >>> read_code(" 222-222-223 "), read_code("222 222 232"), read_code("222222222")
    ('222222223', None, None)
    """
    signs = "".join(one for one in typed.upper() if one.isascii() and one.isalnum())
    signs = signs.translate(_MEANT)
    if len(signs) != LENGTH or any(one not in ALPHABET for one in signs):
        return None
    return signs if _check(list(signs[:-1])) == signs[-1] else None


def written(code: str) -> str:
    """As it is printed: three groups of three.

    >>> written("222222223")
    '222-222-223'
    """
    return "-".join(code[place : place + 3] for place in range(0, len(code), 3))


def _check(signs: list[str]) -> str:
    total = sum(place * ALPHABET.index(one) for place, one in enumerate(signs, 1))
    return ALPHABET[(total + 1) % _BASE]
