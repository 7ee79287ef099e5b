"""LAR, PAR and RR with the bands that the guideline gives them (handbook 4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendamping.funds.loans.rules.bands import Bands, Standing
from pendamping.funds.loans.rules.book import AT_RISK_FROM, CLASS_FROM, AreaBook
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_
from pendamping.kernel.share import Share

KEYS = ("lar", "par", "rr")
IN_MONEY = ("par", "rr")  # LAR counts groups


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the fund: its share, where it stands, and how the guideline words it."""

    key: str
    short: str
    name: Mapping[str, str]
    numerator: Mapping[str, str]
    denominator: Mapping[str, str]
    share: Share
    standing: Standing | None
    bands: Bands


def read(figures: AreaBook, ward: str, on: date) -> list[Indicator]:
    """The three indicators that the loan book gives, in the guideline's order of keys."""
    section = guidelines.section("indicators", ward, on)
    return [_indicator(key, section[key], getattr(figures, key)) for key in KEYS if key in section]


def _indicator(key: str, value: Mapping[str, Any], share: Share) -> Indicator:
    found = Bands.of(value)
    return Indicator(
        key=key,
        short=value["short"],
        name=value["name"],
        numerator=value["numerator"],
        denominator=value["denominator"],
        share=share,
        standing=found.judge(share),
        bands=found,
    )


def at_risk_from(ward: str, on: date) -> int:
    """From how many instalments behind a loan counts as at risk."""
    return int(guidelines.section("suspension", ward, on).get("at_risk_from_behind", AT_RISK_FROM))


def class_from(ward: str, on: date) -> tuple[int, int, int, int]:
    """From how many instalments behind a loan falls into class 2, 3, 4, 5."""
    section = guidelines.section("collectibility", ward, on)
    found = {one["number"]: one["from_behind"] for one in section.values()}
    if set(found) != {1, 2, 3, 4, 5}:
        return CLASS_FROM
    return found[2], found[3], found[4], found[5]


STANDINGS = {
    "satisfactory": N_("the fund does well"),
    "minimum": N_("just enough: watch it"),
    "suspend": N_("too bad: new lending stops"),
}


def said(one: Indicator) -> str:
    """An indicator in words: how many groups or how much money of what, and what that means."""
    part, whole = one.share.part, one.share.whole
    text = _("{part} of {whole}") if one.key in IN_MONEY else _("{part} of {whole} groups")
    shown = format_rupiah if one.key in IN_MONEY else number_format
    counted = text.format(part=shown(part), whole=shown(whole))
    meaning = _(STANDINGS[one.standing]) if one.standing in STANDINGS else _("does not apply")
    return f"{counted} · {meaning}"
