"""Trainings: planned without double bookings, held with a roll that counts for groups at once."""

from collections.abc import Collection, Sequence
from datetime import date, time

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation import bookings, facts, queries
from pendamping.facilitation.models import Participant, Trainer, Training
from pendamping.facilitation.rules import (
    Came,
    clashes,
    roll_problems,
    roll_seal,
    trained,
    training_problems,
)
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "trainings"  # one turn for all wards: a trainer may be asked in two at the same moment


@action
def plan_training(
    *,
    by: User,
    ward: str,
    module: str,
    on: date,
    starts: time,
    ends: time,
    place: str,
    lessons: int,
    trainers: Sequence[str],
    persons: Collection[str] = (),
) -> Training:
    """Plan a training (also one that was held already, before its roll is entered).

    ``trainers``: names. ``persons``: ids of residents who are asked to come. Refused with every double
    booking of the place, a trainer or a person at the same time.
    """
    territory.take_turn("", DESK)
    allow(by, "facilitation.plan_training", ward)
    text = guidelines.in_force(ward, on)
    people = bookings.people(ward, persons)
    new = bookings.Booking(
        on, starts, ends, room=bookings.key_of(place), trainers=bookings.by_key(trainers),
        persons={key: one.name for key, one in people.items()},
    )  # fmt: skip
    known = text.section("training_modules")
    reasons = training_problems(new, lessons, module, known, text.code)
    refuse_if(reasons + clashes(new, bookings.others(ward, on)))
    training = Training.objects.create(
        ward=ward, module=module, on=on, starts=starts, ends=ends,
        place=fitting(" ".join(place.split()), 120), place_key=new.room, lessons=lessons,
        entered_on=clock.today(), entered_at=clock.now(),
    )  # fmt: skip
    Trainer.objects.bulk_create(
        Trainer(training=training, key=key, name=name) for key, name in new.trainers.items()
    )
    _ask(training, people.values())
    record(
        by=by, ward=ward, record=f"training:{training.id}", on=on, module=module, lessons=lessons,
        asked=len(people),
    )  # fmt: skip
    return training


def _ask(training: Training, people: Collection[households.Resident]) -> None:
    Participant.objects.bulk_create(
        Participant(training=training, person_id=one.id, name=one.name, sex=one.sex)
        for one in people
    )


@action
def ask_persons(*, by: User, ward: str, training_id: str, persons: Collection[str]) -> Training:
    """Ask more residents to a training whose roll is not kept yet; whoever is asked already stays."""
    territory.take_turn("", DESK)
    training = _planned(ward, training_id)
    allow(by, "facilitation.ask_persons", ward)
    there = set(training.participants.values_list("person_id", flat=True))
    people = {
        key: one for key, one in bookings.people(ward, persons).items() if one.id not in there
    }
    if not people:
        raise refuse(
            "facilitation.training.nobody", "Nobody new was chosen.", where={"field": "audience"}
        )
    more = bookings.Booking(
        training.on, training.starts, training.ends,
        persons={key: one.name for key, one in people.items()},
    )  # fmt: skip
    refuse_if(clashes(more, bookings.others(ward, training.on, but=training.id)))
    _ask(training, people.values())
    record(by=by, ward=ward, record=f"training:{training.id}", on=training.on, asked=len(people))
    return training


@action
def record_training(
    *, by: User, ward: str, training_id: str, came: Sequence[Came], seen: str = ""
) -> tuple[Training, list[str]]:
    """Keep the roll of a training with its scores; it counts at once for every group of which enough came.

    Returns the training and the ids of the groups for which it is noted as their step now. ``seen``: the
    mark of the roll that the page showed, none where nobody read one.
    """
    territory.take_turn("", DESK)
    training = _planned(ward, training_id)
    allow(by, "facilitation.record_training", ward)
    women, _changed, roll = _keep(training, came, seen)
    training.status, training.recorded_on = "held", clock.today()
    training.save(update_fields=["status", "recorded_on"])
    record(
        by=by, ward=ward, record=f"training:{training.id}", on=training.on, came=len(came),
        women=women, roll=roll,
    )  # fmt: skip
    return training, _note_steps(by, training, [one.person for one in came])


def _keep(
    training: Training, came: Sequence[Came], seen: str
) -> tuple[int, dict[str, list[int | bool | None]], str]:
    """Write who came with which scores; returns how many women, what stood there of whoever changed, and
    the seal of the roll as it is now."""
    rows = {one.person_id: one for one in training.participants.all()}
    invited = {person: one.name for person, one in rows.items()}
    refuse_if(roll_problems(came, invited, training.on, clock.today()))
    scores = {one.person: one for one in came}
    said = [[one, one in scores, *_scores(scores.get(one))] for one in sorted(rows)]
    refuse_if(overtaken(seen, queries.roll_rows(training), said))
    was: dict[str, list[int | bool | None]] = {}
    for person, row in rows.items():
        stood, score = [row.came, row.before, row.after], scores.get(person)
        row.came = score is not None
        row.before, row.after = _scores(score)
        if stood != [row.came, row.before, row.after]:
            was[person] = stood
    Participant.objects.bulk_update(rows.values(), ["came", "before", "after"])
    seal = roll_seal((one.person_id, one.came, one.before, one.after) for one in rows.values())
    return sum(rows[person].sex == "P" for person in scores), was, seal


def _scores(came: Came | None) -> tuple[int | None, int | None]:
    return (came.before, came.after) if came else (None, None)


@action
def correct_training(
    *, by: User, ward: str, training_id: str, came: Sequence[Came], why: str, seen: str = ""
) -> tuple[Training, list[str]]:
    """Put right the roll of a training that was held, and why; what stood there before is in the trail.

    Refused where nothing changes, without a reason, and where the training would no longer count for a
    group that has it noted as its step. Returns what :func:`record_training` does.
    """
    territory.take_turn("", DESK)
    training = _in_state(ward, training_id, "held")
    allow(by, "facilitation.correct_training", ward)
    if not why.strip():
        raise refuse(
            "facilitation.training.why", "Say why it is corrected.", where={"field": "why"}
        )
    people = [one.person for one in came]
    refuse_if(_counts_no_longer(training, people))
    women, was, roll = _keep(training, came, seen)
    if not was:
        raise refuse(
            "facilitation.training.same", "The roll says this already; nothing was changed."
        )
    record(
        by=by, ward=ward, record=f"training:{training.id}", on=training.on, came=len(came),
        women=women, was=was, roll=roll, why=fitting(why, 200),
    )  # fmt: skip
    return training, _note_steps(by, training, people)


def _counts_no_longer(training: Training, came: Collection[str]) -> list[Reason]:
    """Groups that have this training as their step and of which too few would have come."""
    ward, on = training.ward, training.on
    percent, there = facts.rule(ward, on).group_members_percent, households.every_id(came)
    stood = [one.person_id for one in training.participants.all() if one.came]
    found = {group.id: group for of in groups.groups_of(ward, stood, on).values() for group in of}
    return [
        Reason(
            "facilitation.training.counted",
            N_("This training is noted as a step of {group}, of which too few would have come by this roll."),
            {"group": group.name},
            {"group": key},
        )
        for key, group in sorted(found.items())
        if any((step.kind, step.module, step.on) == ("training", training.module, on) for step in groups.steps(key))
        and not trained(there, groups.member_ids(key, on), percent)
    ]  # fmt: skip


def _note_steps(by: User, training: Training, came: list[str]) -> list[str]:
    """The training is noted as the step of each group of which enough came, once."""
    ward, on = training.ward, training.on
    percent = facts.rule(ward, on).group_members_percent
    there = households.every_id(came)
    found = {group.id for of in groups.groups_of(ward, came, on).values() for group in of}
    noted = []
    for group in sorted(found):
        had = {step.module for step in groups.steps(group) if step.kind == "training"}
        members = groups.member_ids(group, on)
        if training.module in had or not trained(there, members, percent):
            continue
        with translation.override("id"):
            numbers = {"came": len(set(members) & there), "members": len(members)}
            evidence = _("Roll of the training: %(came)s of %(members)s members") % numbers
        institutions.record_step(
            by=by, ward=ward, group_id=group, kind="training", module=training.module, on=on,
            evidence=evidence,
        )  # fmt: skip
        noted.append(group)
    return noted


@action
def call_off_training(*, by: User, ward: str, training_id: str, why: str) -> Training:
    """A training will not be held, or nobody came, and why; its people and its place are free again."""
    training = _planned(ward, training_id)
    allow(by, "facilitation.call_off_training", ward)
    if not why.strip():
        raise refuse(
            "facilitation.training.why", "Say why it is called off.", where={"field": "why"}
        )
    training.status, training.called_off_why = "called_off", fitting(why, 200)
    training.save(update_fields=["status", "called_off_why"])
    record(by=by, ward=ward, record=f"training:{training.id}", on=training.on, called_off=True)
    return training


def _planned(ward: str, training_id: str) -> Training:
    return _in_state(ward, training_id, "planned")


def _in_state(ward: str, training_id: str, status: str) -> Training:
    found = Training.objects.select_for_update().filter(pk=training_id, ward=ward).first()
    if found is not None and status == "held" != found.status:
        raise refuse("facilitation.training.open", "Only a roll that is kept can be corrected.")
    if found is None or found.status != status:
        raise refuse(
            "facilitation.training.unknown",
            "There is no such training in this ward whose roll is still open.",
            where={"training": training_id},
        )
    return found
