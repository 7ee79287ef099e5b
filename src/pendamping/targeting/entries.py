"""The rows of a poor list: put on, taken off, ticked. Called inside this room's actions only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pendamping.households import queries as homes
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.targeting.models import Criterion, ListEntry, PoorList, Tick
from pendamping.targeting.rules.draft import Change, Said, clash_problems, merged

ALL = 10**7  # one page that holds every household
FEW = 20


@dataclass(frozen=True, slots=True)
class Home:
    """A household as a list names it."""

    id: str
    head_name: str
    rw: str
    rt: str


def living(ward: str, ids: Collection[str]) -> list[Home]:
    """Those of the households that live in the ward today, with the name of their head."""
    wanted = set(ids)
    if len(wanted) <= FEW:
        found = (homes.household(ward, each) for each in sorted(wanted))
        return [
            Home(home.id, home.head_name, home.rw, home.rt)
            for home in found
            if home is not None and home.left_on is None
        ]
    rows = homes.households(ward, size=ALL).rows
    return [
        Home(row["id"], row["head_name"], row["rw"], row["rt"])
        for row in rows
        if row["id"] in wanted
    ]


def known(ward: str, ids: Sequence[str]) -> list[Home]:
    """The households; refuses any that does not live in the ward."""
    found = living(ward, ids)
    missing = set(ids) - {home.id for home in found}
    if missing:
        raise refuse(
            "targeting.list.household",
            "{count} of the households do not live in this ward (any more).",
            count=len(missing),
            where={"households": sorted(missing)},
        )
    return found


def put(
    found: PoorList,
    those: Collection[Home],
    *,
    listed: bool,
    origin: str,
    official: Collection[str],
) -> None:
    """Enter households, or put back those that were taken off."""
    there = set(
        ListEntry.objects.filter(
            list=found, household_id__in=[home.id for home in those]
        ).values_list("household_id", flat=True)
    )
    if listed:
        ListEntry.objects.filter(list=found, household_id__in=there, listed=False).update(
            listed=True
        )
    ListEntry.objects.bulk_create(
        [
            ListEntry(
                id=new_id(),
                list=found,
                household_id=home.id,
                head_name=home.head_name,
                rw=home.rw,
                rt=home.rt,
                listed=listed,
                official=home.id in official,
                origin=origin,
            )
            for home in those
            if home.id not in there
        ],
        batch_size=500,
    )


def take_off(found: PoorList, ids: Sequence[str]) -> None:
    """Households that are not (any more) on the list; their row stays."""
    ListEntry.objects.filter(list=found, household_id__in=list(ids)).update(listed=False)


def tick(found: PoorList, ticks: Mapping[str, Sequence[str]]) -> None:
    """Replace the ticks of the households named; criteria by key or id, of households only."""
    if not ticks:
        return
    criteria = Criterion.objects.filter(version_id=found.criteria_id, kind="household")
    by_name = {name: each.id for each in criteria for name in (each.id, each.key)}
    unknown = sorted({name for names in ticks.values() for name in names} - by_name.keys())
    if unknown:
        raise refuse(
            "targeting.list.criterion",
            "{names}: no criterion about households of this version.",
            names=", ".join(unknown),
        )
    entries = dict(ListEntry.objects.filter(list=found).values_list("household_id", "id"))
    missing = sorted(ticks.keys() - entries.keys())
    if missing:
        raise refuse(
            "targeting.list.household",
            "{count} of the households do not live in this ward (any more).",
            count=len(missing),
            where={"households": missing},
        )
    chosen = [entries[household] for household in ticks]
    for start in range(0, len(chosen), 500):
        Tick.objects.filter(entry_id__in=chosen[start : start + 500]).delete()
    Tick.objects.bulk_create(
        [
            Tick(id=new_id(), entry_id=entries[household], criterion_id=criterion)
            for household, names in ticks.items()
            for criterion in sorted({by_name[name] for name in names})
        ],
        batch_size=500,
    )


def standing(found: PoorList, ids: Collection[str]) -> dict[str, ListEntry]:
    """The rows of some households of a list, by household."""
    rows = ListEntry.objects.filter(list=found, household_id__in=ids)
    return {one.household_id: one for one in rows.prefetch_related("ticks__criterion")}


def as_said(entry: ListEntry) -> Said:
    """A household as it stands on the list."""
    return Said(entry.listed, frozenset(tick.criterion.key for tick in entry.ticks.all()))


def merge(found: PoorList, changes: Mapping[str, Change]) -> dict[str, int]:
    """Change of each household what the sender of a page changed; refused where two people differ.

    Returns how many were put on the list, taken off it, and got other criteria.
    """
    rows = standing(found, changes.keys())
    now = {home: as_said(one) for home, one in rows.items()}
    refuse_if(clash_problems(changes, now, {home: one.head_name for home, one in rows.items()}))
    then = {home: merged(change, now.get(home, Said())) for home, change in changes.items()}
    on, off = (
        [
            home
            for home, said in then.items()
            if home in now and (said.listed, now[home].listed) == way
        ]
        for way in ((True, False), (False, True))
    )
    known(found.ward, on)
    ListEntry.objects.filter(list=found, household_id__in=on).update(listed=True)
    take_off(found, off)
    other = {home: said for home, said in then.items() if said.ticks != now.get(home, Said()).ticks}
    tick(found, {home: sorted(said.ticks) for home, said in other.items()})
    return {"added": len(on), "removed": len(off), "ticked": len(other)}


def ticked_before(found: PoorList, last: PoorList | None) -> dict[str, list[str]]:
    """What the ratified list before ticked for households that stand on both: household id to the ids of
    the new list's criteria; only criteria about households that read the same in both versions."""
    if last is None:
        return {}
    criteria = Criterion.objects.filter(version_id=found.criteria_id, kind="household")
    same = {one.text: one.id for one in criteria}
    there = set(ListEntry.objects.filter(list=found).values_list("household_id", flat=True))
    rows = Tick.objects.filter(entry__list=last, entry__listed=True).values_list(
        "entry__household_id", "criterion__text"
    )
    kept: dict[str, list[str]] = {}
    for home, text in rows:
        if home in there and text in same:
            kept.setdefault(home, []).append(same[text])
    return kept
