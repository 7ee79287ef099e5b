"""A sample of borrowers is drawn, somebody is asked in the place of another, interviews are kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.monitoring import outcomes
from pendamping.monitoring.actions.scorecard import DESK, entered
from pendamping.monitoring.models import Asked, Interview, Sample
from pendamping.monitoring.reading import rule
from pendamping.monitoring.rules import outcomes as rules
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

TAKES_MONEY = ("treasurer", "bookkeeper")


@action
def draw_sample(*, by: User, ward: str, size: int, seed: str = "") -> Sample:
    """Draw so many borrowers to be asked; ``seed``: kept, so that the draw can be done again (default: a new one)."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.draw_sample", ward)
    _not_the_till(by, ward)
    today = clock.today()
    known, frame = outcomes.samples(ward), outcomes.frame(ward, today)
    refuse_if(rules.drawing_problems(size, len(frame), sum(len(one.waiting) for one in known)))
    least = rule(ward, today, "sample_behind", outcomes.LEAST_BEHIND)
    made = Sample.objects.create(
        ward=ward, number=len(known) + 1, seed=fitting(seed or new_id()[10:], 60), size=size,
        frame=dict(Counter(one.stratum for one in frame)),
        questions=list(outcomes.questions(ward, today)), **entered(by),
    )  # fmt: skip
    drawn = rules.draw(frame, made.seed, size, least)
    Asked.objects.bulk_create(
        Asked(ward=ward, sample=made, place=place, person_id=one.person, loan=one.loan, group=one.group,
              stratum=one.stratum, **entered(by))
        for place, one in enumerate(drawn, 1)
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"sample:{made.id}", seed=made.seed, size=size, drawn=len(drawn)
    )
    return made


def _not_the_till(by: User, ward: str) -> None:
    if set(access.roles(by, ward)) & set(TAKES_MONEY):
        raise refuse(
            "monitoring.interview.treasurer",
            "Who takes the instalments does not ask borrowers: they would not answer freely.",
        )


def _asked(ward: str, asked_id: str) -> Asked:
    found = Asked.objects.select_related("sample").filter(pk=asked_id, ward=ward).first()
    if found is None:
        raise refuse("monitoring.interview.unknown", "Nobody was drawn here under this address.")
    return found


@action
def ask_instead(*, by: User, ward: str, asked_id: str, why: str) -> Asked:
    """Somebody could not be asked: the next in the order of the draw takes their place, with the reason."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.ask_instead", ward)
    _not_the_till(by, ward)
    this = _asked(ward, asked_id)
    if this.interviews.exists() or Asked.objects.filter(instead_of=this).exists():
        raise refuse("monitoring.interview.over", "They were asked already, or somebody stands in their place.")  # fmt: skip
    if not why.strip():
        raise refuse("monitoring.interview.why", "Say why they cannot be asked.", where={"field": "why"})  # fmt: skip
    drawn = Asked.objects.filter(sample=this.sample)
    taken = set(drawn.values_list("person_id", flat=True))
    frame = outcomes.frame(ward, clock.today())
    one = rules.instead(frame, this.sample.seed, this.stratum, taken)
    if one is None:
        raise refuse("monitoring.interview.nobody", "Nobody is left who could be asked instead.")
    made = Asked.objects.create(
        ward=ward, sample=this.sample, place=drawn.count() + 1, person_id=one.person, loan=one.loan,
        group=one.group, stratum=one.stratum, instead_of=this, why=fitting(why, 200), **entered(by),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"asked:{made.id}", sample=this.sample_id, place=made.place)
    return made


@action
def record_interview(
    *, by: User, ward: str, asked_id: str, on: date, answers: Mapping[str, Sequence[str]], note: str = "",
    why: str = "",
) -> Interview:  # fmt: skip
    """Keep what somebody told. ``why``: where it takes the place of an earlier one. The trail keeps no answer."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.record_interview", ward)
    _not_the_till(by, ward)
    this = _asked(ward, asked_id)
    known = outcomes.questions(ward, clock.today())
    asked = {key: known[key] for key in this.sample.questions if key in known}
    refuse_if(rules.interview_problems(answers, asked, this.sample.on, on, clock.today()))
    if Asked.objects.filter(instead_of=this).exists():
        raise refuse("monitoring.interview.replaced", "Somebody else is asked in their place.")
    if this.interviews.exists() and not why.strip():
        raise refuse(
            "monitoring.interview.again", "This interview is kept already: say why it is typed anew.",
            where={"field": "why"},
        )  # fmt: skip
    made = Interview.objects.create(
        ward=ward, asked=this, answers={key: list(given) for key, given in answers.items() if given},
        note=fitting(note, 500), why=fitting(why, 200), **entered(by, on),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"asked:{this.id}", on=on, questions=len(made.answers))
    return made
