"""In whose hands a complaint may lie: never in those of whom it is about."""

from collections.abc import Collection

ABOUT: dict[str, frozenset[str]] = {
    # what a complaint is about: the roles that are concerned as a body
    "works": frozenset(),
    "loan": frozenset(),
    "list": frozenset(),
    "group": frozenset(),
    "unit": frozenset({"treasurer", "bookkeeper"}),
    "board": frozenset({"board", "secretary"}),
    "facilitator": frozenset({"facilitator"}),
    "government": frozenset(),
    "other": frozenset(),
}
WARD_HANDS = ("board", "secretary", "facilitator")  # who handles at the ward
ABOVE_HANDS = ("verifier",)  # who handles above it
DEPTHS = {"ward": 4, "subdistrict": 3, "city": 2, "province": 1, "national": 0}


def area_of(level: str, ward: str) -> str:
    """The area whose people answer at a level; of a level that is none of the official ones, the ward.

    >>> area_of("city", "32.71.01.1003"), area_of("national", "32.71.01.1003"), area_of("rw", "32.71.01.1003")
    ('32.71', '', '32.71.01.1003')
    """
    depth = DEPTHS.get(level, 4)
    return ward if depth == 4 else ".".join(ward.split(".")[:depth])


def concerned(about: str, roles: Collection[str], named: bool) -> bool:
    """Whether somebody is whom a complaint is about: named in it, or one of the body that it is about.

    >>> concerned("unit", ["treasurer"], False), concerned("unit", ["board"], False)
    (True, False)
    """
    return named or bool(ABOUT.get(about, frozenset()) & set(roles))


def same_name(one: str, other: str) -> bool:
    """Whether a name that a complaint gives is somebody's: all words of the shorter one are in the other.

    >>> same_name("Pak Contoh Bendahara", "contoh bendahara"), same_name("Contoh", "Contoh Bendahara")
    (True, False)
    """
    first, second = _words(one), _words(other)
    shorter, longer = sorted((first, second), key=len)
    return (len(shorter) >= 2 and shorter <= longer) or (bool(first) and first == second)


_TITLES = frozenset({"pak", "bapak", "bu", "ibu", "sdr", "sdri", "bpk", "h", "hj", "haji", "hajah"})


def _words(name: str) -> set[str]:
    kept = "".join(one if one.isalnum() else " " for one in name.lower())
    return set(kept.split()) - _TITLES
