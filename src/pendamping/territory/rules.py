"""Official codes, and what an update of the regions means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pendamping.kernel.refusal import Reason

LEVELS = {1: "province", 2: "city", 3: "district", 4: "ward"}
PRACTICE = ".L"  # between a ward's code and the number of its practice ward (latihan)
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


def is_code(code: str) -> bool:
    """Whether the text is shaped like an official code: ``32``, ``32.71``, … ``32.71.01.1003``."""
    return bool(_CODE.fullmatch(code))


def is_ward_code(code: str) -> bool:
    """Whether the text is shaped like the official code of a ward.

    >>> is_ward_code("32.71.01.1003"), is_ward_code("32.71.01"), is_ward_code("3271011003")
    (True, False, False)
    """
    return is_code(code) and code.count(".") == len(LEVELS) - 1


def is_practice(code: str) -> bool:
    """Whether a code is that of a practice ward beside a real one.

    >>> is_practice("32.71.01.1003.L1"), is_practice("32.71.01.1003")
    (True, False)
    """
    return PRACTICE in code


def real_code(code: str) -> str:
    """The code of the ward beside which a practice ward lies; any other code is its own.

    >>> real_code("32.71.01.1003.L1"), real_code("32.71.01.1003")
    ('32.71.01.1003', '32.71.01.1003')
    """
    return code.partition(PRACTICE)[0]


def level(code: str) -> str:
    """``province``, ``city``, ``district`` or ``ward``."""
    return LEVELS[code.count(".") + 1]


def parent(code: str) -> str:
    """The code one level up; empty above a province."""
    return code.rpartition(".")[0]


def contains(area: str, code: str) -> bool:
    """Whether ``code`` lies in ``area`` (the empty area is the whole country).

    >>> contains("32.71", "32.71.01.1003"), contains("32.7", "32.71.01.1003")
    (True, False)
    """
    return area in ("", code) or code.startswith(area + ".")


def name_key(name: str) -> str:
    """Lower case letters and digits only, so that ``Rangga Mekar`` finds ``Ranggamekar``."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def same_place(typed: str, official: str) -> bool:
    """Whether somebody who typed the one may mean the other: one name holds the other, letter for letter.

    >>> same_place("Kel. Batu Tulis", "Batutulis"), same_place("Bondongan", "Lawanggintung")
    (True, False)
    """
    one, other = name_key(typed), name_key(official)
    return one in other or other in one


def two_digits(number: str) -> str | None:
    """RW and RT as they are written on paper: ``5`` and ``005`` are ``05``; ``None`` if no number."""
    digits = number.strip().removesuffix(".0")
    if not re.fullmatch("[0-9]{1,6}", digits) or int(digits) > 999:
        return None
    return f"{int(digits):02d}"


@dataclass(frozen=True)
class Update:
    """The difference between the regions that are known and a newer list."""

    added: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def compare(
    known: Mapping[str, str],
    newer: Mapping[str, str],
    splits: Mapping[str, Iterable[str]] | None = None,
) -> Update:
    """What changes from ``{code: name}`` to ``{code: name}``.

    ``splits``: old code -> the codes its area went to (a decision that no list tells).
    """
    return Update(
        added={code: name for code, name in newer.items() if code not in known},
        renamed={
            code: (known[code], name)
            for code, name in newer.items()
            if code in known and known[code] != name
        },
        closed=tuple(sorted(code for code in known if code not in newer)),
        splits={old: tuple(new) for old, new in (splits or {}).items()},
    )


CLOSED_AT_MOST = 50  # a list that lacks more than one code in so many is likelier cut off than true


def shrinks(known: Mapping[str, str], newer: Mapping[str, str]) -> list[Reason]:
    """Whether a list would close far more codes than a reform of the regions does.

    Closing one code in fifty, but ten in any case, passes: 1,832 of 91,600.
    """
    closed = sum(code not in newer for code in known)
    if closed <= max(10, len(known) // CLOSED_AT_MOST):
        return []
    return [
        Reason(
            "territory.shrinks",
            "The list lacks {closed} of {known} codes; is it whole? If it is: --allow-closing",
            {"closed": closed, "known": len(known)},
        )
    ]


def problems(
    known: Mapping[str, str], newer: Mapping[str, str], splits: Mapping[str, Iterable[str]]
) -> list[Reason]:
    """Why a list of regions cannot be taken over."""
    if not newer:
        return [Reason("territory.empty", "The list of regions is empty")]
    found = [
        Reason("territory.code", "{code} is not an official code", {"code": code}, {"code": code})
        for code in newer
        if not is_code(code)
    ]
    found += [
        Reason(
            "territory.orphan",
            "{code} {name} has no parent in the list",
            {"code": code, "name": name},
            {"code": code},
        )
        for code, name in newer.items()
        if is_code(code) and parent(code) and parent(code) not in newer
    ]
    for old, successors in splits.items():
        missing = [code for code in successors if code not in newer]
        if old not in known or missing:
            found.append(
                Reason(
                    "territory.split",
                    "The split of {code} names codes that are not known: {missing}",
                    {"code": old, "missing": ", ".join(missing) or old},
                    {"code": old},
                )
            )
    return found
