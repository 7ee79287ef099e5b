"""Taking in a ward from its package: all of it, or nothing."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection

from pendamping.access import actions as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.desk import oversight
from pendamping.exchange import records
from pendamping.exchange.comparing import differing
from pendamping.exchange.reading import Package
from pendamping.exchange.rules import Row
from pendamping.exchange.rules.numbers import all_opened
from pendamping.guidelines import queries as guidelines
from pendamping.households import actions as households
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import N_, Refusal, refuse, refuse_if
from pendamping.territory import queries as territory
from pendamping.trail import carrying
from pendamping.trail import queries as trail
from pendamping.trail.actions import record, take_over
from pendamping.trail.writing import action

UNFIT = (
    IntegrityError, DataError, ValidationError, ValueError, KeyError,
    ArithmeticError,  # a number that no database holds
    RecursionError,  # a cell of a hundred thousand brackets
)  # fmt: skip
"""What records raise that do not fit together, or hold what no record can."""


@action
def take_in(*, by: User, package: Package, passphrase: str = "") -> str:
    """Take in the ward of a package that was read, with its records and its sealed trail; its code.

    ``passphrase``: under which its numbers of persons travelled; without one they stay out.

    Refused: a ward that is here already or is none, a package without records, a guideline that this
    server does not know, records that do not fit together, books or a trail that do not hold.
    """
    allow(by, "exchange.take_in", "")
    ward = _ward(package)
    refuse_if(package.reasons)
    carried, numbers = records.read(package.files), _numbers(package, ward, passphrase)
    try:
        users = access.know_people(by=by, people=carried.people, ward=ward)
        take_over(ward=ward, events=_events(package.rows.get("trail", ())))
        with connection.wrap_database_errors:  # COPY tells its errors past Django
            carrying.put(carried, users)
        connection.check_constraints()  # now, not at the commit: what refers to nothing is said
        carrying.ask_ward(carried, ward)
        if numbers:
            households.put_numbers(by=by, ward=ward, numbers=numbers)
    except UNFIT as error:
        raise refuse(
            "package.records",
            N_("The records of the package do not fit together: {why}"),
            where={"ward": ward},
            why=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
        ) from None
    memory.forget()
    _same_guideline(ward, package)
    refuse_if(differing(ward, package))
    broken = trail.check(ward)
    found = [*oversight.breaks(ward), *([broken] if broken else [])]
    if found:
        raise Refusal(found)
    record(by=by, ward="", record=f"ward:{ward}", events=trail.short_seal(ward)[0])
    return ward


def _ward(package: Package) -> str:
    """The one ward of the package, which is official here and not yet taken part."""
    rows = package.rows.get("ward", [])
    if len(rows) != 1:
        raise refuse("package.ward", N_("The package does not say of which ward it is."),
                     where={"file": "data/ward.csv"})  # fmt: skip
    code = str(rows[0]["code"])
    area = territory.area(code)
    if area is None or area.level != "ward":
        raise refuse(
            "territory.ward",
            N_("{code} is not the code of a ward"),
            where={"ward": code},
            code=code,
        )
    if territory.ward(code) is not None or trail.short_seal(code)[0]:
        raise refuse(
            "package.exists",
            N_(
                "Ward {ward} is on this server already. A package is only taken in where the ward is not."
            ),
            where={"ward": code},
            ward=code,
        )
    if not any(path.startswith("records/") for path in package.files):
        raise refuse(
            "package.no_records",
            N_("The package holds figures to read, but no records: it was not made by a server. It can be "
               "checked and read, not taken in."),
            where={"ward": code},
        )  # fmt: skip
    return code


def _numbers(package: Package, ward: str, passphrase: str) -> dict[str, str]:
    """Person to number; nothing without a passphrase."""
    if not passphrase:
        return {}
    rows = package.rows.get("persons", ())
    return all_opened(passphrase, ward, {row["id"]: row.get("nik") or "" for row in rows})


def _events(rows: Iterable[Row]) -> list[Row]:
    names = ("actor", "record", "data")
    found = [{**row, **{name: row[name] or "" for name in names}} for row in rows]
    return sorted(found, key=lambda row: int(row["seq"]))


def _same_guideline(ward: str, package: Package) -> None:
    """The texts that were in force there are those that are in force here."""
    brought = {
        p.removeprefix("guidelines/"): c
        for p, c in package.files.items()
        if p.startswith("guidelines/")
    }
    here = {name: text.encode() for name, text in guidelines.files(ward, clock.today()).items()}
    for name in sorted(brought.keys() | here.keys()):
        if brought.get(name) != here.get(name):
            raise refuse(
                "package.guideline",
                N_("This server does not have the guideline text {name} as the ward had it."),
                where={"file": f"guidelines/{name}"},
                name=name,
            )


@action
def note_numbers(*, by: User, ward: str) -> None:
    """Note in the server's own chain that numbers of persons went out, under a passphrase, and who let them."""
    allow(by, "exchange.note_numbers", "")
    record(by=by, ward="", record=f"ward:{ward}")
