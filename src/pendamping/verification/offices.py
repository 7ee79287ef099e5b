"""Who sits in which office: appointed, by role where the guideline says so, or standing in."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.territory.rules import contains
from pendamping.verification import guideline
from pendamping.verification.models import Absence, Dossier, Freeze, Office, Step
from pendamping.verification.rules.chain import LEVELS, Tier, seat_of
from pendamping.verification.rules.sides import Holder, Sides, plain


def above(seat: str) -> list[str]:
    """The seat and every area around it, the country (empty) too."""
    parts = seat.split(".")
    return ["", *(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))]


def in_term(on: date) -> Q:
    """Offices whose term covers the day, ends included."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def holders(tier: Tier, ward: str, on: date) -> list[Holder]:
    """Who sits in a tier's office for a ward on a day, substitutes too; the absent are left out."""
    seat = seat_of(ward, tier.level)
    offices = list(Office.objects.filter(in_term(on), tier=tier.key, area__in=above(seat)))
    names = access.names({one.user for one in offices})
    found = {
        one.user: Holder(one.user, one.person, names[one.user], one.substitute)
        for one in sorted(offices, key=lambda one: not one.substitute)
        if one.user in names
    }
    for user in _by_role(tier.roles, ward):
        known = found.get(user.username)
        if known is None or known.substitute:
            found[user.username] = Holder(user.username, known.person if known else "", user.name)
    away = absent(found, on)
    return [one for name, one in sorted(found.items()) if name not in away]


def _by_role(roles: Collection[str], ward: str) -> list[User]:
    if not roles:
        return []
    life = clock.life_today()
    given = [*access.people_of(ward), *access.reaching(ward)]
    return [
        one.user
        for one in given
        if one.role in roles
        and one.user.is_active
        and one.since <= life
        and (one.until is None or one.until >= life)
    ]


def absent(users: Collection[str], on: date) -> set[str]:
    """Who of these is away on a day."""
    found = Absence.objects.filter(user__in=list(users), since__lte=on, until__gte=on)
    return set(found.values_list("user", flat=True))


def sides(dossier: Dossier) -> Sides:
    """Who stands where in a dossier."""
    decided = list(
        dossier.steps.exclude(decision="").order_by("number").values_list(
            "decided_by", "tier", "decision"
        )
    )  # fmt: skip
    refused = [(user, tier) for user, tier, decision in decided if decision == "refuse"]
    anew = refused[-1:] if dossier.appeals else []
    return Sides(
        entered_by=frozenset(dossier.handings.values_list("by", flat=True)),
        people=frozenset(
            households.every_id(one["person"] for one in dossier.parties if one.get("person"))
        ),
        users=frozenset(one["user"] for one in dossier.parties if one.get("user")),
        names=frozenset(plain(one["name"]) for one in dossier.parties if one.get("name")),
        decided=tuple((user, tier) for user, tier, _decision in decided),
        recused=frozenset(dossier.recusals.values_list("user", flat=True)),
        refused_by=anew[0][0] if anew else "",
    )


def seats(by: User, on: date | None = None) -> list[tuple[str, str]]:
    """The pairs of tier and area in which somebody may work a queue on a day (none given: today).

    Whoever only stands in gets the queue where nobody else sits in the office.
    """
    today = on or clock.today()
    mine = list(Office.objects.filter(in_term(today), user=by.username))
    found = {(one.tier, one.area) for one in mine if not one.substitute}
    for one in mine:
        if one.substitute:
            found |= {(one.tier, seat) for seat in _empty_seats(one, today)}
    life = clock.life_today()
    for held in by.held():
        if held.since <= life and (held.until is None or held.until >= life):
            for key, tier in guideline.rule(held.area, today).tiers.items():
                if held.role in tier.roles and len(held.area.split(".")) <= LEVELS[tier.level]:
                    found.add((key, held.area))
    return sorted(found)


def _empty_seats(office: Office, on: date) -> list[str]:
    """Where dossiers wait in the substitute's area and nobody who is there sits in the office."""
    waiting = Dossier.objects.filter(state="open", tier=office.tier)
    seats = waiting.order_by().values_list("seat", flat=True).distinct()
    inside = [seat for seat in seats if contains(office.area, seat)]
    return [seat for seat in inside if not _filled(office.tier, seat, on)]


def _filled(tier: str, seat: str, on: date) -> bool:
    """Whether somebody who is not away sits in the office itself."""
    regular = Office.objects.filter(in_term(on), tier=tier, area__in=above(seat), substitute=False)
    users = set(regular.values_list("user", flat=True))
    return bool(users - absent(users, on))


def sits_in(by: User, tier: str, area: str) -> bool:
    """Whether somebody works the queue of a tier in an area."""
    return any(key == tier and contains(held, area) for key, held in seats(by))


def holder_of(by: User, people: Collection[Holder]) -> Holder:
    """The user as a holder; with the resident's id where the office knows it."""
    return next(
        (one for one in people if one.user == by.username), Holder(by.username, "", by.name)
    )


def stands_in(by: User, step: Step) -> bool:
    """Whether the user sits in the step's office as a substitute."""
    rule = guideline.rule(step.ward, step.received_on)
    people = holders(rule.tiers[step.tier], step.ward, clock.today())
    return holder_of(by, people).substitute


def appointed(tier: Tier, ward: str, on: date) -> list[Office]:
    """Who was appointed to a tier's office for a ward, by a day."""
    seat = seat_of(ward, tier.level)
    found = Office.objects.filter(in_term(on), tier=tier.key, area__in=above(seat))
    return list(found.order_by("substitute", "since", "user"))


def names_by_role(tier: Tier, ward: str) -> list[str]:
    """Who sits there by role alone."""
    return sorted({user.name for user in _by_role(tier.roles, ward)})


def able_people(ward: str) -> list[User]:
    """Who holds a role in the ward or above it: whoever may be appointed is among them."""
    given = [*access.people_of(ward), *access.reaching(ward)]
    return sorted({one.user for one in given}, key=lambda user: user.name)


def serves(office_id: str, ward: str) -> bool:
    """Whether an office is one that serves a ward."""
    found = Office.objects.filter(pk=office_id).first()
    return found is not None and contains(found.area, ward)


def freezes(ward: str) -> list[Freeze]:
    """The freezes of a ward's areas that have not ended yet."""
    found = Freeze.objects.filter(area__in=above(ward), until__gt=clock.today())
    return list(found.order_by("since"))


def absences(ward: str) -> list[tuple[str, Absence]]:
    """Who is away today or later, with the name."""
    found = list(Absence.objects.filter(area__in=above(ward), until__gte=clock.today()))
    names = access.names({one.user for one in found})
    return [(names.get(one.user, one.user), one) for one in found]
