"""The first page of a facilitator with ten wards: what is due in all of them, in one list.

In each ward groups with running loans, of which half have not paid for a while, the facilitator's own plans and
days that nobody logged, and meetings that wait for their roll. Limit: the ends of the wards' trails read by one
query through the same connection; without them nothing can be known of ten wards. A list that is known is kept
until something happens, so it is measured thrice: nothing happened, a meeting was called in one of the wards,
and all are asked anew.
"""

from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from pendamping.bench import database
from pendamping.bench.queue import plain_site
from pendamping.bench.result import Measure, Options, Result

CITY = "32.71"
NUMBER = 10  # wards
LOANS = 8  # in each
MEETINGS = 4
TODAY = date(2005, 5, 12)
UNIT = "milliseconds"
GOAL = "<= 100 ms"
NAME = "pendamping"


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure on the database that the environment names: SQLite, or a PostgreSQL."""
    with database.fresh() as vendor:
        options.start()
        from pendamping.kernel import clock

        with clock.at(TODAY), plain_site():
            wards = _codes(options.size or NUMBER)
            who = _fill(wards, say)
            questions = _questions(who, wards)
            values: dict[str, list[float]] = {what: [] for what, *_rest in questions}
            for turn in range(options.runs):
                say(f"  run {turn + 1} of {options.runs}")
                for what, _kind, before, ask in questions:
                    before()
                    began = perf_counter()
                    ask()
                    values[what].append((perf_counter() - began) * 1000)
        measures = [
            Measure(what, UNIT, tuple(values[what]), kind, "" if kind == "limit" else GOAL)
            for what, kind, *_rest in questions
        ]
        notes = {"database": vendor, "wards": len(wards), "loans in each": LOANS}
        return Result("desk", measures, notes)


def _questions(who: Any, wards: list[str]) -> list[tuple[str, str, Callable[[], Any], Any]]:
    """What is measured: its words, its kind, what happens before it, and how it is asked."""
    from django.core.cache import cache
    from django.test import Client
    from django.urls import reverse

    from pendamping.trail import queries as trail

    client = Client()
    client.force_login(who)
    address = reverse("home")

    def page() -> None:
        answer = client.get(address, secure=True)
        if answer.status_code != 200 or b'id="todo"' not in answer.content:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return [
        ("the ends of the trails", "limit", page, lambda: trail.ends(wards)),
        ("the page, nothing happened since", "ours", page, page),
        ("the page, a deed in one ward", "ours", lambda: _meet(who, wards[0]), page),
        ("the page, every ward asked anew", "ours", cache.clear, page),
    ]


# --- the stage --------------------------------------------------------------------------------------


def _codes(number: int) -> list[str]:
    """The first wards of the city."""
    from pendamping.territory import queries as regions

    districts = regions.children(CITY)
    return [one.code for area in districts for one in regions.children(area.code)][:number]


def _fill(wards: list[str], say: Callable[[str], None]) -> Any:
    """Every ward with its loans and what waits; the facilitator of all of them."""
    from pendamping.access import queries as people
    from pendamping.bench import stage

    for place, ward in enumerate(wards):
        by, _loans = stage.running_loans(LOANS, lambda text: None, ward)
        _work(by, ward, known=place > 0)
        say(f"  {ward} stands")
    return people.user(NAME)


def _work(by: Any, ward: str, known: bool) -> None:
    """The facilitator in the ward's team, with days that nobody logged, and meetings without a roll."""
    from pendamping.access import actions as access
    from pendamping.facilitation import actions as facilitation

    if known:
        access.give_role(by=by, ward=ward, username=NAME, role="facilitator")
    else:
        access.invite(by=by, ward=ward, username=NAME, name="Pendamping Ukur", role="facilitator")
    facilitation.assign_facilitator(
        by=by, ward=ward, username=NAME, team="Tim Ukur", position="economy",
        since=TODAY - timedelta(days=30),
    )  # fmt: skip
    for days in range(MEETINGS):
        _meet(by, ward, TODAY - timedelta(days=days))


def _meet(who: Any, ward: str, on: date = TODAY) -> None:
    from pendamping.meetings import actions as meetings

    meetings.call_meeting(by=who, ward=ward, kind="board", held_on=on, place="Balai")
