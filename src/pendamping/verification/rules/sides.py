"""Nobody stands on two sides of a dossier: who may decide in a tier, and who steps in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pendamping.kernel.refusal import N_, Reason


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who sits in a tier's office: user name, the resident's id where it is known."""

    user: str
    person: str = ""
    name: str = ""
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """What a dossier says of its people.

    ``entered_by``: user names of those who opened it or sent it again. ``people``: residents who
    are parties (ids). ``users``: parties who log in. ``names``: names of parties in plain letters.
    ``decided``: user name to the tiers in which it decided. ``recused``: user names.
    ``refused_by``: who took the refusal that is looked at anew.
    """

    entered_by: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    decided: tuple[tuple[str, str], ...] = ()
    recused: frozenset[str] = frozenset()
    refused_by: str = ""


def plain(name: str) -> str:
    """A name to compare: small letters, single spaces.

    >>> plain("  Siti  AMINAH ")
    'siti aminah'
    """
    return " ".join(name.lower().split())


def own_problems(
    holder: Holder, tier: str, sides: Sides, code: str, *, one_tier_each: bool = True
) -> list[Reason]:
    """Why this person cannot decide this dossier in this tier, whatever the office says."""
    found = []
    if holder.user in sides.recused:
        found.append(_against("recused", N_("{name} has stepped back from this dossier"), holder))
    if holder.user in sides.users or (holder.person and holder.person in sides.people):
        clause = f"verification_rules.{code}.own_proposal_never"
        text = N_("{name} is a party to this dossier and does not decide on it")
        found.append(Reason(clause, text, {"name": holder.name}, {"user": holder.user}))
    if holder.user in sides.entered_by:
        clause = f"verification_rules.{code}.verifier_never_enters"
        text = N_("{name} handed in this dossier; who hands in does not examine")
        found.append(Reason(clause, text, {"name": holder.name}, {"user": holder.user}))
    others = {other for user, other in sides.decided if user == holder.user and other != tier}
    if one_tier_each and others:
        clause = f"verification_rules.{code}.one_tier_each"
        text = N_("{name} has decided on this dossier in another tier already")
        found.append(Reason(clause, text, {"name": holder.name}, {"user": holder.user}))
    if sides.refused_by and sides.refused_by == holder.user:
        text = N_("{name} took the refusal that is looked at anew; somebody else decides now")
        found.append(_against("refused_before", text, holder))
    return found


def sides_problems(
    by: Holder,
    tier: str,
    sides: Sides,
    holders: Iterable[Holder],
    code: str,
    *,
    one_tier_each: bool = True,
    same_name_is_another: bool = False,
) -> list[Reason]:
    """Why ``by`` cannot decide in the tier now; empty where they can.

    ``holders``: who sits in the office on the day, substitutes too, the absent left out. A
    substitute steps in where no other holder can decide. ``same_name_is_another``: the verifier has
    said that the party of the same name is somebody else.
    """
    here = [one for one in holders if one.user == by.user]
    if not here:
        return [
            _against(
                "office", N_("{name} does not sit in the office that has this dossier now"), by
            )
        ]
    found = own_problems(by, tier, sides, code, one_tier_each=one_tier_each)
    if plain(by.name) in sides.names and not same_name_is_another and not found:
        text = N_(
            "A party to this dossier has the name {name} too; say whether that is somebody else"
        )
        found.append(Reason("verification.same_name", text, {"name": by.name}, {"field": "other"}))
    able = able_holders(tier, sides, holders, code, one_tier_each=one_tier_each)
    if all(one.substitute for one in here) and any(not one.substitute for one in able):
        text = N_("{name} is a substitute; the office is not empty")
        found.append(_against("substitute", text, by))
    return found


def able_holders(
    tier: str, sides: Sides, holders: Iterable[Holder], code: str, *, one_tier_each: bool = True
) -> list[Holder]:
    """Who of the office could decide this dossier: the office is empty where nobody can."""
    return [
        one
        for one in holders
        if not own_problems(one, tier, sides, code, one_tier_each=one_tier_each)
    ]


def acting(
    tier: str, sides: Sides, holders: Collection[Holder], code: str, *, one_tier_each: bool = True
) -> list[Holder]:
    """Whose turn it is: those of the office who can, else its substitutes."""
    able = able_holders(tier, sides, holders, code, one_tier_each=one_tier_each)
    return [one for one in able if not one.substitute] or able


def _against(what: str, text: str, holder: Holder) -> Reason:
    return Reason(f"verification.{what}", text, {"name": holder.name}, {"user": holder.user})
