"""What may happen to a loan when, beside the conditions of a first application. Pure Python."""

from collections.abc import Iterable, Mapping
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

STATES = {
    "applied": N_("applied"),
    "approved": N_("approved"),
    "rejected": N_("not approved"),
    "active": N_("running"),
    "closed": N_("paid off"),
    "written_off": N_("written off"),
}
"""A loan's states in words."""


def members(asked: Iterable[tuple[str, str]], of_group: Iterable[str], clause: str) -> list[Reason]:
    """Who asks for money without being a member: (person id, name) pairs, ids of the members."""
    known = set(of_group)
    return [
        Reason(
            clause + "members",
            "{name} is not a member of the group on that day.",
            {"name": name or person},
            {"person": person},
        )
        for person, name in asked
        if person not in known
    ]


def gone(asked: Iterable[tuple[str, str]], how: Mapping[str, str], clause: str) -> list[Reason]:
    """Who asks for money and has died or left the ward: (person id, name) pairs, how by id."""
    return [
        Reason(
            clause + "members",
            GONE.get(how[person], GONE["moved"]).text,
            {"name": name or person},
            {"person": person},
        )
        for person, name in asked
        if person in how
    ]


GONE = {
    "died": Reason("", "{name} has died: note first that the group lost this member."),
    "moved": Reason("", "{name} has left the ward: note first that the group lost this member."),
    "double": Reason(
        "", "{name} was entered twice in the census: put the right one of the two in the group."
    ),
}


def state(now: str, expected: str, loan_id: str) -> list[Reason]:
    """Whether a loan stands where this step begins."""
    if now == expected:
        return []
    where = {"loan": loan_id, "state": now}
    return {
        "applied": [Reason("loans.state", "This loan has been decided already.", {}, where)],
        "approved": [
            Reason("loans.state", "Only an approved loan that waits can be paid out.", {}, where)
        ],
        "active": [
            Reason("loans.state", "This loan takes no instalments: it is not running.", {}, where)
        ],
    }[expected]


def day(on: date, *, first: date | None, today: date) -> list[Reason]:
    """Whether a step's day lies between the step before it and today."""
    found = []
    if first and on < first:
        found.append(
            Reason(
                "loans.date",
                "{on} lies before the step before it, on {first}.",
                {"on": on.isoformat(), "first": first.isoformat()},
                {"field": "on"},
            )
        )
    if on > today:
        found.append(
            Reason("loans.date", "{on} is still to come.", {"on": on.isoformat()}, {"field": "on"})
        )
    return found


def money(principal: int, *, cash: int, bank: int, lendable: int, clause: str) -> list[Reason]:
    """Whether the fund can pay a loan out: from its cash, and without the groups' savings.

    ``bank``: what lies in the unit's account. Where it fills the cash up, ``where`` holds how much has to
    be fetched (``fetch``).
    """
    if lendable >= principal > cash:
        values = {"amount": principal, "cash": cash, "bank": bank, "missing": principal - cash}
        enough = bank >= principal - cash
        return [
            Reason(
                clause + "fund_cash",
                FETCH if enough else SHORT,
                {name: format_rupiah(value) for name, value in values.items()},
                {"cash": cash, "bank": bank} | ({"fetch": principal - cash} if enough else {}),
            )
        ]
    if lendable < principal:
        return [
            Reason(
                clause + "fund_cash",
                "{amount} is to be paid out; without the savings of groups the fund has {rest}.",
                {"amount": format_rupiah(principal), "rest": format_rupiah(max(lendable, 0))},
                {"lendable": lendable},
            )
        ]
    return []


FETCH = N_(
    "{amount} is to be paid out; there is {cash} in cash and {bank} in the bank. Fetch {missing} from the "
    "bank first, with a transfer voucher."
)
SHORT = N_(
    "{amount} is to be paid out; there is {cash} in cash and {bank} in the bank. That is {missing} too "
    "little in cash."
)


def reversal(
    *,
    paid_on: date,
    reversed_on: date | None,
    on: date,
    today: date,
    why: str,
    where: Mapping[str, str],
) -> list[Reason]:
    """Why a payment cannot be taken back."""
    found = []
    if reversed_on:
        found.append(
            Reason(
                "loans.repayment.reversed", "This payment has been taken back already.", {}, where
            )
        )
    if not paid_on <= on <= today:
        found.append(
            Reason(
                "loans.repayment.date",
                "It can be taken back between {first} and today.",
                {"first": paid_on.isoformat()},
                {"field": "on"},
            )
        )
    if not why.strip():
        found.append(
            Reason("loans.repayment.why", "Say why it is taken back.", {}, {"field": "why"})
        )
    return found


def why(text: str, clause: str) -> list[Reason]:
    """Whether the reason for a step is given."""
    return [] if text.strip() else [Reason(clause, "Say why.", {}, {"field": "why"})]


CHANGED = {
    "rescheduled": N_(
        "The loan was rescheduled on {day}, by what was paid until then. Take the rescheduling back "
        "first."
    ),
    "settled": N_("The loan was settled early on {day}. Take that payment back first."),
    "written-off": N_(
        "The loan was written off on {day}, by what was paid until then. Take the writing off back "
        "first."
    ),
}


def before_change(
    on: date, changes: Iterable[tuple[str, date]], *, itself: bool = False
) -> list[Reason]:
    """Why a payment of a day can no longer be entered or taken back: the loan changed since.

    What a decision was taken on stays as it was; the change has to be taken back first. A settlement
    closes its own day too. ``itself``: it is the payment that settled the loan.
    """
    return [
        Reason(
            "loans.repayment.changed",
            CHANGED[kind],
            {"day": day.isoformat()},
            {"field": "on", "change": kind},
        )
        for kind, day in changes
        if on < day or (kind == "settled" and on == day and not itself)
    ]


def taken_back_since(payments: Iterable[tuple[date, date | None]], day: date) -> list[Reason]:
    """Why nothing is decided on what was owed at the end of a day: a payment that counted then was taken back later.

    ``payments``: the day of each payment and the day on which it was taken back. A plan made of what was
    owed then would say that it had been paid; so the change begins after the day on which it was taken back.

    >>> paid, back = date(2004, 8, 12), date(2005, 1, 10)
    >>> [one.clause for one in taken_back_since([(paid, back)], date(2004, 12, 19))]
    ['loans.change.taken_back_since']
    >>> taken_back_since([(paid, back), (paid, None)], back)
    []
    """
    backs = [back for paid, back in payments if back and paid <= day < back]
    if not backs:
        return []
    return [
        Reason(
            "loans.change.taken_back_since",
            "A payment that counted until {day} has been taken back since. Choose a day after {day}: what is "
            "owed is known from then on.",
            {"day": max(backs).isoformat()},
            {"field": "on"},
        )
    ]


def paid_that_day(amount: int, on: date) -> list[Reason]:
    """Why a loan is not written off on a day on which money was taken already: what is written off is what was owed
    the day before, and what came in would become income instead of lowering it.

    >>> [one.clause for one in paid_that_day(100_000, date(2005, 7, 13))], paid_that_day(0, date(2005, 7, 13))
    (['loans.write_off.paid_that_day'], [])
    """
    if not amount:
        return []
    return [
        Reason(
            "loans.write_off.paid_that_day",
            "{amount} was taken for this loan on {day}. Choose the day after, so that it lowers what is written off.",
            {"amount": format_rupiah(amount), "day": on.isoformat()},
            {"field": "on"},
        )
    ]


def closed_month(on: date, closed: date | None) -> list[Reason]:
    """Why nothing that changes the loan book is dated in a closed month, although no money moves by it.

    ``closed``: the last day up to which the books are closed (ADR 0022).

    >>> [one.clause for one in closed_month(date(2004, 12, 20), date(2004, 12, 31))]
    ['ledger.closed']
    """
    if closed is None or on > closed:
        return []
    return [
        Reason(
            "ledger.closed",
            "The books are closed up to {closed}, and with them what was owed on {on}. Choose a later day, or "
            "have the board reopen the month.",
            {"closed": closed.isoformat(), "on": on.isoformat()},
            {"field": "on", "closed": closed.isoformat()},
        )
    ]


def of_closed_month(of: date, closed: date, clause: str) -> Reason:
    """Why what was entered for a closed month is not taken back by one person; ``closed``: see :func:`closed_month`."""
    return Reason(
        clause,
        "It is of {of}, and the books are closed up to {closed}: what was counted and signed then is taken back "
        "only by a meeting.",
        {"of": of.isoformat(), "closed": closed.isoformat()},
        {"field": "meeting_id", "closed": closed.isoformat()},
    )


def recovery(amount: int, owed: int) -> list[Reason]:
    """Why so much is not taken of a loan that was written off: less than that is still owed.

    ``owed``: whole rupiah of principal and service, without what was recovered.

    >>> [one.clause for one in recovery(2_700_000, 2_587_500)], recovery(2_587_500, 2_587_500)
    (['loans.repayment.recovered'], [])
    """
    if amount <= owed:
        return []
    return [
        Reason(
            "loans.repayment.recovered",
            "This loan was written off; {owed} of it is still owed. More than that is not taken.",
            {"owed": format_rupiah(max(owed, 0))},
            {"field": "amount"},
        )
    ]


def taken_back(already: date | None, *, last_change: date, on: date) -> list[Reason]:
    """Why a change of a loan cannot be taken back: it has been, or another came after it."""
    if already:
        return [Reason("loans.change.taken_back", "It has been taken back already.", {}, {})]
    if last_change > on:
        return [
            Reason(
                "loans.change.last",
                "The loan changed again on {day}; take that back first.",
                {"day": last_change.isoformat()},
                {},
            )
        ]
    return []


def named(person: str) -> list[Reason]:
    """Whether somebody signed for money that is paid out."""
    if person.strip():
        return []
    return [
        Reason("loans.refund.received_by", "Say who receives it.", {}, {"field": "received_by"})
    ]
