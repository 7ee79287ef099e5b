"""Reading the savings cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from pendamping.funds.ledger import queries as ledger
from pendamping.funds.savings import rules
from pendamping.funds.savings.models import Movement
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

ACCOUNT = "savings"
"""The control account's key in the guideline's chart."""


def movement(ward: str, movement_id: str) -> Movement | None:
    """One movement with its group."""
    return _all().filter(pk=movement_id, ward=ward).first()


def by_request(request_id: str) -> Movement | None:
    """The movement that a form with this id has made already."""
    return _all().filter(request_id=request_id).first() if request_id else None


def twins(group_id: str, kind: str, person: str, on: date, amount: int) -> list[Movement]:
    """What stands on a card of this day already, in everything the same: kind, member and sum."""
    found = _all().filter(group=group_id, kind=kind, person=person or None, on=on, amount=amount)
    return list(found.filter(reversed_on=None).order_by("id"))


def _all() -> "QuerySet[Movement]":
    return Movement.objects.select_related("group", "person", "received_by")


def movements(group_id: str) -> list[Movement]:
    """Everything on a group's card, corrected movements too, by date."""
    return list(_all().filter(group=group_id).order_by("on", "id"))


def changes(group_id: str, on: date | None = None) -> list[rules.Change]:
    """What moved a group's balance and when; a correction counts from its own day on."""
    found = _changes(Movement.objects.filter(group=group_id))
    return [change for change in found if on is None or change.on <= on]


def _changes(movements: Iterable[Movement]) -> list[rules.Change]:
    found = []
    for one in movements:
        found.append(rules.Change(one.on, one.signed))
        if one.reversed_on:
            found.append(rules.Change(one.reversed_on, -one.signed))
    return found


OWN = ("deposit", "withdrawal", "opening")
"""What moves a member's own savings where it names her; the rest moves what the group has in common."""


def own_changes(group_id: str, person: str) -> list[rules.Change]:
    """What moved a member's own savings: what joint liability draws for her is not hers alone."""
    here = Movement.objects.filter(group=group_id, kind__in=OWN)
    return _changes(here.filter(person__in=households.every_id([person])))


def common_changes(group_id: str) -> list[rules.Change]:
    """What moved the savings that the group has in common: no member's own."""
    here = Movement.objects.filter(group=group_id)
    return _changes(here.exclude(kind__in=OWN, person__isnull=False))


def parts(group_id: str, on: date) -> dict[str, int]:
    """What each member has put by of her own at the end of a day, by her id, and what is common (``""``)."""
    found: dict[str, int] = {"": 0}
    for one in Movement.objects.filter(group=group_id, on__lte=on):
        whose = (one.person_id or "") if one.kind in OWN else ""
        gone = one.reversed_on is not None and one.reversed_on <= on
        found[whose] = found.get(whose, 0) + (0 if gone else one.signed)
    return found


def common_signers(ward: str, on: date) -> int:
    """How many officers sign where the group's common savings go out (``savings.common_signers``)."""
    rule = guidelines.section("savings", ward, on)
    return int(rule.get("common_signers", rules.COMMON_SIGNERS))


def balance(group_id: str, on: date | None = None) -> int:
    """What a group has saved at the end of a day, whole rupiah."""
    return sum(change.amount for change in changes(group_id, on))


def balances(ward: str, on: date) -> dict[str, int]:
    """What each group of the ward has saved at the end of a day, by group id."""
    sums: dict[str, int] = {}
    for one in Movement.objects.filter(ward=ward, on__lte=on):
        gone = one.reversed_on is not None and one.reversed_on <= on
        sums[one.group_id] = sums.get(one.group_id, 0) + (0 if gone else one.signed)
    return sums


def saved_on(group_id: str, on: date) -> tuple[date, ...]:
    """Every day up to ``on`` with a deposit that still stands on that day."""
    deposits = Movement.objects.filter(group=group_id, kind="deposit", on__lte=on).order_by("on")
    return tuple(one.on for one in deposits if one.reversed_on is None or one.reversed_on > on)


def months_saved(group_id: str, on: date) -> int:
    """In how many calendar months in a row the group saved, up to ``on``'s month or the last."""
    return rules.months_in_a_row(saved_on(group_id, on), on)


def saving_since(group_id: str, on: date) -> date | None:
    """The first deposit of those months in a row; ``None`` where none is counted."""
    return rules.row_began(saved_on(group_id, on), on)


def next_number(ward: str, year: int) -> int:
    """The next receipt of a ward's year; the caller has taken its turn."""
    last = Movement.objects.filter(ward=ward, year=year).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a savings card with the balance after it; a correction has a line of its own."""

    on: date
    movement: Movement
    amount: int
    balance: int
    correction: bool


def card(group_id: str, on: date | None = None) -> list[CardLine]:
    """A group's card (U7) up to a day, oldest first."""
    rows = []
    for one in movements(group_id):
        rows.append((one.on, one, one.signed, False))
        if one.reversed_on:
            rows.append((one.reversed_on, one, -one.signed, True))
    lines, running = [], 0
    for day, one, amount, correction in sorted(rows, key=lambda row: (row[0], row[3], row[1].id)):
        if on is None or day <= on:
            running += amount
            lines.append(CardLine(day, one, amount, running, correction))
    return lines


@dataclass(frozen=True, slots=True)
class GroupSavings:
    """A group in the savings register (LU-06)."""

    group: object
    balance: int
    months: int
    last: date | None


def register(ward: str, on: date) -> list[GroupSavings]:
    """Every group of the ward with what it has saved, by name."""
    sums = balances(ward, on)
    found = []
    for group in institutions.groups(ward):
        days = saved_on(group.id, on)
        found.append(
            GroupSavings(
                group,
                sums.get(group.id, 0),
                rules.months_in_a_row(days, on),
                days[-1] if days else None,
            )
        )
    return found


def check(ward: str) -> list[Reason]:
    """Whether the cards equal the control account at the end of every day; the first break."""
    cards = by_day(_changes(Movement.objects.filter(ward=ward)))
    account = ledger.account(ward, ACCOUNT)
    books: dict[date, int] = {}
    for line in ledger.account_lines(ward, account)[1] if account else ():
        day = line.line.entry.on
        books[day] = books.get(day, 0) - line.line.amount
    on_cards = in_books = 0
    for day in sorted(cards.keys() | books.keys()):
        on_cards += cards.get(day, 0)
        in_books += books.get(day, 0)
        if on_cards != in_books:
            return [_break(ward, day, on_cards, in_books)]
    return []


def by_day(found: Iterable[rules.Change]) -> dict[date, int]:
    """Changes summed by day."""
    sums: dict[date, int] = {}
    for change in found:
        sums[change.on] = sums.get(change.on, 0) + change.amount
    return sums


def _break(ward: str, day: date, on_cards: int, in_books: int) -> Reason:
    return Reason(
        "savings.tie",
        "On {day} the savings cards hold {cards}, the books {books}.",
        {
            "day": day.isoformat(),
            "cards": format_rupiah(on_cards),
            "books": format_rupiah(in_books),
        },
        {"ward": ward, "on": day.isoformat()},
    )
