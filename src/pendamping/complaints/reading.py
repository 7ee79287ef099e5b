"""A complaint with where it stands on a day, and who acts."""

from dataclasses import dataclass
from datetime import date

from pendamping.access.models import User
from pendamping.complaints import facts
from pendamping.complaints.models import Complaint
from pendamping.complaints.rules import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint and where it stands. ``overdue``: a limit was not kept; ``doers``: who acts now.

    ``to_acknowledge``: the last day for the receipt, while it is missing; ``confirm_by``: while the complainant
    is waited for.
    """

    complaint: Complaint
    stands: Standing
    level: str
    doers: tuple[str, ...]
    to_acknowledge: date | None
    confirm_by: date | None

    def in_hands_of(self, by: User) -> bool:
        """Whether it is for somebody to act."""
        return by.pk in self.doers


def line(one: Complaint, on: date) -> Line:
    """Where a complaint stands on a day, and who acts."""
    stands = facts.stands(one, on)
    level, found = facts.doers(one, stands.level)
    waits = one.status == "open" and one.acknowledged_on is None
    return Line(
        one, stands, level, tuple(user.pk for user in found),
        facts.acknowledge_by(one) if waits else None,
        facts.confirm_by(one) if one.status == "answered" else None,
    )  # fmt: skip
