"""Whether a ward's journal holds: what was done behind the back of the database."""

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from pendamping.funds.ledger import said, vouchers
from pendamping.funds.ledger.models import Account, Entry, Line
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


def check(ward: str) -> list[Reason]:
    """The breaks of a ward's journal, oldest first: entries that do not balance or are not whole,
    lines in accounts of another ward, reversals that do not undo what they reverse, entries that join
    two funds, vouchers whose numbers have a gap, vouchers by hand that are not what was entered.

    The database refuses all of these; this finds what was done behind its back.
    """
    return [
        *_unbalanced(ward),
        *_homeless(ward),
        *_foreign(ward),
        *_false_reversals(ward),
        *vouchers.breaks(ward),
        *_mixed(ward),
        *said.breaks(ward),
    ]


def _mixed(ward: str) -> list[Reason]:
    """Entries that join the money of two funds."""
    found = (
        Entry.objects.filter(ward=ward)
        .annotate(first=Min("lines__account__fund"), last=Max("lines__account__fund"))
        .exclude(first=F("last"))
        .order_by("on", "id")
    )
    return [
        Reason(
            "ledger.fund",
            "Entry {entry} of {on} joins the money of two funds.",
            {"entry": one.id, "on": one.on.isoformat()},
            {"ward": ward, "entry": one.id},
        )
        for one in found
    ]


def _unbalanced(ward: str) -> list[Reason]:
    found = (
        Entry.objects.filter(ward=ward)
        .annotate(off=Sum("lines__amount"), count=Count("lines"))
        .filter(~Q(off=0) | Q(count__lt=2))
        .order_by("on", "id")
    )
    return [
        Reason(
            "ledger.balance",
            "Entry {entry} of {on} does not balance: it is off by {off}.",
            {"entry": one.id, "on": one.on.isoformat(), "off": format_rupiah(one.off or 0)},
            {"ward": ward, "entry": one.id},
        )
        for one in found
    ]


def _homeless(ward: str) -> list[Reason]:
    stands = Entry.objects.filter(pk=OuterRef("entry_id"))
    lines = Line.objects.filter(~Exists(stands), account__ward=ward).order_by("pk")
    return [
        Reason(
            "ledger.line",
            "A line of {amount} belongs to no entry.",
            {"amount": format_rupiah(line.amount)},
            {"ward": ward, "line": line.pk},
        )
        for line in lines
    ]


def strays() -> list[Reason]:
    """Lines that no ward's check finds: their account is in no books. For the look over the server."""
    known = Account.objects.filter(pk=OuterRef("account_id"))
    return [
        Reason(
            "ledger.line",
            "A line of {amount} lies in no account.",
            {"amount": format_rupiah(line.amount)},
            {"line": line.pk},
        )
        for line in Line.objects.filter(~Exists(known)).order_by("pk")
    ]


def _foreign(ward: str) -> list[Reason]:
    lines = Line.objects.filter(entry__ward=ward).exclude(account__ward=ward).order_by("pk")
    return [
        Reason(
            "ledger.ward",
            "Entry {entry} reaches into the books of another ward.",
            {"entry": line.entry_id},
            {"ward": ward, "entry": line.entry_id},
        )
        for line in lines
    ]


def _false_reversals(ward: str) -> list[Reason]:
    reversals = whole(Entry.objects.filter(ward=ward, reversal_of__isnull=False))
    pairs = reversals.prefetch_related("reversal_of__lines__account").order_by("on", "id")
    return [
        Reason(
            "ledger.reversal",
            "Entry {entry} does not undo the entry that it reverses.",
            {"entry": one.id},
            {"ward": ward, "entry": one.id},
        )
        for one in pairs
        if legs(one) != {key: -amount for key, amount in legs(one.reversal_of).items()}
    ]


def legs(entry: Entry) -> dict[str, int]:
    """The amount that an entry moves in each account, by the account's key."""
    moved: dict[str, int] = {}
    for line in entry.lines.all():
        moved[line.account.key] = moved.get(line.account.key, 0) + line.amount
    return moved


def whole(entries: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Entries read together with their lines, and with what reversed them."""
    return entries.select_related("reversal_of", "reversed_by").prefetch_related("lines__account")
