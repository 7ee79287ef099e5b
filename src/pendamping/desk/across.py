"""What is due today and this week over all wards of one reader, in one list.

The desk of a ward asks some thirty rooms. Whatever changes what it says leaves an event in the trail of the
ward or of an area above it, or is a day that passed; so what it said is kept under the ends of these trails,
and is asked anew only for the ward in which something happened. Nothing has to be told to forget.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from pendamping.access import gate
from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.access.rules import in_term
from pendamping.desk import accompanying, complaints, dossiers, queries
from pendamping.desk.rules import KINDS, Task
from pendamping.facilitation import queries as facilitation
from pendamping.kernel import clock, memory
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail

MOST_WARDS = 20  # of one reader; who has more looks at figures, not at single tasks
KEPT_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ward with what waits there for the reader: late, today and this week, the most harmful first.

    ``on``: the ward's own today (a practice ward has its own date).
    """

    ward: Any
    on: date
    tasks: tuple[Task, ...]


def own_wards(by: User, wards: Iterable[Any]) -> list[Any]:
    """Of these wards those in which the reader holds a role of the ward itself; practice only where all is
    practice. None where they are too many for one list, or a single one, which has its own page."""
    today = clock.life_today()
    held = {one.area for one in by.held() if in_term(one, today)}
    found = [one for one in wards if one.code in held]
    if not territory.for_practice_alone():
        found = [one for one in found if not one.practice]
    return found if 1 < len(found) <= MOST_WARDS else []


def waiting(by: User, wards: Iterable[Any]) -> list[Waiting]:
    """Each ward's tasks of the reader; what is kept of them is read in one look."""
    named = {ward.code: ward for ward in wards}
    keys = _keys(by, named.values())
    kept = cache.get_many(list(keys.values()))
    found, new = [], {}
    for code, ward in named.items():
        said = kept.get(keys[code])
        with gate.standing_at(ward):
            if said is None:
                said = new[keys[code]] = _asked(by, code)
            found.append(Waiting(ward, clock.today(), said))
    if new:
        cache.set_many(new, KEPT_SECONDS)
    return found


def _asked(by: User, ward: str) -> tuple[Task, ...]:
    on = clock.today()
    with memory.remembering(look=True):
        return tuple(
            queries.desk(ward, on, lambda one: access.may(by, one, ward), own(ward, on, by)).tasks
        )


def own(ward: str, on: date, by: User) -> list[Task]:
    """The tasks that hang on who the reader is: of their office, their log, their complaints."""
    return [
        *dossiers.tasks(ward, on, by),
        *accompanying.tasks(ward, on, by),
        *complaints.tasks(ward, on, by),
    ]


def _keys(by: User, wards: Iterable[Any]) -> dict[str, str]:
    """Under what each ward's tasks are kept: whatever they hang on stands in it."""
    named = list(wards)
    above = {ward.code: list(_above(ward.code)) for ward in named}
    ends = trail.ends({area for areas in above.values() for area in areas})
    common = [
        KINDS, by.pk, get_language(), clock.life_today(), facilitation.logged(by),
    ]  # fmt: skip
    found = {}
    for ward in named:
        hangs_on = [*common, ward.practice_today, [[a, ends.get(a)] for a in above[ward.code]]]
        mark = hashlib.sha256(json.dumps(hangs_on, default=str).encode()).hexdigest()
        found[ward.code] = f"desk.across.{ward.code}.{mark}"
    return found


def _above(code: str) -> Iterator[str]:
    """The ward, every area above it, and the server itself."""
    while code:
        yield code
        code = code.rpartition(".")[0]
    yield ""
