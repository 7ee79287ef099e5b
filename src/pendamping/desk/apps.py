from collections.abc import Iterable
from datetime import date

from django.apps import AppConfig

from pendamping.meetings.rules import Matter


def _waiting(ward: str, on: date) -> Iterable[Matter]:
    from pendamping.desk import matters

    return matters.waiting(ward, on)


class DeskConfig(AppConfig):
    name = "pendamping.desk"
    label = "desk"

    def ready(self) -> None:
        from pendamping.meetings import queries as meetings

        # meetings stand below all that they decide on: the desk tells them where to ask (ADR 0032)
        meetings.ask(_waiting)
