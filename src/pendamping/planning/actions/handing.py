"""A proposal goes to the tiers, comes back, goes again; or is put aside before it does."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.planning import proposing
from pendamping.planning.actions.proposals import lock
from pendamping.planning.models import Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import actions as verification


@action
def hand_in_proposal(
    *, by: User, ward: str, proposal_id: str, on: date, note: str = ""
) -> Proposal:
    """Hand a whole proposal in: its dossier goes through the tiers; a returned one goes on where it was.

    ``note``: what was mended; asked for where a tier has returned it.
    """
    one = lock(by, ward, proposal_id)
    allow(by, "planning.hand_in_proposal", ward)
    before = proposing.standing(one).outcome
    refuse_if([*_days(one, on), *proposing.missing(one, on), *_mended(before.state, note)])
    asked = rules.asked(proposing.costs(one))
    if before.state == "returned":
        verification.send_again(
            by=by, ward=ward, dossier_id=before.dossier, on=on, note=note, amount=asked,
            ref=proposing.ref(one.id), documents=proposing.documents(one), summary=summary(one),
        )  # fmt: skip
    else:
        verification.open_dossier(
            by=by, ward=ward, chain="", kind="proposal", ref=proposing.ref(one.id), amount=asked,
            parties=_parties(one, on), documents=proposing.documents(one), summary=summary(one), on=on,
        )  # fmt: skip
    one.counts, one.handed_on = proposing.counted(one, on), on
    one.save(update_fields=["counts", "handed_on"])
    record(
        by=by, ward=ward, record=f"proposal:{one.id}", on=on, asked=asked,
        given=rules.given(proposing.costs(one)),
    )  # fmt: skip
    return one


def summary(one: Proposal) -> str:
    """What the dossier is about, in one line: the title and where it is."""
    rw, _slash, rt = one.line.place.partition("/")
    return f"{one.line.title}, RT {rt} RW {rw}" if rt else one.line.title


def _parties(one: Proposal, on: date) -> list[dict[str, str]]:
    """The group and its officers: they are on the proposing side."""
    group = institutions.group(one.ward, one.group_id)
    name = group.name if group else ""
    officers = [each for each in institutions.members(one.group_id, on) if each.role != "member"]
    logins = institutions.followers(one.group_id)
    return [
        {"name": name, "group": one.group_id, "role": "KSM"},
        *({"name": each.name, "person": each.person_id, "role": each.role} for each in officers),
        *({"name": name, "user": login, "role": "KSM"} for login in logins),
    ]


def _days(one: Proposal, on: date) -> list[Reason]:
    if one.drafted_on <= on <= clock.today():
        return []
    text = N_("It is handed in between {first}, when it was begun, and today.")
    return [Reason("planning.proposal", text, {"first": one.drafted_on}, {"field": "on"})]


def _mended(state: str, note: str) -> list[Reason]:
    if state != "returned" or note.strip():
        return []
    return [Reason("planning.proposal", "Say what was mended.", {}, {"field": "note"})]


@action
def drop_proposal(*, by: User, ward: str, proposal_id: str, why: str) -> Proposal:
    """Put a proposal aside that was never handed in, and why."""
    one = lock(by, ward, proposal_id)
    allow(by, "planning.drop_proposal", ward)
    if proposing.standing(one).state != "draft":
        raise refuse(
            "planning.proposal", "A proposal that was handed in is taken back as a dossier."
        )
    if not why.strip():
        raise refuse("planning.proposal", "Say why it is put aside.", where={"field": "why"})
    one.dropped_on, one.dropped_why = clock.today(), fitting(why, 200)
    one.save(update_fields=["dropped_on", "dropped_why"])
    record(by=by, ward=ward, record=f"proposal:{one.id}", on=clock.today(), why=one.dropped_why)
    return one
