"""The count of the cash: on which day, what it comes to, before whom. Pure Python.

Source: our own design; handbook 2.4 (nobody alone with the money).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.texts import fitting


def counted(pieces: Mapping[int, int]) -> int:
    """What a count of notes and coins comes to: pieces of each denomination, in whole rupiah.

    >>> counted({100_000: 3, 500: 2})
    301000
    """
    return sum(value * number for value, number in pieces.items())


def count_day_problems(on: date, *, opened: date | None, today: date) -> list[Reason]:
    """Why the cash is not counted for the end of this day; ``opened``: the first day of the books."""
    if opened is None:
        text = N_("The books of this ward have not been opened yet.")
    elif on > today:
        text = N_(
            "Cash is counted at the end of its day: {day} has not come yet, today is {today}."
        )
    elif on < opened:
        text = N_("The books begin on {opened}; no cash is counted for {day}.")
    else:
        return []
    values = {"day": on.isoformat(), "today": today.isoformat()}
    if opened is not None:
        values["opened"] = opened.isoformat()
    return [Reason("upk.count.day", text, values, {"field": "on"})]


def count_problems(
    pieces: Mapping[int, int],
    *,
    known: Sequence[int],
    in_books: int,
    why: str,
    witnesses: str,
    counter: str = "",
) -> list[Reason]:
    """Why a count of the cash cannot be kept: unknown or negative pieces, a difference not named, nobody else
    there. ``counter``: the name of who counts."""
    found = []
    for value, number in pieces.items():
        if value not in known or number < 0:
            found.append(
                Reason(
                    "upk.count.pieces",
                    "{value} is no note or coin of the list, or its number is below zero.",
                    {"value": format_rupiah(value)},
                    {"field": f"d{value}"},
                )
            )
    off = counted(pieces) - in_books
    if off and not why.strip():
        found.append(
            Reason(
                "upk.count.difference",
                "The cash box holds {counted}, the books say {books}: name the reason of the "
                "difference of {off}.",
                {
                    "counted": format_rupiah(counted(pieces)),
                    "books": format_rupiah(in_books),
                    "off": format_rupiah(off),
                },
                {"field": "why"},
            )
        )
    return [*found, *_witness_problems(counter, witnesses)]


def _witness_problems(counter: str, witnesses: str) -> list[Reason]:
    """Somebody is there beside who counts."""
    where = {"field": "witnesses"}
    if not witnesses.strip():
        text = N_("Cash is counted before a second person; write who was there.")
        return [Reason("upk.count.witness", text, {}, where)]
    if is_among(counter, witnesses):
        text = N_("{name} counts the cash. Write who else was there.")
        return [Reason("upk.count.witness", text, {"name": counter}, where)]
    if is_post(witnesses):
        text = N_("{post} is an office, not a name. Write by name who was there.")
        return [Reason("upk.count.witness", text, {"post": fitting(witnesses, 60)}, where)]
    return []


POSTS = frozenset(
    [
        "anggota",
        "angg",
        "bapak",
        "bendahara",
        "bkm",
        "bu",
        "ibu",
        "kasir",
        "kelurahan",
        "ketua",
        "koordinator",
        "ksm",
        "lurah",
        "manajer",
        "manager",
        "pak",
        "pembantu",
        "pengawas",
        "pengurus",
        "petugas",
        "pj",
        "pjs",
        "pjok",
        "plt",
        "rt",
        "rw",
        "sekretaris",
        "staf",
        "staff",
        "tu",
        "umum",
        "unit",
        "up",
        "upk",
        "ups",
        "upl",
        "wakil",
        "warga",
        "faskel",
        "fasilitator",
        "saksi",
        "dan",
        "chair",
        "secretary",
        "treasurer",
        "member",
        "officer",
        "board",
        "coordinator",
        "witness",
        "facilitator",
        "supervisor",
        "head",
        "of",
        "the",
        "group",
    ]
)
"""Words that say an office, not who holds it; in the field's two languages."""


def is_post(written: str) -> bool:
    """Whether only offices are written down, and nobody's name.

    >>> is_post("Ketua BKM"), is_post("bendahara UPK dan sekretaris"), is_post("Ketua RT 03/05")
    (True, True, True)
    >>> is_post("Bu Ani, ketua BKM"), is_post("Budi")
    (False, False)
    """
    return not set(re.findall(r"[^\W\d_]{2,}", written.casefold())) - POSTS


def is_among(name: str, written: str) -> bool:
    """Whether somebody stands by the whole name among those who are written down.

    >>> is_among("Siti Aminah", "SITI  Aminah, bendahara"), is_among("Siti", "Siti Aminah dan Budi")
    (True, False)
    """
    parts = re.split(r"[^\w\s'.-]|\n|\bdan\b|\band\b", written.casefold())
    return bool(name) and name.casefold().split() in [part.split() for part in parts]
