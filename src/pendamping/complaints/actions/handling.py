"""What those do in whose hands a complaint lies."""

from collections.abc import Mapping
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.complaints import facts, secrecy
from pendamping.complaints.actions.taking import in_hand, keep, not_about, note, step, take
from pendamping.complaints.models import Complaint, Step
from pendamping.complaints.rules import (
    ABOUT,
    closing_problems,
    pass_problems,
    recovered_problems,
)
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.writing import action, once_per_request, own_id, sent_before

RUNNING = ("open", "answered")
MATTER = "complaints"


def subject_of(one: Complaint) -> str:
    """Under which subject a meeting decides the answer to a complaint."""
    return f"complaints.answer:{one.id}"


@action
def acknowledge(*, by: User, ward: str, complaint_id: str, text: str = "") -> Complaint:
    """Tell the complainant that it came in and who sees to it; they read ``text`` with their code."""
    found = take(ward, complaint_id, ("open",))
    allow(by, "complaints.acknowledge", ward)
    in_hand(found, by)
    if found.acknowledged_on:
        raise refuse("complaints.acknowledged", N_("Its receipt was confirmed already."))
    found.acknowledged_on = clock.today()
    keep(found, "acknowledged_on")
    step(found, "acknowledged", by, text=text, shown=True)
    note(found, by)
    return found


@action
def sort(
    *,
    by: User,
    ward: str,
    complaint_id: str,
    kind: str,
    scope: str,
    about: str,
    subject: str,
    misuse: bool,
    amount: int | None,
) -> Complaint:
    """Say what kind of complaint it is, once it was studied; ``subject`` is for the register and names nobody."""
    found = take(ward, complaint_id, RUNNING)
    allow(by, "complaints.sort", ward)
    in_hand(found, by)
    known, rule = facts.known(ward, found.received_on), facts.rule(found)
    checks = (
        (kind not in known["kinds"], "kind", N_("The guideline knows no such kind of complaint.")),
        (scope not in known["scopes"], "scope", N_("The guideline knows no such scope of a complaint.")),
        (about not in ABOUT, "about", N_("Say what it is about.")),
        (amount is not None and amount <= 0, "amount", N_("Say the amount in whole rupiah.")),
        (amount is not None and amount < found.recovered, "amount", N_("More than that came back already.")),
        (amount is None and found.recovered > 0, "amount", N_("More than that came back already.")),
        (misuse and amount is None and rule.amount_if_misuse, "amount",
         N_("Where money was misused, say how much, as near as it is known.")),
    )  # fmt: skip
    refuse_if(
        Reason("complaints.sort", text, {}, {"field": name})
        for wrong, name, text in checks
        if wrong
    )
    found.kind, found.scope, found.about = kind, scope, about
    found.misuse, found.amount, found.subject = (
        misuse,
        amount,
        fitting(" ".join(subject.split()), 120),
    )
    keep(found, "kind", "scope", "about", "misuse", "amount", "subject")
    step(found, "sorted", by, amount=amount)
    note(found, by, kind=kind, scope=scope, about=about, amount=amount or 0)
    return found


@action
def add_note(
    *, by: User, ward: str, complaint_id: str, text: str, told: str = "", shown: bool = False
) -> Complaint:
    """Keep what was found out or done. ``told``: who was told of it; ``shown``: the complainant reads it.

    Whoever handles complaints in the ward may add to one that lies at another level.
    """
    found = take(ward, complaint_id, RUNNING)
    allow(by, "complaints.add_note", ward)
    not_about(found, by)
    if not text.strip():
        raise refuse(
            "complaints.note", N_("Write what was found out or done."), where={"field": "text"}
        )
    said = f"{fitting(told, 200)}: {text.strip()}" if told.strip() else text
    step(found, "told" if told.strip() else "noted", by, text=said, shown=shown)
    note(found, by, told=bool(told.strip()))
    return found


@action
def pass_on(*, by: User, ward: str, complaint_id: str, level: str, why: str) -> Complaint:
    """Pass a complaint to the level that it belongs to; its clock begins there. The complainant reads why."""
    found = take(ward, complaint_id, ("open",))
    allow(by, "complaints.pass_on", ward)
    in_hand(found, by)
    now = facts.stands(found, clock.today())
    refuse_if(pass_problems(facts.rule(found), now.level, level, why))
    step(found, "passed", by, level=level, text=why, shown=True)
    note(found, by, level=level)
    return found


@action
def answer(*, by: User, ward: str, complaint_id: str, text: str, meeting_id: str = "") -> Complaint:
    """Offer a solution or an explanation; the clock stops until the complainant says whether it settles it.

    Where misuse is alleged and the guideline asks for it, a meeting has decided the answer first: nobody
    settles such a thing alone.
    """
    found = take(ward, complaint_id, ("open",))
    allow(by, "complaints.answer", ward)
    in_hand(found, by)
    if not text.strip():
        raise refuse(
            "complaints.answer",
            N_("Write what the complainant shall read."),
            where={"field": "text"},
        )
    if found.misuse and facts.rule(found).meeting_if_misuse:
        refuse_if(
            meetings.decided(
                ward, meeting_id, subject_of(found), matter=MATTER, since=found.received_on,
                until=clock.today(),
            )
        )  # fmt: skip
    found.status, found.answered_on = "answered", clock.today()
    found.acknowledged_on = found.acknowledged_on or found.answered_on
    keep(found, "status", "answered_on", "acknowledged_on")
    step(found, "answered", by, text=text, shown=True)
    note(found, by, meeting=meeting_id)
    return found


def _came_back(asked: Mapping[str, Any]) -> Complaint | None:
    made = Step.objects.filter(pk=asked.get("request_id") or "").select_related("complaint").first()
    if made is None:
        return None
    said = secrecy.reveal(made.complaint_id, "step", made.text)["text"]
    if (made.complaint_id, made.kind, made.amount, said) != (
        asked["complaint_id"], "recovered", asked["amount"], asked["text"].strip(),
    ):  # fmt: skip
        raise sent_before()
    return made.complaint


@once_per_request(_came_back)
@action
def record_recovered(
    *, by: User, ward: str, complaint_id: str, amount: int, text: str, request_id: str = ""
) -> Complaint:
    """Note that misused money came back, in whole rupiah, and to where; the books are kept elsewhere.

    ``request_id``: the same form sent twice counts once.
    """
    found = take(ward, complaint_id, ("open", "answered", "closed"))
    allow(by, "complaints.record_recovered", ward)
    in_hand(found, by)
    refuse_if(recovered_problems(amount, found.amount, found.recovered))
    found.recovered += amount
    keep(found, "recovered")
    step(found, "recovered", by, amount=amount, text=text, id=own_id(request_id))
    note(found, by, amount=amount)
    return found


@action
def close(*, by: User, ward: str, complaint_id: str, why: str) -> Complaint:
    """Close an answered complaint whose complainant was asked and says nothing."""
    found = take(ward, complaint_id, ("answered",))
    allow(by, "complaints.close", ward)
    in_hand(found, by)
    wait = facts.confirm_by(found)
    refuse_if(closing_problems(facts.rule(found), wait, clock.today(), why))
    found.status, found.closed_on = "closed", clock.today()
    keep(found, "status", "closed_on")
    step(found, "closed", by, text=why, shown=True)
    note(found, by, confirmed=False)
    return found
