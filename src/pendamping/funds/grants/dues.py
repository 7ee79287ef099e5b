"""What the guideline says of due days and limits, typed; one look-up each."""

from datetime import date

from pendamping.funds.grants.rules import buying, handing
from pendamping.guidelines import queries as guidelines


def due_days(ward: str, on: date) -> int:
    """So many days after the work of a tranche ends its report is due."""
    return int(guidelines.section("accountability", ward, on)["due_days"])


def reminder_days(ward: str, on: date) -> int:
    """So many days before a report is due its people are reminded."""
    return int(guidelines.section("accountability", ward, on).get("reminder_days", 7))


def quotes(ward: str, on: date) -> buying.Rule:
    """The guideline's price rule; without one, nothing is asked."""
    works = guidelines.section("works", ward, on)
    kinds = tuple(one["key"] for one in works.get("quotes_for", ()))
    least, above = int(works.get("quotes", 0)), int(works.get("quotes_above", 0))
    lowest = bool(works.get("quotes_lowest", False))
    return buying.Rule(least, above, kinds or buying.COSTS, guidelines.code(ward, on), lowest)


def ahead(ward: str, on: date) -> handing.Ahead:
    """How far money goes ahead of the work; without a rule, all of it."""
    works = guidelines.section("works", ward, on)
    return handing.Ahead(
        percent=int(works.get("paid_ahead", 100)),
        progress=int(works.get("paid_ahead_until", 0)),
        at_once=int(works.get("paid_at_once", 0)),
        code=guidelines.code(ward, on),
    )


def hand(ward: str, on: date) -> handing.Hand:
    """What is asked of a hand-over."""
    works = guidelines.section("works", ward, on)
    return handing.Hand(
        proofs={one["key"]: one["name"] for one in works.get("handover_proofs", ())},
        apart=bool(works.get("handover_apart", False)),
        code=guidelines.code(ward, on),
    )
