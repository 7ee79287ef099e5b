"""The list of households and the search, page by page by the last key, never by counting."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.households.models import Household, Person, PoorMark
from pendamping.households.queries.people import living_households
from pendamping.households.queries.poverty import during
from pendamping.households.rules.names import name_key
from pendamping.kernel import clock

SIZE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all. ``poor``: ``yes``, ``no`` or empty."""

    rw: str = ""
    rt: str = ""
    poor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as plain mappings, and where the next and the previous page begin (or ``None``)."""

    rows: list[dict[str, Any]]
    next: str | None
    previous: str | None


def households(
    ward: str, filters: Filters = Filters(), *, after: str = "", before: str = "", size: int = SIZE
) -> Page:
    """Households by RW, RT and name of the head.

    A row: ``id, number, rw, rt, address, head_name, size, poor``. ``after`` and ``before`` are
    marks of a page that was given; a mark that is none begins at the start.
    """
    found = _narrowed(living_households(ward), filters, "")
    columns = ("rw", "rt", "head_key", "id")
    shown = (*columns, "number", "address", "head_name", "size", "stated_size", "poor")
    return _page(found.annotate(poor=_poor("pk")), columns, shown, after, before, size)


def search(
    ward: str,
    text: str,
    filters: Filters = Filters(),
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page:
    """Households by the name of any of their members, also the wife's; by number, where it is one.

    A row: ``id`` (of the household), ``person_id, name, relation, rw, rt, address, head_name, size,
    poor``, by the name that was found.
    """
    people = _named(ward, text, filters)
    columns = ("name_key", "id")
    shown = (
        *columns, "household_id", "name", "relation", "household__rw", "household__rt",
        "household__address", "household__head_name", "household__size", "household__number", "poor",
    )  # fmt: skip
    page = _page(people.annotate(poor=_poor("household_id")), columns, shown, after, before, size)
    return Page([_as_hit(row) for row in page.rows], page.next, page.previous)


def hits(ward: str, text: str, filters: Filters = Filters()) -> int:
    """How many people a search finds; how many households there are where no text is given."""
    if text:
        return _named(ward, text, filters).count()
    return _narrowed(living_households(ward), filters, "").count()


def _named(ward: str, text: str, filters: Filters) -> QuerySet[Person]:
    people = Person.objects.filter(ward=ward, status="resident")
    if text.strip().isdigit():
        homes = Household.objects.filter(ward=ward, number=text.strip(), left_on__isnull=True)
        ids = list(homes.values_list("id", flat=True)[:1000])
        people = Person.objects.filter(household__in=ids, status="resident", relation="head")
    else:
        for word in name_key(text).split():
            people = people.filter(name_key__contains=word)
    return _narrowed(people, filters, "household__")


def _as_hit(row: dict[str, Any]) -> dict[str, Any]:
    hit = {name.removeprefix("household__"): value for name, value in row.items()}
    return {**hit, "person_id": row["id"], "id": row["household_id"]}


def _narrowed(found: QuerySet[Any], filters: Filters, prefix: str) -> QuerySet[Any]:
    for name in ("rw", "rt"):
        if value := getattr(filters, name):
            found = found.filter(**{f"{prefix}{name}": value})
    if filters.poor:
        marks = _poor("household_id" if prefix else "pk")
        found = found.filter(marks if filters.poor == "yes" else ~marks)
    return found


def _poor(column: str) -> Exists:
    marks = PoorMark.objects.filter(during(clock.today()), household_id=OuterRef(column))
    return Exists(marks)


def _page(
    found: QuerySet[Any],
    columns: tuple[str, ...],
    shown: tuple[str, ...],
    after: str,
    before: str,
    size: int,
) -> Page:
    """One page: a look at one row more tells whether there is a next one."""
    backwards = bool(before)
    key = _unmark(before or after, len(columns))
    ordered = found.order_by(*(f"-{name}" if backwards else name for name in columns))
    if key:
        ordered = ordered.filter(_beyond(columns, key, "lt" if backwards else "gt"))
    rows = list(ordered.values(*shown)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_next, has_previous = (True, more) if backwards else (more, bool(key))
    return Page(
        rows,
        _mark(rows[-1], columns) if has_next else None,
        _mark(rows[0], columns) if has_previous else None,
    )


def _beyond(columns: tuple[str, ...], key: list[str], side: str) -> Q:
    """Rows after (or before) a key in the order of several columns.

    The first condition alone is implied by the others; it lets the index be entered at the key.
    """
    found = Q()
    for depth, name in enumerate(columns):
        same = Q(**dict(zip(columns[:depth], key[:depth], strict=True)))
        found |= same & Q(**{f"{name}__{side}": key[depth]})
    return Q(**{f"{columns[0]}__{side}e": key[0]}) & found


def _mark(row: dict[str, Any], columns: tuple[str, ...]) -> str:
    packed = json.dumps([row[name] for name in columns], ensure_ascii=False)
    return urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _unmark(mark: str, length: int) -> list[str]:
    try:
        key = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, TypeError):
        return []
    right = isinstance(key, list) and len(key) == length and all(isinstance(k, str) for k in key)
    return key if right and "\x00" not in "".join(key) else []
