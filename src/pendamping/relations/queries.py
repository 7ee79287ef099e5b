"""Reading relations: what was declared, and the concentration of each cycle with the records behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import Reason
from pendamping.relations import rules
from pendamping.relations.models import Kin
from pendamping.trail import queries as trail


@dataclass(frozen=True, slots=True)
class Cycle:
    """A calendar year, by which plan, grant and books run; ``last``: its last day that has been."""

    year: int
    last: date
    measures: tuple[rules.Measure, ...]


def declared(ward: str) -> list[Kin]:
    """What was declared and stands, the latest first."""
    found = Kin.objects.filter(ward=ward, withdrawn_on__isnull=True).select_related("one", "other")
    return list(found.order_by("-declared_on", "-id"))


def cycles(ward: str, on: date) -> list[Cycle]:
    """The concentration of every cycle up to a day, the latest first; a cycle without money or office is none."""
    facts = gather(ward, on)
    days = [
        *(one.since for one in facts.held),
        *(one.on for one in facts.given),
        *(one.since for one in facts.members),
    ]
    past = [day for day in days if day <= on]
    found = []
    for year in range(on.year, min(past, default=on).year - 1, -1):
        last = min(on, date(year, 12, 31))
        found.append(Cycle(year, last, rules.measures(facts, date(year, 1, 1), last)))
    return found if past else []


def limits(ward: str, on: date) -> dict[str, int]:
    """From which share on a figure is to be looked at, in percent."""
    return rules.limits(guidelines.in_force(ward, on).section("concentration"))


def gather(ward: str, on: date) -> rules.Facts:
    """What the figures are counted from, every person under the entry that stands for them."""
    rows = {name: list(found) for name, found in institutions.dump(ward).items()}
    lent = [one for one in loans.loans(ward) if one.disbursed and one.disbursed <= on]
    social = [
        one
        for one in grants.social_grants(ward)
        if one.movement.on <= on and one.movement.reversed_on is None
    ]
    works = [one for one in grants.grants(ward) if one.contract_on <= on]
    kin = [one for one in declared(ward) if one.declared_on <= on]
    people = {
        *(row["person"] for name in ("seats", "group_offices", "group_members") for row in rows[name]),
        *(member.person_id for one in lent for member in one.members.all()),
        *(one.person_id for one in social if one.person_id),
        *(person for one in kin for person in (one.one_id, one.other_id)),
    }  # fmt: skip
    stands = households.survivors(people)
    homes = households.households_at(ward, set(stands.values()), on)
    places = {
        key: f"{one.rw}/{one.rt}"
        for key, one in households.persons(ward, set(stands.values())).items()
        if one.rt
    }
    members = _members(rows["group_members"], stands)
    return rules.Facts(
        _held(rows, stands),
        (*_lent(lent, stands, places), *_granted(social, works, members, stands, places)),
        members,
        rules.Ties(
            homes, {frozenset((stands[one.one_id], stands[one.other_id])): one.kind for one in kin}
        ),
    )


Rows = Mapping[str, list[dict[str, Any]]]


def _held(rows: Rows, stands: Mapping[str, str]) -> tuple[rules.Held, ...]:
    seats = [
        rules.Held(stands[one["person"]], f"body:{one['body']}", one["since"],
                   one["until"] - timedelta(days=1) if one["until"] else one["ends"])
        for one in rows["seats"]
    ]  # fmt: skip
    offices = [
        rules.Held(stands[one["person"]], f"group:{one['group']}", one["from"],
                   one["to"] - timedelta(days=1) if one["to"] else None)
        for one in rows["group_offices"]
    ]  # fmt: skip
    return (*seats, *offices)


def _members(rows: list[dict[str, Any]], stands: Mapping[str, str]) -> tuple[rules.Member, ...]:
    return tuple(
        rules.Member(stands[one["person"]], one["group"], one["from"], one["to"]) for one in rows
    )


def _lent(
    lent: list[Any], stands: Mapping[str, str], places: Mapping[str, str]
) -> Iterator[rules.Given]:
    for loan in lent:
        for part in loan.members.all():
            person = stands[part.person_id]
            yield rules.Given(
                (person,), "loan", part.amount, loan.disbursed, f"loan:{loan.id}",
                places.get(person, ""),
            )  # fmt: skip


def _granted(
    social: list[Any], works: list[Any], members: tuple[rules.Member, ...],
    stands: Mapping[str, str], places: Mapping[str, str],
) -> Iterator[rules.Given]:  # fmt: skip
    def of_group(group: str, on: date) -> tuple[str, ...]:
        return tuple(
            one.person
            for one in members
            if one.group == group and one.since <= on and (one.until is None or one.until > on)
        )

    for one in social:
        person = stands.get(one.person_id or "", "")
        whom = (person,) if person else of_group(one.group_id, one.movement.on)
        yield rules.Given(
            whom, "grant", one.movement.amount, one.movement.on, f"social:{one.id}",
            places.get(person, ""),
        )  # fmt: skip
    for one in works:
        whom = of_group(one.group_id, one.contract_on)
        yield rules.Given(whom, "grant", one.value, one.contract_on, f"grant:{one.id}")


def check(ward: str) -> list[Reason]:
    """Declarations that no action entered."""
    told = {record for record, _verb, _data in trail.told(ward, ["relations.declare"])}
    kept = {f"kin:{key}" for key in Kin.objects.filter(ward=ward).values_list("id", flat=True)}
    return [
        Reason(
            "relations.said",
            "What is kept of a relation differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record in sorted(told ^ kept)
    ]


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``kin``, sorted by key."""
    columns = ("id", "one", "other", "kind", "said", "declared_on", "withdrawn_on", "withdrawn_why")
    return {"kin": iter(Kin.objects.filter(ward=ward).order_by("id").values(*columns))}
