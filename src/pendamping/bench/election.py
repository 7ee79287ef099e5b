"""A ward of 3,448 households votes in 40 stations: typing the tallies, closing the count.

Limit: the same tallies read by one query through the same connection, and their votes added up in plain
Python; no rule is asked, nothing is written. Each run is rolled back, so that the next finds the same.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from pendamping.bench import database
from pendamping.bench.result import Measure, Options, Result

HOUSEHOLDS = 3448
STATIONS = 40
NAMED = 25  # people with votes in each station
WARD = "32.71.01.1003"
COUNTED, VOTED = date(2003, 12, 15), date(2004, 2, 15)
COLUMNS = [
    "nomor keluarga", "rw", "rt", "alamat", "nama", "jenis kelamin", "tanggal lahir", "hubungan",
    "pekerjaan", "miskin",
]  # fmt: skip
FAMILY = [("kepala keluarga", "L", 40), ("istri", "P", 35), ("anak", "L", 18), ("anak", "P", 5)]
UNIT = "milliseconds"
GOAL = "<= 1000 ms"


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure on the database that the environment names: SQLite, or a PostgreSQL."""
    with database.fresh() as vendor:
        options.start()
        from pendamping.kernel import clock

        stations = options.size or STATIONS
        with clock.at(VOTED):
            say(f"{HOUSEHOLDS} households in {stations} RTs …")
            people = _people(stations)
            this, sheets = _typed_once(people)
            questions: list[tuple[str, str, Callable[[], Any]]] = [
                ("tallies read and added up", "limit", _added_up),
                ("all sheets typed by one person", "ours", lambda: _type(people[1], this, sheets)),
                ("count closed: result, ties, turnout", "ours", lambda: _close(people[0], this)),
            ]
            _type(people[1], this, sheets)
            values: dict[str, list[float]] = {what: [] for what, _kind, _ask in questions}
            for turn in range(options.runs):
                say(f"  run {turn + 1} of {options.runs}")
                for what, _kind, ask in questions:
                    values[what].append(_rolled_back(ask))
        measures = [
            Measure(what, UNIT, tuple(values[what]), kind, "" if kind == "limit" else GOAL)
            for what, kind, _ask in questions
        ]
        notes = {"database": vendor, "stations": stations, "households": HOUSEHOLDS,
                 "names with votes": stations * NAMED}  # fmt: skip
        return Result("election", measures, notes)


def _rolled_back(ask: Callable[[], Any]) -> float:
    from django.db import transaction

    with transaction.atomic():
        began = perf_counter()
        ask()
        passed = (perf_counter() - began) * 1000
        transaction.set_rollback(True)
    return passed


def _added_up() -> Counter[str]:
    """The tallies that hold, as the room hands them out for the ward package; the ward has one vote."""
    from pendamping.elections import queries

    found: Counter[str] = Counter()
    for tally in queries.dump(WARD)["election_tallies"]:
        if tally["holds"]:
            found.update(tally["votes"])
    return found


def _type(who: Any, this: Any, sheets: list[dict[str, Any]]) -> None:
    from pendamping.elections import actions

    actions.enter_tallies(by=who, ward=WARD, round_id=this.id, tallies=sheets)


def _close(who: Any, this: Any) -> None:
    from pendamping.elections import actions

    actions.close_round(by=who, ward=WARD, round_id=this.id, witnesses=["Saksi Satu", "Saksi Dua"])


# --- the stage --------------------------------------------------------------------------------------


def _people(stations: int) -> tuple[Any, Any]:
    """The ward with its census; who prepares, and who types beside them."""
    from pendamping.access import actions as access
    from pendamping.access import queries
    from pendamping.households import actions as households
    from pendamping.territory import actions as territory

    by = queries.system()
    territory.open_ward(by=by, code=WARD, programme_start=date(2003, 11, 13))
    upload = households.stage_upload(
        by=by, ward=WARD, filename="sensus.csv", content=_census(stations), on=COUNTED
    )
    households.confirm_import(by=by, ward=WARD, upload_id=upload.id)
    other, _code = access.invite(
        by=by, ward=WARD, username="kader", name="Kader Ukur", role="cadre"
    )
    return by, other


def _census(stations: int) -> bytes:
    """The households spread evenly over so many RTs, with four people in each; names of letters."""
    each, rest = divmod(HOUSEHOLDS, stations)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    chance = random.Random("election")  # noqa: S311 -- repeatable on purpose, no secret
    homes = [place for place in range(stations) for _home in range(each + (place < rest))]
    for number, place in enumerate(homes):
        for member, (relation, sex, age) in enumerate(FAMILY):
            born = COUNTED - timedelta(days=365 * age + chance.randrange(3000))
            name = f"Warga {_in_letters(number)} {'abcd'[member]}"
            writer.writerow(
                [number + 1, f"{place // 5 + 1:02d}", f"{place % 5 + 1:02d}", "Gang Ukur", name, sex,
                 born.isoformat(), relation, "", "tidak"]
            )  # fmt: skip
    return out.getvalue().encode()


def _in_letters(number: int) -> str:
    """0 is aaa, 1 is aab: names have no digits."""
    return "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))


def _typed_once(people: tuple[Any, Any]) -> tuple[Any, list[dict[str, Any]]]:
    """An election whose sheets one person has typed; the round and the sheets."""
    from pendamping.elections import actions, queries

    election = actions.prepare(
        by=people[0], ward=WARD, kind="regular", size=9, votes_on=VOTED, term_since=VOTED
    )
    this = election.rounds.get()
    sheets = []
    for station in this.stations.order_by("number"):
        named = [one.person for one in queries.electable(station)[:NAMED]]
        valid = station.eligible // 2
        votes = {person: max(valid * 2 // (place + 3), 1) for place, person in enumerate(named)}
        while sum(votes.values()) > valid * station.names:
            votes.popitem()
        issued = station.last - station.first + 1
        sheets.append(
            {"station": station.id, "voters": valid, "women": valid // 2, "valid": valid,
             "left": issued - valid, "votes": votes}
        )  # fmt: skip
    _type(people[0], this, sheets)
    return this, sheets
