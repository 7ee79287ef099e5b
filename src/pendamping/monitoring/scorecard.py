"""Reading the scorecard: rounds, what each group said, what was promised and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.monitoring.models import CardAction, CardFollowUp, CardMeeting, CardRound, CardSheet
from pendamping.monitoring.reading import rule
from pendamping.monitoring.rules.scorecard import Rated, rated

LEAST_SHOWN, ROUND_MONTHS = 5, 6  # where a text is silent


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise with what was told of it, the last word last."""

    action: CardAction
    told: tuple[CardFollowUp, ...]

    @property
    def word(self) -> str:
        """How it stands: done, partly, not; empty where nothing was told."""
        return self.told[-1].word if self.told else ""


@dataclass(frozen=True, slots=True)
class Round:
    """A round with the sheets that count, the talk about it, the promises."""

    round: CardRound
    sheets: Mapping[str, CardSheet]
    discussion: CardMeeting | None
    promises: tuple[Promised, ...]

    def rated(self, group: str, statement: str, least: int) -> Rated:
        """How a group rated a statement, as far as it may be shown."""
        sheet = self.sheets.get(group)
        return rated(sheet.scores.get(statement, [0] * 5) if sheet else [0] * 5, least)


def rounds(ward: str) -> list[Round]:
    """The rounds of a ward, the latest first."""
    found = CardRound.objects.filter(ward=ward).order_by("-number")
    kept = found.select_related("discussion").prefetch_related("sheets", "actions__follow_ups")
    return [_round(one) for one in kept]


def one_round(ward: str, round_id: str) -> Round | None:
    """One round of the ward."""
    return next((one for one in rounds(ward) if one.round.id == round_id), None)


def _round(one: CardRound) -> Round:
    promises = tuple(
        Promised(each, tuple(sorted(each.follow_ups.all(), key=lambda told: told.id)))
        for each in sorted(one.actions.all(), key=lambda each: (each.until, each.id))
    )
    return Round(one, sheets(one), getattr(one, "discussion", None), promises)


def sheets(one: CardRound) -> dict[str, CardSheet]:
    """The sheet of each group that counts: the last one."""
    return {each.group: each for each in sorted(one.sheets.all(), key=lambda each: each.id)}


def least_shown(ward: str, on: date) -> int:
    """Answers of fewer people are not shown."""
    return rule(ward, on, "least_shown", LEAST_SHOWN)


def promise_of(ward: str, action_id: str) -> Promised | None:
    """One promise of the ward."""
    found = (
        CardAction.objects.filter(pk=action_id, ward=ward).prefetch_related("follow_ups").first()
    )
    return Promised(found, tuple(found.follow_ups.order_by("id"))) if found else None
