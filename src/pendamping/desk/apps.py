from collections.abc import Iterable
from datetime import date

from django.apps import AppConfig

from pendamping.meetings.rules import Matter


def _waiting(ward: str, on: date) -> Iterable[Matter]:
    from pendamping.desk import matters

    return matters.waiting(ward, on)


def _sitting(ward: str, roll: str, on: date) -> list[str] | None:
    """Who sits in the board on a day; ``None`` before anybody has sat in it, and of other rolls, where nobody is
    known by name.
    """
    from pendamping.institutions import queries as institutions

    body = institutions.body(ward) if roll == "board" else None
    if body is None or not institutions.has_sat(body, on):
        return None
    return [seat.person_id for seat in institutions.seats(body, on)]


class DeskConfig(AppConfig):
    name = "pendamping.desk"
    label = "desk"

    def ready(self) -> None:
        from pendamping.meetings import queries as meetings

        # meetings stand below all that they decide on: the desk tells them where to ask (ADR 0032)
        meetings.ask(_waiting)
        meetings.ask_who_sits(_sitting)
