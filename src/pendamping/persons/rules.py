"""When two entries are shown by the papers to be two persons. Pure: facts in, reasons out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Shared:
    """What both entries signed side by side. ``rolls``: day and place of each meeting; ``loans``: codes
    of loans in which both have a part; ``groups``: names of groups in which both are members now;
    ``seats``: since when both sit in one body (the board); ``running``: codes of the loans not yet repaid
    of each, where each has one."""

    rolls: tuple[tuple[date, str], ...] = ()
    loans: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    seats: tuple[date, ...] = ()
    running: tuple[tuple[str, str], ...] = ()


def against_joining(shared: Shared) -> list[Reason]:
    """Why two entries cannot be one person: a roll, a loan, a group knows them as two."""
    return [
        *(
            Reason(
                "persons.join.roll",
                "Both stand on the roll of the meeting of {day} ({place}). If two people came, they are two; if one "
                "was written down twice, correct that roll first.",
                {"day": day, "place": place},
            )
            for day, place in shared.rolls
        ),
        *(
            Reason(
                "persons.join.loan",
                "Both have a part in loan {loan}; its book knows two borrowers.",
                {"loan": loan},
            )
            for loan in shared.loans
        ),
        *(
            Reason(
                "persons.join.group",
                "Both are members of {group}. Let one of them leave the group first, with the reason.",
                {"group": group},
            )
            for group in shared.groups
        ),
        *(
            Reason(
                "persons.join.seat",
                "Both sit in the board since {day}; it counts two members. Let one of them leave first.",
                {"day": day},
            )
            for day in shared.seats
        ),
        *(
            Reason(
                "persons.join.running",
                "One owes loan {loan}, the other loan {other}; nobody has a part in two loans at a time. "
                "Join them when one of the two is repaid.",
                {"loan": loan, "other": other},
            )
            for loan, other in shared.running
        ),
    ]


def against_parting(loans: Iterable[str], since: date) -> list[Reason]:
    """Why two entries stay one: loans were asked for since, judged by what both had repaid."""
    return [
        Reason(
            "persons.part.loan",
            "Loan {loan} was asked for since they were joined on {day}, and was judged by what both "
            "entries had repaid.",
            {"loan": loan, "day": since},
        )
        for loan in loans
    ]
