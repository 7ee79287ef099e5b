"""A small made-up ward package, written as the program writes it, for tests to damage."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pendamping.exchange.container import pack
from pendamping.exchange.rules import BY_NAME, descriptor, line_seals, text_of
from pendamping.trail.rules import FIRST, Sealed, seal

WARD = {
    "code": "32.71.01.1003",
    "name": "Empang",
    "guideline": "p2kp2",
    "programme_start": date(2004, 1, 5),
    "programme_end": date(2005, 6, 30),
}


def event(seq: int, previous: str, verb: str) -> dict[str, Any]:
    """One event of the made-up trail, sealed."""
    said = Sealed(
        WARD["code"], seq, verb, "tester", "loan:l1", date(2004, 6, 1),
        datetime(2004, 6, 1, 3, seq, tzinfo=UTC), "{}", previous,
    )  # fmt: skip
    row = {name: getattr(said, name) for name in Sealed.__slots__ if name != "ward"}
    return {**row, "seal": seal(said)}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Two households, a group with a loan that is partly paid back, a meeting, two entries, a trail."""
    first = event(1, FIRST, "loans.disburse")
    return {
        "ward": [WARD],
        "households": [
            {"id": "h1", "rw": "01", "rt": "02", "head_name": "Sari, Bu", "members": 2, "poor": True},
            {"id": "h2", "rw": "01", "rt": "03", "head_name": "Tono", "members": 1, "poor": False},
        ],
        "persons": [
            {"id": "p1", "household": "h1", "name": "Sari", "sex": "P", "born": date(1970, 2, 28)},
            {"id": "p2", "household": "h1", "name": 'Ani "Neng"', "sex": "P"},
            {"id": "p3", "household": "h2", "name": "Tono", "sex": "L", "same_as": "p1"},
        ],
        "meetings": [
            {"id": "m1", "kind": "rembug", "held_on": date(2004, 3, 1), "entered_on": date(2004, 3, 2),
             "attended": 30, "quorum_met": True, "minutes": "Baris satu\nbaris dua"},
        ],
        "attendance": [{"meeting": "m1", "number": 1, "person": "p1", "name": "Sari", "sex": "P", "poor": True}],
        "groups": [{"id": "g1", "name": "Melati", "formed_on": date(2004, 4, 1), "kind": "business"}],
        "group_members": [
            {"id": "gm1", "group": "g1", "person": "p1", "name": "Sari", "sex": "P", "from": date(2004, 4, 1)},
        ],
        "loans": [
            {"loan_id": "l1", "ward": WARD["code"], "group_id": "g1", "principal": 1_000_000, "rate_bp": 150,
             "instalments": 10, "grace_months": 0, "disbursed": date(2004, 6, 1), "cycle": 1},
        ],
        "loan_members": [
            {"loan_id": "l1", "person": "p1", "amount": 600_000},
            {"loan_id": "l1", "person": "p2", "amount": 400_000},
        ],
        "repayments": [
            {"id": "r1", "loan_id": "l1", "paid_on": date(2004, 7, 1), "amount": 115_000,
             "principal": 100_000, "service": 15_000, "entered_on": date(2004, 7, 2)},
        ],
        "entries": [{"id": "e1", "on": date(2004, 6, 1), "entered_on": date(2004, 6, 1), "kind": "loan"}],
        "lines": [
            {"entry": "e1", "number": 1, "account": "11010", "amount": -1_000_000},
            {"entry": "e1", "number": 2, "account": "12010", "amount": 1_000_000},
        ],
        "trail": [first, event(2, first["seal"], "loans.record_repayment")],
    }  # fmt: skip


def files_of(held: Mapping[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    """Path → bytes of a package that holds these rows."""
    contents = {BY_NAME[n].path: (BY_NAME[n], text_of(BY_NAME[n], r)) for n, r in held.items()}
    said = descriptor(WARD, contents, {"guidelines/a.toml": b"a = 1\n"})
    return {
        "datapackage.json": json.dumps(said).encode(),
        "guidelines/a.toml": b"a = 1\n",
        **{path: content for path, (_, content) in contents.items()},
        **{
            f"checks/{resource.name}.txt": line_seals(content)
            for resource, content in contents.values()
        },
    }


def made(path: Path, held: Mapping[str, list[dict[str, Any]]] | None = None) -> Path:
    """Write the package to ``path``."""
    pack(files_of(rows() if held is None else held), path)
    return path
