"""Who may be the same person: gather candidates cheaply, weigh the evidence, say why.

Weights are logarithms to base two of how much more often a sign is met between two records of one
person than between strangers, rounded by hand; a shared rare name weighs more than a common one.
Work grows in proportion to the number of persons: each candidate group is small or is compared only
with its neighbours in the alphabet.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from pendamping.households.rules.findings import Likely
from pendamping.households.rules.names import sound_key

LARGEST_GROUP = 60
NEIGHBOURS = 12
LEAST_PRIOR = 9.0
BEST_NAME_AND_PLACE = 12.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a person for comparison.

    ``name`` is a name key; ``nik`` the digits or a keyed hash, empty where missing; ``place`` the
    address or RW and RT; ``household`` tells siblings from doubles.
    """

    key: str
    name: str
    born: date | None = None
    precision: str = "day"
    sex: str = ""
    nik: str = ""
    place: str = ""
    household: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How common names and words of names are among everybody compared."""

    total: int
    names: Counter[str]
    words: Counter[str]

    @classmethod
    def of(cls, people: Sequence[Identity]) -> "Crowd":
        """Count a list of persons."""
        names = Counter(person.name for person in people)
        words: Counter[str] = Counter()
        for name, times in names.items():
            for word in set(name.split()):
                words[word] += times
        return cls(max(len(people), 2), names, words)

    @property
    def prior(self) -> float:
        """The evidence needed before "one person" is as likely as "two": more in a larger crowd."""
        return max(LEAST_PRIOR, log2(self.total))

    def rarity(self, words: Iterable[str]) -> float:
        """What it says that two records share these words, in bits."""
        return sum(log2(self.total / max(self.words[word], 1)) for word in set(words))


def likely_duplicates(
    new: Sequence[Identity], existing: Sequence[Identity] = (), at_least: int = 50
) -> list[Likely]:
    """Pairs that may be one person, best first; pairs within ``existing`` are not compared."""
    everyone = [*new, *existing]
    crowd = Crowd.of(everyone)
    least = log2(max(at_least, 1) - 0.5) - log2(100.5 - min(at_least, 100))
    found: list[Likely] = []
    for one, two in candidates(everyone, len(new)):
        likely = weigh(everyone[one], everyone[two], crowd, least)
        if likely.score >= at_least:
            found.append(likely)
    return sorted(found, key=lambda each: (-each.score, each.first, each.second))


def candidates(people: Sequence[Identity], fresh: int) -> Iterator[tuple[int, int]]:
    """Positions of pairs worth a comparison; at least one of each is among the first ``fresh``."""
    seen: set[int] = set()
    width = len(people)
    for group in _groups(people):
        for one, two in _pairs(group, people):
            first, second = min(one, two), max(one, two)
            if first < fresh and (mark := first * width + second) not in seen:
                seen.add(mark)
                yield first, second


def _groups(people: Sequence[Identity]) -> Iterable[list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position, person in enumerate(people):
        for key in dict.fromkeys(_block_keys(person)):
            groups[key].append(position)
    return (group for group in groups.values() if len(group) > 1)


def _block_keys(person: Identity) -> Iterator[Hashable]:
    """What two records of one person are likely to share, even with a slip in one of them."""
    if person.nik:
        yield person.nik
    sounds = sound_key(person.name)
    yield sounds
    if person.place:
        yield from ((person.place, sound) for sound in sounds)
    if person.born is None:
        return
    yield from ((person.born, sound[:1]) for sound in sounds if person.precision == "day")
    yield from ((person.born.year, sound) for sound in sounds if len(sound) > 1)
    if person.place:
        yield person.born, person.place


def _pairs(group: list[int], people: Sequence[Identity]) -> Iterator[tuple[int, int]]:
    reach = len(group)
    if reach > LARGEST_GROUP:
        group = sorted(group, key=lambda position: (people[position].name, position))
        reach = NEIGHBOURS
    for here, one in enumerate(group):
        for two in group[here + 1 : here + 1 + reach]:
            yield one, two


def weigh(one: Identity, two: Identity, crowd: Crowd, least: float = -60.0) -> Likely:
    """How likely two records are one person, and by which signs.

    The cheap signs come first; where even the best name and place could not lift the evidence to
    ``least`` any more, the names are not compared and the score is 0.
    """
    first = (_by_nik(one, two), _by_birth(one, two), _by_sex(one, two))
    weight = sum(points for _, points in first) - crowd.prior
    if weight + BEST_NAME_AND_PLACE < least:
        return Likely(one.key, two.key, 0, ())
    signs = (first[0], _by_name(one, two, crowd), *first[1:], _by_place(one, two))
    weight = sum(points for _, points in signs) - crowd.prior
    score = round(100 / (1 + 2.0 ** -max(-60.0, min(60.0, weight))))
    return Likely(one.key, two.key, score, tuple(sign for sign, _ in signs if sign))


def _by_nik(one: Identity, two: Identity) -> tuple[str, float]:
    if not one.nik or not two.nik:
        return "", 0.0
    if one.nik == two.nik:
        return "same_nik", 18.0
    if min(len(one.nik), len(two.nik)) > 6 and OSA.distance(one.nik, two.nik, score_cutoff=2) <= 2:
        # neighbours born on one day have NIKs that differ in the serial alone: no sign of identity
        twins = len(one.nik) == 16 and one.nik[:12] == two.nik[:12]
        return ("", -1.0) if twins else ("similar_nik", 10.0)
    return "", -3.0


def _by_name(one: Identity, two: Identity, crowd: Crowd) -> tuple[str, float]:
    if one.name == two.name:
        rarity = log2(crowd.total / max(crowd.names[one.name], 1))
        return "same_name", max(3.0, min(9.0, rarity))
    if not one.name or not two.name:
        return "", 0.0
    return _by_words(one.name, two.name, crowd)


def _by_words(one: str, two: str, crowd: Crowd) -> tuple[str, float]:
    """Names with a slip, shortened ("Rob"), with a word more, or with one word in common.

    Word is held against word, so that a shared first name does not carry two different people.
    """
    shorter, longer = sorted((one.split(), two.split()), key=len)
    best = [max(JaroWinkler.similarity(word, other) for other in longer) for word in shorter]
    rarity = crowd.rarity(shorter)
    whole = token_sort_ratio(one, two) / 100
    if sound_key(one) == sound_key(two) or (whole >= 0.85 and min(best) >= 0.8):
        return "similar_name", max(1.0, min(6.0, rarity - 3.0))
    if _joined(one) == _joined(two) or whole >= 0.9:
        return "similar_name", 4.0
    if min(best) >= 0.85:
        return "part_of_name", max(-1.0, min(3.0, rarity - 4.0))
    return ("same_word", -1.5) if max(best) >= 0.9 else ("", -7.0)


def _joined(name: str) -> str:
    return name.replace(" ", "")


def _by_birth(one: Identity, two: Identity) -> tuple[str, float]:
    if one.born is None or two.born is None:
        return "", 0.0
    if "year" in (one.precision, two.precision):
        apart = abs(one.born.year - two.born.year)
        return ("same_birth_year", 3.0) if apart == 0 else ("", 0.5 if apart <= 2 else -4.0)
    if one.born == two.born:
        return "same_birth_date", 9.0
    if (one.born.day, one.born.month) == (two.born.month, two.born.day):
        return "similar_birth_date", 5.0
    slips = OSA.distance(one.born.isoformat(), two.born.isoformat(), score_cutoff=2)
    if slips <= 2:
        return "similar_birth_date", 5.0 if slips == 1 else 2.5
    return ("same_birth_year", 1.0) if one.born.year == two.born.year else ("", -3.0)


def _by_sex(one: Identity, two: Identity) -> tuple[str, float]:
    if not one.sex or not two.sex:
        return "", 0.0
    return "", 0.5 if one.sex == two.sex else -4.0


def _by_place(one: Identity, two: Identity) -> tuple[str, float]:
    if one.household and one.household == two.household:
        return "same_household", -1.0 if one.name == two.name else -9.0
    if not one.place or not two.place:
        return "", 0.0
    if one.place == two.place:
        return "same_place", 3.0
    same_numbers = _digits(one.place) == _digits(two.place)
    if same_numbers and JaroWinkler.similarity(one.place, two.place) >= 0.9:
        return "similar_place", 2.0
    return "", -0.5


def _digits(place: str) -> str:
    return "".join(sign for sign in place if sign.isdigit())
