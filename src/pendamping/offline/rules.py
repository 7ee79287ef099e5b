"""What keeps something that a phone brings from being taken in, and what a person has to decide first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pendamping.kernel.refusal import N_, Reason

AHEAD = timedelta(hours=24)  # so far a phone's clock may be wrong
CONFLICT = "offline.conflict."
SHOWN_NAMES = 8


def clock_problems(written_at: datetime, now: datetime) -> list[Reason]:
    """A phone whose clock stands in the future would date what it brings wrongly.

    >>> from datetime import UTC
    >>> noon = datetime(2004, 6, 7, 12, tzinfo=UTC)
    >>> clock_problems(noon, noon), [one.clause for one in clock_problems(noon + AHEAD * 2, noon)]
    ([], ['offline.clock'])
    """
    if written_at <= now + AHEAD:
        return []
    text = N_(
        "The phone says that this was written on {day}, which is still to come: set its clock."
    )
    return [Reason("offline.clock", text, {"day": written_at.date()}, {"field": "written_at"})]


def day_conflict(seen: Collection[str], there: Mapping[str, str]) -> list[Reason]:
    """Entries of the same day that came in another way since the phone last knew the logbook.

    ``seen``: ids that the phone knew. ``there``: by id, what each entry that stands says.

    >>> day_conflict(["a"], {"a": "Rapat RT"})
    []
    >>> [one.values["what"] for one in day_conflict(["a"], {"a": "Rapat RT", "b": "Pelatihan"})]
    ['Pelatihan']
    """
    new = [text for key, text in there.items() if key not in seen]
    if not new:
        return []
    text = N_(
        "Of this day something was logged meanwhile in another way: {what}. Is this another activity?"
    )
    return [Reason(f"{CONFLICT}day", text, {"what": "; ".join(new)}, {"field": "on"})]


@dataclass(frozen=True, slots=True)
class OnRoll:
    """Somebody on a roll: ``key`` compares (a resident's id, or the name as it was typed)."""

    key: str
    name: str


def roll_conflict(
    seen: str, now: str, there: Sequence[OnRoll], mine: Collection[str]
) -> list[Reason]:
    """A roll that somebody else changed since the phone took it along.

    ``seen``, ``now``: marks of the roll then and now. ``mine``: keys of whom the phone brings.

    >>> [one.clause for one in roll_conflict("1", "2", [OnRoll("p1", "Contoh Ani")], ["p1", "p2"])]
    ['offline.conflict.roll', 'offline.conflict.both']
    >>> roll_conflict("2", "2", [OnRoll("p1", "Contoh Ani")], ["p2"])
    []
    """
    if seen == now:
        return []
    text = N_("The roll was changed meanwhile: {count} stand on it now. Yours can be added to it.")
    found = [Reason(f"{CONFLICT}roll", text, {"count": len(there)}, {})]
    both = [one.name for one in there if one.key in mine]
    if both:
        said = N_("On both rolls, and counted once: {names}")
        found.append(Reason(f"{CONFLICT}both", said, {"names": _some(both)}, {}))
    others = [one.name for one in there if one.key not in mine]
    if others:
        said = N_("Only on the roll that is there: {names}")
        found.append(Reason(f"{CONFLICT}others", said, {"names": _some(others)}, {}))
    return found


def alike_conflict(found: Sequence[Reason]) -> list[Reason]:
    """Who may be the same person as somebody on the roll: a person decides, as of a roll that was changed.

    >>> [one.clause for one in alike_conflict([Reason("meetings.roll.alike", "…")])]
    ['offline.conflict.alike']
    """
    return [Reason(f"{CONFLICT}alike", one.text, one.values, one.where) for one in found]


def tally_conflict(seen: str, now: str, changed: Sequence[tuple[str, int, int]]) -> list[Reason]:
    """A tally that the same person typed another way since the phone took the sheet along.

    ``seen``, ``now``: ids of their tally then and now, empty where there was none. ``changed``: where the
    two differ: what, as it stands there, as the phone brings it. Figures of others are not compared here.

    >>> [one.clause for one in tally_conflict("", "t2", [("Voters", 12, 13)])]
    ['offline.conflict.tally']
    >>> tally_conflict("", "t2", []), tally_conflict("t2", "t2", [("Voters", 12, 13)])
    ([], [])
    """
    if seen == now or not now or not changed:
        return []
    text = N_(
        "You typed this station meanwhile in another way: {what}. Which figures are those of the sheet?"
    )
    said = "; ".join(f"{what} {there} / {here}" for what, there, here in changed[:SHOWN_NAMES])
    return [Reason(f"{CONFLICT}tally", text, {"what": said}, {})]


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" + {more}" if more > 0 else "")


def typed_key(name: str) -> str:
    """How somebody who was typed is compared.

    >>> typed_key("  Contoh  ANI ")
    'typed:contoh ani'
    """
    return "typed:" + " ".join(name.lower().split())
