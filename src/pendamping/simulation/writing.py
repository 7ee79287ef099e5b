"""Writes made-up wards as ward packages; no database, the same bytes from the same seed.

Source: doors, ``pendamping simulate``, *The ward package*.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pendamping.exchange.container import pack
from pendamping.exchange.rules import package_files
from pendamping.guidelines import library
from pendamping.guidelines.rules import in_force
from pendamping.simulation.rules import GUIDELINE, Setting, live

PLANTED = "planted.csv"


def write(wards: list[Setting], out: Path) -> Iterator[tuple[Setting, Path]]:
    """One ``<code>.zip`` for each ward, one after the other; then ``planted.csv``: ward, factor, since."""
    out.mkdir(parents=True, exist_ok=True)
    for ward in wards:
        path = out / f"{ward.code}.zip"
        pack(package_files(live(ward), _texts(ward.end)), path)
        yield ward, path
    with (out / PLANTED).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["ward", "factor", "since"])
        for ward in wards:
            writer.writerows([ward.code, factor, day] for factor, day in sorted(ward.plants.items()))  # fmt: skip


def _texts(on: date) -> Mapping[str, bytes]:
    """The guideline's texts in force on a day, as a package carries them."""
    found = {}
    for text in in_force(list(library.texts(GUIDELINE)), GUIDELINE, on):
        header = text.header
        name = f"guidelines/{header.code}-{header.kind}-{header.version}.toml"
        found[name] = library.content(header.code, header.kind, header.version).encode()
    return found
