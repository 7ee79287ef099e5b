"""What the room verification is asked for: a dossier for a tranche and for a report, and its outcome.

The chain decides; nothing of it is stored here. A returned dossier is handed in again and goes on where
it was returned; a refused or withdrawn one is followed by a new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from pendamping.access.models import User
from pendamping.funds.grants.models import Report, Tranche
from pendamping.funds.grants.rules.tranches import Paper
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.verification import actions as verification
from pendamping.verification import queries as dossiers

TRANCHE, REPORT = "tranche", "report"
"""The kinds of dossier, as the guideline's chains name them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the chain said so far. ``at``: the tier in words that has the dossier, or had it last."""

    decided: bool
    passed: bool
    on: date | None = None
    at: str = ""
    note: str = ""


def ref(record: Tranche | Report) -> str:
    """Under which reference the room verification knows a record."""
    kind = TRANCHE if isinstance(record, Tranche) else REPORT
    return f"grants.{kind}:{record.pk}"


def open_tranche(by: User, tranche: Tranche, papers: Iterable[Paper], on: date) -> str:
    """Hand the request for a tranche in, with its papers; the id of its dossier."""
    documents = [{"key": one.key, "name": one.name["id"]} for one in papers]
    return _hand_in(by, tranche, TRANCHE, tranche.amount, documents, tranche.code, on)


def open_report(by: User, report: Report, on: date) -> str:
    """Hand a report in; the id of its dossier."""
    code = f"LPJ {report.tranche.code}"
    documents = [{"key": "report", "name": code}]
    return _hand_in(by, report, REPORT, report.tranche.amount, documents, code, on)


def _hand_in(
    by: User,
    record: Tranche | Report,
    kind: str,
    amount: int,
    documents: list[dict[str, str]],
    summary: str,
    on: date,
) -> str:
    before = dossiers.outcome(ref(record))
    if before.state == "returned":
        again = verification.send_again(
            by=by,
            ward=record.ward,
            dossier_id=before.dossier,
            on=on,
            ref=ref(record),
            documents=documents,
        )
        return str(again.pk)
    opened = verification.open_dossier(
        by=by,
        ward=record.ward,
        chain="",
        kind=kind,
        ref=ref(record),
        amount=amount,
        parties=[],
        documents=documents,
        summary=summary,
        on=on,
    )
    return str(opened.pk)


def outcome(record: Tranche | Report) -> Outcome:
    """What the chain said of a record's dossier; undecided where none was opened."""
    found = dossiers.outcome(ref(record))
    decided = found.state in ("returned", "passed", "refused", "withdrawn")
    tier = found.tier if decided else _lies_at(record)
    return Outcome(decided, found.passed, found.on, _tier(record.ward, tier), found.note)


def _lies_at(record: Tranche | Report) -> str:
    found = dossiers.latest(ref(record))
    return found.tier if found is not None else ""


def _tier(ward: str, key: str) -> str:
    if not key:
        return ""
    lang = "en" if get_language() == "en" else "id"
    tiers: Mapping[str, Mapping[str, Mapping[str, str]]] = guidelines.section(
        "verification_tiers", ward, clock.today()
    )
    return tiers[key]["name"][lang] if key in tiers else key


def not_passed(tranche: Tranche) -> list[Reason]:
    """Why a payment order cannot be there yet: the chain has not let the request pass."""
    found = outcome(tranche)
    if found.passed:
        return []
    return [
        Reason(
            "grants.order.chain",
            "The request has not passed the whole chain yet; it stands with {tier}.",
            {"tier": found.at},
        )
    ]


def url(record: Tranche | Report) -> str:
    """The page of a record's dossier; empty where none was opened."""
    found = dossiers.latest(ref(record))
    if found is None:
        return ""
    try:
        return reverse("verification:dossier", kwargs={"ward": record.ward, "dossier": found.pk})
    except NoReverseMatch:
        return ""


def acceptance_entered_on(report: Report) -> date | None:
    """The day on which it was entered that the chain accepted a report; ``None`` where it has not."""
    return dossiers.passing_entered_on(ref(report)) if report.handed_in_on else None


def accepted_on(report: Report) -> date | None:
    """The day on which the chain accepted a report; ``None`` where it has not."""
    found = outcome(report) if report.handed_in_on else None
    return found.on if found is not None and found.passed else None
