"""What the health card says in the reader's language."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.funds.upk.models import HealthMonth
from pendamping.funds.upk.queries import Card, Indicator
from pendamping.funds.upk.rules import elapsed
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_
from pendamping.kernel.share import Share

STANDINGS = {
    "satisfactory": N_("satisfactory"),
    "minimum": N_("minimum"),
    "suspend": N_("suspend lending"),
    None: N_("does not apply"),
}
TONES = {"satisfactory": "good", "minimum": "warn", "suspend": "bad"}


MEANINGS = {
    "satisfactory": N_("The fund does well."),
    "minimum": N_("Just enough: the UPK goes after arrears and costs before they grow."),
    "suspend": N_("Too weak; one indicator here is enough."),
}
LENDS = N_("New loans may be given.")
STOPS = N_(
    "New lending waits, whether the month's card was taken or not, until a meeting lifts the stop; "
    "instalments are taken as before."
)

KEPT = N_(
    "A rescheduled loan goes on counting with as many instalments behind as before, until instalments of its "
    "new schedule are paid. The loan book shows what is behind of the new schedule."
)
RELEASED = N_(
    "A cost below zero: loans moved to a better class, and the reserve that they no longer need is set free."
)


def notes(card: Card) -> list[str]:
    """What a reader of the card would ask about its figures."""
    kept = any(row.state.risk_behind > row.state.instalments_behind for row in card.at_risk)
    released = any(amount < 0 for _account, amount in card.costs)
    return [_(text) for text, shown in ((KEPT, kept), (RELEASED, released)) if shown]


def uncounted(card: Card) -> str:
    """What of the loan book is bad and in none of the five indicators, in a sentence; empty where nothing is."""
    if not card.uncounted:
        return ""
    return _(
        "Besides the five: {count} loans in class 5 (bad), {sum} still open, {share} of the balance. Their last day "
        "is past, or was before they got a new schedule. Fewer than {least} instalments are short, so by the "
        "guideline's formula LAR, PAR and RR do not count them."
    ).format(
        count=len(card.uncounted),
        sum=format_rupiah(card.uncounted_share.part),
        share=card.uncounted_share.percent(),
        least=card.least,
    )


def meanings(stops_on: str) -> list[tuple[str, str]]:
    """What each band means and what happens at it; ``stops_on``: the best band that stops lending."""
    order = list(MEANINGS)
    first = order.index(stops_on) if stops_on in order else len(order)
    return [
        (standing(key), f"{_(text)} {_(STOPS if place >= first else LENDS)}")
        for place, (key, text) in enumerate(MEANINGS.items())
    ]


def language() -> str:
    """The reader's language as guideline texts name it."""
    return "en" if get_language() == "en" else "id"


def standing(key: str | None) -> str:
    """Where an indicator stands, in words."""
    return _(STANDINGS[key])


def amount(value: int, in_money: bool) -> str:
    """A numerator or denominator: a sum, or a number of groups."""
    return format_rupiah(value) if in_money else str(value)


def bands(one: Indicator) -> str:
    """The edges in words."""
    good, least = one.bands.satisfactory, one.bands.minimum
    if one.bands.better == "low":
        text = _("satisfactory up to {good} %, minimum up to {least} %, above it lending stops")
    else:
        text = _("satisfactory from {good} %, minimum from {least} %, below it lending stops")
    return text.format(good=good, least=least)


def indicator(one: Indicator, on: date) -> dict[str, Any]:
    """An indicator as of a day, ready to be shown or printed."""
    lang = language()
    part, whole = (amount(figure, one.in_money) for figure in _figures(one, on))
    return {
        "key": one.key,
        "short": one.short,
        "name": one.name[lang],
        "formula": f"{one.numerator[lang]} / {one.denominator[lang]}",
        "counted": f"{part} / {whole}",
        "numerator": one.numerator[lang],
        "denominator": one.denominator[lang],
        "part": part,
        "whole": whole,
        "share": one.share,
        "standing": standing(one.standing),
        "tone": TONES.get(one.standing or "", ""),
        "bands": bands(one),
    }


def _figures(one: Indicator, on: date) -> tuple[int, int]:
    """Part and whole as the guideline's words name them: ROI is counted with both times the months gone
    by, so that nothing is rounded; it is read as the profit of a year over the capital.
    """
    if one.key != "roi":
        return one.share.part, one.share.whole
    months, _parts = elapsed(on)
    return (2 * one.share.part + months) // (2 * months), one.share.whole // months


def month(kept: HealthMonth) -> dict[str, Any]:
    """A card of the record as a row: month, five shares, whether it stopped lending."""
    row: dict[str, Any] = {"month": kept.month, "stop": kept.stop}
    for one in kept.figures:
        row[one["key"]] = {
            "share": Share(one["part"], one["whole"]),
            "tone": TONES.get(one["standing"] or "", ""),
            "standing": standing(one["standing"]),
        }
    return row
