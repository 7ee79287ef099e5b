"""The list of households, page by page by the last key, never by counting."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.households.models import PoorMark
from pendamping.households.queries.people import living_households
from pendamping.households.queries.poverty import during
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
    found = narrowed(living_households(ward), filters, "")
    columns = ("rw", "rt", "head_key", "id")
    shown = (*columns, "number", "address", "head_name", "size", "stated_size", "poor")
    return page(found.annotate(poor=marked_poor("pk")), columns, shown, after, before, size)


def narrowed(found: QuerySet[Any], filters: Filters, prefix: str) -> QuerySet[Any]:
    for name in ("rw", "rt"):
        if value := getattr(filters, name):
            found = found.filter(**{f"{prefix}{name}": value})
    if filters.poor:
        marks = marked_poor("household_id" if prefix else "pk")
        found = found.filter(marks if filters.poor == "yes" else ~marks)
    return found


def marked_poor(column: str) -> Exists:
    marks = PoorMark.objects.filter(during(clock.today()), household_id=OuterRef(column))
    return Exists(marks)


def page(
    found: QuerySet[Any],
    columns: tuple[str, ...],
    shown: tuple[str, ...],
    after: str,
    before: str,
    size: int,
) -> Page:
    """One page: a look at one row more tells whether there is a next one."""
    backwards = bool(before)
    key = unmark(before or after, len(columns))
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
        mark(rows[-1], columns) if has_next else None,
        mark(rows[0], columns) if has_previous else None,
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


def mark(row: dict[str, Any], columns: tuple[str, ...]) -> str:
    packed = json.dumps([row[name] for name in columns], ensure_ascii=False)
    return urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def unmark(mark: str, length: int) -> list[str]:
    try:
        key = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, TypeError):
        return []
    right = isinstance(key, list) and len(key) == length and all(isinstance(k, str) for k in key)
    return key if right and "\x00" not in "".join(key) else []
