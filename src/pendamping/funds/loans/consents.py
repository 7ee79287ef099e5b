"""Who has signed for a loan, and what the guideline wants signed."""

from datetime import date

from pendamping.funds.loans.models import Consent, Loan
from pendamping.funds.loans.rules.consent import Signature, Wanted, missing
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


def standing(loan: Loan, on: date | None = None) -> dict[str, Consent]:
    """The consents that stand at the end of a day (today where none is given), by person id."""
    day = on or clock.today()
    return {
        one.person_id: one
        for one in Consent.objects.filter(loan=loan, signed_on__lte=day).order_by("id")
        if one.withdrawn_on is None or day < one.withdrawn_on
    }


def wanted(ward: str, on: date) -> Wanted:
    """What the guideline in force asks of each member."""
    section = guidelines.section("lending", ward, on)
    return Wanted(
        bool(section.get("member_signs", True)), bool(section.get("family_consents", True))
    )


def signatures(loan: Loan, on: date | None = None) -> list[Signature]:
    """Each member's part with what is known of her consent on a day."""
    known = standing(loan, on)
    found = []
    for member in loan.members.order_by("pk"):
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


def against(loan: Loan, on: date) -> list[Reason]:
    """Every signature and consent that is missing for a payment on a day."""
    return missing(signatures(loan, on), wanted(loan.ward, on), guidelines.code(loan.ward, on))
