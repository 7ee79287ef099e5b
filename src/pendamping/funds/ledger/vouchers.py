"""Reading vouchers: how their numbers are written, which entry has a number, whether all hold."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Min
from django.utils import translation
from django.utils.translation import gettext

from pendamping.funds.ledger.models import Entry, Voucher
from pendamping.funds.ledger.rules import vouchers as rules
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason


def pattern(ward: str, on: date) -> str:
    """How the guideline in force writes a voucher's number."""
    return str(guidelines.section("bookkeeping", ward, on).get("voucher_number", rules.PATTERN))


def voucher_numbers(ward: str, entries: Iterable[str]) -> dict[str, str]:
    """The numbers of these entries' vouchers as they stand on paper, by entry id.

    As the guideline wrote them on the last day of their year, so that a year has one look.
    """
    found = Voucher.objects.filter(entry__in=list(entries), ward=ward)
    years = {one.year for one in found}
    looks = {year: pattern(ward, date(year, 12, 31)) for year in years}
    return {
        one.entry_id: rules.written(looks[one.year], one.model, one.year, one.number)
        for one in found
    }


def voucher_of(entry: str) -> Voucher | None:
    """The voucher of an entry."""
    return Voucher.objects.filter(entry=entry).first()


def find_voucher(ward: str, text: str, on: date) -> str | None:
    """The id of the entry whose voucher has this number, typed with any signs between its parts."""
    said = rules.read(pattern(ward, on), text) or rules.read(rules.PATTERN, text)
    if said is None:
        return None
    model, year, number = said
    found = Voucher.objects.filter(ward=ward, model=model, year=year, number=number)
    return found.values_list("entry", flat=True).first()


def undone(entry: Entry, why: str) -> str:
    """What the reversal of an entry is for, kept with it in Indonesian, as the unit's papers are: that it is one,
    of which voucher, what that was for, and why.
    """
    number = voucher_numbers(entry.ward, [entry.id]).get(entry.id, "")
    what = "; ".join(one for one in (entry.narration, why.strip()) if one)
    with translation.override("id"):
        said = gettext("Cancellation")
    return ": ".join(one for one in (f"{said} {number}".strip(), what) if one)


# --- whether they hold ----------------------------------------------------------------------------


def breaks(ward: str) -> list[Reason]:
    """Entries without a number, series with a gap, vouchers on another model than their lines say."""
    return [*_unnumbered(ward), *_gaps(ward), *_misplaced(ward)]


def _unnumbered(ward: str) -> list[Reason]:
    found = Entry.objects.filter(ward=ward, voucher=None).order_by("on", "id")
    return [
        Reason(
            "ledger.voucher_number",
            "Entry {entry} of {on} has no voucher number.",
            {"entry": one.id, "on": one.on.isoformat()},
            {"ward": ward, "entry": one.id},
        )
        for one in found
    ]


def _gaps(ward: str) -> list[Reason]:
    found = (
        Voucher.objects.filter(ward=ward)
        .values_list("model", "year")
        .annotate(first=Min("number"), last=Max("number"), count=Count("entry"))
        .order_by("year", "model")
    )
    return [
        Reason(
            "ledger.voucher_gap",
            "The vouchers of model {model} of {year} have a gap: {count} stand up to number {last}.",
            {"model": model, "year": str(year), "count": str(count), "last": str(last)},
            {"ward": ward, "model": model, "year": year},
        )
        for model, year, first, last, count in found
        if (first, last) != (1, count)
    ]


def _misplaced(ward: str) -> list[Reason]:
    found = Voucher.objects.filter(entry__ward=ward).select_related("entry")
    lines: dict[str, list[rules.Leg]] = {}
    for entry, key, amount in Entry.objects.filter(ward=ward).values_list(
        "id", "lines__account__key", "lines__amount"
    ):
        lines.setdefault(entry, []).append((key, amount))
    return [
        Reason(
            "ledger.voucher_model",
            "Voucher {number} does not fit the entry that it stands for.",
            {"number": str(one)},
            {"ward": ward, "entry": one.entry_id},
        )
        for one in found.order_by("year", "model", "number").iterator()
        if (one.ward, one.year, one.model)
        != (ward, one.entry.on.year, rules.model_of(lines.get(one.entry_id, []), one.entry.kind))
    ]
