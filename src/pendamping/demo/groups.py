# ruff: noqa: SIM905 -- lists of names read better as lines than as quoted words
"""Twenty-four self-help groups of poor neighbours, each formed in a meeting."""

import random
from datetime import date, timedelta
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.community import meet
from pendamping.funds.loans import queries as loans
from pendamping.households import queries as households_read
from pendamping.institutions import actions as institutions

GROUPS = 24
GROUP_NAMES = (
    "Anggrek Bougenvil Cempaka Dahlia Edelweis Flamboyan Gardenia Hortensia Iris Jasmin Kenanga Lili "
    "Mawar Nusantara Olean Pandan Rafflesia Seroja Teratai Tulip Aster Melati Kamboja Soka"
).split()  # fmt: skip


def form_groups(case: Case) -> None:
    """Twenty-four groups of poor neighbours, each formed in a meeting of its RT."""
    chance = case.chance("groups")
    by_rt: dict[tuple[str, str], list[Any]] = {}
    for person in households_read.poor_adults(case.ward, date(2004, 1, 31)):
        by_rt.setdefault((person.rw, person.rt), []).append(person)
    crowded = sorted(by_rt, key=lambda rt: (-len(by_rt[rt]), rt))[:GROUPS]
    for number, (name, rt) in enumerate(zip(GROUP_NAMES, sorted(crowded), strict=True)):
        members = _members(by_rt[rt], chance.choice([5, 5, 6, 7]), chance)
        _form(case, name, rt, members, date(2004, 1, 29) + timedelta(days=number % 8))


def _members(people: list[Any], size: int, chance: random.Random) -> list[Any]:
    """So many grown people of different households, at least half of them women."""
    women = [person for person in people if person.sex == "P"]
    men = [person for person in people if person.sex == "L"]
    picked: list[Any] = []
    for pool, wanted in ((women, (size + 1) // 2), (men, size)):
        for person in chance.sample(pool, len(pool)):
            if len(picked) >= (wanted if pool is women else size):
                break
            if person.household_id not in {other.household_id for other in picked}:
                picked.append(person)
    return picked


def _form(case: Case, name: str, rt: tuple[str, str], members: list[Any], on: date) -> None:
    meeting = meet(
        case,
        kind="group",
        level="group",
        on=on,
        eligible=len(members),
        subject="institutions.form_group",
        text=f"Membentuk KSM {name}",
        people=members,
        place=f"Rumah warga RT {rt[1]} RW {rt[0]}",
    )
    officers = ["chair", "secretary", "treasurer"]
    institutions.form_group(
        by=case.actor("pendamping"),
        ward=case.ward,
        name=f"KSM {name}",
        kind="economic",
        formed_on=on,
        meeting_id=meeting,
        members=[
            {"person": person.id, "role": role}
            for person, role in zip(members, officers + ["member"] * len(members), strict=False)
        ],
        pledge={"signed_on": on, "signers": [person.id for person in members]},
    )


def entrust(case: Case) -> None:
    """The login of a group's officer looks after the first group that is repaying a loan."""
    running = loans.loans(case.ward, "active")
    institutions.set_followers(
        by=case.actor("pendamping"),
        ward=case.ward,
        group_id=min(running, key=lambda loan: loan.number).group_id,
        usernames=["ksm"],
    )
