"""Whether loan cards, kept totals, the control account and the trail say the same."""

from collections.abc import Iterable
from datetime import date, timedelta

from pendamping.funds.ledger import queries as ledger
from pendamping.funds.loans import changes, joint, posting, said, terms
from pendamping.funds.loans.models import (
    ACTIVE,
    CLOSED,
    LOST,
    WRITTEN_OFF,
    Closure,
    Loan,
    Repayment,
    ReserveMonth,
)
from pendamping.funds.loans.rules.allocation import Paid
from pendamping.funds.loans.rules.plan import standing
from pendamping.funds.loans.rules.reserve import Gone, Mark, register_at
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


def breaks(ward: str, paid_out: Iterable[Loan]) -> list[Reason]:
    """The first break on a card, and the first day on which cards and account part."""
    cards: dict[date, int] = {}
    loans = list(paid_out)
    found = []
    for one in loans:
        repayments = list(one.repayments.all())
        found += _totals(one, repayments)
        begins = one.begins
        cards[begins] = cards.get(begins, 0) + one.principal - (one.taken_principal or 0)
        for move in moves(one, repayments):
            cards[move.on] = cards.get(move.on, 0) - move.principal
        for gone in one.closures.all():
            if gone.taken_back_on is None:
                cards[gone.on] = cards.get(gone.on, 0) - gone.principal
    first = (found + joint.breaks(ward, loans))[:1]
    return (
        first + _tie(ward, cards) + _owed(ward, loans) + _reserve(ward, loans) + said.breaks(ward)
    )


def moves(one: Loan, repayments: Iterable[Repayment]) -> list[posting.Move]:
    """What the books must hold for a loan's payments; what was paid by the day on which it was taken
    over from an old book never came into these.
    """
    found = posting.moves(terms.plan(one), terms.payments(one, repayments), terms.order(one))
    return [move for move in found if move.payment != terms.TAKEN_OVER]


def _totals(one: Loan, repayments: list[Repayment]) -> list[Reason]:
    now = standing(terms.plan(one), terms.payments(one, repayments), date.max, terms.order(one))
    stored = {payment.id: payment.parts for payment in repayments if not payment.reversed_on}
    kept = Paid(one.paid_principal, one.paid_service, one.overpaid), one.recovered
    given = sum(back.amount for back in one.refunds.all() if back.taken_back_on is None)
    gone = now.written_off.principal if now.written_off else 0
    state = LOST if now.written_off else ACTIVE if now.owed else CLOSED
    if (
        (now.paid, now.recovered, state) == (*kept, one.status)
        and {key: now.splits[key] for key in now.splits if key != terms.TAKEN_OVER} == stored
        and (one.refunded, one.written_off) == (given, gone)
    ):
        return _plan(one)
    return [
        Reason(
            "loans.totals",
            "Loan {loan}: its totals are not those of its payments.",
            {"loan": one.code},
            {"ward": one.ward, "loan": one.id},
        )
    ]


def _plan(one: Loan) -> list[Reason]:
    """A new schedule and a writing off hold what was owed at the end of the day before them."""
    changed = [(two.on, two.principal) for two in one.reschedulings.all() if not two.taken_back_on]
    changed += [
        (gone.on, gone.principal)
        for gone in one.closures.all()
        if gone.kind == WRITTEN_OFF and not gone.taken_back_on
    ]
    for day, principal in changed:
        before = changes.on_day(one, day - timedelta(days=1))
        if sum(row.principal for row in before.left) != principal:
            return [
                Reason(
                    "loans.plan",
                    "Loan {loan}: what was decided on {day} is not what was owed the day before.",
                    {"loan": one.code, "day": day.isoformat()},
                    {"ward": one.ward, "loan": one.id},
                )
            ]
    return []


def _owed(ward: str, loans: Iterable[Loan]) -> list[Reason]:
    """Whether the debt account holds at least what groups have paid too much: the unit may owe others too."""
    owed = sum(one.owed_back for one in loans)
    held = -ledger.balance(ward, "debt")
    if held >= owed:
        return []
    return [
        Reason(
            "loans.debt",
            "Groups are owed {owed} that they paid too much; the books hold only {held} as debt.",
            {"owed": format_rupiah(owed), "held": format_rupiah(held)},
            {"ward": ward},
        )
    ]


def _reserve(ward: str, loans: Iterable[Loan]) -> list[Reason]:
    """The first day on which the reserve and its register part: it is the sum that must be right, at the
    end of each month that was set aside and today, whoever moved the account.

    What the books were opened with counts as it stands.
    """
    account = ledger.account(ward, "loan_reserve")
    if account is None:
        return []
    lines = [
        (one.line.entry.on, -one.line.amount) for one in ledger.account_lines(ward, account)[1]
    ]

    def held(day: date) -> int:
        return sum(amount for on, amount in lines if on <= day)

    written_off = [
        (one, closure)
        for one in loans
        for closure in one.closures.all()
        if closure.kind == WRITTEN_OFF
    ]
    kept = list(ReserveMonth.objects.filter(ward=ward).order_by("month"))
    for month in kept:
        if sum(row["reserve"] for row in month.rows) != month.needed:
            return [_not_counted(month)]
    months = [
        Mark(one.month, one.needed, frozenset(row["loan"] for row in one.rows)) for one in kept
    ]
    last = (months or [Mark(account.opened_on, held(account.opened_on))])[-1]
    for mark, day in [*((one, one.day) for one in months), (last, date.max)]:
        register = register_at(mark, day, _gone(written_off, mark.day))
        if register != held(day):
            return [_parted(ward, min(day, clock.today()), register, held(day))]
    return []


def _not_counted(one: ReserveMonth) -> Reason:
    return Reason(
        "loans.reserve.rows",
        "The reserve of the month that ends on {day} is {needed}, but its loans do not come to that.",
        {"day": one.month.isoformat(), "needed": format_rupiah(one.needed)},
        {"ward": one.ward, "on": one.month.isoformat()},
    )


def _gone(written_off: Iterable[tuple[Loan, Closure]], day: date) -> list[Gone]:
    return [
        Gone(loan.id, one.on, one.principal, one.taken_back_on is None)
        for loan, one in written_off
        if one.taken_back_on is None or any(row.principal for row in changes.on_day(loan, day).left)
    ]


def _parted(ward: str, day: date, register: int, held: int) -> Reason:
    return Reason(
        "loans.reserve.tie",
        "On {day} the reserve by its months and writing off is {register}, the books hold {books}.",
        {
            "day": day.isoformat(),
            "register": format_rupiah(register),
            "books": format_rupiah(held),
        },
        {"ward": ward, "on": day.isoformat()},
    )


def _tie(ward: str, cards: dict[date, int]) -> list[Reason]:
    account = ledger.account(ward, "loans")
    books: dict[date, int] = {}
    for line in ledger.account_lines(ward, account)[1] if account else ():
        day = line.line.entry.on
        books[day] = books.get(day, 0) + line.line.amount
    on_cards = in_books = 0
    for day in sorted(cards.keys() | books.keys()):
        on_cards += cards.get(day, 0)
        in_books += books.get(day, 0)
        if on_cards != in_books:
            return [
                Reason(
                    "loans.tie",
                    "On {day} the loan cards say {cards} outstanding, the books {books}.",
                    {
                        "day": day.isoformat(),
                        "cards": format_rupiah(on_cards),
                        "books": format_rupiah(in_books),
                    },
                    {"ward": ward, "on": day.isoformat()},
                )
            ]
    return []
