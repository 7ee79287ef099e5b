"""Sources come in, are corrected by another that takes their place, and may be quoted or not."""

import hashlib
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.evidence import facts, rules
from pendamping.evidence.models import Coding, Informant, Passage, Source, Tie
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


def seal_of(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@action
def add_source(
    *, by: User, ward: str, kind: str, title: str, text: str, on: date | None = None, place: str = "",
    informant_id: str = "", interviewer: str = "", consent: bool = False,
) -> Source:  # fmt: skip
    """A text is taken in. ``consent``: what it says may be quoted, by code. The text never changes."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.add_source", ward)
    facts.begun(ward)
    informant = Informant.objects.filter(pk=informant_id, ward=ward).first()
    kept = rules.cleaned(text)
    refuse_if(rules.source_problems(kind, title, kept, on, clock.today(), informant is not None))
    made = _made(
        by, ward, kept, kind=kind, title=fitting(title, 200), on=on, place=fitting(place, 200),
        informant=informant, interviewer=fitting(interviewer, 120), consent=consent,
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"source:{made.id}", on=clock.today(), kind=kind, seal=made.seal,
        signs=len(kept), consent=consent,
    )  # fmt: skip
    return made


def _made(by: User, ward: str, text: str, **told: Any) -> Source:
    key = new_id()
    return Source.objects.create(
        id=key, ward=ward, guid=rules.guid_of(key), text=text, seal=seal_of(text), user=by,
        entered_on=clock.today(), entered_at=clock.now(), **told,
    )  # fmt: skip


@action
def correct_source(*, by: User, ward: str, source_id: str, text: str, why: str) -> Source:
    """A corrected text takes the place of one; passages in sentences that stayed as they were go over with it.

    Both texts stay readable. The record says how many passages stayed behind, for they have to be coded anew.
    """
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.correct_source", ward)
    old, kept = facts.source(ward, source_id), rules.cleaned(text)
    refuse_if(rules.text_problems(kept))
    if kept == old.text:
        raise refuse("evidence.same", N_("Nothing in the text is different."), where={"field": "text"})  # fmt: skip
    if not why.strip():
        raise refuse("evidence.why_corrected", N_("Say what was wrong."), where={"field": "why"})
    new = _made(
        by, ward, kept, kind=old.kind, title=old.title, on=old.on, place=old.place, informant=old.informant,
        interviewer=old.interviewer, consent=old.consent, replaces=old,
    )  # fmt: skip
    stay = _carry_over(by, old, new)
    record(
        by=by, ward=ward, record=f"source:{new.id}", on=clock.today(), replaces=old.id, seal=new.seal,
        why=fitting(why, 200), left_behind=stay,
    )  # fmt: skip
    return new


def _carry_over(by: User, old: Source, new: Source) -> int:
    """Passages with their codes and records go into the corrected text; how many could not."""
    passages = list(old.passages.prefetch_related("codings", "ties").order_by("id"))
    places = rules.moved(old.text, new.text, {(one.start, one.end) for one in passages})
    stay = 0
    for one in passages:
        codes = [each for each in one.codings.all() if each.withdrawn_on is None]
        place = places.get((one.start, one.end))
        if place is None:
            stay += bool(codes)
            continue
        made = passage_at(by, new, place)
        for each in codes:
            give_code(by, made, each.code_id)
        for tie in one.ties.all():
            if tie.withdrawn_on is None:
                Tie.objects.create(
                    passage=made, record=tie.record, on=clock.today(), user=by, entered_at=clock.now()
                )  # fmt: skip
    return stay


def passage_at(by: User, source: Source, span: rules.Span) -> Passage:
    """A step of other actions: the passage of a place; one that is there already is taken."""
    start, end = span
    found = source.passages.filter(start=start, end=end).order_by("id").first()
    if found is not None:
        return found
    key = new_id()
    return Passage.objects.create(
        id=key, guid=rules.guid_of(key), source=source, start=start, end=end, user=by, entered_at=clock.now()
    )  # fmt: skip


def give_code(by: User, passage: Passage, code_id: str) -> bool:
    """A step of other actions: a passage has a code; whether it did not have it before."""
    if passage.codings.filter(code_id=code_id, withdrawn_on__isnull=True).exists():
        return False
    key = new_id()
    Coding.objects.create(
        id=key, guid=rules.guid_of(key), passage=passage, code_id=code_id, on=clock.today(), user=by,
        entered_at=clock.now(),
    )  # fmt: skip
    return True


@action
def note_consent(*, by: User, ward: str, source_id: str, consent: bool) -> Source:
    """Whether what a source says may be quoted: given, or taken back. From then on no page quotes it otherwise."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.note_consent", ward)
    found = facts.source(ward, source_id)
    if found.consent == consent:
        raise refuse("evidence.consent_known", N_("That is noted already."))
    found.consent = consent
    found.save(update_fields=["consent"])
    record(by=by, ward=ward, record=f"source:{found.id}", on=clock.today(), consent=consent)
    return found
