"""Who has signed for a loan, and what the guideline wants signed."""

from collections.abc import Iterable, Mapping
from datetime import date

from pendamping.funds.loans.models import APPLIED, APPROVED, Consent, Loan, LoanMember
from pendamping.funds.loans.rules.consent import Signature, Wanted, missing
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


def standing(loan: Loan, on: date | None = None) -> dict[str, Consent]:
    """The consents that stand at the end of a day (today where none is given), by person id."""
    return _on(Consent.objects.filter(loan=loan), on or clock.today())


def _on(kept: Iterable[Consent], day: date) -> dict[str, Consent]:
    return {
        one.person_id: one
        for one in sorted(kept, key=lambda one: one.id)
        if one.signed_on <= day and (one.withdrawn_on is None or day < one.withdrawn_on)
    }


def wanted(ward: str, on: date) -> Wanted:
    """What the guideline in force asks of each member."""
    section = guidelines.section("lending", ward, on)
    return Wanted(
        bool(section.get("member_signs", True)), bool(section.get("family_consents", True))
    )


def signatures(loan: Loan, on: date | None = None) -> list[Signature]:
    """Each member's part with what is known of her consent on a day."""
    return _of(loan.members.order_by("pk"), standing(loan, on))


def _of(members: Iterable[LoanMember], known: Mapping[str, Consent]) -> list[Signature]:
    found = []
    for member in members:
        consent = known.get(member.person_id)
        found.append(
            Signature(
                member.person_id,
                member.name,
                member.amount,
                consent.signed_on if consent else None,
                consent.family_by if consent else "",
            )
        )
    return found


def to_enter(loan: Loan, day: date) -> list[Signature]:
    """The members of whom the paper still lacks something on a day: her signature, or only her family's
    consent where the guideline asks for it and no money has gone out.
    """
    asks = loan.status in (APPLIED, APPROVED) and wanted(loan.ward, day).family_consent
    found = signatures(loan, day)
    return [one for one in found if one.signed_on is None or (asks and not one.family_by)]


def against(loan: Loan, on: date) -> list[Reason]:
    """Every signature and consent that is missing for a payment on a day."""
    return missing(signatures(loan, on), wanted(loan.ward, on), guidelines.code(loan.ward, on))


def unsigned(ward: str, on: date) -> set[str]:
    """The approved loans of a ward, by id, for which a signature or a family's consent is missing."""
    asked, code = wanted(ward, on), guidelines.code(ward, on)
    found = Loan.objects.filter(ward=ward, status=APPROVED).prefetch_related("members", "consents")
    return {
        one.id
        for one in found
        if missing(_of(list(one.members.all()), _on(one.consents.all(), on)), asked, code)
    }
