"""Whether what stands on applications, consents and stops was entered by an action: what the trail knows."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q

from pendamping.funds.loans.models import (
    APPLIED,
    REJECTED,
    CollectionStep,
    LendingStop,
    Loan,
    PaidBack,
    Rescheduling,
)
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

_APPROVED, _REJECTED = "loans.approve", "loans.reject"
_OUT, _LIFTED = "loans.disburse", "loans.lift_suspension"
_SIGNED, _BACK = "loans.record_consents", "loans.withdraw_consent"
_STOPPED = "loans.suspend_lending"
_STEP_BACK = "loans.take_back_collection_step"
_SPREAD, _PAID_BACK = "loans.reschedule", "loans.pay_back"
_TERMS = ("principal", "rate_bp", "instalments", "grace_months")
_SAID: Mapping[str, tuple[str, ...]] = {
    _OUT: _TERMS,
    _SPREAD: (
        "principal",
        "service",
        "instalments",
        "first_due",
        "keeps_class_for",
        "class_before",
    ),
    _PAID_BACK: ("amount",),
}
"""What of a record must stand as the trail says it; a trail of before it said so much is held to the rest."""
_DAY = {_OUT: "disbursed", _SPREAD: "on", _PAID_BACK: "on"}
_ROW = {_OUT: "", _SPREAD: "rescheduling", _PAID_BACK: "paid_back"}
"""Where an event names its row; empty: its record is the row."""
_OTHERWISE = N_(
    "Loan {loan}: its terms, a new schedule or what was paid back is not what was entered: the trail says"
    " something else."
)


def breaks(ward: str) -> list[Reason]:
    """Loans that were decided on or paid out, consents, stops and stops lifted, of which the trail knows nothing."""
    done = trail.verbs_of(ward, [_APPROVED, _REJECTED, _OUT, _LIFTED])
    found = []
    for one in Loan.objects.filter(ward=ward, taken_over_on=None).order_by("number"):
        verbs = done.get(f"loan:{one.id}", [])
        if not _holds(one, verbs):
            text = N_(
                "Loan {loan} stands as nobody entered it: the trail does not know its decision or payment."
            )
            found.append(_loan(one, text))
    return [*found, *_changed(ward), *_stops(ward, done), *_consents(ward), *_steps(ward)]


def _holds(one: Loan, verbs: list[str]) -> bool:
    """Whether a loan's state is the one that its acts have made."""
    decided = [verb for verb in verbs if verb in (_APPROVED, _REJECTED)]
    wanted = {APPLIED: None, REJECTED: _REJECTED}.get(one.status, _APPROVED)
    return (decided[-1] if decided else None) == wanted and bool(one.disbursed) == (_OUT in verbs)


def _stops(ward: str, done: Mapping[str, list[str]]) -> list[Reason]:
    """Stops that no card made or that are gone, and stops that count as lifted, or as standing, unsaid."""
    said = {
        record: (on, data["month"])
        for record, _verb, on, data in trail.dated(ward, [_STOPPED])
        if data["new"]
    }
    found = []
    for stop in LendingStop.objects.filter(ward=ward).order_by("month"):
        record = f"stop:{stop.id}"
        if said.pop(record, None) != (stop.since, stop.month.isoformat()):
            text = N_(
                "The stop on lending of {month} stands as nobody entered it: the trail does not know it."
            )
            found.append(_stop(ward, record, stop.month.isoformat(), text))
        if bool(stop.lifted_on) != (_LIFTED in done.get(record, [])):
            text = N_(
                "Whether the stop on lending of {month} is lifted differs from what the trail says."
            )
            found.append(_stop(ward, record, stop.month.isoformat(), text))
    gone = N_("The trail knows a stop on lending of {month} that is not kept.")
    return found + [_stop(ward, record, month, gone) for record, (_on, month) in said.items()]


def _consents(ward: str) -> list[Reason]:
    known: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for record, verb, data in trail.told(ward, [_SIGNED, _BACK]):
        known[record] += data.get("signed", 0)
        back[record] += data.get("anew", 0) + (verb == _BACK)
    text = N_(
        "Loan {loan}: signatures stand there that nobody entered, or are missing: the trail knows others."
    )
    kept = Loan.objects.filter(ward=ward).annotate(
        signed=Count("consents"), gone=Count("consents", filter=Q(consents__withdrawn_on__isnull=False))
    )  # fmt: skip
    return [
        _loan(one, text)
        for one in kept.order_by("number")
        if (one.signed, one.gone) != (known[f"loan:{one.id}"], back[f"loan:{one.id}"])
    ]


def _steps(ward: str) -> list[Reason]:
    """Loans whose steps of collection count as taken back without the trail, or the other way round."""
    told = {
        (record, data.get("collection")) for record, _verb, data in trail.told(ward, [_STEP_BACK])
    }
    rows = CollectionStep.objects.filter(ward=ward).exclude(taken_back_on=None)
    kept = {(f"loan:{one.loan_id}", one.id) for one in rows}
    wrong = {record for record, _step in told ^ kept}
    text = N_(
        "Loan {loan}: which steps of collection are taken back differs from what the trail says."
    )
    loans = Loan.objects.filter(ward=ward).order_by("number")
    return [_loan(one, text) for one in loans if f"loan:{one.id}" in wrong]


def terms(loan: Loan) -> dict[str, Any]:
    """What a loan is paid out on, as the trail keeps it."""
    return {name: getattr(loan, name) for name in _TERMS}


def schedule(made: Rescheduling) -> dict[str, Any]:
    """A new schedule, as the trail keeps it."""
    return _as_said(made, dict.fromkeys(_SAID[_SPREAD]))


def _changed(ward: str) -> list[Reason]:
    """Terms of a loan, new schedules and what members gave each other back that are not what was entered."""
    loans = {f"loan:{one.id}": one for one in Loan.objects.filter(ward=ward)}
    later = {one.id: one for one in Rescheduling.objects.filter(loan__ward=ward)}
    back = {one.id: one for one in PaidBack.objects.filter(loan__ward=ward)}
    rows: dict[str, Any] = {**loans, **later, **back}
    found = []
    for record, verb, on, data in trail.dated(ward, _SAID):
        row = rows.pop(data.get(_ROW[verb], record), None)
        wanted = {name: data[name] for name in _SAID[verb] if name in data}
        wanted[_DAY[verb]] = on.isoformat()
        if record in loans and _as_said(row, wanted) != wanted:
            found.append(_loan(loans[record], _OTHERWISE))
    unsaid = {f"loan:{one.loan_id}" for one in rows.values() if not isinstance(one, Loan)}
    return found + [_loan(loans[record], _OTHERWISE) for record in sorted(unsaid)]


def _as_said(kept: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What stands, in the words of the trail."""
    found = {name: getattr(kept, name, None) for name in wanted}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def _loan(one: Loan, text: str) -> Reason:
    return Reason("loans.said", text, {"loan": one.code}, {"ward": one.ward, "loan": one.id})


def _stop(ward: str, record: str, month: str, text: str) -> Reason:
    return Reason("loans.said", text, {"month": month}, {"ward": ward, "record": record})
