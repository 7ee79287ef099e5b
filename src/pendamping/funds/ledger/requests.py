"""A form that is sent again books nothing again: which entry a request has made already."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pendamping.funds.ledger import queries
from pendamping.funds.ledger.models import Entry, Request
from pendamping.funds.ledger.rules.entries import Leg
from pendamping.kernel.refusal import refuse
from pendamping.trail.writing import current, once_per_request

Find = Callable[[Mapping[str, Any]], Entry | None]


def keep(entry: Entry, request_id: str) -> None:
    """Keep which request made an entry, as a step of the open action; the database takes each once."""
    current()
    if request_id:
        Request.objects.create(id=request_id, entry=entry)


def entry_of(request_id: str) -> Entry | None:
    """The entry that a request made."""
    if not request_id:
        return None
    return Entry.objects.filter(request__id=request_id).first()


def once_per_entry(
    asked: Callable[[Mapping[str, Any]], tuple[str, Sequence[Leg]]],
) -> Callable[[Callable[..., Entry]], Callable[..., Entry]]:
    """Let an action that makes one entry happen once per ``request_id``.

    ``asked``: from its arguments (with ``ward``, ``on`` and ``narration``) to the kind and the lines of
    the entry that it would make. A request that made anything else is refused.
    """

    def find(arguments: Mapping[str, Any]) -> Entry | None:
        made = entry_of(arguments.get("request_id", ""))
        if made:
            kind, lines = asked(arguments)
            same_request(
                "ledger.request",
                number(made),
                (made.ward, made.on, made.kind, made.narration.strip(), lines_of(made)),
                (
                    arguments["ward"],
                    arguments["on"],
                    kind,
                    arguments["narration"].strip(),
                    _by_key(arguments["ward"], lines),
                ),
            )
        return made

    return once_per_request(find, whole=True)


def number(entry: Entry) -> str:
    """The number on an entry's voucher."""
    return queries.voucher_numbers(entry.ward, [entry.id]).get(entry.id, entry.id)


def lines_of(entry: Entry) -> list[tuple[str, int]]:
    """An entry's lines in their order: key of the account, whole rupiah with debit positive."""
    lines = entry.lines.select_related("account").order_by("no")
    return [(line.account.key, line.amount) for line in lines]


def _by_key(ward: str, lines: Sequence[Leg]) -> list[tuple[str, int]]:
    known = queries.accounts_by_name(ward)
    return [(known[name].key if name in known else name, amount) for name, amount in lines]


def same_request(
    clause: str, booked: str, made: tuple[object, ...], asked: tuple[object, ...]
) -> None:
    """Refuse a form that is sent again and now asks for anything else than what it has booked.

    ``booked``: what it has booked, as it stands on paper; ``made``, ``asked``: all that was booked,
    and all that is asked for now, in the same order.
    """
    if made != asked:
        raise refuse(
            clause,
            "This form has booked {booked} already, and nothing else; open a new form.",
            where={"booked": booked},
            booked=booked,
        )
