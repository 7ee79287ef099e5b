"""What a practice ward begins with: a ward in good order on a day on which there is something to do.

A census, a ratified poor list, a board, two groups; the first repays a loan whose instalment is due today,
the second may apply for one; the months are closed. All names are made up and say so. Called inside this
room's actions only; every step is the other rooms' own action, on the day on which it would have been done.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from pendamping.meetings import actions as meetings
from pendamping.practice import board, fund, logins
from pendamping.practice.meeting import meet, named
from pendamping.targeting import actions as targeting
from pendamping.targeting import queries as lists
from pendamping.targeting.rules import Candidate
from pendamping.territory import queries as territory

WOMEN = (
    "Aminah", "Badriah", "Cicih", "Dedeh", "Euis", "Fatimah", "Halimah", "Imas", "Juju", "Kokom",
    "Lilis", "Mimin",
)  # fmt: skip
MEN = (
    "Asep", "Budi", "Cecep", "Dadang", "Endang", "Firman", "Gunawan", "Hendra", "Iwan", "Jajang",
    "Komar", "Maman",
)  # fmt: skip
HOMES = 24
SIZE = 5  # women in a group
SAVED = 4  # months from forming to the first loan
OBJECTIONS = 15  # days between posting the list and ratifying it
MONTHS = (5, 4, 6, 7, 8, 3)  # since the loan was paid out: the first with which one falls due today
Happening = tuple[date, Callable[[date], Any]]


def begins(today: date) -> date:
    """When the programme began in a practice ward that stands at this day."""
    return _formed(today) - timedelta(days=60)


def _paid_out(today: date) -> date:
    """A day on whose instalments one falls due today, also where months are of different length.

    >>> _paid_out(date(2026, 11, 26)), _paid_out(date(2026, 7, 31))
    (datetime.date(2026, 6, 26), datetime.date(2026, 3, 31))
    """
    days = [add_months(today, -months) for months in MONTHS]
    fit = (day for day, n in zip(days, MONTHS, strict=True) if add_months(day, n) == today)
    return next(fit, days[0])


def _formed(today: date) -> date:
    return add_months(_paid_out(today), -SAVED)


def fill(by: User, ward: str, today: date) -> None:
    """Bring the ward to a day on which an instalment of its first loan is due."""
    formed = _formed(today)
    with clock.at(begins(today)):
        people = logins.invite_all(by, ward)
    with clock.at(formed - timedelta(days=50)):
        heads = _settle(by, ward)
        _designate(by, ward)
    _ratify(by, ward, heads, formed - timedelta(days=40))
    with clock.at(formed - timedelta(days=10)):
        board.elect(by, people["cadre"], ward)
    ours, others = heads[:SIZE], [*heads[SIZE:8], heads[8], heads[10]]
    with clock.at(formed):
        ledger.open_books(by=by, ward=ward, on=formed)
        first = _form(by, ward, "KSM Latihan Melati", ours)
        second = _form(by, ward, "KSM Latihan Teratai", others)
        followers = list(access.with_role(ward, "group_officer"))
        institutions.set_followers(by=by, ward=ward, group_id=first, usernames=followers)
    happened = [*_saved(by, ward, (first, second), today), *_closed(by, people["board"], ward, today),
                *_lent(by, ward, first, ours, today),
                (formed + timedelta(days=20), lambda on: fund.prepare(by, ward, second, on))]  # fmt: skip
    for day, does in sorted(happened, key=lambda one: one[0]):
        does(day)
    with clock.at(today):
        meetings.call_meeting(
            by=by, ward=ward, kind="citizens", held_on=today + timedelta(days=3),
            place="Balai latihan",
        )  # fmt: skip


def _every_month(since: date, until: date) -> list[date]:
    """The same day of every month from the first to the last, both included."""
    days = (add_months(since, month) for month in range(24))
    return [day for day in days if day <= until]


def _saved(by: User, ward: str, groups: Sequence[str], today: date) -> Iterator[Happening]:
    for day in _every_month(_formed(today), today):
        yield day, lambda on: [fund.save(by, ward, group, on) for group in groups]


def _lent(by: User, ward: str, group: str, people: list[str], today: date) -> Iterator[Happening]:
    """Capital and what comes before a loan, the loan, and every instalment but that of today."""
    paid_out = _paid_out(today)
    yield paid_out - timedelta(days=20), lambda on: fund.prepare(by, ward, group, on)
    yield paid_out - timedelta(days=20), lambda on: fund.put_in_capital(by, ward, on)
    yield paid_out, lambda on: fund.lend(by, ward, group, people, on)
    for day in _every_month(paid_out, today - timedelta(days=1))[1:]:
        yield day, lambda on: fund.repay(by, ward, on)


def _closed(by: User, head: User, ward: str, today: date) -> Iterator[Happening]:
    """Every month whose close was due, on the third day after it."""
    for first in _every_month(_formed(today).replace(day=1), today):
        done = add_months(first, 1) + timedelta(days=2)
        if done <= today:
            yield done, lambda on: fund.close(by, head, ward, on - timedelta(days=3))


def _settle(by: User, ward: str) -> list[str]:
    """So many households in two RWs of two RTs, every second one poor; the ids of all heads, the women
    who lead the first half of them before the men."""
    heads, year = [], clock.today().year
    for number in range(HOMES):
        woman, man = WOMEN[number % len(WOMEN)], MEN[number % len(MEN)]
        led_by_her = number < HOMES // 2
        members = [
            NewPerson(f"{woman} Latihan", "P", "head" if led_by_her else "spouse",
                      date(year - 26 - number % 20, 1 + number % 12, 5)),
            NewPerson(f"{man} Latihan", "L", "child" if led_by_her else "head",
                      date(year - (9 if led_by_her else 30) - number % 10, 1 + number % 12, 17)),
        ]  # fmt: skip
        home = households.add_household(
            by=by, ward=ward, on=clock.today(), rw=f"{1 + number // 6 % 2:02d}",
            rt=f"{1 + number // 12:02d}", members=members, number=str(number + 1),
            poor=number < 8 or number % 2 == 0, new_place=True,
        )  # fmt: skip
        there = residents.members_on(ward, home.id, clock.today())
        heads += [person for person, relation in there if relation == "head"]
    return heads


def _designate(by: User, ward: str) -> None:
    counts, here = residents.counts(ward), territory.ward(ward)
    name = here.name if here else ward
    own = Candidate(ward, name, counts.households, counts.poor, True, False, "Pendataan latihan")
    targeting.designate_ward(by=by, ward=ward, candidates=[own], chosen=[ward],
                             letter_no="LATIHAN/1", decided_on=clock.today())  # fmt: skip


def _ratify(by: User, ward: str, heads: list[str], on: date) -> None:
    """Residents' criteria, the list by name, its posting, and its ratification."""
    told = {"by": by, "ward": ward}
    roll = {"present": named(heads), "eligible": len(heads)}
    with clock.at(on):
        version = targeting.set_criteria(**told, criteria=lists.suggestions(ward, on, "id"), on=on)
        subject = f"targeting.ratify_criteria:{version.id}"
        met = meet(by, ward, "citizens", subject, "Kriteria kemiskinan disahkan", **roll)
        targeting.ratify_criteria(**told, version_id=version.id, meeting_id=met)
        keys = [one.key for one in lists.criteria(version.id) if one.kind == "household"][:3]
        poor = residents.poor_households(ward, on)
        found = targeting.draft_list(**told, on=on, ticks=dict.fromkeys(sorted(poor), keys))
        targeting.post_list(**told, list_id=found.id, posted_on=on)
    with clock.at(on + timedelta(days=OBJECTIONS)):
        subject = f"targeting.ratify_list:{found.id}"
        met = meet(by, ward, "citizens", subject, "Daftar keluarga miskin disahkan", **roll)
        targeting.ratify_list(**told, list_id=found.id, meeting_id=met)


def _form(by: User, ward: str, name: str, people: list[str]) -> str:
    subject = "institutions.form_group"
    meeting = meet(by, ward, "group", subject, f"{name} dibentuk", present=named(people))
    roles = ["chair", "secretary", "treasurer", *["member"] * SIZE]
    group = institutions.form_group(
        by=by, ward=ward, name=name, kind="economic", formed_on=clock.today(),
        meeting_id=meeting, pledge={"signed_on": clock.today(), "signers": people},
        members=[{"person": one, "role": role} for one, role in zip(people, roles, strict=False)],
    )  # fmt: skip
    return str(group.id)
