"""The lines of books page by page: of accounts, of a model of voucher, in a span, after a place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Sum

from pendamping.funds.ledger import vouchers
from pendamping.funds.ledger.models import Line
from pendamping.funds.ledger.rules.vouchers import written

Place = tuple[date, str, int]
"""Where a line stands in its book: day, entry, number within the entry."""

CHUNK = 2_000

_FIELDS = (
    "entry__on", "entry_id", "no", "amount", "account__key", "entry__narration", "entry__kind",
    "entry__voucher__model", "entry__voucher__year", "entry__voucher__number",
    "entry__reversal_of_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line as a book shows it: debit positive. ``against``: codes of the entry's other accounts."""

    on: date
    entry: str
    no: int
    amount: int
    account: str
    text: str
    kind: str
    voucher: str
    reversal: bool
    against: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.on, self.entry, self.no


def book_lines(
    ward: str,
    accounts: Sequence[str],
    since: date,
    until: date,
    *,
    model: str = "",
    after: Place | None = None,
    limit: int | None = None,
) -> Iterator[BookLine]:
    """Lines of accounts (by key) in a span, by day; of vouchers of one model, after a place, so many.

    Read in portions, so that a book of any length can be passed on while it is read.
    """
    found = _lines(ward, accounts, since, until, model)
    if after:
        found = found.filter(_beyond(after))
    rows = found.order_by("entry__on", "entry_id", "no").values_list(*_FIELDS)
    if limit is not None:
        rows = rows[:limit]
    looks: dict[int, str] = {}
    stream = rows.iterator(chunk_size=CHUNK)
    while portion := list(islice(stream, CHUNK)):
        codes = _against({row[1] for row in portion}, accounts)
        for row in portion:
            yield _line(ward, row, codes, looks)


def moved_up_to(
    ward: str, accounts: Sequence[str], since: date, until: date, place: Place, model: str = ""
) -> int:
    """The sum of the same lines from the first one to a place, that line included."""
    found = _lines(ward, accounts, since, until, model).exclude(_beyond(place))
    return int(found.aggregate(sum=Sum("amount"))["sum"] or 0)


def moved_in(
    ward: str, accounts: Sequence[str], since: date, until: date, model: str = ""
) -> tuple[int, int]:
    """What the same lines bring in and take out, both as positive sums."""
    found = _lines(ward, accounts, since, until, model).aggregate(
        came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0))
    )
    return int(found["came"] or 0), -int(found["went"] or 0)


def _lines(
    ward: str, accounts: Sequence[str], since: date, until: date, model: str
) -> "QuerySet[Line]":
    found = Line.objects.filter(
        entry__ward=ward,
        entry__on__gte=since,
        entry__on__lte=until,
        account__ward=ward,
        account__key__in=accounts,
    )
    return found.filter(entry__voucher__model=model) if model else found


def _beyond(place: Place) -> Q:
    on, entry, no = place
    later = Q(entry__on=on, entry_id__gt=entry) | Q(entry__on=on, entry_id=entry, no__gt=no)
    return Q(entry__on__gt=on) | later


def _against(entries: Iterable[str], accounts: Sequence[str]) -> dict[str, str]:
    found = (
        Line.objects.filter(entry__in=list(entries))
        .exclude(account__key__in=accounts)
        .order_by("entry_id", "no")
        .values_list("entry_id", "account__code")
    )
    codes: dict[str, list[str]] = {}
    for entry, code in found:
        if code not in codes.setdefault(entry, []):
            codes[entry].append(code)
    return {entry: ", ".join(known) for entry, known in codes.items()}


def _line(
    ward: str, row: tuple[Any, ...], codes: dict[str, str], looks: dict[int, str]
) -> BookLine:
    on, entry, no, amount, account, text, kind, model, year, number, undone = row
    voucher = ""
    if number:
        if year not in looks:
            looks[year] = vouchers.pattern(ward, date(year, 12, 31))
        voucher = written(looks[year], model, year, number)
    against = codes.get(entry, "")
    return BookLine(on, entry, no, amount, account, text, kind, voucher, bool(undone), against)
