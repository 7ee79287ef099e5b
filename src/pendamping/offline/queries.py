"""What a phone takes along, and what it brought."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format

from pendamping.access import queries as access
from pendamping.access.gate import standing_in
from pendamping.access.models import User
from pendamping.elections import queries as votes
from pendamping.facilitation import queries as facilitation
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import LANGUAGE, Translate
from pendamping.meetings import queries as meetings
from pendamping.offline.models import Delivery
from pendamping.offline.rules import OnRoll, typed_key
from pendamping.territory import queries as territory

KNOWN_DAYS = 31  # so far back the phone knows which days are logged
MEETING_DAYS = 7  # so far back and ahead meetings are offered
LEAST_AGE = 15  # whom the door offers, as on the page of the roll
TASKS = ("facilitation.log_day", "meetings.take_roll", "elections.enter_tallies")


def kit(by: User, say: Translate) -> list[dict[str, Any]]:
    """What somebody can do without a signal, ward by ward; names of residents are not in it.

    ``say``: the reader's language.
    """
    return [found for code in _wards(by) if (found := _of_ward(by, code, say))]


def _wards(by: User) -> list[str]:
    areas = {area for task in TASKS for area in access.scopes(by, task)}
    return [ward.code for ward in territory.wards(areas)]


def _of_ward(by: User, code: str, say: Translate) -> dict[str, Any] | None:
    may = {task: access.may(by, task, code) for task in TASKS}
    if not any(may.values()):
        return None
    ward = territory.ward(code)
    with standing_in(code):
        found = {
            "code": code,
            "name": _called(ward) if ward else code,
            "practice": bool(ward and ward.practice_today),
            "today": clock.today().isoformat(),
            "log": _log(by, code, say) if may["facilitation.log_day"] else None,
            "meetings": _meetings(code, say) if may["meetings.take_roll"] else [],
            "stations": _stations(code) if may["elections.enter_tallies"] else [],
        }
    return found if found["log"] or found["meetings"] or found["stations"] else None


def _called(ward: Any) -> str:
    """A ward among others on a phone: one whose clock stands says on which day."""
    if ward.practice_today is None:
        return str(ward.name)
    return f"{ward.name}, {date_format(ward.practice_today, 'j F Y')}"


def _named(section: str, ward: str, say: Translate) -> list[list[str]]:
    lang = say(LANGUAGE)
    known = guidelines.section(section, ward, clock.today())
    return [[key, str(table["name"][lang])] for key, table in known.items()]


def _log(by: User, ward: str, say: Translate) -> dict[str, Any]:
    today = clock.today()
    since = today - timedelta(days=KNOWN_DAYS)
    last = facilitation.last_entry(ward, by)
    return {
        "stages": _named("stages", ward, say),
        "roles": _named("facilitator_roles", ward, say),
        "stage": last.stage if last else "",
        "seen": [one.id for one in facilitation.entries(ward, since, today, by)],
        "plans": [
            [plan.id, plan.activity, plan.on.isoformat(), plan.stage]
            for plan, state in facilitation.plans(ward, since, today + timedelta(days=7), by)
            if not state.done and not state.dropped
        ],
    }


def _meetings(ward: str, say: Translate) -> list[dict[str, Any]]:
    today, span = clock.today(), timedelta(days=MEETING_DAYS)
    found = [
        one
        for one in meetings.meetings(ward, status=("called", "held"))
        if today - span <= one.held_on <= today + span
    ]
    return [
        {"id": one.id, "name": _kind(one, say), "on": one.held_on.isoformat(), "place": one.place}
        for one in reversed(found)
    ]


def _stations(ward: str) -> list[dict[str, Any]]:
    """The stations of votes whose count is open and near, a mock election's too; without any name."""
    today, span = clock.today(), timedelta(days=MEETING_DAYS)
    found = []
    for election in votes.elections(ward):
        this = votes.last_vote(election) if election.status == "open" else None
        if (
            this is None
            or this.status != "open"
            or not today - span <= this.held_on <= today + span
        ):
            continue
        for row in votes.stations(this):
            place, vote = votes.station_words(row.station)
            found.append({"id": row.station.id, "name": place, "vote": vote, "state": row.state,
                          "on": this.held_on.isoformat(), "practice": election.practice})  # fmt: skip
    return found


def sheet(station: Any, by: User) -> dict[str, Any]:
    """What the counting of one station needs: its ballots, who can be elected there, the own tally so far.

    What anybody else typed for it is not in it: two people type without seeing each other.
    """
    place, vote = votes.station_words(station)
    mine = votes.typed_by(station, by.username)
    return {
        "id": station.id,
        "ward": station.round.election.ward,
        "kind": "tally",
        "name": place,
        "vote": vote,
        "on": station.round.held_on.isoformat(),
        "practice": station.round.election.practice,
        "first": station.first,
        "last": station.last,
        "eligible": station.eligible,
        "names": station.names,
        "people": [list(one) for one in votes.names_to_count(station)],
        "seen": mine.id if mine else "",
    }


def _kind(meeting: Any, say: Translate) -> str:
    table = meetings.kinds(meeting.ward, meeting.held_on)[meeting.kind]
    return str(table["name"][say(LANGUAGE)])


def door(meeting: Any, say: Translate, places: Iterable[str] = ()) -> dict[str, Any]:
    """What the door of one meeting needs: who is expected, by name, RT and RW, and who stands there.

    Members where the meeting has them by name; else the grown-ups of its RT or RW; of a meeting of the
    whole ward those of the RTs that are named (``"05/02"``: RW and RT).
    """
    roll = meetings.roll(meeting.id)
    return {
        "id": meeting.id,
        "ward": meeting.ward,
        "name": _kind(meeting, say),
        "on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "seen": mark_of(meeting, roll),
        "members": meetings.who_belongs(meeting) is not None,
        "people": [[one.id, one.name, one.rw, one.rt] for one in _expected(meeting, set(places))],
        "there": sorted(meetings.persons_on_roll(meeting.id)),
        "count": len(roll),
    }  # fmt: skip


def _expected(meeting: Any, places: set[str]) -> list[Any]:
    members = meetings.who_belongs(meeting)
    if members is not None:
        known = households.persons(meeting.ward, members)
        return sorted(known.values(), key=lambda one: one.name)
    if meeting.rw and meeting.rt:
        places = {f"{meeting.rw}/{meeting.rt}"}
    elif meeting.rw:
        every = households.neighbourhoods(meeting.ward, meeting.held_on)
        places = {f"{rw}/{rt}" for rw, rt in every if rw == meeting.rw}
    found = []
    for place in sorted(places):
        rw, _slash, rt = place.partition("/")
        found += households.residents(
            meeting.ward, on=meeting.held_on, least_age=LEAST_AGE, rw=rw, rt=rt
        )
    return sorted(found, key=lambda one: one.name)


def on_roll(roll: Iterable[Any]) -> list[OnRoll]:
    """Who stands on a roll, as the rules compare them."""
    return [OnRoll(one.person_id or typed_key(one.name), one.name) for one in roll]


def mark_of(meeting: Any, roll: Iterable[Any]) -> str:
    """A mark of the roll as it stands: another one as soon as anybody is added or taken off."""
    parts = [meeting.counted_by, str(meeting.attended), *(one.key for one in on_roll(roll))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def own_requests(by: User, device: str) -> set[str]:
    """Records that this device brought for somebody, as ``"log:<id>"``."""
    found = Delivery.objects.filter(user=by, device=device)
    return set(found.values_list("record", flat=True))


def brought(ward: str, record: str) -> list[Delivery]:
    """What phones brought to a record, in the order in which it was taken in."""
    return list(Delivery.objects.filter(ward=ward, record=record).order_by("entered_at", "id"))


def delivery(delivery_id: str) -> Delivery | None:
    """What a phone brought under this id."""
    return Delivery.objects.filter(pk=delivery_id).select_related("user").first()


def dump(ward: str) -> Mapping[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``deliveries``, sorted by key."""
    found = Delivery.objects.filter(ward=ward).order_by("id")
    names = ("id", "device", "kind", "record", "written_at", "entered_at", "insisted")
    return {"deliveries": iter(found.values(*names, "user__username"))}
