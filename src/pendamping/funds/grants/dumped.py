"""What a ward package takes from the programme's grant; belongs to ``queries``."""

from collections.abc import Iterator
from typing import Any

from pendamping.funds.grants import signoff
from pendamping.funds.grants.models import Contribution, Grant, Report, Tranche
from pendamping.trail import queries as trail

Rows = Iterator[dict[str, Any]]


def dump(ward: str) -> dict[str, Rows]:
    """Rows of the ward package: ``grants``, ``tranches`` (of the ward's allocation), ``contributions``."""
    return {"grants": _grants(ward), "tranches": _tranches(ward), "contributions": _given(ward)}


def _grants(ward: str) -> Rows:
    found = Grant.objects.filter(ward=ward).order_by("id")
    columns = ("id", "proposal", "entered_on", "group", "title", "meeting")
    for row in found.values("window", "value", "contract_on", *columns):
        said = {
            "component": row["window"],
            "amount": row["value"],
            "granted_on": row["contract_on"],
        }
        yield {**{name: row[name] for name in columns}, **said}


def _tranches(ward: str) -> Rows:
    reports = {one.tranche_id: one for one in Report.objects.filter(ward=ward)}
    came = trail.last_entries(ward, ["grants.receive_tranche"])
    for one in Tranche.objects.filter(ward=ward).order_by("id"):
        report = reports.get(one.id)
        yield {
            "id": one.id,
            "allocation": one.allocation_id,
            "number": one.number,
            "amount": one.amount,
            "requested_on": one.requested_on,
            "released_on": one.received_on,
            "lpj_due": one.report_due_on,
            "lpj_accepted_on": signoff.accepted_on(report) if report else None,
            "released_entered_on": came.get(f"tranche:{one.id}"),
            "lpj_accepted_entered_on": signoff.acceptance_entered_on(report) if report else None,
            "entered_on": one.entered_on,
        }


def _given(ward: str) -> Rows:
    found = Contribution.objects.filter(ward=ward).order_by("id").select_related("grant")
    for one in found:
        yield {
            "id": one.id,
            "proposal": one.grant.proposal or one.grant_id,
            "given_on": one.on,
            "kind": one.kind,
            "quantity": one.quantity,
            "amount": one.value,
            "entered_on": one.entered_on,
            "grant": one.grant_id,
        }
