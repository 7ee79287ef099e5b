from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

from pendamping.meetings.rules import Matter, Way

if TYPE_CHECKING:
    from pendamping.targeting.queries import Tie


def _waiting(ward: str, on: date) -> Iterable[Matter]:
    from pendamping.desk import matters

    return matters.waiting(ward, on)


def _place(ward: str, subject: str) -> Way | None:
    from pendamping.desk import carried

    return carried.place(ward, subject)


def _sitting(ward: str, roll: str, on: date) -> list[str] | None:
    """Who sits in the board on a day; ``None`` before anybody has sat in it, and of other rolls, where nobody is
    known by name.
    """
    from pendamping.institutions import queries as institutions

    body = institutions.body(ward) if roll == "board" else None
    if body is None or not institutions.has_sat(body, on):
        return None
    return [seat.person_id for seat in institutions.seats(body, on)]


def _tied(ward: str, homes: Collection[str], on: date) -> "Iterable[Tie]":
    from pendamping.desk import depending

    return depending.tied(ward, homes, on)


class DeskConfig(AppConfig):
    name = "pendamping.desk"
    label = "desk"

    def ready(self) -> None:
        from pendamping.meetings import queries as meetings
        from pendamping.targeting import queries as targeting

        # they stand below what they decide on, or who hangs on it: the desk tells them where to ask (ADR 0032)
        meetings.ask(_waiting)
        meetings.ask_where(_place)
        meetings.ask_who_sits(_sitting)
        targeting.ask_who_is_tied(_tied)
