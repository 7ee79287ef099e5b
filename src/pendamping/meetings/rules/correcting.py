"""One person who stands on a roll twice: what is asked before a row is struck, and what becomes of the figures.

Default, ours: a roll that decided stays as it was signed; a row that was written twice is struck beside it, and
the quorum is judged anew by the rule of its day.
"""

from collections.abc import Iterable, Mapping, Sequence

from pendamping.kernel.refusal import N_, Reason
from pendamping.meetings.rules.attendance import Present, tally
from pendamping.meetings.rules.changing import LONGEST_WHY
from pendamping.meetings.rules.quorum import Attendance

LEAST_WHY = 5


def correcting_problems(
    *, by_names: bool, standing: Mapping[int, Present], struck: int, stands: int, why: str
) -> list[Reason]:
    """Why a row cannot be struck. ``standing``: who counts now, by the number on the roll; ``stands``: the
    row of the same person that stays.

    >>> roll = {1: Present("a", "Contoh Ani", "P", False), 2: Present("b", "Contoh Ani", "P", False)}
    >>> correcting_problems(by_names=True, standing=roll, struck=2, stands=1, why="ditulis dua kali")
    []
    >>> found = correcting_problems(by_names=True, standing=roll, struck=3, stands=3, why=" ")
    >>> [one.clause.rpartition(".")[2] for one in found]
    ['row', 'same', 'why']
    >>> roll[2] = Present("b", "Contoh Adi", "L", False)
    >>> [one.clause for one in correcting_problems(by_names=True, standing=roll, struck=2, stands=1, why="satu orang")]
    ['meetings.correct.sexes']
    """
    if not by_names:
        return [
            Reason(
                "meetings.correct.heads",
                "This meeting was counted by heads: nobody stands on its roll by name.",
            )
        ]
    found = [
        Reason(
            "meetings.correct.row",
            "Nobody counts on the roll under number {number}.",
            {"number": number},
            {"field": field},
        )
        for field, number in {"struck": struck, "stands": stands}.items()
        if number not in standing and (field == "struck" or number != struck)
    ]
    if struck == stands:
        text = N_("Name two numbers: the row that stays, and the one that is struck.")
        found.append(Reason("meetings.correct.same", text, where={"field": "struck"}))
    if len({standing[one].sex for one in (struck, stands) if one in standing} - {""}) > 1:
        text = N_("One of them is a man and the other a woman: they are not one person.")
        found.append(Reason("meetings.correct.sexes", text, where={"field": "struck"}))
    return found + _why_problems(why)


def _why_problems(why: str) -> list[Reason]:
    length = len(why.strip())
    where = {"field": "why"}
    if length < LEAST_WHY:
        text = N_("Say how it is known that both are one person; it stays beside the roll.")
        return [Reason("meetings.correct.why", text, where=where)]
    if length > LONGEST_WHY:
        text = N_(
            "The reason has {count} letters; {most} fit beside the roll. Say it more shortly."
        )
        return [Reason("meetings.correct.why", text, {"count": length, "most": LONGEST_WHY}, where)]
    return []


def without(
    standing: Mapping[int, Present],
    struck: int,
    *,
    eligible: int | None,
    of_members: bool,
    all_rts: Iterable[str] = (),
) -> Attendance:
    """The figures once a row is struck. ``of_members``: the quorum is counted of members; where nobody said
    how many there are, they are those who came.

    >>> roll = {1: Present("a", "Contoh Ani", "P", True), 2: Present("b", "Contoh Ani", "P", True)}
    >>> left = without(roll, 2, eligible=None, of_members=True)
    >>> left.total, left.women, left.poor, left.eligible
    (1, 1, 1, 1)
    """
    left = [one for number, one in standing.items() if number != struck]
    if eligible is None and of_members:
        eligible = sum(not one.guest for one in left)
    return tally(left, eligible=eligible, all_rts=all_rts)


def in_doubt(votes: Mapping[str, int] | None, outcome: str, present: int) -> bool:
    """Whether a vote could have come out otherwise: more votes were counted than persons were there, and
    those too many decide it.

    >>> in_doubt({"for": 12, "against": 11, "abstain": 0}, "accepted", 22)
    True
    >>> in_doubt({"for": 20, "against": 3, "abstain": 0}, "accepted", 22), in_doubt(None, "accepted", 3)
    (False, False)
    """
    if not votes:
        return False
    over = sum(votes.values()) - present
    lead = votes["for"] - votes["against"]
    if over <= 0:
        return False
    return lead - over <= 0 if outcome == "accepted" else lead + over > 0


def alike_problems(pairs: Sequence[tuple[str, str, str, str]]) -> list[Reason]:
    """Who looks like somebody on the roll: id, name, the other's name and place, and by which signs.

    >>> [one.values["other"] for one in alike_problems([("p2", "Contoh Ani", "Contoh Anie", "RT 02 RW 05")])]
    ['Contoh Anie']
    """
    text = N_(
        "{name} looks like {other} ({place}), who stands on the roll too. If they are one person, leave one "
        "out; if two people came, confirm it."
    )
    return [
        Reason(
            "meetings.roll.alike",
            text,
            {"name": name, "other": other, "place": place},
            {"person": person},
        )
        for person, name, other, place in pairs
    ]
