"""What the community did: sessions in every RW, readiness, the census."""

from datetime import date, timedelta
from typing import Any

from pendamping.demo import census
from pendamping.demo.case import Case
from pendamping.households import actions as households
from pendamping.households import queries as households_read
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.targeting import actions as targeting
from pendamping.targeting import queries as targeting_read


def import_census(case: Case) -> None:
    """The census comes in as a file, through the same upload that a ward uses."""
    content, _places = census.as_csv("empang")
    cadre = case.actor("kader")
    upload = households.stage_upload(
        by=cadre,
        ward=case.ward,
        filename="sensus-empang-2003.csv",
        content=content,
        on=census.COUNTED_ON,
    )
    households.confirm_import(by=cadre, ward=case.ward, upload_id=upload.id)


def orient(case: Case) -> None:
    """A session in every RW, counted by heads."""
    facilitator, chance = case.actor("pendamping"), case.chance("orient")
    for rw in range(1, census.RWS + 1):
        total = chance.randint(38, 74)
        meeting = meetings.call_meeting(
            by=facilitator,
            ward=case.ward,
            kind="orientation",
            level="RW",
            rw=f"{rw:02d}",
            held_on=date(2003, 11, 19) + timedelta(days=rw),
            place=f"Balai RW {rw:02d}",
        )
        women = round(total * chance.uniform(0.42, 0.62))
        poor = round(total * chance.uniform(0.4, 0.6))
        meetings.take_roll(
            by=facilitator,
            ward=case.ward,
            meeting_id=meeting.id,
            head_count={"total": total, "women": women, "poor": poor},
        )


def meet(
    case: Case,
    *,
    kind: str,
    on: date,
    subject: str,
    text: str,
    people: list[Any],
    place: str,
    level: str = "kelurahan",
    eligible: int | None = None,
    votes: dict[str, int] | None = None,
    also: tuple[tuple[str, str], ...] = (),
) -> str:
    """A meeting with a named roll, its decision (``also``: and others) and signed minutes; returns its id."""
    facilitator = case.actor("pendamping")
    meeting = meetings.call_meeting(
        by=facilitator,
        ward=case.ward,
        kind=kind,
        held_on=on,
        level=level,
        place=place,
        agenda=(*(said for _, said in also), text),
    )
    meetings.take_roll(
        by=facilitator,
        ward=case.ward,
        meeting_id=meeting.id,
        present=[{"person": p.id, "name": p.name, "sex": p.sex} for p in people],
        eligible=eligible,
    )
    for matter, said, counted in ((subject, text, votes), *((*one, None) for one in also)):
        meetings.record_decision(
            by=facilitator, ward=case.ward, meeting_id=meeting.id, subject=matter, text=said, votes=counted
        )  # fmt: skip
    meetings.sign_minutes(
        by=facilitator,
        ward=case.ward,
        meeting_id=meeting.id,
        text=text,
        signed_on=on,
        signers=[people[0].name, people[1].name],
    )
    return str(meeting.id)


def delegates(case: Case, on: date) -> list[Any]:
    """Three grown people of every RT, the same for every meeting of the ward; half of them poor."""
    chance = case.chance("delegates")
    poor = {person.id for person in households_read.poor_adults(case.ward, on)}
    by_rt: dict[tuple[str, str], list[Any]] = {}
    for person in households_read.residents(case.ward, on=on, least_age=21):
        by_rt.setdefault((person.rw, person.rt), []).append(person)
    chosen = []
    for rt in sorted(by_rt):
        people = by_rt[rt]
        women = [person for person in people if person.sex == "P"]
        needy = [person for person in people if person.id in poor]
        picked = [chance.choice(women), chance.choice(needy), chance.choice(people)]
        chosen += list({person.id: person for person in picked}.values())
    return chosen


def accept_programme(case: Case) -> None:
    """The readiness meeting (RKM) accepts the programme."""
    on = date(2003, 12, 21)
    people = delegates(case, on)
    came = [person for index, person in enumerate(people) if index % 3 != 2]
    meet(
        case,
        kind="readiness",
        on=on,
        subject="programme_acceptance",
        text="Warga menerima P2KP Tahap II",
        people=came,
        place="Aula kelurahan",
        eligible=len(people),
    )


def decide_list(case: Case) -> None:
    """Criteria, the list by name, its posting, one objection, ratification on 25 January 2004."""
    cadre, facilitator = case.actor("kader"), case.actor("pendamping")
    people = delegates(case, date(2004, 1, 4))
    came = [person for index, person in enumerate(people) if index % 4 != 3]
    version = _decide_criteria(case, came, len(people))
    criteria = [each for each in targeting_read.criteria(version.id) if each.kind == "household"]
    with clock.at(date(2004, 1, 8)):
        chance = case.chance("ticks")
        keys = [each.key for each in criteria]
        poor = sorted(households_read.poor_households(case.ward, date(2004, 1, 8)))
        found = targeting.draft_list(
            by=cadre,
            ward=case.ward,
            on=date(2004, 1, 8),
            ticks={home: sorted(chance.sample(keys, 3)) for home in poor},
        )
    with clock.at(date(2004, 1, 10)):
        targeting.post_list(by=cadre, ward=case.ward, list_id=found.id, posted_on=date(2004, 1, 10))
    with clock.at(date(2004, 1, 25)):
        meeting = meet(
            case,
            kind="citizens",
            on=date(2004, 1, 25),
            subject=f"targeting.ratify_list:{found.id}",
            text="Mengesahkan daftar keluarga miskin (PS-2)",
            people=came,
            place="Aula kelurahan",
            eligible=len(people),
        )
        targeting.ratify_list(by=facilitator, ward=case.ward, list_id=found.id, meeting_id=meeting)


def _decide_criteria(case: Case, came: list[Any], eligible: int) -> Any:
    """The residents' criteria of poverty, ratified on 4 January 2004."""
    facilitator = case.actor("pendamping")
    with clock.at(date(2004, 1, 4)):
        version = targeting.set_criteria(
            by=facilitator,
            ward=case.ward,
            criteria=targeting_read.suggestions(case.ward, date(2004, 1, 4), "id"),
            on=date(2004, 1, 4),
        )
        meeting = meet(
            case,
            kind="citizens",
            on=date(2004, 1, 4),
            subject=f"targeting.ratify_criteria:{version.id}",
            text="Mengesahkan kriteria kemiskinan warga",
            people=came,
            place="Aula kelurahan",
            eligible=eligible,
        )
        targeting.ratify_criteria(
            by=facilitator, ward=case.ward, version_id=version.id, meeting_id=meeting
        )
    return version
