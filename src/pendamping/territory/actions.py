"""The writers of regions and wards. This room lies below ``access``: whoever calls has asked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.territory import rules
from pendamping.territory.models import Area, Change, Neighbourhood, Turn, Ward
from pendamping.territory.queries import for_practice_alone, in_force
from pendamping.trail import bulk
from pendamping.trail.actions import Actor, record
from pendamping.trail.writing import action, current

BATCH = 2000
AREA = ("code", "name", "name_key", "level", "parent", "since")


@action
def update_regions(
    *,
    by: Actor,
    regions: Mapping[str, str],
    source: str,
    on: date | None = None,
    splits: Mapping[str, Iterable[str]] | None = None,
    may_shrink: bool = False,
) -> rules.Update:
    """Take over a newer list of regions: new codes, new names, codes that ceased, splits.

    Nothing is deleted: a code that ceased keeps its records and says since when. A ward that takes
    part bears the new name, and its trail says so. Refuses an empty list and, unless it
    ``may_shrink``, one that closes far more codes than a reform does.
    """
    day = on or clock.today()
    known = in_force()
    refuse_if(rules.problems(known, regions, splits or {}))
    refuse_if([] if may_shrink else rules.shrinks(known, regions))
    update = rules.compare(known, regions, splits)
    first = not known
    _add(update.added, None if first else day)
    for code, (_, name) in update.renamed.items():
        Area.objects.filter(pk=code).update(name=name, name_key=rules.name_key(name))
    _rename_wards(by, regions, day)
    for start in range(0, len(update.closed), BATCH):
        Area.objects.filter(pk__in=update.closed[start : start + BATCH]).update(until=day)
    if not first:
        Change.objects.bulk_create(_changes(update, day, source), batch_size=BATCH)
    record(by=by, ward="", record="regions", on=day, source=source, **_counts(update))
    return update


def _add(added: Mapping[str, str], since: date | None) -> None:
    back = Area.objects.filter(pk__in=list(added)) if since else Area.objects.none()
    returned = set(back.values_list("code", flat=True)) if since else set()
    for code in returned:
        name = added[code]
        Area.objects.filter(pk=code).update(until=None, name=name, name_key=rules.name_key(name))
    areas = (
        (code, name, rules.name_key(name), rules.level(code), rules.parent(code), since)
        for code, name in added.items()
        if code not in returned
    )
    bulk.insert(Area, AREA, areas)
    bulk.count_anew([Area])


def _rename_wards(by: Actor, regions: Mapping[str, str], on: date) -> None:
    """The wards that take part bear the names of the list."""
    for ward in Ward.objects.select_for_update():
        name = regions.get(ward.code, ward.name)
        if ward.name != name:
            old, ward.name = ward.name, name
            ward.save(update_fields=["name"])
            record(by=by, ward=ward.code, record=f"ward:{ward.code}", on=on, was=old, name=name)


def _changes(update: rules.Update, on: date, source: str) -> list[Change]:
    def change(code: str, kind: str, **more: Any) -> Change:
        return Change(code=code, on=on, kind=kind, source=source, **more)

    return [
        *(change(code, "added") for code in update.added),
        *(change(code, "renamed", old_name=old) for code, (old, _) in update.renamed.items()),
        *(change(code, "closed") for code in update.closed),
        *(
            change(code, "split", successor=successor)
            for code, after in update.splits.items()
            for successor in after
        ),
    ]


def _counts(update: rules.Update) -> dict[str, int]:
    return {
        "added": len(update.added),
        "renamed": len(update.renamed),
        "closed": len(update.closed),
        "split": len(update.splits),
    }


@action
def open_ward(
    *,
    by: Actor,
    code: str,
    programme_start: date | None = None,
    programme_end: date | None = None,
    practice_today: date | None = None,
) -> Ward:
    """Let a ward take part. Refuses a code that is no ward in force, and one that takes part.

    Where a case for practice is loaded (a ward with a practice date that belongs to no other), everybody knows
    the logins: no ward of real life is opened beside it. The new one is for practice too, from today on.
    """
    if practice_today is None and for_practice_alone():
        practice_today = clock.life_today()
    area = Area.objects.filter(pk=code, until__isnull=True).first()
    if area is None or area.level != "ward":
        raise refuse(
            "territory.ward", "{code} is not the code of a ward", code=code, where={"ward": code}
        )
    ward, opened = Ward.objects.get_or_create(
        code=code,
        defaults={
            "name": area.name,
            "programme_start": programme_start,
            "programme_end": programme_end,
            "practice_today": practice_today,
        },
    )
    if not opened:
        raise refuse(
            "territory.ward_open", "{name} takes part already", name=area.name, where={"ward": code}
        )
    record(
        by=by, ward=code, record=f"ward:{code}", on=programme_start, practice=bool(practice_today)
    )
    return ward


@action
def begin_programme(*, by: Actor, code: str, on: date) -> None:
    """Give a ward its first day, or another one; whoever calls has looked at what is recorded since."""
    Ward.objects.filter(pk=code).update(programme_start=on)
    record(by=by, ward=code, record=f"ward:{code}", programme_start=on)


@action
def open_practice(*, by: Actor, of: str, today: date, programme_start: date) -> Ward:
    """A practice ward beside a ward, under its code and a mark that no official code has
    (``32.71.01.1003.L1``): roles of the ward hold there too. The caller has taken its turn."""
    real = Ward.objects.get(pk=of)
    number = Ward.objects.filter(practice_of=of).count() + 1
    made = Ward.objects.create(
        code=f"{of}{rules.PRACTICE}{number}",
        name=f"{real.name} (latihan)",
        programme_start=programme_start,
        practice_today=today,
        practice_of=of,
    )
    record(by=by, ward=made.code, record=f"ward:{made.code}", on=programme_start, practice=True)
    return made


@action
def put_practice_away(*, by: Actor, code: str, on: date) -> None:
    """Close a practice ward for good; what was entered there stays, and nobody comes to it."""
    changed = Ward.objects.filter(pk=code, put_away_on__isnull=True).exclude(practice_of="")
    if not changed.update(put_away_on=on):
        raise refuse(
            "territory.practice", "{code} is not a practice ward", code=code, where={"ward": code}
        )
    record(by=by, ward=code, record=f"ward:{code}", put_away=on)


@action
def set_practice_date(*, by: Actor, ward: str, today: date) -> None:
    """Move a practice ward's clock. Refuses a ward of real life."""
    changed = Ward.objects.filter(pk=ward, practice_today__isnull=False).update(
        practice_today=today
    )
    if not changed:
        raise refuse(
            "territory.practice", "{code} is not a practice ward", code=ward, where={"ward": ward}
        )
    record(by=by, ward=ward, record=f"ward:{ward}", today=today)


@action
def add_neighbourhoods(*, by: Actor, ward: str, pairs: Iterable[tuple[str, str]]) -> int:
    """Add RTs (``("05", "02")`` is RW 05, RT 02) that the ward does not have yet; returns how many."""
    known = set(Neighbourhood.objects.filter(ward=ward).values_list("rw", "rt"))
    new = sorted(set(pairs) - known)
    Neighbourhood.objects.bulk_create(
        (Neighbourhood(ward=ward, rw=rw, rt=rt) for rw, rt in new), batch_size=BATCH
    )
    record(by=by, ward=ward, record=f"ward:{ward}", added=len(new))
    return len(new)


def take_turn(ward: str, desk: str) -> None:
    """A step of other rooms' actions: wait until nobody else is at this desk of the ward; held until
    the action ends.
    """
    current()
    turn, _ = Turn.objects.get_or_create(ward=ward, desk=desk)
    Turn.objects.select_for_update().get(pk=turn.pk)
