"""A complaint comes in; its slip; who is behind it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.complaints import facts, queries, secrecy
from pendamping.complaints.actions.taking import in_hand, not_about, note, step, take
from pendamping.complaints.models import STATUSES, Complaint, Concern, Told
from pendamping.complaints.rules import Wanted, intake_problems, same_name
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.writing import action, once_per_request, sent_before

DESK = "complaints"
PERSON = ("name", "contact", "address", "against")
LONGEST = 300


def _already(asked: Mapping[str, Any]) -> Complaint | None:
    found = Complaint.objects.filter(ward=asked["ward"], request=asked["request_id"])
    made = found.select_related("told").first()
    if made is not None and not _says(made, asked):
        raise sent_before()
    return made


def _says(made: Complaint, asked: Mapping[str, Any]) -> bool:
    """Whether the form asks for just this complaint; what it is about may have been put right since."""
    own = asked["by"].username == "system"  # the page knows the day of what a resident sends
    sex = asked.get("sex", "")
    what = (
        (asked["channel"], sex if sex in ("L", "P") else "", asked.get("level") or made.level),
        None if own else asked["received_on"],
        _typed({"text": asked["text"], "hope": asked.get("hope", "")}),
        _typed({key: (asked.get("person") or {}).get(key, "") for key in PERSON}),
    )
    kept = (
        (made.channel, made.sex, made.level),
        None if own else made.received_on,
        secrecy.reveal(made.id, "said", made.told.said),
        secrecy.reveal(made.id, "person", made.told.person),
    )
    return what == kept and (made.steps.filter(kind="sorted").exists() or _about(made, asked))


def _about(made: Complaint, asked: Mapping[str, Any]) -> bool:
    was = (made.kind, made.scope, made.about, made.subject, made.misuse, made.amount)
    subject = " ".join(asked.get("subject", "").split())
    rest = (subject, asked.get("misuse", False), asked.get("amount"))
    return was == (asked["kind"], asked["scope"], asked["about"], *rest)


def _typed(said: Mapping[str, str]) -> dict[str, str]:
    """What is sealed of it: nothing of what was left empty."""
    return {key: text.strip() for key, text in said.items() if text.strip()}


@once_per_request(_already)
@action
def receive(
    *,
    by: User,
    ward: str,
    request_id: str,
    received_on: date,
    channel: str,
    kind: str,
    scope: str,
    about: str,
    text: str,
    hope: str = "",
    misuse: bool = False,
    amount: int | None = None,
    sex: str = "",
    subject: str = "",
    level: str = "",
    person: dict[str, str] | None = None,
) -> Complaint:
    """Take a complaint in. ``by`` is the server where somebody without account hands it in.

    ``person``: ``name``, ``contact``, ``address`` of who complains, ``against``: whom it is about; each may be
    missing. The code of its slip is read back with ``queries.code``.
    """
    territory.take_turn(ward, DESK)
    allow(by, "complaints.receive", ward)
    today, who = (
        clock.today(),
        {key: fitting((person or {}).get(key, ""), LONGEST) for key in PERSON},
    )
    rule, named = facts.rule_on(ward, today), bool(who["name"] or who["contact"])
    level = level or rule.levels[0].key
    wanted = Wanted(received_on, channel, kind, scope, about, text, misuse, amount, level, named)
    refuse_if(intake_problems(wanted, rule, facts.known(ward, today), today))
    code = secrecy.new_code()
    of_year = Complaint.objects.filter(ward=ward, year=received_on.year)
    made = Complaint.objects.create(
        ward=ward, year=received_on.year, number=of_year.count() + 1, received_on=received_on,
        entered_on=today, entered_at=clock.now(), channel=channel, kind=kind, scope=scope, about=about,
        subject=fitting(" ".join(subject.split()), 120), misuse=misuse, amount=amount,
        sex=sex if sex in ("L", "P") else "", level=level, rule=rule.as_json(),
        guideline_version=guidelines.version(ward, today), code_hash=secrecy.code_hash(code),
        request=request_id[:40] or new_id(),
    )  # fmt: skip
    _seal(made, code, {"text": fitting(text, 2000), "hope": fitting(hope, 500)}, who)
    Concern.objects.bulk_create(concerned_of(made, who["against"]))
    step(made, "received", None if by.username == "system" else by, on=received_on, level=level)
    note(made, by, on=received_on, channel=channel, kind=kind, scope=scope, amount=amount or 0)
    return made


def _seal(made: Complaint, code: str, said: dict[str, str], who: dict[str, str]) -> None:
    Told.objects.create(
        complaint=made,
        said=secrecy.seal(made.id, "said", said),
        person=secrecy.seal(made.id, "person", who),
        code=secrecy.seal(made.id, "code", {"code": code}),
        anonymous=not (who["name"] or who["contact"]),
    )


def concerned_of(made: Complaint, against: str) -> list[Concern]:
    """Whoever of those who could handle it bears the name that the complaint gives: they are concerned."""
    if not against:
        return []
    kept = facts.rule(made)
    people = {user.pk: user for level in kept.levels for user in facts.hands(made.ward, level.key)}
    return [
        Concern(complaint=made, user=user)
        for user in people.values()
        if same_name(against, user.name)
    ]


@action
def print_slip(*, by: User, ward: str, complaint_id: str) -> str:
    """The code of a complaint for its complainant's slip: for whoever took it in, on that day alone.

    Who answers a complaint shall not be able to say with its code that it is settled.
    """
    found = take(ward, complaint_id, STATUSES)
    allow(by, "complaints.print_slip", ward)
    not_about(found, by)
    if not queries.may_print(found, by):
        text = N_("The slip is printed by whoever took the complaint in, on that day.")
        raise refuse("complaints.slip", text)
    note(found, by)
    return secrecy.reveal(found.id, "code", found.told.code)["code"]


@action
def reveal_person(*, by: User, ward: str, complaint_id: str, why: str) -> dict[str, str]:
    """Who complained and whom it is about: only to whom it is in hand, with a reason, kept in the trail."""
    found = take(ward, complaint_id, ("open", "answered", "closed"))
    allow(by, "complaints.reveal_person", ward)
    in_hand(found, by)
    if not why.strip():
        raise refuse(
            "complaints.why", N_("Say what you need the name for."), where={"field": "why"}
        )
    if queries.travelled(found):
        text = N_("It came with the ward's package: who complained stayed on the other server.")
        raise refuse("complaints.travelled", text)
    note(found, by, why=fitting(why, 200))
    return secrecy.reveal(found.id, "person", found.told.person)


@action
def name_concerned(*, by: User, ward: str, complaint_id: str, username: str) -> Complaint:
    """Note that a complaint is about somebody with an account: from now on they neither see nor handle it."""
    found = take(ward, complaint_id, ("open", "answered"))
    allow(by, "complaints.name_concerned", ward)
    in_hand(found, by)
    user = access.user(username)
    if user is None or user.pk == by.pk:
        text = N_("Choose somebody else who has an account here.")
        raise refuse("complaints.concerned", text, where={"field": "username"})
    Concern.objects.get_or_create(complaint=found, user=user)
    note(found, by, user=user.username)
    return found
