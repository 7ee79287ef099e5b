"""A study is begun, its codebook grows, its informants are entered."""

from collections.abc import Iterable

from django.utils import translation

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.evidence import facts, labels, rules, secrecy
from pendamping.evidence.models import Code, Informant, InformantName, Study
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.territory import queries as wards
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def start_study(*, by: User, ward: str) -> Study:
    """Begin the ward's study, with the codebook of its guideline's factors."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.start_study", ward)
    if facts.study(ward) is not None:
        raise refuse("evidence.begun_already", N_("The study of this ward was begun already."))
    today, now = clock.today(), clock.now()
    found = wards.ward(ward)
    name = f"P2KP {found.name}" if found else ward
    made = Study.objects.create(ward=ward, name=name, begun_on=today, entered_at=now)
    codes = _standard(ward)
    Code.objects.bulk_create(codes)
    record(by=by, ward=ward, record=f"study:{made.id}", on=today, codes=len(codes))
    return made


def _standard(ward: str) -> list[Code]:
    """The codebook to begin with; it is kept in the guideline's own language, pages show the reader's."""
    today, now = clock.today(), clock.now()
    made: dict[str, Code] = {}
    with translation.override("id"):
        said = labels.factors(ward, today)
        names = {key: str(one["name"]["id"]) for key, one in said.items()}
        kinds = {key: str(one["kind"]) for key, one in said.items()}
        for order, one in enumerate(rules.standard(kinds), 1):
            made[one.key] = Code(
                ward=ward, guid=one.guid, parent=made.get(one.parent), key=one.key, codable=one.codable,
                name=labels.standard_name(one.key, names), colour=one.colour, order=order, entered_at=now,
            )  # fmt: skip
    return list(made.values())


@action
def add_code(*, by: User, ward: str, name: str, parent_id: str = "", note: str = "") -> Code:
    """A code of one's own, at the end of those under ``parent_id``; it speaks for the factor above it."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.add_code", ward)
    facts.begun(ward)
    parent = Code.objects.filter(pk=parent_id, ward=ward).first() if parent_id else None
    if parent_id and parent is None:
        raise facts.unknown()
    here = Code.objects.filter(ward=ward)
    beside = here.filter(parent=parent).values_list("name", flat=True)
    refuse_if(rules.code_problems(name, beside))
    key, last = new_id(), here.order_by("-order").first()
    made = Code.objects.create(
        id=key, ward=ward, guid=rules.guid_of(key), parent=parent, name=fitting(" ".join(name.split()), 300),
        note=fitting(note, 2000), order=last.order + 1 if last else 1, entered_at=clock.now(),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"code:{made.id}", on=clock.today(), name=made.name)
    return made


@action
def add_informant(
    *, by: User, ward: str, criterion: str, who: str, knows: Iterable[str], sex: str = "", name: str = ""
) -> Informant:  # fmt: skip
    """An informant, chosen by a criterion; the next code is given. ``name`` is sealed and lies apart."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.add_informant", ward)
    facts.begun(ward)
    chosen = [key for key in rules.KNOWS if key in set(knows)]
    refuse_if(rules.informant_problems(criterion, who, chosen))
    key = new_id()
    made = Informant.objects.create(
        id=key, ward=ward, guid=rules.guid_of(key), code=_next_code(ward), criterion=fitting(criterion, 300),
        who=fitting(who, 120), knows=";".join(chosen), sex=sex, entered_at=clock.now(),
    )  # fmt: skip
    if name.strip():
        InformantName.objects.create(
            informant=made, sealed=secrecy.seal(made.id, fitting(name, 120))
        )
    record(
        by=by, ward=ward, record=f"informant:{made.id}", on=clock.today(), code=made.code,
        criterion=made.criterion, knows=made.knows,
    )  # fmt: skip
    return made


def _next_code(ward: str) -> str:
    """``I-01`` and on, past every code that is taken."""
    taken = set(Informant.objects.filter(ward=ward).values_list("code", flat=True))
    number = len(taken) + 1
    while f"I-{number:02d}" in taken:
        number += 1
    return f"I-{number:02d}"


@action
def reveal_informant(*, by: User, ward: str, informant_id: str, why: str) -> str:
    """The name behind a code, with a reason; the trail keeps who asked, and why."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.reveal_informant", ward)
    found = InformantName.objects.filter(informant_id=informant_id, informant__ward=ward).first()
    if found is None:
        raise facts.unknown()
    if not why.strip():
        raise refuse("evidence.why", N_("Say what you need the name for."), where={"field": "why"})
    record(
        by=by, ward=ward, record=f"informant:{informant_id}", on=clock.today(),
        why=fitting(why, 200),
    )  # fmt: skip
    return secrecy.reveal(informant_id, found.sealed)
