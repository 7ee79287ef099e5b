"""A round of the scorecard: opened, rated by groups apart, talked about, promised, followed up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.access.rules import WARD_ROLES
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.monitoring import scorecard
from pendamping.monitoring.models import (
    CardAction,
    CardFollowUp,
    CardMeeting,
    CardRound,
    CardSheet,
)
from pendamping.monitoring.rules import scorecard as rules
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "monitoring"


def entered(by: User, on: date | None = None) -> dict[str, Any]:
    """Who enters something when; ``on``: the day it happened."""
    return {"by": by, "on": on or clock.today(), "entered_on": clock.today(), "entered_at": clock.now()}  # fmt: skip


@action
def open_round(*, by: User, ward: str) -> CardRound:
    """Open the next round with the statements and groups of the guideline; who is rated opens none."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.open_round", ward)
    today = clock.today()
    statements = list(guidelines.section("scorecard_statements", ward, today))
    known = scorecard.rounds(ward)
    running = [one.round.number for one in known if one.discussion is None]
    refuse_if(rules.opening_problems(running, statements))
    made = CardRound.objects.create(
        ward=ward, number=len(known) + 1, statements=statements,
        groups=list(guidelines.section("scorecard_groups", ward, today)), **entered(by),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"card_round:{made.id}", on=today, number=made.number)
    return made


def _running(ward: str, round_id: str) -> CardRound:
    found = CardRound.objects.filter(pk=round_id, ward=ward, discussion__isnull=True).first()
    if found is None:
        raise refuse(
            "monitoring.card.closed", "This round is over: both sides have talked about it."
        )
    return found


@action
def record_sheet(
    *, by: User, ward: str, round_id: str, group: str, on: date, present: int,
    scores: Mapping[str, Sequence[int]], why: str = "",
) -> CardSheet:  # fmt: skip
    """Keep how a group rated, as heads for each score. ``why``: where it takes the place of an earlier sheet."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.record_sheet", ward)
    this = _running(ward, round_id)
    if group not in this.groups:
        raise refuse("monitoring.card.group", "This group does not rate in this round.")
    found = rules.sheet_problems(present, scores, this.statements)
    if not this.on <= on <= clock.today():
        raise refuse(
            "monitoring.card.on", "A group rates from {day} on, when the round was opened, and not later than today.",
            where={"field": "on"}, day=this.on.isoformat(),
        )  # fmt: skip
    refuse_if(found)
    if scorecard.sheets(this).get(group) is not None and not why.strip():
        raise refuse(
            "monitoring.card.why", "This group's sheet is kept already: say why it is typed anew.",
            where={"field": "why"},
        )  # fmt: skip
    made = CardSheet.objects.create(
        ward=ward, round=this, group=group, present=present, why=fitting(why, 200),
        scores={key: list(counts) for key, counts in scores.items()}, **entered(by, on),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"card_sheet:{made.id}", on=on, group=group, present=present,
        scores=made.scores, why=made.why,
    )  # fmt: skip
    return made


@action
def note_meeting(
    *, by: User, ward: str, round_id: str, on: date, place: str, women: int, men: int, notes: str = ""
) -> CardMeeting:  # fmt: skip
    """Both sides talked about the scores; no group rates in this round any more."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.note_meeting", ward)
    this = _running(ward, round_id)
    days = [one.on for one in scorecard.sheets(this).values()]
    refuse_if(rules.discussion_problems(on, days, clock.today(), women, men))
    made = CardMeeting.objects.create(
        ward=ward, round=this, place=fitting(place, 120), women=women, men=men, notes=notes.strip(),
        **entered(by, on),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"card_round:{this.id}", on=on, women=women, men=men)
    return made


@action
def promise(
    *, by: User, ward: str, round_id: str, what: str, role: str, who: str, until: date
) -> CardAction:  # fmt: skip
    """Somebody promises to do something about a score, by a day."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.promise", ward)
    this = CardRound.objects.filter(pk=round_id, ward=ward).first()
    if this is None or role not in WARD_ROLES:
        raise refuse("monitoring.card.unknown", "There is no such round.")
    discussed = CardMeeting.objects.filter(round=this).exists()
    refuse_if(rules.action_problems(what, who, until, clock.today(), discussed))
    made = CardAction.objects.create(
        ward=ward, round=this, what=fitting(what, 300), role=role, who=fitting(who, 120), until=until,
        **entered(by),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"card_action:{made.id}", role=role, until=until.isoformat())
    return made


@action
def follow_up(*, by: User, ward: str, action_id: str, word: str, came_of: str) -> CardFollowUp:
    """Say what became of a promise; done is the last word."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.follow_up", ward)
    this = CardAction.objects.filter(pk=action_id, ward=ward).first()
    if this is None:
        raise refuse("monitoring.card.unknown", "There is no such round.")
    told = list(this.follow_ups.values_list("word", flat=True))
    refuse_if(rules.follow_problems(word, came_of, told))
    made = CardFollowUp.objects.create(
        ward=ward, action=this, word=word, came_of=fitting(came_of, 300), **entered(by)
    )
    record(by=by, ward=ward, record=f"card_action:{this.id}", word=word)
    return made
