"""Members sign for their own parts; a name that was borrowed is taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.loans import checks, consents
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.models import APPLIED, APPROVED, Consent, Loan
from pendamping.funds.loans.rules.consent import late, problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

WITH_FAMILY = "ditandatangani lagi bersama persetujuan keluarga"  # kept as it is on paper


@action
def record_consents(
    *,
    by: User,
    ward: str,
    loan_id: str,
    on: date,
    witness: str,
    signatures: Sequence[Mapping[str, Any]],
) -> list[Consent]:
    """Enter who signed for her own part on a day, seen by ``witness``.

    ``signatures``: ``{"person", "family_by"}`` each; ``family_by`` is who of the family agreed.
    Papers of a loan that is paid out may be entered late, signed on its day or before. Whose family had
    not agreed when she signed signs anew with it: the signature before is taken back by the same act, as
    what was given stands as it was given.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.record_consents", ward)
    names = {one.person_id: one.name for one in loan.members.all()}
    known = consents.standing(loan)
    anew = _anew(loan, known, signatures)
    found = checks.day(on, first=loan.applied_on, today=clock.today())
    found += late(on, loan.disbursed) + problems(
        persons=[one["person"] for one in signatures],
        witness=witness,
        members=names,
        signed=set(known) - {one.person_id for one in anew},
    )
    for one in anew:
        found += checks.day(on, first=one.signed_on, today=clock.today())
    refuse_if(found)
    for one in anew:
        one.withdrawn_on, one.why_withdrawn = on, WITH_FAMILY
        one.save(update_fields=["withdrawn_on", "why_withdrawn"])
    made = Consent.objects.bulk_create(
        Consent(
            loan=loan,
            person_id=one["person"],
            signed_on=on,
            witness=fitting(witness, 120),
            family_by=fitting(str(one.get("family_by", "")), 120),
            entered_by=by,
            entered_on=clock.today(),
            entered_at=clock.now(),
        )
        for one in signatures
    )
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, signed=len(made), anew=len(anew))
    return made


def _anew(
    loan: Loan, known: Mapping[str, Consent], signatures: Sequence[Mapping[str, Any]]
) -> list[Consent]:
    """The signatures to which the family's consent comes now; none once the money is paid out."""
    if loan.status not in (APPLIED, APPROVED):
        return []
    agreed = {one["person"] for one in signatures if str(one.get("family_by", "")).strip()}
    return [one for key, one in known.items() if key in agreed and not one.family_by]


def _before_payment(loan: Loan) -> list[Reason]:
    if loan.status in (APPLIED, APPROVED):
        return []
    return [
        Reason("loans.state", "The money is paid out: the signature stands.", {}, {"loan": loan.id})
    ]


@action
def withdraw_consent(
    *, by: User, ward: str, loan_id: str, person: str, on: date, why: str
) -> Consent:
    """A member takes her signature back before the money is paid out, or it was not hers."""
    loan = locked(ward, loan_id)
    allow(by, "loans.withdraw_consent", ward)
    consent = consents.standing(loan).get(person)
    if consent is None:
        raise refuse("loans.consent.none", "This member has not signed.", where={"person": person})
    found = _before_payment(loan) + checks.day(on, first=consent.signed_on, today=clock.today())
    if not why.strip():
        found.append(
            Reason(
                "loans.consent.why", "Say why the signature does not count.", {}, {"field": "why"}
            )
        )
    refuse_if(found)
    consent.withdrawn_on, consent.why_withdrawn = on, fitting(why, 300)
    consent.save(update_fields=["withdrawn_on", "why_withdrawn"])
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, person=person)
    return consent
