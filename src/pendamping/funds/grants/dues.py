"""What the guideline says of due days and limits, typed; one look-up each."""

from dataclasses import dataclass
from datetime import date

from pendamping.guidelines import queries as guidelines


def due_days(ward: str, on: date) -> int:
    """So many days after the work of a tranche ends its report is due."""
    return int(guidelines.section("accountability", ward, on)["due_days"])


def reminder_days(ward: str, on: date) -> int:
    """So many days before a report is due its people are reminded."""
    return int(guidelines.section("accountability", ward, on).get("reminder_days", 7))


@dataclass(frozen=True, slots=True)
class Quotes:
    """How many quotes a purchase above a sum needs."""

    least: int
    above: int
    code: str


def quotes(ward: str, on: date) -> Quotes:
    """The guideline's price rule; without one, nothing is asked."""
    works = guidelines.section("works", ward, on)
    code = guidelines.code(ward, on)
    return Quotes(int(works.get("quotes", 0)), int(works.get("quotes_above", 0)), code)
