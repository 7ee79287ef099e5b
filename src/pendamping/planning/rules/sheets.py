"""The ballots of a station as they are typed: one line for each, the numbers of the marked proposals."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from pendamping.elections.rules import Tally
from pendamping.kernel.refusal import N_, Reason

Ballot = tuple[int, ...]


def read_ballots(
    text: str, options: int, marks: int, clause: str
) -> tuple[list[Ballot], list[Reason]]:
    """The valid ballots of a station, or every line that cannot be one, with its reason.

    A line holds the numbers of the marked proposals, apart by spaces or commas: ``1 4 5``. ``options``: how many
    stand on the ballot; ``marks``: how many may be marked; ``clause``: where the guideline says so.

    >>> read_ballots("1 4\\n\\n5,2 1", 5, 3, "x")[0]
    [(1, 4), (1, 2, 5)]
    """
    found, reasons = [], []
    for row, line in enumerate(text.splitlines(), 1):
        parts = re.split(r"[\s,;.]+", line.strip())
        if parts == [""]:
            continue
        if not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
            reasons.append(_reason(row, N_("Line {row}: only numbers of proposals stand here.")))
            continue
        ballot = tuple(sorted(int(part) for part in parts))
        reasons += _problems(row, ballot, options, marks, clause)
        found.append(ballot)
    return found, reasons


def _problems(row: int, ballot: Ballot, options: int, marks: int, clause: str) -> list[Reason]:
    reasons = [
        _reason(row, N_("Line {row}: there is no proposal {number}."), number=number)
        for number in sorted(set(ballot))
        if not 1 <= number <= options
    ]
    if len(set(ballot)) < len(ballot):
        reasons.append(_reason(row, N_("Line {row}: a number stands there twice.")))
    if len(ballot) > marks:
        text = N_(
            "Line {row}: {many} proposals are marked, at most {marks} may be; such a ballot is invalid."
        )
        values = {"row": row, "many": len(ballot), "marks": marks}
        reasons.append(Reason(clause, text, values, {"field": "ballots", "row": row}))
    return reasons


def _reason(row: int, text: str, **values: int) -> Reason:
    return Reason(
        "planning.ballots", text, {"row": row, **values}, {"field": "ballots", "row": row}
    )


def tally(figures: dict[str, int], ballots: Sequence[Ballot]) -> Tally:
    """What a station counted, as the rules of elections reconcile it; votes by number of the proposal."""
    votes = Counter(str(number) for ballot in ballots for number in ballot)
    return Tally(valid=len(ballots), votes=votes, **figures)


def apart(first: Sequence[Ballot], second: Sequence[Ballot]) -> tuple[list[Ballot], list[Ballot]]:
    """Ballots that only the first typed, and only the second; their order does not matter.

    >>> apart([(1,), (2, 3), (1,)], [(1,), (2, 4), (1,)])
    ([(2, 3)], [(2, 4)])
    """
    one, other = Counter(first), Counter(second)
    return sorted((one - other).elements()), sorted((other - one).elements())


def alike(sheets: Sequence[tuple[Tally, Sequence[Ballot]]]) -> int | None:
    """Which sheet two people typed alike (its place); ``None`` where no two are."""
    for (place, one), (_other, two) in combinations(enumerate(sheets), 2):
        if one[0] == two[0] and apart(one[1], two[1]) == ([], []):
            return place
    return None
