"""Indonesian names made comparable: titles fall away, variants and old spelling meet.

``name_key`` is stored beside each person and serves search; ``sound_key`` is coarser and only
gathers candidates for a comparison.
"""

import re
import unicodedata
from functools import lru_cache

_TITLES = (
    "h hj haji hajah hajjah kh ust ustad ustaz ustadz ustadzah drs dra ir dr drg prof alm almh "
    "almarhum almarhumah bpk bapak ibu tn ny nn sdr sdri"
)
TITLES = frozenset(_TITLES.split())
VARIANTS = {
    variant: name
    for name, variants in {
        "muhammad": "moh moch mochamad mochammad mohamad mohammad mohamed muh mhd muhamad muhamed "
        "muchamad muchammad mukhamad mukhammad muhammed",
        "ahmad": "ach achmad akhmad ahmed akhmed",
        "siti": "st sitti stt",
        "abdul": "abd abdoel abdool",
    }.items()
    for variant in variants.split()
}
_DEGREES = re.compile(r",\s*(?:[a-z]{1,4}\.\s?)+[a-z]{0,5}\.?(?:\s*,.*)?$|,\s*(?:se|sh|st|mm)$")
_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("nj", "ny"))
_SOUNDS = (
    ("ch", "h"), ("kh", "h"), ("sy", "s"), ("sh", "s"), ("ph", "p"), ("th", "t"), ("dh", "d"),
    ("v", "p"), ("f", "p"), ("z", "j"), ("x", "s"), ("q", "k"), ("y", "i"), ("w", "u"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name as it is compared and searched: lower case, no titles, variants unified.

    >>> name_key("H. Moch. Djoko Soesilo, S.Pd."), name_key("Hj. Siti Nur'aini")
    ('muhammad joko susilo', 'siti nuraini')
    """
    flat = unicodedata.normalize("NFKD", name).casefold()
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    flat = _DEGREES.sub("", flat.replace("’", "'").replace("`", "'").replace("'", ""))
    tokens = re.findall(r"\w+", flat.replace("_", " "))
    kept = [token for token in tokens if token not in TITLES] or tokens
    if len(kept) > 1 and kept[0] in {"m", "md"}:
        kept[0] = "muhammad"
    return " ".join(_modern(VARIANTS.get(token, token)) for token in kept)


def _modern(token: str) -> str:
    if token.isdigit():
        return token
    for old, new in _OLD_SPELLING:
        token = token.replace(old, new)
    return VARIANTS.get(token, token)


@lru_cache(maxsize=200_000)
def sound_key(key: str) -> tuple[str, ...]:
    """Each word of a name key by its sound, in alphabetical order.

    >>> sound_key("fitri zaenal") == sound_key("jainal pitri")
    True
    """
    return tuple(sorted(_sound(token) for token in key.split()))


@lru_cache(maxsize=100_000)
def _sound(token: str) -> str:
    for written, heard in _SOUNDS:
        token = token.replace(written, heard)
    token = re.sub(r"(.)\1+", r"\1", token)
    return token[:1] + re.sub("[aeiou]", "", token[1:])
