"""What the gates read: the record of a ward on a day, asked of the rooms below, each only where needed."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from pendamping.cycle.rules.gates import Decision, Facts, Proof, Seat, Session, Tranche
from pendamping.funds.grants import queries as grants
from pendamping.guidelines.rules import Guideline
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.planning import queries as planning
from pendamping.targeting import queries as targeting

HELD = ("held", "closed")
PLAN = "plan"  # the matter that planning puts to residents
OF_RECORDS = frozenset({"handover"})  # decided of what was prepared, under "handover:<id>"


def gather(ward: str, on: date, text: Guideline, wanted: Collection[str]) -> Facts:
    """The facts named in ``wanted`` (fields of :class:`Facts`), as they were at the end of a day."""
    gates = text.section("stage_gates")
    return Facts(**{name: SOURCES[name](ward, on, gates) for name in SOURCES if name in wanted})


Gates = Mapping[str, Mapping[str, Any]]


def _places(ward: str, on: date, gates: Gates) -> tuple[tuple[str, str], ...]:
    return tuple(households.neighbourhoods(ward, on))


def _sessions(ward: str, on: date, gates: Gates) -> tuple[Session, ...]:
    kinds = {gate["meeting"] for gate in gates.values() if "meeting" in gate}
    return tuple(
        Session(
            f"meeting:{one.id}",
            one.held_on,
            one.kind,
            one.level,
            one.rw,
            one.rt,
            None if one.rts_present is None else frozenset(one.rts_present),
        )
        for kind in sorted(kinds)
        for one in meetings.meetings(ward, kind=kind, status=HELD)
        if one.held_on <= on
    )


def _decisions(ward: str, on: date, gates: Gates) -> tuple[Decision, ...]:
    """What meetings decided under the very word of a matter that some gate waits for."""
    matters = sorted({gate["matter"] for gate in gates.values() if "matter" in gate})
    found = []
    for one in meetings.taken(ward, matters, on, [each for each in matters if each in OF_RECORDS]):
        matter = one.subject.partition(":")[0]
        against = meetings.decided(
            ward, one.meeting_id, one.subject, matter=matter, outcome=one.outcome, until=on
        )
        record = f"meeting:{one.meeting_id}"
        accepted = one.outcome == "accepted"
        day = one.meeting.held_on
        found.append(Decision(record, day, matter, accepted, tuple(against)))
    return (*found, *(_plans(ward, on) if PLAN in matters else ()))


def _plans(ward: str, on: date) -> list[Decision]:
    """Versions of the medium-term plan that residents ratified: each is a decision on the plan."""
    return [
        Decision(f"meeting:{one.meeting}", one.ratified_on, PLAN, True)
        for one in reversed(planning.plans(ward))
        if one.ratified_on is not None and one.ratified_on <= on
    ]


def _criteria(ward: str, on: date, gates: Gates) -> tuple[Proof, ...]:
    return tuple(
        Proof(f"criteria:{one.id}", one.ratified_on, str(one.number))
        for one in targeting.criteria_versions(ward)
        if one.ratified_on is not None and one.ratified_on <= on
    )


def _lists(ward: str, on: date, gates: Gates) -> tuple[Proof, ...]:
    return tuple(
        Proof(f"poor_list:{one.id}", one.ratified_on, str(one.number))
        for one in targeting.poor_lists(ward)
        if one.ratified_on is not None and one.ratified_on <= on
    )


def _seats(ward: str, on: date, gates: Gates) -> tuple[Seat, ...]:
    body = institutions.body(ward)
    sitting = institutions.seats(body, on) if body else []
    return tuple(Seat(f"seat:{one.id}", one.since, one.name, one.ends) for one in sitting)


def _terms(ward: str, on: date, gates: Gates) -> tuple[date, ...]:
    """First days of the board's terms: a seat that was taken over belongs to the term of the first."""
    body = institutions.body(ward)
    own = [one for one in institutions.all_seats(body) if one.after_id is None] if body else []
    return tuple(sorted({one.since for one in own if one.since <= on}))


def _papers(ward: str, on: date, gates: Gates) -> tuple[Proof, ...]:
    body = institutions.body(ward)
    return tuple(
        Proof(f"body_paper:{one.id}", one.issued_on, one.kind)
        for one in (institutions.papers(body) if body else [])
        if one.issued_on <= on and (one.expires_on is None or one.expires_on >= on)
    )


def _groups(ward: str, on: date, gates: Gates) -> tuple[Proof, ...]:
    return tuple(
        Proof(f"group:{one.id}", one.formed_on, one.name)
        for one in institutions.groups(ward)
        if one.formed_on <= on
    )


def _tranches(ward: str, on: date, gates: Gates) -> tuple[Tranche, ...]:
    return tuple(
        Tranche(
            f"tranche:{one.id}",
            one.number,
            one.received_on if one.received_on and one.received_on <= on else None,
            _accepted(one, on),
            _ticked(one, on),
            one.report_due_on,
        )
        for one in grants.tranches(ward)
    )


def _accepted(tranche: Any, on: date) -> bool:
    """Whether the chain had accepted the report by the day."""
    report = grants.report(tranche) if tranche.received_on else None
    day = grants.accepted_on(report) if report else None
    return day is not None and day <= on


def _ticked(tranche: Any, on: date) -> frozenset[str]:
    """Papers that are present and correct: ticks have no day, so before today they count from the request."""
    asked = tranche.requested_on
    if on < clock.today() and (asked is None or asked > on):
        return frozenset()
    return frozenset(one.key for one in grants.papers(tranche, on) if one.present and one.correct)


SOURCES: dict[str, Callable[[str, date, Gates], Any]] = {
    "places": _places,
    "sessions": _sessions,
    "decisions": _decisions,
    "criteria": _criteria,
    "lists": _lists,
    "seats": _seats,
    "terms": _terms,
    "papers": _papers,
    "groups": _groups,
    "tranches": _tranches,
}
