"""Names like the one that is being typed, found by a look at a few hundred names at most.

For each word typed: the words of the ward that begin with its first three letters and are like it,
and those that one slip or another spelling makes of it, wherever the slip is; among the names that have such a word, those that stand nearest in the alphabet to the name typed.
Names are alike from their beginning on, so the likest are near.
"""

from datetime import date

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pendamping.households.models import Person
from pendamping.households.queries.people import Resident, as_residents
from pendamping.households.queries.perhaps import near_words
from pendamping.households.rules.names import name_key

LIKE = 0.86  # two names are alike from here on (1: the same), as measured for likely doubles
WORDS, WORDS_LIKE, NEAR = 3, 4, 25  # words typed, words like each, names to either side
LAST = "\U0010ffff"  # after every letter

# the different words of a ward between two, one step in the index for each
_VOCABULARY = """
WITH RECURSIVE known(word) AS (
    SELECT min(word) FROM households_nameword WHERE ward = %s AND word >= %s AND word < %s
    UNION ALL
    SELECT (SELECT min(next.word) FROM households_nameword AS next
            WHERE next.ward = %s AND next.word > known.word AND next.word < %s)
    FROM known WHERE known.word IS NOT NULL
)
SELECT word FROM known WHERE word IS NOT NULL LIMIT 500
"""
_NEAR = """
SELECT name_key FROM (
    SELECT DISTINCT name_key FROM households_nameword
    WHERE ward = %s AND word = %s AND name_key {side} %s ORDER BY name_key {order} LIMIT {count}
) AS near_names
"""
_BEFORE = _NEAR.format(side="<", order="DESC", count=NEAR)
_AFTER = _NEAR.format(side=">=", order="ASC", count=NEAR)


def similar_names(
    ward: str, name: str, born: date | None = None, limit: int = 6
) -> list[tuple[Resident, int]]:
    """Residents whose name is like the one that is being typed, most alike first (0 to 100).

    ``born``: only those born in the year of that day or in the two before or after it.
    """
    key = name_key(name)
    if len(key) < 3:
        return []
    near = process.extract(
        key, _names(ward, key), scorer=JaroWinkler.similarity, score_cutoff=LIKE, limit=None
    )
    found: list[tuple[Resident, int]] = []
    for same, score, _at in near:
        people = Person.objects.filter(ward=ward, name_key=same, status="resident")
        if born is not None:
            people = people.filter(born__year__range=(born.year - 2, born.year + 2))
        for each in as_residents(people.order_by("id")[: limit - len(found)]):
            found.append((each, round(score * 100)))
        if len(found) >= limit:
            break
    return found


def _names(ward: str, key: str) -> list[str]:
    """Names worth a comparison, each once."""
    words = sorted(dict.fromkeys(key.split()), key=len, reverse=True)[:WORDS]
    parts: list[str] = []
    values: list[str] = []
    for word in words:
        for like in _like(ward, word):
            as_if = key.replace(word, like)
            parts += [_BEFORE, _AFTER]
            values += [ward, like, as_if, ward, like, as_if]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), values)
        return sorted(name for (name,) in cursor.fetchall())


def _like(ward: str, word: str) -> list[str]:
    """Words of the ward like this one, itself among them where somebody has it."""
    begin, end = word[:3], word[:3] + LAST
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY, [ward, begin, end, ward, end])
        known = [found for (found,) in cursor.fetchall()]
    near = process.extract(word, known, scorer=JaroWinkler.similarity, limit=WORDS_LIKE)
    alike = [found for found, _score, _at in near]
    return list(dict.fromkeys([*alike, *near_words(ward, word)]))
