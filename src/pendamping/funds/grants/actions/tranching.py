"""A tranche: its papers ticked, asked for, ordered, received."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import dues, posting, queries, signoff
from pendamping.funds.grants.models import Tranche
from pendamping.funds.grants.rules import tranches as rules
from pendamping.funds.grants.rules import windows
from pendamping.funds.ledger import actions as ledger
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


def locked(ward: str, tranche_id: str) -> Tranche:
    """The tranche, held until the action ends; refuses one that is not of this ward."""
    found = queries.tranches(ward).select_for_update(of=("self",)).filter(pk=tranche_id).first()
    if found is None:
        raise refuse("grants.tranche", "There is no such tranche in this ward.")
    return found


def state_problems(tranche: Tranche, *wanted: str) -> list[Reason]:
    """Why a tranche is not at the step that something needs."""
    if tranche.status in wanted:
        return []
    return [
        Reason(
            "grants.tranche.state",
            "The tranche is not at this step now.",
            {},
            {"status": tranche.status, "wanted": list(wanted)},
        )
    ]


def _open_problems(tranche: Tranche) -> list[Reason]:
    """A tranche is still in the ward's hands: planned, or returned by the chain."""
    if queries.tranche_state(tranche) in ("planned", "returned"):
        return []
    return state_problems(tranche, "planned")


@action
def tick_papers(
    *,
    by: User,
    ward: str,
    tranche_id: str,
    on: date,
    ticks: Mapping[str, Mapping[str, Any]],
    seen: str = "",
) -> Tranche:
    """Keep the two ticks of each release paper (``{paper: {"present", "correct", "note"}}``).

    What is not there is not correctly filled. Papers that the guideline does not ask for are refused.
    ``seen``: the mark of the ticks that the page showed, none where nobody read one.
    """
    tranche = locked(ward, tranche_id)
    allow(by, "grants.tick_papers", ward)
    known = {one.key for one in queries.papers(tranche, on)}
    refuse_if(_open_problems(tranche) + windows.day_problems(on, clock.today()))
    if not set(ticks) <= known:
        raise refuse("grants.papers", "The guideline does not ask for this paper.")
    refuse_if(rules.tick_problems(queries.papers(tranche, on), ticks))
    kept = queries.paper_rows(tranche, on)
    for key, one in ticks.items():
        tranche.papers[key] = {
            "present": bool(one.get("present")),
            "correct": bool(one.get("correct")),
            "note": fitting(str(one.get("note", "")), 200),
        }
    refuse_if(overtaken(seen, kept, queries.paper_rows(tranche, on)))
    tranche.save(update_fields=["papers"])
    record(by=by, ward=ward, record=f"tranche:{tranche.id}", on=on, papers=sorted(ticks))
    return tranche


@action
def request_tranche(*, by: User, ward: str, tranche_id: str, on: date) -> Tranche:
    """Ask for a tranche: every paper there and right, and what the one before leaves open settled.

    Opens the dossier that runs through the guideline's disbursement chain.
    """
    tranche = locked(ward, tranche_id)
    allow(by, "grants.request_tranche", ward)
    refuse_if(_open_problems(tranche) + windows.day_problems(on, clock.today()))
    papers = queries.papers(tranche, on)
    code = guidelines.code(ward, on)
    refuse_if([*queries.gate(tranche, on), *rules.paper_problems(papers, code)])
    tranche.status, tranche.requested_on = "requested", on
    tranche.dossier = signoff.open_tranche(by, tranche, papers, on)
    tranche.save(update_fields=["status", "requested_on", "dossier"])
    record(by=by, ward=ward, record=f"tranche:{tranche.id}", on=on, amount=tranche.amount)
    return tranche


@action
def record_payment_order(
    *, by: User, ward: str, tranche_id: str, spm_no: str, spm_on: date, sp2d_no: str, sp2d_on: date
) -> Tranche:
    """Keep number and date of the payment order (SPM) and of the order to the bank (SP2D).

    Only after the whole chain has passed the request.
    """
    tranche = locked(ward, tranche_id)
    allow(by, "grants.record_payment_order", ward)
    refuse_if(state_problems(tranche, "requested"))
    refuse_if(signoff.not_passed(tranche))
    found = [
        *windows.day_problems(spm_on, clock.today(), tranche.requested_on),
        *windows.day_problems(sp2d_on, clock.today(), spm_on),
    ]
    if not spm_no.strip() or not sp2d_no.strip():
        found.append(
            Reason(
                "grants.order",
                "Write both numbers, of the SPM and of the SP2D.",
                {},
                {"field": "spm_no"},
            )
        )
    refuse_if(found)
    tranche.order = {
        "spm_no": fitting(spm_no, 80),
        "spm_on": spm_on.isoformat(),
        "sp2d_no": fitting(sp2d_no, 80),
        "sp2d_on": sp2d_on.isoformat(),
    }
    tranche.save(update_fields=["order"])
    record(by=by, ward=ward, record=f"tranche:{tranche.id}", on=sp2d_on, sp2d=sp2d_no)
    return tranche


@action
def receive_tranche(
    *, by: User, ward: str, tranche_id: str, on: date, work_ends_on: date
) -> Tranche:
    """The tranche is in the board's account: each window gets its part.

    ``work_ends_on``: when the work that it pays is to end; the report is due by it.
    """
    ledger.take_turn(ward, posting.DESK)
    tranche = locked(ward, tranche_id)
    allow(by, "grants.receive_tranche", ward)
    refuse_if(state_problems(tranche, "requested"))
    if not tranche.order:
        raise refuse("grants.order", "Record the payment order (SPM, SP2D) first.")
    ordered = date.fromisoformat(tranche.order["sp2d_on"])
    found = windows.day_problems(on, clock.today(), ordered)
    if work_ends_on < on:
        found.append(
            Reason(
                "grants.work_ends",
                "The work ends on or after the day on which the money comes.",
                {},
                {"field": "work_ends_on"},
            )
        )
    refuse_if(found)
    for window, amount in queries.shares(tranche, on):
        if amount:
            posting.move(
                by=by,
                ward=ward,
                window=window,
                kind="received",
                on=on,
                amount=amount,
                what=tranche.code,
                tranche=tranche,
            )
    tranche.status, tranche.received_on, tranche.work_ends_on = "received", on, work_ends_on
    tranche.report_due_on = rules.due_on(work_ends_on, dues.due_days(ward, on))
    tranche.save(update_fields=["status", "received_on", "work_ends_on", "report_due_on"])
    record(by=by, ward=ward, record=f"tranche:{tranche.id}", on=on, amount=tranche.amount)
    return tranche
