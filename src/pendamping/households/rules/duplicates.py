"""Who may be the same person: gather candidates cheaply, weigh the evidence, say why.

Weights are logarithms to base two of how much more often a sign is met between two records of one
person than between strangers, rounded by hand; a shared rare name weighs more than a common one.
Work grows in proportion to the number of persons: each candidate group is small or is compared only
with its neighbours in the alphabet.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
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
# bits of evidence
SAME_NIK, SIMILAR_NIK, OTHER_NIK = 18.0, 10.0, -3.0
SAME_BIRTH, SIMILAR_BIRTH, SAME_YEAR = 9.0, 5.0, 3.0
SAME_SEX, OTHER_SEX = 0.5, -4.0
SAME_PLACE, SIMILAR_PLACE, SAME_AREA = 3.0, 2.0, 2.0
LIKELY, POSSIBLE = 50, 20  # scores: shown as a double; asked about when a file comes in
BEST_NAME, ONE_HOUSEHOLD = 9.0, -9.0
Tick = Callable[[int, int], None]
MOST_YEARS_APART = 10
"""Two digits that differ are a slip only between years this near: 1949 and 1999 are two people."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a person for comparison.

    ``name`` is a name key; ``nik`` the digits or a keyed hash, empty where missing; ``place`` the
    address or RW and RT; ``household`` tells siblings from doubles; ``area`` is RW and RT, for those whose
    addresses are written differently or by one of two only.
    """

    key: str
    name: str
    born: date | None = None
    precision: str = "day"
    sex: str = ""
    nik: str = ""
    place: str = ""
    household: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How common names and words of names are among everybody compared."""

    total: int
    names: Counter[str]
    words: Counter[str]

    @classmethod
    def of(cls, people: Sequence[Identity]) -> "Crowd":
        """Count a list of persons."""
        return cls.of_names(person.name for person in people)

    @classmethod
    def of_names(cls, keys: Iterable[str]) -> "Crowd":
        """Count the name keys of everybody, each person's once."""
        names = Counter(keys)
        words: Counter[str] = Counter()
        for name, times in names.items():
            for word in set(name.split()):
                words[word] += times
        return cls(max(names.total(), 2), names, words)

    @property
    def prior(self) -> float:
        """The evidence needed before "one person" is as likely as "two": more in a larger crowd."""
        return max(LEAST_PRIOR, log2(self.total))

    def rarity(self, words: Iterable[str]) -> float:
        """What it says that two records share these words, in bits."""
        return sum(log2(self.total / max(self.words[word], 1)) for word in set(words))


def _silent(done: int, total: int) -> None: ...


def likely_duplicates(
    new: Sequence[Identity],
    existing: Sequence[Identity] = (),
    at_least: int = LIKELY,
    tick: Tick = _silent,
    crowd: Crowd | None = None,
) -> list[Likely]:
    """Pairs that may be one person, best first; pairs within ``existing`` are not compared.

    ``tick`` is told how many of all steps are done. ``crowd``: how common names are, where
    ``existing`` is only a part of everybody.
    """
    everyone = [*new, *existing]
    crowd = crowd or Crowd.of(everyone)
    least = log2(max(at_least, 1) - 0.5) - log2(100.5 - min(at_least, 100))
    seen: set[int] = set()
    found: list[Likely] = []
    for one, two in candidates(everyone, len(new), least + crowd.prior, tick):
        mark = one * len(everyone) + two
        if mark in seen:
            continue
        seen.add(mark)
        likely = weigh(everyone[one], everyone[two], crowd, least)
        if likely.score >= at_least:
            found.append(likely)
    return sorted(found, key=lambda each: (-each.score, each.first, each.second))


def candidates(
    people: Sequence[Identity], fresh: int, need: float = 0.0, tick: Tick = _silent
) -> Iterator[tuple[int, int]]:
    """Positions of pairs that may carry ``need`` bits; one of each is among the first ``fresh``.

    A pair may come more than once. One kind of key after the other, so that memory holds one set of
    groups at a time.
    """
    kinds = _kinds_of_keys(need)
    for done, keys in enumerate(kinds):
        tick(done, len(kinds))
        for group in _groups(people, keys, fresh):
            for one, two in _pairs(group, people, fresh):
                if _may_reach(people[one], people[two], need):
                    yield one, two


Keys = Callable[[Identity], Iterable[Hashable]]


def _kinds_of_keys(need: float) -> list[Keys]:
    """What two records of one person must share, by the evidence that a crowd of this size asks for.

    In a large crowd a shared name is nothing: only pairs that share a birthday, a place or a number
    can reach the score, so only they are gathered.
    """
    kinds: list[Keys] = [_by_same_nik, _by_part_of_nik]
    if need > SAME_BIRTH + SAME_SEX + BEST_NAME:
        return [*kinds, _by_birthday_and_house]
    kinds += [_by_birthday]
    if need <= SIMILAR_BIRTH + SAME_SEX + BEST_NAME + SAME_PLACE:
        kinds.append(_by_part_of_birthday)
    if need <= SAME_YEAR + SAME_SEX + BEST_NAME + SAME_PLACE:
        kinds.append(_by_name_and_place)
    return kinds


def _by_same_nik(person: Identity) -> Iterable[Hashable]:
    return (person.nik,) if person.nik else ()


def _by_part_of_nik(person: Identity) -> Iterator[Hashable]:
    """Two slips leave one third of the sixteen digits as it was."""
    if len(person.nik) != 16:
        return
    sounds = sound_key(person.name)
    for part in (person.nik[:5], person.nik[5:10], person.nik[10:]):
        yield part, sounds
        yield part, person.born


def _by_birthday_and_house(person: Identity) -> Iterable[Hashable]:
    day = person.born is not None and person.precision == "day"
    return ((person.born, _digits(person.place)),) if day else ()


def _by_birthday(person: Identity) -> Iterator[Hashable]:
    if person.born is not None:
        if person.precision == "day":
            yield from ((person.born, sound[:1]) for sound in sound_key(person.name))
        if person.place:
            yield person.born, person.place


def _by_part_of_birthday(person: Identity) -> Iterator[Hashable]:
    """A slip in the day or month leaves the year, a slip in the year leaves day and month."""
    if person.born is not None:
        for sound in sound_key(person.name):
            if len(sound) > 1:
                yield person.born.year, sound
                yield person.born.month, person.born.day, sound


def _by_name_and_place(person: Identity) -> Iterator[Hashable]:
    sounds = sound_key(person.name)
    yield sounds
    if person.place:
        yield from ((person.place, sound) for sound in sounds)


def _groups(people: Sequence[Identity], keys: Keys, fresh: int) -> Iterator[list[int]]:
    """Positions that share a key, where one of them is fresh; keys by their hash, which is enough."""
    single: dict[int, int] = {}
    shared: dict[int, list[int]] = {}
    for position, person in enumerate(people):
        for key in {hash(key) for key in keys(person)}:
            first = single.setdefault(key, position)
            if first == position or first >= fresh:
                continue
            if key in shared:
                shared[key].append(position)
            else:
                shared[key] = [first, position]
    single.clear()
    yield from shared.values()


def _pairs(group: list[int], people: Sequence[Identity], fresh: int) -> Iterator[tuple[int, int]]:
    """Each pair of a small group; in a large one only neighbours by name."""
    reach = len(group)
    if reach > LARGEST_GROUP:
        group = sorted(group, key=lambda position: (people[position].name, position))
        reach = NEIGHBOURS
    for here, one in enumerate(group):
        for two in group[here + 1 : here + 1 + reach]:
            if one < fresh or two < fresh:
                yield (one, two) if one < two else (two, one)


def _may_reach(one: Identity, two: Identity, need: float) -> bool:
    """Whether the evidence may come to ``need`` bits: what equality says, and the best of the rest."""
    hope = BEST_NAME
    if one.sex and two.sex:
        hope += SAME_SEX if one.sex == two.sex else OTHER_SEX
    if one.nik and two.nik:
        hope += _by_nik(one, two)[1]
    if one.household and one.household == two.household:
        hope += -1.0 if one.name == two.name else ONE_HOUSEHOLD
    elif one.place and one.place == two.place:
        hope += SAME_PLACE
    elif (one.place and two.place) or _only_area(one, two):
        hope += max(SIMILAR_PLACE, SAME_AREA)
    if one.born is not None and two.born is not None:
        hope += SAME_BIRTH if one.born == two.born else _best_birth(one.born, two.born)
    return hope >= need


def _best_birth(one: date, two: date) -> float:
    """One slip changes the year, the month or the day alone; or day and month changed places."""
    same = (one.year == two.year) + (one.month == two.month) + (one.day == two.day)
    swapped = one.day == two.month and one.month == two.day
    return SIMILAR_BIRTH if same > 1 or swapped else SAME_YEAR


def weigh(one: Identity, two: Identity, crowd: Crowd, least: float = -60.0) -> Likely:
    """How likely two records are one person, and by which signs.

    The cheap signs come first; where even the best name could not lift the evidence to ``least`` any
    more, the names are not compared and the score is 0.
    """
    first = (_by_nik(one, two), _by_birth(one, two), _by_sex(one, two), _by_place(one, two))
    weight = sum(points for _, points in first) - crowd.prior
    if weight + BEST_NAME < least:
        return Likely(one.key, two.key, 0, ())
    signs = (first[0], _by_name(one, two, crowd), *first[1:])
    weight += signs[1][1]
    score = round(100 / (1 + 2.0 ** -max(-60.0, min(60.0, weight))))
    return Likely(one.key, two.key, score, tuple(sign for sign, _ in signs if sign))


def _by_nik(one: Identity, two: Identity) -> tuple[str, float]:
    if not one.nik or not two.nik:
        return "", 0.0
    if one.nik == two.nik:
        return "same_nik", SAME_NIK
    if min(len(one.nik), len(two.nik)) > 6 and OSA.distance(one.nik, two.nik, score_cutoff=2) <= 2:
        # neighbours born on one day have NIKs that differ in the serial alone: no sign of identity
        twins = len(one.nik) == 16 and one.nik[:12] == two.nik[:12]
        return ("", -1.0) if twins else ("similar_nik", SIMILAR_NIK)
    return "", OTHER_NIK


def _by_name(one: Identity, two: Identity, crowd: Crowd) -> tuple[str, float]:
    if one.name == two.name:
        rarity = log2(crowd.total / max(crowd.names[one.name], 1))
        return "same_name", max(3.0, min(BEST_NAME, rarity))
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
        return ("same_birth_year", SAME_YEAR) if apart == 0 else ("", 0.5 if apart <= 2 else -4.0)
    if one.born == two.born:
        return "same_birth_date", SAME_BIRTH
    swapped = (one.born.day, one.born.month) == (two.born.month, two.born.day)
    if swapped and one.born.year == two.born.year:
        return "swapped_birth_date", SIMILAR_BIRTH
    slips = OSA.distance(one.born.isoformat(), two.born.isoformat(), score_cutoff=2)
    apart = abs(one.born.year - two.born.year)
    if slips == 1 or (slips == 2 and apart <= MOST_YEARS_APART):
        return "similar_birth_date", SIMILAR_BIRTH if slips == 1 else 2.5
    return ("same_birth_year", 1.0) if one.born.year == two.born.year else ("", -3.0)


def _by_sex(one: Identity, two: Identity) -> tuple[str, float]:
    if not one.sex or not two.sex:
        return "", 0.0
    return "", SAME_SEX if one.sex == two.sex else OTHER_SEX


def _by_place(one: Identity, two: Identity) -> tuple[str, float]:
    if one.household and one.household == two.household:
        return "same_household", -1.0 if one.name == two.name else ONE_HOUSEHOLD
    if one.place and one.place == two.place:
        return "same_place", SAME_PLACE
    if _only_area(one, two):
        return "same_area", SAME_AREA
    if not one.place or not two.place:
        return "", 0.0
    same_numbers = _digits(one.place) == _digits(two.place)
    if same_numbers and JaroWinkler.similarity(one.place, two.place) >= 0.9:
        return "similar_place", SIMILAR_PLACE
    return "", -0.5


def _only_area(one: Identity, two: Identity) -> bool:
    """Whether they live in one RT, and at least one of them has no address that could differ."""
    bare = one.place in {"", one.area} or two.place in {"", two.area}
    return bare and bool(one.area) and one.area == two.area


def _digits(place: str) -> str:
    return "".join(sign for sign in place if sign.isdigit())
