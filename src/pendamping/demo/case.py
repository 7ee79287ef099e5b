"""What the steps of the demonstration share: the ward, who acts, and chance that repeats."""

import random
from dataclasses import dataclass, field
from typing import Any

from pendamping.access import queries as access
from pendamping.demo.people import WARD


@dataclass
class Case:
    """The ward and its people; each step looks up what it needs, so that any step can run alone."""

    ward: str = WARD
    system: Any = field(default_factory=access.system)

    def actor(self, username: str) -> Any:
        """One of the demonstration's people."""
        return access.user(username)

    def chance(self, key: str) -> random.Random:
        """Chance that is the same at each run."""
        return random.Random(f"empang/{key}")  # noqa: S311 -- repeatable on purpose, no secret
