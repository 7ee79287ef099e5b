"""The search: residents whose name has, for each word typed, a word that begins with it.

Hits come in the order of a key: the word that answers the first word typed, then the whole name. So
"ali" shows every Ali before the first Alimah, a page is a piece of the index, and no page counts or
sorts a ward. Where few names answer the rarest word, or few people live in the RT that is asked for,
those are looked through instead; both ways give the same pages.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import CharField, F, Func, Lookup, Q, QuerySet, Sum, Value
from django.db.models.lookups import GreaterThan, LessThan

from pendamping.households.models import Figure, Household, NameWord, Person
from pendamping.households.queries.counts import households_there
from pendamping.households.queries.lists import (
    SIZE,
    Filters,
    Page,
    mark,
    marked_poor,
    narrowed,
    page,
    unmark,
)
from pendamping.households.queries.people import living_households
from pendamping.households.rules.names import name_key

MANY = 300  # hits are counted so far; who finds more types another word
FEW = 500  # names that are looked through at once rather than walked along
FEW_PEOPLE = 4000  # of an RT or a small RW, looked through likewise
STEPS = (200, 1000, 4000)  # how many words a walk takes at a time: most stop within the first
LAST = "\U0010ffff"  # after every letter
Hit = tuple[str, str, str]  # the word found, the name as it is compared, the person
COLUMNS = ("word", "name_key", "person_id")
SHOWN = (
    "id", "name_key", "household_id", "name", "relation", "household__rw", "household__rt",
    "household__address", "household__head_name", "household__size", "household__number", "poor",
)  # fmt: skip


def search(
    ward: str,
    text: str,
    filters: Filters = Filters(),  # noqa: B008 -- frozen
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page:
    """Households by the name of any of their members, also the wife's; by number, where it is one.

    A row: ``id`` (of the household), ``person_id, name, relation, rw, rt, address, head_name, size,
    poor``, by the word that was found and then the name.
    """
    if text.strip().isdigit():
        return _by_number(ward, text.strip(), filters, after, before, size)
    words = _words(text)
    if not words:
        return Page([], None, None)
    backwards = bool(before)
    key = unmark(before or after, len(COLUMNS))
    found = _found(ward, words, filters, key, backwards, size + 1)
    more, hits = len(found) > size, found[:size]
    if backwards:
        hits.reverse()
    if not hits:
        return Page([], None, None)
    has_next, has_previous = (True, more) if backwards else (more, bool(key))
    return Page(
        _rows(hits),
        _mark(hits[-1]) if has_next else None,
        _mark(hits[0]) if has_previous else None,
    )


def hits(ward: str, text: str, filters: Filters = Filters()) -> int:  # noqa: B008 -- frozen
    """How many people a search finds, counted up to ``MANY`` and one more; how many households
    there are where no text is given."""
    if not text:
        return households_there(ward, filters.rw, filters.rt, filters.poor)
    if text.strip().isdigit():
        return min(_heads(ward, text.strip(), filters).count(), MANY + 1)
    words = _words(text)
    return len(_found(ward, words, filters, [], False, MANY + 1)) if words else 0


def _words(text: str) -> list[str]:
    """The words typed, as names are compared, each once; the first sets the order of the hits."""
    return list(dict.fromkeys(name_key(text).split()))[:8]


def _by_number(
    ward: str, number: str, filters: Filters, after: str, before: str, size: int
) -> Page:
    people = _heads(ward, number, filters).annotate(poor=marked_poor("household_id"))
    found = page(people, ("name_key", "id"), SHOWN, after, before, size)
    return Page([_as_hit(row) for row in found.rows], found.next, found.previous)


def _heads(ward: str, number: str, filters: Filters) -> QuerySet[Person]:
    homes = Household.objects.filter(ward=ward, number=number, left_on__isnull=True)
    ids = list(homes.values_list("id", flat=True)[:1000])
    people = Person.objects.filter(household__in=ids, status="resident", relation="head")
    return narrowed(people, filters, "household__")


def _as_hit(row: dict[str, Any]) -> dict[str, Any]:
    hit = {name.removeprefix("household__"): value for name, value in row.items()}
    return {**hit, "person_id": row["id"], "id": row["household_id"]}


def _rows(hits: list[Hit]) -> list[dict[str, Any]]:
    people = Person.objects.filter(pk__in=[person for _word, _name, person in hits])
    rows = people.annotate(poor=marked_poor("household_id")).values(*SHOWN)
    shown = {row["id"]: _as_hit(row) for row in rows}
    return [shown[person] for _word, _name, person in hits if person in shown]


def _mark(hit: Hit) -> str:
    return mark(dict(zip(COLUMNS, hit, strict=True)), COLUMNS)


def answers(name: str, words: Iterable[str]) -> str | None:
    """The first word of a compared name that begins as the first word typed does; ``None`` where
    some word typed is not answered."""
    parts = name.split()
    first = [min((part for part in parts if part.startswith(word)), default="") for word in words]
    return first[0] if all(first) else None


def _found(
    ward: str, words: list[str], filters: Filters, key: list[str], backwards: bool, count: int
) -> list[Hit]:
    """The first hits beyond a key (or all along, without one), the nearest first."""
    few = _few(ward, words, filters)
    if few is not None:
        hits = sorted(_answering(few, words), reverse=backwards)
        beyond = _beyond(key, backwards)
        return _first(_living_there([hit for hit in hits if beyond(hit)], filters), count)
    return _first(
        (
            hit
            for some in _walk(ward, words, key, backwards)
            for hit in _living_there(some, filters)
        ),
        count,
    )


def _first(hits: Iterable[Hit], count: int) -> list[Hit]:
    return [hit for hit, _ in zip(hits, range(count), strict=False)]


def _beyond(key: list[str], backwards: bool) -> Callable[[Hit], bool]:
    if not key:
        return lambda hit: True
    edge = (key[0], key[1], key[2])
    return (lambda hit: hit < edge) if backwards else (lambda hit: hit > edge)


def _answering(names: Iterable[tuple[str, str]], words: list[str]) -> Iterator[Hit]:
    for name, person in names:
        if word := answers(name, words):
            yield word, name, person


def _few(ward: str, words: list[str], filters: Filters) -> list[tuple[str, str]] | None:
    """Names and persons among whom every hit is, where these are few."""
    if _people_there(ward, filters) <= FEW_PEOPLE:
        homes = narrowed(living_households(ward), Filters(filters.rw, filters.rt), "")
        ids = list(homes.values_list("id", flat=True))
        people = Person.objects.filter(household__in=ids, status="resident")
        return list(people.values_list("name_key", "id"))
    for word in sorted(words, key=len, reverse=True):
        found = _beginning(ward, word).values_list("name_key", "person_id")[: FEW + 1]
        if len(names := list(found)) <= FEW:
            return list(dict.fromkeys(names))
    return None


def _people_there(ward: str, filters: Filters) -> int:
    """How many people live where the search looks; without RW and RT: more than a few."""
    if not (filters.rw or filters.rt):
        return FEW_PEOPLE + 1
    there = {name: value for name in ("rw", "rt") if (value := getattr(filters, name))}
    found = Figure.objects.filter(ward=ward, **there).aggregate(all=Sum("people"))
    return found["all"] or 0


def _beginning(ward: str, word: str) -> QuerySet[NameWord]:
    """The words of a ward that begin so, in the order of the index."""
    found = NameWord.objects.filter(ward=ward, word__gte=word, word__lt=word + LAST)
    return found.order_by(*COLUMNS)


class _Together(Func):
    """Several columns or values as one, compared in their order: the index is entered there."""

    template = "(%(expressions)s)"
    output_field = CharField()


def _past(key: Hit, backwards: bool) -> "Lookup[Any]":
    side = LessThan if backwards else GreaterThan
    return side(_Together(*map(F, COLUMNS)), _Together(*map(Value, key)))


def _walk(ward: str, words: list[str], key: list[str], backwards: bool) -> Iterator[list[Hit]]:
    """Hits along the words that begin as the first one typed, some at a time."""
    found = _beginning(ward, words[0])
    for word in words[1:]:
        found = found.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    if backwards:
        found = found.reverse()
    at, step = (key[0], key[1], key[2]) if key else None, 0
    while True:
        size = STEPS[min(step, len(STEPS) - 1)]
        beyond = found.filter(_past(at, backwards)) if at else found
        rows = list(beyond.values_list(*COLUMNS)[:size])
        # a person with two such words is a hit at the first of them
        yield [row for row in rows if answers(row[1], words) == row[0]]
        if len(rows) < size:
            return
        at, step = rows[-1], step + 1


def _living_there(hits: list[Hit], filters: Filters) -> Iterator[Hit]:
    """Those of the hits that the filters let through, asked for some at a time."""
    if filters == Filters():
        yield from hits
        return
    for start in range(0, len(hits), STEPS[0]):
        some = hits[start : start + STEPS[0]]
        people = Person.objects.filter(pk__in=[person for _word, _name, person in some])
        kept = set(narrowed(people, filters, "household__").values_list("id", flat=True))
        yield from (hit for hit in some if hit[2] in kept)
