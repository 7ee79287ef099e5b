"""How each kind of thing that a phone brings becomes a record, through the action of its own room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access.models import User
from pendamping.elections import actions as elections
from pendamping.elections import queries as votes
from pendamping.facilitation import actions as facilitation
from pendamping.facilitation import queries as logbook
from pendamping.kernel.refusal import Refusal, refuse, refuse_if
from pendamping.meetings import actions as meetings
from pendamping.meetings import queries as rolls
from pendamping.offline import queries
from pendamping.offline.rules import (
    alike_conflict,
    day_conflict,
    roll_conflict,
    tally_conflict,
    typed_key,
)

TEXTS = ("place", "result", "obstacle", "next_step", "plan_id")
MOST_PRESENT = 2_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What a phone brings, as :func:`actions.take_in` was given it."""

    by: User
    ward: str
    id: str
    device: str
    told: Mapping[str, Any]
    seen: Any
    insist: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The record that it became, and the day on which it happened."""

    record: str
    on: date


def log(it: Brought) -> Done:
    """An activity of a day; ``told`` as ``facilitation.log_day`` takes it, ``seen``: ids of entries."""
    told = it.told
    on = _day(told.get("on"))
    if not it.insist:
        refuse_if(day_conflict(_texts(it.seen), _of_day(it, on)))
    made = facilitation.log_day(
        by=it.by, ward=it.ward, request_id=it.id, on=on,
        stage=_text(told.get("stage")), roles=_texts(told.get("roles")),
        minutes=_whole(told.get("minutes")), decided_by=_text(told.get("decided_by")),
        women=_whole(told.get("women")), men=_whole(told.get("men")),
        **{name: _text(told.get(name)) for name in TEXTS},
    )  # fmt: skip
    return Done(f"log:{made.id}", on)


def _of_day(it: Brought, on: date) -> dict[str, str]:
    """What stands of that day, but for what this phone itself brought: by id."""
    own = queries.own_requests(it.by, it.device)
    return {
        one.id: one.plan.activity if one.plan else one.result or one.place or one.stage
        for one in logbook.entries(it.ward, on, on, it.by)
        if f"log:{one.id}" not in own
    }


def roll(it: Brought) -> Done:
    """Who came to a meeting: ``told`` has ``meeting`` and ``present``, as ``meetings.take_roll`` takes
    them; ``seen``: the mark of the roll that the phone took along. Whoever stands there already is
    counted once."""
    meeting = rolls.meeting(it.ward, _text(it.told.get("meeting")))
    if meeting is None:
        raise refuse("meetings.meeting", "There is no such meeting in this ward.")
    present = _present(it.told.get("present"))
    there = rolls.roll(meeting.id)
    keys = {_key(one) for one in present}
    if not it.insist:
        now = queries.mark_of(meeting, there)
        refuse_if(roll_conflict(_text(it.seen), now, queries.on_roll(there), keys))
    known = rolls.persons_on_roll(meeting.id) | {one.key for one in queries.on_roll(there)}
    new = [one for one in present if _key(one) not in known]
    if not it.insist:
        refuse_if(alike_conflict(rolls.alike_problems(it.ward, meeting.id, new)))
    if new or meeting.status == "called":
        meetings.take_roll(by=it.by, ward=it.ward, meeting_id=meeting.id, present=new, add=True)
    return Done(f"meeting:{meeting.id}", meeting.held_on)


def tally(it: Brought) -> Done:
    """The sheet of a station: ``told`` has ``station``, the figures and ``votes`` as
    ``elections.enter_tallies`` takes them; ``seen``: the id of this person's tally when the sheet was taken
    along. It is one of the two that count: what the other typed is neither asked nor shown."""
    station = votes.station(it.ward, _text(it.told.get("station")))
    if station is None:
        raise refuse("elections.station", "There is no such station in this vote.")
    named = it.told.get("votes") or {}
    if not isinstance(named, dict) or len(named) > MOST_PRESENT:
        raise _unreadable()
    typed = {**it.told, "votes": {_text(one): count for one, count in named.items()},
             "note": _text(it.told.get("note"))}  # fmt: skip
    mine = votes.typed_by(station, it.by.username)
    if mine is not None and not it.insist:
        changed = votes.changed_from(mine, elections.read_tally(typed))
        refuse_if(tally_conflict(_text(it.seen), mine.id, changed))
    elections.enter_tallies(by=it.by, ward=it.ward, round_id=station.round_id, tallies=[typed])
    return Done(f"station:{station.id}", station.round.held_on)


def _present(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or len(given) > MOST_PRESENT:
        raise _unreadable()
    found: dict[str, dict[str, Any]] = {}
    for one in given:
        if not isinstance(one, dict):
            raise _unreadable()
        each = {
            "person": _text(one.get("person")), "name": _text(one.get("name")),
            "sex": _text(one.get("sex")), "poor": one.get("poor") is True,
            "guest": one.get("guest") is True,
        }  # fmt: skip
        found.setdefault(_key(each), each)
    return list(found.values())


def _key(one: Mapping[str, Any]) -> str:
    return str(one["person"]) or typed_key(str(one["name"]))


def _day(given: Any) -> date:
    try:
        return date.fromisoformat(_text(given))
    except ValueError:
        raise refuse("offline.day", "Say on which day it was.", where={"field": "on"}) from None


def _text(given: Any) -> str:
    if given is None:
        return ""
    if not isinstance(given, str) or len(given) > 2_000 or "\x00" in given:
        raise _unreadable()
    return given


def _texts(given: Any) -> list[str]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise _unreadable()
    return [_text(one) for one in given]


def _whole(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or abs(given) > 100_000:
        raise _unreadable()
    return given


def _unreadable() -> Refusal:
    return refuse("offline.unreadable", "What the phone brings cannot be read.")


KINDS: dict[str, Callable[[Brought], Done]] = {"log": log, "roll": roll, "tally": tally}
