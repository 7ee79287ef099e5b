"""What of the unit's books waits for the decision of a meeting."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.upk.actions.closing import reopened_by
from pendamping.funds.upk.actions.year import decided_in
from pendamping.funds.upk.closes import reading, splitting
from pendamping.funds.upk.closes.models import APPROVED
from pendamping.funds.upk.opening import begun
from pendamping.funds.upk.opening import reading as opening
from pendamping.funds.upk.rules import year, yearly
from pendamping.funds.upk.yearly import deciding, owing
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """Balances of an old book, the profit of a closed year, the account of the last one, the last closed month (to open it again), by
    the guideline of a day; in the reader's language."""
    waits = begun.waits(ward)
    if waits is not None and waits.proposed_on:
        yield Matter(
            f"upk.confirm_opening:{waits.id}",
            _("The opening balances of the UPK are agreed to"),
            (opening.decided_by(ward, on),),
            waits.proposed_on,
            reverse("upk:opening", kwargs={"ward": ward}),
            "ledger.read",
        )
    yield from _begun(ward, on)
    yield from _years(ward, on)
    yield from _account(ward, on)
    last = reading.closes(ward)[:1]
    if last and last[0].state == APPROVED:
        month = date_format(last[0].month, "F Y")
        yield Matter(
            f"upk.reopen_month:{last[0].id}",
            _("Reopen the books of %(month)s") % {"month": month},
            (reopened_by(ward, on),),
            last[0].closed_on,
            reverse("upk:close", kwargs={"ward": ward, "month": f"{last[0].month:%Y-%m}"}),
            "ledger.read",
            waits=False,
        )


def _begun(ward: str, on: date) -> Iterator[Matter]:
    """Balances with which the books began, while nothing stands upon them: to take them back."""
    found = begun.opening(ward)
    if found is not None and found.confirmed_on and not begun.may_go_back(found):
        yield Matter(
            f"upk.take_back_opening:{found.id}",
            _("The opening balances of the UPK are taken back"),
            (opening.decided_by(ward, on),),
            found.confirmed_on,
            reverse("upk:opening", kwargs={"ward": ward}),
            "ledger.read",
            waits=False,
        )


def _years(ward: str, on: date) -> Iterator[Matter]:
    for one in reading.years(ward):
        if one.profit > 0 and _unshared(ward, one.year, on):
            asked = splitting.by_guideline(ward, one.year)
            yield Matter(
                asked["subject"],
                asked["text"],
                (decided_in(ward, on),),
                year.first_day_after(one.year),
                reverse("upk:year", kwargs={"ward": ward, "year": one.year}),
                "ledger.read",
            )


def _account(ward: str, on: date) -> Iterator[Matter]:
    """The account of the year that ended last, until a meeting has taken it."""
    number = owing.owed(ward, on)
    if number is not None:
        yield Matter(
            yearly.subject(number),
            deciding.text(number),
            tuple(meetings.deciding_kinds(ward, on, yearly.MATTER)),
            year.first_day_after(number),
            reverse("upk:account", kwargs={"ward": ward, "year": number}),
            "ledger.read",
        )


def _unshared(ward: str, number: int, on: date) -> bool:
    """Whether no meeting has decided how the profit of a year is shared; other shares than the guideline's come
    from the year's own page."""
    return reading.split_of(ward, number) is None and splitting.decided(ward, number, on) is None
