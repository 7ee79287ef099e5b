"""Who writes on which desk of a ward: one at a time, by a row that is locked."""

from collections.abc import Iterable

from pendamping.funds.ledger.models import Turn


def hold(ward: str, desk: str) -> None:
    """One desk of the ward, until the transaction ends."""
    turns = Turn.objects.select_for_update().filter(ward=ward, desk=desk)
    if not turns.values_list("pk", flat=True).first():
        Turn.objects.get_or_create(ward=ward, desk=desk)
        turns.get()


def hold_all(ward: str, desks: Iterable[str]) -> None:
    """These desks and every other of the ward, in their order, until the transaction ends."""
    turns = Turn.objects.filter(ward=ward).order_by("desk")
    known = set(turns.values_list("desk", flat=True))
    missing = set(desks) - known
    if not missing:
        list(turns.select_for_update().values_list("pk"))
    for desk in sorted(known | missing) if missing else ():
        hold(ward, desk)
