"""Residents rate the help: slips with one-time codes, answers that nobody can join to them."""

from collections.abc import Mapping
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation import facts
from pendamping.facilitation.models import Rating, RatingRound, RatingSlip
from pendamping.facilitation.rules import answer_problems, code_of, round_problems
from pendamping.facilitation.rules.rating import CODE_LETTERS
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.ids import new_ids
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "rating"


@action
def open_rating(*, by: User, ward: str, closes_on: date, slips: int) -> RatingRound:
    """Open a round with so many slips; until its last day each answers once.

    Not for facilitators: who is rated does not hand out the slips.
    """
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.open_rating", ward)
    today, rule = clock.today(), facts.rule(ward, clock.today())
    before = RatingRound.objects.filter(ward=ward)
    running = before.filter(closed_on__isnull=True, closes_on__gte=today)
    last_days = list(running.values_list("closes_on", flat=True))
    refuse_if(round_problems(today, closes_on, slips, rule.least_answers, last_days))
    made = RatingRound.objects.create(
        ward=ward, number=before.count() + 1, opened_on=today, closes_on=closes_on, slips=slips,
        least=rule.least_answers, entered_at=clock.now(),
        questions=list(guidelines.section("help_questions", ward, today)),
    )  # fmt: skip
    codes = (each[-CODE_LETTERS:] for each in new_ids())
    RatingSlip.objects.bulk_create(
        RatingSlip(round=made, code=code) for code, _place in zip(codes, range(slips), strict=False)
    )
    record(by=by, ward=ward, record=f"rating:{made.id}", slips=slips, until=closes_on)
    return made


@action
def close_rating(*, by: User, ward: str, round_id: str) -> RatingRound:
    """Close a round before its last day: then it is shown, where enough people answered."""
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.close_rating", ward)
    found = RatingRound.objects.filter(pk=round_id, ward=ward, closed_on__isnull=True).first()
    if found is None or found.closes_on < clock.today():
        raise refuse("facilitation.rating.closed", "This round is closed already.")
    found.closed_on = clock.today()
    found.save(update_fields=["closed_on"])
    record(by=by, ward=ward, record=f"rating:{found.id}")
    return found


@action
def rate(*, by: User, ward: str, code: str, answers: Mapping[str, int]) -> RatingRound:
    """Take what the holder of a slip says, once; ``by`` is the server, for nobody is named.

    ``answers``: from 1 to 4 by question. The trail keeps that a slip was used, not which, nor for what.
    """
    allow(by, "facilitation.rate", ward)
    slip = RatingSlip.objects.select_for_update().filter(code=code_of(code), round__ward=ward)
    found = slip.select_related("round").first()
    if found is None or found.used or not is_open(found.round):
        raise refuse(
            "facilitation.rating.code", "This code is unknown, or it was used already.",
            where={"field": "code"},
        )  # fmt: skip
    refuse_if(answer_problems(answers, found.round.questions))
    found.used = True
    found.save(update_fields=["used"])
    Rating.objects.create(round=found.round, answers=dict(answers))
    record(by=by, ward=ward, record=f"rating:{found.round_id}")
    return found.round


def is_open(one: RatingRound) -> bool:
    """Whether slips of the round still answer."""
    return one.closed_on is None and one.closes_on >= clock.today()
