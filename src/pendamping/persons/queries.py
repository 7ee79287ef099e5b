"""One person across the rooms: on which papers an entry stands, and what two entries signed together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import queries as loans
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.meetings import queries as meetings
from pendamping.persons.rules import Shared


@dataclass(frozen=True, slots=True)
class Papers:
    """Where a person stands today. ``groups``: names; ``loan``: the codes of loans not yet
    repaid; ``repaid``: how many loans with a part of this person were repaid."""

    groups: tuple[str, ...]
    loan: str
    repaid: int


def papers(ward: str, people: Collection[str], on: date) -> dict[str, Papers]:
    """The papers of some persons on a day, each room asked once."""
    groups = institutions.groups_of(ward, people, on)
    open_loans = loans.every_open_loan_of_persons(people)
    repaid = loans.repaid_by_persons(people, on)
    return {
        person: Papers(
            tuple(group.name for group in groups.get(person, ())),
            ", ".join(loan.code for loan in open_loans.get(person, ())),
            repaid.get(person, 0),
        )
        for person in people
    }


def shared(ward: str, first: str, second: str, on: date) -> Shared:
    """What two entries signed side by side, each under any id that it has."""
    entries = households.selves([first, second])
    one, two = entries[first], entries[second]
    groups = institutions.groups_of(ward, [first, second], on)
    owed = loans.every_open_loan_of_persons([first, second])
    both = {group.id for group in groups.get(second, ())}
    return Shared(
        rolls=tuple((each.held_on, each.place) for each in meetings.rolls_together(ward, one, two)),
        loans=tuple(each.code for each in loans.together(one, two)),
        groups=tuple(each.name for each in groups.get(first, ()) if each.id in both),
        seats=tuple(institutions.together_since(ward, one, two, on)),
        running=tuple(
            (each.code, other.code)
            for each in owed.get(first, ())
            for other in owed.get(second, ())
            if each.id != other.id
        ),
    )


@dataclass(frozen=True, slots=True)
class Twice:
    """A roll on which both entries count. ``numbers``: under which they stand there."""

    meeting: str
    held_on: date
    place: str
    numbers: tuple[int, ...]


def rolls_of_both(ward: str, first: str, second: str) -> list[Twice]:
    """The rolls that know two entries as two people: where one was written down twice, to be corrected."""
    entries = households.selves([first, second])
    both = entries[first] | entries[second]
    return [
        Twice(one.id, one.held_on, one.place, tuple(meetings.numbers_on(one.id, both)))
        for one in meetings.rolls_together(ward, entries[first], entries[second])
    ]


def asked_since(person: str, on: date) -> list[str]:
    """Codes of the loans that a person asked for on a day or later, under any id."""
    return [loan.code for loan in loans.asked_since(households.selves([person])[person], on)]
