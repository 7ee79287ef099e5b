"""What the guideline says of the board in a ward on a day."""

from dataclasses import dataclass
from datetime import date

from pendamping.guidelines import queries as guidelines


@dataclass(frozen=True, slots=True)
class BoardRule:
    """``every_months``: how often the poster is put up anew; ``points``: at how many places; ``least_shown``: figures of
    fewer persons are left out; ``names_of``: bodies whose members are named."""

    code: str
    every_months: int
    points: int
    least_shown: int
    names_of: tuple[str, ...]


def rule(ward: str, on: date) -> BoardRule:
    """The rule of the section ``transparency``; where a text is silent nobody is named, and five are few."""
    text = guidelines.in_force(ward, on)
    said = text.section("transparency")
    return BoardRule(
        code=text.code,
        every_months=said.get("every_months", 1),
        points=said.get("notice_points", 1),
        least_shown=said.get("least_shown", 5),
        names_of=tuple(said.get("names_of", ())),
    )
