from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import AppConfig


def _indicators(ward: str, on: date) -> Sequence[Any]:
    from pendamping.funds.upk import queries

    return queries.card(ward, on).indicators


def _approval(ward: str, on: date) -> tuple[str, date] | None:
    from pendamping.funds.upk import queries

    return queries.approval(ward, on)


class UpkConfig(AppConfig):
    name = "pendamping.funds.upk"
    label = "upk"
    carries = (
        "HealthMonth",
        "Opening",
        "ItemMonth",
        "Item",
        "ProfitSplit",
        "YearClose",
        "MonthClose",
        "CashCount",
        "BookLine",
        "BankLine",
        "BankMatch",
        "BankStatement",
    )  # in the order of writing: trail.carrying

    def ready(self) -> None:
        from pendamping.funds.ledger import queries as books
        from pendamping.funds.loans import gate

        books.ask_close(_approval)
        gate.ask(_indicators)  # loans stand below the books of income and cost (ADR 0062)
