"""What stands on a ballot and in a list: one label for each person, told apart where names are alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

NEAR = 0.72  # how alike a name must be to be offered


@dataclass(frozen=True, slots=True)
class Electable:
    """Somebody who can be elected in a place. ``number``: in the printed list, 0 where there is none."""

    person: str
    name: str
    sex: str
    year: int | None = None
    number: int = 0


def plain(text: str) -> str:
    """A name for comparing: lower case, single blanks."""
    return " ".join(text.lower().replace(".", " ").replace(",", " ").split())


def labels(people: Iterable[Electable]) -> dict[str, str]:
    """A label for each person by id: the name; with the year of birth, and a number, where names are alike.

    >>> sorted(labels([Electable("1", "Siti", "P", 1965), Electable("2", "Siti", "P", 1978)]).values())
    ['Siti 1965', 'Siti 1978']
    """
    alike: dict[str, list[Electable]] = defaultdict(list)
    for one in people:
        alike[plain(one.name)].append(one)
    found: dict[str, str] = {}
    for same in alike.values():
        if len(same) == 1:
            found[same[0].person] = same[0].name
            continue
        seen: dict[str, int] = defaultdict(int)
        for one in sorted(same, key=lambda one: one.person):
            label = f"{one.name} {one.year or '?'}"
            seen[label] += 1
            found[one.person] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """Looks up what was typed: a number of the list, or a label."""

    by_label: Mapping[str, str]
    said: Mapping[str, str]
    by_number: Mapping[str, str]
    alike: Mapping[str, tuple[str, ...]]

    def find(self, typed: str) -> str | None:
        """The person's id, or ``None`` where nobody or more than one is called so."""
        text = plain(typed)
        return self.by_number.get(text) or self.by_label.get(text)

    def near(self, typed: str, most: int = 3) -> tuple[str, ...]:
        """Labels that may be meant: those of the same name first, then names written nearly so."""
        text = plain(typed)
        if text in self.alike:
            return self.alike[text][:most]
        return tuple(self.said[one] for one in get_close_matches(text, self.said, most, NEAR))


def register(people: Iterable[Electable]) -> Register:
    """Everybody who can be elected, ready to be looked up."""
    everybody = list(people)
    by_person = labels(everybody)
    alike: dict[str, list[str]] = defaultdict(list)
    for one in everybody:
        alike[plain(one.name)].append(by_person[one.person])
    return Register(
        {plain(label): person for person, label in by_person.items()},
        {plain(label): label for label in by_person.values()},
        {str(one.number): one.person for one in everybody if one.number},
        {name: tuple(sorted(many)) for name, many in alike.items() if len(many) > 1},
    )
