"""Drawing a move, playing it, and keeping how it is taken back."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests.playing.told import Told

FIRST, TODAY = date(2004, 5, 12), date(2005, 12, 20)
WILD = (0, -1, -250_000, 1, 10**12, 2**63, 10**25)


@dataclass
class Game:
    """A staged ward, a seed, and what was accepted so far; ``loans`` by id: principal and due days."""

    cast: Any
    chance: random.Random
    loans: list[Any]
    told: Told
    grant: Any = None
    waiting: list[Any] = field(default_factory=list)  # loans that were approved
    backs: list[Callable[[], None]] = field(default_factory=list)
    only_back: bool = False  # play only what can be taken back
    made: dict[str, list[Any]] = field(default_factory=dict)  # what was accepted, by kind
    done: Counter = field(default_factory=Counter)
    refusals: Counter = field(default_factory=Counter)

    @property
    def ward(self) -> str:
        return self.cast.ward

    def day(self, wild: bool = True) -> date:
        """A day of the game; now and then one that is too early or still to come."""
        if wild and self.chance.random() < 0.03:
            return self.chance.choice([date(2003, 1, 1), TODAY + timedelta(days=1)])
        return FIRST + timedelta(days=self.chance.randint(0, (TODAY - FIRST).days))

    def since(self, on: date) -> date:
        """A day between another one and today, oftenest that one itself."""
        if self.only_back or self.chance.random() < 0.5 or on > TODAY:
            return on
        return on + timedelta(days=self.chance.randint(0, (TODAY - on).days))

    def sum(self, most: int) -> int:
        """Whole rupiah: round, crooked, or nothing that anybody could mean."""
        if self.chance.random() < 0.05:
            return self.chance.choice(WILD)
        amount = self.chance.randint(1, most)
        return amount if self.chance.random() < 0.4 else max(amount // 500 * 500, 500)

    def treasurer(self) -> Any:
        """Who does it: oftenest the treasurer, now and then somebody who may not."""
        return self.cast.stranger if self.chance.random() < 0.02 else self.cast.treasurer

    def at(self, who: Any = None) -> dict[str, Any]:
        """Who does it, and where."""
        return {"by": who or self.treasurer(), "ward": self.ward}

    def kept(self, kind: str, one: Any) -> Any:
        """Something that was accepted and may be taken back or changed later."""
        self.made.setdefault(kind, []).append(one)
        return one

    def pick(self, kind: str) -> Any:
        """One of them; ``LookupError`` where there is none."""
        return self.chance.choice(self.made.get(kind) or _none())

    def taken_back_by(self, back: Callable[[], None]) -> None:
        """How the move that was just accepted is taken back, as if it had never been."""
        self.backs.append(back)

    def play(self, move: Callable[["Game"], None]) -> bool:
        """One move, accepted or refused with reasons; whatever else is raised is a fault."""
        try:
            with transaction.atomic():
                move(self)
        except Refusal as refusal:
            assert refusal.reasons and all(one.say() for one in refusal.reasons)
            self.refusals[move.__name__] += 1
            return False
        except NothingToPick:
            return False
        self.done[move.__name__] += 1
        return True


class NothingToPick(LookupError):
    """There is nothing yet that this move could be played on."""


def _none() -> Any:
    raise NothingToPick


def playing() -> Any:
    """The day on which the game is played."""
    return clock.at(TODAY)
