"""What a ward package takes from the journal; belongs to ``queries``."""

from collections.abc import Iterator
from typing import Any

from pendamping.funds.ledger.models import Entry, Line


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``entries``, ``lines`` (debit positive; accounts by their code)."""
    entries = Entry.objects.filter(ward=ward).order_by("id")
    lines = Line.objects.filter(entry__ward=ward).order_by("entry_id", "no")
    return {
        "entries": iter(
            entries.values("id", "on", "entered_on", "kind", "ref", "narration", "reversal_of")
        ),
        "lines": (
            {"entry": entry, "number": number, "account": account, "amount": amount}
            for entry, number, account, amount in lines.values_list(
                "entry", "no", "account__code", "amount"
            ).iterator(chunk_size=5000)
        ),
    }
