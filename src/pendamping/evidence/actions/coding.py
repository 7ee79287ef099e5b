"""Passages are given codes, memos and records of the programme; codes and records can be taken back."""

from collections.abc import Iterable
from typing import TypeVar

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.evidence import facts, rules
from pendamping.evidence.actions.sources import give_code, passage_at
from pendamping.evidence.models import Code, Coding, Memo, Passage, Source, Tie
from pendamping.evidence.ties import known_record
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

One = TypeVar("One", Coding, Tie)


@action
def code_passage(
    *, by: User, ward: str, source_id: str, spans: Iterable[rules.Span], codes: Iterable[str], memo: str = ""
) -> list[Passage]:  # fmt: skip
    """Give codes to places of a source (code points); the same code is not given twice to the same place."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.code_passage", ward)
    source = facts.source(ward, source_id)
    places = rules.joined(source.text, spans)
    found = facts.codable(ward, list(codes))
    refuse_if(rules.coding_problems(places, [one.id for one in found], len(source.text)))
    made, given = [passage_at(by, source, place) for place in places], 0
    for passage in made:
        given += sum(give_code(by, passage, one.id) for one in found)
    if not given:
        text = N_("This passage has these codes already.")
        raise refuse("evidence.coded", text, where={"field": "codes"})
    if memo.strip():
        _noted(by, ward, [f"passage:{one.id}" for one in made], memo)
    record(
        by=by, ward=ward, record=f"source:{source.id}", on=clock.today(),
        places=[list(place) for place in places], codes=[one.id for one in found],
    )  # fmt: skip
    return made


@action
def take_back_coding(*, by: User, ward: str, coding_id: str) -> Coding:
    """A passage loses a code; that it had it stays readable."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.take_back_coding", ward)
    found = _standing(Coding, ward, coding_id)
    found.withdrawn_on = clock.today()
    found.save(update_fields=["withdrawn_on"])
    record(
        by=by, ward=ward, record=f"passage:{found.passage_id}", on=clock.today(), code=found.code_id
    )
    return found


def _standing(model: type[One], ward: str, key: str) -> One:
    found = (
        model.objects.select_for_update()
        .filter(pk=key, passage__source__ward=ward, withdrawn_on__isnull=True)
        .first()
    )
    if found is None:
        raise facts.unknown()
    return found


@action
def add_memo(*, by: User, ward: str, about: str, text: str) -> Memo:
    """A thought on ``code:<id>``, ``source:<id>`` or ``passage:<id>``."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.add_memo", ward)
    if not _there(ward, about):
        raise facts.unknown()
    if not text.strip():
        raise refuse("evidence.memo", N_("Write what you think."), where={"field": "text"})
    made = _noted(by, ward, [about], text)
    record(by=by, ward=ward, record=f"memo:{made.id}", on=clock.today(), about=about)
    return made


def _there(ward: str, about: str) -> bool:
    kind, _colon, key = about.partition(":")
    return {
        "code": Code.objects.filter(ward=ward, pk=key),
        "source": Source.objects.filter(ward=ward, pk=key),
        "passage": Passage.objects.filter(source__ward=ward, pk=key),
    }.get(kind, Code.objects.none()).exists()


def _noted(by: User, ward: str, about: list[str], text: str) -> Memo:
    key = new_id()
    return Memo.objects.create(
        id=key, ward=ward, guid=rules.guid_of(key), about=about, text=fitting(text, 4000), on=clock.today(),
        user=by, entered_at=clock.now(),
    )  # fmt: skip


@action
def tie_record(*, by: User, ward: str, passage_id: str, record_key: str) -> Tie:
    """A passage is about a record of the programme, named as the trail names it: ``meeting:<id>``."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.tie_record", ward)
    passage = Passage.objects.filter(pk=passage_id, source__ward=ward).first()
    if passage is None:
        raise facts.unknown()
    if not known_record(ward, record_key):
        text = N_("Choose a record of this ward.")
        raise refuse("evidence.record", text, where={"field": "record_key"})
    if passage.ties.filter(record=record_key, withdrawn_on__isnull=True).exists():
        raise refuse("evidence.tied", N_("It is joined to this record already."))
    made = Tie.objects.create(
        passage=passage, record=record_key, on=clock.today(), user=by, entered_at=clock.now()
    )
    record(by=by, ward=ward, record=f"passage:{passage.id}", on=clock.today(), to=record_key)
    return made


@action
def untie_record(*, by: User, ward: str, tie_id: str) -> Tie:
    """A passage is not about a record after all."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.untie_record", ward)
    found = _standing(Tie, ward, tie_id)
    found.withdrawn_on = clock.today()
    found.save(update_fields=["withdrawn_on"])
    record(
        by=by, ward=ward, record=f"passage:{found.passage_id}", on=clock.today(), to=found.record
    )
    return found
