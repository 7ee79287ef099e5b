"""A city's office with 50,000 open dossiers: the queue's pages, its figures, the page itself.

Limit: one indexed row read by its key through the same connection. Every page is asked as its view
asks, so that the numbers are what the server does for it; the last lines are whole requests.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from pendamping.bench import database
from pendamping.bench.result import Measure, Options, Result

OPEN = 50_000
WARDS = 68
CITY = "32.71"
TIERS = ("team", "pjok", "korkot", "ppk", "satker")
TODAY = date(2004, 12, 1)
UNIT = "milliseconds"
GOAL = "<= 100 ms"
TIMES = 5  # of each question in a run


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure on the database that the environment names: SQLite, or a PostgreSQL."""
    with database.fresh() as vendor:
        options.start()
        from pendamping.kernel import clock

        number = options.size or OPEN
        with clock.at(TODAY), plain_site():
            say(f"{number} open dossiers and what was decided before …")
            who, decided = _fill(number)
            questions = _questions(who)
            values: dict[str, list[float]] = {what: [] for what, _kind, _ask in questions}
            for turn in range(options.runs):
                say(f"  run {turn + 1} of {options.runs}")
                for what, _kind, ask in questions:
                    values[what].append(_milliseconds(ask))
        measures = [
            Measure(what, UNIT, tuple(values[what]), kind, "" if kind == "limit" else GOAL)
            for what, kind, _ask in questions
        ]
        notes = {"database": vendor, "open dossiers": number, "decisions": decided}
        return Result("queue", measures, notes)


def _milliseconds(ask: Callable[[], Any]) -> float:
    ask()
    began = perf_counter()
    for _ in range(TIMES):
        ask()
    return (perf_counter() - began) * 1000 / TIMES


def _questions(who: Any) -> list[tuple[str, str, Callable[[], Any]]]:
    from pendamping.verification import queries
    from pendamping.verification.rules.chain import seat_of

    seats = [("ppk", CITY)]
    first = queries.queue(seats)
    deep = f"{date(2004, 11, 1)}.{first.rows[0].id}"
    key = first.rows[0].id
    ward = first.rows[0].ward
    assert seat_of(ward, "city") == CITY
    page = _pages(who, ward)
    return [
        ("one row by its key", "limit", lambda: queries.dossier(ward, key)),
        ("first page of the queue", "ours", lambda: queries.queue(seats)),
        ("a page far down", "ours", lambda: queries.queue(seats, deep)),
        ("how many wait, how many late", "ours", lambda: queries.sums(seats)),
        ("figures by tier", "ours", lambda: queries.figures(CITY, "tier")),
        ("the queue's page, whole", "ours", lambda: page("verification:queue")),
        ("the figures' page, whole", "ours", lambda: page("verification:figures", ward=ward)),
    ]


def _pages(who: Any, ward: str) -> Callable[..., Any]:
    """Whole requests through the site, without the network; static files by their plain names."""
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(who)

    def ask(name: str, **parts: str) -> Any:
        answer = client.get(reverse(name, kwargs=parts), secure=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} in {ward}: {answer.status_code}")
        return answer

    return ask


@contextmanager
def plain_site() -> Iterator[None]:
    """A site that answers here without having collected its static files."""
    from django.conf import settings
    from django.test.utils import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with override_settings(ALLOWED_HOSTS=["*"], STORAGES=storages):
        yield


# --- the stage --------------------------------------------------------------------------------------


def _fill(number: int) -> tuple[Any, int]:
    """Wards, an officer, and rows in bulk; how many decisions came before."""
    from django.db import connection

    from pendamping.access import actions as access
    from pendamping.access import queries as people
    from pendamping.territory import actions as territory
    from pendamping.territory import queries as regions
    from pendamping.verification import actions

    by = people.system()
    codes = [ward.code for area in regions.children(CITY) for ward in regions.children(area.code)][
        :WARDS
    ]
    for code in codes:
        territory.open_ward(by=by, code=code, programme_start=date(2003, 11, 13))
    who, _code = access.invite(
        by=by, ward=CITY, username="ppk", name="Petugas Ukur", role="verifier"
    )
    actions.appoint(by=by, area=CITY, tier="ppk", user="ppk", since=date(2004, 1, 2))
    decided = actions.bring_in(by=by, area=CITY, rows=_rows(codes, number))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a server does by itself after so many rows
    return who, decided


def _rows(codes: list[str], number: int) -> Iterator[dict[str, Any]]:
    """Dossiers with what each tier took, drawn from one seed; four of five lie with the PPK."""
    chance = random.Random("queue")  # noqa: S311 -- repeatable on purpose, no secret
    for place in range(number):
        reached = 3 if chance.random() < 0.8 else chance.randrange(5)
        opened = date(2004, 2, 1) + timedelta(days=chance.randrange(240))
        steps = []
        day = opened
        for tier in TIERS[:reached]:
            taken = min(int(chance.expovariate(0.2)), 60)
            steps.append(
                {"tier": tier, "received_on": day, "decided_on": day + timedelta(days=taken),
                 "decision": "pass", "verifier": f"petugas-{chance.randrange(40)}"}
            )  # fmt: skip
            day += timedelta(days=taken)
        steps.append({"tier": TIERS[reached], "received_on": day})
        yield {
            "ward": codes[place % len(codes)],
            "kind": "tranche",
            "ref": f"bench:{place}",
            "summary": f"Termin {place}",
            "amount": 20_000_000,
            "opened_on": opened,
            "steps": steps,
        }
