"""Every member's own signature and the family's consent, before money is paid out. Pure Python.

Source: handbook 9 (borrowed names, S77: each member's own signature and consent, our design), 4.1 (the
family consents).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Signature:
    """A member's part (whole rupiah) with what is known of her consent on the day asked for.

    ``signed_on``: when she signed herself, ``None`` where she has not; ``family_by``: who of her
    family agreed.
    """

    person_id: str
    name: str
    amount: int
    signed_on: date | None = None
    family_by: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the guideline asks of each member before money is paid out."""

    own_signature: bool = True
    family_consent: bool = True


def missing(signatures: Iterable[Signature], wanted: Wanted, guideline: str) -> list[Reason]:
    """Who has not signed yet, or whose family has not agreed: every member by name."""
    found = []
    for one in signatures:
        values = {"name": one.name, "amount": format_rupiah(one.amount)}
        where = {"person": one.person_id}
        if wanted.own_signature and one.signed_on is None:
            found.append(
                Reason(
                    f"lending.{guideline}.member_signs",
                    "{name} has not yet signed for the {amount} in that name.",
                    values,
                    where,
                )
            )
        elif wanted.family_consent and not one.family_by:
            found.append(
                Reason(
                    f"lending.{guideline}.family_consents",
                    "The family of {name} has not yet agreed.",
                    values,
                    where,
                )
            )
    return found


def problems(
    *, persons: Iterable[str], witness: str, members: Mapping[str, str], signed: Iterable[str]
) -> list[Reason]:
    """What is wrong with signatures as they are entered.

    ``persons``: who signed; ``members``: names of the loan's members by id; ``signed``: ids of who
    has signed already. Nobody witnesses a loan that is partly their own.
    """
    asked = list(persons)
    found = []
    if not asked:
        found.append(Reason("loans.consent.nobody", "Mark who has signed."))
    if not witness.strip():
        found.append(
            Reason("loans.consent.witness", "Write who saw it signed.", {}, {"field": "witness"})
        )
    if witness.strip().casefold() in {name.casefold() for name in members.values()}:
        found.append(
            Reason(
                "loans.consent.witness",
                "{name} borrows too and cannot be the witness.",
                {"name": witness.strip()},
                {"field": "witness"},
            )
        )
    done = set(signed)
    for person in asked:
        if person not in members:
            found.append(
                Reason(
                    "loans.consent.member",
                    "Somebody who has no part in this loan cannot sign for it.",
                    {},
                    {"person": person},
                )
            )
        elif person in done:
            found.append(
                Reason(
                    "loans.consent.twice",
                    "{name} has signed already.",
                    {"name": members[person]},
                    {"person": person},
                )
            )
    return found


def late(on: date, disbursed: date | None) -> list[Reason]:
    """Whether a signature came before the money."""
    if disbursed is None or on <= disbursed:
        return []
    return [
        Reason(
            "loans.consent.late",
            "The money was paid out on {disbursed}; a signature of {on} came too late.",
            {"disbursed": disbursed.isoformat(), "on": on.isoformat()},
            {"field": "on"},
        )
    ]
