"""What was perhaps meant: names of the ward near to a name that nobody has.

Each word typed is written in other ways (``rules.spelling``) and each of these is asked for in the
index of words: some 800 steps into the index for a word, however many people live in the ward. Of
the names put together from what is there, the first few are tried as a search would.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, product

from django.db import connection
from rapidfuzz.distance import JaroWinkler

from pendamping.households.models import NameWord
from pendamping.households.queries.lists import Filters
from pendamping.households.queries.search import LAST, _found, _words
from pendamping.households.rules.names import sound_key
from pendamping.households.rules.spelling import slips, spellings

FEW_HITS = 2  # up to so many people found, near names are offered
WORDS, NEAR, TRIED, OFFERED = 4, 4, 12, 4  # words typed, near each; names tried, names offered


def perhaps_meant(ward: str, text: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008 -- frozen
    """Names near to what was typed that somebody has, nearest first; as they are compared, each
    word with a capital. Empty for a number."""
    words = _words(text)[:WORDS]
    if not words or text.strip().isdigit():
        return []
    choices = [_choices(ward, word) for word in words]
    answered = [each for each in choices if each]
    near = [each for each in _together(answered) if each != words]
    found: list[str] = []
    for each in near[:TRIED]:
        if _found(ward, each, filters, [], False, 1):
            found.append(" ".join(each).title())
        if len(found) == OFFERED:
            break
    return found


def _choices(ward: str, word: str) -> list[str]:
    """The word itself where somebody's begins so, then those near to it."""
    known = NameWord.objects.filter(ward=ward, word__gte=word, word__lt=word + LAST).exists()
    near = [each for each in near_words(ward, word) if not each.startswith(word)]
    return [*([word] if known else []), *near]


def _together(choices: Sequence[Sequence[str]]) -> list[list[str]]:
    """One choice for each word, those first that take the first choices."""
    ranked = (
        (sum(rank for rank, _ in picked), [word for _, word in picked])
        for picked in product(*(list(enumerate(each)) for each in choices))
    )
    return [picked for _, picked in sorted(ranked)] if choices else []


def near_words(ward: str, word: str) -> list[str]:
    """Words of the ward's names near to this one, those that sound the same first; without itself."""
    there = _there(ward, dict.fromkeys([*spellings(word), *slips(word)]))
    sound = sound_key(word)

    def distance(other: str) -> tuple[bool, float, str]:
        return sound_key(other) != sound, -JaroWinkler.similarity(word, other), other

    return list(islice(sorted(there, key=distance), NEAR))


def _there(ward: str, words: Iterable[str]) -> list[str]:
    """Which of the words somebody of the ward has: one step into the index for each."""
    asked = list(words)
    if not asked:
        return []
    rows = ", ".join(["(%s)"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked(word) AS (VALUES {rows}) SELECT word FROM asked WHERE EXISTS ("  # noqa: S608 -- marks alone
            " SELECT 1 FROM households_nameword AS known"
            " WHERE known.ward = %s AND known.word = asked.word)",
            [*asked, ward],
        )
        return [word for (word,) in cursor.fetchall()]
